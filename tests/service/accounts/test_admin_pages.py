"""The administrator invites, changes and closes accounts, of her territory only."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import col

from service.tables import AuditRow, UserRow
from service.tables.session import Database
from service.vocabulary import Role
from tests.visitor import Visitor
from tests.world import World


def user_id(database: Database, key: int) -> str:
    with database.read() as db:
        return db.get_one(UserRow, key).public_id


def test_an_invitation_shows_its_link_once_and_opens_the_account(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    admin = visitor(world.here.users["admin"])
    form = {
        "name": "Rose Relation",
        "email": "Rose@Ici.test",
        "role": "liaison",
        "organisation": world.here.organisation_ids["plie"],
    }
    page = admin.post("/comptes/nouveau", form)
    assert page.status_code == 200
    token = page.text.split("/lien/")[1].split('"')[0]
    rose = visitor()
    both = {"password": "le pont de la rivière", "again": "le pont de la rivière"}
    assert rose.post(f"/lien/{token}", both).status_code == 303
    assert "Rose Relation" in rose.get("/mon-compte").text
    with database.read() as db:
        assert (
            db.scalar(sa.select(col(UserRow.role)).where(col(UserRow.email) == "rose@ici.test"))
            == Role.LIAISON
        )
        assert "Rose Relation" in str(db.scalars(sa.select(col(AuditRow.sentence))).all())


def test_an_address_has_one_account_and_the_form_keeps_what_was_typed(
    visitor: Callable[..., Visitor], world: World
) -> None:
    admin = visitor(world.here.users["admin"])
    form = {
        "name": "Une Autre",
        "email": "liaison@ici.test",
        "role": "liaison",
        "organisation": world.here.organisation_ids["plie"],
    }
    answer = admin.post("/comptes/nouveau", form)
    assert answer.status_code == 422
    assert "a déjà un compte" in answer.text
    assert 'value="Une Autre"' in answer.text


def test_a_changed_role_closes_the_sessions_at_once(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    admin, liaison = visitor(world.here.users["admin"]), visitor(world.here.users["liaison"])
    assert liaison.get("/mon-compte").status_code == 200
    target = user_id(database, world.here.users["liaison"])
    form = {
        "name": "Lila Liaison",
        "role": "referent",
        "organisation": world.here.organisation_ids["plie"],
        "active": "1",
    }
    assert admin.post(f"/comptes/{target}", form).status_code == 303
    assert liaison.get("/mon-compte").status_code == 303


def test_nobody_closes_her_own_account(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    admin = visitor(world.here.users["admin"])
    mine = user_id(database, world.here.users["admin"])
    form = {"name": "Anne", "role": "admin", "organisation": world.here.organisation_ids["plie"]}
    assert admin.post(f"/comptes/{mine}", form).status_code == 409


def test_accounts_of_another_territory_do_not_exist_here(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    admin = visitor(world.here.users["admin"])
    foreign = user_id(database, world.there.users["liaison"])
    assert admin.get(f"/comptes/{foreign}").status_code == 404
    assert admin.post(f"/comptes/{foreign}/lien").status_code == 404
    names = [line["email"] for line in admin.json("/comptes")["lines"]]
    assert len(names) == 8
    assert all(name.endswith("@ici.test") for name in names)


def test_an_organisation_of_another_territory_is_not_in_the_list(
    visitor: Callable[..., Visitor], world: World
) -> None:
    form = {
        "name": "Une Autre",
        "email": "autre@ici.test",
        "role": "liaison",
        "organisation": world.there.organisation_ids["plie"],
    }
    assert visitor(world.here.users["admin"]).post("/comptes/nouveau", form).status_code == 422


def test_the_territory_page_refuses_an_unknown_commune_and_keeps_the_rest(
    visitor: Callable[..., Visitor], world: World
) -> None:
    admin = visitor(world.here.users["admin"])
    form = {
        "name": "Pays de Saint-Omer",
        "time_zone": "Europe/Paris",
        "school_zone": "B",
        "holiday_region": "metropole",
        "communes": "62765 Saint-Omer\n99999 Nulle-Part",
    }
    refused = admin.post("/territoire", form)
    assert refused.status_code == 422
    assert "ligne 2" in refused.text
    assert "99999 Nulle-Part" in refused.text
    assert admin.post("/territoire", {**form, "communes": "62765"}).status_code == 303
    assert admin.json("/territoire")["communes"] == [{"insee": "62765", "name": "Saint-Omer"}]


def test_the_second_of_two_administrators_on_one_account_is_told(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    liaison = user_id(database, world.here.users["liaison"])
    place = world.here.organisation_ids["plie"]
    admin = visitor(world.here.users["admin"])
    version = re.findall(r'name="version" value="(\w+)"', admin.get(f"/comptes/{liaison}").text)[0]
    form = {"role": "liaison", "organisation": place, "active": "1", "version": version}
    assert admin.post(f"/comptes/{liaison}", {**form, "name": "Lila Première"}).status_code == 303
    second = admin.post(f"/comptes/{liaison}", {**form, "name": "Lila Seconde"})
    assert second.status_code == 422
    assert "Lila Seconde" in second.text
    assert "Quelqu’un a enregistré cette page" in second.text
    with database.read() as db:
        assert db.get_one(UserRow, world.here.users["liaison"]).name == "Lila Première"
    newer = re.findall(r'name="version" value="(\w+)"', second.text)[0]
    again = admin.post(f"/comptes/{liaison}", {**form, "name": "Lila Seconde", "version": newer})
    assert again.status_code == 303
