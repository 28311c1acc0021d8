"""Penalties, simulated: the facilitator proposes, the buyer decides. Euros, rounded half-up once."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from clauses.hours import Hundredths, short_hours
from clauses.wording import NNBSP, day, euros, plural


class PerHour(msgspec.Struct, frozen=True, kw_only=True, tag="per_hour"):
    """So many euros for each hour not done (CCAP21: 200 €)."""

    rate: Decimal


class CeilingMultiple(msgspec.Struct, frozen=True, kw_only=True, tag="ceiling_multiple"):
    """Missing hours × multiple × hourly ceiling of the Sécurité sociale (CSF: 4)."""

    multiple: Decimal
    hourly_ceiling: Decimal


class PerDayLate(msgspec.Struct, frozen=True, kw_only=True, tag="per_day_late"):
    """So many euros a day from the formal notice (CCAP21: 75 €); no notice, no penalty.

    `stopped_on` is the day the proof or the explicit « aucune heure » came: the clock stops, that day unpaid.
    """

    rate: Decimal
    formal_notice_on: date | None
    stopped_on: date | None


class PenaltyCase(msgspec.Struct, frozen=True, kw_only=True):
    """Where a penalty stands: a formal notice that runs until it is answered (`stopped_on`), a proposal
    that waits for the buyer until it is decided. `proposed_on` None: notice given, nothing proposed yet.
    `company_id` None: the mandataire answers."""

    id: str
    company_id: str | None
    proposed_on: date | None
    decided_on: date | None
    formal_notice_on: date | None
    stopped_on: date | None


PenaltyRule = PerHour | CeilingMultiple | PerDayLate


class Penalty(msgspec.Struct, frozen=True, kw_only=True):
    """Euros, and how they come about, in French."""

    amount: Decimal
    explanation: str


def simulate(rule: PenaltyRule, missing: Hundredths, on: date) -> Penalty:
    """The penalty as it would stand on a day; `missing` in hundredths of hours, ignored by the daily one."""
    hours = Decimal(max(0, missing)) / 100
    match rule:
        case PerHour():
            amount = _cents(hours * rule.rate)
            how = f"{short_hours(max(0, missing))} × {euros(rule.rate)}"
        case CeilingMultiple():
            amount = _cents(hours * rule.multiple * rule.hourly_ceiling)
            times = f"{rule.multiple.normalize():f} × {euros(rule.hourly_ceiling)}"
            how = f"{short_hours(max(0, missing))} × {times}"
        case PerDayLate():
            return _per_day(rule, on)
    return Penalty(amount=amount, explanation=f"{how} = {euros(amount)}.")


def _per_day(rule: PerDayLate, on: date) -> Penalty:
    if rule.formal_notice_on is None:
        explanation = "Pas de mise en demeure : le délai ne court pas."
        return Penalty(amount=Decimal("0.00"), explanation=explanation)
    until = min(on, rule.stopped_on) if rule.stopped_on else on
    days = max(0, (until - rule.formal_notice_on).days)
    amount = _cents(rule.rate * days)
    since = f"depuis la mise en demeure du {day(rule.formal_notice_on)}"
    explanation = f"{plural(days, 'jour')} {since} × {euros(rule.rate)}{NNBSP}= {euros(amount)}."
    return Penalty(amount=amount, explanation=explanation)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
