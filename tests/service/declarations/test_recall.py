"""« Reprendre ma déclaration »: a draft again while nobody has begun to examine it; the loser is told."""

from collections.abc import Callable
from datetime import date

import httpx
from sqlalchemy import select
from sqlmodel import col

from clauses import Calendar, PartyRole, State
from service.tables import AuditRow, LotEventRow
from service.tables.session import Database
from tests.service.declarations.site import (
    JANUARY,
    Site,
    accept,
    add_lot,
    add_marche,
    add_party,
    cell,
    header_of,
    last_version,
    send,
)
from tests.service.declarations.test_groupement import build
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
MONTH = "/mes-declarations/mois"


def take_back(firm: Visitor, header: str, version: str) -> httpx.Response:
    return firm.post(f"/mes-declarations/{header}/reprendre", {"version": version}, as_json=True)


def told(answer: httpx.Response) -> str:
    assert answer.status_code == 409, (answer.status_code, answer.text[:300])
    return str(answer.json()["sentence"]).replace("\u202f", " ")


def test_a_declaration_taken_back_is_a_draft_again_and_what_is_sent_next_is_a_new_version(
    firm: Visitor, facilitator: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "151,67", cell(site.omar, kind="f"): "7"})
    header = header_of(database)
    first = last_version(database, header)
    assert firm.json(f"/mes-declarations/{header}")["may_recall"]
    done = take_back(firm, header, first.public_id)
    assert (done.status_code, done.headers["location"]) == (303, f"{MONTH}?mois={JANUARY}")
    # Everything typed is there again, and nothing waits at the facilitator's.
    page = firm.get(done.headers["location"]).text
    assert 'value="151,67"' in page
    assert 'value="7"' in page
    assert "brouillon enregistré" in page
    assert facilitator.json("/controle")["rows"] == []
    assert "Déclarez janvier 2026" in firm.get("/").text
    file = firm.json(f"/mes-declarations/{header}")
    assert (file["may_recall"], file["edit_label"]) == (False, "Continuer et envoyer")
    assert file["versions"][0]["state"] == "Reprise par l’entreprise"
    with database.read() as db:
        act = col(AuditRow.act) == "declarations.recall.act"
        (sentence,) = db.scalars(select(col(AuditRow.sentence)).where(act))
    # 151,67 + 7 = 158,67 h.
    assert sentence.replace("\u202f", " ") == (
        "Déclaration reprise avant son examen : janvier 2026, lot 1, 158,67 h, version 1."
    )
    # The second click, and the decision of a facilitator who still had it on her screen.
    assert told(take_back(firm, header, first.public_id)) == (
        "La déclaration de janvier 2026 est déjà reprise : elle est dans votre brouillon."
    )
    stale = {"version": first.public_id, "seen": str(first.countable)}
    late = facilitator.post(f"/controle/{header}/accepter", stale, as_json=True)
    assert "L’entreprise a repris sa déclaration" in told(late)
    assert "elle la renverra" in told(facilitator.post(f"/controle/{header}/accepter", as_json=True))
    assert "Reprise par l’entreprise" in facilitator.get(f"/controle/{header}").text
    # Sent again: the same declaration, its version 2; version 1 keeps what it said.
    assert send(firm, {cell(site.nadia): "100"}).status_code == 303
    second = last_version(database, header)
    assert (second.version, second.declared, second.state) == (2, 10000, State.SOUMISE)
    assert "a été renvoyée" in told(take_back(firm, header, first.public_id))
    assert [r["hours"] for r in facilitator.json("/controle")["rows"]] == [10000]
    assert facilitator.json(f"/controle/{header}")["previous_number"] is None
    assert accept(facilitator, header).status_code == 303
    # Examined first: the firm is told, and the decision stands.
    assert told(take_back(firm, header, second.public_id)) == (
        "La déclaration de janvier 2026 n’attend plus d’être examinée : elle est « Acceptée ». "
        "Rien n’a changé."
    )
    assert last_version(database, header).accepted == 10000


def test_a_correction_taken_back_leaves_the_accepted_declaration_standing_and_its_draft_open(
    firm: Visitor, facilitator: Visitor, visitor: Open, world: World, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    accept(facilitator, header)
    typed = {cell(site.nadia): "90", f"motif-{site.lot1}": "Relevé faux", "corriger": site.lot1}
    assert send(firm, typed).status_code == 303
    take_back(firm, header, last_version(database, header).public_id)
    (section,) = firm.json(f"{MONTH}?mois={JANUARY}")["sections"]
    assert (section["mode"], section["asks_reason"]) == ("correction", True)
    assert "Relevé faux" in firm.get(f"{MONTH}?mois={JANUARY}").text
    for visitor_, path in ((firm, "/mes-declarations"), (facilitator, "/controle?etat=toutes")):
        (row,) = visitor_.json(path)["rows"]
        assert (row["version"], row["hours"]) == (1, 10000)
    assert facilitator.json(f"/controle/{header}")["versions"][0]["state"] == "Reprise par l’entreprise"
    # Another firm does not know that it exists.
    other = visitor(world.here.users["contractor2"])
    assert take_back(other, header, last_version(database, header).public_id).status_code == 404


def test_a_visa_that_was_given_is_not_taken_back_and_one_awaited_is(
    visitor: Open, world: World, database: Database
) -> None:
    placement, _ = build(database, world, PartyRole.COTRAITANT, visa=True)
    member, head = visitor(world.here.users["contractor"]), visitor(world.here.users["contractor2"])
    send(member, {cell(placement): "100"})
    header = header_of(database)
    first = last_version(database, header).public_id
    assert take_back(member, header, first).status_code == 303
    late = head.post(f"/mes-declarations/visas/{first}/viser", as_json=True)
    assert told(late) == "L’entreprise a repris sa déclaration de janvier 2026 : elle la renverra."
    send(member, {cell(placement): "110"})
    second = last_version(database, header).public_id
    assert head.post(f"/mes-declarations/visas/{second}/viser").status_code == 303
    assert "a reçu le visa du mandataire" in told(take_back(member, header, second))


def test_a_quarter_that_begins_before_its_lot_opens_on_the_first_month_of_the_lot(
    visitor: Open, database: Database, world: World
) -> None:
    # The first quarter of 2026 begins in January, the lot on 2 February: the file leads to February.
    with database.write() as db:
        lot = add_lot(
            db, world.here, add_marche(db, world.here, "2026-T1", Calendar.QUARTERLY), "9", "Voirie"
        )
        lot.starts_on = date(2026, 2, 2)
        notified = db.scalars(select(LotEventRow).where(col(LotEventRow.lot_id) == lot.id)).one()
        db.delete(notified)
        add_party(db, world.here, lot, "firm")
    firm = visitor(world.here.users["contractor"])
    assert send(firm, {f"neant-{lot.public_id}": "1"}, "2026-02").status_code == 303
    header = header_of(database)
    done = take_back(firm, header, last_version(database, header).public_id)
    assert done.headers["location"] == f"{MONTH}?mois=2026-02"
    link = firm.json(f"/mes-declarations/{header}")["edit_link"]
    assert link == f"{MONTH}?mois=2026-01"
    assert firm.json(link)["month"] == "2026-02"
