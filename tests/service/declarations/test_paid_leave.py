"""Paid leave is asked, and counts, only where the marché retains the hours paid."""

from collections.abc import Callable

import msgspec

from clauses import HoursBasis
from service.tables import LotRow
from service.tables.session import Database
from tests.service.declarations.site import Site, cell, header_of, send
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
PAGE = "/mes-declarations/mois?mois=2026-01"


def pay(database: Database, lot_row: int) -> None:
    with database.write() as db:
        lot = db.get_one(LotRow, lot_row)
        lot.rules = msgspec.structs.replace(lot.rules, hours_basis=HoursBasis.PAID)


def test_a_marche_that_counts_hours_worked_asks_for_no_leave(firm: Visitor, site: Site) -> None:
    assert "Absences payées" not in firm.get(PAGE).text


def test_paid_leave_counts_beside_work_where_hours_paid_do(
    firm: Visitor, site: Site, database: Database, visitor: Open, world: World
) -> None:
    pay(database, site.lot1_row)
    assert "Absences payées" in firm.get(PAGE).text
    typed = {cell(site.nadia): "105", cell(site.nadia, kind="a"): "35"}
    assert send(firm, typed).status_code == 303
    facilitator = visitor(world.here.users["facilitator"])
    told = facilitator.get(f"/controle/{header_of(database)}").text
    assert "absence payée" in told
    # 105 h worked and 35 h of leave, all of them in the dates and the eligibility: 140 h.
    assert "140\u202fh" in told
