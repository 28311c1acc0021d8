"""Writing versions: one header a lot × company × period, one version and its lines, once."""

from sqlalchemy.orm import Session

import clauses
from clauses import Declaration
from service.accounts.account import Account
from service.ledger.lot_file import LotFile
from service.tables import DeclarationRow, LineRow, VersionRow


def write_version(
    db: Session,
    account: Account,
    file: LotFile,
    company_row_id: int,
    header_row_id: int | None,
    version: Declaration,
) -> VersionRow:
    """Write a new version; its header too when it is the first. The unique keys stop a second sender."""
    if header_row_id is None:
        header = DeclarationRow(
            public_id=version.declaration_id,
            territory_id=account.territory_id,
            lot_id=file.row_id,
            company_id=company_row_id,
            period_start=version.period_start,
            period_end=version.period_end,
        )
        db.add(header)
        db.flush()
        header_row_id = header.id
    row = VersionRow(
        public_id=version.id,
        territory_id=account.territory_id,
        declaration_id=header_row_id,
        version=version.version,
        state=version.state,
        nothing=version.nothing,
        provenance=version.provenance,
        author_id=account.id,
        made_at=version.made_at,
        comment=version.correction_reason,
        findings=version.findings,
        not_verifiable=version.not_verifiable,
        waivers=version.waivers,
        declared=clauses.declared_hours(version),
        countable=clauses.countable_hours(version),
    )
    db.add(row)
    db.flush()
    db.add_all(
        LineRow(
            public_id=line.id,
            territory_id=account.territory_id,
            version_id=row.id,
            placement_id=file.placement_rows[line.placement_id],
            person_id=file.people[line.person_id].row_id,
            month=line.month,
            kind=line.kind,
            hours=line.hours,
            days=line.days,
            countable=line.countable,
            covered=line.covered,
            days_kept=line.days_kept,
            days_all=line.days_all,
            reason=line.reason[:600],
        )
        for line in version.lines
    )
    db.flush()
    return row
