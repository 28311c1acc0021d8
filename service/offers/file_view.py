"""One offer as its file shows it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.french import upper_first
from matching.reasons import DEMANDS, EMPLOYMENT_KINDS
from matching.terms import Answer
from matching.week import FixedWeek, HoursNotTold, RotatingWeeks, Schedule
from service.accounts.account import Account
from service.offers.scope import find_offer
from service.offers.views import Act, Occupation, OfferFile, Shift, Stop
from service.offers.words import (
    TONES,
    demands_words,
    experience_words,
    flexibility_words,
    schedule_words,
)
from service.reference.reading import is_certain, shown
from service.reference_pages.communes import label_of
from service.reference_pages.occupations import occupation_name
from service.tables import AuditRow, OfferRow, OrganisationRow, ProposalRow, UserRow
from service.vocabulary import ProposalState

# Above it the place is not the point of the commune but of its neighbours: the travel is approximate.
COARSE_M = 1_500
LAST_ACTS = 8


def offer_file(db: Session, account: Account, public_id: str) -> tuple[OfferFile, Schedule]:
    """The view, and the schedule to draw. Raises NotFound for another territory's offer."""
    row = find_offer(db, account, public_id)
    employer = db.execute(
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name)).where(
            col(OrganisationRow.id) == row.employer_id
        )
    ).one_or_none()
    waiting = sa.case((col(ProposalRow.state) == ProposalState.PROPOSED, 1), else_=0)
    proposals, open_ones = db.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(waiting), 0)).where(
            col(ProposalRow.offer_id) == row.id
        )
    ).one()
    view = _view(row, employer, proposals, int(open_ones), _acts(db, account, public_id))
    return view, row.schedule


def _acts(db: Session, account: Account, public_id: str) -> tuple[Act, ...]:
    rows = db.execute(
        sa.select(col(AuditRow.at), col(UserRow.name), col(AuditRow.sentence))
        .outerjoin(UserRow, col(UserRow.id) == col(AuditRow.user_id))
        .where(
            col(AuditRow.territory_id) == account.territory_id,
            col(AuditRow.noun) == "offer",
            col(AuditRow.noun_id) == public_id,
        )
        .order_by(col(AuditRow.id).desc())
        .limit(LAST_ACTS)
    )
    return tuple(Act(at=at, author=name or "", sentence=sentence) for at, name, sentence in rows)


def _view(row: OfferRow, employer: Any, proposals: int, waiting: int, acts: tuple[Act, ...]) -> OfferFile:
    return OfferFile(
        id=row.public_id,
        title=row.title,
        employer_id=employer.public_id if employer else None,
        employer=employer.name if employer else "",
        state=row.state,
        state_label=row.state.label,
        tone=TONES[row.state],
        source=row.source.label,
        source_id=row.source_id,
        description=row.description,
        occupations=tuple(
            Occupation(code=one.rome, label=occupation_name(one.rome), percent=one.weight // 100)
            for one in row.rome
        ),
        choices=tuple(
            Occupation(code=one.rome, label=occupation_name(one.rome), percent=one.weight // 100)
            for one in shown(row.rome)
        ),
        occupation_certain=is_certain(row.rome),
        occupation_source=row.rome_source.label,
        place=row.place_label,
        place_approximate=row.precision_m is not None and row.precision_m > COARSE_M,
        schedule=schedule_words(row.schedule),
        hours_known=not isinstance(row.schedule, HoursNotTold),
        weeks=_weeks(row.schedule),
        weekly_hours=row.weekly_hours,
        employment_kind=upper_first(EMPLOYMENT_KINDS[row.employment_kind]) if row.employment_kind else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        hourly_wage_cents=row.hourly_wage_cents,
        required_skills=row.required_skills,
        wished_skills=row.wished_skills,
        licences=row.licences,
        vehicle_required=row.vehicle_required,
        certificates=row.certificates,
        french_level=row.language or "",
        demands=demands_words(row.demands, DEMANDS),
        experience=experience_words(row.experience_months, row.beginners),
        positions=row.positions,
        shuttle=tuple(Stop(commune=label_of(stop.insee), minutes=stop.minutes) for stop in row.shuttle),
        flexibilities=flexibility_words(row.flexibilities),
        published_on=row.published_on,
        closes_on=row.closes_on,
        proposals=proposals,
        proposals_waiting=waiting,
        acts=acts,
        questions=_questions(row),
    )


def _weeks(schedule: Schedule) -> tuple[tuple[Shift, ...], ...]:
    if isinstance(schedule, HoursNotTold):
        return ()
    weeks = (schedule.shifts,) if isinstance(schedule, FixedWeek) else schedule.weeks
    return tuple(tuple(Shift(day=one.day, start=one.start, end=one.end) for one in week) for week in weeks)


def _questions(row: OfferRow) -> tuple[str, ...]:
    """What to ask the employer: each unknown keeps people out of the certain."""
    asked = []
    if isinstance(row.schedule, HoursNotTold):
        asked.append("Quels jours et quelles heures ?")
    elif (
        isinstance(row.schedule, RotatingWeeks)
        and row.schedule.first_on_odd is None
        and len(row.schedule.weeks) % 2 == 0
    ):
        asked.append("Quelle semaine tombe sur les semaines paires ?")
    if row.insee is None and row.latitude is None:
        asked.append("Où le travail se fait-il ?")
    if row.weekly_hours is None:
        asked.append("Combien d’heures par semaine ?")
    if row.employment_kind is None:
        asked.append("Quel type d’emploi ?")
    if row.demands is None:
        asked.append("Que demande le poste : charges, station debout, extérieur… ?")
    if row.beginners is Answer.UNKNOWN:
        asked.append("Les débutants sont-ils acceptés ?")
    return tuple(asked)
