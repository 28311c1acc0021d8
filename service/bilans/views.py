"""What pages show of a frozen bilan: with names to the facilitation, without to anybody else."""

from datetime import date, datetime

import msgspec

from service.bilans.cells import Cell


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The lot, the quarter, when and by whom it was frozen; the figures in hundredths, shares in
    ten-thousandths. `people` is None when they are fewer than five and the copy is
    to be shared. `quarter_hours` + `corrections` + `former_validated` = `validated`."""

    id: str
    lot_id: str
    reference: str
    marche: str
    number: str
    title: str
    buyer: str
    titulaire: str
    quarter: str
    quarter_first: date
    quarter_last: date
    known_at: datetime
    author: str
    time_zone: str
    health: str
    tone: str
    sentence: str
    due: int | None
    forecast: int | None
    declared: int
    countable: int
    validated: int
    waiting: int
    time_share: int | None
    hours_share: int | None
    people: int | None
    former_id: str | None
    former_validated: int
    corrections: int
    quarter_hours: int
    alerts: tuple[str, ...]


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person at work on the lot: validated hours of the quarter, and since the beginning."""

    person_id: str
    name: str
    code: str
    firm: str
    employment: str
    modality: str
    quarter_hours: int
    hours: int


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that the former bilan held and that changed since: 120 → 102 shows −18."""

    person_id: str
    name: str
    firm: str
    month: date
    kind: str
    before: int
    after: int
    change: int


class BilanView(msgspec.Struct, frozen=True, kw_only=True):
    """`reproduced`: the computation made again today at the frozen dates gives the same picture."""

    head: Head
    lines: tuple[PersonLine, ...]
    corrections: tuple[Correction, ...]
    by_firm: tuple[Cell, ...]
    by_employment: tuple[Cell, ...]
    by_modality: tuple[Cell, ...]
    reproduced: bool


class CodedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person by a code, without firm nor employment."""

    code: str
    quarter_hours: int
    hours: int


class MonthCorrection(msgspec.Struct, frozen=True, kw_only=True):
    month: date
    change: int


class SharedBilanView(msgspec.Struct, frozen=True, kw_only=True):
    """For the buyer and the coordination. `lines` is empty when fewer than five people worked on the lot."""

    head: Head
    lines: tuple[CodedLine, ...]
    too_few: bool
    corrections: tuple[MonthCorrection, ...]
    by_firm: tuple[Cell, ...]
    by_employment: tuple[Cell, ...]
    by_modality: tuple[Cell, ...]
