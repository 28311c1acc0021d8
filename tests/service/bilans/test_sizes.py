"""The generator of sizes: as many lots and lines as it says, sums that agree, pages that answer."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import col

from fixtures.sizes import LOTS, fill
from service.ledger.projection import read_projected
from service.ledger.read_versions import read_sums
from service.tables import LineRow, LotProjectionRow, LotRow, UserRow, VersionRow
from service.tables.session import Database
from service.vocabulary import Role
from tests.visitor import Visitor


def test_a_territory_of_a_real_size_holds_what_it_says(
    database: Database, visitor: Callable[..., Visitor]
) -> None:
    fill(database, 1, years=1, lines=2000)
    with database.read() as db:
        lots = list(db.scalars(sa.select(col(LotRow.id))))
        lines = db.scalar(sa.select(sa.func.count()).select_from(LineRow)) or 0
        of_lines = db.scalar(sa.select(sa.func.sum(col(LineRow.hours))))
        of_versions = db.scalar(sa.select(sa.func.sum(col(VersionRow.declared))))
        projected = db.scalar(sa.select(sa.func.count()).select_from(LotProjectionRow))
        assert read_projected(db, lots) == read_sums(db, lots)
        user = db.scalars(sa.select(col(UserRow.id)).where(col(UserRow.role) == Role.FACILITATOR)).one()
    assert (len(lots), projected) == (LOTS, LOTS)
    assert 1000 <= lines <= 2000
    assert of_lines == of_versions
    facilitator = visitor(user)
    year = facilitator.json("/bilans/annuel?annee=2025")
    assert year["total"]["hours"] > 0
    assert set(year["sums"]) == {year["total"]["hours"]}
    for page in ("/", "/marches", "/controle", "/bilans"):
        assert facilitator.get(page).status_code == 200
