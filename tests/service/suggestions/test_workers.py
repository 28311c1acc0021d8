"""Two workers are two processes: neither ever answers from what the other has changed.

Each keeps offers read and encoded under the stamp that the database holds; a changed offer is one row anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, update

from matching.engine_rank import book_for
from matching.shortlist import offers_for, people_for
from matching.week import AvailabilityWindows
from service.suggestions.around import world_of
from service.suggestions.load import offers_of, participants_of, read_stamps
from service.tables import OfferRow, PersonRow, ProfileRow
from service.tables.session import Database
from tests.matching.personas import offer, participant
from tests.service.suggestions.cast import add_offer, add_person, raise_stamp
from tests.world import TODAY, Territory, World

# (offers that fit, rows that the book has ever made)
Answer = tuple[set[str], int]


def answer(database: Database, territory: Territory) -> Answer:
    """What a page of suggestions rests on, in the process that runs it."""
    with database.read() as db:
        stamps = read_stamps(db, territory.id)
        (person,) = participants_of(db, territory.id, stamps).values()
        offers = offers_of(db, territory.id, stamps, TODAY)
        around = world_of(db, territory.id)
    found = offers_for(person, offers.values(), around, on=TODAY, kept=20, near=20)
    return {match.offer for match in found.kept}, len(book_for(around, TODAY)._matrix)


def ask_for_a_licence(database: Database, territory: Territory, offer_id: str) -> None:
    """An offer changes: it now asks for a licence that nobody here has."""
    with database.write() as db:
        db.execute(update(OfferRow).where(col(OfferRow.public_id) == offer_id).values(licences=("D",)))
        raise_stamp(db, territory, "offers_stamp")


def fitting(database: Database, territory: Territory) -> list[str]:
    """Whom the only offer fits, in the process that runs it."""
    with database.read() as db:
        stamps = read_stamps(db, territory.id)
        (offer,) = offers_of(db, territory.id, stamps, TODAY).values()
        people = participants_of(db, territory.id, stamps)
        around = world_of(db, territory.id)
    found = people_for(offer, people.values(), around, on=TODAY, kept=20, near=20)
    return sorted(match.participant for match in found.kept)


def take_her_hours(database: Database, territory: Territory, person_id: str) -> None:
    """She is no longer available at any hour."""
    with database.write() as db:
        person = sa.select(col(PersonRow.id)).where(col(PersonRow.public_id) == person_id).scalar_subquery()
        never = AvailabilityWindows(windows=())
        db.execute(update(ProfileRow).where(col(ProfileRow.person_id) == person).values(availability=never))
        raise_stamp(db, territory, "participants_stamp")


def work(url: str, territory: Territory, orders: Connection) -> None:
    """The other worker: answers, or changes an offer, as it is told."""
    database = Database(url, pool_size=2)
    while order := orders.recv():
        if order == "answer":
            orders.send(answer(database, territory))
        elif order == "fitting":
            orders.send(fitting(database, territory))
        elif order.startswith("never "):
            take_her_hours(database, territory, order.removeprefix("never "))
            orders.send("changed")
        else:
            ask_for_a_licence(database, territory, order)
            orders.send("changed")
    database.dispose()


@contextmanager
def other_worker(database: Database, territory: Territory) -> Iterator[Any]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(database.url, territory, theirs))
    process.start()

    def ask(order: str) -> Any:
        ours.send(order)
        assert ours.poll(60), "the other worker does not answer"
        return ours.recv()

    try:
        yield ask
    finally:
        ours.send("")
        process.join(30)


def test_neither_worker_answers_from_what_the_other_has_changed(database: Database, world: World) -> None:
    here = world.here
    with database.write() as db:
        add_person(db, here)
        first, second, third = (add_offer(db, here, told=offer()) for _ in range(3))
    with other_worker(database, here) as other:
        assert answer(database, here)[0] == {first, second, third}
        assert other("answer") == ({first, second, third}, 3)
        made = answer(database, here)[1]
        other(first)
        # Ours was read and encoded before that change: only its row is made anew.
        assert answer(database, here) == ({second, third}, made + 1)
        assert other("answer") == ({second, third}, 4)
        ask_for_a_licence(database, here, second)
        assert other("answer") == ({third}, 5)
        assert answer(database, here) == ({third}, made + 2)


def test_neither_worker_keeps_whom_an_offer_fitted_before_the_other_changed_a_person(
    database: Database, world: World
) -> None:
    here = world.here
    with database.write() as db:
        first, second = sorted(add_person(db, here, told=participant()) for _ in range(2))
        add_offer(db, here, told=offer())
    with other_worker(database, here) as other:
        assert fitting(database, here) == [first, second]
        assert other("fitting") == [first, second]
        other(f"never {first}")
        assert fitting(database, here) == [second]
        take_her_hours(database, here, second)
        assert other("fitting") == []
