"""The facilitator's decisions: acceptance makes the step, a correction restates it, a hold holds."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from clauses import EmployerKind, State
from service.tables import (
    AuditRow,
    EligibilityRow,
    LineRow,
    LotRow,
    OrganisationRow,
    PersonRow,
    PlacementRow,
    SpellRow,
    StepRow,
    VersionRow,
)
from service.tables.session import Database
from service.vocabulary import StepKind, StepState
from tests.service.declarations.site import (
    Site,
    accept,
    add_placement,
    cell,
    header_of,
    last_version,
    send,
)
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def steps(database: Database) -> list[tuple[int | None, date, StepState]]:
    with database.read() as db:
        return [
            (s.hours, s.starts_on, s.state) for s in db.scalars(select(StepRow)) if s.kind is StepKind.CLAUSE
        ]


def test_acceptance_opens_the_step_of_the_person_followed_by_the_plie(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "151,67", cell(site.omar): "140"})
    header = header_of(database)
    assert accept(facilitator, header).status_code == 303
    version = last_version(database, header)
    # Nadia 151,67 h, Omar 95,78 h (13 of 19 weekdays of 140 h): 247,45 h.
    assert (version.state, version.accepted) == (State.VALIDEE, 24745)
    # Omar has no stay in the PLIE: no step. Nadia's opens on the first weekday that counts in January: the
    # 1st is a public holiday, the 2nd a Friday.
    assert steps(database) == [(15167, date(2026, 1, 2), StepState.ONGOING)]
    with database.read() as db:
        acts = db.scalars(
            select(col(AuditRow.sentence)).where(col(AuditRow.act) == "review.accept.act")
        ).all()
    assert len(acts) == 1
    assert "Benali" not in acts[0]


def test_the_next_month_extends_the_same_step(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    for month, day in (("2025-12", date(2025, 12, 1)), ("2026-01", date(2026, 1, 1))):
        send(firm, {cell(site.nadia, month): "100"}, month)
        assert accept(facilitator, header_of(database, day)).status_code == 303
    # 100 + 100 h, from the first day of December.
    assert steps(database) == [(20000, date(2025, 12, 1), StepState.ONGOING)]


def test_a_correction_after_validation_restates_the_step(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    """Brief §8b.1: 120 h validated, then 102 h: −18 h, the first version kept."""
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    accept(facilitator, header)
    without = send(firm, {"corriger": site.lot1, cell(site.nadia): "102"})
    assert without.status_code == 422
    assert "dites pourquoi" in without.text
    page = firm.get(f"/mes-declarations/mois?mois=2026-01&corriger={site.lot1}").text
    assert 'value="120"' in page
    sent = send(
        firm,
        {"corriger": site.lot1, cell(site.nadia): "102", f"motif-{site.lot1}": "Feuille de paie rectifiée"},
    )
    assert sent.status_code == 303
    assert steps(database)[0][0] == 12000
    file = facilitator.json(f"/controle/{header}")
    assert (file["lines"][0]["before"], file["lines"][0]["hours"]) == (12000, 10200)
    assert file["versions"][0]["correction_reason"] == "Feuille de paie rectifiée"
    assert accept(facilitator, header).status_code == 303
    assert steps(database)[0][0] == 10200
    with database.read() as db:
        versions = db.execute(
            select(col(VersionRow.version), col(VersionRow.state), col(VersionRow.accepted)).order_by(
                col(VersionRow.version)
            )
        ).all()
    assert [tuple(v) for v in versions] == [(1, State.RECTIFIEE, 12000), (2, State.VALIDEE, 10200)]


def test_a_correction_to_nothing_withdraws_the_step(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    accept(facilitator, header)
    send(firm, {"corriger": site.lot1, f"neant-{site.lot1}": "1", f"motif-{site.lot1}": "Erreur de mois"})
    assert accept(facilitator, header).status_code == 303
    assert steps(database) == []


def test_hours_refused_once_are_told_again_when_a_correction_asks_for_them(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    line = facilitator.json(f"/controle/{header}")["lines"][0]["id"]
    cut = {f"h-{line}": "100", f"m-{line}": "Deux jours de congés"}
    assert facilitator.post(f"/controle/{header}/accepter-en-partie", cut).status_code == 303
    again = {"corriger": site.lot1, cell(site.nadia): "120", f"motif-{site.lot1}": "Je maintiens"}
    assert send(firm, again).status_code == 303
    told = facilitator.json(f"/controle/{header}")["lines"][0]
    assert told["refused"] == "version 1\u202f: 100\u202fh acceptées, «\u202fDeux jours de congés\u202f»"
    # Not among those that are accepted at once without being opened.
    (row,) = [r for r in facilitator.json("/controle")["rows"] if r["id"] == header]
    assert row["clean"] is False


def test_in_part_asks_a_reason_for_what_is_not_accepted(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    line = facilitator.json(f"/controle/{header}")["lines"][0]["id"]
    address = f"/controle/{header}/accepter-en-partie"
    refused = facilitator.post(address, {f"h-{line}": "100", f"m-{line}": ""})
    assert refused.status_code == 422
    assert "Dites pourquoi" in refused.text
    assert facilitator.post(address, {f"h-{line}": "121", f"m-{line}": ""}).status_code == 422
    assert facilitator.post(address, {f"h-{line}": "", f"m-{line}": ""}).status_code == 422
    done = facilitator.post(address, {f"h-{line}": "100", f"m-{line}": "Deux jours de congés"})
    assert done.status_code == 303
    assert last_version(database, header).state is State.PARTIELLEMENT_VALIDEE
    assert steps(database)[0][0] == 10000
    with database.read() as db:
        [sums] = db.execute(
            select(col(VersionRow.declared), col(VersionRow.countable), col(VersionRow.accepted))
        )
        lines = db.execute(select(col(LineRow.hours), col(LineRow.countable), col(LineRow.accepted))).all()
    assert tuple(sums) == tuple(sum(values) for values in zip(*lines, strict=True)) == (12000, 12000, 10000)
    assert "Deux jours de congés" in firm.get(f"/mes-declarations/{header}").text


def test_given_back_it_opens_again_with_its_reason_on_top_and_what_was_sent(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    assert facilitator.post(f"/controle/{header}/rendre", {"give_back_reason": " "}).status_code == 422
    reason = {"give_back_reason": "Il manque la journée du 12"}
    assert facilitator.post(f"/controle/{header}/rendre", reason).status_code == 303
    page = firm.get("/mes-declarations/mois?mois=2026-01").text
    assert "Il manque la journée du 12" in page
    assert 'value="120"' in page
    home = firm.json("/")
    assert any("Corrigez janvier 2026" in t["sentence"] for t in home["to_do"])
    assert send(firm, {cell(site.nadia): "127"}).status_code == 303
    version = last_version(database, header)
    assert (version.version, version.state, version.declared) == (2, State.SOUMISE, 12700)


def test_rejected_it_is_final_for_the_firm(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    reason = {"reject_reason": "Ce chantier n’a pas eu lieu"}
    assert facilitator.post(f"/controle/{header}/rejeter", reason).status_code == 303
    assert "Refusée" in firm.get("/mes-declarations").text
    assert send(firm, {cell(site.nadia): "10"}).status_code == 422
    assert accept(facilitator, header).status_code == 409


def test_a_decided_declaration_is_decided_once(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    accept(facilitator, header)
    again = accept(facilitator, header)
    assert again.status_code == 409
    assert "déjà dans l’état" in again.text
    assert facilitator.post(f"/controle/{header}/rendre", {"give_back_reason": "x"}).status_code == 409
    assert steps(database)[0][0] == 12000


def test_a_line_held_by_another_firm_s_data_names_it_to_the_facilitator_only(
    firm: Visitor, facilitator: Visitor, visitor: Open, site: Site, database: Database, world: World
) -> None:
    with database.write() as db:
        nord = db.get_one(OrganisationRow, world.here.organisations["firm2"])
        nord.employer_kind = EmployerKind.ETTI
        lot2 = db.get_one(LotRow, site.lot2_row)
        nadia = db.get_one(PersonRow, site.nadia_row)
        away = add_placement(db, world.here, lot2, nadia, "firm2", date(2025, 10, 1)).public_id
    other = visitor(world.here.users["contractor2"])
    assert send(other, {cell(away): "120"}).status_code == 303
    sent = send(firm, {cell(site.nadia): "120"})
    assert sent.status_code == 303
    rows = facilitator.json("/controle")["rows"]
    mine = next(r for r in rows if r["firm"] == "Bâti Audomarois")["id"]
    # 120 + 120 = 240 h, above the 208 h of a month over all employers.
    assert "240\u202fh" in facilitator.get(f"/controle/{mine}").text
    page = firm.get(f"/mes-declarations/{mine}").text
    assert "À vérifier par le facilitateur." in page
    assert "240\u202fh" not in page
    assert "Nord Peinture" not in page
    held = accept(facilitator, mine)
    assert held.status_code == 422
    assert "À résoudre ou à lever" in held.text
    finding = facilitator.json(f"/controle/{mine}")["groups"][0]["findings"][0]
    base = {"hold": f"{finding['rule']}:{finding['line_id']}"}
    # Hours typed in the table beside are still there once the hold is lifted.
    line = facilitator.json(f"/controle/{mine}")["lines"][0]["id"]
    typed = {f"h-{line}": "80", f"m-{line}": "Relevé du chantier"}
    assert facilitator.post(f"/controle/{mine}/lever", base).status_code == 422
    lifted = facilitator.post(
        f"/controle/{mine}/lever", {**base, **typed, finding["field"]: "Dérogation du 02/01"}
    )
    assert lifted.status_code == 200
    assert "Retenue levée" in lifted.text
    assert 'value="80"' in lifted.text
    assert 'value="Relevé du chantier"' in lifted.text
    assert "Dérogation du 02/01" in facilitator.get(f"/controle/{mine}").text
    assert facilitator.post(f"/controle/{mine}/lever", base).status_code == 409
    assert accept(facilitator, mine).status_code == 303


def test_an_eligibility_entered_since_counts_at_the_examination(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.omar): "140"})
    header = header_of(database)
    seen = facilitator.json(f"/controle/{header}")
    assert seen["countable"] == 9578
    with database.write() as db:
        row = db.scalars(
            select(EligibilityRow).where(col(EligibilityRow.starts_on) == date(2026, 1, 14))
        ).one()
        row.starts_on = date(2026, 1, 6)
    stale = facilitator.post(f"/controle/{header}/accepter", {"seen": str(seen["seen"])})
    assert stale.status_code == 409
    assert "a changé depuis votre lecture" in stale.text
    fresh = facilitator.json(f"/controle/{header}")
    assert (fresh["countable"], fresh["judged_anew"]) == (14000, True)
    assert facilitator.post(f"/controle/{header}/accepter", {"seen": str(fresh["seen"])}).status_code == 303
    version = last_version(database, header)
    with database.read() as db:
        total = sum(hours or 0 for hours in db.scalars(select(col(LineRow.accepted))))
    assert version.accepted == version.countable == total == 14000


def test_a_newcomer_is_confirmed_before_her_hours_are_accepted(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    with database.write() as db:
        row = db.scalars(select(PlacementRow).where(col(PlacementRow.public_id) == site.nadia)).one()
        row.confirmed = False
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    refused = accept(facilitator, header)
    assert refused.status_code == 422
    assert "confirmez d’abord" in refused.text
    confirm = f"/placements/{site.nadia}/confirmer"
    assert confirm in facilitator.get(f"/controle/{header}").text
    assert facilitator.post(confirm, {}).status_code == 303
    assert accept(facilitator, header).status_code == 303


def test_hours_before_the_entry_into_the_plie_make_no_step(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    with database.write() as db:
        spell = db.scalars(select(SpellRow)).one()
        spell.entered_on = date(2026, 1, 16)
    send(firm, {cell(site.nadia): "105"})
    accept(facilitator, header_of(database))
    # January 2026 has 21 weekdays without the 1st; 11 of them from Friday 16 (1 + 5 + 5):
    # 105 h × 11 / 21 = 55 h.
    assert steps(database) == [(5500, date(2026, 1, 16), StepState.ONGOING)]


def test_another_territory_s_declaration_does_not_exist(
    firm: Visitor, visitor: Open, site: Site, database: Database, world: World
) -> None:
    send(firm, {cell(site.nadia): "120"})
    header = header_of(database)
    stranger = visitor(world.there.users["facilitator"])
    assert stranger.get(f"/controle/{header}").status_code == 404
    assert stranger.json("/controle")["rows"] == []
    for act in ("accepter", "accepter-en-partie", "rendre", "rejeter", "lever"):
        assert stranger.post(f"/controle/{header}/{act}", {"give_back_reason": "x"}).status_code == 404
    firm_id = world.here.organisation_ids["firm"]
    assert stranger.get(f"/controle/saisie/{firm_id}").status_code == 404
    assert last_version(database, header).state is State.SOUMISE


def test_a_return_made_by_mistake_is_undone_from_the_queue_as_long_as_the_firm_has_not_answered(
    facilitator: Visitor, firm: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    given = facilitator.post(f"/controle/{header}/rendre", {"give_back_reason": "Erreur de ma part"})
    assert given.headers["location"] == f"/controle?rendue={header}"
    assert f'action="/controle/{header}/reprendre"' in facilitator.get(given.headers["location"]).text
    assert any("Corrigez janvier 2026" in t["sentence"] for t in firm.json("/")["to_do"])
    back = facilitator.post(f"/controle/{header}/reprendre")
    assert (back.status_code, back.headers["location"]) == (303, f"/controle/{header}")
    version = last_version(database, header)
    assert (version.state, version.decided_at, version.decision_reason) == (State.SOUMISE, None, "")
    assert not any("Corrigez" in t["sentence"] for t in firm.json("/")["to_do"])
    assert facilitator.post(f"/controle/{header}/reprendre").status_code == 409
    accept(facilitator, header)
    assert last_version(database, header).state is State.VALIDEE


def test_a_return_answered_by_the_firm_is_not_undone(
    facilitator: Visitor, firm: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    facilitator.post(f"/controle/{header}/rendre", {"give_back_reason": "Précisez"})
    send(firm, {cell(site.nadia): "90"})
    assert facilitator.post(f"/controle/{header}/reprendre").status_code == 409
    assert last_version(database, header).declared == 9000
