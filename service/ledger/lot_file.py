"""A lot with all that the clauses core asks about it, as values."""

from datetime import date, datetime, tzinfo

import msgspec

from clauses import (
    Allocation,
    BilanLine,
    Declaration,
    EmployerKind,
    Event,
    Grid,
    HourKind,
    Lot,
    Marche,
    Party,
    PenaltyCase,
    Period,
    Placement,
    default_grid,
    live_at,
)


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A company of the lot: its public id, its row, its name as screens show it."""

    id: str
    row_id: int
    name: str
    siret: str | None
    kind: EmployerKind


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person at work on the lot."""

    id: str
    row_id: int
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}"


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of a line counted on another lot than the one where they were declared. `placement`, `company`
    (who declared) and `employer` are those of the line; the lots are named as screens show them."""

    allocation: Allocation
    row_id: int
    month: date
    kind: HourKind
    placement: Placement
    person: Person
    company: Company
    employer: Company
    from_lot: str
    to_lot: str
    author: str
    cancelled_by: str
    reason: str


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths of a company's lines shared as they stand: above zero when they come in, below when out.
    `company_id` told them, `worked_at` is where they were worked."""

    company_id: str
    worked_at: str
    hours: int


class LotFile(msgspec.Struct, frozen=True, kw_only=True):
    """Every id inside the core's Structs is a public id; `row_id`, `placement_rows` and the `row_id` of
    companies and people lead back to the tables. `companies` and `people` are keyed by public id.

    `unconfirmed`: placements of newcomers typed by a firm, which the facilitator has not confirmed yet.
    `closed`: the facilitator has closed the lot. `followed`: the grids that dated acts gave it, each from its
    day (none when loaded for lists). `penalties`: those that wait, and those decided. `moved`: hours shared
    with other lots, by company; `shared`: each of those acts, cancelled too (none when loaded for lists).
    """

    row_id: int
    marche_row_id: int
    territory_row_id: int
    zone: tzinfo
    holiday_region: str
    closed: bool
    marche: Marche
    lot: Lot
    followed: tuple[tuple[date, Grid], ...]
    parties: tuple[Party, ...]
    events: tuple[Event, ...]
    placements: tuple[Placement, ...]
    periods: tuple[Period, ...]
    versions: tuple[Declaration, ...]
    companies: dict[str, Company]
    people: dict[str, Person]
    placement_rows: dict[str, int]
    unconfirmed: frozenset[str]
    penalties: tuple[PenaltyCase, ...]
    moved: tuple[Moved, ...]
    shared: tuple[Shared, ...]

    def grid_at(self, on: date) -> Grid:
        """The grid that judges a period begun on that day."""
        return next((grid for first, grid in reversed(self.followed) if first <= on), default_grid())

    @property
    def moved_in(self) -> int:
        return sum(m.hours for m in self.moved if m.hours > 0)

    @property
    def moved_out(self) -> int:
        return -sum(m.hours for m in self.moved if m.hours < 0)

    def moved_lines(self, known_at: datetime) -> tuple[BilanLine, ...]:
        """The hours shared as known at an instant, as a bilan counts them: above zero when they come in."""
        live = {a.id for a in live_at((s.allocation for s in self.shared), known_at)}
        return tuple(
            BilanLine(
                person_id=s.person.id,
                company_id=s.company.id,
                placement_id=s.placement.id,
                month=s.month,
                kind=s.kind,
                declared=0,
                countable=self.signed(s.allocation),
                validated=self.signed(s.allocation),
            )
            for s in self.shared
            if s.allocation.id in live
        )

    def signed(self, allocation: Allocation) -> int:
        """Its hours seen from this lot: below zero when it gives them."""
        return allocation.hours if allocation.to_lot_id == self.lot.id else -allocation.hours
