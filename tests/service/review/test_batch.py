"""Several clean declarations accepted at once: one confirmation, a receipt each, what changed is left."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from clauses import State
from service.tables import AuditRow, EligibilityRow, StepRow, VersionRow
from service.tables.session import Database
from tests.service.declarations.site import Site, build_site, cell, send
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


@pytest.fixture
def site(database: Database, world: World, visitor: Open) -> Site:
    """Nadia: 100 h in November, December and January, all waiting."""
    site = build_site(database, world.here)
    firm = visitor(world.here.users["contractor"])
    for month in ("2025-11", "2025-12", "2026-01"):
        assert send(firm, {cell(site.nadia, month): "100"}, month).status_code == 303
    return site


def ticked(facilitator: Visitor) -> list[str]:
    return [row["key"] for row in facilitator.json("/controle")["rows"] if row["clean"]]


def accepted(database: Database) -> list[tuple[State, int | None]]:
    with database.read() as db:
        rows = db.execute(
            select(col(VersionRow.state), col(VersionRow.accepted)).order_by(col(VersionRow.id))
        )
        return [(row.state, row.accepted) for row in rows]


def test_a_confirmation_writes_nothing_and_the_act_accepts_each_with_its_receipt(
    facilitator: Visitor, site: Site, database: Database
) -> None:
    keys = ticked(facilitator)
    assert len(keys) == 3
    asked = facilitator.post("/controle/ensemble", {"d": keys}, as_json=True).json()
    # 3 × 100 h.
    assert (asked["done"], len(asked["accepted"]), asked["countable"]) == (False, 3, 30000)
    assert [state for state, _ in accepted(database)] == [State.SOUMISE] * 3
    done = facilitator.post("/controle/ensemble", {"d": keys, "do": "accepter"}, as_json=True).json()
    assert (done["done"], done["left"]) == (True, [])
    assert all(x["outcome"].startswith("Déclaration acceptée") for x in done["accepted"])
    assert accepted(database) == [(State.VALIDEE, 10000)] * 3
    with database.read() as db:
        acts = db.scalars(select(col(AuditRow.noun_id)).where(col(AuditRow.act) == "review.accept.act")).all()
        assert len(set(acts)) == 3
        # One step, with the hours of the three months.
        assert db.scalars(select(col(StepRow.hours))).all() == [30000]


def test_one_that_changed_meanwhile_is_left_and_named(
    facilitator: Visitor, site: Site, database: Database
) -> None:
    """Nadia's eligibility now begins on 15/01/2026: 12 of the 21 weekdays of January (15, 16, 19 to 23,
    26 to 30) count; November and December no longer count at all."""
    keys = ticked(facilitator)
    with database.write() as db:
        for period in db.scalars(select(EligibilityRow)):
            period.starts_on = max(period.starts_on, date(2026, 1, 15))
    done = facilitator.post("/controle/ensemble", {"d": keys, "do": "accepter"}, as_json=True).json()
    assert done["accepted"] == []
    assert [x["period"] for x in done["left"]] == ["novembre 2025", "décembre 2025", "janvier 2026"]
    assert all("a changé depuis votre lecture" in x["outcome"] for x in done["left"])
    assert [state for state, _ in accepted(database)] == [State.SOUMISE] * 3


def test_one_decided_meanwhile_is_left_and_the_others_are_accepted(
    facilitator: Visitor, site: Site, database: Database
) -> None:
    keys = ticked(facilitator)
    first = keys[0].split(":")[0]
    assert facilitator.post(f"/controle/{first}/rendre", {"give_back_reason": "À revoir"}).status_code == 303
    done = facilitator.post("/controle/ensemble", {"d": keys, "do": "accepter"}, as_json=True).json()
    assert [x["id"] for x in done["left"]] == [first]
    assert len(done["accepted"]) == 2
    assert sorted(s.value for s, _ in accepted(database)) == ["a_corriger", "validee", "validee"]


def test_a_held_declaration_cannot_be_ticked_nor_slipped_in(
    facilitator: Visitor, visitor: Open, world: World, site: Site, database: Database
) -> None:
    """250 h in a month are above the legal month of 208 h: held until the facilitator lifts it."""
    firm = visitor(world.here.users["contractor"])
    assert send(firm, {cell(site.omar, "2026-02"): "250"}, "2026-02").status_code == 303
    rows = {r["period"]: r for r in facilitator.json("/controle")["rows"]}
    assert (rows["février 2026"]["clean"], rows["janvier 2026"]["clean"]) == (False, True)
    key = rows["février 2026"]["key"]
    done = facilitator.post("/controle/ensemble", {"d": [key], "do": "accepter"}, as_json=True).json()
    assert (len(done["accepted"]), len(done["left"])) == (0, 1)


def test_nothing_ticked_and_a_stranger_are_refused(
    facilitator: Visitor, visitor: Open, world: World, site: Site, database: Database
) -> None:
    kept = facilitator.post("/controle/ensemble", {"retour": "/controle?entreprise=abc&tri=-heures"})
    assert 'href="/controle?entreprise=abc&amp;tri=-heures">Revenir à la file' in kept.text
    elsewhere = facilitator.post("/controle/ensemble", {"retour": "https://ailleurs.fr/controle?"})
    assert "ailleurs" not in elsewhere.text
    empty = facilitator.post("/controle/ensemble", {})
    assert empty.status_code == 422
    assert "Aucune déclaration n’est cochée" in empty.text
    # On a page of the queue, which leads back to it: not the page of a fault.
    assert "Aucune déclaration acceptée</h1>" in empty.text
    assert 'href="/controle">Revenir à la file' in empty.text
    stranger = visitor(world.there.users["facilitator"])
    done = stranger.post("/controle/ensemble", {"d": ticked(facilitator), "do": "accepter"}, as_json=True)
    assert done.json()["accepted"] == []
    assert [state for state, _ in accepted(database)] == [State.SOUMISE] * 3


def test_the_list_shows_what_the_files_show_after_an_eligibility_changed(
    facilitator: Visitor, site: Site, database: Database
) -> None:
    """Sent clean, cut since: the list says so, and so does its filter. 100 × 12 ÷ 21 = 57,142… → 57,14 h."""
    assert facilitator.json("/controle?alerte=cut")["rows"] == []
    with database.write() as db:
        for period in db.scalars(select(EligibilityRow)):
            period.starts_on = max(period.starts_on, date(2026, 1, 15))
    rows = {r["period"]: r for r in facilitator.json("/controle?alerte=cut")["rows"]}
    assert set(rows) == {"novembre 2025", "décembre 2025", "janvier 2026"}
    assert rows["janvier 2026"]["countable"] == 5714
    file = facilitator.json(f"/controle/{rows['janvier 2026']['id']}")
    assert file["countable"] == 5714
