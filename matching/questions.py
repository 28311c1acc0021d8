"""What is not known, ranked by how many pairs an answer would decide."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from matching.approach import approach
from matching.constraints import judge_alone
from matching.constraints_hours import hours_not_told
from matching.constraints_way import judge_way
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.ranking import WORTH_A_KERNEL, match_one
from matching.stays import scenarios
from matching.terms import Mode
from matching.verdict import AskedOf, ConstraintName, Question, Unknown, Verdict
from matching.world import World


class QuestionValue(Struct, frozen=True, kw_only=True):
    """One question about one offer or participant. decides: pairs where it is the only one left and nothing
    is broken; concerns: all pairs where it is asked and nothing is broken. ``about`` is an offer's id when
    the employer is asked, a participant's when her référent is, and empty for the territory.
    """

    question: Question
    about: str
    decides: int
    concerns: int


def questions(
    participants: Iterable[Participant], offers: Iterable[Offer], world: World, *, on: date
) -> tuple[QuestionValue, ...]:
    """Every open question, the most deciding first; ties by how many it concerns, then by who and what."""
    people, posts = tuple(participants), tuple(offers)
    if len(people) * len(posts) >= WORTH_A_KERNEL:
        from matching import engine_rank

        return questions_of(engine_rank.in_doubt(people, posts, world, on))
    found = (match_one(one, post, world, on=on, with_levers=False) for one in people for post in posts)
    return questions_of(match for match in found if match is not None)


def questions_of(matches: Iterable[Match]) -> tuple[QuestionValue, ...]:
    """The same from matches already made."""
    return _ranked((one.participant, one.offer, one.questions) for one in matches if not one.broken)


class Doubt(Struct, frozen=True, kw_only=True):
    """A pair that nothing breaks: the project and the mode that were kept, and what is unknown."""

    participant: Participant
    project: Project
    offer: Offer
    mode: Mode | None
    unknown: tuple[ConstraintName, ...]


def questions_of_doubts(doubts: Iterable[Doubt], world: World, *, on: date) -> tuple[QuestionValue, ...]:
    """The same from pairs of which only what is unknown is judged: neither scored nor told."""
    return _ranked((one.participant.id, one.offer.id, _asked(one, world, on)) for one in doubts)


def _asked(doubt: Doubt, world: World, on: date) -> tuple[Question, ...]:
    """``Match.questions`` of that pair."""
    ways = _way_verdicts(doubt, world, on) if _WAY & set(doubt.unknown) else {}
    pair = doubt.participant, doubt.project, doubt.offer
    found = (ways[name] if name in _WAY else judge_alone(name, *pair, world, on) for name in doubt.unknown)
    unknown = (verdict for verdict in found if isinstance(verdict, Unknown))
    return tuple(dict.fromkeys(one for verdict in unknown for one in (verdict.question, *verdict.also)))


_WAY = {ConstraintName.TRAVEL, ConstraintName.AVAILABILITY, ConstraintName.CARE}


def _way_verdicts(doubt: Doubt, world: World, on: date) -> dict[ConstraintName, Verdict]:
    """What is unknown of the way and of the hours; hours not told need no way to be asked for."""
    person, offer = doubt.participant, doubt.offer
    if ConstraintName.TRAVEL not in doubt.unknown and not scenarios(offer, world, on):
        availability, care = hours_not_told(person)
        return {ConstraintName.AVAILABILITY: availability, ConstraintName.CARE: care}
    seen = approach(person, offer, world, on, only=doubt.mode)
    way = judge_way(person, doubt.project, offer, seen, world, with_levers=False)
    return {
        ConstraintName.TRAVEL: way.travel,
        ConstraintName.AVAILABILITY: way.availability,
        ConstraintName.CARE: way.care,
    }


def _ranked(pairs: Iterable[tuple[str, str, tuple[Question, ...]]]) -> tuple[QuestionValue, ...]:
    """(participant, offer, what is asked) of each pair, as questions in order."""
    decides: dict[tuple[str, Question], int] = {}
    concerns: dict[tuple[str, Question], int] = {}
    for participant, offer, questions in pairs:
        asked = {(_about(question, participant, offer), question) for question in questions}
        for key in asked:
            concerns[key] = concerns.get(key, 0) + 1
            decides[key] = decides.get(key, 0) + (len(asked) == 1)
    values = [
        QuestionValue(question=question, about=about, decides=decides[about, question], concerns=total)
        for (about, question), total in concerns.items()
    ]
    return tuple(sorted(values, key=_by_value))


def _about(question: Question, participant: str, offer: str) -> str:
    if question.asked_of is AskedOf.EMPLOYER:
        return offer
    return participant if question.asked_of is AskedOf.REFERENT else ""


def _by_value(value: QuestionValue) -> tuple[int, int, str, str, tuple[str, ...]]:
    return -value.decides, -value.concerns, value.about, value.question.code, value.question.items
