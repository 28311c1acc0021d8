"""The door: who is signed in, and whether her role may reach the route. Fails closed."""

from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from service.accounts.account import Account
from service.accounts.sign_in import account_of
from service.errors import Forbidden, NotFound, Refused
from service.rights import PUBLIC, ROUTES
from service.tables.session import Database


class SignInNeeded(Refused):
    """Nobody is signed in: pages lead to the sign-in page, JSON gets a 401."""

    status = 401

    def __init__(self) -> None:
        super().__init__("Connectez-vous pour ouvrir cette page.")


LONGEST_PATH = 250


def cookie_name(secure: bool) -> str:
    # The __Host- prefix ties the cookie to this host, over HTTPS only.
    return "__Host-passerelle" if secure else "passerelle"


class SignInMiddleware(AbstractAuthenticationMiddleware):
    """Reads the session cookie and finds the account: one query, no write."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        token = connection.cookies.get(cookie_name(connection.app.state.settings.secure_cookies))
        if not token:
            return AuthenticationResult(user=None, auth=None)
        account = await sync_to_thread(_read_account, connection.app.state.database, token)
        return AuthenticationResult(user=account, auth=None)


def _read_account(database: Database, token: str) -> Account | None:
    with database.read() as db:
        return account_of(db, token)


def role_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let through the roles of the route's row in `rights.ROUTES`, and nobody else."""
    path = connection.scope["path"]
    # A NUL in an address is nobody's page, and PostgreSQL fails on it (its texts cannot hold one);
    # nor is a name that the file system could not hold.
    if "\0" in path or b"%00" in connection.scope["query_string"] or len(path.encode()) > LONGEST_PATH:
        raise NotFound
    name = route_name(handler)
    if name in PUBLIC:
        return
    account: Account | None = connection.scope.get("user")
    if account is None:
        raise SignInNeeded
    if account.role not in ROUTES.get(name, frozenset()):
        raise Forbidden


def route_name(handler: BaseRouteHandler) -> str:
    """The name under which rights are written: HEAD goes with its GET, the OpenAPI page is `openapi`."""
    name = (handler.name or "").removesuffix("/head")
    return "openapi" if name.endswith("_litestar_openapi_json") else name
