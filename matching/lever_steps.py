"""The changes to try, each a ladder of growing steps: the person's, from what she lacks; the employer's."""

from collections.abc import Iterable
from datetime import date

from matching.changes import days_lacking
from matching.constraints_post import AFTER_B, certificates, language, licence, may_drive_a_car, start_day
from matching.offer import Offer
from matching.participant import Participant
from matching.terms import Answer, Mode
from matching.travel import shuttle_minutes
from matching.verdict import Broken, Lever, LeverCode, LeverSide
from matching.week import AvailabilityWindows, CareWindows, days_worked
from matching.world import World

_L = LeverCode
Ladder = tuple[Lever, ...]  # one change in growing steps


def person_steps(participant: Participant, closed: Iterable[Offer], world: World, on: date) -> list[Ladder]:
    """Modes, care, availability, travel, and the papers and days that the ``closed`` offers ask for."""
    figures, side, posts = world.parameters.levers, LeverSide.PERSON, tuple(closed)
    steps: list[Ladder] = [
        (Lever(code=_L.MODE, side=side, mode=mode),)
        for mode in Mode
        if mode is not Mode.SHUTTLE
        and participant.modes.of(mode) is Answer.NO
        and (mode is not Mode.CAR or may_drive_a_car(participant))
    ]
    if isinstance(participant.care, CareWindows):
        steps += [
            _ladder(code, side, figures.step_minutes, figures.max_minutes)
            for code in (_L.CARE_EARLIER, _L.CARE_LATER)
        ]
        worked = set().union(*(days_worked(post.schedule) for post in posts))
        lacking = set().union(*(days_lacking(child) for child in participant.care.children))
        steps += [(Lever(code=_L.CARE_DAY, side=side, days=(day,)),) for day in sorted(worked & lacking)]
    if isinstance(participant.availability, AvailabilityWindows):
        steps += [
            _ladder(code, side, figures.step_minutes, figures.max_minutes)
            for code in (_L.AVAILABLE_EARLIER, _L.AVAILABLE_LATER)
        ]
    steps.append(_ladder(_L.TRAVEL_LONGER, side, figures.step_minutes, figures.max_travel_minutes))
    return steps + [(lever,) for lever in _papers(participant, posts, on)]


def offer_steps(offer: Offer, out_of_reach: Iterable[Participant], world: World) -> list[Ladder]:
    """Hours moved, a day off, a shuttle from where ``out_of_reach`` live, what the post could do without."""
    figures, side, flex = world.parameters.levers, LeverSide.OFFER, offer.flexibilities
    step, most = figures.step_minutes, figures.max_minutes
    whole_later = min(flex.start_later_minutes, flex.end_later_minutes)
    whole_earlier = min(flex.start_earlier_minutes, flex.end_earlier_minutes)
    steps: list[Ladder] = []
    days = days_worked(offer.schedule)
    if days:
        steps += [
            _ladder(_L.START_LATER, side, step, most, flex.start_later_minutes),
            _ladder(_L.END_EARLIER, side, step, most, flex.end_earlier_minutes),
            _ladder(_L.SHIFT_LATER, side, step, most, whole_later),
            _ladder(_L.SHIFT_EARLIER, side, step, most, whole_earlier),
        ]
    if len(days) > 1:
        steps += [
            (Lever(code=_L.DAY_OFF, side=side, days=(day,), within=flex.days_negotiable),) for day in days
        ]
    steps += [(lever,) for lever in _shuttles(offer, out_of_reach, world)]
    steps += [(Lever(code=_L.CERTIFICATE, side=side, item=item),) for item in offer.certificates]
    steps += [(Lever(code=_L.LICENCE, side=side, item=item),) for item in offer.licences]
    return steps + [
        (Lever(code=_L.POST_ADAPTED, side=side, item=demand.value),) for demand in offer.demands or ()
    ]


def _ladder(code: LeverCode, side: LeverSide, step: int, most: int, within: int = 0) -> Ladder:
    return tuple(
        Lever(code=code, side=side, minutes=minutes, within=minutes <= within)
        for minutes in range(step, most + 1, step)
    )


def _shuttles(offer: Offer, people: Iterable[Participant], world: World) -> list[Lever]:
    """A shuttle from each of their communes: as long as by car from the first of them."""
    found: dict[str, Lever] = {}
    for participant in people:
        home = participant.home
        if home is None or home.insee is None or home.insee in found:
            continue
        minutes = shuttle_minutes(home, offer, world)
        if minutes is not None:
            found[home.insee] = Lever(code=_L.SHUTTLE, side=LeverSide.OFFER, item=home.insee, minutes=minutes)
    return [found[insee] for insee in sorted(found)]


def _papers(participant: Participant, offers: Iterable[Offer], on: date) -> list[Lever]:
    """Licences, certificates and levels of French that those offers ask for and she lacks; the licence of the
    car that she has."""
    asking = {
        (offer.licences, offer.certificates, offer.language, start_day(offer, on)): offer for offer in offers
    }
    told = {
        lever
        for offer in asking.values()
        for rule in (licence, certificates, language)
        if isinstance(verdict := rule(participant, offer, on), Broken)
        for lever in verdict.levers
        if lever.code is not _L.LICENCE or _within_reach(lever.item, participant)
    }
    if participant.modes.car is Answer.YES and not may_drive_a_car(participant):
        told.add(Lever(code=_L.LICENCE, side=LeverSide.PERSON, item="B"))
    return sorted(told, key=lambda lever: (lever.code, lever.item or ""))


def _within_reach(category: str | None, participant: Participant) -> bool:
    """Whether the licence is one step away: a lorry's is two for who drives no car."""
    held = {one.category for one in participant.licences or ()}
    return category not in AFTER_B or bool(held & (AFTER_B | {"B"}))
