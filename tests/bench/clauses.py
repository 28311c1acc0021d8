"""How long the clauses' pages take, at the size of a métropole and of the country, through the real service.

    python -m tests.bench.clauses

The métropole is on SQLite; the country on the PostgreSQL server that PASSERELLE_TEST_POSTGRES names, in a
database of its own that is dropped at the end; without it, the country is not measured.
"""

import gc
import logging
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sa
from litestar.testing import TestClient
from sqlmodel import col

from fixtures.sizes import COUNTRY, LINES_A_YEAR, LOTS, YEARS, fill
from service.app import create_app
from service.migrations.run import upgrade
from service.settings import read_settings
from service.tables import LotRow, UserRow
from service.tables.session import Database
from service.vocabulary import Role
from tests.backends import POSTGRES, own_postgres
from tests.service.ledger.test_load import counted
from tests.visitor import BASE, HTML, Visitor

WARM, RUNS = 2, 11
TARGET_MS = 300
COUNTRY_YEARS = int(os.environ.get("PASSERELLE_BENCH_YEARS", "1"))


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Medians in milliseconds: by the clock, and of processor (what an idle machine would take)."""

    page: str
    wall: float
    processor: float
    queries: int


def pages(database: Database, territory: int) -> list[tuple[str, str]]:
    """What is measured, and where it is in a territory."""
    with database.read() as db:
        lots = sa.select(col(LotRow.public_id)).where(
            col(LotRow.territory_id) == territory, col(LotRow.closed_on).is_(None)
        )
        lot = db.scalars(lots.order_by(col(LotRow.id))).first()
    return [
        ("Portefeuille", "/"),
        ("Marchés et lots", "/marches"),
        ("Un lot", f"/lots/{lot}"),
        ("File de contrôle", "/controle"),
        ("Bilan de l’année", "/bilans/annuel?annee=2025"),
        ("Bilans du trimestre", "/bilans"),
    ]


def measure(database: Database, territory: int) -> list[Measure]:
    """Each page, for the facilitator of a territory."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"PASSERELLE_DATABASE_URL": database.url, "PASSERELLE_DATA": folder})
        with TestClient(create_app(settings, database), base_url=BASE) as client:
            with database.read() as db:
                user = db.scalars(
                    sa.select(col(UserRow.id)).where(
                        col(UserRow.territory_id) == territory, col(UserRow.role) == Role.FACILITATOR
                    )
                ).one()
            visitor = Visitor(client, database, user)
            gc.freeze()  # as service.asgi does
            return [_page(visitor, database, name, path) for name, path in pages(database, territory)]


def _page(visitor: Visitor, database: Database, name: str, address: str) -> Measure:
    walls, processors = [], []
    for _ in range(WARM + RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        answer = visitor.client.get(address, headers=HTML)
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    with counted(database) as queries:
        visitor.client.get(address, headers=HTML)
    return Measure(
        page=name,
        wall=statistics.median(walls[WARM:]),
        processor=statistics.median(processors[WARM:]),
        queries=len(queries),
    )


@contextmanager
def metropole() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'metropole.sqlite'}"
        upgrade(url)
        database = Database(url)
        fill(database)
        yield database
        database.dispose()


@contextmanager
def country() -> Iterator[Database]:
    with own_postgres() as url:
        database = Database(url)
        fill(database, COUNTRY, COUNTRY_YEARS)
        yield database
        database.dispose()


def report(title: str, measures: list[Measure]) -> None:
    print(f"\n{title}")
    print(f"{'page':<22}{'médiane':>12}{'processeur':>14}{'requêtes':>10}")
    for one in measures:
        late = "" if one.wall < TARGET_MS else f"   au-delà de {TARGET_MS} ms"
        print(f"{one.page:<22}{one.wall:>9.0f} ms{one.processor:>11.0f} ms{one.queries:>10}{late}")


def main() -> None:
    logging.disable(logging.INFO)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cœurs, Python {platform.python_version()}, charge de la machine {load}")
    with metropole() as database:
        size = f"{LOTS} lots, {LINES_A_YEAR} lignes par an sur {YEARS} ans"
        report(f"Métropole, SQLite : {size}", measure(database, 1))
    if not POSTGRES:
        print("\nPays non mesuré : PASSERELLE_TEST_POSTGRES ne nomme pas de serveur.")
        return
    with country() as database:
        years = f"sur {COUNTRY_YEARS} an{'s' if COUNTRY_YEARS > 1 else ''}"
        size = f"{COUNTRY * LOTS} lots, {COUNTRY * LINES_A_YEAR} lignes par an {years}"
        report(f"Pays, PostgreSQL : {size}", measure(database, COUNTRY // 2))


if __name__ == "__main__":
    main()
