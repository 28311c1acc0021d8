"""The queue: the oldest first, its filters, and entry in the place of a firm."""

from clauses import Provenance
from service.tables.session import Database
from tests.service.declarations.site import Site, accept, cell, header_of, last_version, send
from tests.visitor import Visitor
from tests.world import World


def test_an_empty_queue_says_so(facilitator: Visitor) -> None:
    assert "Rien à contrôler" in facilitator.get("/controle").text


def test_the_oldest_is_first_and_the_filters_narrow(
    facilitator: Visitor, firm: Visitor, site: Site, world: World
) -> None:
    for month in ("2025-11", "2025-12"):
        send(firm, {cell(site.nadia, month): "100"}, month)
    send(firm, {cell(site.omar): "140"})
    rows = facilitator.json("/controle")["rows"]
    assert [r["period"] for r in rows] == ["novembre 2025", "décembre 2025", "janvier 2026"]
    cut = facilitator.json("/controle?alerte=cut")["rows"]
    assert [r["period"] for r in cut] == ["janvier 2026"]
    nord = world.here.organisation_ids["firm2"]
    assert facilitator.json(f"/controle?entreprise={nord}")["rows"] == []
    assert len(facilitator.json("/controle?q=Audomarois")["rows"]) == 3
    accept(facilitator, rows[0]["id"])
    assert len(facilitator.json("/controle")["rows"]) == 2
    assert len(facilitator.json("/controle?etat=validee")["rows"]) == 1
    assert len(facilitator.json("/controle?etat=toutes")["rows"]) == 3


def test_the_facilitator_enters_for_a_firm_and_it_shows(
    facilitator: Visitor, firm: Visitor, site: Site, database: Database, world: World
) -> None:
    company = world.here.organisation_ids["firm"]
    chosen = facilitator.get(f"/controle/saisie?entreprise={company}")
    assert chosen.headers["location"] == f"/controle/saisie/{company}"
    assert "Vous saisissez pour Bâti Audomarois" in facilitator.get(f"{chosen.headers['location']}").text
    sent = facilitator.post(
        f"/controle/saisie/{company}/envoyer", {"mois": "2026-01", cell(site.nadia): "120"}
    )
    assert sent.status_code == 303
    header = header_of(database)
    assert last_version(database, header).provenance is Provenance.FACILITATOR
    assert "Saisie par le facilitateur pour l’entreprise" in firm.get(f"/mes-declarations/{header}").text
    other = {"mois": "2026-01", cell(site.paul): "10"}
    assert facilitator.post(f"/controle/saisie/{company}/envoyer", other).status_code == 404
    buyer = world.here.organisation_ids["buyer"]
    assert facilitator.get(f"/controle/saisie/{buyer}").status_code == 404


def test_an_alert_says_which_rule_spoke(facilitator: Visitor, firm: Visitor, site: Site) -> None:
    send(firm, {cell(site.omar): "140"})
    [row] = facilitator.json("/controle")["rows"]
    cut = next(a for a in row["alerts"] if a["label"] == "Heures coupées")
    assert (cut["count"], cut["rules"]) == (1, ["Personne non éligible ce jour-là"])


def test_who_must_act_tells_the_facilitator_what_she_does_and_leads_there(
    facilitator: Visitor, firm: Visitor, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    actions = facilitator.json(f"/lots/{site.lot1}")["actions"]
    [action] = [a for a in actions if a["task"] == "Contrôler une déclaration"]
    assert (action["yours"], action["address"]) == (True, f"/controle/{header}")
    assert action["asked"].startswith("contrôler la déclaration de janvier 2026, depuis le")
    page = facilitator.get(f"/lots/{site.lot1}").text
    assert "À vous</strong> de contrôler la déclaration de janvier 2026" in page
    assert f'<a href="/controle/{header}">Contrôler une déclaration</a>' in page
