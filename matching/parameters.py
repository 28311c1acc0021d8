"""The figures of the matching, read from ``parameters.toml``: each with its source there, one version.

A page may build another ``Parameters`` (weights moved) and rank with it before anything is saved.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from matching.errors import BadParameters
from matching.terms import Mode
from matching.verdict import ReasonCode

Natural = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(gt=0)]


class _Figures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: a key too many is a mistyped one."""


class ModeFigures(_Figures, frozen=True, kw_only=True):
    """Metres an hour near and far, where far begins, minutes added, least minutes in one commune."""

    near_speed: Positive
    far_speed: Positive
    near_metres: Natural
    fixed_minutes: Natural
    same_commune_minutes: Natural


class TravelFigures(_Figures, frozen=True, kw_only=True):
    """How distances become minutes."""

    detour_percent: Positive
    ceiling_minutes: Positive
    max_wait_minutes: Natural
    transit_bound_metres_per_hour: Positive
    split_break_minutes: Natural
    modes: dict[Mode, ModeFigures]


class Smic(_Figures, frozen=True, kw_only=True):
    """Gross minimum hourly wage in cents, from its date of entry in force."""

    since: date = field(name="from")
    hourly_cents: Positive


class FitWeights(_Figures, frozen=True, kw_only=True):
    """Weights of the parts of *fit*, in the order in which they are told."""

    occupation: Natural
    required_skills: Natural
    wished_skills: Natural
    transferable: Natural
    experience: Natural
    language: Natural


class WishWeights(_Figures, frozen=True, kw_only=True):
    """Weights of the parts of *wish*, in the order in which they are told."""

    trade: Natural
    hours: Natural
    travel: Natural
    wage: Natural
    target: Natural


class ScoringFigures(_Figures, frozen=True, kw_only=True):
    """Figures inside the parts, in ten-thousandths, minutes or percent (see the file)."""

    same_domain: Natural
    beyond_radius: Natural
    comfort_minutes: Positive
    wage_at_minimum: Natural
    wage_full_percent: Annotated[int, Meta(gt=100)]
    hours_lost_per_hundredth: Natural


class Cost(_Figures, frozen=True, kw_only=True):
    """base + per_unit × missing ÷ unit, floored."""

    base: Natural
    per_unit: Natural
    unit: Positive


class NearFigures(_Figures, frozen=True, kw_only=True):
    """What makes a pair a near-miss (*presque*), and in which order."""

    max_broken: Positive
    max_cost: Positive
    within_divisor: Positive
    keep: Natural
    least_score: Positive
    cost: dict[ReasonCode, Cost]


class LeverFigures(_Figures, frozen=True, kw_only=True):
    """The fixed steps of the levers, in minutes."""

    step_minutes: Positive
    max_minutes: Positive
    max_travel_minutes: Natural


class WordingFigures(_Figures, frozen=True, kw_only=True):
    """Figures that only change the words."""

    tight_minutes: Natural


class Parameters(_Figures, frozen=True, kw_only=True):
    """Every figure of the matching, under one version."""

    version: str
    travel: TravelFigures
    smic: tuple[Smic, ...]
    fit: FitWeights
    wish: WishWeights
    scoring: ScoringFigures
    near: NearFigures
    levers: LeverFigures
    wording: WordingFigures

    def smic_cents(self, on: date) -> int | None:
        """Minimum hourly wage in force at that date, or None before the first one of the file."""
        known = [smic for smic in self.smic if smic.since <= on]
        return max(known, key=lambda smic: smic.since).hourly_cents if known else None


def read_parameters(text: str) -> Parameters:
    """Parameters from TOML text. Raises BadParameters with the path of the faulty key."""
    try:
        parameters = msgspec.toml.decode(text, type=Parameters)
    except (msgspec.ValidationError, msgspec.DecodeError) as fault:
        raise BadParameters(f"paramètres illisibles : {fault}") from fault
    speeds = set(Mode) - {Mode.TRANSIT, Mode.SHUTTLE} - set(parameters.travel.modes)
    costs = set(ReasonCode) - set(parameters.near.cost)
    if speeds or costs:
        raise BadParameters(f"paramètres incomplets : {', '.join(sorted(speeds | costs))}")
    return parameters


@cache
def default_parameters() -> Parameters:
    """The parameters that ship with the package."""
    return read_parameters((Path(__file__).parent / "parameters.toml").read_text(encoding="utf-8"))
