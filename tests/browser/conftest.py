"""A real server process over a copy of the demo, and a real Chromium: mandatory in CI."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.demo import DEMO_PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("PASSERELLE_TEST_BROWSER") == "required"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail("Chromium is mandatory here and was not found")
        pytest.skip("no Chromium found: browser tests are skipped")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def data_dir(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo for this file's tests, which may change it."""
    directory = tmp_path_factory.mktemp("served")
    shutil.copy(demo_file, directory / "passerelle.sqlite")
    return directory


@pytest.fixture(scope="module")
def address(data_dir: Path) -> Iterator[str]:
    """`passerelle serve` in its own process, on a free port of the loopback."""
    port = free_port()
    # The kernel would be compiled beside the first pages, by each server: lists are the same without.
    environment = {**os.environ, "PASSERELLE_DATA": str(data_dir), "PASSERELLE_NUMBA": "0"}
    environment.pop("PASSERELLE_DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                with urlopen(f"{base}/statut", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail("the server did not start in 30 s")
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def sign_in(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """`sign_in("liaison")`: a page where that account of the demo has signed in, typing as a person does."""
    contexts = []

    def open_for(login: str, *, width: int = 1280, height: int = 900, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            locale="fr-FR",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/connexion")
        page.get_by_label("Adresse e-mail").fill(f"{login}@demo.example")
        page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(f"{address}/")
        return page

    yield open_for
    for context in contexts:
        context.close()
