"""Situation and constraints: typed, kept, refused with everything still there."""

from collections.abc import Callable

import sqlalchemy as sa

from matching.participant import Certificate, Experience, Licence
from matching.terms import Answer, LanguageLevel
from matching.week import AvailabilityUnknown, AvailabilityWindows, CareWindows, child, every_day
from service.tables import ProfileRow, TerritoryRow
from service.tables.session import Database
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
TYPED = {
    "version": "new",
    "children": "1",
    "care": "windows",
    "care_where": "place",
    "care_place": "Crèche des Lutins",
    "care_commune": "Arques (62510)",
    "drop_off": "10",
    "pick_up": "",
    "mode_bike": "yes",
    "mode_car": "no",
    "lic0_cat": "B",
    "lic0_until": "2030-01-31",
    "cert_none": "1",
    "language": "B1",
    "phys_loads": "no",
    "skills": "Nettoyage\n\nAccueil\nNettoyage",
    "exp0_rome": "K2204",
    "exp0_months": "18",
    **{
        f"{grid}{day}_0_{end}": value
        for grid in ("dispo", "k0so")
        for day in range(5)
        for end, value in (("de", "08:00"), ("a", "17:30"))
    },
}


def profile(database: Database) -> ProfileRow | None:
    with database.read() as db:
        row = db.scalar(sa.select(ProfileRow))
        db.expunge_all()
        return row


