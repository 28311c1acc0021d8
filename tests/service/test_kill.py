"""A server killed in the middle of declarations loses none that it acknowledged."""

import threading
import time
from datetime import date
from pathlib import Path

import httpx

from clauses import Calendar
from service.tables.session import Database
from tests.service.declarations.site import (
    add_eligibility,
    add_lot,
    add_marche,
    add_party,
    add_person,
    add_placement,
    cell,
)
from tests.service.running_server import RunningServer, post, signed_in
from tests.world import World

LOTS = 60
ENOUGH = 8
"""How many receipts are awaited before the cut: the stream is then well under way, and far from its end."""


def test_a_killed_server_loses_no_declaration_that_it_acknowledged(
    database: Database, world: World, tmp_path: Path
) -> None:
    placements = stream_of_lots(database, world)
    first = RunningServer(database.url, tmp_path)
    receipts: list[str] = []
    try:
        first.wait()
        halves = (placements[0::2], placements[1::2])
        users = (world.here.users["contractor"], world.here.users["contractor2"])
        senders = [
            threading.Thread(target=send_stream, args=(database, first, user, half, receipts))
            for user, half in zip(users, halves, strict=True)
        ]
        for sender in senders:
            sender.start()
        limit = time.monotonic() + 20
        while len(receipts) < ENOUGH and time.monotonic() < limit:
            time.sleep(0.005)
        first.kill()
        for sender in senders:
            sender.join(timeout=10)
    finally:
        first.stop()
    acknowledged = list(receipts)
    assert ENOUGH <= len(acknowledged) < LOTS
    second = RunningServer(database.url, tmp_path)
    try:
        second.wait()
        seen = [signed_in(database, user, second.address) for user in users]
        for address in acknowledged:
            answers = [client.get(address, headers={"accept": "application/json"}) for client in seen]
            found = [a.json() for a in answers if a.status_code == 200]
            assert len(found) == 1, address
            # 100 h declared for one person on one lot.
            assert found[0]["hours"] == 10000
        for client in seen:
            client.close()
    finally:
        second.stop()


def send_stream(
    database: Database, server: RunningServer, user: int, placements: list[str], receipts: list[str]
) -> None:
    """One declaration after the other, until the server is gone; what it answers is written down at once."""
    client = signed_in(database, user, server.address)
    for placement in placements:
        try:
            typed = {"mois": "2026-01", cell(placement): "100"}
            answer = post(client, "/mes-declarations/envoyer", typed)
        except httpx.HTTPError:
            return
        if answer.status_code == 303:
            receipts.append(answer.headers["location"])


def stream_of_lots(database: Database, world: World) -> list[str]:
    """Lots of two firms in turn, one person on each: their placements."""
    found = []
    with database.write() as db:
        marche = add_marche(db, world.here, "2025-FLUX", Calendar.MONTHLY)
        who = add_person(db, world.here, "Nadia", "Benali", date(1990, 5, 4))
        add_eligibility(db, world.here, who, date(2025, 10, 1))
        for number in range(LOTS):
            firm = "firm" if number % 2 == 0 else "firm2"
            lot = add_lot(db, world.here, marche, str(number), f"Lot {number}")
            add_party(db, world.here, lot, firm)
            found.append(add_placement(db, world.here, lot, who, firm, date(2025, 10, 1)).public_id)
    return found
