"""Two files made into one: nothing lost, nothing doubled, undone to the byte; refused when it would hurt."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
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
            # Hours of one in the parcours of the other are étapes from now on.
            assert has["step"] >= had["step"]
            exact = set(rows.LINKED) - {"profile", "set_aside", "step"}
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


def test_an_offer_proposed_to_both_keeps_the_files_apart(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    one, other = pair(database, world)
    with database.write() as db:
        people = dict(db.execute(sa.select(col(PersonRow.public_id), col(PersonRow.id))).all())
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


def test_two_open_parcours_become_one_that_is_neither_an_exit_nor_an_entry(
    database: Database, visitor: Open, world: World
) -> None:
    """Claire follows Zoé since 01/09/2025; Denis opened a second file of hers on 05/01/2026, wrote two
    interviews, one with a note to himself. One parcours is left, Claire's; Denis's note stays his."""
    one = add_participant(database, world.here)
    other = add_participant(database, world.here, "referent2", last="Leroi", entered=date(2026, 1, 5))
    denis = visitor(world.here.users["referent2"])
    for note in ("", "ne regarde que moi"):
        form = {"kind": "telephone", "on": "2026-01-20", "shared_note": "Point", "working_note": note}
        assert denis.post(f"/participants/{other}/contacts", form).status_code == 303
    coordinator = visitor(world.here.users["coordinator"])
    before = coordinator.json("/")
    compare = coordinator.json(f"/doublons/reunir?une={one}&autre={other}")
    assert compare["two_open"] == ["Claire Référente", "Denis Référent"]
    form = {"one": one, "other": other, "keep": one}
    assert coordinator.post("/doublons/reunir", form).status_code == 303
    with database.read() as db:
        first, second = db.scalars(sa.select(SpellRow).order_by(col(SpellRow.id))).all()
        assert (first.exited_on, first.entered_on) == (None, date(2025, 9, 1))
        assert (second.state, second.entered_on) == (SpellState.NOT_ENTERED, None)
    after = coordinator.json("/")
    assert after["exits"] == before["exits"]
    claire = visitor(world.here.users["referent"])
    page = claire.get(f"/participants/{one}").text
    assert page.count("Point") == 2
    assert "ne regarde que moi" not in page
    # The address that Claire or Denis may have kept leads to the file that stays, for who may open it.
    assert claire.get(f"/participants/{other}").headers["location"] == f"/participants/{one}"
    assert denis.get(f"/participants/{other}").status_code == 404
    merge_id = coordinator.json("/doublons")["merges"][0]["id"]
    assert coordinator.post("/doublons/defaire", {"merge": merge_id}).status_code == 303
    assert "ne regarde que moi" in denis.get(f"/participants/{other}").text
    assert claire.get(f"/participants/{other}").status_code == 404


def test_two_followed_people_of_the_demo_are_merged_and_undone_to_the_same_bytes(
    demo_copy: Database,
) -> None:
    """Whoever is kept; no étape and no interview is lost, and one parcours is open."""
    account = coordination(demo_copy)
    is_open = col(SpellRow.exited_on).is_(None)
    with demo_copy.read() as db:
        query = sa.select(col(PersonRow.id), col(PersonRow.public_id)).join(SpellRow).where(is_open)
        known = db.execute(query.order_by(col(PersonRow.id)).limit(24)).all()
    before, tried = dump(demo_copy), 0
    for one, other in pairwise(known):
        with demo_copy.write() as db:
            if hindrance(db, *find_pair(db, account, one[1], other[1])):
                continue
            had = linked(demo_copy, one[0], other[0])
            merge_id = merge(db, account, one[1], other[1], {})
        tried += 1
        has = linked(demo_copy, one[0])
        assert {name: has[name] for name in ("step", "contact")} == {
            name: had[name] for name in ("step", "contact")
        }
        with demo_copy.read() as db:
            open_spells = sa.select(sa.func.count()).select_from(SpellRow)
            assert db.scalar(open_spells.where(col(SpellRow.person_id) == one[0], is_open)) == 1
        with demo_copy.write() as db:
            undo(db, account, merge_id)
    assert tried > 5
    assert dump(demo_copy) == before


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
