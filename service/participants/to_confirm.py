"""What the projects of a person leave to settle: words that may mean several occupations."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.participants.project_form import readings_of
from service.participants.views import ToConfirm, WantedChoice
from service.reference.reading import shown
from service.reference_pages.occupations import occupation_name
from service.tables import ProjectRow


def occupations_to_confirm(db: Session, account: Account, person_id: int) -> tuple[ToConfirm, ...]:
    """The words of active projects that a référent has still to settle, with three to five choices."""
    rows = db.scalars(
        sa.select(ProjectRow)
        .where(
            col(ProjectRow.person_id) == person_id,
            col(ProjectRow.territory_id) == account.territory_id,
            col(ProjectRow.active).is_(True),
        )
        .order_by(col(ProjectRow.id))
    )
    return tuple(
        ToConfirm(
            project=row.public_id,
            project_title=row.title,
            text=reading.text,
            source=reading.source.label,
            choices=tuple(WantedChoice(one.rome, occupation_name(one.rome)) for one in shown(reading.rome)),
        )
        for row in rows
        for reading in readings_of(row)
        if not reading.certain
    )
