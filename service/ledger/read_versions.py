"""The versions of declarations as the core's Structs: whole, or with their sums alone for lists."""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import Declaration, HourKind, Line
from service.ledger.read_lots import LotIds, grouped
from service.tables import (
    DeclarationRow,
    LineRow,
    LotRow,
    OrganisationRow,
    PersonRow,
    PlacementRow,
    UserRow,
    VersionRow,
)

Versions = dict[int, tuple[Declaration, ...]]


def read_versions(db: Session, lot_row_ids: LotIds) -> Versions:
    """Every version of every declaration of these lots, with lines, by lot row id: two queries."""
    lines = read_lines(db, col(DeclarationRow.lot_id).in_(lot_row_ids))
    heads = _heads(db, col(DeclarationRow.lot_id).in_(lot_row_ids))
    return _versions(heads, lambda version: lines.get(version.id, ()))


def read_sums(db: Session, lot_row_ids: LotIds) -> Versions:
    """The same with one line a version, which carries the sums of its lines: one query."""
    return _versions(_heads(db, col(DeclarationRow.lot_id).in_(lot_row_ids)), _summary)


def read_lines(db: Session, where: sa.ColumnElement[bool]) -> dict[int, tuple[Line, ...]]:
    """The lines of the versions of some declarations, by version row id. `where` is on DeclarationRow."""
    rows = db.execute(
        sa.select(LineRow, col(PlacementRow.public_id), col(PersonRow.public_id))
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
        .join(PersonRow, col(PersonRow.id) == col(LineRow.person_id))
        .where(where)
        .order_by(col(PersonRow.name_key), col(LineRow.month), col(LineRow.id))
    )
    return grouped(
        (row.version_id, line_of(row, placement_id, person_id)) for row, placement_id, person_id in rows
    )


def line_of(row: LineRow, placement_id: str, person_id: str) -> Line:
    return Line(
        id=row.public_id,
        placement_id=placement_id,
        person_id=person_id,
        month=row.month,
        kind=row.kind,
        hours=row.hours,
        days=row.days,
        countable=row.countable,
        covered=row.covered,
        days_kept=row.days_kept,
        days_all=row.days_all,
        reason=row.reason,
        accepted=row.accepted,
        decision_reason=row.decision_reason,
    )


def _heads(db: Session, where: sa.ColumnElement[bool]) -> Iterable[Any]:
    """Columns, not rows: a portfolio reads thousands of versions."""
    decider, author = _DECIDER, _AUTHOR
    return db.execute(
        sa.select(
            col(DeclarationRow.lot_id).label("lot_row_id"),
            col(DeclarationRow.id).label("header_id"),
            col(DeclarationRow.public_id).label("header_public_id"),
            col(DeclarationRow.period_start),
            col(DeclarationRow.period_end),
            *VERSION_COLUMNS,
            col(LotRow.public_id).label("lot_public_id"),
            col(OrganisationRow.public_id).label("company_public_id"),
            col(author.public_id).label("author_public_id"),
            col(decider.public_id).label("decider_public_id"),
        )
        .join(VersionRow, col(VersionRow.declaration_id) == col(DeclarationRow.id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .join(author, col(author.id) == col(VersionRow.author_id))
        .outerjoin(decider, col(decider.id) == col(VersionRow.decided_by))
        .where(where)
        .order_by(col(DeclarationRow.period_start), col(DeclarationRow.id), col(VersionRow.version))
    )


_DECIDER, _AUTHOR = aliased(UserRow), aliased(UserRow)
VERSION_COLUMNS = (
    col(VersionRow.id),
    col(VersionRow.public_id),
    col(VersionRow.version),
    col(VersionRow.state),
    col(VersionRow.nothing),
    col(VersionRow.provenance),
    col(VersionRow.made_at),
    col(VersionRow.comment),
    col(VersionRow.findings),
    col(VersionRow.not_verifiable),
    col(VersionRow.waivers),
    col(VersionRow.decided_at),
    col(VersionRow.decision_reason),
    col(VersionRow.declared),
    col(VersionRow.countable),
    col(VersionRow.accepted),
)


def _versions(heads: Iterable[Any], lines_of: Callable[[Any], tuple[Line, ...]]) -> Versions:
    """Each version supersedes the one before it in its header."""
    before: dict[int, str] = {}
    pairs = []
    for row in heads:
        version = Declaration(
            id=row.public_id,
            declaration_id=row.header_public_id,
            lot_id=row.lot_public_id,
            company_id=row.company_public_id,
            period_start=row.period_start,
            period_end=row.period_end,
            version=row.version,
            supersedes=before.get(row.header_id),
            state=row.state,
            nothing=row.nothing,
            provenance=row.provenance,
            author_id=row.author_public_id,
            made_at=row.made_at,
            lines=lines_of(row),
            findings=row.findings,
            not_verifiable=row.not_verifiable,
            waivers=row.waivers,
            decided_at=row.decided_at,
            decided_by=row.decider_public_id,
            decision_reason=row.decision_reason,
            correction_reason=row.comment,
        )
        pairs.append((row.lot_row_id, version))
        before[row.header_id] = version.id
    return grouped(pairs)


def _summary(row: Any) -> tuple[Line, ...]:
    """One line with the sums that the version keeps (a test rebuilds them from the lines)."""
    if row.nothing:
        return ()
    return (
        Line(
            id=row.public_id,
            placement_id="",
            person_id="",
            month=row.period_start,
            kind=HourKind.WORK,
            hours=row.declared,
            days=(),
            countable=row.countable,
            covered=(),
            days_kept=0,
            days_all=0,
            reason="",
            accepted=row.accepted,
            decision_reason="",
        ),
    )
