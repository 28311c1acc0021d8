"""Firms that work together: the mandataire's visa, the subcontractor's tier, one's share of the due."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from clauses import GroupementKind, PartyRole, Rules, State
from service.tables import DeclarationRow
from service.tables.session import Database
from tests.service.declarations.site import (
    accept,
    add_eligibility,
    add_lot,
    add_marche,
    add_party,
    add_person,
    add_placement,
    cell,
    last_version,
    send,
)
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


@pytest.fixture
def head(visitor: Open, world: World) -> Visitor:
    """Nord Peinture, mandataire or titulaire."""
    return visitor(world.here.users["contractor2"])


@pytest.fixture
def member(visitor: Open, world: World) -> Visitor:
    """Bâti Audomarois, cotraitant or subcontractor."""
    return visitor(world.here.users["contractor"])


def build(database: Database, world: World, role: PartyRole, *, visa: bool) -> tuple[str, str]:
    """A lot of 2 000 h, keys 60 and 40; Kévin works for the second firm. Placement and lot."""
    with database.write() as db:
        marche = add_marche(db, world.here, "2025-G1")
        marche.groupement = GroupementKind.CONJOINT
        lot = add_lot(db, world.here, marche, "1", "Tous corps d’état", Rules(visa_required=visa), 200_000)
        first = add_party(db, world.here, lot, "firm2", key_share=6000)
        if role is PartyRole.COTRAITANT:
            add_party(db, world.here, lot, "firm", role, key_share=4000)
        else:
            add_party(db, world.here, lot, "firm", role, parent=first)
        who = add_person(db, world.here, "Kévin", "Ansel", date(2001, 3, 3))
        add_eligibility(db, world.here, who, date(2025, 10, 1))
        placement = add_placement(db, world.here, lot, who, "firm", date(2025, 12, 1))
        return placement.public_id, lot.public_id


def only_header(database: Database) -> str:
    with database.read() as db:
        return str(db.scalars(select(col(DeclarationRow.public_id))).one())


def test_the_mandataire_s_visa_comes_before_the_control_and_shows_totals_only(
    head: Visitor, member: Visitor, visitor: Open, database: Database, world: World
) -> None:
    placement, _ = build(database, world, PartyRole.COTRAITANT, visa=True)
    facilitator = visitor(world.here.users["facilitator"])
    send(member, {cell(placement): "80"})
    header = only_header(database)
    assert last_version(database, header).state is State.VISA_MANDATAIRE
    assert accept(facilitator, header).status_code == 409
    page = head.get("/mes-declarations/visas").text
    assert "80\u202fh" in page
    assert "Ansel" not in page
    assert head.get(f"/mes-declarations/{header}").status_code == 404
    assert "Visez la déclaration de Bâti Audomarois" in head.get("/").text
    version = last_version(database, header).public_id
    assert member.post(f"/mes-declarations/visas/{version}/viser").status_code == 404
    assert head.post(f"/mes-declarations/visas/{version}/rendre", {}).status_code == 422
    assert head.post(f"/mes-declarations/visas/{version}/viser").status_code == 303
    assert head.post(f"/mes-declarations/visas/{version}/viser").status_code == 409
    assert accept(facilitator, header).status_code == 303


def test_the_mandataire_may_give_it_back_with_a_reason(
    head: Visitor, member: Visitor, database: Database, world: World
) -> None:
    placement, _ = build(database, world, PartyRole.COTRAITANT, visa=True)
    send(member, {cell(placement): "80"})
    version = last_version(database, only_header(database)).public_id
    reason = {f"reason-{version}": "Il manque une semaine"}
    assert head.post(f"/mes-declarations/visas/{version}/rendre", reason).status_code == 303
    assert "Il manque une semaine" in member.get("/mes-declarations/mois?mois=2026-01").text


def test_a_member_sees_its_share_of_the_due_and_not_the_others_hours(
    head: Visitor, member: Visitor, database: Database, world: World
) -> None:
    _, lot = build(database, world, PartyRole.COTRAITANT, visa=False)
    # 2 000 h × 40 / 100 = 800 h; the mandataire answers for the 2 000 h.
    assert member.json(f"/mes-lots/{lot}")["due"] == 80_000
    assert head.json(f"/mes-lots/{lot}")["due"] == 200_000
    assert head.json(f"/mes-lots/{lot}")["people"] == []
    # The last point of the chart: at its end the lot is expected to have done what it owes.
    assert [member.json(f"/mes-lots/{lot}")["points"][-1][x] for x in ("due", "expected")] == [80_000, 80_000]
    assert "au rythme du temps" in member.get(f"/mes-lots/{lot}").text


def test_the_titulaire_reads_its_subcontractor_s_declaration_and_not_the_reverse(
    head: Visitor, member: Visitor, visitor: Open, database: Database, world: World
) -> None:
    placement, lot = build(database, world, PartyRole.SOUS_TRAITANT, visa=False)
    send(member, {cell(placement): "80"})
    header = only_header(database)
    assert "Ansel" in head.get(f"/mes-declarations/{header}").text
    assert head.json("/mes-declarations")["rows"][0]["firm"] == "Bâti Audomarois"
    view = member.json(f"/mes-lots/{lot}")
    assert (view["due"], view["role"]) == (None, "Sous-traitant")
    # The titulaire may declare in place of its subcontractor; declared twice, the line is held.
    assert send(head, {cell(placement): "80"}).status_code == 303
    facilitator = visitor(world.here.users["facilitator"])
    rows = facilitator.json("/controle")["rows"]
    second = next(r for r in rows if r["firm"] == "Nord Peinture")
    assert [a["label"] for a in second["alerts"] if a["tone"] == "stop"] == ["À vérifier"]
    with database.read() as db:
        headers = db.scalars(select(col(DeclarationRow.public_id)).order_by(col(DeclarationRow.id))).all()
    assert member.get(f"/mes-declarations/{headers[1]}").status_code == 404
    assert accept(facilitator, headers[1]).status_code == 422
