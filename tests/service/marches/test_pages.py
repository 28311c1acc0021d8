"""Marchés through the pages: entry, what is missing, copy, filters, what belongs to others."""

from collections.abc import Callable

from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.service.ledger.test_load import counted
from tests.service.lots.test_ledger_pages import lot_form, make_lot, marche_form
from tests.visitor import Visitor
from tests.world import World


def test_a_marche_says_which_fields_of_the_ccag_are_missing(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    made = facilitator.post("/marches/nouveau", marche_form(world))
    address = made.headers["location"]
    view = facilitator.json(address)
    assert view["missing"] == [
        "le périmètre de la clause",
        "le contact du facilitateur",
        "les publics éligibles",
        "le volume d’heures",
    ]
    told = marche_form(
        world, perimeter="Lot 1", facilitator_contact="MDE", eligible_profiles="Grille nationale"
    )
    facilitator.post(f"{address}/modifier", told)
    facilitator.post(f"{address}/lots/nouveau", lot_form())
    assert facilitator.json(address)["missing"] == []


def test_the_old_articles_are_shown_beside_the_new(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    page = facilitator.get("/marches/nouveau").text
    assert "Condition d’exécution (L2112-2, ancien article 14)" in page
    assert "(ancien article 30)" in page


def test_a_buyer_is_created_on_the_fly_once_for_each_siret(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    new = {"buyer": "", "buyer_new": "Ville d’Arques", "buyer_siret": "21620040900011"}
    for reference in ("A1", "A2"):
        answer = facilitator.post("/marches/nouveau", marche_form(world, reference=reference, **new))
        assert answer.status_code == 303, answer.text
    assert facilitator.json(answer.headers["location"])["buyer"] == "Ville d’Arques"
    assert facilitator.json("/organisations?q=Arques")["listing"]["total"] == 1


def test_the_faults_come_at_once_and_nothing_typed_is_lost(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    wrong = marche_form(world, title="", buyer="", legal_bases=[], perimeter="Tous les lots")
    answer = facilitator.post("/marches/nouveau", wrong)
    assert answer.status_code == 422
    for sentence in ('id="e-title"', "Acheteur : choisissez", "Fondement : cochez-en au moins un"):
        assert sentence in answer.text
    assert "Tous les lots" in answer.text


def test_a_reference_serves_once(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    facilitator.post("/marches/nouveau", marche_form(world))
    answer = facilitator.post("/marches/nouveau", marche_form(world))
    assert answer.status_code == 422
    assert "porte déjà cette référence" in answer.text
    assert "Rénovation de la piscine" in answer.text


def test_a_copy_takes_the_lots_without_their_hours(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    source = facilitator.json(lot)["line"]["marche_id"]
    assert "Rénovation de la piscine" in facilitator.get(f"/marches/{source}/dupliquer").text
    copy = marche_form(world, reference="2027-M01", copy_of=source, lots="1")
    made = facilitator.post("/marches/nouveau", copy)
    lots = facilitator.json(made.headers["location"])["lots"]
    assert [(x["title"], x["due"], x["validated"]) for x in lots] == [("Gros œuvre", None, 0)]


def test_another_territory_and_a_firm_do_not_see_the_marche(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    foreign = visitor(world.there.users["facilitator"])
    for path in (f"/marches/{made.marche}", f"/lots/{made.lot}", f"/lots/{made.lot}/calibrer"):
        assert foreign.get(path).status_code == 404
    assert foreign.post(f"/marches/{made.marche}/modifier", marche_form(world)).status_code == 404
    assert foreign.post(f"/lots/{made.lot}/modifier", lot_form()).status_code == 404
    assert foreign.json("/marches")["listing"]["total"] == 0
    contractor = visitor(world.here.users["contractor"])
    assert contractor.get(f"/lots/{made.lot}").status_code == 403


def test_a_buyer_of_another_territory_cannot_be_chosen(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    foreign = marche_form(world, buyer=world.there.organisation_ids["buyer"])
    assert facilitator.post("/marches/nouveau", foreign).status_code == 404


def test_the_coordination_reads_and_does_not_write(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    coordinator = visitor(world.here.users["coordinator"])
    assert coordinator.json("/marches")["marches"][0]["reference"] == "2026-M01"
    lot = coordinator.json(f"/lots/{made.lot}")
    assert lot["workers"][1]["eligible"] == [["2026-01-01", "2026-02-20"]]
    text = coordinator.get(f"/lots/{made.lot}").text
    assert "RSA" not in text
    assert "Attestation CAF" not in text
    assert "/beneficiaires/" not in text
    assert coordinator.get(f"/lots/{made.lot}/calibrer").status_code == 403
    assert coordinator.post("/marches/nouveau", marche_form(world)).status_code == 403


def test_filters_are_in_the_address_and_shown_as_chips(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    build_clause_world(database, world.here, "2026-M01")
    build_clause_world(database, world.here, "2026-M02")
    facilitator = visitor(world.here.users["facilitator"])
    one = facilitator.json("/marches?q=m02&sante=on_track")
    assert [m["reference"] for m in one["marches"]] == ["2026-M02"]
    assert [c["label"] for c in one["listing"]["chips"]] == ["Recherche : m02", "État : Dans les temps"]
    assert facilitator.json("/marches?sante=late")["listing"]["total"] == 0
    assert "Aucun marché ne répond à ces filtres" in facilitator.get("/marches?sante=late").text


def test_the_pages_make_the_same_number_of_queries_whatever_the_number_of_marches(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    paths = ("/marches", "/", f"/marches/{made.marche}", f"/lots/{made.lot}", "/beneficiaires")

    def count(path: str) -> int:
        with counted(database) as seen:
            assert facilitator.get(path).status_code == 200
        return len([s for s in seen if s.lstrip().upper().startswith("SELECT")])

    few = [count(path) for path in paths]
    for number in range(24):
        build_clause_world(database, world.here, f"2026-X{number:02d}")
    assert [count(path) for path in paths] == few
    assert facilitator.json("/marches")["listing"]["total"] == 25
    assert "Page 1 sur 2" in facilitator.get("/marches").text


def test_the_form_of_a_groupement_changes_from_a_day_by_an_act(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    marche = facilitator.post("/marches/nouveau", marche_form(world)).headers["location"]
    lot = facilitator.post(f"{marche}/lots/nouveau", lot_form()).headers["location"]
    address = f"{marche}/modifier"
    changed = marche_form(world, groupement="solidaire")
    refused = facilitator.post(address, changed)
    assert refused.status_code == 422
    assert "dites à partir de quel jour et par quel acte" in refused.text
    since = {"groupement_from": "2026-02-01", "groupement_reason": "Avenant n° 2"}
    assert facilitator.post(address, {**changed, **since}).status_code == 303
    (act,) = facilitator.json(lot)["party_acts"]
    assert act["sentence"].replace("\u202f", " ") == (
        "Groupement, à partir du 01/02/2026 : solidaire au lieu de pas de groupement. Motif : Avenant n° 2"
    )
    # The same form again changes nothing, and asks for nothing.
    assert facilitator.post(address, changed).status_code == 303
