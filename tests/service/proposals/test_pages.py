"""A proposal from the liaison's wish to the étape in the parcours, through the real pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import col

from service.tables import AuditRow, ProposalEventRow, ProposalRow, ReadJournalRow, StepRow, TerritoryRow
from service.tables.session import Database
from service.vocabulary import OfferState, ProposalState
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


@pytest.fixture
def pair(database: Database, world: World) -> tuple[str, str]:
    """An open offer and a participant of the first référent."""
    with database.write() as db:
        return add_offer(db, world.here), add_person(db, world.here)


def proposed(liaison: Visitor, pair: tuple[str, str]) -> str:
    liaison.post("/propositions", {"offre": pair[0], "personne": pair[1]})
    rows = liaison.json("/propositions")["rows"]
    public_id: str = rows[0]["id"]
    return public_id


def say(visitor: Visitor, proposal: str, seen: str, target: str, motive: str = "") -> int:
    typed = {"vu": seen, "etat": target, "motif": motive}
    return visitor.post(f"/propositions/{proposal}/reponse", typed).status_code


def test_the_whole_way_to_an_etape(
    visitor: Open, database: Database, world: World, pair: tuple[str, str]
) -> None:
    liaison, referent = visitor(world.here.users["liaison"]), visitor(world.here.users["referent"])
    proposal = proposed(liaison, pair)
    assert say(liaison, proposal, "proposee", "presentee") == 409
    assert liaison.json(f"/propositions/{proposal}")["employer_wording"] == ""
    assert referent.json("/propositions")["rows"][0]["id"] == proposal
    agreed = referent.post(f"/propositions/{proposal}/accord", {"shared": ["nom", "horaires"]})
    assert agreed.status_code == 303
    assert referent.json("/propositions")["rows"] == []
    letter = liaison.json(f"/propositions/{proposal}")["employer_wording"]
    assert "Amina Benali" in letter
    assert "disponibilité aux horaires du poste" in letter
    assert say(liaison, proposal, "proposee", "presentee") == 303
    assert say(liaison, proposal, "presentee", "retenue") == 303
    assert say(referent, proposal, "retenue", "embauchee") == 303
    file = referent.json(f"/propositions/{proposal}")
    # The post is a CDD without an end: under six months unless said otherwise; it starts on 2 November.
    assert (file["may_open_step"], file["step_kind"], file["step_starts_on"]) == (
        True,
        "EMP_CT",
        "2026-11-02",
    )
    opened = referent.post(f"/propositions/{proposal}/etape", {"kind": "EMP", "starts_on": "02/03/2026"})
    assert opened.headers["location"] == f"/participants/{pair[1]}"
    again = referent.post(f"/propositions/{proposal}/etape", {"kind": "EMP", "starts_on": "02/03/2026"})
    assert again.status_code == 409
    with database.read() as db:
        step = db.scalars(sa.select(StepRow)).one()
        assert (step.kind, step.starts_on, step.state) == ("EMP", date(2026, 3, 2), "prevue")
        assert step.label == "Agent·e d’entretien, Bâti Audomarois"
    told = [(line["what"], line["author"].split(" (")[0]) for line in file["history"]]
    assert told == [
        ("Proposée au référent", "Lila Liaison"),
        ("Accord donné par le référent", "Claire Référente"),
        ("Présentée à l’employeur", "Lila Liaison"),
        ("Retenue par l’employeur", "Lila Liaison"),
        ("Embauchée", "Claire Référente"),
    ]


def test_a_step_that_ends_before_it_starts_is_typed_again(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison, referent = visitor(world.here.users["liaison"]), visitor(world.here.users["referent"])
    proposal = proposed(liaison, pair)
    with database.write() as db:
        db.scalars(sa.select(ProposalRow)).one().state = ProposalState.HIRED
    typed = {"kind": "EMP_CT", "starts_on": "2026-03-02", "ends_on": "2026-02-02"}
    answer_ = referent.post(f"/propositions/{proposal}/etape", typed)
    assert answer_.status_code == 422
    assert 'value="2026-02-02"' in answer_.text


def test_the_same_person_is_proposed_once_and_the_second_time_is_a_sentence(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposed(liaison, pair)
    again = liaison.post("/propositions", {"offre": pair[0], "personne": pair[1]})
    assert again.status_code == 303
    page = liaison.get(again.headers["location"]).text
    assert "1\u00a0personne l’était déjà" in page
    with database.read() as db:
        assert len(db.scalars(sa.select(ProposalRow)).all()) == 1


def test_a_batch_says_what_became_of_each(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposed(liaison, pair)
    with database.write() as db:
        new, aside = add_person(db, world.here, first_name="B"), add_person(db, world.here, first_name="C")
    referent = visitor(world.here.users["referent"])
    referent.post(f"/participants/{aside}/suggestions/{pair[0]}/ecarter", {"reason": "employeur"})
    answer_ = liaison.post("/propositions", {"offre": pair[0], "personne": [pair[1], new, aside]})
    page = liaison.get(answer_.headers["location"]).text
    assert "1\u00a0personne est proposée à son référent." in page
    assert "son référent a écarté cette offre" in page
    nobody = liaison.post("/propositions", {"offre": pair[0]})
    assert "Cochez d’abord" in liaison.get(nobody.headers["location"]).text


def test_a_proposal_keeps_the_scores_and_the_version_of_that_day(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    proposed(visitor(world.here.users["liaison"]), pair)
    with database.read() as db:
        row = db.scalars(sa.select(ProposalRow)).one()
        assert row.fit == 10_000
        assert row.wish is not None
        assert row.parameters != ""
        assert row.project_id is not None


def test_nobody_is_proposed_on_an_offer_that_is_not_open(
    visitor: Open, world: World, database: Database
) -> None:
    with database.write() as db:
        filled = add_offer(db, world.here, state=OfferState.FILLED)
        person_id = add_person(db, world.here)
    answer_ = visitor(world.here.users["liaison"]).post(
        "/propositions", {"offre": filled, "personne": person_id}
    )
    assert answer_.status_code == 409
    assert "Pourvue" in answer_.text


def test_another_territory_and_another_caseload_do_not_exist(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison, there = visitor(world.here.users["liaison"]), visitor(world.there.users["liaison"])
    proposal = proposed(liaison, pair)
    with database.write() as db:
        foreign_offer, foreign_person = add_offer(db, world.there), add_person(db, world.there)
    assert there.json("/propositions")["rows"] == []
    assert there.get(f"/propositions/{proposal}").status_code == 404
    assert say(there, proposal, "proposee", "refusee", "no_position") == 404
    assert liaison.post("/propositions", {"offre": foreign_offer, "personne": pair[1]}).status_code == 404
    assert liaison.post("/propositions", {"offre": pair[0], "personne": foreign_person}).status_code == 404
    colleague = visitor(world.here.users["referent2"])
    assert colleague.json("/propositions?vue=toutes")["rows"] == []
    assert colleague.get(f"/propositions/{proposal}").status_code == 404
    assert colleague.post(f"/propositions/{proposal}/accord", {"shared": []}).status_code == 404
    assert say(colleague, proposal, "proposee", "desistee", "training") == 404
    assert liaison.post(f"/propositions/{proposal}/accord", {"shared": []}).status_code == 403
    assert visitor(world.here.users["contractor"]).get("/propositions").status_code == 403


def test_the_second_of_two_answers_reads_what_the_first_recorded(
    visitor: Open, world: World, pair: tuple[str, str]
) -> None:
    liaison, referent = visitor(world.here.users["liaison"]), visitor(world.here.users["referent"])
    proposal = proposed(liaison, pair)
    referent.post(f"/propositions/{proposal}/accord", {"shared": []})
    assert say(referent, proposal, "proposee", "desistee", "hired_elsewhere") == 303
    late = liaison.post(
        f"/propositions/{proposal}/reponse", {"vu": "proposee", "etat": "presentee"}, as_json=True
    )
    assert late.status_code == 409
    assert "Claire Référente" in late.json()["sentence"]
    assert "Déclinée côté participant" in late.json()["sentence"]


def test_twenty_simultaneous_answers_record_one(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposal = proposed(liaison, pair)

    def decline(_: int) -> int:
        return say(liaison, proposal, "proposee", "desistee", "training")

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(decline, range(20)))
    assert codes == [303] + [409] * 19
    with database.read() as db:
        assert len(db.scalars(sa.select(ProposalEventRow)).all()) == 2


def test_twenty_simultaneous_proposals_make_one(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])

    def propose_(_: int) -> int:
        return liaison.post("/propositions", {"offre": pair[0], "personne": pair[1]}).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(propose_, range(20)))
    assert codes == {303}
    with database.read() as db:
        assert len(db.scalars(sa.select(ProposalRow)).all()) == 1
        assert len(db.scalars(sa.select(ProposalEventRow)).all()) == 1


def test_every_act_is_in_the_journal_without_a_name(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison, referent = visitor(world.here.users["liaison"]), visitor(world.here.users["referent"])
    proposal = proposed(liaison, pair)
    referent.get(f"/propositions/{proposal}")
    referent.post(f"/propositions/{proposal}/accord", {"shared": ["nom"]})
    say(liaison, proposal, "proposee", "presentee")
    with database.read() as db:
        acts = db.execute(
            sa.select(col(AuditRow.act), col(AuditRow.sentence)).order_by(col(AuditRow.id))
        ).all()
        readings = db.scalars(sa.select(col(ReadJournalRow.screen))).all()
    assert [act for act, _ in acts] == ["proposals.new.act", "proposals.agree.act", "proposals.answer.act"]
    assert not [sentence for _, sentence in acts if "Benali" in sentence]
    assert readings == ["proposition"]


def test_what_waits_for_more_than_ten_days_is_found_and_marked(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposed(liaison, pair)
    assert liaison.json("/propositions?vue=attente")["rows"] == []
    with database.write() as db:
        db.get_one(TerritoryRow, world.here.id).stored_today = date(2026, 2, 14)
    (row,) = liaison.json("/propositions?vue=attente")["rows"]
    assert (row["days"], row["late"]) == (11, True)


def test_filters_are_in_the_address_and_can_be_taken_off(
    visitor: Open, world: World, pair: tuple[str, str]
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposed(liaison, pair)
    page = liaison.json("/propositions?etat=proposee&q=entretien")
    assert len(page["rows"]) == 1
    assert [chip["without"] for chip in page["listing"]["chips"]] == [
        "/propositions?q=entretien",
        "/propositions?etat=proposee",
    ]
    assert liaison.json("/propositions?etat=refusee")["rows"] == []
    assert "Retirez un filtre" in liaison.get("/propositions?etat=refusee").text
    assert liaison.get("/propositions?etat=nimporte&tri=rien&page=x&vue=x").status_code == 200


def test_the_list_sends_as_many_queries_for_twenty_five_rows_as_for_one(
    visitor: Open, world: World, pair: tuple[str, str], database: Database
) -> None:
    liaison = visitor(world.here.users["liaison"])
    proposed(liaison, pair)
    sizes = []
    for _ in range(2):
        with counted(database) as sent:
            page = liaison.json("/propositions")
        sizes.append(len(sent))
        with database.write() as db:
            others = [add_person(db, world.here) for _ in range(24)]
        liaison.post("/propositions", {"offre": pair[0], "personne": others})
    assert (page["listing"]["total"], len(page["rows"])) == (25, 20)
    assert sizes[0] == sizes[1]
