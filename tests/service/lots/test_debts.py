"""The due of a lot between the members of its groupement, to the hundredth; firms that cannot declare."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from clauses import GroupementKind, PartyRole
from service.tables import OrganisationRow, PartyRow, UserRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.service.declarations.site import (
    accept,
    add_eligibility,
    add_lot,
    add_marche,
    add_party,
    add_person,
    add_placement,
    cell,
    header_of,
    send,
)
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
HOURS = 100_001
"""1 000,01 h, which three equal keys do not divide."""


@pytest.fixture
def lot(database: Database, world: World) -> str:
    """A lot of 1 000,01 h, three members with one key each; Kévin works for Bâti Audomarois."""
    with database.write() as db:
        marche = add_marche(db, world.here, "2025-G3")
        marche.groupement = GroupementKind.SOLIDAIRE
        lot = add_lot(db, world.here, marche, "1", "Tous corps d’état", hours=HOURS)
        db.add(
            OrganisationRow(
                territory_id=world.here.id, name="Zinc et Toits", kind=OrganisationKind.FIRM, insee="62765"
            )
        )
        db.flush()
        zinc = db.scalars(select(OrganisationRow).where(col(OrganisationRow.name) == "Zinc et Toits")).one()
        add_party(db, world.here, lot, "firm", key_share=10_000)
        add_party(db, world.here, lot, "firm2", PartyRole.COTRAITANT, key_share=10_000)
        third = add_party(db, world.here, lot, "firm2", PartyRole.COTRAITANT, key_share=10_000)
        third.company_id = zinc.id
        who = add_person(db, world.here, "Kévin", "Ansel", date(2001, 3, 3))
        add_eligibility(db, world.here, who, date(2025, 10, 1))
        add_placement(db, world.here, lot, who, "firm", date(2025, 10, 1))
        return lot.public_id


def debts(facilitator: Visitor, lot: str) -> list[tuple[str, int, int]]:
    told = facilitator.json(f"/lots/{lot}")["debts"]
    assert told["due"] == HOURS
    return [(d["company"], d["due"], d["done"]) for d in told["lines"]]


def test_the_due_is_shared_by_key_and_sums_to_the_hundredth(
    visitor: Open, world: World, lot: str, database: Database
) -> None:
    """100 001 ÷ 3 = 33 333,66…: each 33 333, and two of them one hundredth more."""
    facilitator = visitor(world.here.users["facilitator"])
    parts = debts(facilitator, lot)
    assert sorted(due for _, due, _ in parts) == [33_333, 33_334, 33_334]
    assert sum(due for _, due, _ in parts) == HOURS


def test_a_member_who_leaves_owes_what_it_did_and_the_rest_is_shared_anew(
    visitor: Open, world: World, lot: str, database: Database
) -> None:
    """Bâti does 120 h in January and Zinc leaves without an hour: (100 001 − 0) ÷ 2 = 50 000,5: 50 001 and
    50 000. Then Bâti leaves too: it owes 12 000, Nord Peinture 100 001 − 12 000 = 88 001."""
    facilitator = visitor(world.here.users["facilitator"])
    placement = facilitator.json(f"/lots/{lot}")["workers"][0]["placement_id"]
    assert send(visitor(world.here.users["contractor"]), {cell(placement): "120"}).status_code == 303
    assert accept(facilitator, header_of(database)).status_code == 303
    leave(database, "Zinc et Toits")
    parts = {name: (due, done) for name, due, done in debts(facilitator, lot)}
    assert parts["Zinc et Toits"] == (0, 0)
    assert sorted(due for due, _ in parts.values()) == [0, 50_000, 50_001]
    assert parts["Bâti Audomarois"][1] == 12_000
    leave(database, "Bâti Audomarois")
    parts = {name: (due, done) for name, due, done in debts(facilitator, lot)}
    assert (parts["Bâti Audomarois"], parts["Nord Peinture"]) == ((12_000, 12_000), (88_001, 0))
    page = facilitator.get(f"/lots/{lot}").text
    assert "a quitté le lot le 31/01/2026" in page


def leave(database: Database, name: str) -> None:
    with database.write() as db:
        firms = select(col(OrganisationRow.id)).where(col(OrganisationRow.name) == name)
        for party in db.scalars(select(PartyRow).where(col(PartyRow.company_id).in_(firms))):
            party.ends_on = date(2026, 1, 31)


def test_one_company_alone_has_no_debt_to_share(visitor: Open, world: World, database: Database) -> None:
    with database.write() as db:
        lot = add_lot(db, world.here, add_marche(db, world.here, "2025-S1"), "1", "Voirie")
        add_party(db, world.here, lot, "firm")
        public_id = lot.public_id
    assert visitor(world.here.users["facilitator"]).json(f"/lots/{public_id}")["debts"] is None


def test_a_firm_without_an_account_is_told_with_who_may_invite_it(
    visitor: Open, world: World, lot: str, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    for address in (f"/lots/{lot}", "/"):
        told = facilitator.json(address)
        assert [u["company"] for u in told["uninvited"]] == ["Zinc et Toits"]
        assert told["inviters"] == [{"name": "Anne Administration", "email": "admin@ici.test"}]
        page = facilitator.get(address).text
        assert "n’a pas de compte" in page
        assert "mailto:admin@ici.test" in page
    # An account that is closed is no account.
    with database.write() as db:
        db.get_one(UserRow, world.here.users["contractor2"]).active = False
    told = facilitator.json(f"/lots/{lot}")
    assert [u["company"] for u in told["uninvited"]] == ["Nord Peinture", "Zinc et Toits"]
