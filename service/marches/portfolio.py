"""The lots of a territory with where each stands: a fixed number of queries, whatever their number."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from service.accounts.account import Account
from service.ledger.load import load_portfolio
from service.ledger.lot_file import LotFile
from service.ledger.standing import Standing, brief_standing_of
from service.lots.scope import visible_to
from service.marches.views import LotLine, lot_line
from service.tables import LotRow


def read_portfolio(db: Session, account: Account, marches: sa.Select[int] | None = None) -> list[LotFile]:
    """Every lot that the account may see, or those of the marchés that a query gives, by their numbers."""
    query = sa.select(col(LotRow.id)).where(visible_to(account))
    if marches is not None:
        query = query.where(col(LotRow.marche_id).in_(marches))
    return list(load_portfolio(db, query).values())


def lines_of(files: Sequence[LotFile], on: date, known_at: datetime) -> list[LotLine]:
    return [line_of(file, brief_standing_of(file, on, known_at), on) for file in files]


def line_of(file: LotFile, standing: Standing, on: date) -> LotLine:
    return lot_line(file, standing, titulaire_of(file, on))


def titulaire_of(file: LotFile, on: date) -> str:
    """The name of who answers for the lot on that day, or at its start when it has not begun."""
    head = clauses.mandataire_at(file.parties, on) or clauses.mandataire_at(
        file.parties, max(on, file.lot.starts_on)
    )
    if head is None:
        return ""
    return file.companies[head.company_id].name
