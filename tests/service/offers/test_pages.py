"""The list and the file of offers: filters, order, pages, states, and what belongs to another territory."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy import event

from matching.offer import Flexibilities
from matching.terms import Answer, RomeWeight
from matching.week import FixedWeek, HoursNotTold, Schedule, every_shift
from service.tables import OfferRow, PersonRow, ProposalRow
from service.tables.session import Database
from service.vocabulary import OfferSource, OfferState, ProposalState
from tests.visitor import Visitor
from tests.world import Territory, World

Visit = Callable[..., Visitor]
NOTHING_MOVES = Flexibilities(
    start_later_minutes=0,
    start_earlier_minutes=0,
    end_earlier_minutes=0,
    end_later_minutes=0,
    days_negotiable=False,
    start_date_days=0,
)


def add_offer(
    database: Database,
    territory: Territory,
    title: str,
    *,
    state: OfferState = OfferState.OPEN,
    rome: str = "K2204",
    insee: str = "62040",
    point: tuple[float, float] = (50.7358, 2.3023),
    schedule: Schedule | None = None,
    closes_on: date | None = None,
    employer: str | None = "firm",
) -> OfferRow:
    row = OfferRow(
        territory_id=territory.id,
        employer_id=territory.organisations[employer] if employer else None,
        title=title,
        state=state,
        source=OfferSource.TYPED,
        rome=(RomeWeight(rome=rome, weight=10_000),),
        place_label="Arques (62510)",
        insee=insee,
        latitude=point[0],
        longitude=point[1],
        precision_m=700,
        schedule=schedule or HoursNotTold(),
        required_skills=(),
        wished_skills=(),
        licences=(),
        certificates=(),
        beginners=Answer.UNKNOWN,
        shuttle=(),
        flexibilities=NOTHING_MOVES,
        published_on=date(2026, 1, 20),
        closes_on=closes_on,
    )
    with database.write() as db:
        db.add(row)
    return row


def titles(liaison: Visitor, query: str = "") -> list[str]:
    return [one["title"] for one in liaison.json(f"/offres?tri=titre&{query}")["offers"]]


def test_the_filters_of_the_list_each_keep_what_they_say(
    visitor: Visit, database: Database, world: World
) -> None:
    here = world.here
    add_offer(database, here, "Agent d’entretien", closes_on=date(2026, 2, 10))
    add_offer(
        database,
        here,
        "Cariste",
        rome="N1101",
        insee="62765",
        # About 160 km south: Paris.
        point=(48.85, 2.35),
        schedule=FixedWeek(shifts=every_shift(480, 960)),
        employer=None,
    )
    add_offer(database, here, "Maçon", state=OfferState.DRAFT, rome="F1703")
    liaison = visitor(here.users["liaison"])
    assert titles(liaison) == ["Agent d’entretien", "Cariste", "Maçon"]
    assert titles(liaison, "q=entretien") == ["Agent d’entretien"]
    assert titles(liaison, "q=audomarois") == ["Agent d’entretien", "Maçon"]
    assert titles(liaison, "etat=brouillon") == ["Maçon"]
    assert titles(liaison, "metier=cariste") == ["Cariste"]
    assert titles(liaison, "commune=Saint-Omer") == ["Cariste"]
    assert titles(liaison, "commune=Saint-Omer&rayon=20") == ["Agent d’entretien", "Maçon"]
    assert titles(liaison, "horaires=inconnus") == ["Agent d’entretien", "Maçon"]
    assert titles(liaison, "ferme=oui") == ["Agent d’entretien"]
    assert titles(liaison, "commune=xyzxyz") == []
    assert titles(liaison, "q=100%25") == []


def test_a_title_is_found_as_one_types_it_and_comes_in_its_place(
    visitor: Visit, database: Database, world: World
) -> None:
    """Straight apostrophe, no accent, no point, words in any order; É between D and F."""
    for title in ("Employé·e d’étage", "Hôte·sse de caisse", "Éducateur", "Façadier"):
        add_offer(database, world.here, title)
    liaison = visitor(world.here.users["liaison"])
    assert titles(liaison, "q=employe+d%27etage") == ["Employé·e d’étage"]
    assert titles(liaison, "q=CAISSE+hotesse") == ["Hôte·sse de caisse"]
    assert titles(liaison, "q=educ") == ["Éducateur"]
    assert titles(liaison) == ["Éducateur", "Employé·e d’étage", "Façadier", "Hôte·sse de caisse"]


def test_an_offer_is_without_a_candidate_until_a_proposal_lives_on_it(
    visitor: Visit, database: Database, world: World
) -> None:
    here = world.here
    offer = add_offer(database, here, "Agent d’entretien")
    liaison = visitor(here.users["liaison"])
    assert titles(liaison, "sans_candidat=oui") == ["Agent d’entretien"]
    with database.write() as db:
        person = PersonRow(territory_id=here.id, first_name="Ana", last_name="B", name_key="ana b")
        db.add(person)
        db.flush()
        proposal = ProposalRow(
            territory_id=here.id,
            offer_id=offer.id,
            person_id=person.id,
            state=ProposalState.PROPOSED,
            since=date(2026, 2, 1),
            created_by=here.users["liaison"],
        )
        db.add(proposal)
    assert titles(liaison, "sans_candidat=oui") == []
    assert liaison.json(f"/offres/{offer.public_id}")["proposals_waiting"] == 1
    with database.write() as db:
        db.execute(sa.update(ProposalRow).values(state=ProposalState.REFUSED))
    assert titles(liaison, "sans_candidat=oui") == ["Agent d’entretien"]


def test_a_long_list_has_pages_of_twenty_and_a_fixed_number_of_queries(
    visitor: Visit, database: Database, world: World
) -> None:
    def count_queries(address: str) -> int:
        seen: list[str] = []

        def note(_c: object, _k: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        assert liaison.get(address).status_code == 200
        event.remove(database.engine, "before_cursor_execute", note)
        return sum(statement.lstrip().upper().startswith("SELECT") for statement in seen)

    liaison = visitor(world.here.users["liaison"])
    add_offer(database, world.here, "Offre 00")
    few = count_queries("/offres?metier=cariste&commune=Arques")
    for number in range(1, 45):
        add_offer(database, world.here, f"Offre {number:02d}")
    assert count_queries("/offres?metier=cariste&commune=Arques") == few
    assert len(titles(liaison)) == 20
    # 45 offers: pages of 20, 20 and 5.
    assert titles(liaison, "page=3") == [f"Offre {number:02d}" for number in range(40, 45)]
    assert titles(liaison, "page=99") == titles(liaison, "page=3")


def test_an_empty_list_says_what_to_do_and_a_filtered_one_says_why(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    assert "Saisissez la première" in liaison.get("/offres").text
    assert "Retirez un filtre" in liaison.get("/offres?q=rien").text
    assert "Saisissez la première" not in visitor(world.here.users["referent"]).get("/offres").text


def test_the_offer_of_another_territory_is_as_if_it_did_not_exist(
    visitor: Visit, database: Database, world: World
) -> None:
    there = add_offer(database, world.there, "Ailleurs")
    liaison = visitor(world.here.users["liaison"])
    assert titles(liaison) == []
    moved = {"known": "ouverte", "state": "fermee", "reason": "x"}
    for answer in (
        liaison.get(f"/offres/{there.public_id}"),
        liaison.get(f"/offres/{there.public_id}/modifier"),
        liaison.get(f"/offres/{there.public_id}/dupliquer"),
        liaison.post(f"/offres/{there.public_id}/modifier", {"title": "Pris"}),
        liaison.post(f"/offres/{there.public_id}/etat", moved),
        liaison.post(f"/offres/{there.public_id}/metier", {"code": "K2204"}),
        liaison.get("/offres/0000000000"),
    ):
        assert answer.status_code == 404


def test_the_file_asks_what_the_employer_has_not_told(
    visitor: Visit, database: Database, world: World
) -> None:
    offer = add_offer(database, world.here, "Agent d’entretien")
    view = visitor(world.here.users["liaison"]).json(f"/offres/{offer.public_id}")
    assert "Quels jours et quelles heures\u202f?" in view["questions"]
    assert view["hours_known"] is False


def test_the_file_draws_the_week_and_says_it_again_in_a_table(
    visitor: Visit, database: Database, world: World
) -> None:
    offer = add_offer(database, world.here, "Nuit", schedule=FixedWeek(shifts=every_shift(1260, 1740, (4,))))
    page = visitor(world.here.users["liaison"]).get(f"/offres/{offer.public_id}").text
    assert "<svg" in page
    assert "Vendredi" in page
    assert "Samedi" in page


def test_a_filled_offer_needs_its_reason_and_the_state_seen_must_still_hold(
    visitor: Visit, database: Database, world: World
) -> None:
    offer = add_offer(database, world.here, "Cariste")
    liaison = visitor(world.here.users["liaison"])
    address = f"/offres/{offer.public_id}/etat"
    assert liaison.post(address, {"known": "ouverte", "state": "pourvue"}).status_code == 422
    moved = {"known": "ouverte", "state": "pourvue", "reason": "Embauche"}
    assert liaison.post(address, moved).status_code == 303
    late = liaison.post(address, {"known": "ouverte", "state": "fermee", "reason": "Trop tard"})
    assert late.status_code == 409
    assert "Pourvue" in late.text
    impossible = liaison.post(address, {"known": "pourvue", "state": "brouillon"})
    assert impossible.status_code == 422


def test_a_referent_reads_offers_and_changes_none(visitor: Visit, database: Database, world: World) -> None:
    offer = add_offer(database, world.here, "Cariste")
    referent = visitor(world.here.users["referent"])
    page = referent.get(f"/offres/{offer.public_id}")
    assert page.status_code == 200
    assert "Changer l’état" not in page.text
    assert referent.post(f"/offres/{offer.public_id}/etat", {}).status_code == 403
    assert visitor(world.here.users["contractor"]).get("/offres").status_code == 403
