"""Figures by date of entry in force, from parameters.toml: unit in each key, source in each entry."""

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from clauses.errors import UnknownParameter
from clauses.facts import LegalLimits
from clauses.marche import Rules
from clauses.progress import HealthLimits


class Status(StrEnum):
    """How sure a figure is."""

    VERIFIED = "V"
    DERIVED = "D"
    NOT_VERIFIED = "U"

    @property
    def label(self) -> str:
        return {"V": "Vérifié", "D": "Calculé", "U": "Usage non vérifié"}[self.value]


class Parameter(msgspec.Struct, frozen=True, kw_only=True, rename={"in_force_from": "from"}):
    """One value of a figure, in the unit that its name tells, from a date on."""

    in_force_from: date
    value: int
    status: Status
    source: str
    note: str


@cache
def parameters() -> dict[str, tuple[Parameter, ...]]:
    """All figures, each with its values in the order of their dates."""
    text = files("clauses").joinpath("parameters.toml").read_text(encoding="utf-8")
    table = msgspec.convert(tomllib.loads(text), dict[str, tuple[Parameter, ...]])
    return {name: tuple(sorted(values, key=lambda v: v.in_force_from)) for name, values in table.items()}


def parameter(name: str, on: date) -> Parameter:
    """The value in force on a day.

    Raises UnknownParameter when the name is unknown or no value is in force yet.
    """
    held = [v for v in parameters().get(name, ()) if v.in_force_from <= on]
    if not held:
        raise UnknownParameter(f"no value of {name!r} in force on {on.isoformat()}")
    return held[-1]


def figure(name: str, on: date) -> int:
    return parameter(name, on).value


def legal_limits(on: date) -> LegalLimits:
    """The limits that the rules on working time and the follow-up rules read, at that date."""
    return LegalLimits(
        month_hold=figure("legal_month_hold_hundredths", on),
        month_warn=figure("legal_month_warn_hundredths", on),
        day=figure("legal_day_hundredths", on),
        week=figure("legal_week_hundredths", on),
        minor_day=figure("minor_day_hundredths", on),
        minor_week=figure("minor_week_hundredths", on),
        full_time_week=figure("full_time_week_hundredths", on),
        expiry_days=figure("expiry_notice_days", on),
        proof_days=figure("proof_notice_days", on),
        gap_points=figure("pace_gap_points", on),
        same_months=figure("same_hours_months", on),
        nothing_periods=figure("nothing_periods", on),
    )


def default_rules(on: date) -> Rules:
    """The rules that a new lot begins with, from the figures in force."""
    return Rules(
        training_cap_percent=figure("training_cap_percent", on),
        eligibility_months=figure("eligibility_months", on),
        cdi_cap_months=figure("cdi_cap_months", on),
        deadline_days=figure("declaration_deadline_days", on),
        control_days=figure("control_days", on),
    )


def health_limits(on: date) -> HealthLimits:
    return HealthLimits(
        at_risk_points=figure("at_risk_gap_points", on), late_points=figure("late_gap_points", on)
    )
