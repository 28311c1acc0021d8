"""What the file of a lot shows. No ground of eligibility here: the coordination reads these pages too."""

from datetime import date, datetime

import msgspec

from service.documents.views import DocumentLine
from service.lots.debts import Debts
from service.lots.uninvited import Inviter, Uninvited
from service.marches.views import ActionView, LotLine
from service.pictures.pace import PacePoint
from service.sharing.views import LotSharing


class LotNamed(msgspec.Struct, frozen=True, kw_only=True):
    """The lot that a form is about; `reference`: that of its marché."""

    lot_id: str
    number: str
    title: str
    reference: str


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event with both clocks: effect and entry. `due_after` in hundredths, None when not known."""

    id: str
    label: str
    on: date
    known_at: datetime
    author: str
    sentence: str
    due_after: int | None
    future: bool
    withdrawn: bool
    withdrawn_reason: str
    may_withdraw: bool


class PartyView(msgspec.Struct, frozen=True, kw_only=True):
    """A company in the tree; `key_percent` its share of the groupement as written."""

    id: str
    company: str
    siret: str | None
    employer_kind: str
    role: str
    tier: int
    parent: str
    starts_on: date
    ends_on: date | None
    present: bool
    key_share: str
    acte_special: str


class PartyActView(msgspec.Struct, frozen=True, kw_only=True):
    """One act on the companies of the lot: when, what in a sentence, by whom."""

    at: datetime
    sentence: str
    author: str


class WorkerView(msgspec.Struct, frozen=True, kw_only=True):
    """A person at work on the lot. `eligible`: the days that may count here, without their ground."""

    placement_id: str
    person_id: str
    name: str
    employer: str
    user_company: str
    employment: str
    modality: str
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    end_reason: str
    weekly_hours: int | None
    running: bool
    confirmed: bool
    eligible: tuple[tuple[date, date | None], ...]
    declared: int
    validated: int


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A company's answer for a period: a word and a shape; `declaration_id` when there is one to open."""

    label: str
    tone: str
    hours: int | None
    declaration_id: str | None


class MatrixRow(msgspec.Struct, frozen=True, kw_only=True):
    company: str
    cells: tuple[Cell | None, ...]


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Companies × periods (their first days); `labels` name the periods, a quarter by both its ends."""

    periods: tuple[date, ...]
    labels: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


class OrderView(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase order. Amounts in cents, `consumed` in ten-thousandths of its days. `owed`: what it added to
    the due; `promised`: what it adds to the forecast once consumed; None when not known, or not followed."""

    id: str
    reference: str
    tranche: str
    on: date
    starts_on: date
    ends_on: date
    amount: int
    consumed: int
    owed: int | None
    promised: int | None


class TrancheView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a tranche stands. `on`: the day it became firm, else the day that is expected. `id` empty: it was
    affirmed at the ledger without having been announced; `event_id` empty: it is not affirmed."""

    id: str
    label: str
    state: str
    tone: str
    firm: bool
    dropped_reason: str
    event_id: str
    on: date | None
    amount: int | None
    hours: int | None
    orders: int
    ordered: int
    invoiced: int
    owed: int | None
    promised: int | None


class PartsView(msgspec.Struct, frozen=True, kw_only=True):
    """`follows`: the method of the lot follows amounts, so that orders move its forecast."""

    tranches: tuple[TrancheView, ...]
    orders: tuple[OrderView, ...]
    follows: bool


class RuleView(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    value: str


class LotView(msgspec.Struct, frozen=True, kw_only=True):
    line: LotLine
    volume: str
    forecast: int | None
    declared: int
    countable: int
    surplus: int
    pace: int | None
    calibrated: bool
    explanation: tuple[str, ...]
    unknown: str
    without_total: tuple[str, ...]
    expected_explanation: tuple[str, ...]
    actions: tuple[ActionView, ...]
    points: tuple[PacePoint, ...]
    matrix: Matrix
    workers: tuple[WorkerView, ...]
    parties: tuple[PartyView, ...]
    party_acts: tuple[PartyActView, ...]
    events: tuple[EventView, ...]
    rules: tuple[RuleView, ...]
    grid: str
    sharing: LotSharing
    debts: Debts | None
    uninvited: tuple[Uninvited, ...]
    inviters: tuple[Inviter, ...]
    documents: tuple[DocumentLine, ...]
    parts: PartsView
