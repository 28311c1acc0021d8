"""Bringing the compiled kernel beside the service, in a thread: no page waits for a compiler.

Until it is there, lists are judged by the numpy path, which gives the same integers.
"""

import logging
import threading

import sqlalchemy as sa
from sqlmodel import col

import matching
from service.accounts.sign_in import local_today
from service.suggestions.around import world_of
from service.suggestions.load import offers_of, participants_of, read_stamps
from service.tables import OfferRow, TerritoryRow
from service.tables.session import Database

log = logging.getLogger("passerelle")
# A process that lives less (a command, a refused start) does not begin to compile.
DELAY_SECONDS = 3.0


def warm_later(database: Database) -> None:
    """Start the thread; it gives way at the end of the process."""
    timer = threading.Timer(DELAY_SECONDS, _warm, [database])
    timer.daemon = True
    timer.start()


def _warm(database: Database) -> None:
    try:
        warm(database)
    except Exception:
        # The service goes on without it, at the numpy path's speed.
        log.exception("the matching kernel could not be prepared")


def warm(database: Database) -> bool:
    """Prepare the kernel on one person and one offer of any territory; whether there was one."""
    with database.read() as db:
        territory = db.scalar(
            sa.select(TerritoryRow)
            .join(OfferRow, col(OfferRow.territory_id) == col(TerritoryRow.id))
            .order_by(col(TerritoryRow.id))
            .limit(1)
        )
        if territory is None:
            return False
        on, stamps = local_today(territory), read_stamps(db, territory.id)
        people = list(participants_of(db, territory.id, stamps).values())
        offers = list(offers_of(db, territory.id, stamps, on).values())
        world = world_of(db, territory.id)
    if not people or not offers:
        return False
    matching.warm_up(people[0], offers[:1], world, on=on)
    return True
