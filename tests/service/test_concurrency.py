"""Twenty at once, on a real server with two processes: one succeeds, the others are told in a sentence."""

from pathlib import Path

import httpx
from sqlalchemy import func, select
from sqlmodel import col

from clauses import State
from service.tables import DeclarationRow, LineRow, StepRow, VersionRow
from service.tables.session import Database
from tests.service.declarations.site import build_site, cell, header_of
from tests.service.running_server import RunningServer, all_at_once, running_server, signed_in
from tests.world import World

CROWD = 20


def test_twenty_sendings_make_one_version_and_twenty_acceptances_count_it_once(
    database: Database, world: World, tmp_path: Path
) -> None:
    site = build_site(database, world.here)
    with running_server(database.url, tmp_path, workers=2) as server:
        firm = crowd_of(database, world.here.users["contractor"], server)
        typed = {"mois": "2026-01", cell(site.nadia): "120"}
        sendings = all_at_once(firm, "/mes-declarations/envoyer", typed)
        header = header_of(database)
        facilitator = crowd_of(database, world.here.users["facilitator"], server)
        acceptances = all_at_once(facilitator, f"/controle/{header}/accepter", {})
        for client in (*firm, *facilitator):
            client.close()
    assert sorted(a.status_code for a in sendings) == [303] + [409] * (CROWD - 1)
    assert all("vient d’être envoyée" in sentence for sentence in refusals(sendings))
    assert sorted(a.status_code for a in acceptances) == [303] + [409] * (CROWD - 1)
    assert all("est déjà dans l’état « validée »" in sentence for sentence in refusals(acceptances))
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(DeclarationRow)) == 1
        assert db.execute(select(col(VersionRow.state), col(VersionRow.accepted))).all() == [
            (State.VALIDEE, 12000)
        ]
        assert db.scalars(select(col(LineRow.accepted))).all() == [12000]
        assert db.scalars(select(col(StepRow.hours))).all() == [12000]


def crowd_of(database: Database, user: int, server: RunningServer) -> list[httpx.Client]:
    return [signed_in(database, user, server.address) for _ in range(CROWD)]


def refusals(answers: list[httpx.Response]) -> set[str]:
    return {a.json()["sentence"].replace("\u202f", " ") for a in answers if a.status_code == 409}
