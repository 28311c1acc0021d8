"""What no page sends, sent all the same: a sentence answers, never a fault of ours."""

from collections.abc import Callable

import pytest

from service.accounts.pages import safe_next
from tests.service.lots.test_ledger_pages import marche_form
from tests.visitor import BASE, HTML, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
EMPLOYER = "/employeurs/nouveau"
BOUNDARY = "multipart/form-data; boundary=abc"
PART = b'--abc\r\nContent-Disposition: form-data; name="name"%s\r\n\r\n%s\r\n--abc--\r\n'


@pytest.mark.parametrize("page", ["²", "٣", "9" * 5000, "-1", "1.5", "999999", "abc"])
def test_a_page_number_that_is_none_shows_a_page_of_the_list(visitor: Visit, world: World, page: str) -> None:
    assert visitor(world.here.users["liaison"]).get(f"/employeurs?page={page}").status_code == 200


def test_a_form_of_five_thousand_fields_is_refused_with_their_number(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    # 5000 and the anti-forgery token.
    answer = liaison.post(EMPLOYER, {f"x{n}": "1" for n in range(5000)})
    assert answer.status_code == 422
    assert "5001 champs, pour 4000 au plus" in answer.text


def test_an_invisible_character_in_a_form_is_refused_before_any_database_sees_it(
    visitor: Visit, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    for data in ({"offre": "a\0b", "personne": "a\0b"}, {"a\0b": "1"}):
        answer = liaison.post("/propositions", data)
        assert answer.status_code == 422
        assert "caractère invisible" in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (BOUNDARY, PART % (b"", b"\xff\xfe")),
        (BOUNDARY, PART % (b"\r\nContent-Type: text/plain; charset=klingon", b"x")),
        (BOUNDARY, b'--abc\r\nContent-Disposition: form-data; name="a'),
        ("multipart/form-data", b"--abc\r\n"),
        (BOUNDARY, (PART % (b'; filename="a"', b"x")).replace(b'"name"', b'"_csrf_token"')),
    ],
)
def test_a_broken_form_is_refused_with_a_sentence(
    visitor: Visit, world: World, kind: str, body: bytes
) -> None:
    liaison = visitor(world.here.users["liaison"])
    liaison.get("/statut")
    headers = {**HTML, "content-type": kind, "x-csrftoken": liaison.client.cookies["jeton"]}
    answer = liaison.client.post(EMPLOYER, content=body, headers=headers)
    assert answer.status_code in (400, 422), answer.status_code
    assert "lu" in answer.text


def test_a_name_longer_than_any_file_has_is_nobodys(visitor: Visit) -> None:
    assert visitor().get("/static/" + "a" * 3000).status_code == 404


def test_an_address_that_no_route_answers_has_the_headers_of_the_others(visitor: Visit) -> None:
    for path in ("/nulle-part", "/static/", "/offres/../x"):
        answer = visitor().get(path)
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=1",
        "/\0",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "/x" * 400,
    ],
)
def test_after_sign_in_nobody_is_sent_elsewhere(address: str) -> None:
    assert safe_next(address) == "/"


def test_after_sign_in_one_comes_back_to_the_page_asked() -> None:
    assert safe_next("/offres/abc?q=maçon&page=2") == "/offres/abc?q=maçon&page=2"


def test_a_fault_of_ours_is_logged_without_what_was_typed(
    visitor: Visit, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    of_the_database = RuntimeError("Key (last_name)=(Vandamme) already exists")

    def fails(*_: object) -> None:
        raise of_the_database

    monkeypatch.setattr("service.accounts.pages.count_sessions", fails)
    answer = visitor(world.here.users["liaison"]).get("/mon-compte")
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert "Vandamme" not in caplog.text


def test_the_reference_of_another_marche_is_refused_at_an_edit_too(visitor: Visit, world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    made = [
        facilitator.post("/marches/nouveau", marche_form(world, reference=name)) for name in ("A-1", "A-2")
    ]
    assert [answer.status_code for answer in made] == [303, 303]
    second = made[1].headers["location"].removeprefix(BASE)
    answer = facilitator.post(f"{second}/modifier", marche_form(world, reference="A-1"))
    assert answer.status_code == 422
    assert "porte déjà cette référence" in answer.text


def test_a_token_of_an_earlier_secret_is_refused_once_not_for_ever(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    liaison.client.cookies.set("jeton", "0" * 128, domain="passerelle.test", path="/")
    assert liaison.post(EMPLOYER).status_code == 403
    assert "jeton" not in liaison.client.cookies
    assert liaison.post(EMPLOYER).status_code == 422
