"""Loading lots for the clauses core, in a fixed number of queries whatever their number.

    load_lot(db, lot_row_id)              one lot, whole: 12 queries
    load_lots(db, lot_row_ids)            several lots, whole: 12 queries
    load_portfolio(db, lot_row_ids)       several lots for progress and next action only: 8 queries;
                                          each version holds one line that carries the sums of its lines,
                                          and there are no eligibility periods

The caller has checked that the reader may see these lots (`service.lots.scope`).
"""

import msgspec
from sqlalchemy.orm import Session

from clauses import Event, Party, PenaltyCase, Period
from service.errors import NotFound
from service.ledger.grids import read_followed
from service.ledger.lot_file import Company, LotFile, Moved, Shared
from service.ledger.projection import read_projected
from service.ledger.read_lots import (
    Base,
    LotIds,
    read_bases,
    read_companies,
    read_events,
    read_parties,
)
from service.ledger.read_penalties import read_penalties
from service.ledger.read_people import AtWork, read_periods, read_placements
from service.ledger.read_shared import read_moved, read_shared
from service.ledger.read_versions import Versions, read_versions


def load_lot(db: Session, lot_row_id: int) -> LotFile:
    """One lot, whole. Raises NotFound when there is no such row."""
    files = load_lots(db, [lot_row_id])
    if lot_row_id not in files:
        raise NotFound
    return files[lot_row_id]


def load_lots(db: Session, lot_row_ids: LotIds) -> dict[int, LotFile]:
    """The lots by row id, each whole."""
    periods = read_periods(db, lot_row_ids)
    files = _load(db, lot_row_ids, periods, read_versions(db, lot_row_ids))
    shared = read_shared(db, lot_row_ids)
    followed = read_followed(db, lot_row_ids)
    return {
        row_id: msgspec.structs.replace(
            _in_local_time(_sharing(file, shared.get(row_id, ()))), followed=followed.get(row_id, ())
        )
        for row_id, file in files.items()
    }


def _sharing(file: LotFile, shared: tuple[Shared, ...]) -> LotFile:
    """The lot with what it gives and receives, and the companies and people that come with it."""
    if not shared:
        return file
    return msgspec.structs.replace(
        file,
        moved=tuple(
            Moved(
                company_id=s.company.id,
                worked_at=s.placement.user_company_id,
                hours=file.signed(s.allocation),
            )
            for s in shared
            if s.allocation.cancelled_at is None
        ),
        shared=shared,
        companies={c.id: c for s in shared for c in (s.company, s.employer)} | file.companies,
        people={s.person.id: s.person for s in shared} | file.people,
    )


def _in_local_time(file: LotFile) -> LotFile:
    """The day of a sending is the territory's: one sent at one in the morning is of that day."""
    versions = tuple(
        msgspec.structs.replace(version, made_at=version.made_at.astimezone(file.zone))
        for version in file.versions
    )
    return msgspec.structs.replace(file, versions=versions)


def load_portfolio(db: Session, lot_row_ids: LotIds) -> dict[int, LotFile]:
    """The lots by row id, for lists: sums instead of lines, no period."""
    files = _load(db, lot_row_ids, {}, read_projected(db, lot_row_ids))
    moved = read_moved(db, lot_row_ids)
    return files | {
        row_id: msgspec.structs.replace(files[row_id], moved=hours)
        for row_id, hours in moved.items()
        if row_id in files
    }


def _load(
    db: Session, lot_row_ids: LotIds, periods: dict[int, tuple[Period, ...]], versions: Versions
) -> dict[int, LotFile]:
    bases = read_bases(db, lot_row_ids)
    companies = read_companies(db, lot_row_ids)
    parties = read_parties(db, lot_row_ids, companies)
    events = read_events(db, lot_row_ids)
    placements = read_placements(db, lot_row_ids, companies)
    penalties = read_penalties(db, lot_row_ids)
    return {
        row_id: _lot_file(
            row_id,
            base,
            companies,
            parties.get(row_id, ()),
            events.get(row_id, ()),
            placements.get(row_id, ()),
            penalties.get(row_id, ()),
            periods,
            versions,
        )
        for row_id, base in bases.items()
    }


def _lot_file(
    row_id: int,
    base: Base,
    companies: dict[int, Company],
    parties: tuple[Party, ...],
    events: tuple[Event, ...],
    placements: tuple[AtWork, ...],
    penalties: tuple[PenaltyCase, ...],
    periods: dict[int, tuple[Period, ...]],
    versions: Versions,
) -> LotFile:
    people = {one.person.id: one.person for one in placements}
    own = versions.get(row_id, ())
    named = {
        *(p.company_id for p in parties),
        *(v.company_id for v in own),
        *(one.placement.legal_employer_id for one in placements),
        *(one.placement.user_company_id for one in placements),
    }
    return LotFile(
        row_id=row_id,
        marche_row_id=base.marche_row_id,
        territory_row_id=base.territory_row_id,
        zone=base.zone,
        holiday_region=base.holiday_region,
        closed=base.closed,
        marche=base.marche,
        lot=base.lot,
        followed=(),
        parties=parties,
        events=events,
        placements=tuple(one.placement for one in placements),
        periods=tuple(p for person in people.values() for p in periods.get(person.row_id, ())),
        versions=own,
        companies={c.id: c for c in companies.values() if c.id in named},
        people=people,
        placement_rows={one.placement.id: one.row_id for one in placements},
        unconfirmed=frozenset(one.placement.id for one in placements if not one.confirmed),
        penalties=penalties,
        moved=(),
        shared=(),
    )
