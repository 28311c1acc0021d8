"""The coordinator's first page: figures of her territory alone, none about one to four persons."""

from collections.abc import Callable
from datetime import date

from service.tables.session import Database
from service.vocabulary import OfferState, SpellState
from tests.service.ledger.clause_world import build_clause_world
from tests.service.participants.people import add_participant, counted_queries
from tests.service.participants.test_pages import add_contact
from tests.service.suggestions.cast import add_offer
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def test_an_empty_territory_says_who_begins(visitor: Open, world: World) -> None:
    coralie = visitor(world.here.users["coordinator"])
    assert coralie.json("/")["people"] == 0
    text = coralie.get("/").text
    assert "Personne n’est encore en parcours" in text
    assert "Aucun lot en cours" in text


def test_the_file_active_is_counted_by_referent_and_small_groups_are_not_told(
    visitor: Open, database: Database, world: World
) -> None:
    """On 03/02/2026. Claire: five in parcours, of whom one entered this year; Denis: two.

    All were seen yesterday but Claire's five, who have had no contact since their arrival.
    """
    for name in "ABCD":
        add_participant(database, world.here, first=name)
    add_participant(database, world.here, first="E", entered=date(2026, 1, 1))
    # E arrived 33 days ago: four are silent, a group that is not told.
    for name in "FG":
        add_contact(
            database, world, add_participant(database, world.here, "referent2", first=name), date(2026, 2, 2)
        )
    # Prescribed only: not yet in the file active. Gone this year: in the exits, and in no caseload.
    add_participant(database, world.here, first="H", state=SpellState.PRESCRIBED, entered=None)
    add_participant(database, world.here, first="I", state=SpellState.EXITED, exited=date(2026, 1, 30))
    for number in range(6):
        add_participant(database, world.there, first=f"Ailleurs {number}")
    view = visitor(world.here.users["coordinator"]).json("/")
    assert view["people"] == 7
    assert (view["entries"], view["exits"], view["silent"]) == (None, None, None)
    assert [(one["name"], one["people"], one["silent"]) for one in view["caseloads"]] == [
        ("Claire Référente", 5, None),
        ("Denis Référent", None, 0),
    ]
    assert "moins de 5" in visitor(world.here.users["coordinator"]).get("/").text


def test_five_entries_and_five_exits_of_the_year_are_told(
    visitor: Open, database: Database, world: World
) -> None:
    for number in range(5):
        add_participant(database, world.here, first=f"Entrée {number}", entered=date(2026, 1, 12))
        add_participant(
            database,
            world.here,
            first=f"Sortie {number}",
            state=SpellState.EXITED,
            exited=date(2026, 1, 1),
        )
    # The day before the first of January is of another year.
    add_participant(database, world.here, first="Avant", state=SpellState.EXITED, exited=date(2025, 12, 31))
    view = visitor(world.here.users["coordinator"]).json("/")
    assert (view["entries"], view["exits"], view["since"]) == (5, 5, "2026-01-01")


def test_the_offers_counted_are_those_that_the_links_list(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        add_offer(db, world.here, title="Ouverte")
        add_offer(db, world.here, title="Brouillon", state=OfferState.DRAFT)
        add_offer(db, world.there, title="Ailleurs")
    coralie = visitor(world.here.users["coordinator"])
    view = coralie.json("/")
    assert (view["open_offers"], view["offers_without"]) == (1, 1)
    assert coralie.json("/offres?etat=ouverte&sans_candidat=1")["listing"]["total"] == 1


def test_hours_are_summed_by_health_in_a_fixed_number_of_queries(
    visitor: Open, database: Database, world: World
) -> None:
    build_clause_world(database, world.here)
    build_clause_world(database, world.there, "AILLEURS")
    coralie = visitor(world.here.users["coordinator"])
    with counted_queries(database) as few:
        view = coralie.json("/")
    assert [(one["health"], one["lots"]) for one in view["hours"]] == [("on_track", 1)]
    marches = coralie.json("/marches")["marches"]
    assert view["hours"][0]["due"] == marches[0]["due"]
    for number in range(8):
        add_participant(database, world.here, first=f"Nombreuse {number}")
    with counted_queries(database) as many:
        coralie.json("/")
    assert len(many) == len(few)
