"""What is not known, ranked by how many pairs an answer would decide."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.ranking import WORTH_A_KERNEL, match_one
from matching.verdict import AskedOf, Question
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
    decides: dict[tuple[str, Question], int] = {}
    concerns: dict[tuple[str, Question], int] = {}
    for match in matches:
        if match.broken:
            continue
        asked = {(_about(question, match), question) for question in match.questions}
        for key in asked:
            concerns[key] = concerns.get(key, 0) + 1
            decides[key] = decides.get(key, 0) + (len(asked) == 1)
    values = [
        QuestionValue(question=question, about=about, decides=decides[about, question], concerns=total)
        for (about, question), total in concerns.items()
    ]
    return tuple(sorted(values, key=_by_value))


def _about(question: Question, match: Match) -> str:
    if question.asked_of is AskedOf.EMPLOYER:
        return match.offer
    return match.participant if question.asked_of is AskedOf.REFERENT else ""


def _by_value(value: QuestionValue) -> tuple[int, int, str, str, tuple[str, ...]]:
    return -value.decides, -value.concerns, value.about, value.question.code, value.question.items
