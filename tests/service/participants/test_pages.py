"""The list and the file: whose, with what, in how many queries; who read it; the agreement on the name."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from clauses.marche import Rules
from clauses.placement import EmploymentKind
from service.tables import (
    ContactRow,
    EligibilityRow,
    LotRow,
    MarcheRow,
    PersonRow,
    PlacementRow,
    ReadJournalRow,
    SpellRow,
    StepRow,
    UserRow,
)
from service.tables.session import Database
from service.vocabulary import ContactKind, SpellState, StepKind, StepState
from tests.service.participants.people import add_participant, counted_queries
from tests.visitor import Visitor
from tests.world import TODAY, World

Open = Callable[..., Visitor]
KEYS = ("referent", "referent2")


def ids(database: Database, public_id: str) -> tuple[int, int]:
    """(person, current spell) of somebody."""
    with database.read() as db:
        row = db.execute(
            sa.select(col(PersonRow.id), sa.func.max(col(SpellRow.id)))
            .join(SpellRow, col(SpellRow.person_id) == col(PersonRow.id))
            .where(col(PersonRow.public_id) == public_id)
            .group_by(col(PersonRow.id))
        ).one()
    return row[0], row[1]


def add_contact(database: Database, world: World, public_id: str, on: date, **told: Any) -> None:
    person, spell = ids(database, public_id)
    author = told.pop("author", "referent")
    with database.write() as db:
        db.add(
            ContactRow(
                territory_id=world.here.id,
                person_id=person,
                spell_id=spell,
                author_id=world.here.users[author],
                kind=ContactKind.INTERVIEW,
                on=on,
                **told,
            )
        )


def add_step(database: Database, world: World, public_id: str, starts: date, **told: Any) -> str:
    person, spell = ids(database, public_id)
    with database.write() as db:
        row = StepRow(
            territory_id=world.here.id,
            person_id=person,
            spell_id=spell,
            starts_on=starts,
            **{"kind": StepKind.MOBILISATION, "label": "Atelier", "state": StepState.ONGOING, **told},
        )
        db.add(row)
        db.flush()
        return row.public_id


def names(visitor: Visitor, query: str = "") -> list[str]:
    return [row["name"] for row in visitor.json(f"/participants{query}")["rows"]]


def named(visitor: Visitor, **typed: str) -> list[str]:
    return names(visitor, visitor.filtered("/participants", **typed).removeprefix("/participants"))


def test_each_sees_her_own_and_the_coordination_sees_the_territory(
    visitor: Open, database: Database, world: World
) -> None:
    add_participant(database, world.here)
    add_participant(database, world.here, "referent2", first="Ali", last="Ben")
    add_participant(database, world.there, first="Lou", last="Loin")
    assert names(visitor(world.here.users["referent"])) == ["Zoé Leroy"]
    assert names(visitor(world.here.users["referent2"])) == ["Ali Ben"]
    assert names(visitor(world.here.users["coordinator"])) == ["Ali Ben", "Zoé Leroy"]
    assert names(visitor(world.there.users["coordinator"])) == ["Lou Loin"]


def test_names_come_in_the_order_of_a_french_list(visitor: Open, database: Database, world: World) -> None:
    for last in ("Bultel", "Évrard", "Bécart", "Fichaux", "eluard"):
        add_participant(database, world.here, last=last)
    listed = names(visitor(world.here.users["referent"]))
    assert listed == [f"Zoé {last}" for last in ("Bécart", "Bultel", "eluard", "Évrard", "Fichaux")]


def test_who_stands_in_for_a_colleague_reads_whose_each_participant_is(
    visitor: Open, database: Database, world: World
) -> None:
    add_participant(database, world.here)
    add_participant(database, world.here, "referent2", first="Ali", last="Ben")
    claire, denis = (visitor(world.here.users[key]) for key in KEYS)
    assert "Référent·e" not in denis.get("/participants").text.split("<table")[1]
    with database.read() as db:
        keys = {key: db.get_one(UserRow, world.here.users[key]).public_id for key in KEYS}
    form = {"delegate": keys["referent2"], "from_on": TODAY.isoformat(), "until_on": TODAY.isoformat()}
    assert claire.post("/absences", form).status_code == 303
    assert "Claire Référente" in denis.get("/participants").text.split("<table")[1]
    hers = denis.json(f"/participants?referent={keys['referent']}")
    assert [row["name"] for row in hers["rows"]] == ["Zoé Leroy"]


def test_colleagues_of_the_operator_show_identity_and_state_only(
    visitor: Open, database: Database, world: World
) -> None:
    add_participant(database, world.here, "referent2", first="Ali", last="Ben")
    claire = visitor(world.here.users["referent"])
    view = claire.json("/participants?vue=structure&manque=1&sans_etape=30")
    assert view["rows"] == []
    assert view["colleagues"] == [
        {
            "name": "Ali Ben",
            "commune": "Saint-Omer",
            "state": "actif",
            "state_label": "En parcours",
            "referent": "Denis Référent",
        }
    ]


def test_a_file_says_since_when_she_is_out_not_when_she_came_in(
    visitor: Open, database: Database, world: World
) -> None:
    out = add_participant(
        database, world.here, state=SpellState.EXITED, entered=date(2025, 9, 1), exited=date(2026, 3, 2)
    )
    followed = add_participant(database, world.here, last="Ben", state=SpellState.SUSPENDED)
    claire = visitor(world.here.users["referent"])
    assert "Sorti</span> depuis le 02/03/2026" in claire.get(f"/participants/{out}").text
    suspended = claire.get(f"/participants/{followed}").text
    assert "Suspendu</span>, dans le PLIE depuis le 01/09/2025" in suspended


def test_the_list_is_searched_without_accents_and_filtered_in_the_address(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    ali = add_participant(database, world.here, first="Ali", last="Ben", insee=None)
    add_participant(database, world.here, first="Ida", last="Sortie", state=SpellState.EXITED, exited=TODAY)
    add_participant(database, world.here, first="Eve", last="Emploi", state=SpellState.JOB_FOLLOW_UP)
    claire = visitor(world.here.users["referent"])
    assert named(claire, q="zoe") == ["Zoé Leroy"]
    assert names(claire, "?etat=suivi_emploi") == ["Eve Emploi"]
    assert named(claire, sorti="1", q="ida") == ["Ida Sortie"]
    assert names(claire) == ["Ali Ben", "Eve Emploi", "Zoé Leroy"]
    # A step that ended 31 days before today is out of the last 30 days, in the last 60.
    add_step(
        database,
        world,
        zoe,
        date(2025, 10, 1),
        ended_on=TODAY - timedelta(days=31),
        state=StepState.DONE,
    )
    add_step(database, world, ali, date(2026, 1, 5), planned_ends_on=date(2026, 2, 20))
    assert names(claire, "?sans_etape=30") == ["Eve Emploi", "Zoé Leroy"]
    assert names(claire, "?sans_etape=60") == ["Eve Emploi"]
    assert names(claire, "?fin=30") == ["Ali Ben"]
    # All entered on 01/09/2025; a call of 20/12/2025 is 45 days before today: not yet more than 45.
    add_contact(database, world, zoe, date(2025, 12, 20))
    add_contact(database, world, ali, date(2025, 12, 19))
    assert names(claire, "?sans_contact=45") == ["Ali Ben", "Eve Emploi"]
    page = claire.get(claire.filtered("/participants", q="zoe", manque="1", sans_etape="30")).text
    assert "1\xa0personne" in page
    for chip in ("Nom\u202f: zoe", "Données manquantes", "Sans étape depuis 30 jours", "Tout afficher"):
        assert chip in page
    nobody = claire.filtered("/participants", q="inconnue")
    assert "Personne ne répond à ces filtres" in claire.get(nobody).text


def test_a_list_nobody_is_in_says_what_to_do(visitor: Open, world: World) -> None:
    assert "son nom suffit pour commencer" in visitor(world.here.users["referent"]).get("/participants").text


def test_twenty_a_page_in_a_fixed_number_of_queries(visitor: Open, database: Database, world: World) -> None:
    claire = visitor(world.here.users["referent"])
    add_participant(database, world.here, first="Ada", last="Aaa")
    claire.get("/participants")
    with counted_queries(database) as few:
        claire.get("/participants")
    for number in range(24):
        add_participant(database, world.here, first=f"Prénom{number}", last=f"Nom{number:02d}", birth=None)
    with counted_queries(database) as many:
        view = claire.json("/participants?tri=-contact&page=2")
    assert len(few) == len(many)
    assert (view["listing"]["total"], len(view["rows"])) == (25, 5)


def test_a_file_is_read_in_a_fixed_number_of_queries_and_each_reading_is_kept(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.get(f"/participants/{zoe}")
    with counted_queries(database) as few:
        claire.get(f"/participants/{zoe}")
    for day in range(1, 13):
        add_contact(database, world, zoe, date(2026, 1, day), shared_note="Vue.")
        add_step(database, world, zoe, date(2025, 12, day))
    with counted_queries(database) as many:
        assert len(claire.json(f"/participants/{zoe}")["time_line"]) == 25
    assert len(few) == len(many)
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(ReadJournalRow)) == 3
    readings = claire.json(f"/participants/{zoe}/lectures")
    assert [(one["reader"], one["screen"]) for one in readings["rows"]] == [("Claire Référente", "Fiche")] * 3


def test_the_file_of_another_caseload_or_territory_does_not_exist(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    for user in (
        world.here.users["referent2"],
        world.there.users["referent"],
        world.there.users["coordinator"],
    ):
        other = visitor(user)
        for page in ("", "/lectures"):
            assert other.get(f"/participants/{zoe}{page}").status_code == 404
            answer = other.client.get(f"/participants/{zoe}{page}", headers={"accept": "application/json"})
            assert answer.status_code == 404
            assert "Zoé" not in answer.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(ReadJournalRow)) == 0


def test_the_coordination_reads_neither_causes_nor_working_notes_nor_grounds(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here, nationality="belge")
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/contraintes", {"version": "new", "care": "no_need", "phys_loads": "no"})
    claire.post(
        f"/participants/{zoe}/eligibilite",
        {"criterion": "RSA", "asked_from": "2026-01-01", "proof_label": "Attestation CAF ou MSA"},
    )
    add_contact(database, world, zoe, date(2026, 1, 6), shared_note="CV à faire", working_note="secret")
    answer = visitor(world.here.users["coordinator"]).client.get(
        f"/participants/{zoe}", headers={"accept": "application/json"}
    )
    view = answer.json()
    assert view["eligible"] == [{"starts_on": "2026-01-01", "ends_on": "2027-12-31"}]
    assert view["time_line"][0]["contact"]["shared_note"] == "CV à faire"
    for secret in ("secret", "RSA", "belge", "working_note", '"care"', '"physical"', "criterion"):
        assert secret not in answer.text, secret
    page = visitor(world.here.users["coordinator"]).get(f"/participants/{zoe}").text
    for secret in ("secret", "RSA", "belge", "charges"):
        assert secret not in page.split("<main")[1], secret


def test_a_new_referent_does_not_read_the_working_notes_of_the_former(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(
        database, world.here, "referent2", state=SpellState.EXITED, exited=date(2025, 12, 1)
    )
    add_contact(
        database, world, zoe, date(2025, 11, 3), shared_note="Vue.", working_note="intime", author="referent2"
    )
    claire = visitor(world.here.users["referent"])
    typed = {"first_name": "Zoé", "last_name": "Leroy", "birth_date": "1990-05-12", "state": "prescrit"}
    claire.post("/participants/nouveau", {**typed, "decision": zoe})
    page = claire.get(f"/participants/{zoe}").text
    assert "Vue." in page
    assert "intime" not in page


def test_a_clause_step_shows_its_validated_hours_and_its_firm(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    person, _ = ids(database, zoe)
    here = world.here
    with database.write() as db:
        marche = MarcheRow(
            territory_id=here.id,
            reference="2026-01",
            title="Groupe scolaire",
            buyer_id=here.organisations["buyer"],
            legal_bases=(),
        )
        db.add(marche)
        db.flush()
        lot = LotRow(
            territory_id=here.id,
            marche_id=marche.id,
            number="1",
            title="Gros œuvre",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            grid_id="grille-nationale",
            rules=Rules(),
        )
        db.add(lot)
        db.flush()
        placement = PlacementRow(
            territory_id=here.id,
            person_id=person,
            lot_id=lot.id,
            legal_employer_id=here.organisations["firm"],
            user_company_id=here.organisations["firm"],
            employment_kind=EmploymentKind.CDD,
            starts_on=date(2026, 1, 5),
        )
        db.add(placement)
        db.flush()
        placement_id = placement.id
    step = add_step(
        database,
        world,
        zoe,
        date(2026, 1, 5),
        kind=StepKind.CLAUSE,
        label="Gros œuvre",
        hours=12050,
        placement_id=placement_id,
    )
    claire = visitor(here.users["referent"])
    page = claire.get(f"/participants/{zoe}").text
    assert "120,50\u202fh</strong> validées" in page
    assert "Bâti Audomarois" in page
    for answer in (
        claire.get(f"/participants/{zoe}/etapes/{step}"),
        claire.post(f"/participants/{zoe}/etapes/{step}", {"label": "Autre"}),
    ):
        assert answer.status_code == 403
        assert "heures validées" in answer.text


def test_the_agreement_on_the_name_is_given_and_taken_back(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    assert claire.post(f"/participants/{zoe}/nom", {"shared": "1"}).status_code == 303
    assert claire.json(f"/participants/{zoe}")["name_shared_on"] == "2026-02-03"
    claire.post(f"/participants/{zoe}/nom", {"shared": "0"})
    assert claire.json(f"/participants/{zoe}")["name_shared_on"] is None
    assert visitor(world.here.users["referent2"]).post(f"/participants/{zoe}/nom").status_code == 404


def test_an_ended_period_no_longer_says_eligible(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    typed = {"criterion": "RSA", "asked_from": "2026-01-01", "proof_label": "Attestation CAF ou MSA"}
    claire.post(f"/participants/{zoe}/eligibilite", typed)
    with database.read() as db:
        period = db.scalar(sa.select(col(EligibilityRow.public_id)))
    claire.post(
        f"/participants/{zoe}/eligibilite/{period}/revocation",
        {"revoked_on": "2026-02-01", "revoked_reason": "Justificatif retiré"},
    )
    view = claire.json(f"/participants/{zoe}")
    assert view["eligible"] == []
    assert view["periods"][0]["revoked_reason"] == "Justificatif retiré"
