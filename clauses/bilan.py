"""The quarterly bilan of a lot: a frozen picture of what was known, and what a later correction changes.

It holds no name: the service gives pseudonyms, and hides any figure about fewer than five people.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from clauses.declaration import Declaration, HourKind, accepted_at
from clauses.events import Event
from clauses.hours import Hundredths
from clauses.obligation import hours_due_at, hours_forecast_at
from clauses.window import elapsed_share, pace_window


class BilanLine(msgspec.Struct, frozen=True, kw_only=True):
    """Accepted hours of a person, for a company, in a month."""

    person_id: str
    company_id: str
    placement_id: str
    month: date
    kind: HourKind
    declared: Hundredths
    countable: Hundredths
    validated: Hundredths


class Bilan(msgspec.Struct, frozen=True, kw_only=True):
    """A lot as it stood on `on`, as known at `known_at`. Shares in ten-thousandths; None: no meaning."""

    lot_id: str
    on: date
    known_at: datetime
    due: Hundredths | None
    forecast: Hundredths | None
    declared: Hundredths
    countable: Hundredths
    validated: Hundredths
    time_share: int | None
    hours_share: int | None
    lines: tuple[BilanLine, ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A correction learnt since the former bilan, on hours it already held: 120 → 102 shows −18."""

    person_id: str
    company_id: str
    placement_id: str
    month: date
    kind: HourKind
    before: Hundredths
    after: Hundredths


def bilan(
    lot_id: str,
    events: tuple[Event, ...],
    versions: tuple[Declaration, ...],
    on: date,
    known_at: datetime,
    moved: tuple[BilanLine, ...] = (),
) -> Bilan:
    """The picture of a lot. The same arguments give the same picture, whatever was added since: only
    versions decided and events known by `known_at` are seen, and only months begun by `on`.

    `moved`: hours shared with other lots as known at that time, above zero when they come in, below when
    they go out; they were declared elsewhere, or stay declared here."""
    standing = accepted_at(tuple(v for v in versions if v.lot_id == lot_id), known_at)
    lines = tuple(sorted(_summed([*_lines(standing, on), *(x for x in moved if x.month <= on)]), key=_key))
    due = hours_due_at(events, on, known_at).hours
    window = pace_window(events, on, known_at)
    validated = sum(line.validated for line in lines)
    return Bilan(
        lot_id=lot_id,
        on=on,
        known_at=known_at,
        due=due,
        forecast=hours_forecast_at(events, on, known_at).hours,
        declared=sum(line.declared for line in lines),
        countable=sum(line.countable for line in lines),
        validated=validated,
        time_share=int(elapsed_share(window.starts_on, window.ends_on, on) * 10_000) if window else None,
        hours_share=validated * 10_000 // due if due else None,
        lines=lines,
    )


def differences(former: Bilan, later: Bilan) -> tuple[Difference, ...]:
    """What changed in the months the former bilan covered; new months are not corrections."""
    before, after = _by_key(former.lines), _by_key(later.lines)
    found = []
    for key in sorted({*before, *after}):
        _, _, _, month, _ = key
        if month > former.on or before.get(key, 0) == after.get(key, 0):
            continue
        person_id, company_id, placement_id, month, kind = key
        found.append(
            Difference(
                person_id=person_id,
                company_id=company_id,
                placement_id=placement_id,
                month=month,
                kind=HourKind(kind),
                before=before.get(key, 0),
                after=after.get(key, 0),
            )
        )
    return tuple(found)


def totals_by(lines: Iterable[BilanLine], field: str) -> dict[str, Hundredths]:
    """Validated hours by `person_id`, `company_id` or `placement_id`; each sums to the bilan's total (I5)."""
    totals: dict[str, Hundredths] = defaultdict(int)
    for line in lines:
        totals[getattr(line, field)] += line.validated
    return dict(totals)


def full_time_equivalents(hours: Hundredths, hours_a_year: int) -> Decimal:
    """ETP to two decimals, half-up. The divisor (1 600, 1 607 or 1 820 hours) is printed on every report."""
    exact = Decimal(hours) / 100 / hours_a_year
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


_Key = tuple[str, str, str, date, str]


def _key(line: BilanLine) -> _Key:
    return (line.person_id, line.company_id, line.placement_id, line.month, line.kind.value)


def _by_key(lines: Iterable[BilanLine]) -> dict[_Key, Hundredths]:
    totals: dict[_Key, Hundredths] = defaultdict(int)
    for line in lines:
        totals[_key(line)] += line.validated
    return dict(totals)


def _summed(lines: Iterable[BilanLine]) -> Iterable[BilanLine]:
    """One line a key: what was shared out is taken from the line that gave it."""
    found: dict[_Key, BilanLine] = {}
    for line in lines:
        former = found.get(_key(line))
        found[_key(line)] = line if former is None else _sum(former, line)
    return found.values()


def _sum(one: BilanLine, other: BilanLine) -> BilanLine:
    return msgspec.structs.replace(
        one,
        declared=one.declared + other.declared,
        countable=one.countable + other.countable,
        validated=one.validated + other.validated,
    )


def _lines(versions: Iterable[Declaration], on: date) -> Iterable[BilanLine]:
    for version in versions:
        for line in version.lines:
            if line.month <= on:
                yield BilanLine(
                    person_id=line.person_id,
                    company_id=version.company_id,
                    placement_id=line.placement_id,
                    month=line.month,
                    kind=line.kind,
                    declared=line.hours,
                    countable=line.countable,
                    validated=line.accepted or 0,
                )
