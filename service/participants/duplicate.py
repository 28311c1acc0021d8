"""« Dupliquer »: a new file that starts from another's transport, hours, skills and projects.

Neither identity, nor care, nor notes, nor steps are copied: they belong to one person.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.participant import Physical
from matching.terms import Answer, PhysicalDemand
from matching.week import CareUnknown
from service.accounts.account import Account
from service.forms import Form
from service.tables import PersonRow, ProfileRow, ProjectRow, SpellRow
from service.vocabulary import SpellState


def typed_copy(spell: SpellRow, on: date) -> Form:
    """The form of the new file: the same prescriber, prescribed today."""
    return Form.of(
        {"state": SpellState.PRESCRIBED.value, "prescribed_on": on, "prescriber": spell.prescriber}
    )


def duplicate_profile(db: Session, account: Account, source: PersonRow, person: PersonRow) -> None:
    """Copy what two people of one workshop may share; what is private of the first is not explored."""
    profile = db.get(ProfileRow, source.id)
    if profile is not None:
        db.add(
            ProfileRow(
                person_id=person.id,
                territory_id=account.territory_id,
                availability=profile.availability,
                care=CareUnknown(),
                modes=profile.modes,
                licences=profile.licences,
                certificates=profile.certificates,
                language=profile.language,
                physical=Physical(**{demand.value: Answer.UNKNOWN for demand in PhysicalDemand}),
                skills=profile.skills,
                experience=profile.experience,
                updated_on=account.today,
            )
        )
    projects = db.scalars(
        sa.select(ProjectRow)
        .where(col(ProjectRow.person_id) == source.id, col(ProjectRow.active).is_(True))
        .order_by(col(ProjectRow.id))
    ).all()
    kept = (
        "title",
        "wanted",
        "readings",
        "max_travel_minutes",
        "radius_km",
        "min_weekly_hours",
        "max_weekly_hours",
    )
    terms = ("employment_kinds", "earliest_start", "min_hourly_wage_cents", "target_rome")
    for project in projects:
        values = {name: getattr(project, name) for name in (*kept, *terms)}
        db.add(ProjectRow(person_id=person.id, territory_id=account.territory_id, **values))
