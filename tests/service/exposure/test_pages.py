"""The exposure report through the service: the year in the address, counts guarded, no protected key."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from service.tables import OfferRow, PersonRow, ProposalEventRow, ProposalRow
from service.tables.session import Database
from service.vocabulary import ProposalState, Sex, SpellState
from tests.matching.personas import modes, offer, participant
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[[int], Visitor]


def proposed(
    db: Session, world: World, offer_id: str, person_id: str, on: date, state: ProposalState
) -> None:
    """A proposal with its two events, on that day."""
    row = ProposalRow(
        territory_id=world.here.id,
        offer_id=db.query(OfferRow).filter_by(public_id=offer_id).one().id,
        person_id=db.query(PersonRow).filter_by(public_id=person_id).one().id,
        state=state,
        since=on,
        created_by=world.here.users["liaison"],
    )
    db.add(row)
    db.flush()
    for one in dict.fromkeys((ProposalState.PROPOSED, state)):
        db.add(ProposalEventRow(proposal_id=row.id, on=on, author_id=row.created_by, state=one))


def cast(db: Session, world: World) -> None:
    """Six women and six men; one man has no way to the post; all the women are proposed, one man is."""
    post = add_offer(db, world.here, told=offer())
    for number in range(12):
        woman = number < 6
        one = add_person(
            db,
            world.here,
            told=participant(modes=modes()) if number == 11 else participant(),
            person={
                "sex": Sex.WOMAN if woman else Sex.MAN,
                "birth_date": date(1990, 1, 1),
                "qpv": "Quai" * woman,
            },
        )
        if number <= 6:
            state = ProposalState.HIRED if number < 5 else ProposalState.PROPOSED
            proposed(db, world, post, one, date(2026, 1, 20), state)


def groups(view: dict[str, Any], key: str) -> dict[str, tuple[Any, ...]]:
    (found,) = [one for one in view["dimensions"] if one["key"] == key]
    return {
        one["label"]: (
            one["followed"], one["suggested"]["people"], one["proposed"]["people"], one["hired"]["people"]
        )
        for one in found["groups"]
    }  # fmt: skip


def test_groups_are_counted_against_those_accompanied(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        cast(db, world)
        # Gone before the period, or of the other territory: neither counts.
        add_person(db, world.there)
    view = visitor(world.here.users["coordinator"]).json("/exposition")
    assert (view["year"], view["first"], view["last"]) == (2026, "2026-01-01", "2026-02-03")
    # Six women and five men have a way to the post. One man proposed: hidden, and the six women with him.
    assert groups(view, "genre") == {"Femmes": (6, 6, None, None), "Hommes": (6, 5, None, None)}
    total = view["total"]
    # 11 of 12 is 91.67 %; 7 of 12 is 58.33 %; 5 of 12 is 41.67 %.
    assert (total["followed"], total["proposable"]) == (12, 12)
    assert total["suggested"] == {"people": 11, "percent": 92}
    assert total["proposed"] == {"people": 7, "percent": 58}
    assert total["hired"] == {"people": 5, "percent": 42}
    assert groups(view, "age") == {"De 26 à 49 ans": (12, 11, 7, 5)}
    assert set(groups(view, "quartier")) == {
        "En quartier prioritaire",
        "Hors quartier prioritaire, ou non renseigné",
    }
    assert groups(view, "commune") == {"Saint-Omer": (12, 11, 7, 5)}
    page = visitor(world.here.users["admin"]).get("/exposition").text
    assert "masqué" in page


def test_another_year_counts_its_own_people_and_acts(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        cast(db, world)
    coordinator = visitor(world.here.users["coordinator"])
    before = coordinator.json("/exposition?annee=2025")
    # Everybody entered in January 2026.
    assert (before["year"], before["last"], before["total"]["followed"]) == (2025, "2025-12-31", 0)
    assert coordinator.json("/exposition?annee=1789")["year"] == 2026
    assert coordinator.json("/exposition?annee=²")["year"] == 2026


def test_who_has_left_is_accompanied_in_her_year_and_no_longer_suggested(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        add_offer(db, world.here)
        for _ in range(5):
            add_person(db, world.here, state=SpellState.EXITED)
    total = visitor(world.here.users["coordinator"]).json("/exposition")["total"]
    assert (total["followed"], total["proposable"], total["suggested"]["people"]) == (5, 0, 0)


def test_the_report_takes_a_fixed_number_of_queries(visitor: Open, database: Database, world: World) -> None:
    coordinator = visitor(world.here.users["coordinator"])

    def sent() -> int:
        with counted(database) as statements:
            coordinator.json("/exposition")
        return len(statements)

    with database.write() as db:
        cast(db, world)
    few = sent()
    with database.write() as db:
        cast(db, world)
    assert sent() == few
