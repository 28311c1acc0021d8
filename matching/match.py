"""One match told whole: its verdicts, its trip, its two scores in parts, and lists of such matches."""

from enum import StrEnum

from msgspec import Struct

from matching.terms import Mode
from matching.verdict import Broken, ConstraintName, Judgement, Question, Unknown, Verdict


class PartState(StrEnum):
    """A part of a score is known, not known, or not asked for by anyone (and then counts for nothing)."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


class Part(Struct, frozen=True, kw_only=True):
    """One part of a score. value: 0..10000, 0 unless known. weight: as in the parameters.
    points: what it brings to the total, after renormalising; the points of a score add up exactly.
    """

    name: str
    state: PartState
    value: int
    weight: int
    points: int


class Score(Struct, frozen=True, kw_only=True):
    """total = sum of the parts' points, 0..10000; known_share: weight known ÷ weight asked, 0..10000."""

    total: int
    known_share: int
    parts: tuple[Part, ...]


class TripTold(Struct, frozen=True, kw_only=True):
    """The way to work that was judged: mode, one-way minutes (care detour included) at their likely value,
    their least and greatest when places are imprecise, and the part between care (or home) and work."""

    mode: Mode
    minutes: int
    least: int
    greatest: int
    last_leg: int
    by_care: bool
    distance_m: int | None


class Match(Struct, frozen=True, kw_only=True):
    """One participant × project × offer, judged: « pourquoi pas elle ? » has its whole answer here.

    rank = fit.total × wish.total, an exact integer. ease: cost of what is broken, 0 when nothing is
    (the *presque* list is ordered by it). Ties: known_share, then ids.
    """

    participant: str
    project: str
    offer: str
    parameters: str
    judgements: tuple[Judgement, ...]
    trip: TripTold | None
    fit: Score
    wish: Score
    rank: int
    ease: int

    @property
    def broken(self) -> tuple[Judgement, ...]:
        """The constraints that do not hold."""
        return tuple(j for j in self.judgements if isinstance(j.verdict, Broken))

    @property
    def unknown(self) -> tuple[Judgement, ...]:
        """The constraints that cannot be judged yet."""
        return tuple(j for j in self.judgements if isinstance(j.verdict, Unknown))

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to ask, each once, in the order of the constraints."""
        unknown = (j.verdict for j in self.judgements if isinstance(j.verdict, Unknown))
        asked = (question for verdict in unknown for question in (verdict.question, *verdict.also))
        return tuple(dict.fromkeys(asked))

    def verdict(self, constraint: ConstraintName) -> Verdict:
        """The verdict of one constraint."""
        return next(j.verdict for j in self.judgements if j.constraint is constraint)


class Counts(Struct, frozen=True, kw_only=True):
    """Of what was examined: how many fit, how many wait for an answer, how many are broken."""

    examined: int
    satisfied: int
    unknown: int
    broken: int


class Suggestions(Struct, frozen=True, kw_only=True):
    """kept: nothing broken, best rank first. near: *presque*, by the ease of what is missing."""

    kept: tuple[Match, ...]
    near: tuple[Match, ...]
    counts: Counts
