"""Projects: several, each with its own conditions."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import col

from matching.terms import EmploymentKind, RomeWeight
from service.tables import PersonRow, ProjectRow
from service.tables.session import Database
from service.vocabulary import OccupationSource
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
TYPED = {
    "title": "Travailler en cuisine",
    "wanted_0": "G1602",
    "wanted_1": "K2204",
    "max_travel_minutes": "45",
    "radius_km": "15",
    "min_weekly_hours": "24h30",
    "max_weekly_hours": "35",
    "employment_kinds": ["cdi", "cdd"],
    "earliest_start": "2026-03-01",
    "min_hourly_wage": "12,50",
    "target_rome": "G1601",
}


def projects(database: Database) -> list[ProjectRow]:
    with database.read() as db:
        rows = db.scalars(sa.select(ProjectRow).order_by(col(ProjectRow.id))).all()
        db.expunge_all()
        return list(rows)


def test_a_project_keeps_its_conditions(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    assert claire.post(f"/participants/{zoe}/projets/nouveau", TYPED).status_code == 303
    [row] = projects(database)
    assert row.wanted == (RomeWeight(rome="G1602", weight=10000), RomeWeight(rome="K2204", weight=10000))
    # 24 h 30 = 24,50 h = 2450 hundredths; 12,50 € = 1250 cents.
    assert (row.min_weekly_hours, row.max_weekly_hours, row.min_hourly_wage_cents) == (2450, 3500, 1250)
    assert row.employment_kinds == (EmploymentKind.CDI, EmploymentKind.CDD)
    assert (row.max_travel_minutes, row.radius_km, row.target_rome) == (45, 15, "G1601")
    line = claire.json(f"/participants/{zoe}")["projects"][0]
    assert "de 24,50\u202fh à 35\u202fh par semaine" in line["conditions"]
    page = claire.get(f"/participants/{zoe}/projets/{line['id']}").text
    for shown in ('value="24,5"', "(G1602)", "(K2204)", 'value="12,5"', 'value="2026-03-01"'):
        assert shown in page, shown


def test_a_project_without_a_trade_or_with_crossed_hours_is_refused(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    answer = visitor(world.here.users["referent"]).post(
        f"/participants/{zoe}/projets/nouveau",
        {"title": "", "min_weekly_hours": "35", "max_weekly_hours": "20", "max_travel_minutes": "900"},
        as_json=True,
    )
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {"title", "wanted_0", "max_weekly_hours", "max_travel_minutes"}
    assert projects(database) == []


def test_the_weights_of_an_import_survive_an_edit(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    with database.write() as db:
        person_id = db.scalars(sa.select(col(PersonRow.id))).one()
        row = ProjectRow(
            territory_id=world.here.id,
            person_id=person_id,
            title="Ménage",
            wanted=(RomeWeight(rome="K2204", weight=10000), RomeWeight(rome="K1304", weight=4200)),
        )
        db.add(row)
        db.flush()
        address = f"/participants/{zoe}/projets/{row.public_id}"
    claire = visitor(world.here.users["referent"])
    version = claire.json(address)["version"]
    typed = {"title": "Ménage", "wanted_0": "K2204", "wanted_1": "K1304", "wanted_2": "G1602"}
    assert claire.post(address, {**typed, "version": version, "closed": "1"}).status_code == 303
    [kept] = projects(database)
    assert [(one.rome, one.weight) for one in kept.wanted] == [
        ("K2204", 10000),
        ("K1304", 4200),
        ("G1602", 10000),
    ]
    assert not kept.active
    assert claire.post(address, {**typed, "version": version}).status_code == 409


def test_a_project_belongs_to_one_person(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    ali = add_participant(database, world.here, first="Ali", last="Ben")
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/projets/nouveau", TYPED)
    project = projects(database)[0].public_id
    assert claire.get(f"/participants/{ali}/projets/{project}").status_code == 404
    assert (
        visitor(world.here.users["referent2"]).get(f"/participants/{zoe}/projets/{project}").status_code
        == 404
    )


WORDS = "second de cuisine en gastronomie"


def add_vague(claire: Visitor, person: str) -> str:
    """A project whose second occupation is words that may mean several; its address."""
    typed = {"title": "Cuisine", "wanted_0": "K2204", "wanted_1": WORDS}
    answer = claire.post(f"/participants/{person}/projets/nouveau", typed)
    assert answer.status_code == 303
    return f"/participants/{person}/projets/{claire.json(f'/participants/{person}')['projects'][0]['id']}"


def test_words_that_may_mean_several_trades_are_saved_and_asked_with_three_to_five_choices(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = add_vague(claire, zoe)
    [asked] = claire.json(f"/participants/{zoe}")["to_confirm"]
    assert (asked["text"], asked["source"]) == (WORDS, "Déduit des mots")
    codes = [one["code"] for one in asked["choices"]]
    assert 3 <= len(codes) <= 5
    assert "Proposé, à confirmer" in claire.get(f"/participants/{zoe}").text
    # The field shows again what was typed, and saving it unchanged keeps it as it is.
    page = claire.get(address).text
    assert f'value="{WORDS}"' in page
    before = projects(database)[0].readings
    again = {"title": "Cuisine", "wanted_0": "K2204", "wanted_1": WORDS}
    assert claire.post(address, {**again, "version": claire.json(address)["version"]}).status_code == 303
    assert projects(database)[0].readings == before

    assert claire.post(f"{address}/metier", {"text": WORDS, "code": codes[1]}).status_code == 303
    [row] = projects(database)
    first, second = row.readings
    assert (first.text, first.source) == ("K2204", OccupationSource.TYPED)
    assert (second.text, second.source, second.rome[0].rome) == (WORDS, OccupationSource.CONFIRMED, codes[1])
    whole = {one.rome for one in row.wanted if one.weight == 10_000}
    assert whole == {"K2204", codes[1]}
    assert claire.json(f"/participants/{zoe}")["to_confirm"] == []


def test_a_choice_is_refused_once_settled_or_to_whom_it_is_not(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = add_vague(claire, zoe)
    code = claire.json(f"/participants/{zoe}")["to_confirm"][0]["choices"][0]["code"]
    sent = {"text": WORDS, "code": code}
    assert visitor(world.here.users["referent2"]).post(f"{address}/metier", sent).status_code == 404
    assert visitor(world.here.users["liaison"]).post(f"{address}/metier", sent).status_code == 403
    assert claire.post(f"{address}/metier", {**sent, "code": "Z9999"}).status_code == 409
    assert claire.post(f"{address}/metier", {"text": WORDS}).status_code == 422
    assert claire.post(f"{address}/metier", sent).status_code == 303
    assert claire.post(f"{address}/metier", sent).status_code == 409


def test_a_trade_clear_enough_is_accepted_alone_and_nonsense_is_refused(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/projets/nouveau"
    assert claire.post(address, {"title": "Entrepôt", "wanted_0": "cariste caces 3"}).status_code == 303
    [row] = projects(database)
    assert (row.wanted[0], row.readings[0].source) == (
        RomeWeight(rome="N1101", weight=10_000),
        OccupationSource.PROPOSED,
    )
    assert claire.post(address, {"title": "Rien", "wanted_0": "12 / 35"}).status_code == 422
