"""Posts as rows of numbers, and the tables of answers that the readable rules give about what they hold."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from matching.approach import answer_for
from matching.constraints_post import certificates, language, licence, physical, start_day, vehicle
from matching.constraints_project import employment_kind, start_date, wage, weekly_hours
from matching.encode_distinct import Bits, Distinct, Ints, Kinds, Table, bits_of, part_code, verdict_code
from matching.encode_legs import Place
from matching.encode_trades import Months, Trades
from matching.encode_weeks import Hours
from matching.normalise import skill_key
from matching.offer import Offer
from matching.participant import Certificate, Participant, Project
from matching.scoring import hours_part, language_part, wage_part
from matching.stays import scenarios
from matching.terms import Answer, Mode
from matching.week import days_worked
from matching.world import World, kinds_worked, successions

ANSWERS = {Answer.NO: 0, Answer.YES: 1, Answer.UNKNOWN: 2}


class PostRow(NamedTuple):
    """One post in numbers. The last column, its place in the order of ids, is known once all are there."""

    place: int
    week: int
    day: int
    later: int
    sooner: int
    days_off: int
    licence: int
    certificate: int
    language: int
    demand: int
    vehicle: int
    hours: int
    kind: int
    start: int
    wage: int
    trade: int
    months: int
    required: int
    wished: int
    tie: int


class PostTables:
    """What distinct posts hold, numbered, with one table for each rule that reads it."""

    def __init__(self, world: World, on: date) -> None:
        self._world, self._on = world, on
        self.places: Distinct[Place] = Distinct()
        self.weeks: Distinct[Hours] = Distinct()
        self._told_weeks: dict[Any, int] = {}
        self.skills: Distinct[str] = Distinct()
        self.skill_sets: Distinct[tuple[int, ...]] = Distinct()
        self._bits: tuple[Bits, Ints] | None = None
        names = [
            "day",
            "licence",
            "certificate",
            "language",
            "demand",
            "vehicle",
            "hours",
            "kind",
            "start",
            "wage",
            "trade",
            "months",
        ]
        self._seen: dict[str, Distinct[Offer]] = {name: Distinct() for name in names}
        self._make_tables(world, on)

    def _make_tables(self, world: World, on: date) -> None:
        near, figures, seen = world.parameters.near, world.parameters.scoring, self._seen

        def post(name: str, rule: Any) -> Table[Participant]:
            return Table(seen[name], lambda who, offer: verdict_code(rule(who, offer, on), near))

        def project(name: str, rule: Any) -> Table[Project]:
            return Table(seen[name], lambda what, offer: verdict_code(rule(what, offer, world, on), near))

        self.licence = post("licence", licence)
        self.certificate: Kinds[Participant] = Kinds(
            seen["certificate"],
            lambda who, offer: verdict_code(certificates(who, offer, on), near),
            kind=lambda offer: offer.certificates,
            read=_held,
        )
        self.language = post("language", language)
        self.physical = post("demand", physical)
        self.vehicle = post("vehicle", vehicle)
        self.hours = project("hours", weekly_hours)
        self.kind = project("kind", employment_kind)
        self.start = project("start", start_date)
        self.wage = project("wage", wage)
        self.car: Table[Participant] = Table(
            seen["day"], lambda who, offer: ANSWERS[answer_for(who, offer, Mode.CAR, on)]
        )
        self.worth_hours: Table[Project] = Table(
            seen["hours"], lambda what, offer: part_code(hours_part(what, offer, figures))
        )
        self.worth_wage: Table[Project] = Table(
            seen["wage"], lambda what, offer: part_code(wage_part(what, offer, figures))
        )
        self.trades, self.months = Trades(seen["trade"], world), Months(seen["months"])
        self.spoken: Table[Participant] = Table(
            seen["language"], lambda who, offer: part_code(language_part(who, offer))
        )

    def count(self, name: str) -> int:
        """How many distinct values of that name the posts hold."""
        return len(self._seen[name])

    def row(self, offer: Offer) -> PostRow:
        """One post in numbers; what is new in it is numbered, and the tables grow when next read."""
        day = start_day(offer, self._on)
        untold_wage = offer.employment_kind if offer.hourly_wage_cents is None else None
        not_asked = offer.beginners is Answer.YES or offer.experience_months == 0
        romes = tuple(one.rome for one in offer.rome)
        flex = offer.flexibilities
        keys = {
            "day": day,
            "licence": (offer.licences, day if offer.licences else None),
            "certificate": (offer.certificates, day if offer.certificates else None),
            "language": offer.language,
            "demand": offer.demands,
            "vehicle": (offer.vehicle_required, day if offer.vehicle_required else None),
            "hours": offer.weekly_hours,
            "kind": offer.employment_kind,
            "start": (offer.starts_on, flex.start_date_days),
            "wage": (offer.hourly_wage_cents, untold_wage),
            "trade": offer.rome,
            "months": None if not_asked else (romes, offer.experience_months),
        }
        return PostRow(
            place=self.places.put((offer.place, offer.shuttle), (offer.place, offer.shuttle)),
            week=self._week(offer),
            later=flex.start_later_minutes,
            sooner=flex.end_earlier_minutes,
            days_off=sum(1 << day for day in days_worked(offer.schedule)) if flex.days_negotiable else 0,
            required=self._set(offer.required_skills),
            wished=self._set(offer.wished_skills),
            tie=0,
            **{name: self._seen[name].put(key, offer) for name, key in keys.items()},
        )

    def _week(self, offer: Offer) -> int:
        first = start_day(offer, self._on)
        known = first, offer.ends_on, self._world.school_holidays
        key = offer.schedule, kinds_worked(*known), successions(*known)
        if key not in self._told_weeks:
            hours = scenarios(offer, self._world, self._on)
            self._told_weeks[key] = self.weeks.put(hours, hours)
        return self._told_weeks[key]

    def skill_bits(self) -> tuple[Bits, Ints]:
        """Sets of skills that posts ask for, as bits, and how many are in each."""
        sets = self.skill_sets.values
        if self._bits is None or len(self._bits[1]) != len(sets):
            words = max(1, -(-len(self.skills) // 64))
            self._bits = bits_of(sets, words), np.array([len(one) for one in sets], dtype=np.int32)
        return self._bits

    def _set(self, skills: tuple[str, ...]) -> int:
        numbers = tuple(sorted({self.skills.put(key, key) for key in map(skill_key, skills)}))
        return self.skill_sets.put(numbers, numbers)


def _held(person: Participant, asked: tuple[str, ...]) -> tuple[Certificate, ...] | None:
    """Of her certificates, those that a post asks for."""
    if person.certificates is None:
        return None
    return tuple(one for one in person.certificates if one.code in asked)
