"""A page of a long list: every pair judged on arrays, what all of them lack counted, and only the first told.

A pair is *related* when its rank is above zero: a score of 0 is quite another trade, and is only counted.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.questions import QuestionValue
from matching.verdict import ConstraintName
from matching.world import World


class Shortlist(Struct, frozen=True, kw_only=True):
    """The first of a list, told whole, and what is to be known of all of it.

    kept: nothing broken, related, best rank first. near: *presque*, by the ease of what is missing, then the
    best rank, of those whose rank is at least the square of ``least_score``; far: how many have less.
    nearest: ids on the other side of all that are so near, related or not. examined: all; fitting: related
    and nothing broken, of which to_confirm wait for an answer; unrelated: nothing broken, quite another
    trade. questions: those asked about what fits. stopped: each distinct set of what is broken, counted.
    """

    kept: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()
    far: int = 0
    nearest: tuple[str, ...] = ()
    examined: int = 0
    fitting: int = 0
    to_confirm: int = 0
    unrelated: int = 0
    questions: tuple[QuestionValue, ...] = ()
    stopped: tuple[tuple[tuple[ConstraintName, ...], int], ...] = ()


def offers_for(
    participant: Participant, offers: Iterable[Offer], world: World, *, on: date, kept: int, near: int
) -> Shortlist:
    """The offers for a participant: those of ``ranking.suggest`` that are related, the first told."""
    from matching import engine_page  # numpy is slow to import

    return engine_page.offers_for(participant, offers, world, on, kept, near)


def people_for(
    offer: Offer, participants: Iterable[Participant], world: World, *, on: date, kept: int, near: int
) -> Shortlist:
    """The participants for an offer: those of ``ranking.candidates`` that are related, the first told."""
    from matching import engine_page

    return engine_page.people_for(offer, participants, world, on, kept, near)


def place_among(
    person_id: str, offer: Offer, participants: Iterable[Participant], world: World, *, on: date
) -> tuple[int, int]:
    """Her place among the participants that fit an offer, 0 when she does not, and how many fit."""
    from matching import engine_page

    return engine_page.place_among(person_id, offer, participants, world, on)
