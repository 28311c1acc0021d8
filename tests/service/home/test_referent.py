"""The référent's first page: what waits, in how many queries."""

from collections.abc import Callable
from datetime import date

from service.tables.session import Database
from service.vocabulary import SpellState, StepKind
from tests.service.participants.people import add_participant, counted_queries
from tests.service.participants.test_pages import add_contact, add_step
from tests.service.suggestions.cast import add_offer, add_person
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def test_a_first_day_says_how_to_begin(visitor: Open, world: World) -> None:
    assert "son nom suffit" in visitor(world.here.users["referent"]).get("/").text


def test_what_waits_is_told_person_by_person(visitor: Open, database: Database, world: World) -> None:
    claire = visitor(world.here.users["referent"])
    seen = add_participant(database, world.here, first="Vue", last="Hier")
    add_contact(database, world, seen, date(2026, 2, 2), next_on=date(2026, 2, 10))
    late = add_participant(database, world.here, first="Oubliée", last="Janvier")
    add_contact(database, world, late, date(2026, 1, 6), next_on=date(2026, 1, 20))
    # 45 days before 03/02/2026 is 20/12/2025: the 19th is silent, the 20th is not yet.
    silent = add_participant(database, world.here, first="Silence", last="Décembre")
    add_contact(database, world, silent, date(2025, 12, 19))
    just = add_participant(database, world.here, first="Juste", last="Avant")
    add_contact(database, world, just, date(2025, 12, 20))
    hired = add_participant(database, world.here, first="En", last="Poste", state=SpellState.JOB_FOLLOW_UP)
    add_contact(database, world, hired, date(2025, 12, 24))
    add_step(
        database,
        world,
        hired,
        date(2025, 11, 10),
        kind=StepKind.JOB,
        label="CDD cuisine",
        planned_ends_on=date(2026, 2, 28),
    )
    add_participant(database, world.here, "referent2", first="Autre", last="Dossier")
    view = claire.json("/")
    assert view["followed"] == 5
    assert [(one["name"], one["late"]) for one in view["contacts"]["first"]] == [
        ("Oubliée Janvier", True),
        ("Vue Hier", False),
    ]
    assert [one["name"] for one in view["silent"]["first"]] == ["Silence Décembre"]
    # Hired on 10/11: M+1 (10/12) was answered by the call of 24/12; M+3 is due on 10/02.
    assert [(one["words"], one["on"]) for one in view["follow_ups"]["first"]] == [
        ("3e mois dans l’emploi", "2026-02-10")
    ]
    assert [(one["words"], one["on"]) for one in view["ending"]["first"]] == [("CDD cuisine", "2026-02-28")]
    assert view["missing"]["count"] == 5
    assert "Autre Dossier" not in claire.get("/").text


def test_the_page_takes_as_many_queries_for_thirty_people(
    visitor: Open, database: Database, world: World
) -> None:
    claire = visitor(world.here.users["referent"])
    add_participant(database, world.here)
    claire.get("/")
    with counted_queries(database) as few:
        claire.get("/")
    for number in range(30):
        one = add_participant(database, world.here, first=f"P{number}", last=f"N{number}", birth=None)
        add_contact(database, world, one, date(2026, 1, 2))
    with counted_queries(database) as many:
        view = claire.json("/")
    assert len(few) == len(many)
    assert view["followed"] == 31


def test_a_proposal_that_she_has_agreed_to_no_longer_waits_for_her(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    visitor(world.here.users["liaison"]).post("/propositions", {"offre": offer_id, "personne": person_id})
    claire = visitor(world.here.users["referent"])
    assert claire.json("/")["proposals"] == 1
    proposal = claire.json("/propositions")["rows"][0]
    assert proposal["waits_for"] == "votre accord"
    claire.post(f"/propositions/{proposal['id']}/accord", {})
    assert claire.json("/")["proposals"] == 0
