"""Entry by hand: create, be told of who is known already, come back, edit, duplicate."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from matching.participant import Modes, Physical
from matching.terms import Answer, Mode, PhysicalDemand, RomeWeight
from matching.week import AvailabilityWindows, CareUnknown, NoCareNeed, every_day
from service.tables import PersonRow, ProfileRow, ProjectRow, SpellRow, TerritoryRow
from service.tables.session import Database
from service.vocabulary import SpellState
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
ZOE = {
    "first_name": "Zoé",
    "last_name": "Leroy",
    "birth_date": "1990-05-12",
    "commune": "Saint-Omer",
    "state": "actif",
    "entered_on": "2026-01-05",
}


def spells_of(database: Database, public_id: str) -> list[SpellRow]:
    with database.read() as db:
        rows = db.scalars(
            sa.select(SpellRow)
            .join(PersonRow, col(PersonRow.id) == col(SpellRow.person_id))
            .where(col(PersonRow.public_id) == public_id)
            .order_by(col(SpellRow.id))
        ).all()
        db.expunge_all()
        return list(rows)


def people(database: Database) -> int:
    with database.read() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(PersonRow)) or 0


def test_a_name_is_enough_to_begin(visitor: Open, database: Database, world: World) -> None:
    claire = visitor(world.here.users["referent"])
    answer = claire.post(
        "/participants/nouveau", {"first_name": "Zoé", "last_name": "Leroy", "state": "prescrit"}
    )
    assert answer.status_code == 303
    view = claire.json(answer.headers["location"])
    assert (view["name"], view["spell"]["state"]) == ("Zoé Leroy", "prescrit")
    assert view["tasks"][0]["sentence"].startswith("Dans quelle commune")
    with database.read() as db:
        assert db.get_one(TerritoryRow, world.here.id).participants_stamp == 1


def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(visitor: Open, world: World) -> None:
    answer = visitor(world.here.users["referent"]).post(
        "/participants/nouveau",
        {
            "first_name": "Zoé",
            "last_name": "",
            "birth_date": "2025-01-01",
            "email": "zoe",
            "phone": "12",
            "commune": "Nulleparville",
            "state": "actif",
        },
    )
    assert answer.status_code == 422
    assert "6 points sont à reprendre" in answer.text
    for sentence in ("Nom d’usage", "1 ans", "adresse e-mail", "06 12 34 56 78", "Nulleparville", "entrée"):
        assert sentence in answer.text
    assert 'value="Zoé"' in answer.text
    assert 'value="Nulleparville"' in answer.text


def test_a_person_known_already_is_shown_before_anything_is_created(
    visitor: Open, database: Database, world: World
) -> None:
    add_participant(database, world.here, "referent2", birth_name="")
    claire = visitor(world.here.users["referent"])
    answer = claire.post("/participants/nouveau", {**ZOE, "last_name": "LEROY"})
    assert answer.status_code == 422
    assert "même nom et même date de naissance" in answer.text
    assert "accompagnée par Denis Référent" in answer.text
    assert people(database) == 1
    assert claire.post("/participants/nouveau", {**ZOE, "decision": "new"}).status_code == 303
    assert people(database) == 2


def test_somebody_under_way_elsewhere_is_not_taken_over(
    visitor: Open, database: Database, world: World
) -> None:
    known = add_participant(database, world.here, "referent2")
    answer = visitor(world.here.users["referent"]).post("/participants/nouveau", {**ZOE, "decision": known})
    assert answer.status_code == 409
    assert "déjà ouvert" in answer.text
    assert len(spells_of(database, known)) == 1


def test_coming_back_opens_a_second_spell_and_keeps_the_first(
    visitor: Open, database: Database, world: World
) -> None:
    known = add_participant(
        database, world.here, "referent2", state=SpellState.EXITED, exited=date(2025, 12, 1), phone="06"
    )
    claire = visitor(world.here.users["referent"])
    assert claire.get(f"/participants/{known}").status_code == 404
    answer = claire.post("/participants/nouveau", {**ZOE, "phone": "07 11 22 33 44", "decision": known})
    assert answer.headers["location"] == f"/participants/{known}"
    first, second = spells_of(database, known)
    assert (first.exited_on, first.state) == (date(2025, 12, 1), SpellState.EXITED)
    assert (second.exited_on, second.entered_on) == (None, date(2026, 1, 5))
    assert people(database) == 1
    view = claire.json(f"/participants/{known}")
    # Her identity was not overwritten by what was typed again.
    assert view["phone"] == "06"
    assert [one["state"] for one in view["spells"]] == ["actif", "sorti"]
    assert visitor(world.here.users["referent2"]).get(f"/participants/{known}").status_code == 404


def test_a_return_before_the_former_exit_is_refused(visitor: Open, database: Database, world: World) -> None:
    known = add_participant(
        database, world.here, "referent2", state=SpellState.EXITED, exited=date(2026, 1, 20)
    )
    answer = visitor(world.here.users["referent"]).post("/participants/nouveau", {**ZOE, "decision": known})
    assert answer.status_code == 422
    assert "20/01/2026" in answer.text
    assert len(spells_of(database, known)) == 1


def test_a_person_of_another_territory_cannot_be_chosen(
    visitor: Open, database: Database, world: World
) -> None:
    elsewhere = add_participant(database, world.there, state=SpellState.EXITED, exited=date(2025, 12, 1))
    add_participant(database, world.here, "referent2")
    answer = visitor(world.here.users["referent"]).post(
        "/participants/nouveau", {**ZOE, "decision": elsewhere}
    )
    assert answer.status_code == 404


def test_two_who_edit_at_once_do_not_erase_each_other(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    one, two = visitor(world.here.users["referent"]), visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/identite"
    version = one.json(address)["version"]
    typed = {"first_name": "Zoé", "last_name": "Leroy", "birth_date": "1990-05-12", "version": version}
    assert one.post(address, {**typed, "phone": "06 12 34 56 78"}).status_code == 303
    late = two.post(address, {**typed, "street": "3 rue des Tanneurs"})
    assert late.status_code == 409
    assert "pendant votre saisie" in late.text
    assert 'value="3 rue des Tanneurs"' in late.text
    assert one.json(f"/participants/{zoe}")["phone"] == "06 12 34 56 78"
    # The page that came back carries the new version: a second, deliberate sending is taken.
    version = two.json(address)["version"]
    assert version in late.text
    assert two.post(address, {**typed, "version": version, "street": "3 rue"}).status_code == 303


def test_renaming_towards_a_known_person_asks_first(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here, first="Zoe", last="Leroi")
    add_participant(database, world.here, "referent2")
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/identite"
    typed = {"first_name": "Zoé", "last_name": "Leroy", "birth_date": "1990-05-12"}
    typed["version"] = claire.json(address)["version"]
    asked = claire.post(address, typed)
    assert asked.status_code == 422
    assert "Est-ce la même personne" in asked.text
    assert claire.post(address, {**typed, "decision": "new"}).status_code == 303


def test_children_kept_at_home_move_with_the_person(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(
        f"/participants/{zoe}/contraintes",
        {"version": "new", "care": "windows", "care_where": "home", "k0so_etat": "none"},
    )
    address = f"/participants/{zoe}/identite"
    typed = {"first_name": "Zoé", "last_name": "Leroy", "birth_date": "1990-05-12", "commune": "62040"}
    assert claire.post(address, {**typed, "version": claire.json(address)["version"]}).status_code == 303
    with database.read() as db:
        assert db.scalar(sa.select(col(ProfileRow.care_insee))) == "62040"


def test_a_duplicate_takes_what_can_be_shared_and_nothing_private(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here, phone="06 12 34 56 78")
    with database.write() as db:
        person_id = db.scalars(sa.select(col(PersonRow.id)).where(col(PersonRow.public_id) == zoe)).one()
        db.add(
            ProfileRow(
                person_id=person_id,
                territory_id=world.here.id,
                availability=AvailabilityWindows(windows=every_day(480, 1020)),
                care=NoCareNeed(),
                modes=Modes(**{m.value: Answer.YES for m in Mode if m is not Mode.SHUTTLE}),
                physical=Physical(**{d.value: Answer.NO for d in PhysicalDemand}),
                skills=("Soudure",),
            )
        )
        db.add(
            ProjectRow(
                territory_id=world.here.id,
                person_id=person_id,
                title="Soudeuse",
                wanted=(RomeWeight(rome="H2913", weight=10000),),
            )
        )
    claire = visitor(world.here.users["referent"])
    page = claire.get(f"/participants/{zoe}/dupliquer")
    assert "Leroy" not in page.text
    assert "06 12 34 56 78" not in page.text
    made = claire.post(
        "/participants/nouveau",
        {"first_name": "Ali", "last_name": "Ben", "state": "prescrit", "copied_from": zoe},
    )
    view = claire.json(made.headers["location"])
    assert view["skills"] == ["Soudure"]
    assert [one["title"] for one in view["projects"]] == ["Soudeuse"]
    assert (view["care"]["known"], view["physical"][0]["answer"], view["phone"]) == (False, "unknown", "")
    with database.read() as db:
        assert (
            db.scalars(sa.select(ProfileRow).order_by(col(ProfileRow.person_id))).all()[1].care
            == CareUnknown()
        )


def test_nobody_duplicates_the_file_of_another_caseload(
    visitor: Open, database: Database, world: World
) -> None:
    other = add_participant(database, world.here, "referent2")
    claire = visitor(world.here.users["referent"])
    assert claire.get(f"/participants/{other}/dupliquer").status_code == 404
    answer = claire.post("/participants/nouveau", {**ZOE, "first_name": "Ali", "copied_from": other})
    assert answer.status_code == 404


def test_two_referents_who_welcome_her_back_at_once_open_one_spell(
    visitor: Open, database: Database, world: World
) -> None:
    known = add_participant(
        database, world.here, "referent2", state=SpellState.EXITED, exited=date(2025, 12, 1)
    )
    both = [visitor(world.here.users[name]) for name in ("referent", "referent2")]
    for one in both:
        one.get("/participants/nouveau")
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda one: one.post("/participants/nouveau", {**ZOE, "decision": known}), both)
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [one.exited_on for one in spells_of(database, known)] == [date(2025, 12, 1), None]
