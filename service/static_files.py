"""Style sheets and scripts: ours, and those of two wheels (Bootstrap, htmx), under one address.

Addresses carry a digest of the content, so that browsers may keep them for a year.
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from litestar import Router
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router

OURS = Path(__file__).parent / "static"


def _package_dir(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


DIRECTORIES = {
    "": OURS,
    "bootstrap/": _package_dir("bootstrap"),
    "htmx/": _package_dir("js_lib_htmx") / "static" / "htmx",
}


@cache
def static_address(name: str) -> str:
    """`passerelle.css` -> `/static/passerelle.css?v=1a2b3c4d`. Raises FileNotFoundError for a wrong name."""
    for prefix, directory in sorted(DIRECTORIES.items(), reverse=True):
        if name.startswith(prefix):
            digest = hashlib.sha256((directory / name.removeprefix(prefix)).read_bytes()).hexdigest()
            return f"/static/{name}?v={digest[:8]}"
    raise FileNotFoundError(name)


def static_routers() -> list[Router]:
    return [
        create_static_files_router(
            path=f"/static/{prefix}".rstrip("/"),
            directories=[directory],
            name=f"static.{prefix.rstrip('/')}" if prefix else "static",
            cache_control=CacheControlHeader(max_age=31_536_000, immutable=True),
        )
        for prefix, directory in DIRECTORIES.items()
    ]
