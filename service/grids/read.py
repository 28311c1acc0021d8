"""Reading grids: the versions of the territory, who follows which, what rests on each criterion."""

from collections import Counter
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Grid
from service.accounts.account import Account
from service.errors import NotFound
from service.grids.entry import proof_words
from service.grids.views import CriterionLine, GridView, VersionLine
from service.ledger.grids import OWN, read_grids
from service.tables import EligibilityRow, GridVersionRow, LotGridRow, LotRow, UserRow


def key_of(grid: Grid) -> int:
    return grid.version if grid.id == OWN else 0


def read_grid(db: Session, account: Account, asked: int | None) -> GridView:
    """Four queries. `asked`: a version, 0 for the shipped grid, None: the one in force. Raises NotFound."""
    grids = read_grids(db, account.territory_id)
    in_force = grids.in_force(account.today)
    shown = in_force if asked is None else next((g for g in grids.all if key_of(g) == asked), None)
    if shown is None:
        raise NotFound
    told = {
        row.version: (row, name)
        for row, name in db.execute(
            sa.select(GridVersionRow, col(UserRow.name))
            .join(UserRow, col(UserRow.id) == col(GridVersionRow.author_id))
            .where(col(GridVersionRow.territory_id) == account.territory_id)
        )
    }
    lots = lots_by_version(db, account)
    lines = []
    for grid in reversed(grids.all):
        row, author = told.get(key_of(grid), (None, ""))
        lines.append(
            VersionLine(
                key=key_of(grid),
                label=grid.label,
                version=grid.version,
                in_force_from=grid.in_force_from,
                in_force=grid == in_force,
                author=author,
                made_at=row.made_at if row else None,
                reason=row.reason if row else "Livrée avec l’application.",
                lots=lots[key_of(grid)],
            )
        )
    return GridView(
        key=key_of(shown),
        label=shown.label,
        version=shown.version,
        period_months=shown.period_months,
        criteria=tuple(
            CriterionLine(
                code=c.code,
                label=c.label,
                source=c.source,
                proofs=tuple(proof_words(p) for p in c.proofs),
                needs_opinion=c.needs_opinion,
                historic=c.historic,
            )
            for c in shown.criteria
        ),
        versions=tuple(lines),
        own=bool(grids.own),
        time_zone=account.time_zone,
    )


def lots_by_version(db: Session, account: Account) -> Counter[int]:
    """How many open lots follow each version today. Two queries."""
    here = col(LotRow.territory_id) == account.territory_id
    opened = db.scalars(sa.select(col(LotRow.id)).where(here, col(LotRow.closed_on).is_(None)))
    follows = dict.fromkeys(opened, 0)
    acts = (
        sa.select(col(LotGridRow.lot_id), col(LotGridRow.grid_id), col(LotGridRow.version))
        .where(col(LotGridRow.territory_id) == account.territory_id, col(LotGridRow.from_on) <= account.today)
        .order_by(col(LotGridRow.from_on), col(LotGridRow.id))
    )
    for lot, grid_id, version in db.execute(acts):
        if lot in follows:
            follows[lot] = version if grid_id == OWN else 0
    return Counter(follows.values())


def open_periods(db: Session, account: Account, on: date) -> dict[str, int]:
    """How many periods run on a day, by criterion. One query."""
    ended = sa.func.coalesce(col(EligibilityRow.revoked_on), col(EligibilityRow.ends_on))
    query = (
        sa.select(col(EligibilityRow.criterion), sa.func.count())
        .where(
            col(EligibilityRow.territory_id) == account.territory_id,
            col(EligibilityRow.starts_on) <= on,
            sa.or_(ended.is_(None), ended >= on),
        )
        .group_by(col(EligibilityRow.criterion))
    )
    return {row[0]: row[1] for row in db.execute(query)}
