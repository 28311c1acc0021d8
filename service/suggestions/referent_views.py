"""What the référent reads of the offers suggested to one of her participants: everything, causes included."""

from datetime import date

import msgspec

from service.pictures.score import ScoreBar
from service.pictures.week import WeekPicture
from service.suggestions.liaison_views import ConstraintLine, Mark, OfferHead


class SuggestedOffer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer seen for a person. `project`: the title of the project that it answers best."""

    offer: OfferHead
    project: str
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
    marks: tuple[Mark, ...]
    may_keep: bool


class SetAsideOffer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that is no longer suggested to this person, and why."""

    offer_id: str
    title: str
    employer: str
    reason: str
    author: str
    on: date


class PersonSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """`missing`: what keeps from suggesting anything; `note`: what the liaison does not see; sentences.
    `far`: near-misses too far from her trade to be listed.
    """

    person_id: str
    person: str
    missing: str
    note: str
    examined: int
    fitting: int
    to_confirm: int
    unrelated: int
    kept: tuple[SuggestedOffer, ...]
    near: tuple[SuggestedOffer, ...]
    far: int
    more: str
    set_aside: tuple[SetAsideOffer, ...]
    levers_asked: bool
    levers: tuple[str, ...]
    questions: tuple[str, ...]


class OneSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One offer in full for one person, with her weeks: one for each of the post's."""

    person_id: str
    person: str
    suggested: SuggestedOffer
    weeks: tuple[WeekPicture, ...]
    set_aside: SetAsideOffer | None
    aside_reasons: tuple[tuple[str, str], ...]
    shareable: tuple[tuple[str, str], ...]
