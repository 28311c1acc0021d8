"""Offers by hand: typed, refused with all faults, edited, duplicated, two people at once."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import col

from matching.offer import Flexibilities, ShuttleStop
from matching.terms import Answer, PhysicalDemand, RomeWeight
from matching.week import FixedWeek
from service.forms import Form
from service.offers.folds import folds
from service.tables import AuditRow, OfferRow, OrganisationRow, TerritoryRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.service.offers.typed import BASE, with_shifts
from tests.visitor import Visitor
from tests.world import World

Visit = Callable[..., Visitor]


def only_offer(database: Database) -> OfferRow:
    with database.read() as db:
        row = db.scalars(sa.select(OfferRow)).one()
        db.expunge(row)
        return row


def stamp(database: Database, territory: int) -> int:
    with database.read() as db:
        return db.get_one(TerritoryRow, territory).offers_stamp


def make(liaison: Visitor, **changes: object) -> str:
    answer = liaison.post("/offres/nouvelle", {**BASE, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_offer_typed_whole_is_kept_as_it_was_told(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    make(
        liaison,
        employer=world.here.organisation_ids["firm"],
        street="12 rue du Moulin",
        weekly_hours="24h30",
        hourly_wage="12,02",
        employment_kind="cdd",
        required_skills="Nettoyer\n\n  Nettoyer \nDésinfecter",
        licences=["B", "AM"],
        demands=["loads"],
        demands_told="oui",
        experience_months="6",
        schedule_kind="fixed",
        start_later="30",
        days_negotiable="1",
        shuttle0_commune="Saint-Omer (62500)",
        shuttle0_minutes="20",
        **with_shifts(s0_0="6:00-9:30"),
    )
    row = only_offer(database)
    assert row.territory_id == world.here.id
    assert row.employer_id == world.here.organisations["firm"]
    assert (row.insee, row.place_label) == ("62040", "12 rue du Moulin, Arques (62510)")
    assert row.latitude is not None
    # 24 h 30 = 24,50 h; 12,02 € = 1202 cents.
    assert (row.weekly_hours, row.hourly_wage_cents) == (2450, 1202)
    assert row.rome == (RomeWeight(rome="K2204", weight=10_000),)
    assert row.required_skills == ("Nettoyer", "Désinfecter")
    assert row.licences == ("AM", "B")
    assert row.demands == (PhysicalDemand.LOADS,)
    assert row.beginners is Answer.YES
    assert isinstance(row.schedule, FixedWeek)
    assert row.shuttle == (ShuttleStop(insee="62765", minutes=20),)
    assert row.flexibilities == Flexibilities(
        start_later_minutes=30,
        start_earlier_minutes=0,
        end_earlier_minutes=0,
        end_later_minutes=0,
        days_negotiable=True,
        start_date_days=0,
    )


def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    answer = liaison.post(
        "/offres/nouvelle",
        {**BASE, "title": "", "commune": "Arquesss", "weekly_hours": "7h5", "description": "Mots à garder"},
    )
    assert answer.status_code == 422
    assert "Intitulé\u202f: à remplir" in answer.text
    assert "Arquesss" in answer.text
    assert "7h5" in answer.text
    assert "Mots à garder" in answer.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(OfferRow)) == 0


def test_a_folded_part_says_what_it_holds_and_opens_on_a_fault_inside() -> None:
    typed = {
        "title": "Agent de tri",
        "licences": ["B", "C"],
        "required_skills": "Trier\n\nPeser\n",
        "start_later": "30",
        "s0_0_0_de": "08:00",
        "s0_0_0_a": "12:00",
    }
    form = Form.of(typed)
    form.fault("licences", "Permis : une réponse n’est pas dans la liste.")
    told = folds(form)
    # Two lines of skills that are not empty, two licences; one shift; one flexibility; no stop of a shuttle.
    assert told["needs"].held == ("2\xa0compétences exigées", "permis B, C")
    assert told["hours"].held == ("1\xa0créneau saisi",)
    assert told["may_move"].held == ("commencer plus tard (30\u202fmin)",)
    assert told["shuttle"].held == ()
    assert [name for name, one in told.items() if one.opened] == ["needs"]
    assert folds(Form.of({**typed, "aide": "copier0"}))["hours"].opened


def test_an_occupation_left_empty_is_read_from_the_title_to_be_confirmed(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    address = make(liaison, occupation="", title="Aide cuisinier en collectivité midi et soir H/F")
    view = liaison.json(address)
    assert (view["occupation_certain"], view["occupation_source"]) == (False, "Déduit des mots")
    assert 3 <= len(view["occupations"]) <= 5
    second = view["occupations"][1]["code"]
    assert liaison.post(f"{address}/metier", {"code": second}).status_code == 303
    after = liaison.json(address)
    assert (after["occupations"][0]["code"], after["occupation_certain"]) == (second, True)
    assert after["occupation_source"] == "Confirmé"
    assert liaison.post(f"{address}/metier", {"code": "Z9999"}).status_code == 409


def test_each_change_raises_the_stamp_under_which_matching_keeps_offers(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    address = make(liaison)
    assert stamp(database, world.here.id) == 1
    version = only_offer(database).updated_at.isoformat()
    assert liaison.post(f"{address}/modifier", {**BASE, "version": version}).status_code == 303
    assert stamp(database, world.here.id) == 2
    moved = {"known": "ouverte", "state": "pourvue", "reason": "Recrutée le 2"}
    assert liaison.post(f"{address}/etat", moved).status_code == 303
    assert stamp(database, world.here.id) == 3
    assert stamp(database, world.there.id) == 0
    with database.read() as db:
        sentences = list(db.scalars(sa.select(col(AuditRow.sentence)).order_by(col(AuditRow.id))))
    assert "Recrutée le 2" in sentences[-1]


def test_of_two_people_who_edit_at_once_the_second_is_told_and_loses_nothing(
    visitor: Visit, database: Database, world: World
) -> None:
    one, other = (visitor(world.here.users["liaison"]) for _ in range(2))
    address = make(one)
    version = only_offer(database).updated_at.isoformat()
    first = one.post(f"{address}/modifier", {**BASE, "version": version, "positions": "2"})
    assert first.status_code == 303
    second = other.post(
        f"{address}/modifier", {**BASE, "version": version, "positions": "5", "description": "À garder"}
    )
    assert second.status_code == 409
    assert "modifiée par quelqu’un d’autre" in second.text
    assert "À garder" in second.text
    assert only_offer(database).positions == 2
    newer = only_offer(database).updated_at.isoformat()
    assert newer in second.text
    again = other.post(f"{address}/modifier", {**BASE, "version": newer, "positions": "5"})
    assert again.status_code == 303
    assert only_offer(database).positions == 5


def test_a_duplicate_is_a_filled_form_and_makes_nothing_before_it_is_saved(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    address = make(liaison, schedule_kind="fixed", closes_on="2026-03-01", **with_shifts(s0_5="8:00-12:00"))
    page = liaison.get(f"{address}/dupliquer").text
    assert "Recopiée de" in page
    assert 'name="s0_5_0_de" value="08:00"' in page
    assert "2026-03-01" not in page
    only_offer(database)


def test_editing_shows_what_is_stored_and_saving_it_untouched_changes_nothing(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    address = make(
        liaison, occupation="", title="Aide cuisinier en collectivité midi et soir H/F", street="3 quai"
    )
    before = only_offer(database)
    page = liaison.get(f"{address}/modifier").text
    assert "3 quai" in page
    label = page.split('name="occupation"')[1].split('value="')[1].split('"')[0]
    typed = {**BASE, "title": before.title, "occupation": label, "street": "3 quai"}
    typed["version"] = before.updated_at.isoformat()
    assert liaison.post(f"{address}/modifier", typed).status_code == 303
    after = only_offer(database)
    assert (after.rome, after.place_label) == (before.rome, before.place_label)


def test_help_with_the_week_saves_nothing(visitor: Visit, database: Database, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    page = liaison.post("/offres/nouvelle", {**BASE, "aide": "semaine", "title": "Gardé"})
    assert page.status_code == 200
    assert "Semaine B" in page.text
    assert "Gardé" in page.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(OfferRow)) == 0


def test_reading_the_list_of_employers_again_brings_the_newcomer_and_loses_nothing(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    with database.write() as db:
        db.add(
            OrganisationRow(
                territory_id=world.here.id, name="Biscuiterie du Marais", kind=OrganisationKind.FIRM
            )
        )
    page = liaison.post("/offres/nouvelle", {**BASE, "aide": "employeurs", "title": "Gardé"})
    assert page.status_code == 200
    assert "Biscuiterie du Marais" in page.text
    assert "Gardé" in page.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(OfferRow)) == 0


def test_the_employer_of_another_territory_is_not_in_the_list(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    there = world.there.organisation_ids["firm"]
    answer = liaison.post("/offres/nouvelle", {**BASE, "employer": there})
    assert answer.status_code == 422
    assert "choisissez-le dans la liste" in answer.text
    assert there not in liaison.get("/offres/nouvelle").text


@pytest.mark.parametrize("role", ["contractor", "facilitator", "admin"])
def test_who_does_not_place_people_does_not_write_offers(visitor: Visit, world: World, role: str) -> None:
    assert visitor(world.here.users[role]).get("/offres/nouvelle").status_code == 403
    assert visitor(world.here.users[role]).post("/offres/nouvelle", BASE).status_code == 403


def test_an_occupation_guessed_from_the_title_follows_the_title_and_a_chosen_one_stays(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    address = make(liaison, occupation="", title="Cariste H/F")
    view = liaison.json(address)
    assert (view["occupations"][0]["code"], view["occupation_certain"]) == ("N1101", True)

    def retitle(title: str) -> str:
        page = liaison.get(f"{address}/modifier").text
        label = page.split('name="occupation"')[1].split('value="')[1].split('"')[0]
        version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
        typed = {**BASE, "title": title, "occupation": label, "version": version}
        assert liaison.post(f"{address}/modifier", typed).status_code == 303
        return str(liaison.json(address)["occupations"][0]["code"])

    assert retitle("Maçon") == "F1703"
    assert liaison.post(f"{address}/metier", {"code": "F1703"}).status_code == 303
    assert retitle("Cariste") == "F1703"
