"""A list filtered by a person’s name: the name is posted and kept here, the address has a token for it.

semantics.md, Rights: no name in a URL or a log. A token is read for its own user only, as long as a session
lasts; the links of the list (pages, order, chips, spreadsheet) carry it like any other filter.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from sqlmodel import col

from service.forms import Form
from service.listing import LONGEST, Listing
from service.page import AppRequest, done
from service.tables import ListWordsRow
from service.tables.columns import now_utc
from service.web import post


def read_by_name(request: AppRequest, **asked: Any) -> Listing:
    """`Listing.read` where `q` is a token: the words of this user behind it, else the list without `q`."""
    listing = Listing.read(request, **asked)
    if "q" not in listing.filters:
        return listing
    since = now_utc() - timedelta(hours=request.settings.session_hours)
    with request.database.read() as db:
        words = db.scalar(
            sa.select(col(ListWordsRow.words)).where(
                col(ListWordsRow.public_id) == listing.filters["q"],
                col(ListWordsRow.user_id) == request.account.id,
                col(ListWordsRow.territory_id) == request.account.territory_id,
                col(ListWordsRow.created_at) > since,
            )
        )
    if words is None:
        others = {name: value for name, value in listing.filters.items() if name != "q"}
        return msgspec.structs.replace(listing, filters=others, lapsed=True)
    return msgspec.structs.replace(listing, words=words)


def filter_act(path: str, *, name: str, filters: Sequence[str], back: str | None = None) -> HTTPRouteHandler:
    """What the filter form of a list posts to; it leads to the list at `back`, or at the same address."""

    @post(path, name=name)
    def act(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
        typed = {one: " ".join(form.raw(one).split())[:LONGEST] for one in (*filters, "tri")}
        if words := typed.pop("q"):
            typed["q"] = _kept(request, words)
        asked = urlencode({one: value for one, value in typed.items() if value})
        return done((back or path) + ("?" + asked if asked else ""))

    return act


def _kept(request: AppRequest, words: str) -> str:
    account, now = request.account, now_utc()
    row = ListWordsRow(user_id=account.id, territory_id=account.territory_id, words=words, created_at=now)
    token = row.public_id
    with request.database.write() as db:
        past = now - timedelta(hours=request.settings.session_hours)
        db.execute(sa.delete(ListWordsRow).where(col(ListWordsRow.created_at) <= past))
        db.add(row)
    return token
