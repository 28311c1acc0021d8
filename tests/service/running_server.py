"""A real `passerelle serve` in its own process, and clients that post to it at the same time."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import httpx

from service.accounts.sign_in import start_session
from service.tables.columns import now_utc
from service.tables.session import Database

START_SECONDS = 90
"""Two or three seconds on a quiet machine; a busy one with two cores has been seen to need forty."""


class RunningServer:
    """The process and its address; only this process is ever ended, by its own id."""

    def __init__(self, database_url: str, data_dir: Path, workers: int = 1) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "service.cli",
                "serve",
                "--port",
                str(self.port),
                "--workers",
                str(workers),
            ],
            env={**os.environ, "PASSERELLE_DATABASE_URL": database_url, "PASSERELLE_DATA": str(data_dir)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Until it answers. Raises TimeoutError."""
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            try:
                if httpx.get(f"{self.address}/statut", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise TimeoutError("the server did not answer in time")

    def kill(self) -> None:
        """As a power cut would: nothing is flushed, nothing is closed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)


@contextmanager
def running_server(database_url: str, data_dir: Path, workers: int = 1) -> Iterator[RunningServer]:
    server = RunningServer(database_url, data_dir, workers)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def signed_in(database: Database, user_id: int, address: str) -> httpx.Client:
    """A client with a session and an anti-forgery token."""
    with database.write() as db:
        token = start_session(db, user_id, now_utc(), 1)
    # No TLS on the loopback: reading the authorities took longer than the request, for each of forty clients.
    client = httpx.Client(base_url=address, cookies={"passerelle": token}, timeout=30, verify=False)
    client.get("/statut")
    return client


def post(client: httpx.Client, path: str, typed: Mapping[str, str]) -> httpx.Response:
    return client.post(
        path, data={"_csrf_token": client.cookies["jeton"], **typed}, headers={"accept": "application/json"}
    )


def all_at_once(clients: Sequence[httpx.Client], path: str, typed: Mapping[str, str]) -> list[httpx.Response]:
    """Every client posts the same thing at the same instant."""
    gate = Barrier(len(clients))

    def go(client: httpx.Client) -> httpx.Response:
        gate.wait()
        return post(client, path, typed)

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(go, clients))
