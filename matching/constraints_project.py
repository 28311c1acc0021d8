"""What the person's project asks of the post: weekly hours, kind of employment, start date, wage.

A bound that the project does not set is no bound.
"""

from datetime import date

from matching.constraints_post import HOLDS, start_day
from matching.offer import Offer
from matching.participant import Project
from matching.terms import EmploymentKind
from matching.verdict import (
    AskedOf,
    Broken,
    Lever,
    LeverCode,
    LeverSide,
    Question,
    QuestionCode,
    Reason,
    ReasonCode,
    Unknown,
    Verdict,
)
from matching.world import World


def weekly_hours(project: Project, offer: Offer, world: World, on: date) -> Verdict:
    """Hours a week between the project's bounds, in hundredths."""
    del world, on
    least, most, hours = project.min_weekly_hours, project.max_weekly_hours, offer.weekly_hours
    if least is None and most is None:
        return HOLDS
    if hours is None:
        return _ask(QuestionCode.WEEKLY_HOURS)
    if least is not None and hours < least:
        return _hours_broken(ReasonCode.TOO_FEW_HOURS, hours, least)
    if most is not None and hours > most:
        return _hours_broken(ReasonCode.TOO_MANY_HOURS, hours, most)
    return HOLDS


def _hours_broken(code: ReasonCode, hours: int, limit: int) -> Broken:
    missing = abs(hours - limit)
    lever = Lever(code=LeverCode.WEEKLY_HOURS, side=LeverSide.OFFER, minutes=missing)
    return Broken(reason=Reason(code=code, value=hours, limit=limit, missing=missing), levers=(lever,))


def employment_kind(project: Project, offer: Offer, world: World, on: date) -> Verdict:
    """The kinds of employment that the person accepts. Not told: asked, unless any or none would do."""
    del world, on
    accepted, kind = project.employment_kinds, offer.employment_kind
    if accepted is None or kind in accepted or set(accepted) == set(EmploymentKind):
        return HOLDS
    if kind is None and accepted:
        return _ask(QuestionCode.EMPLOYMENT_KIND)
    items = () if kind is None else (kind.value,)
    reason = Reason(code=ReasonCode.EMPLOYMENT_KIND_REFUSED, items=items)
    return Broken(reason=reason, levers=())


def start_date(project: Project, offer: Offer, world: World, on: date) -> Verdict:
    """The job must not start before the person can. A start not told is asked when she cannot start today."""
    del world
    earliest = project.earliest_start
    if earliest is None or earliest <= on:
        return HOLDS
    if offer.starts_on is None:
        return _ask(QuestionCode.START_DATE)
    starts = start_day(offer, on)
    if starts >= earliest:
        return HOLDS
    days = (earliest - starts).days
    within = days <= offer.flexibilities.start_date_days
    lever = Lever(code=LeverCode.START_DATE_LATER, side=LeverSide.OFFER, minutes=days, within=within)
    reason = Reason(code=ReasonCode.STARTS_TOO_EARLY, missing=days, on=earliest)
    return Broken(reason=reason, levers=(lever,))


def wage(project: Project, offer: Offer, world: World, on: date) -> Verdict:
    """Gross hourly wage at least the minimum asked. Not told, it is at least the SMIC (not in alternance)."""
    least = project.min_hourly_wage_cents
    if least is None:
        return HOLDS
    paid = offer.hourly_wage_cents
    if paid is None:
        smic = world.parameters.smic_cents(on)
        paid_at_least = smic is not None and offer.employment_kind not in (None, EmploymentKind.ALTERNANCE)
        return HOLDS if paid_at_least and smic is not None and smic >= least else _ask(QuestionCode.WAGE)
    if paid >= least:
        return HOLDS
    lever = Lever(code=LeverCode.WAGE, side=LeverSide.OFFER, minutes=least - paid)
    reason = Reason(code=ReasonCode.WAGE_TOO_LOW, value=paid, limit=least, missing=least - paid)
    return Broken(reason=reason, levers=(lever,))


def _ask(code: QuestionCode) -> Unknown:
    return Unknown(question=Question(code=code, asked_of=AskedOf.EMPLOYER))
