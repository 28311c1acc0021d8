"""The liaison's pages: who may open them, what they say, and above all what they never say."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from matching.terms import Answer, LanguageLevel, PhysicalDemand
from matching.week import CareWindows, FixedWeek, HoursNotTold, child, every_day, every_shift
from service.tables import PersonRow, ProposalRow, ReadJournalRow, SetAsideRow
from service.tables.session import Database
from service.vocabulary import ProposalState, Sex
from tests.matching.personas import (
    CRECHE,
    able,
    flexible,
    modes,
    offer,
    participant,
    project,
)
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
# Words and keys that would tell a cause. « garde » is looked for as a whole word.
CAUSES = re.compile(
    r"cr[eè]che|\bgardes?\b|enfant|childcare|\bcare\b|children|\bsant[eé]\b|health|rqth|handicap|physi|charges|"
    r"fran[cç]ais|language|langue|\b(?:A1|A2|B1)\b|availability|vacances|alternée",
    re.IGNORECASE,
)
MOTHER = participant(
    care_point=CRECHE,
    drop_off_minutes=5,
    pick_up_minutes=5,
    care=CareWindows(children=(child(every_day(460, 1110), every_day(480, 1110)),)),
    language=LanguageLevel.A1,
    physical=able(loads=Answer.NO),
)
EARLY = offer(
    schedule=FixedWeek(shifts=every_shift(450, 900)),
    language=LanguageLevel.B1,
    demands=(PhysicalDemand.LOADS,),
    flexibilities=flexible(start_later_minutes=60),
)


def test_a_person_to_whom_nothing_is_opposed_is_listed_with_her_scores(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    (one,) = page["kept"]
    assert (one["id"], one["label"]) == (person_id, f"Personne {person_id}")
    assert page["near"] == []
    assert sum(part["points"] for part in one["fit"]["parts"]) == one["fit"]["total"] == 10_000
    assert sum(part["points"] for part in one["wish"]["parts"]) == one["wish"]["total"]
    assert one["travel"] == "5\u202fmin en voiture"
    assert one["net_weeks"][0]["stretches"]


def test_a_shift_before_the_creche_opens_is_told_as_a_net_window(
    visitor: Open, database: Database, world: World
) -> None:
    """In the holidays care opens at 8 h 00. By car: 1,112 m × 1.3 = 1,446 m at 25 km/h, 3.5 so 4 min: she
    can be there at 8 h 04, 34 min after 7 h 30.
    """
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=offer(schedule=EARLY.schedule))
        add_person(db, world.here, told=participant(care_point=CRECHE, care=MOTHER.care))
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    assert page["kept"] == []
    (one,) = page["near"]
    (hours,) = [line for line in one["lines"] if line["subject"] == "Horaires"]
    assert hours["state"] == "manque"
    assert hours["text"].replace("\u202f", " ") == (
        "disponible dès 8 h 04 le lundi certaines semaines ; prise de poste à 7 h 30, il manque 34 min"
    )
    assert one["levers"][-1] == "solution à étudier avec le référent"
    assert one["levers"][0].startswith("prise de poste 34")


def everything_the_liaison_reads(liaison: Visitor, offer_id: str, person_id: str) -> list[str]:
    base = f"/offres/{offer_id}"
    addresses = [
        f"{base}/candidats?leviers=1&comparer={person_id}",
        f"{base}/candidats/{person_id}",
        f"{base}/pourquoi?personne={person_id}",
        "/propositions",
        "/",
    ]
    liaison.post("/propositions", {"offre": offer_id, "personne": person_id})
    proposal = liaison.json("/propositions")["rows"][0]["id"]
    addresses.append(f"/propositions/{proposal}")
    return [str(liaison.json(address)) for address in addresses] + [
        re.sub(r"<[^>]*>", " ", liaison.get(address).text.split("<main", 1)[1]) for address in addresses
    ]


@pytest.mark.parametrize(
    "told", [MOTHER, participant(care=MOTHER.care), participant(physical=able(loads=Answer.NO))]
)
@pytest.mark.parametrize("post", [EARLY, offer(demands=None), offer(language=LanguageLevel.B1)])
def test_no_cause_is_in_anything_that_the_liaison_reads(
    visitor: Open, database: Database, world: World, told: Any, post: Any
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=post)
        person_id = add_person(db, world.here, told=told)
    liaison = visitor(world.here.users["liaison"])
    for text in everything_the_liaison_reads(liaison, offer_id, person_id):
        assert not CAUSES.findall(text)


def test_what_makes_hours_impossible_reads_alike_whatever_the_cause(
    visitor: Open, database: Database, world: World
) -> None:
    """Free from 7 h 40 at home, or care from 7 h 40 at home: one sentence, one picture, for both."""
    windows = every_day(460, 1110)
    by_care = participant(
        care_point=participant().home, care=CareWindows(children=(child(windows, windows),))
    )
    free = participant(availability=type(participant().availability)(windows=windows))
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=offer(schedule=EARLY.schedule))
        one, two = add_person(db, world.here, told=by_care), add_person(db, world.here, told=free)
    liaison = visitor(world.here.users["liaison"])
    told = [
        liaison.json(f"/offres/{offer_id}/candidats/{person_id}")["candidate"] for person_id in (one, two)
    ]
    for key in ("headline", "lines", "levers", "questions"):
        assert told[0][key] == told[1][key], key


def test_rows_that_differ_only_in_protected_facts_give_the_same_answer(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        ids = [
            add_person(db, world.here, first_name=name, person=facts)
            for name, facts in (
                (
                    "Amina",
                    {"sex": Sex.WOMAN, "birth_date": date(1969, 1, 1), "qpv": "QN06201", "nationality": "x"},
                ),
                ("Marc", {"sex": Sex.MAN, "birth_date": date(2001, 1, 1), "qpv": "", "nationality": ""}),
            )
        ]
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    told = {one.pop("id"): {**one, "label": ""} for one in page["kept"]}
    assert told[ids[0]] == told[ids[1]]


def test_a_name_is_shown_once_her_referent_has_shared_it(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        add_person(db, world.here, name_shared_on=date(2026, 1, 20))
        hidden = add_person(db, world.here, first_name="Karim", last_name="Secret")
    liaison = visitor(world.here.users["liaison"])
    answer = liaison.get(f"/offres/{offer_id}/candidats").text
    assert "Amina Benali" in answer
    assert "Secret" not in answer
    assert f"Personne {hidden}" in answer


def test_a_person_already_proposed_or_set_aside_is_marked_and_cannot_be_ticked(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, other = add_offer(db, world.here), add_offer(db, world.here)
        proposed, aside, refused = (add_person(db, world.here, first_name=name) for name in "ABC")
    liaison = visitor(world.here.users["liaison"])
    liaison.post("/propositions", {"offre": offer_id, "personne": proposed})
    liaison.post("/propositions", {"offre": other, "personne": refused})
    with database.write() as db:
        keys = {row.public_id: row.id for row in db.scalars(sa.select(PersonRow))}
        first = db.scalars(sa.select(ProposalRow).where(col(ProposalRow.person_id) == keys[refused])).one()
        first.state = ProposalState.REFUSED
        here = db.scalars(sa.select(ProposalRow).where(col(ProposalRow.person_id) == keys[proposed])).one()
        db.add(
            SetAsideRow(
                territory_id=world.here.id,
                person_id=keys[aside],
                offer_id=here.offer_id,
                reason="pas_interesse",
                author_id=world.here.users["referent"],
            )
        )
    told = {one["id"]: one for one in liaison.json(f"/offres/{offer_id}/candidats")["kept"]}
    assert [told[one]["may_propose"] for one in (proposed, aside, refused)] == [False, False, True]
    assert "Déjà dans les propositions" in told[proposed]["marks"][0]["text"]
    assert told[aside]["marks"][0]["text"] == "Son référent ne souhaite pas proposer cette offre"
    assert told[refused]["marks"][0]["text"] == "Déjà refusée par cet employeur sur une autre offre"


def test_three_people_at_most_are_compared(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        ids = [add_person(db, world.here, first_name=name) for name in "ABCD"]
    asked = "&".join(f"comparer={one}" for one in ids)
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats?{asked}&comparer=inconnu")
    assert [one["id"] for one in page["compared"]] == ids[:3]
    assert page["compared_too_many"]


def test_a_post_that_nobody_reaches_says_what_stops_them(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=offer(licences=("D",), demands=(PhysicalDemand.LOADS,)))
        add_person(db, world.here, told=participant(physical=able(loads=Answer.NO)))
        add_person(db, world.here, first_name="Karim")
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    assert page["fitting"] == 0
    assert page["obstacles"] == [
        {"subject": "Permis", "people": 2},
        # One person: a number would tell who cannot carry.
        {"subject": "Autres conditions du poste", "people": None},
    ]


def test_people_of_quite_another_trade_are_counted_not_listed(
    visitor: Open, database: Database, world: World
) -> None:
    other = participant(projects=(project(wanted=(type(offer().rome[0])(rome="H2913", weight=10_000),)),))
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        add_person(db, world.here, told=other)
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    assert (page["kept"], page["fitting"], page["unrelated"]) == ([], 0, 1)


def test_a_question_to_the_employer_says_how_many_people_it_would_decide_for(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here, told=offer(schedule=HoursNotTold()))
        add_person(db, world.here)
        add_person(db, world.here, first_name="Karim")
    page = visitor(world.here.users["liaison"]).json(f"/offres/{offer_id}/candidats")
    assert page["employer_questions"] == [
        "Demander à l’employeur les horaires\u202f: 2\u202fpersonnes en dépendent"
    ]


def test_an_empty_territory_says_what_is_missing(visitor: Open, database: Database, world: World) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
    assert (
        "Aucun profil à examiner"
        in visitor(world.here.users["liaison"]).get(f"/offres/{offer_id}/candidats").text
    )


def test_why_not_her_answers_by_public_id_and_by_a_shared_name_only(
    visitor: Open, database: Database, world: World
) -> None:
    far = participant(modes=modes(walk=Answer.YES), home=CRECHE)
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        hidden = add_person(db, world.here, told=far)
        shared = add_person(
            db, world.here, first_name="Zoé", last_name="Delattre", name_shared_on=date(2026, 1, 9)
        )
    liaison = visitor(world.here.users["liaison"])
    base = f"/offres/{offer_id}/pourquoi"
    assert liaison.json(f"{base}?personne={hidden}")["candidate"]["id"] == hidden
    assert "Personne ne répond" in liaison.json(f"{base}?personne=0000000000")["sentence"]
    found = liaison.post(base, {"who": "delattre zoe"})
    assert (found.status_code, found.headers["location"]) == (303, f"{base}?personne={shared}")
    unknown = liaison.post(base, {"who": "Benali"}, as_json=True)
    assert (unknown.json()["found"], "Personne ne répond" in unknown.json()["sentence"]) == ([], True)
    assert liaison.post(base, {"who": ""}).status_code == 422


def test_reading_one_candidate_is_written_where_her_referent_sees_it(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id, person_id = add_offer(db, world.here), add_person(db, world.here)
    liaison = visitor(world.here.users["liaison"])
    liaison.get(f"/offres/{offer_id}/candidats")
    liaison.get(f"/offres/{offer_id}/candidats/{person_id}")
    liaison.get(f"/offres/{offer_id}/pourquoi?personne={person_id}")
    liaison.get(f"/offres/{offer_id}/pourquoi?personne=0000000000")
    with database.read() as db:
        rows = db.execute(sa.select(col(ReadJournalRow.user_id), col(ReadJournalRow.screen))).all()
    assert [tuple(row) for row in rows] == [(world.here.users["liaison"], "candidature")] * 2


def test_another_territory_s_offer_and_people_do_not_exist(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        theirs, ours = add_offer(db, world.there), add_offer(db, world.here)
        stranger = add_person(db, world.there)
    liaison = visitor(world.here.users["liaison"])
    assert liaison.get(f"/offres/{theirs}/candidats").status_code == 404
    assert liaison.get(f"/offres/{theirs}/pourquoi").status_code == 404
    assert liaison.get(f"/offres/{ours}/candidats/{stranger}").status_code == 404
    assert liaison.json(f"/offres/{ours}/candidats?comparer={stranger}")["compared"] == []
    assert "Personne ne répond" in liaison.json(f"/offres/{ours}/pourquoi?personne={stranger}")["sentence"]


@pytest.mark.parametrize("role", ["referent", "facilitator", "contractor", "coordinator", "admin"])
def test_only_the_liaison_reads_candidates(
    visitor: Open, database: Database, world: World, role: str
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
    assert visitor(world.here.users[role]).get(f"/offres/{offer_id}/candidats").status_code == 403


def test_the_page_sends_as_many_queries_for_thirty_people_as_for_one(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        offer_id = add_offer(db, world.here)
        add_person(db, world.here)
    liaison = visitor(world.here.users["liaison"])
    sizes = []
    for _ in range(2):
        with counted(database) as sent:
            page = liaison.json(f"/offres/{offer_id}/candidats")
        sizes.append(len(sent))
        with database.write() as db:
            for _ in range(29):
                add_person(db, world.here)
    assert (page["fitting"], len(page["kept"]), page["more"][-9:]) == (30, 20, "nombre=40")
    assert sizes[0] == sizes[1]
