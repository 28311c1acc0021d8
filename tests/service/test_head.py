"""HEAD answers every page with the headers of its GET and no body; a notice waits for who reads it."""

from collections.abc import Callable

from service.accounts.sign_in import hash_password
from service.app import create_app
from service.settings import read_settings
from service.tables import UserRow
from service.tables.session import Database
from tests.visitor import HTML, JSON, Visitor
from tests.world import World


def test_a_head_has_the_headers_of_its_get_and_no_body(visitor: Callable[..., Visitor], world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    liaison.get("/statut")
    for path in ("/", "/offres", "/mon-compte", "/statut", "/offres/tableur"):
        for accept in (HTML, JSON):
            read = liaison.client.get(path, headers=accept)
            head = liaison.client.head(path, headers=accept)
            assert (head.status_code, head.content) == (read.status_code, b""), path
            for name in ("content-type", "content-length", "cache-control", "vary"):
                assert head.headers.get(name) == read.headers.get(name), (path, name)


def test_a_head_is_refused_as_its_get(visitor: Callable[..., Visitor], world: World) -> None:
    assert visitor().client.head("/offres", headers=HTML).status_code == 303
    assert visitor().client.head("/offres", headers=JSON).status_code == 401
    contractor = visitor(world.here.users["contractor"])
    assert contractor.client.head("/offres", headers=HTML).status_code == 403
    assert contractor.client.head("/nulle-part", headers=HTML).status_code == 404


def test_a_notice_is_kept_for_the_page_that_shows_it(visitor: Callable[..., Visitor], world: World) -> None:
    admin = visitor(world.here.users["admin"])
    place = world.here.organisation_ids["plie"]
    form = {"name": "Anne A.", "role": "administration", "organisation": place, "active": "1"}
    roles = admin.json("/comptes")["lines"]
    own = next(one for one in roles if one["email"].startswith("admin@"))
    saved = admin.post(f"/comptes/{own['id']}", {**form, "role": own["role"]})
    assert saved.status_code == 303
    admin.client.head(f"/comptes/{own['id']}", headers=HTML)
    assert "Compte enregistré." in admin.get(f"/comptes/{own['id']}").text


def test_in_production_every_cookie_is_for_tls_only(database: Database, world: World) -> None:
    from litestar.testing import TestClient

    with database.write() as db:
        user = db.get_one(UserRow, world.here.users["liaison"])
        user.password_hash = hash_password("une phrase facile à retenir")
        email = user.email
    settings = read_settings(
        {
            "PASSERELLE_ENV": "production",
            "PASSERELLE_SECRET": "s" * 40,
            "PASSERELLE_DATABASE_URL": database.url,
        }
    )
    with TestClient(create_app(settings, database), base_url="https://passerelle.test") as client:
        client.get("/connexion")
        token = client.cookies["__Host-jeton"]
        form = {"_csrf_token": token, "email": email, "password": "une phrase facile à retenir"}
        assert client.post("/connexion", data=form, follow_redirects=False).status_code == 303
        out = client.post("/deconnexion", data={"_csrf_token": token}, follow_redirects=False)
        told = out.headers.get_list("set-cookie")
        assert any(one.startswith("avis=") for one in told)
        assert all("Secure" in one for one in told), told
