"""The Litestar application: routes, door, error pages, headers. Built once per process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from litestar import Litestar, Response
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler

from service.accounts.slow_down import STORE, BoundedStore
from service.error_pages import show_http_error, show_refusal, show_unforeseen
from service.errors import Refused
from service.forms import Form
from service.guards import SignInMiddleware, role_guard
from service.headers import add_headers
from service.page import AppRequest
from service.routes import route_handlers
from service.settings import Settings
from service.static_files import static_routers
from service.tables.session import Database
from service.web import get


@get("/statut", name="health", include_in_schema=False)
def health(request: AppRequest) -> Response[dict[str, str]]:
    """For the reverse proxy and the container: the database answers."""
    with request.database.read() as db:
        db.connection().exec_driver_sql("SELECT 1")
    return Response({"etat": "ok"})


async def provide_form(request: AppRequest) -> Form:
    return Form(await request.form())


def create_app(settings: Settings, database: Database | None = None) -> Litestar:
    """The application over a migrated database. Makes and seeds nothing (stack.md, trap 2)."""
    database = database or Database(settings.database_url, pool_size=settings.threads)

    async def set_threads(_app: Litestar) -> None:
        # As many threads as pooled connections: nobody waits for a connection inside a thread.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(settings.threads))

    async def close(_app: Litestar) -> None:
        database.dispose()

    handlers: list[ControllerRouterHandler] = [health, *static_routers(), *route_handlers()]
    exception_handlers: dict[Any, Any] = {
        Refused: show_refusal,
        HTTPException: show_http_error,
        Exception: show_unforeseen,
    }
    return Litestar(
        route_handlers=handlers,
        request_class=AppRequest,
        state=State({"database": database, "settings": settings}),
        dependencies={"form": Provide(provide_form)},
        guards=[role_guard],
        middleware=[DefineMiddleware(SignInMiddleware, exclude="^/static/")],
        before_send=[add_headers],
        csrf_config=CSRFConfig(
            secret=settings.secret,
            cookie_name="__Host-jeton" if settings.secure_cookies else "jeton",
            cookie_secure=settings.secure_cookies,
            cookie_httponly=True,
        ),
        exception_handlers=exception_handlers,
        stores={STORE: BoundedStore()},
        openapi_config=OpenAPIConfig(
            title="Passerelle",
            version="0.1.0",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        on_startup=[set_threads],
        on_shutdown=[close],
        request_max_body_size=12_000_000,
    )
