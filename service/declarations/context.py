"""Everything the core asks before it judges a declaration: lines elsewhere, minors, where the lot stands.

`read_surroundings` makes two queries for any number of lots; the rest is computed from what is loaded.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import (
    ACCEPTED,
    IN_HAND,
    Context,
    Declaration,
    HourKind,
    LotStanding,
    OtherLine,
    Progress,
)
from service.declarations.holidays import public_holidays
from service.ledger.lot_file import LotFile
from service.ledger.standing import brief_standing_of
from service.tables import (
    DeclarationRow,
    LineRow,
    LotRow,
    OrganisationRow,
    PersonRow,
    PlacementRow,
    VersionRow,
)

MAJORITY_YEARS = 18


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """A standing line with the header it belongs to: a declaration is not compared with itself."""

    declaration_id: str
    line: OtherLine


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What stands elsewhere for the people of some lots, over all companies and all buyers."""

    lines: tuple[Elsewhere, ...]
    birth_dates: dict[str, date]


def read_surroundings(
    db: Session, territory_id: int, files: Iterable[LotFile], first: date, last: date
) -> Surroundings:
    """Standing lines of these people for the months from one before `first` to one after `last`."""
    people = {p.row_id: p.id for file in files for p in file.people.values()}
    months = (clauses.add_months(first.replace(day=1), -1), clauses.add_months(last.replace(day=1), 1))
    lines = _standing_lines(db, territory_id, sorted(people), months)
    births = db.execute(
        sa.select(col(PersonRow.public_id), col(PersonRow.birth_date)).where(
            col(PersonRow.id).in_(sorted(people)),
            col(PersonRow.territory_id) == territory_id,
            col(PersonRow.birth_date) > clauses.add_months(first, -12 * MAJORITY_YEARS),
        )
    )
    return Surroundings(
        lines=lines, birth_dates={person: born for person, born in births if born is not None}
    )


def _standing_lines(
    db: Session, territory_id: int, people: Sequence[int], months: tuple[date, date]
) -> tuple[Elsewhere, ...]:
    """Lines of versions sent or accepted; of two versions of one header, the later speaks."""
    rows = db.execute(
        sa.select(
            col(DeclarationRow.public_id),
            col(VersionRow.version),
            col(PersonRow.public_id),
            col(PlacementRow.public_id),
            col(LotRow.public_id),
            col(OrganisationRow.public_id),
            col(LineRow.month),
            col(LineRow.hours),
            col(LineRow.days),
            col(LineRow.kind),
        )
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(PersonRow, col(PersonRow.id) == col(LineRow.person_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .where(
            col(LineRow.territory_id) == territory_id,
            col(LineRow.person_id).in_(people),
            col(LineRow.month).between(*months),
            col(VersionRow.state).in_(IN_HAND | ACCEPTED),
        )
        .order_by(col(LineRow.id))
    ).all()
    last: dict[str, int] = {}
    for header, version, *_ in rows:
        last[header] = max(version, last.get(header, 0))
    return tuple(
        Elsewhere(
            declaration_id=header,
            line=OtherLine(
                person_id=person,
                placement_id=placement,
                lot_id=lot,
                company_id=company,
                month=month,
                hours=hours,
                days=days,
                kind=kind,
            ),
        )
        for header, version, person, placement, lot, company, month, hours, days, kind in rows
        if version == last[header]
    )


def context_for(
    file: LotFile,
    company_id: str,
    first: date,
    last: date,
    around: Surroundings,
    on: date,
    known_at: datetime,
) -> Context:
    """The context of one declaration: lot × company × the period from `first` to `last`."""
    own = [v for v in file.versions if (v.company_id, v.period_start) == (company_id, first)]
    header = own[-1].declaration_id if own else None
    return Context(
        marche=file.marche,
        lot=file.lot,
        grid=file.grid_at(first),
        window=clauses.window_at(file.events, on, known_at),
        parties=file.parties,
        placements=file.placements,
        periods=file.periods,
        history=tuple(v for v in file.versions if v.company_id == company_id),
        others=tuple(e.line for e in around.lines if e.declaration_id != header),
        ceilings=(),
        birth_dates=around.birth_dates,
        standing=standing_without(file, header, on, known_at),
        limits=clauses.legal_limits(first),
        holidays=public_holidays(file.holiday_region, first, last),
        on=on,
    )


def standing_without(file: LotFile, header: str | None, on: date, known_at: datetime) -> LotStanding:
    """Where the lot stands if this declaration did not exist."""
    others = tuple(v for v in file.versions if v.declaration_id != header)
    standing = progress_of(file, on, known_at, others)
    lines = [line for v in counted_versions(others) for line in v.lines]

    def countable(kind: HourKind) -> int:
        return sum(x.countable if x.accepted is None else x.accepted for x in lines if x.kind is kind)

    return LotStanding(
        work_countable=countable(HourKind.WORK),
        training_countable=countable(HourKind.TRAINING),
        remaining=standing.remaining,
        time_share=standing.time_share,
        hours_share=standing.hours_share,
        labour_hours_missing=standing.due is None and clauses.is_percentage(file.events, on, known_at),
    )


def counted_versions(versions: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """For each header, its last version that is waiting or accepted."""
    return clauses.latest(tuple(v for v in versions if v.state in IN_HAND | ACCEPTED))


def progress_of(file: LotFile, on: date, known_at: datetime, versions: tuple[Declaration, ...]) -> Progress:
    """The lot's progress by the core, over some of its versions."""
    return brief_standing_of(msgspec.structs.replace(file, versions=versions), on, known_at).progress
