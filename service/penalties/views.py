"""What pages show of penalties."""

from datetime import date, datetime

import msgspec

from service.documents.views import DocumentLine
from service.marches.views import ActionView


class LotHead(msgspec.Struct, frozen=True, kw_only=True):
    """The lot of a penalty, where it stands, and who must act next on it."""

    lot_id: str
    marche_id: str
    reference: str
    number: str
    title: str
    buyer: str
    titulaire: str
    sentence: str
    action: ActionView | None
    time_zone: str


class PenaltyLine(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts in cents, hours in hundredths. `awaited` says who must act on it, empty once decided."""

    id: str
    state: str
    tone: str
    waits: bool
    mode: str
    on: date
    company: str
    due: int | None
    validated: int
    missing: int
    amount: int
    explanation: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    awaited: str
    decided_amount: int | None
    decided_on: date | None
    document: str
    note: str
    recorded_by: str
    recorded_at: datetime | None


class PenaltiesView(msgspec.Struct, frozen=True, kw_only=True):
    head: LotHead
    penalties: tuple[PenaltyLine, ...]


class PenaltyView(msgspec.Struct, frozen=True, kw_only=True):
    head: LotHead
    penalty: PenaltyLine
    documents: tuple[DocumentLine, ...]


class SimulationView(msgspec.Struct, frozen=True, kw_only=True):
    """The form, and the computation once asked for. `amount` in cents."""

    head: LotHead
    mode: str
    due: int | None
    validated: int
    missing: int
    on: date
    simulated: bool
    amount: int
    explanation: str
