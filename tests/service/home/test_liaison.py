"""The liaison's first page: what waits, counted whole and listed by urgency."""

from collections.abc import Callable
from datetime import date

from matching.week import HoursNotTold
from service.suggestions.asking import lacks_something
from service.tables import TerritoryRow
from service.tables.session import Database
from service.vocabulary import OfferState
from tests.matching.personas import offer
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def test_an_empty_territory_says_how_to_begin(visitor: Open, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    assert liaison.json("/")["open_offers"] == 0
    assert "Saisissez une première offre" in liaison.get("/").text


def test_what_waits_is_counted_and_the_soonest_comes_first(
    visitor: Open, database: Database, world: World
) -> None:
    """On 3 February 2026: within seven days is up to the 10th included."""
    with database.write() as db:
        later = add_offer(db, world.here, title="Plus tard", closes_on=date(2026, 2, 11))
        soon = add_offer(db, world.here, title="Bientôt", closes_on=date(2026, 2, 10))
        free = add_offer(db, world.here, title="Sans date")
        add_offer(db, world.here, title="Passée", closes_on=date(2026, 2, 2))
        add_offer(db, world.here, title="Brouillon", state=OfferState.DRAFT)
        add_offer(db, world.there, title="Ailleurs")
        person_id = add_person(db, world.here)
    liaison = visitor(world.here.users["liaison"])
    page = liaison.json("/")
    assert (page["open_offers"], page["without_count"], page["closing_count"]) == (3, 3, 1)
    assert [one["id"] for one in page["without"]] == [soon, later, free]
    assert [one["id"] for one in page["closing"]] == [soon]
    liaison.post("/propositions", {"offre": soon, "personne": person_id})
    assert liaison.json("/")["without_count"] == 2


def test_an_answer_awaited_for_eleven_days_is_there_with_whom_it_waits_for(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    liaison = visitor(world.here.users["liaison"])
    liaison.post("/propositions", {"offre": offer_id, "personne": person_id})
    assert liaison.json("/")["late"] == []
    with database.write() as db:
        db.get_one(TerritoryRow, world.here.id).stored_today = date(2026, 2, 14)
    page = liaison.json("/")
    assert (page["late_count"], page["late"][0]["days"]) == (1, 11)
    assert page["late"][0]["waits_for"] == "l’accord du référent"
    assert page["late"][0]["who"] == f"Personne {person_id}"


def test_the_question_that_decides_for_most_people_comes_first(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        untold = add_offer(db, world.here, title="Sans horaires", told=offer(schedule=HoursNotTold()))
        add_offer(db, world.here, title="Complète")
        for name in "AB":
            add_person(db, world.here, first_name=name)
    liaison = visitor(world.here.users["liaison"])
    asking = liaison.json("/")["asking"]
    assert (asking["examined"], asking["lacking"]) == (1, 1)
    (first,) = asking["first"]
    assert (first["offer_id"], first["text"]) == (
        untold,
        "Demander à l’employeur les horaires\u202f: 2\u202fpersonnes en dépendent",
    )
    with database.write() as db:
        add_person(db, world.here, first_name="C")
    assert liaison.json("/")["asking"]["first"][0]["text"].endswith(": 3\u202fpersonnes en dépendent")


def test_an_offer_that_says_everything_lacks_nothing() -> None:
    assert not lacks_something(offer())
    assert lacks_something(offer(hourly_wage_cents=None))
    assert lacks_something(offer(schedule=HoursNotTold()))


def test_the_page_sends_as_many_queries_for_thirty_offers_as_for_one(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        add_offer(db, world.here, told=offer(schedule=HoursNotTold()))
        add_person(db, world.here)
    liaison = visitor(world.here.users["liaison"])
    sizes = []
    for _ in range(2):
        with counted(database) as sent:
            page = liaison.json("/")
        sizes.append(len(sent))
        with database.write() as db:
            for _ in range(29):
                add_offer(db, world.here, told=offer(schedule=HoursNotTold()))
            add_person(db, world.here)
    assert (page["without_count"], len(page["without"])) == (30, 8)
    assert sizes[0] == sizes[1]
