"""The questions that employers could answer, ranked by how many people each answer would decide for.

Whole territories hold more pairs than a page should wait for: the offers that lack something are taken in
the order of urgency, as many as PAIRS allows, and the page says how many were looked at. The answer is kept
per process under the stamps of what it was made from.
"""

from datetime import date
from threading import Lock

import msgspec
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import (
    AskedOf,
    HoursNotTold,
    Offer,
    QuestionCode,
    QuestionValue,
    Register,
    RotatingWeeks,
    question_gained,
    rank_questions,
)
from service.accounts.account import Account
from service.suggestions.around import world_of
from service.suggestions.load import offers_of, participants_of, read_stamps
from service.suggestions.offer_head import heads_where
from service.tables import OfferRow

# A figure about fewer people could tell what one of them cannot do (semantics.md, Rights).
LEAST_GROUP = 5
# About a second of the readable path.
PAIRS = 1_500


class ToAsk(msgspec.Struct, frozen=True, kw_only=True):
    """One question about one offer, with what it would decide, in words."""

    offer_id: str
    offer: str
    employer: str
    text: str


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """The first questions; `examined` of the `lacking` offers were looked at."""

    first: tuple[ToAsk, ...]
    examined: int
    lacking: int


_Key = tuple[int, int, date, int]
_kept: dict[str, tuple[_Key, Asking]] = {}
_lock = Lock()


def employer_questions(db: Session, account: Account, most: int) -> Asking:
    """The questions of the territory's open offers, in a fixed number of queries."""
    stamps = read_stamps(db, account.territory_id)
    key = (stamps.offers, stamps.participants, account.today, most)
    with _lock:
        kept = _kept.get(stamps.key)
    if kept is not None and kept[0] == key:
        return kept[1]
    people = participants_of(db, account.territory_id, stamps)
    offers = offers_of(db, account.territory_id, stamps, account.today)
    lacking = {one.id: one for one in offers.values() if lacks_something(one)}
    heads = heads_where(
        db, col(OfferRow.public_id).in_(sorted(lacking)), col(OfferRow.territory_id) == account.territory_id
    )
    urgent = sorted(lacking.values(), key=lambda one: (heads[one.id].closes_on or date.max, one.id))
    taken = urgent[: PAIRS // max(1, len(people))]
    world = world_of(db, account.territory_id)
    values = rank_questions(people.values(), taken, world, on=account.today)
    asked = [one for one in values if may_be_counted(one)][:most]
    found = Asking(
        first=tuple(
            ToAsk(
                offer_id=one.about,
                offer=heads[one.about].title,
                employer=heads[one.about].employer,
                text=worded(one),
            )
            for one in asked
        ),
        examined=len(taken),
        lacking=len(lacking),
    )
    with _lock:
        _kept[stamps.key] = (key, found)
    return found


# Asked only for those whom something limits, or whose children live elsewhere in turn: few would tell who.
_DISCREET = (QuestionCode.DEMANDS, QuestionCode.ROTATION_PHASE)


def may_be_counted(value: QuestionValue) -> bool:
    """Whether the liaison may read how many people a question to the employer concerns."""
    question = value.question
    told = question.code not in _DISCREET or value.concerns >= LEAST_GROUP
    return question.asked_of is AskedOf.EMPLOYER and told


def worded(value: QuestionValue) -> str:
    """A question to the employer, with the people that it would decide for."""
    register = Register.FULL if value.question.code is QuestionCode.DEMANDS else Register.LIAISON
    return question_gained(value, register) or ""


def lacks_something(offer: Offer) -> bool:
    """Whether the employer has left untold something that a verdict may hang on."""
    schedule = offer.schedule
    rotation = isinstance(schedule, RotatingWeeks) and schedule.first_on_odd is None
    untold = (
        *(offer.place, offer.demands, offer.weekly_hours, offer.employment_kind),
        *(offer.starts_on, offer.hourly_wage_cents),
    )
    return isinstance(schedule, HoursNotTold) or rotation or None in untold
