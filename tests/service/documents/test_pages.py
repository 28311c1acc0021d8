"""Documents are attached, read by those whom they concern, taken with a trace, withdrawn with a trace."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from clauses import PartyRole
from service.archive import backup, restore
from service.documents.entry import LARGEST
from service.migrations.run import upgrade
from service.tables import AuditRow, DocumentContentRow, DocumentRow, PartyRow
from service.tables.session import Database
from service.vocabulary import DocumentKind
from tests.service.ledger.clause_world import ClauseWorld, build_clause_world
from tests.visitor import HTML, Visitor
from tests.world import World

PDF = b"%PDF-1.4\n% le CCAP\n%%EOF\n"
TYPED = {"kind": "ccap", "label": "CCAP signé", "dated_on": "2026-01-05", "lot": ""}


@pytest.fixture
def clause(database: Database, world: World) -> ClauseWorld:
    return build_clause_world(database, world.here)


@pytest.fixture
def facilitator(visitor: Callable[..., Visitor], world: World) -> Visitor:
    signed_in: Visitor = visitor(world.here.users["facilitator"])
    return signed_in


def send(
    who: Visitor, path: str, typed: dict[str, str], content: bytes, name: str = "Jean Dupont.pdf"
) -> Any:
    who.client.get("/statut")
    token = {"_csrf_token": who.client.cookies["jeton"]}
    files = {"proof" if "decision" in path else "file": (name, content, "application/x-whatever")}
    return who.client.post(path, data=token | typed, files=files, headers=HTML, follow_redirects=False)


def attached(who: Visitor, marche: str, content: bytes = PDF, **changes: str) -> str:
    answer = send(who, f"/marches/{marche}/documents/nouveau", TYPED | changes, content)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_document_is_listed_with_its_date_author_and_kind(
    facilitator: Visitor, clause: ClauseWorld
) -> None:
    attached(facilitator, clause.marche)
    for page in (f"/marches/{clause.marche}", f"/lots/{clause.lot}"):
        (line,) = facilitator.json(page)["documents"]
        assert (line["label"], line["kind"], line["dated_on"]) == ("CCAP signé", "CCAP", "2026-01-05")
        assert (line["author"], line["about"]) == ("Farid Facilitateur", "Tout le marché")
        assert (line["file"], line["withdrawn"]) == ("PDF, 1 Ko", False)


def test_it_is_given_back_to_the_byte_as_an_attachment_that_no_browser_interprets(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    address = attached(facilitator, clause.marche)
    answer = facilitator.post(f"{address}/telecharger")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    document = address.rpartition("/")[2]
    assert answer.headers["content-disposition"] == f'attachment; filename="ccap-{document}.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    # The name of the file, which may be somebody's, is kept nowhere.
    assert "Dupont" not in facilitator.get(address).text
    with database.read() as db:
        acts = db.scalars(sa.select(col(AuditRow.act)).where(col(AuditRow.noun) == "document")).all()
    assert acts == ["documents.new.act", "documents.download.act"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "ni un PDF, ni un document Word"),
        (b"", "ce fichier est vide"),
        # One byte more than the 10 Mo allowed.
        (PDF.ljust(LARGEST + 1, b" "), "dépasse 10 Mo"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_and_nothing_typed_is_lost(
    facilitator: Visitor, clause: ClauseWorld, database: Database, content: bytes, sentence: str
) -> None:
    answer = send(facilitator, f"/marches/{clause.marche}/documents/nouveau", TYPED, content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="CCAP signé"' in answer.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(DocumentRow)) == 0


def test_when_another_field_is_at_fault_the_file_is_asked_again_in_so_many_words(
    facilitator: Visitor, clause: ClauseWorld
) -> None:
    answer = send(
        facilitator, f"/marches/{clause.marche}/documents/nouveau", TYPED | {"dated_on": "2027-01-01"}, PDF
    )
    assert answer.status_code == 422
    assert "cette date est à venir" in answer.text
    assert "le navigateur ne le garde pas" in answer.text


def test_withdrawn_the_file_is_gone_and_the_trace_stays(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    address = attached(facilitator, clause.marche)
    assert facilitator.post(f"{address}/retirer", {"reason": ""}).status_code == 422
    assert facilitator.post(f"{address}/retirer", {"reason": "Mauvais fichier"}).status_code == 303
    told = facilitator.json(address)
    assert told["line"]["withdrawn"] is True
    assert (told["withdrawn_by"], told["withdrawn_reason"]) == ("Farid Facilitateur", "Mauvais fichier")
    assert facilitator.post(f"{address}/telecharger").status_code == 409
    assert facilitator.post(f"{address}/retirer", {"reason": "Encore"}).status_code == 409
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(DocumentContentRow)) == 0


# The contractor's firm is a party of the lot in the clause world; its tier decides.
@pytest.mark.parametrize(
    ("kind", "by_the_titulaire", "by_a_subcontractor"),
    [
        ("ccap", True, True),
        ("acte_engagement", True, False),
        ("avenant", True, False),
        ("tranche", True, False),
        ("bon_de_commande", True, False),
        ("acte_special", False, False),
        ("decision_penalite", False, False),
        ("autre", False, False),
    ],
)
def test_a_firm_reads_the_clause_and_its_groupement_reads_what_it_signed(
    facilitator: Visitor,
    visitor: Callable[..., Visitor],
    world: World,
    clause: ClauseWorld,
    database: Database,
    kind: str,
    by_the_titulaire: bool,
    by_a_subcontractor: bool,
) -> None:
    assert kind in set(DocumentKind)
    address = attached(facilitator, clause.marche, kind=kind)
    firm, stranger = visitor(world.here.users["contractor"]), visitor(world.here.users["contractor2"])
    assert (firm.get(address).status_code == 200) is by_the_titulaire
    assert stranger.get(address).status_code == 404
    with database.write() as db:
        party = db.scalar(sa.select(PartyRow).where(col(PartyRow.lot_id) == clause.lot_row))
        assert party is not None
        party.tier, party.role = 1, PartyRole.SOUS_TRAITANT
    assert (firm.get(address).status_code == 200) is by_a_subcontractor
    assert (firm.post(f"{address}/telecharger").status_code == 200) is by_a_subcontractor
    listed = [x["kind"] for x in firm.json(f"/mes-lots/{clause.lot}")["documents"]]
    assert bool(listed) is by_a_subcontractor
    assert firm.post(f"{address}/retirer", {"reason": "x"}).status_code == 403


def test_a_document_of_another_marche_or_of_another_territory_does_not_exist(
    facilitator: Visitor, visitor: Callable[..., Visitor], world: World, clause: ClauseWorld
) -> None:
    address = attached(facilitator, clause.marche)
    elsewhere = visitor(world.there.users["facilitator"])
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(f"{address}/telecharger").status_code == 404
    assert send(elsewhere, f"/marches/{clause.marche}/documents/nouveau", TYPED, PDF).status_code == 404


def test_the_buyers_decision_is_recorded_with_its_document(facilitator: Visitor, clause: ClauseWorld) -> None:
    typed = {"mode": "par_heure", "rate": "50", "on": "2026-02-03", "reason": "Heures non faites."}
    asked = facilitator.post(f"/lots/{clause.lot}/penalites/nouvelle", {**typed, "do": "proposer"})
    penalty = asked.headers["location"]
    decision = {"amount": "0", "decided_on": "2026-02-03", "document": "Courrier 2026-118", "note": ""}
    refused = send(facilitator, f"{penalty}/decision", decision, b"<html>")
    assert refused.status_code == 422
    assert 'value="Courrier 2026-118"' in refused.text
    assert send(facilitator, f"{penalty}/decision", decision, PDF).status_code == 303
    (line,) = facilitator.json(penalty)["documents"]
    assert (line["kind"], line["label"]) == (
        "Décision de l’acheteur sur une pénalité",
        "Courrier 2026-118",
    )
    # And one that comes later.
    later = attached(facilitator, clause.marche, penalty=penalty.rpartition("/")[2], label="Délibération")
    assert facilitator.json(later)["back"] == penalty
    assert [x["label"] for x in facilitator.json(penalty)["documents"]] == [
        "Délibération",
        "Courrier 2026-118",
    ]


def test_a_backup_holds_the_bytes_of_documents(
    facilitator: Visitor, clause: ClauseWorld, database: Database, tmp_path: Any
) -> None:
    every_byte = b"%PDF-1.4\n" + bytes(range(256)) * 20
    attached(facilitator, clause.marche, every_byte)
    backup(database, tmp_path / "one.tar.gz")
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    upgrade(url)
    other = Database(url, pool_size=1)
    restore(other, tmp_path / "one.tar.gz")
    with other.read() as db:
        assert db.scalar(sa.select(col(DocumentContentRow.content))) == every_byte
    backup(other, tmp_path / "two.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()
    other.dispose()
