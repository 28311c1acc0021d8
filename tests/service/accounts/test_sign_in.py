"""Signing in and out, the lock, one-time links: through the real application."""

import html
import re
from collections.abc import Callable

from service.accounts.provision import add_user, new_link
from service.accounts.sign_in import hash_password, make_link
from service.tables import TerritoryRow, UserRow
from service.tables.session import Database
from service.vocabulary import LinkPurpose, Role
from tests.visitor import Visitor
from tests.world import World

PASSWORD = "une phrase facile à retenir"


def give_password(database: Database, user_id: int) -> str:
    with database.write() as db:
        user = db.get_one(UserRow, user_id)
        user.password_hash = hash_password(PASSWORD)
        return user.email


def test_nobody_is_led_to_the_sign_in_page_and_back_to_what_she_asked(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["liaison"])
    nobody = visitor()
    assert nobody.get("/mon-compte").headers["location"] == "/connexion?suite=/mon-compte"
    answer = nobody.post("/connexion", {"email": email, "password": PASSWORD, "suite": "/mon-compte"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/mon-compte")
    assert nobody.get("/").status_code == 200
    assert nobody.post("/deconnexion").status_code == 303
    assert nobody.get("/").status_code == 303


def test_the_month_asked_for_is_the_one_found_after_the_sign_in(visitor: Callable[..., Visitor]) -> None:
    asked = visitor().get("/mes-declarations/mois?mois=2026-01").headers["location"]
    assert asked == "/connexion?suite=/mes-declarations/mois%3Fmois%3D2026-01"


def test_what_was_typed_when_the_session_ended_comes_through_the_sign_in(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["contractor"])
    nobody = visitor()
    typed = {"mois": "2026-01", "acte": "verifier", "h-abc-202601-t": "7h30", "password": "à ne pas garder"}
    refused = nobody.post("/mes-declarations/mois", typed)
    assert refused.status_code == 401
    assert "Rien de ce que vous avez saisi n’est perdu" in refused.text
    saisie = html.unescape(re.findall(r'name="saisie" value="([^"]*)"', refused.text)[0])
    assert "à ne pas garder" not in saisie
    ticket = {"email": email, "suite": "/mes-declarations/mois", "saisie": saisie}
    wrong = nobody.post("/connexion", {**ticket, "password": "pas le bon"})
    assert (wrong.status_code, "7h30" in wrong.text) == (401, True)
    back = nobody.post("/connexion", {**ticket, "password": PASSWORD})
    assert back.status_code == 200
    assert 'action="/mes-declarations/mois"' in back.text
    assert 'name="h-abc-202601-t" value="7h30"' in back.text
    assert nobody.get("/mes-declarations/mois").status_code == 200


def test_what_is_kept_through_a_sign_in_leads_nowhere_else_and_is_only_fields(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["contractor"])
    away = {"email": email, "password": PASSWORD, "suite": "//exemple.test/x", "saisie": '[["a","b"]]'}
    assert 'action="/"' in visitor().post("/connexion", away).text
    broken = visitor().post("/connexion", {**away, "suite": "/mes-salaries", "saisie": '{"a": 1}'})
    assert (broken.status_code, broken.headers["location"]) == (303, "/mes-salaries")


def test_a_sign_in_never_leads_to_another_site(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["liaison"])
    answer = visitor().post(
        "/connexion", {"email": email, "password": PASSWORD, "suite": "//exemple.test/piege"}
    )
    assert answer.headers["location"] == "/"


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["liaison"])
    nobody = visitor()
    for _ in range(5):
        assert nobody.post("/connexion", {"email": email, "password": "faux"}).status_code == 401
    answer = nobody.post("/connexion", {"email": email, "password": PASSWORD})
    assert answer.status_code == 401
    assert "bloqué" in answer.text


def test_a_link_works_once_and_only_by_a_post(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    with database.write() as db:
        token = make_link(db, world.here.users["admin"], LinkPurpose.INVITATION, None)
    nobody = visitor()
    assert "Bienvenue" in nobody.get(f"/lien/{token}").text
    assert "Bienvenue" in nobody.get(f"/lien/{token}").text
    short = nobody.post(f"/lien/{token}", {"password": "court", "again": "court"})
    assert short.status_code == 422
    both = {"password": PASSWORD, "again": PASSWORD}
    assert nobody.post(f"/lien/{token}", both).headers["location"] == "/"
    assert nobody.get(f"/lien/{token}").status_code == 410


def test_a_form_without_the_anti_forgery_token_is_refused(visitor: Callable[..., Visitor]) -> None:
    answer = visitor().client.post("/connexion", data={"email": "a@b.fr", "password": "x"})
    assert answer.status_code == 403


def test_a_locked_account_and_an_unknown_address_get_the_same_words(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    email = give_password(database, world.here.users["liaison"])
    nobody = visitor()
    told = [
        nobody.post("/connexion", {"email": email, "password": "faux"}, as_json=True).json() for _ in range(6)
    ]
    told += [
        nobody.post("/connexion", {"email": "personne@ici.test", "password": "faux"}, as_json=True).json()
    ]
    assert len({str(one) for one in told}) == 1
    assert visitor().post("/connexion", {"email": email, "password": PASSWORD}).status_code == 401


def test_the_journal_tells_what_gives_or_takes_access_without_a_session(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    with database.write() as db:
        place = {"territory": db.get_one(TerritoryRow, world.here.id).name, "organisation": "PLIE"}
        token = add_user(db, email="eve@ici.test", name="Eve Neuve", role=Role.LIAISON, **place)
    nobody = visitor()
    for _ in range(5):
        nobody.post("/connexion", {"email": "eve@ici.test", "password": "faux"})
    nobody.post(f"/lien/{token}", {"password": PASSWORD, "again": PASSWORD})
    changed = {"present": PASSWORD, "password": PASSWORD + " !", "again": PASSWORD + " !"}
    nobody.post("/mon-compte", changed)
    with database.write() as db:
        new_link(db, "eve@ici.test")
    lines = visitor(world.here.users["admin"]).json("/journal")["lines"]
    assert [(one["who"], one["sentence"]) for one in reversed(lines)] == [
        ("Hors session", "Compte créé (Chargé·e de relations entreprises)\u202f: Eve Neuve."),
        ("Hors session", "Compte bloqué après des essais manqués\u202f: Eve Neuve."),
        ("Eve Neuve", "Mot de passe choisi par un lien\u202f: Eve Neuve."),
        ("Eve Neuve", "Mot de passe changé\u202f: Eve Neuve."),
        ("Hors session", "Nouveau lien remis\u202f: Eve Neuve."),
    ]
