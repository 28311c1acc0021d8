"""The versions of declarations as the core's Structs: whole, or with their sums alone for lists."""

from collections.abc import Iterable
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
    decider, author = aliased(UserRow), aliased(UserRow)
    return db.execute(
        sa.select(
            DeclarationRow,
            VersionRow,
            col(LotRow.public_id),
            col(OrganisationRow.public_id),
            col(author.public_id),
            col(decider.public_id),
        )
        .join(VersionRow, col(VersionRow.declaration_id) == col(DeclarationRow.id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .join(author, col(author.id) == col(VersionRow.author_id))
        .outerjoin(decider, col(decider.id) == col(VersionRow.decided_by))
        .where(where)
        .order_by(col(DeclarationRow.period_start), col(DeclarationRow.id), col(VersionRow.version))
    )


def _versions(heads: Iterable[Any], lines_of: Any) -> Versions:
    """Each version supersedes the one before it in its header."""
    before: dict[int, str] = {}
    pairs = []
    for header, version, lot_id, company_id, author_id, decider_id in heads:
        pairs.append(
            (
                header.lot_id,
                Declaration(
                    id=version.public_id,
                    declaration_id=header.public_id,
                    lot_id=lot_id,
                    company_id=company_id,
                    period_start=header.period_start,
                    period_end=header.period_end,
                    version=version.version,
                    supersedes=before.get(header.id),
                    state=version.state,
                    nothing=version.nothing,
                    provenance=version.provenance,
                    author_id=author_id,
                    made_at=version.made_at,
                    lines=lines_of(version),
                    findings=version.findings,
                    not_verifiable=version.not_verifiable,
                    waivers=version.waivers,
                    decided_at=version.decided_at,
                    decided_by=decider_id,
                    decision_reason=version.decision_reason,
                    correction_reason=version.comment,
                ),
            )
        )
        before[header.id] = version.public_id
    return grouped(pairs)


def _summary(version: VersionRow) -> tuple[Line, ...]:
    """One line with the sums that the version keeps (a test rebuilds them from the lines)."""
    if version.nothing:
        return ()
    return (
        Line(
            id=version.public_id,
            placement_id="",
            person_id="",
            month=version.made_at.date(),
            kind=HourKind.WORK,
            hours=version.declared,
            days=(),
            countable=version.countable,
            covered=(),
            days_kept=0,
            days_all=0,
            reason="",
            accepted=version.accepted,
            decision_reason="",
        ),
    )
