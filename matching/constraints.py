"""Every constraint of one participant × project × offer, in the order in which they are told."""

from datetime import date

from matching.approach import Approach
from matching.constraints_post import certificates, language, licence, physical, vehicle
from matching.constraints_project import employment_kind, start_date, wage, weekly_hours
from matching.constraints_way import WayJudged, judge_way
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.verdict import ConstraintName, Judgement, Verdict
from matching.world import World

_POST = {
    ConstraintName.LICENCE: licence,
    ConstraintName.VEHICLE: vehicle,
    ConstraintName.CERTIFICATES: certificates,
    ConstraintName.LANGUAGE: language,
    ConstraintName.PHYSICAL: physical,
}
_PROJECT = {
    ConstraintName.WEEKLY_HOURS: weekly_hours,
    ConstraintName.EMPLOYMENT_KIND: employment_kind,
    ConstraintName.START_DATE: start_date,
    ConstraintName.WAGE: wage,
}


def judge_post(participant: Participant, offer: Offer, on: date) -> tuple[Judgement, ...]:
    """What the post asks of the person: the same for all her projects."""
    return tuple(_told(name, rule(participant, offer, on)) for name, rule in _POST.items())


def judge(
    participant: Participant,
    project: Project,
    offer: Offer,
    seen: Approach,
    post: tuple[Judgement, ...],
    world: World,
    on: date,
    *,
    with_levers: bool = True,
) -> tuple[tuple[Judgement, ...], WayJudged]:
    """All twelve verdicts, and the way that was judged. ``seen`` and ``post`` are shared by her projects."""
    way = judge_way(participant, project, offer, seen, world, with_levers=with_levers)
    judgements = (
        _told(ConstraintName.TRAVEL, way.travel),
        _told(ConstraintName.AVAILABILITY, way.availability),
        _told(ConstraintName.CARE, way.care),
        *post,
        *(_told(name, rule(project, offer, world, on)) for name, rule in _PROJECT.items()),
    )
    return judgements, way


def judge_alone(
    name: ConstraintName, participant: Participant, project: Project, offer: Offer, world: World, on: date
) -> Verdict:
    """The verdict of one constraint that hangs neither on the way nor on the hours."""
    if name in _POST:
        return _POST[name](participant, offer, on)
    return _PROJECT[name](project, offer, world, on)


def _told(constraint: ConstraintName, verdict: Verdict) -> Judgement:
    return Judgement(constraint=constraint, verdict=verdict)
