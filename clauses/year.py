"""The yearly bilan: validated hours by buyer, firm, public, modality and kind of employment.

Hours are those of the months of the year, as they stand accepted at `known_at`. The divisor that makes
full-time equivalents of hours (1 600, 1 607 or 1 820) is part of the result: it is printed with it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from clauses.bilan import full_time_equivalents
from clauses.days import last_day
from clauses.declaration import Declaration, Line, accepted_at
from clauses.disclosure import Cell, Group, disclose, group_by, total_of
from clauses.eligibility import Period
from clauses.hours import Hundredths
from clauses.placement import Placement, employment_at, modality


class Dimension(StrEnum):
    """What the year is told by."""

    BUYER = "acheteur"
    COMPANY = "entreprise"
    PUBLIC = "public"
    MODALITY = "modalite"
    EMPLOYMENT = "emploi"

    @property
    def label(self) -> str:
        return {
            "acheteur": "Acheteur",
            "entreprise": "Entreprise",
            "public": "Public",
            "modalite": "Modalité",
            "emploi": "Type d’emploi",
        }[self.value]


class YearLine(msgspec.Struct, frozen=True, kw_only=True):
    """Validated hours of a month. `public` is the criterion that made the person eligible, empty when no
    period is known; `company_id` is where the person worked."""

    month: date
    person_id: str
    placement_id: str
    buyer_id: str
    company_id: str
    public: str
    modality: str
    employment: str
    hours: Hundredths


class YearTable(msgspec.Struct, frozen=True, kw_only=True):
    """The cells of a dimension; `etp` by key, without those hidden."""

    dimension: Dimension
    cells: tuple[Cell, ...]
    etp: dict[str, Decimal]


class YearBilan(msgspec.Struct, frozen=True, kw_only=True):
    """A year. `etp_hours` is the divisor; `etp` None when the total is hidden."""

    year: int
    etp_hours: int
    total: Cell
    etp: Decimal | None
    tables: tuple[YearTable, ...]


KEYS: dict[Dimension, Callable[[YearLine], str]] = {
    Dimension.BUYER: lambda line: line.buyer_id,
    Dimension.COMPANY: lambda line: line.company_id,
    Dimension.PUBLIC: lambda line: line.public,
    Dimension.MODALITY: lambda line: line.modality,
    Dimension.EMPLOYMENT: lambda line: line.employment,
}


def year_lines(
    versions: tuple[Declaration, ...],
    placements: Iterable[Placement],
    periods: tuple[Period, ...],
    buyers: Mapping[str, str],
    year: int,
    known_at: datetime,
) -> tuple[YearLine, ...]:
    """The validated lines of a year over any number of lots; `buyers` gives the buyer of each lot."""
    by_id = {p.id: p for p in placements}
    return tuple(
        _line(line, by_id[line.placement_id], periods, buyers[version.lot_id])
        for version in accepted_at(versions, known_at)
        for line in version.lines
        if line.month.year == year and line.accepted
    )


def year_bilan(lines: tuple[YearLine, ...], year: int, etp_hours: int, least: int) -> YearBilan:
    """The year by each dimension. `least` is the fewest people that a figure may tell of; pass 1 for the
    facilitator's own screen, where nothing is hidden."""
    kept = tuple(line for line in lines if line.month.year == year)
    tables = tuple(_table(kept, dimension, etp_hours, least) for dimension in Dimension)
    whole = total_of(_groups(kept, lambda _: ""), least)
    etp = None if whole.hours is None else full_time_equivalents(whole.hours, etp_hours)
    return YearBilan(year=year, etp_hours=etp_hours, total=whole, etp=etp, tables=tables)


def public_of(periods: tuple[Period, ...], person_id: str, on: date) -> str:
    """The criterion under which a person was eligible that day: of several, the period that began first."""
    held = [
        p
        for p in periods
        if p.person_id == person_id and p.starts_on <= on and (p.revoked_on is None or on < p.revoked_on)
    ]
    current = [p for p in held if p.ends_on is None or on <= p.ends_on]
    # After its own end, a period may still serve through a CDI: the last one begun then speaks.
    found = min(current, key=_start, default=None) or max(held, key=_start, default=None)
    return found.criterion if found else ""


def _start(period: Period) -> tuple[date, str]:
    return period.starts_on, period.id


def _line(line: Line, placement: Placement, periods: tuple[Period, ...], buyer_id: str) -> YearLine:
    first = line.covered[0].first if line.covered else line.month
    return YearLine(
        month=line.month,
        person_id=line.person_id,
        placement_id=placement.id,
        buyer_id=buyer_id,
        company_id=placement.user_company_id,
        public=public_of(periods, line.person_id, first),
        modality=modality(placement).value,
        employment=employment_at(placement.employment_kind, placement.cdi_from, last_day(line.month)).value,
        hours=line.accepted or 0,
    )


def _groups(lines: tuple[YearLine, ...], key: Callable[[YearLine], str]) -> tuple[Group, ...]:
    return group_by(lines, key, lambda x: x.hours, lambda x: x.person_id, lambda x: x.placement_id)


def _table(lines: tuple[YearLine, ...], dimension: Dimension, etp_hours: int, least: int) -> YearTable:
    cells = disclose(_groups(lines, KEYS[dimension]), least)
    etp = {c.key: full_time_equivalents(c.hours, etp_hours) for c in cells if c.hours is not None}
    return YearTable(dimension=dimension, cells=cells, etp=etp)
