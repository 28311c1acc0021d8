"""Two files made into one: nothing lost, nothing doubled, undone to the byte; refused when it would hurt."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from fixtures.demo.build_declarations import account_at
from service.accounts.account import Account
from service.archive import plain_tables
from service.duplicates import rows
from service.duplicates.merge import find_pair, hindrance, merge, undo
from service.tables import (
    AuditRow,
    MergeRow,
    OfferRow,
    PersonRow,
    ProposalRow,
    ReadJournalRow,
    SpellRow,
    TerritoryRow,
    UserRow,
)
from service.tables.session import Database
from service.vocabulary import ProposalState, Sex, SpellState
from tests.service.participants.people import add_participant
from tests.service.suggestions.cast import add_offer
from tests.visitor import Visitor
from tests.world import TODAY, World

Open = Callable[..., Visitor]
# What an act always writes, and the stamp that makes matching read again.
TRACES = ("audit", "person_merge", "territory")


@pytest.fixture
def demo_copy(demo_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(demo_file, tmp_path / "demo.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'demo.sqlite'}", pool_size=2)
    yield database
    database.dispose()


def dump(database: Database) -> dict[str, list[Any]]:
    with database.read() as db:
        return {
            str(table.name): list(db.execute(sa.select(table).order_by(*table.primary_key.columns)))
            for table in plain_tables()
            if table.name not in TRACES
        }


def linked(database: Database, *people: int) -> dict[str, int]:
    with database.read() as db:
        found = db.connection()
        return {
            name: sum(len(rows.rows_of(found, name, person)) for person in people) for name in rows.LINKED
        }


def coordination(database: Database) -> Account:
    with database.read() as db:
        user = db.scalar(sa.select(col(UserRow.id)).where(col(UserRow.email) == "coordination@demo.example"))
        assert user is not None
        return account_at(db, user, date(2026, 6, 9))


def test_whatever_the_pair_no_row_is_lost_and_undoing_gives_the_same_bytes(demo_copy: Database) -> None:
    """Everybody of the demo who has no open parcours, with two others, both ways, when she may be."""
    account = coordination(demo_copy)
    followed = sa.select(col(SpellRow.person_id)).where(col(SpellRow.exited_on).is_(None))
    with demo_copy.read() as db:
        everybody = (
            sa.select(col(PersonRow.id), col(PersonRow.public_id), col(PersonRow.id).not_in(followed))
            .where(col(PersonRow.territory_id) == account.territory_id)
            .order_by(col(PersonRow.id))
        )
        known = db.execute(everybody).all()
    pairs = [
        (known[place], known[(place * factor + 3) % len(known)])
        for place, (_, _, alone) in enumerate(known)
        for factor in (7, 11)
        if alone and place != (place * factor + 3) % len(known)
    ]
    before, tried = dump(demo_copy), 0
    for one, other in pairs:
        for kept, gone in ((one, other), (other, one)):
            with demo_copy.write() as db:
                if hindrance(db, *find_pair(db, account, kept[1], gone[1])):
                    continue
                had = linked(demo_copy, kept[0], gone[0])
                merge_id = merge(db, account, kept[1], gone[1], {"first_name": True, "address": True})
            tried += 1
            has = linked(demo_copy, kept[0])
            # A person has one profile; « ne plus proposer » on one offer is said once.
            assert has["profile"] == min(had["profile"], 1)
            assert has["set_aside"] <= had["set_aside"]
            exact = set(rows.LINKED) - {"profile", "set_aside"}
            assert {name: has[name] for name in exact} == {name: had[name] for name in exact}
            with demo_copy.write() as db:
                undo(db, account, merge_id)
    assert tried > 20
    assert dump(demo_copy) == before


def pair(database: Database, world: World, **other: Any) -> tuple[str, str]:
    """Zoé Leroy, in the PLIE; and a second file of hers, of a spell that is over."""
    one = add_participant(database, world.here, phone="0611111111")
    told = {"state": SpellState.EXITED, "exited": date(2025, 6, 1), "phone": "0622222222", **other}
    return one, add_participant(database, world.here, last="Leroi", **told)


def test_the_coordination_compares_chooses_field_by_field_and_undoes(
    database: Database, visitor: Open, world: World
) -> None:
    one, other = pair(database, world)
    coordinator = visitor(world.here.users["coordinator"])
    page = coordinator.get(f"/doublons/reunir?une={one}&autre={other}")
    assert page.status_code == 200
    assert "0611111111" in page.text
    assert "0622222222" in page.text
    form = {"one": one, "other": other, "keep": one, "phone": other, "last_name": one}
    assert coordinator.post("/doublons/reunir", form).status_code == 303
    with database.read() as db:
        row = db.scalars(sa.select(PersonRow).where(col(PersonRow.territory_id) == world.here.id)).one()
        assert (row.public_id, row.last_name, row.phone) == (one, "Leroy", "0622222222")
        assert (
            db.scalar(sa.select(sa.func.count(col(SpellRow.id))).where(col(SpellRow.person_id) == row.id))
            == 2
        )
        acts = db.scalars(
            sa.select(col(AuditRow.sentence)).where(col(AuditRow.act) == "duplicates.merge.act")
        )
        assert list(acts) == [f"Deux fiches réunies\u202f: {other} dans {one}"]
    made = coordinator.json("/doublons")["merges"][0]
    assert made["refusal"] == ""
    assert coordinator.post("/doublons/defaire", {"merge": made["id"]}).status_code == 303
    with database.read() as db:
        people = {row.public_id: row.phone for row in db.scalars(sa.select(PersonRow))}
    assert people == {one: "0611111111", other: "0622222222"}
    assert coordinator.post("/doublons/defaire", {"merge": made["id"]}).status_code == 409


def test_what_only_one_file_knows_is_proposed_whichever_file_it_is(
    database: Database, visitor: Open, world: World
) -> None:
    one, other = pair(database, world, email="zoe@example.fr", sex=Sex.WOMAN)
    with database.write() as db:
        db.execute(sa.update(PersonRow).where(col(PersonRow.public_id) == one).values(phone=""))
    page = visitor(world.here.users["coordinator"]).get(f"/doublons/reunir?une={one}&autre={other}").text
    proposed = dict(re.findall(r'name="(\w+)" value="(\w+)" checked', page))
    # Both know a name: the first file's. Phone, mail and sex are known of the second alone.
    assert proposed == {"keep": one, "last_name": one, "phone": other, "email": other, "sex": other}


def test_a_file_that_changed_since_is_not_torn_apart(database: Database, visitor: Open, world: World) -> None:
    one, other = pair(database, world)
    coordinator = visitor(world.here.users["coordinator"])
    coordinator.post("/doublons/reunir", {"one": one, "other": other, "keep": one})
    # To read it changes nothing.
    visitor(world.here.users["referent"]).get(f"/participants/{one}")
    assert coordinator.json("/doublons")["merges"][0]["refusal"] == ""
    with database.write() as db:
        db.scalars(sa.select(PersonRow).where(col(PersonRow.public_id) == one)).one().phone = "0633333333"
    told = coordinator.json("/doublons")["merges"][0]
    assert "a changé depuis" in told["refusal"]
    assert coordinator.post("/doublons/defaire", {"merge": told["id"]}).status_code == 409


def test_after_thirty_days_it_is_no_longer_undone(database: Database, visitor: Open, world: World) -> None:
    one, other = pair(database, world)
    coordinator = visitor(world.here.users["coordinator"])
    coordinator.post("/doublons/reunir", {"one": one, "other": other, "keep": one})
    merge_id = coordinator.json("/doublons")["merges"][0]["id"]
    with database.write() as db:
        db.get_one(TerritoryRow, world.here.id).stored_today = TODAY + timedelta(days=31)
    answer = coordinator.post("/doublons/defaire", {"merge": merge_id})
    assert answer.status_code == 409
    assert "pendant 30 jours" in answer.text


def test_two_open_parcours_and_one_offer_proposed_twice_stay_apart(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    one, other = pair(database, world, state=SpellState.ACTIVE, exited=None)
    answer = coordinator.post("/doublons/reunir", {"one": one, "other": other, "keep": one})
    assert answer.status_code == 409
    assert "deux fiches ont un parcours ouvert" in answer.text
    with database.write() as db:
        people = dict(db.execute(sa.select(col(PersonRow.public_id), col(PersonRow.id))).all())
        db.execute(
            sa.update(SpellRow)
            .where(col(SpellRow.person_id) == people[other])
            .values(exited_on=date(2025, 6, 1), state=SpellState.EXITED)
        )
        offer = add_offer(db, world.here)
        offer_row = db.scalars(sa.select(col(OfferRow.id)).where(col(OfferRow.public_id) == offer)).one()
        for person in people.values():
            db.add(
                ProposalRow(
                    territory_id=world.here.id,
                    person_id=person,
                    offer_id=offer_row,
                    state=ProposalState.PROPOSED,
                    created_by=world.here.users["liaison"],
                    since=TODAY,
                )
            )
    answer = coordinator.post("/doublons/reunir", {"one": one, "other": other, "keep": one})
    assert answer.status_code == 409
    assert "proposées sur la même offre" in answer.text


def test_nobody_is_merged_across_territories_nor_by_another_role(
    database: Database, visitor: Open, world: World
) -> None:
    one, _ = pair(database, world)
    foreign = add_participant(database, world.there)
    coordinator = visitor(world.here.users["coordinator"])
    assert coordinator.get(f"/doublons/reunir?une={one}&autre={foreign}").status_code == 404
    form = {"one": one, "other": foreign, "keep": one}
    assert coordinator.post("/doublons/reunir", form).status_code == 404
    assert visitor(world.here.users["referent"]).post("/doublons/reunir", form).status_code == 403
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count(col(MergeRow.id)))) == 0


def test_who_compared_two_files_is_in_their_journals(database: Database, visitor: Open, world: World) -> None:
    one, other = pair(database, world)
    visitor(world.here.users["coordinator"]).get(f"/doublons/reunir?une={one}&autre={other}")
    with database.read() as db:
        read = db.scalars(sa.select(col(ReadJournalRow.screen))).all()
    assert read == ["doublons", "doublons"]