def test_what_is_typed_is_what_matching_reads(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    assert claire.post(f"/participants/{zoe}/contraintes", TYPED).status_code == 303
    row = profile(database)
    assert row is not None
    week = every_day(480, 1050)  # 8 h = 480 min, 17 h 30 = 1050 min
    assert row.availability == AvailabilityWindows(windows=week)
    assert row.care == CareWindows(children=(child(week, None),))
    assert (row.care_place, row.care_insee, row.drop_off_minutes, row.pick_up_minutes) == (
        "Crèche des Lutins",
        "62040",
        10,
        5,
    )
    assert (row.modes.bike, row.modes.car, row.modes.transit) == (Answer.YES, Answer.NO, Answer.UNKNOWN)
    assert [one.category for one in row.licences] == ["B"]
    assert isinstance(row.licences[0], Licence)
    assert row.certificates == ()
    assert (row.language, row.physical.loads) == (LanguageLevel.B1, Answer.NO)
    assert row.skills == ("Nettoyage", "Accueil")
    assert row.experience == (Experience(rome="K2204", months=18),)
    assert row.updated_on is not None
    with database.read() as db:
        assert db.get_one(TerritoryRow, world.here.id).participants_stamp == 1


def test_an_empty_form_leaves_everything_unexplored(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/contraintes", {"version": "new", "care": "unknown"})
    row = profile(database)
    assert row is not None
    assert row.availability == AvailabilityUnknown()
    assert (row.licences, row.certificates, row.skills, row.experience) == (None, None, None, None)
    assert len(claire.json(f"/participants/{zoe}")["tasks"]) == 6


def test_every_fault_comes_back_at_once_with_all_that_was_typed(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    answer = visitor(world.here.users["referent"]).post(
        f"/participants/{zoe}/contraintes",
        {
            **TYPED,
            "dispo2_0_a": "07:00",
            "care_commune": "",
            "lic1_until": "2020-13-45",
            "lic_none": "1",
            "exp1_months": "quinze",
            "cert0_until": "2027-01-01",
            "drop_off": "500",
        },
    )
    assert answer.status_code == 422
    for sentence in (
        "avant son début",
        "Commune du lieu de garde",
        "2020-13-45",
        "décochez",
        "quinze",
        "Certificat, ligne 1",
        "entre 0 et 120",
    ):
        assert sentence in answer.text, sentence
    assert "Crèche des Lutins" in answer.text
    assert "Nettoyage\n\nAccueil" in answer.text.replace("\r\n", "\n")
    assert profile(database) is None


def test_a_word_that_means_several_trades_is_asked_again(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    answer = visitor(world.here.users["referent"]).post(
        f"/participants/{zoe}/contraintes", {**TYPED, "exp0_rome": "chaussures"}
    )
    assert answer.status_code == 422
    assert "plusieurs métiers" in answer.text


def test_copying_monday_saves_nothing_and_loses_nothing(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    answer = visitor(world.here.users["referent"]).post(
        f"/participants/{zoe}/contraintes",
        {
            "version": "new",
            "dispo0_0_de": "06:15",
            "dispo0_0_a": "14:00",
            "skills": "Soudure",
            "geste": "lundi:dispo",
        },
    )
    assert answer.status_code == 200
    assert answer.text.count('value="06:15"') == 5
    assert "Soudure" in answer.text
    assert profile(database) is None


def test_a_second_child_may_be_like_the_first(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/contraintes"
    more = claire.post(address, {**TYPED, "geste": "enfant"})
    assert "Enfant 2" in more.text
    same = claire.post(address, {**TYPED, "children": "2", "geste": "comme:1"})
    assert 'name="k1so4_0_a" value="17:30"' in same.text


def test_two_who_edit_at_once_do_not_erase_each_other(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    address = f"/participants/{zoe}/contraintes"
    one, two = visitor(world.here.users["referent"]), visitor(world.here.users["referent"])
    assert one.post(address, TYPED).status_code == 303
    late = two.post(address, {**TYPED, "skills": "Peinture"})
    assert late.status_code == 409
    assert "Peinture" in late.text
    row = profile(database)
    assert row is not None
    assert row.skills == ("Nettoyage", "Accueil")
    version = two.json(address)["version"]
    assert two.post(address, {**TYPED, "skills": "Peinture", "version": version}).status_code == 303


def test_what_is_stored_is_shown_again_as_it_was_typed(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/contraintes"
    typed = {key: value for key, value in TYPED.items() if key != "cert_none"}
    claire.post(address, {**typed, "cert0_code": "CACES R489-3", "cert0_until": "2027-01-01"})
    before = profile(database)
    assert before is not None
    assert [one.code for one in before.certificates] == ["CACES R489-3"]
    assert isinstance(before.certificates[0], Certificate)
    page = claire.get(address).text
    for shown in (
        'value="17:30"',
        "Crèche des Lutins",
        "Arques (62510)",
        "CACES R489-3",
        "(K2204)",
        'value="18"',
    ):
        assert shown in page, shown


def test_nobody_else_opens_the_constraints(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    address = f"/participants/{zoe}/contraintes"
    for user in (world.here.users["referent2"], world.there.users["referent"]):
        other = visitor(user)
        assert other.get(address).status_code == 404
        assert other.post(address, TYPED, as_json=True).status_code == 404
    for role in ("coordinator", "liaison", "facilitator", "contractor", "admin"):
        assert visitor(world.here.users[role]).get(address).status_code == 403


def test_the_page_opens_on_what_is_told_and_stays_open_on_what_is_refused(
    visitor: Open, database: Database, world: World
) -> None:
    """Two of eight means of transport, one of ten demands; nothing of her French once it is taken off."""
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = f"/participants/{zoe}/contraintes"
    assert set(claire.json(address)["told"].values()) == {"non exploré"}
    assert claire.post(address, {**TYPED, "language": ""}).status_code == 303
    view = claire.json(address)
    assert view["told"] == {
        "dispo": "renseigné",
        "care": "renseigné",
        "mode_": "2 sur 8",
        "lic": "renseigné",
        "cert": "renseigné",
        "language": "non exploré",
        "phys_": "1 sur 10",
        "skills": "renseigné",
        "exp": "renseigné",
    }
    assert '<details class="fold" open>' not in claire.get(address).text
    refused = claire.post(address, {**TYPED, "version": view["version"], "exp0_rome": "chaussures"})
    assert refused.text.count('<details class="fold" open>') == 9
