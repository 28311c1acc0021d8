"""`get` and `post` for handlers written as plain functions, each run in a thread of the pool.

Litestar has `sync_to_thread=True` for this, but 2.25.0 wraps a handler twice when two methods share a
path, and then answers 500; these decorators wrap once (docs/decisions/001-sync-handlers.md).
A POST answers 200 unless it says otherwise: it shows a page again or redirects, it creates no resource.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import litestar
from litestar import HttpMethod
from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler


def threaded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same handler as a coroutine that runs it in a thread, its signature kept."""

    @wraps(function)
    async def run(*args: Any, **kwargs: Any) -> Any:
        return await sync_to_thread(function, *args, **kwargs)

    return run


def get(path: str, *, name: str, **options: Any) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A page, and what a HEAD asks of it: its headers. `name` is its row in `rights.ROUTES`."""
    methods = [HttpMethod.GET, HttpMethod.HEAD]
    return lambda function: litestar.route(path, http_method=methods, name=name, status_code=200, **options)(
        threaded(function)
    )


def post(path: str, *, name: str, **options: Any) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """An act, from a form. `name` ends in `.act`."""
    options.setdefault("status_code", 200)
    return lambda function: litestar.post(path, name=name, **options)(threaded(function))
