"""Writing the territory's grid: a new version, never a change of one that is there."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.errors import Conflict
from service.formats import day
from service.grids.entry import GridTyped
from service.ledger.clock import territory_now
from service.tables import GridVersionRow
from service.trace import record_act

OVERTAKEN = (
    "Une version plus récente de la grille vient d’être enregistrée : relisez-la avant d’en faire une."
)


def save_version(db: Session, account: Account, typed: GridTyped) -> None:
    """Raises Conflict when somebody else made that version first. Lots and periods keep theirs."""
    grid = typed.grid
    db.add(
        GridVersionRow(
            territory_id=account.territory_id,
            grid_id=grid.id,
            version=grid.version,
            in_force_from=grid.in_force_from,
            grid=grid,
            reason=typed.reason,
            author_id=account.id,
            made_at=territory_now(account),
        )
    )
    try:
        db.flush()
    except IntegrityError as fault:
        raise Conflict(OVERTAKEN) from fault
    sentence = (
        f"Grille « {grid.label} », version {grid.version}, "
        f"en vigueur le {day(grid.in_force_from)} : {typed.reason}"
    )
    record_act(db, account, "grids.edit.act", "grille", str(grid.version), sentence)
