"""The firm's first page: what waits, the next deadline, where each lot stands."""

from collections.abc import Callable
from datetime import date

from clauses import Calendar
from service.tables.session import Database
from tests.service.declarations.site import (
    Site,
    accept,
    add_lot,
    add_marche,
    add_party,
    cell,
    header_of,
    send,
)
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def answer_the_past(firm: Visitor, site: Site) -> None:
    for month in ("2025-10", "2025-11", "2025-12"):
        assert send(firm, {f"neant-{site.lot1}": "1"}, month).status_code == 303


def test_what_waits_is_one_line_a_month_with_its_deadline(firm: Visitor, site: Site) -> None:
    answer_the_past(firm, site)
    home = firm.json("/")
    # January ended on the 31st; 15 days more: 15 February, still to come on the 3rd.
    assert [(t["sentence"], t["overdue"]) for t in home["to_do"]] == [
        ("Déclarez janvier 2026\u202f: lot 1 (2025-M07), avant le 15/02/2026", "")
    ]
    assert (home["next_deadline"], home["next_month"]) == ("2026-02-15", "janvier 2026")
    assert home["to_do"][0]["address"] == "/mes-declarations/mois?mois=2026-01"


def test_a_month_not_answered_is_late_by_so_many_days(firm: Visitor) -> None:
    first = firm.json("/")["to_do"][0]
    # October ended on the 31st; awaited before 15 November; from then to 3 February: 15 + 31 + 31 + 3 days.
    assert (first["overdue"], first["detail"]) == ("80 jours de retard", "")


def test_the_lots_of_one_month_are_told_together(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    answer_the_past(firm, site)
    with database.write() as db:
        lot = add_lot(
            db, world.here, add_marche(db, world.here, "2025-T1", Calendar.QUARTERLY), "4", "Voirie"
        )
        add_party(db, world.here, lot, "firm")
    # The fourth quarter of 2025 is awaited before 15/01/2026, january before 15/02.
    assert [t["sentence"] for t in firm.json("/")["to_do"]] == [
        "Déclarez octobre 2025 à décembre 2025\u202f: lot 4 (2025-T1), avant le 15/01/2026",
        "Déclarez janvier 2026\u202f: lot 1 (2025-M07), avant le 15/02/2026",
    ]


def test_due_validated_left_and_waiting(
    firm: Visitor, visitor: Open, site: Site, database: Database, world: World
) -> None:
    send(firm, {cell(site.nadia, "2025-12"): "100"}, "2025-12")
    accept(visitor(world.here.users["facilitator"]), header_of(database, date(2025, 12, 1)))
    send(firm, {cell(site.nadia): "120"})
    [lot] = firm.json("/")["lots"]
    # 1 000 h due, 100 validated, 900 left; 120 sent and not examined; 100 / 1 000 = 10 %.
    assert (lot["due"], lot["validated"], lot["remaining"], lot["waiting"]) == (
        100_000,
        10_000,
        90_000,
        12_000,
    )
    assert lot["hours_share"] == 1000


def test_a_firm_without_a_lot_is_told_what_will_come(visitor: Open, world: World, site: Site) -> None:
    page = visitor(world.there.users["contractor"]).get("/")
    assert "Aucun lot pour le moment" in page.text
    assert "Rien n’attend de vous" in page.text
