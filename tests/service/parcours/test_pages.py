"""Interviews, steps by hand, spells: what is written, what is refused."""

from collections.abc import Callable
from datetime import date

from service.tables.session import Database
from service.vocabulary import SpellState
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
CONTACT = {"kind": "entretien", "on": "2026-02-03"}
STEP = {
    "kind": "EMP_CT",
    "label": "CDD agent d’entretien",
    "starts_on": "2026-01-05",
    "planned_ends_on": "2026-02-20",
    "state": "en_cours",
    "hours": "7h30",
}


def test_an_interview_is_noted_with_the_next_one(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    typed = {**CONTACT, "shared_note": "CV à refaire", "working_note": "fatiguée", "next_on": "2026-02-17"}
    assert claire.post(f"/participants/{zoe}/contacts", typed).status_code == 303
    view = claire.json(f"/participants/{zoe}")
    assert (view["next_contact"], view["last_contact"]) == ("2026-02-17", "2026-02-03")
    contact = view["time_line"][0]["contact"]
    assert (contact["shared_note"], contact["working_note"], contact["sensitive"]) == (
        "CV à refaire",
        "fatiguée",
        [],
    )


def test_an_interview_to_come_or_followed_by_the_past_is_refused_with_its_notes(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    answer = visitor(world.here.users["referent"]).post(
        f"/participants/{zoe}/contacts",
        {"kind": "entretien", "on": "2026-02-04", "next_on": "2026-01-01", "shared_note": "Longue note"},
    )
    assert answer.status_code == 422
    assert "pas encore passé" in answer.text
    assert "il précède ce contact" in answer.text
    assert "Longue note" in answer.text


def test_words_of_health_in_a_shared_note_warn_without_stopping(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    sent = claire.post(f"/participants/{zoe}/contacts", {**CONTACT, "shared_note": "Sort de l’hôpital."})
    assert sent.status_code == 303
    contact = claire.json(f"/participants/{zoe}")["time_line"][0]["contact"]
    assert contact["sensitive"] == ["hopital"]
    moved = claire.post(f"/participants/{zoe}/contacts/{contact['id']}/note-de-travail")
    assert moved.status_code == 303
    contact = claire.json(f"/participants/{zoe}")["time_line"][0]["contact"]
    assert (contact["shared_note"], contact["working_note"]) == ("", "Sort de l’hôpital.")
    coordination = visitor(world.here.users["coordinator"]).get(f"/participants/{zoe}").text
    assert "hôpital" not in coordination


def test_a_step_is_typed_then_ended(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    firm = world.here.organisation_ids["firm"]
    made = claire.post(f"/participants/{zoe}/etapes/nouvelle", {**STEP, "organisation": firm})
    assert made.status_code == 303
    view = claire.json(f"/participants/{zoe}")
    [step] = view["ending"]
    # 7 h 30 = 750 hundredths.
    assert (step["firm"], step["hours"], step["clause"]) == ("Bâti Audomarois", 750, False)
    address = f"/participants/{zoe}/etapes/{step['id']}"
    version = claire.json(address)["version"]
    ended = {**STEP, "state": "realisee", "ended_on": "2026-01-30", "version": version}
    assert claire.post(address, ended).status_code == 303
    assert claire.json(f"/participants/{zoe}")["ending"] == []
    late = claire.post(address, {**STEP, "label": "Autre intitulé", "version": version})
    assert late.status_code == 409
    assert "Autre intitulé" in late.text


def test_a_clause_step_is_never_typed_by_hand(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    answer = claire.post(f"/participants/{zoe}/etapes/nouvelle", {**STEP, "kind": "CLAUSE"}, as_json=True)
    assert set(answer.json()["faults"]) == {"kind"}
    assert "CLAUSE" not in claire.get(f"/participants/{zoe}/etapes/nouvelle").text


def test_dates_and_state_of_a_step_must_agree(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/etapes/nouvelle"
    for changed, faults in (
        ({"state": "realisee"}, {"ended_on"}),
        ({"ended_on": "2026-01-30"}, {"state"}),
        ({"starts_on": "2026-03-01", "planned_ends_on": ""}, {"state"}),
        (
            {"planned_ends_on": "2025-12-31", "label": "", "hours": "7h5"},
            {"planned_ends_on", "label", "hours"},
        ),
        ({"organisation": world.there.organisation_ids["firm"]}, {"organisation"}),
    ):
        answer = claire.post(address, {**STEP, **changed}, as_json=True)
        assert set(answer.json()["faults"]) == faults, changed


def test_leaving_closes_the_spell_with_its_reason(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/parcours"
    typed = {"state": "sorti", "entered_on": "2025-09-01", "version": claire.json(address)["version"]}
    refused = claire.post(address, typed, as_json=True)
    assert set(refused.json()["faults"]) == {"exited_on", "exit_reason"}
    left = claire.post(address, {**typed, "exited_on": "2026-01-31", "exit_reason": "Emploi durable"})
    assert left.status_code == 303
    view = claire.json(f"/participants/{zoe}")
    assert (view["spell"]["state"], view["spell"]["exited_on"]) == ("sorti", "2026-01-31")
    assert "Sorti du PLIE" in view["time_line"][0]["words"]


def test_coming_back_keeps_both_spells_and_their_steps(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/etapes/nouvelle", STEP)
    address = f"/participants/{zoe}/parcours"
    left = {"state": "sorti", "entered_on": "2025-09-01", "exited_on": "2026-01-31", "exit_reason": "Emploi"}
    claire.post(address, {**left, "version": claire.json(address)["version"]})
    back = {"state": "actif", "reopens": "1", "version": claire.json(address)["version"]}
    early = claire.post(address, {**back, "entered_on": "2026-01-15"})
    assert early.status_code == 422
    assert "31/01/2026" in early.text
    assert claire.post(address, {**back, "entered_on": "2026-02-02"}).status_code == 303
    view = claire.json(f"/participants/{zoe}")
    assert [(one["state"], one["entered_on"]) for one in view["spells"]] == [
        ("actif", "2026-02-02"),
        ("sorti", "2025-09-01"),
    ]
    assert any(entry["step"] for entry in view["time_line"])
    again = claire.post(address, {**back, "entered_on": "2026-02-03"})
    assert again.status_code == 409


def test_a_spell_is_not_reopened_while_one_is_open(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    version = claire.json(f"/participants/{zoe}/parcours")["version"]
    answer = claire.post(
        f"/participants/{zoe}/parcours", {"state": "prescrit", "reopens": "1", "version": version}
    )
    assert answer.status_code == 409
    assert "déjà ouvert" in answer.text


def test_no_act_on_somebody_of_another_caseload(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here, state=SpellState.EXITED, exited=date(2026, 1, 31))
    for user in (world.here.users["referent2"], world.there.users["referent"]):
        other = visitor(user)
        for path, typed in (
            ("contacts", CONTACT),
            ("etapes/nouvelle", STEP),
            ("parcours", {"state": "actif"}),
            ("contacts/zzzzzzzzzz/note-de-travail", {}),
        ):
            assert other.post(f"/participants/{zoe}/{path}", typed).status_code == 404, path
