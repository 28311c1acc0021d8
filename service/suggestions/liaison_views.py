"""What the liaison reads of a candidate: consequences, never causes. No field here could hold one.

Hours are one line whatever decides them; language and physical demands are one line; person-side levers
are one phrase; the person is her public id until her référent has agreed to share her name.
"""

from datetime import date

import msgspec

from service.pictures.score import ScoreBar
from service.pictures.week import WeekPicture


class OfferHead(msgspec.Struct, frozen=True, kw_only=True):
    """An offer as the head of a page."""

    id: str
    title: str
    employer: str
    place: str
    state: str
    open: bool
    employment_kind: str
    weekly_hours: int | None
    starts_on: date | None
    closes_on: date | None
    positions: int


class ConstraintLine(msgspec.Struct, frozen=True, kw_only=True):
    """One consequence: its subject, a state in a word and a tone, a sentence, what would lift it."""

    subject: str
    state: str
    tone: str
    text: str
    levers: tuple[str, ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What has already happened between this person, this offer and this employer."""

    text: str
    tone: str
    address: str


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A person seen from an offer. `band`: the scores in a word; `net_weeks`: none when nothing is told."""

    id: str
    label: str
    band: str
    band_tone: str
    headline: str
    travel: str
    fit: ScoreBar
    wish: ScoreBar
    reasons: tuple[str, ...]
    lines: tuple[ConstraintLine, ...]
    questions: tuple[str, ...]
    levers: tuple[str, ...]
    net_weeks: tuple[WeekPicture, ...]
    marks: tuple[Mark, ...]
    may_propose: bool


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """What stops people from a post, and how many; None: fewer than five, where a number would tell who."""

    subject: str
    people: int | None


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """The key screen. `far`: near-misses too far from the trade to be listed. `more` is the address of a
    longer list; `levers_among`: on how many of the nearest levers were tried, 0 for everybody; `obstacles` is
    told when nobody fits.
    """

    offer: OfferHead
    examined: int
    fitting: int
    to_confirm: int
    unrelated: int
    kept: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    far: int
    more: str
    compared: tuple[Candidate, ...]
    compared_too_many: bool
    levers_asked: bool
    levers_among: int
    employer_levers: tuple[str, ...]
    employer_questions: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]


class CandidatePage(msgspec.Struct, frozen=True, kw_only=True):
    """One person on one offer. `place`: her rank among those that fit, of `fitting`; 0 when she does not."""

    offer: OfferHead
    candidate: Candidate
    place: int
    fitting: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A person whose name is shared, found by it."""

    id: str
    label: str


class WhyPage(msgspec.Struct, frozen=True, kw_only=True):
    """« Pourquoi pas elle ? »: the search, then the answer; `sentence` when there is no card to show."""

    offer: OfferHead
    sentence: str
    found: tuple[Found, ...]
    candidate: Candidate | None
    place: int
    fitting: int
