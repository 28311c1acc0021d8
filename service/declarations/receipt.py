"""The receipt of a sending: its numbers, its instant, the hours of each lot. Printable."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import State
from service.accounts.account import Account
from service.declarations.files import TAKEN_BACK, period_of, visible_headers
from service.declarations.views import ReceiptLine, ReceiptView
from service.errors import NotFound
from service.tables import (
    DeclarationRow,
    LineRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    UserRow,
    VersionRow,
)


def receipt(db: Session, account: Account, number: str) -> ReceiptView:
    """The receipt that bears a version's number, with the versions of the same sending: same author, same
    instant, same firm. Raises NotFound when the firm may not see it."""
    found = db.execute(
        sa.select(VersionRow, col(DeclarationRow.company_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .where(col(VersionRow.public_id) == number, visible_headers(db, account))
    ).one_or_none()
    if found is None:
        raise NotFound
    version, company_id = found
    people = (
        sa.select(sa.func.count(sa.distinct(col(LineRow.person_id))))
        .where(col(LineRow.version_id) == col(VersionRow.id), col(LineRow.hours) > 0)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(
            VersionRow, DeclarationRow, col(LotRow.number), col(LotRow.title), col(MarcheRow.title), people
        )
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .where(
            col(VersionRow.made_at) == version.made_at,
            col(VersionRow.author_id) == version.author_id,
            col(DeclarationRow.company_id) == company_id,
            col(DeclarationRow.territory_id) == account.territory_id,
        )
        .order_by(col(LotRow.number), col(VersionRow.id))
    ).all()
    lines = tuple(
        ReceiptLine(
            number=row.public_id,
            declaration_id=header.public_id,
            lot=f"Lot {lot_number} – {lot_title}",
            marche=marche,
            period=period_of(header.period_start, header.period_end),
            version=row.version,
            nothing=row.nothing,
            people=count,
            hours=row.declared,
            countable=row.countable,
            state=TAKEN_BACK if row.state is State.BROUILLON else row.state.firm_label,
        )
        for row, header, lot_number, lot_title, marche, count in rows
    )
    firm = db.scalars(sa.select(col(OrganisationRow.name)).where(col(OrganisationRow.id) == company_id)).one()
    author = db.scalars(sa.select(col(UserRow.name)).where(col(UserRow.id) == version.author_id)).one()
    return ReceiptView(
        number=number,
        sent_at=version.made_at,
        time_zone=account.time_zone,
        firm=firm,
        author=author,
        provenance=version.provenance.label,
        lines=lines,
        hours=sum(line.hours for line in lines),
        back="/mes-declarations",
        may_open=True,
    )
