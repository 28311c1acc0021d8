"""A list filtered by a person’s name: the name is in the page for its user, and in no address."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import python_calamine
import sqlalchemy as sa

from service.archive import backup
from service.tables import ListWordsRow
from service.tables.columns import now_utc
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
LAPSED = "Le filtre par nom a expiré\u202f: retapez le nom."
# The user, the form's address, the list's own, and the other filters of the form.
LISTS = [
    ("referent", "/participants", "/participants", {"manque": "1", "tri": "-nom"}),
    ("coordinator", "/participants", "/participants", {"etat": "sorti"}),
    ("facilitator", "/beneficiaires", "/beneficiaires", {"travail": "oui"}),
    ("facilitator", "/placements/nouveau/chercher", "/placements/nouveau", {}),
    ("contractor", "/mes-salaries", "/mes-salaries", {"present": "oui"}),
    ("liaison", "/employeurs", "/employeurs", {"offres": "oui"}),
    ("admin", "/comptes", "/comptes", {"role": "referent"}),
    ("coordinator", "/journal", "/journal", {}),
    ("coordinator", "/journal/lectures", "/journal/lectures", {}),
]


def people(visitor: Visitor, address: str) -> list[str]:
    return [row["name"] for row in visitor.json(address)["rows"]]


@pytest.mark.parametrize(("login", "act", "path", "others"), LISTS)
def test_the_typed_name_is_in_the_box_and_in_no_address(
    visitor: Open, world: World, login: str, act: str, path: str, others: dict[str, str]
) -> None:
    user = visitor(world.here.users[login])
    address = user.filtered(act, q="  Lefèvre  Zélie ", page="3", **others)
    asked = dict(re.findall(r"([a-z]+)=([^&]+)", address.removeprefix(path)))
    assert re.fullmatch("[0-9a-z]{10}", asked.pop("q"))
    assert asked == others
    page = user.get(address).text
    assert 'value="Lefèvre Zélie"' in page
    for link in re.findall(r'(?:href|action|src)="([^"]*)"', page):
        assert not re.search("lef|z(%c3%a9|é)lie", link, re.IGNORECASE), link
    assert f'method="post" action="{act}"' in page


@pytest.mark.parametrize(("login", "act", "path", "others"), LISTS)
def test_words_in_an_address_filter_nothing_and_the_page_says_so(
    visitor: Open, world: World, login: str, act: str, path: str, others: dict[str, str]
) -> None:
    user = visitor(world.here.users[login])
    page = user.get(f"{path}?q=Dupont").text
    assert LAPSED in page
    assert "Dupont" not in page
    assert LAPSED not in user.get(user.filtered(act, q="", **others)).text


def test_pages_order_chips_and_the_spreadsheet_follow_the_name(
    visitor: Open, database: Database, world: World
) -> None:
    """25 Leroy on two pages of 20 and 5, and one Martin whom the filter leaves out."""
    for number in range(25):
        add_participant(database, world.here, first=f"Zoé{number:02d}")
    add_participant(database, world.here, last="Martin")
    claire = visitor(world.here.users["referent"])
    address = claire.filtered("/participants", q="leroy")
    assert len(people(claire, f"{address}&page=2")) == 5
    assert people(claire, f"{address}&tri=-nom")[0] == "Zoé24 Leroy"
    page = claire.get(address).text
    chip = re.search(r'class="chip" href="([^"]*)">Nom\u202f: leroy', page)
    assert chip is not None
    assert claire.json(chip[1])["listing"]["total"] == 26
    sheet = re.search(r'href="(/participants/tableur[^"]*)"', page)
    assert sheet is not None
    file = claire.get(sheet[1])
    assert "leroy" not in str(file.headers).lower()
    rows = (
        python_calamine.load_workbook(io.BytesIO(file.content)).get_sheet_by_name("Participants").to_python()
    )
    assert len(rows) == 1 + 25


def test_the_token_of_somebody_else_filters_nothing(visitor: Open, database: Database, world: World) -> None:
    add_participant(database, world.here)
    add_participant(database, world.here, first="Ali", last="Ben")
    claire, coralie = visitor(world.here.users["referent"]), visitor(world.here.users["coordinator"])
    address = claire.filtered("/participants", q="leroy")
    assert people(claire, address) == ["Zoé Leroy"]
    assert people(coralie, address) == ["Ali Ben", "Zoé Leroy"]
    page = coralie.get(address).text
    assert LAPSED in page
    assert "Nom\u202f: leroy" not in page


def test_a_name_is_kept_as_long_as_a_session_then_purged_by_the_next(
    visitor: Open, database: Database, world: World
) -> None:
    """A session lasts 10 hours: at 9 h 59 the filter holds, at 10 h 01 it has expired."""
    add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    address = claire.filtered("/participants", q="inconnue")

    def aged(minutes: int) -> None:
        with database.write() as db:
            db.execute(sa.update(ListWordsRow).values(created_at=now_utc() - timedelta(minutes=minutes)))

    aged(9 * 60 + 59)
    assert people(claire, address) == []
    aged(10 * 60 + 1)
    assert people(claire, address) == ["Zoé Leroy"]
    assert LAPSED in claire.get(address).text
    claire.filtered("/participants", q="leroy")
    with database.read() as db:
        assert list(db.scalars(sa.select(ListWordsRow.words))) == ["leroy"]  # type: ignore[call-overload]


def test_a_person_to_place_is_found_by_name_and_the_lot_is_kept(
    visitor: Open, database: Database, world: World
) -> None:
    made = build_clause_world(database, world.here)
    farid = visitor(world.here.users["facilitator"])
    page = farid.get(farid.filtered("/placements/nouveau/chercher", q="traore", lot=made.lot)).text
    assert "Traoré Omar" in page
    assert "Benali" not in page
    assert f"/placements/nouveau?personne={made.omar}&amp;lot={made.lot}" in page


def test_a_backup_holds_no_typed_name(
    visitor: Open, database: Database, world: World, tmp_path: Path
) -> None:
    visitor(world.here.users["referent"]).filtered("/participants", q="leroy")
    assert "list_words" not in {part.name for part in backup(database, tmp_path / "one.tar.gz").tables}
