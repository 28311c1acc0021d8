"""The grid that a lot follows: changed by a dated act, the people that it concerns shown before."""

from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Grid
from service.accounts.account import Account
from service.formats import day
from service.forms import Form
from service.grids.follow import Moved, follow, moved_by
from service.grids.read import key_of
from service.grids.views import LotGridView
from service.ledger.grids import Grids, read_grids
from service.ledger.load import load_lot, load_lots
from service.ledger.lot_file import LotFile
from service.lots.scope import find_lot
from service.page import AppRequest, Page, done
from service.tables import LotRow
from service.web import get, post


class FollowTyped(msgspec.Struct, frozen=True, kw_only=True):
    """`whole`: every open lot of the marché."""

    grid: Grid
    from_on: date
    whole: bool
    reason: str

    @property
    def fingerprint(self) -> str:
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


@get("/lots/{lot_id:str}/grille", name="lots.grid")
def grid_page(request: AppRequest, lot_id: FromPath[str]) -> Page[LotGridView]:
    with request.database.read() as db:
        file = load_lot(db, find_lot(db, request.account, lot_id).id)
    first, _ = clauses.period_of(file.marche.calendar, request.account.today)
    return _page(request, lot_id, Form.of({"from_on": first}))


@post("/lots/{lot_id:str}/grille", name="lots.grid.act")
def grid_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[LotGridView] | Redirect:
    account = request.account
    with request.database.read() as db:
        lot = find_lot(db, account, lot_id)
        file = load_lot(db, lot.id)
        typed = _read(form, file, read_grids(db, account.territory_id))
        if typed is None:
            moved: tuple[Moved, ...] = ()
        else:
            files = load_lots(db, [row.id for row in _lots(db, account, lot, typed.whole)])
            moved = tuple(m for one in files.values() for m in moved_by(one, typed.grid, typed.from_on))
    if typed is None:
        return _page(request, lot_id, form)
    if not form.flag("confirm") or form.raw("seen") != typed.fingerprint:
        return _page(request, lot_id, form, moved, typed.fingerprint)
    with request.database.write() as db:
        lot = find_lot(db, account, lot_id, lock=True)
        follow(db, account, _lots(db, account, lot, typed.whole), typed.grid, typed.from_on, typed.reason)
    sentence = f"Le lot suit la version {typed.grid.version} à partir du {day(typed.from_on)}."
    return done(f"/lots/{lot_id}", sentence)


def _lots(db: Session, account: Account, lot: LotRow, whole: bool) -> list[LotRow]:
    """The lot, or every open lot of its marché."""
    if not whole:
        return [lot]
    query = sa.select(LotRow).where(
        col(LotRow.territory_id) == account.territory_id,
        col(LotRow.marche_id) == lot.marche_id,
        col(LotRow.closed_on).is_(None),
    )
    return list(db.scalars(query.order_by(col(LotRow.number), col(LotRow.id))))


def _read(form: Form, file: LotFile, grids: Grids) -> FollowTyped | None:
    asked = form.one_of("grid", "Grille", [str(key_of(g)) for g in grids.all])
    from_on = form.day("from_on", "À partir du", required=True)
    reason = form.text("reason", "Motif", required=True, longest=400)
    if from_on is not None and clauses.period_of(file.marche.calendar, from_on)[0] != from_on:
        first, last = clauses.period_of(file.marche.calendar, from_on)
        form.fault(
            "from_on",
            "À partir du : une grille vaut pour des périodes entières de déclaration ; "
            f"choisissez le {day(first)} ou le {day(clauses.add_days(last, 1))}.",
        )
    grid = next((g for g in grids.all if str(key_of(g)) == asked), None)
    if form.faults or grid is None or from_on is None:
        return None
    return FollowTyped(grid=grid, from_on=from_on, whole=form.flag("whole"), reason=reason)


def _page(
    request: AppRequest,
    lot_id: str,
    form: Form,
    moved: tuple[Moved, ...] | None = None,
    fingerprint: str = "",
) -> Page[LotGridView]:
    account = request.account
    with request.database.read() as db:
        lot = find_lot(db, account, lot_id)
        file = load_lot(db, lot.id)
        grids = read_grids(db, account.territory_id)
        others = len(_lots(db, account, lot, True))
    now = file.grid_at(account.today)
    view = LotGridView(
        lot_id=lot_id,
        number=file.lot.number,
        title=file.lot.title,
        reference=file.marche.reference,
        grid=f"{now.label}, version {now.version}",
        acts=tuple(f"{g.label}, version {g.version}, à partir du {day(first)}" for first, g in file.followed),
        others=others,
        moved=moved,
        fingerprint=fingerprint,
    )
    extra: dict[str, Any] = {
        "grids": [(str(key_of(g)), f"{g.label}, version {g.version}") for g in reversed(grids.all)]
    }
    return Page(view, "grids/lot.html", form=form, extra=extra)


HANDLERS = [grid_page, grid_act]
