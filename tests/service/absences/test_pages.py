"""A caseload left to a colleague: from its first day to its last, then given back by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from service.tables import AuditRow, TerritoryRow, UserRow
from service.tables.session import Database
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import TODAY, World

Open = Callable[..., Visitor]


def on(database: Database, world: World, today: date) -> None:
    with database.write() as db:
        db.get_one(TerritoryRow, world.here.id).stored_today = today


def public(database: Database, key: int) -> str:
    with database.read() as db:
        return db.get_one(UserRow, key).public_id


def test_a_colleague_has_the_caseload_on_its_days_and_no_other(
    database: Database, visitor: Open, world: World
) -> None:
    """Today is 3 February; away from the 5th to the 7th."""
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    denis = visitor(world.here.users["referent2"])
    delegate = public(database, world.here.users["referent2"])
    form = {"delegate": delegate, "from_on": "2026-02-05", "until_on": "2026-02-07"}
    assert claire.post("/absences", form).status_code == 303
    seen = {}
    for number in range(4, 9):
        on(database, world, date(2026, 2, number))
        seen[number] = denis.get(f"/participants/{zoe}").status_code
        # She is away, not dismissed.
        assert claire.get(f"/participants/{zoe}").status_code == 200
    assert seen == {4: 404, 5: 200, 6: 200, 7: 200, 8: 404}
    with database.read() as db:
        told = db.scalars(sa.select(col(AuditRow.sentence)).where(col(AuditRow.act) == "absences.new.act"))
        assert list(told) == ["Du 05/02/2026 au 07/02/2026, Denis Référent remplace Claire Référente."]


def test_both_homes_say_it_and_it_can_be_ended_by_who_is_away(
    database: Database, visitor: Open, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    denis = visitor(world.here.users["referent2"])
    coordinator = visitor(world.here.users["coordinator"])
    ids = {key: public(database, world.here.users[key]) for key in ("referent", "referent2")}
    form = {"referent": ids["referent"], "delegate": ids["referent2"], "from_on": "2026-02-03"}
    assert coordinator.post("/absences", {**form, "until_on": "2026-02-20"}).status_code == 303
    assert "Du 03/02/2026 au 20/02/2026, Denis Référent vous remplace" in claire.get("/").text
    assert "vous remplacez Claire Référente" in denis.get("/").text
    assert "Denis Référent remplace Claire Référente" in coordinator.get("/").text
    absence = claire.json("/absences")["absences"][0]["id"]
    assert denis.post("/absences/terminer", {"absence": absence}).status_code == 404
    assert denis.get(f"/participants/{zoe}").status_code == 200
    assert claire.post("/absences/terminer", {"absence": absence}).status_code == 303
    assert denis.get(f"/participants/{zoe}").status_code == 404


def test_what_cannot_be_left_is_refused_at_its_field(database: Database, visitor: Open, world: World) -> None:
    claire = visitor(world.here.users["referent"])
    me, denis = (public(database, world.here.users[key]) for key in ("referent", "referent2"))
    stranger = public(database, world.there.users["referent2"])
    days = {"from_on": "2026-02-03", "until_on": "2026-02-20"}
    tomorrow, long = str(TODAY + timedelta(days=1)), str(TODAY + timedelta(days=400))
    for form, sentence in (
        ({**days, "delegate": me}, "collègue de la même structure"),
        ({**days, "delegate": stranger}, "collègue de la même structure"),
        ({**days, "delegate": denis, "until_on": "2026-02-02"}, "ce jour est passé"),
        ({**days, "delegate": denis, "until_on": long}, "un an au plus"),
        ({**days, "delegate": denis, "until_on": ""}, "à remplir"),
    ):
        answer = claire.post("/absences", form)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
    assert claire.post("/absences", {**days, "delegate": denis}).status_code == 303
    again = claire.post("/absences", {"from_on": tomorrow, "until_on": tomorrow, "delegate": denis})
    assert again.status_code == 422
    assert "déjà notée du 03/02/2026 au 20/02/2026" in again.text


def test_a_colleague_of_another_structure_has_nothing(
    database: Database, visitor: Open, world: World
) -> None:
    with database.write() as db:
        other = db.get_one(UserRow, world.here.users["referent2"])
        other.organisation_id = world.here.organisations["plie"]
        delegate = other.public_id
    form = {"delegate": delegate, "from_on": "2026-02-03", "until_on": "2026-02-20"}
    assert visitor(world.here.users["referent"]).post("/absences", form).status_code == 422


def test_who_has_no_colleague_reads_what_to_do_instead_of_an_empty_choice(
    database: Database, visitor: Open, world: World
) -> None:
    with database.write() as db:
        db.get_one(UserRow, world.here.users["referent2"]).active = False
    page = visitor(world.here.users["referent"]).get("/absences").text
    assert "Personne à qui confier" in page
    assert "Confier mes participants" not in page
