"""The référent's pages: her caseload only, causes told, offers kept or set aside, every reading written."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from matching.terms import Answer, Point, RomeWeight
from matching.week import CareWindows, FixedWeek, child, every_day, every_shift
from service.tables import PersonRow, ProfileRow, ReadJournalRow, SetAsideRow, SpellRow
from service.tables.session import Database
from service.vocabulary import OfferState, SpellState
from tests.matching.personas import CRECHE, modes, offer, participant, project
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
WINDOWS = every_day(460, 1110)
MOTHER = participant(care_point=CRECHE, care=CareWindows(children=(child(WINDOWS, WINDOWS),)))
EARLY = offer(schedule=FixedWeek(shifts=every_shift(450, 900)))


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_the_referent_reads_the_minutes_that_care_lacks(
    visitor: Open, database: Database, world: World
) -> None:
    """Care opens at 7 h 40; 4 min by car to work (1,446 m at 25 km/h): 7 h 44, 14 min after 7 h 30."""
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=EARLY)
        person_id = add_person(db, world.here, told=MOTHER)
        row = db.scalars(sa.select(ProfileRow)).one()
        row.care_place = "la crèche Les Lutins"
    page = visitor(world.here.users["referent"]).json(f"/participants/{person_id}/suggestions")
    (one,) = page["near"]
    (care,) = [line for line in one["lines"] if line["subject"] == "Garde"]
    assert plain(care["text"]).startswith(
        "lundi : il manque 14 min le matin ; prise de poste à 7 h 30, 4 min"
    )
    assert plain(care["text"]).endswith("la crèche Les Lutins, qui ouvre à 7 h 40")
    assert [plain(lever) for lever in one["levers"]] == [
        "prise de poste 14 min plus tard",
        "garde 14 min plus tôt",
    ]
    suggestion = visitor(world.here.users["referent"]).json(
        f"/participants/{person_id}/suggestions/{offer_id}"
    )
    kinds = {one["kind"] for one in suggestion["weeks"][0]["stretches"]}
    assert kinds == {"post", "available", "care", "commute", "missing"}


def test_offers_are_listed_best_first_with_the_project_they_answer(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        near = add_offer(db, world.here, title="À côté")
        add_offer(
            db, world.here, title="Même domaine", told=offer(rome=(RomeWeight(rome="K2202", weight=10_000),))
        )
        add_offer(
            db, world.here, title="Autre métier", told=offer(rome=(RomeWeight(rome="H2913", weight=10_000),))
        )
        add_offer(db, world.here, title="Fermée", state=OfferState.CLOSED)
        add_offer(db, world.there, title="Ailleurs")
        person_id = add_person(db, world.here)
    page = visitor(world.here.users["referent"]).json(f"/participants/{person_id}/suggestions")
    assert [one["offer"]["title"] for one in page["kept"]] == ["À côté", "Même domaine"]
    assert (page["kept"][0]["offer"]["id"], page["kept"][0]["project"]) == (near, "Entretien de locaux")
    assert (page["examined"], page["unrelated"]) == (3, 1)


def test_only_her_own_caseload_answers(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        colleague_s = add_person(db, world.here, referent="referent2")
        foreign = add_person(db, world.there)
        mine, theirs = add_person(db, world.here), add_offer(db, world.there)
    referent = visitor(world.here.users["referent"])
    for person_id in (colleague_s, foreign):
        base = f"/participants/{person_id}/suggestions"
        assert referent.get(base).status_code == 404
        assert referent.get(f"{base}/{offer_id}").status_code == 404
        for act in ("ecarter", "reprendre", "garder"):
            assert referent.post(f"{base}/{offer_id}/{act}", {"reason": "employeur"}).status_code == 404
    assert referent.get(f"/participants/{mine}/suggestions/{theirs}").status_code == 404
    assert referent.post(f"/participants/{mine}/suggestions/{theirs}/garder").status_code == 404
    liaison = visitor(world.here.users["liaison"])
    assert liaison.get(f"/participants/{mine}/suggestions").status_code == 403


def test_each_reading_is_written_in_the_journal(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    referent = visitor(world.here.users["referent"])
    referent.get(f"/participants/{person_id}/suggestions")
    referent.get(f"/participants/{person_id}/suggestions/{offer_id}")
    with database.read() as db:
        rows = db.scalars(sa.select(ReadJournalRow).order_by(col(ReadJournalRow.id))).all()
        found = [(row.user_id, row.screen) for row in rows]
    assert found == [
        (world.here.users["referent"], "suggestions"),
        (world.here.users["referent"], "suggestion"),
    ]


def test_an_offer_set_aside_leaves_the_list_and_comes_back(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    referent = visitor(world.here.users["referent"])
    base = f"/participants/{person_id}/suggestions"
    assert referent.post(f"{base}/{offer_id}/ecarter", {"reason": "n’importe quoi"}).status_code == 422
    assert referent.post(f"{base}/{offer_id}/ecarter", {"reason": "employeur"}).status_code == 303
    assert referent.post(f"{base}/{offer_id}/ecarter", {"reason": "employeur"}).status_code == 409
    page = referent.json(base)
    assert page["kept"] == []
    assert page["set_aside"][0]["reason"] == "Ne souhaite pas travailler chez cet employeur"
    assert referent.post(f"{base}/{offer_id}/reprendre").status_code == 303
    assert referent.post(f"{base}/{offer_id}/reprendre").status_code == 303
    assert [one["offer"]["id"] for one in referent.json(base)["kept"]] == [offer_id]
    with database.read() as db:
        assert db.scalars(sa.select(SetAsideRow)).all() == []


def test_a_kept_suggestion_becomes_a_proposal_with_the_agreement_when_it_was_given(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, second = add_offer(db, world.here), add_offer(db, world.here)
        person_id = add_person(db, world.here)
    referent = visitor(world.here.users["referent"])
    base = f"/participants/{person_id}/suggestions"
    kept = referent.post(f"{base}/{offer_id}/garder", {"agreed": "1", "shared": ["nom", "horaires"]})
    file = referent.json(kept.headers["location"])
    assert (file["state_value"], file["agreed_on"]) == ("proposee", "2026-02-03")
    assert file["shared"] == ["Prénom et nom", "Disponibilité aux heures du poste"]
    wished = referent.json(referent.post(f"{base}/{second}/garder").headers["location"])
    assert (wished["agreed_on"], wished["may_agree"]) == (None, True)
    again = referent.post(f"{base}/{offer_id}/garder", {"agreed": "1"})
    assert again.headers["location"] == kept.headers["location"]
    with database.read() as db:
        assert db.scalars(sa.select(SpellRow)).one().name_shared_on == date(2026, 2, 3)


def test_nothing_to_suggest_says_what_to_fill_in(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        no_project = add_person(db, world.here, told=participant(projects=()))
        no_profile = add_person(db, world.here)
        person = db.scalars(sa.select(PersonRow).where(col(PersonRow.public_id) == no_profile)).one()
        db.delete(db.get_one(ProfileRow, person.id))
    referent = visitor(world.here.users["referent"])
    assert "Ajoutez d’abord un projet" in referent.get(f"/participants/{no_project}/suggestions").text
    assert "Renseignez d’abord" in referent.get(f"/participants/{no_profile}/suggestions").text


def test_a_suspended_parcours_says_that_the_liaison_does_not_see_it(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        add_offer(db, world.here)
        person_id = add_person(db, world.here, state=SpellState.SUSPENDED)
    page = visitor(world.here.users["referent"]).json(f"/participants/{person_id}/suggestions")
    assert "la liaison ne voit pas cette personne" in page["note"]
    assert page["fitting"] == 1


def test_levers_are_told_with_the_offers_they_open(visitor: Open, database: Database, world: World) -> None:
    """On foot 5,003 m × 1.3 = 6,504 m takes 98 min, beyond 45; by bike 33 min, by scooter 14."""
    with database.write() as db:
        add_offer(db, world.here, told=offer(place=Point(insee="59001", lat=50.795, lon=2.25, precision_m=0)))
        walker = participant(modes=modes(walk=Answer.YES), projects=(project(),))
        person_id = add_person(db, world.here, told=walker)
    page = visitor(world.here.users["referent"]).json(f"/participants/{person_id}/suggestions?leviers=1")
    assert "scooter : 1 offre de plus, dans son métier" in [plain(one) for one in page["levers"]]


def test_the_list_sends_as_many_queries_for_forty_offers_as_for_one(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        person_id = add_person(db, world.here)
        add_offer(db, world.here)
    referent = visitor(world.here.users["referent"])
    sizes = []
    for _ in range(2):
        with counted(database) as sent:
            page = referent.json(f"/participants/{person_id}/suggestions")
        sizes.append(len(sent))
        with database.write() as db:
            for _ in range(39):
                add_offer(db, world.here)
    assert (page["fitting"], len(page["kept"])) == (40, 10)
    assert sizes[0] == sizes[1]
