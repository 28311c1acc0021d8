"""What the post asks of whoever takes it: licence, vehicle, certificates, language, physical demands.

Papers are judged on the day the job starts. What the offer does not state is not asked.
"""

from datetime import date

from matching.offer import Offer
from matching.participant import Participant
from matching.terms import Answer, Mode, PhysicalDemand
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
    Satisfied,
    Unknown,
    Verdict,
)

HOLDS = Satisfied(margin_minutes=None)

# Categories that a licence includes: Code de la route, R221-4 to R221-10 (equivalences).
_INCLUDES = {
    "AM": ("AM",),
    "A1": ("A1", "AM"),
    "A2": ("A2", "A1", "AM"),
    "A": ("A", "A2", "A1", "AM"),
    "B1": ("B1", "AM"),
    "B": ("B", "B1", "AM"),
    "BE": ("BE", "B", "B1", "AM"),
    "C1": ("C1", "B", "B1", "AM"),
    "C": ("C", "C1", "B", "B1", "AM"),
    "CE": ("CE", "C1E", "BE", "C", "C1", "B", "B1", "AM"),
    "D1": ("D1", "B", "B1", "AM"),
    "D": ("D", "D1", "B", "B1", "AM"),
}


# Code de la route, R. 221-5: no training for these without a licence B.
AFTER_B = frozenset({"B96", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"})


def may_drive_a_car(participant: Participant, day: date | None = None) -> bool:
    """Whether she holds a B licence, or one that includes it; ``day``: valid then. True when not explored."""
    return participant.licences is None or any(
        "B" in _INCLUDES.get(one.category, ())
        and (day is None or (one.valid_from or day) <= day <= (one.valid_until or day))
        for one in participant.licences
    )


def start_day(offer: Offer, on: date) -> date:
    """The day on which the job starts: as told, and never before today."""
    return max(offer.starts_on or on, on)


def licence(participant: Participant, offer: Offer, on: date) -> Verdict:
    """Every licence asked must be valid on the first day. A lorry's is two to pass for who has no B."""
    if not offer.licences:
        return HOLDS
    if participant.licences is None:
        return _ask(QuestionCode.LICENCES, offer.licences)
    day = start_day(offer, on)
    held = {c for one in participant.licences for c in _INCLUDES.get(one.category, (one.category,))}
    valid = {
        c
        for one in participant.licences
        if (one.valid_from or day) <= day <= (one.valid_until or day)
        for c in _INCLUDES.get(one.category, (one.category,))
    }
    lacking = tuple(category for category in offer.licences if category not in valid)
    if not lacking:
        return HOLDS
    missing = tuple(category for category in lacking if category not in held)
    code = ReasonCode.LICENCE_MISSING if missing else ReasonCode.LICENCE_EXPIRED
    items = missing or lacking
    first = () if held & {"B", *AFTER_B} or "B" in lacking or not AFTER_B & set(lacking) else ("B",)
    needed = (*first, *lacking)
    levers = tuple(Lever(code=LeverCode.LICENCE, side=LeverSide.PERSON, item=item) for item in needed)
    return Broken(reason=Reason(code=code, missing=len(needed), items=items, on=day), levers=levers)


def vehicle(participant: Participant, offer: Offer, on: date) -> Verdict:
    """A vehicle asked is a car or a light van that the person can use, and drive on the first day."""
    if not offer.vehicle_required:
        return HOLDS
    lever = Lever(code=LeverCode.MODE, side=LeverSide.PERSON, mode=Mode.CAR)
    if not may_drive_a_car(participant, start_day(offer, on)):
        paper = Lever(code=LeverCode.LICENCE, side=LeverSide.PERSON, item="B")
        levers = (paper,) if participant.modes.car is Answer.YES else (paper, lever)
        return Broken(reason=Reason(code=ReasonCode.VEHICLE_MISSING), levers=levers)
    if participant.modes.car is Answer.YES:
        return HOLDS
    if participant.modes.car is Answer.UNKNOWN:
        return _ask(QuestionCode.VEHICLE, ())
    return Broken(reason=Reason(code=ReasonCode.VEHICLE_MISSING), levers=(lever,))


def certificates(participant: Participant, offer: Offer, on: date) -> Verdict:
    """Every certificate asked must be held and valid on the first day."""
    if not offer.certificates:
        return HOLDS
    if participant.certificates is None:
        return _ask(QuestionCode.CERTIFICATES, offer.certificates)
    day = start_day(offer, on)
    held = {one.code for one in participant.certificates}
    valid = {one.code for one in participant.certificates if (one.valid_until or day) >= day}
    lacking = tuple(code for code in offer.certificates if code not in valid)
    if not lacking:
        return HOLDS
    missing = tuple(code for code in lacking if code not in held)
    code = ReasonCode.CERTIFICATE_MISSING if missing else ReasonCode.CERTIFICATE_EXPIRED
    levers = tuple(Lever(code=LeverCode.CERTIFICATE, side=LeverSide.PERSON, item=item) for item in lacking)
    reason = Reason(code=code, missing=len(lacking), items=lacking, on=day)
    return Broken(reason=reason, levers=levers)


def language(participant: Participant, offer: Offer, on: date) -> Verdict:
    """The level of French asked, on the CEFR scale."""
    del on
    if offer.language is None:
        return HOLDS
    if participant.language is None:
        return _ask(QuestionCode.LANGUAGE, (offer.language.value,))
    gap = offer.language.rank - participant.language.rank
    if gap <= 0:
        return HOLDS
    reason = Reason(code=ReasonCode.LANGUAGE_BELOW, missing=gap, items=(offer.language.value,))
    lever = Lever(code=LeverCode.LANGUAGE, side=LeverSide.PERSON, item=offer.language.value)
    return Broken(reason=reason, levers=(lever,))


def physical(participant: Participant, offer: Offer, on: date) -> Verdict:
    """Each demand of the post, against what the person has said she can do."""
    del on
    if offer.demands is None:
        limited = any(participant.physical.of(demand) is Answer.NO for demand in PhysicalDemand)
        asked = Question(code=QuestionCode.DEMANDS, asked_of=AskedOf.EMPLOYER)
        return Unknown(question=asked) if limited else HOLDS
    answers = {demand: participant.physical.of(demand) for demand in offer.demands}
    cannot = tuple(demand.value for demand, answer in answers.items() if answer is Answer.NO)
    if cannot:
        levers = tuple(Lever(code=LeverCode.POST_ADAPTED, side=LeverSide.OFFER, item=one) for one in cannot)
        reason = Reason(code=ReasonCode.PHYSICAL_DEMAND, missing=len(cannot), items=cannot)
        return Broken(reason=reason, levers=levers)
    unexplored = tuple(demand.value for demand, answer in answers.items() if answer is Answer.UNKNOWN)
    return _ask(QuestionCode.PHYSICAL, unexplored) if unexplored else HOLDS


def _ask(code: QuestionCode, items: tuple[str, ...]) -> Unknown:
    return Unknown(question=Question(code=code, asked_of=AskedOf.REFERENT, items=items))
