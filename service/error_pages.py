"""Refusals and faults as pages: a sentence, and what to do next; the same as JSON for programs."""

import logging
import secrets
import traceback
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from service.accounts.kept import pack
from service.accounts.views import SignInView
from service.errors import Invalid, Refused
from service.forms import Form
from service.guards import SignInNeeded
from service.page import AppRequest, render

log = logging.getLogger("passerelle")

SENTENCES = {
    400: "La demande n’a pas pu être lue.",
    401: "Connectez-vous pour ouvrir cette page.",
    403: "Cette page a expiré ou ne vous est pas ouverte. Revenez en arrière, rechargez, puis recommencez.",
    404: "Cette page n’existe pas, ou ne vous est pas ouverte.",
    405: "Cette adresse n’accepte pas cette action.",
    413: "Ce qui a été envoyé est trop volumineux (12 Mo au plus). Revenez à la page précédente : votre "
    "navigateur y garde ce que vous avez saisi. Puis choisissez un fichier plus léger.",
    429: "Trop d’essais en peu de temps. Patientez une minute, puis recommencez.",
}


def _answer(
    request: Any,
    status: int,
    sentence: str,
    faults: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[Any]:
    if not isinstance(request, AppRequest):
        request = AppRequest(request.scope)
    if request.wants_json:
        body: dict[str, object] = {"sentence": sentence}
        if faults:
            body["faults"] = faults
        return Response(body, media_type=MediaType.JSON, status_code=status, headers=headers)
    page = render("error.html", request, status=status, sentence=sentence, notice="")
    return Response(page, media_type=MediaType.HTML, status_code=status, headers=headers)


def show_refusal(request: Any, refusal: Refused) -> Response[Any]:
    if isinstance(refusal, SignInNeeded) and not AppRequest(request.scope).wants_json:
        path, query = request.url.path, request.url.query
        if request.method in ("GET", "HEAD"):
            after = quote(f"{path}?{query}" if query else path)
            return Redirect("/connexion" if after == "/" else f"/connexion?suite={after}", status_code=303)
        if kept := pack(request.scope.get("state", {}).get("typed")):
            view = SignInView(next_address=path, kept=kept)
            page = render(
                "accounts/sign_in.html", AppRequest(request.scope), view=view, form=Form(), notice=""
            )
            return Response(page, media_type=MediaType.HTML, status_code=401)
    faults = refusal.faults if isinstance(refusal, Invalid) else None
    return _answer(request, refusal.status, refusal.sentence, faults)


def show_http_error(request: Any, error: HTTPException) -> Response[Any]:
    status = error.status_code
    answer = _answer(
        request,
        status,
        SENTENCES.get(status, SENTENCES[400]),
        headers=dict(error.headers or {}),
    )
    config = request.app.csrf_config
    if status == 403 and config is not None:
        # A token of an earlier secret would be refused for ever: the next page gives a new one.
        answer.set_cookie(key=config.cookie_name, max_age=0, path="/", secure=config.cookie_secure)
    return answer


def show_unforeseen(request: Any, error: Exception) -> Response[Any]:
    """A fault of ours: logged under a mark that the person can quote, without her data."""
    mark = secrets.token_hex(4)
    # Its message may quote a name: that of a database says the values of the row.
    trail = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s on %s: %s\n%s", mark, request.scope.get("route_handler"), type(error).__name__, trail)
    return _answer(
        request,
        500,
        "Une erreur est survenue de notre côté ; rien n’a été enregistré. "
        f"Repère à donner au support : {mark}.",
    )
