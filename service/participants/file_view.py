"""Reading a participant's file: a fixed number of queries, everything turned into Structs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.french import MODE_NAMES, upper_first
from matching.reasons import DEMANDS, EMPLOYMENT_KINDS
from matching.terms import Answer, EmploymentKind, PhysicalDemand
from matching.week import AvailabilityUnknown, CareUnknown
from service.accounts.account import Account
from service.formats import NARROW, day, euros, hours
from service.parcours.timeline import (
    OwnContactLine,
    SpellLine,
    StepLine,
    own_time_line,
    read_contacts,
    read_shared_contacts,
    read_spells,
    read_steps,
    time_line,
)
from service.participants import choices
from service.participants.constraint_form import MODES
from service.participants.eligibility import PeriodLine, read_periods
from service.participants.project_form import readings_of
from service.participants.tasks import Task, follow_ups_due, missing_questions
from service.participants.to_confirm import occupations_to_confirm
from service.participants.views import (
    AnswerLine,
    Eligible,
    ExperienceLine,
    Head,
    OwnFile,
    ProjectLine,
    SharedFile,
)
from service.participants.week_view import care_view, week_pictures
from service.reference.communes import current_communes
from service.reference_pages.occupations import occupation_name
from service.tables import PersonRow, ProfileRow, ProjectRow, ProposalRow, SpellRow
from service.vocabulary import ProposalState, SpellState, StepKind

JOBS = (StepKind.JOB, StepKind.SHORT_JOB, StepKind.AIDED_JOB)
ANSWERS = {Answer.YES: "oui", Answer.NO: "non", Answer.UNKNOWN: "non exploré"}


def head_of(person: PersonRow) -> Head:
    return Head(id=person.public_id, name=full_name(person.first_name, person.last_name))


def full_name(first_name: str, last_name: str) -> str:
    return f"{first_name} {last_name}".strip()


def commune_name(insee: str | None) -> str:
    found = current_communes().get(insee) if insee else None
    return found.name if found else ""


def shared_file(db: Session, account: Account, person: PersonRow, spell: SpellRow) -> SharedFile:
    """For the coordination."""
    profile = db.get(ProfileRow, person.id)
    contacts = read_shared_contacts(db, account, person.id)
    steps = read_steps(db, account, person.id)
    spells = read_spells(db, account, person.id)
    periods = read_periods(db, person)
    return SharedFile(
        **_common(db, account, person, spell, profile, spells, periods),
        time_line=time_line(spells, steps, contacts),
    )


def own_file(db: Session, account: Account, person: PersonRow, spell: SpellRow) -> OwnFile:
    """For the référent of the caseload."""
    profile = db.get(ProfileRow, person.id)
    contacts = read_contacts(db, account, person.id, spell.id)
    steps = read_steps(db, account, person.id)
    spells = read_spells(db, account, person.id)
    periods = read_periods(db, person)
    common = _common(db, account, person, spell, profile, spells, periods)
    projects = sum(one.active for one in common["projects"])
    address = f"/participants/{person.public_id}"
    return OwnFile(
        options=choices.CONTACT,
        **common,
        **_profile_facts(profile),
        time_line=own_time_line(spells, steps, contacts),
        nationality=person.nationality,
        qpv=person.qpv,
        phone=person.phone,
        email=person.email,
        france_travail_id=person.france_travail_id or "",
        street=person.street,
        to_confirm=occupations_to_confirm(db, account, person.id),
        periods=periods,
        next_contact=contacts[0].next_on if contacts else None,
        last_contact=contacts[0].on if contacts else None,
        tasks=(
            *_follow_ups(spell, steps, contacts, account.today, address),
            *missing_questions(profile, commune=person.insee, projects=projects, address=address),
        ),
        ending=tuple(one for one in steps if one.ends_soon(account.today)),
        proposals_waiting=_proposals_waiting(db, account, person.id),
    )


def _common(
    db: Session,
    account: Account,
    person: PersonRow,
    spell: SpellRow,
    profile: ProfileRow | None,
    spells: tuple[SpellLine, ...],
    periods: tuple[PeriodLine, ...],
) -> dict[str, Any]:
    on = account.today
    return {
        "id": person.public_id,
        "name": full_name(person.first_name, person.last_name),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_name": person.birth_name,
        "birth_date": person.birth_date,
        "age": _age(person.birth_date, on),
        "sex": person.sex.label,
        "commune": commune_name(person.insee),
        "spell": next(one for one in spells if one.id == spell.public_id),
        "spells": spells,
        "name_shared_on": spell.name_shared_on,
        "projects": _projects(db, account, person.id),
        "skills": profile.skills if profile else None,
        "eligible": tuple(
            Eligible(starts_on=one.starts_on, ends_on=one.ends_on)
            for one in periods
            if one.state_on(on)[1] == "ok"
        ),
        "today": on,
    }


def _age(born: date | None, on: date) -> int | None:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None


def _profile_facts(profile: ProfileRow | None) -> dict[str, Any]:
    care = profile.care if profile else CareUnknown()
    availability = profile.availability if profile else AvailabilityUnknown()
    experience = profile.experience if profile else None
    place = profile.care_place if profile else ""
    if profile and profile.care_insee:
        place = f"{place}, {commune_name(profile.care_insee)}"
    return {
        "profile_known": profile is not None,
        "profile_updated_on": profile.updated_on if profile else None,
        "weeks": week_pictures(availability, care),
        "availability_known": not isinstance(availability, AvailabilityUnknown),
        "care": care_view(care),
        "care_place": place,
        "drop_off_minutes": profile.drop_off_minutes if profile else 0,
        "pick_up_minutes": profile.pick_up_minutes if profile else 0,
        "modes": tuple(
            AnswerLine(upper_first(MODE_NAMES[mode]), profile.modes.of(mode).value if profile else "unknown")
            for mode in MODES
        ),
        "licences": profile.licences if profile else None,
        "certificates": profile.certificates if profile else None,
        "language": profile.language.value if profile and profile.language else "",
        "physical": tuple(
            AnswerLine(
                upper_first(DEMANDS[demand]), profile.physical.of(demand).value if profile else "unknown"
            )
            for demand in PhysicalDemand
        ),
        "experience": None
        if experience is None
        else tuple(ExperienceLine(occupation_name(one.rome), one.months) for one in experience),
    }


def _projects(db: Session, account: Account, person_id: int) -> tuple[ProjectLine, ...]:
    rows = db.scalars(
        sa.select(ProjectRow)
        .where(col(ProjectRow.person_id) == person_id, col(ProjectRow.territory_id) == account.territory_id)
        .order_by(col(ProjectRow.active).desc(), col(ProjectRow.id))
    )
    return tuple(
        ProjectLine(
            id=row.public_id,
            title=row.title,
            wanted=tuple(occupation_name(one.rome[0].rome) for one in readings_of(row)),
            target=occupation_name(row.target_rome) if row.target_rome else "",
            conditions=_conditions(row),
            active=row.active,
        )
        for row in rows
    )


def _conditions(row: ProjectRow) -> tuple[str, ...]:
    """The conditions that are told, in words; what is not told is not shown as an answer."""
    low, high = row.min_weekly_hours, row.max_weekly_hours
    weekly = {
        (True, True): f"de {hours(low)} à {hours(high)} par semaine",
        (True, False): f"au moins {hours(low)} par semaine",
        (False, True): f"au plus {hours(high)} par semaine",
    }.get((low is not None, high is not None), "")
    kinds = ", ".join(EMPLOYMENT_KINDS[EmploymentKind(kind)] for kind in row.employment_kinds or ())
    wage = row.min_hourly_wage_cents
    told = (
        f"trajet de {row.max_travel_minutes}{NARROW}min au plus" if row.max_travel_minutes else "",
        f"dans un rayon de {row.radius_km}{NARROW}km" if row.radius_km else "",
        weekly,
        kinds,
        f"à partir du {day(row.earliest_start)}" if row.earliest_start else "",
        f"au moins {euros(wage)} brut de l’heure" if wage else "",
    )
    return tuple(one for one in told if one)


def _follow_ups(
    spell: SpellRow,
    steps: Sequence[StepLine],
    contacts: Sequence[OwnContactLine],
    on: date,
    address: str,
) -> tuple[Task, ...]:
    """The follow-up in the job, counted from the latest job's first day."""
    if spell.state is not SpellState.JOB_FOLLOW_UP:
        return ()
    hired = max((one.starts_on for one in steps if one.kind in JOBS and one.starts_on <= on), default=None)
    if hired is None:
        sentence = "Quel emploi a-t-elle pris, et depuis quand ? Ajoutez l’étape, pour dater le suivi."
        return (
            Task(
                kind="question", sentence=sentence, due=None, late=False, address=f"{address}/etapes/nouvelle"
            ),
        )
    return tuple(
        Task(
            kind="suivi",
            sentence=f"Suivi dans l’emploi à M+{months}",
            due=due,
            late=due < on,
            address=f"{address}#noter",
        )
        for months, due in follow_ups_due(hired, (one.on for one in contacts), on)
    )


def _proposals_waiting(db: Session, account: Account, person_id: int) -> int:
    query = sa.select(sa.func.count()).where(
        col(ProposalRow.person_id) == person_id,
        col(ProposalRow.territory_id) == account.territory_id,
        col(ProposalRow.state) == ProposalState.PROPOSED,
    )
    return db.scalar(query) or 0
