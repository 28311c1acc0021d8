"""A lot with all that the clauses core asks about it, as values."""

from datetime import tzinfo

import msgspec

from clauses import Declaration, EmployerKind, Event, Grid, Lot, Marche, Party, Period, Placement


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


class LotFile(msgspec.Struct, frozen=True, kw_only=True):
    """Every id inside the core's Structs is a public id; `row_id`, `placement_rows` and the `row_id` of
    companies and people lead back to the tables. `companies` and `people` are keyed by public id.

    `unconfirmed`: placements of newcomers typed by a firm, which the facilitator has not confirmed yet.
    `closed`: the facilitator has closed the lot.
    """

    row_id: int
    marche_row_id: int
    territory_row_id: int
    zone: tzinfo
    holiday_region: str
    closed: bool
    marche: Marche
    lot: Lot
    grid: Grid
    parties: tuple[Party, ...]
    events: tuple[Event, ...]
    placements: tuple[Placement, ...]
    periods: tuple[Period, ...]
    versions: tuple[Declaration, ...]
    companies: dict[str, Company]
    people: dict[str, Person]
    placement_rows: dict[str, int]
    unconfirmed: frozenset[str]
