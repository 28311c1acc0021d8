"""The administrator's first page: who has not come yet, who is locked out, the last acts."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from service.tables import UserRow
from service.tables.accounts import OneTimeLinkRow, TerritoryCommuneRow
from service.tables.columns import now_utc
from service.tables.session import Database
from service.vocabulary import LinkPurpose
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


def settle(database: Database, world: World) -> None:
    """Every account of the world has chosen its password."""
    with database.write() as db:
        for territory in (world.here, world.there):
            for user_id in territory.users.values():
                db.get_one(UserRow, user_id).password_hash = "chosen"


def test_a_calm_day_says_so(visitor: Open, database: Database, world: World) -> None:
    settle(database, world)
    anne = visitor(world.here.users["admin"])
    view = anne.json("/")
    assert (view["active"], view["closed"]) == (len(world.here.users), 0)
    assert (view["invited"], view["locked"], view["acts"]) == ([], [], [])
    text = anne.get("/").text
    assert "Chaque personne invitée s’est connectée." in text
    assert "Aucun compte n’est bloqué." in text


def test_a_territory_without_communes_is_to_be_described_first(
    visitor: Open, database: Database, world: World
) -> None:
    anne = visitor(world.here.users["admin"])
    with database.write() as db:
        db.execute(sa.delete(TerritoryCommuneRow))
    assert "n’a pas encore de communes" in anne.get("/").text
    with database.write() as db:
        db.add(TerritoryCommuneRow(territory_id=world.there.id, insee="62765"))
    assert anne.json("/")["communes"] == 0
    with database.write() as db:
        db.add(TerritoryCommuneRow(territory_id=world.here.id, insee="62765"))
    assert "n’a pas encore de communes" not in anne.get("/").text


def test_an_invitation_tells_until_when_its_link_holds_and_says_when_it_has_expired(
    visitor: Open, database: Database, world: World
) -> None:
    settle(database, world)
    now = now_utc()
    with database.write() as db:
        for key, days in (("liaison", 2), ("referent2", -1)):
            user = db.get_one(UserRow, world.here.users[key])
            user.password_hash = None
            db.add(
                OneTimeLinkRow(
                    token_hash=key,
                    user_id=user.id,
                    purpose=LinkPurpose.INVITATION,
                    expires_at=now + timedelta(days=days),
                )
            )
        db.get_one(UserRow, world.there.users["liaison"]).password_hash = None
    anne = visitor(world.here.users["admin"])
    view = anne.json("/")
    assert view["invited_count"] == 2
    assert {one["name"]: one["until"] is not None for one in view["invited"]} == {
        "Lila Liaison": True,
        "Denis Référent": False,
    }
    assert "lien expiré" in anne.get("/").text


def test_a_locked_account_is_told_apart_from_a_closed_one_and_from_a_past_lock(
    visitor: Open, database: Database, world: World
) -> None:
    settle(database, world)
    now = now_utc()
    with database.write() as db:
        db.get_one(UserRow, world.here.users["referent"]).locked_until = now + timedelta(minutes=10)
        db.get_one(UserRow, world.here.users["liaison"]).locked_until = now - timedelta(minutes=1)
        db.get_one(UserRow, world.here.users["contractor2"]).active = False
        db.get_one(UserRow, world.there.users["referent"]).locked_until = now + timedelta(minutes=10)
    view = visitor(world.here.users["admin"]).json("/")
    assert [one["name"] for one in view["locked"]] == ["Claire Référente"]
    assert (view["locked_count"], view["closed"]) == (1, 1)
    # Of all, less the one that is locked and the one that is closed.
    assert view["active"] == len(world.here.users) - 2


def test_the_last_acts_are_those_of_the_territory(visitor: Open, database: Database, world: World) -> None:
    for place in (world.here, world.there):
        visitor(place.users["admin"]).post(
            "/comptes/nouveau",
            {
                "name": "Nadia Nouvelle",
                "email": f"nadia{place.id}@exemple.test",
                "role": "liaison",
                "organisation": place.organisation_ids["plie"],
            },
        )
    acts = visitor(world.here.users["admin"]).json("/")["acts"]
    assert len(acts) == 1
    assert acts[0]["who"] == "Anne Administration"
