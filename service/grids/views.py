"""What pages show of eligibility grids. Criteria here are rules, not anybody's ground."""

from datetime import date, datetime

import msgspec

from service.grids.follow import Moved


class CriterionLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    label: str
    source: str
    proofs: tuple[str, ...]
    needs_opinion: bool
    historic: bool


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is the version in addresses, 0 for the shipped grid; `lots`: open lots that follow it today."""

    key: int
    label: str
    version: int
    in_force_from: date
    in_force: bool
    author: str
    made_at: datetime | None
    reason: str
    lots: int


class GridView(msgspec.Struct, frozen=True, kw_only=True):
    """The version shown, `key` in `versions`, the latest first; `own`: the territory has its own grid."""

    key: int
    label: str
    version: int
    period_months: int
    criteria: tuple[CriterionLine, ...]
    versions: tuple[VersionLine, ...]
    own: bool
    time_zone: str


class GridFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`rows`: how many criteria the form holds; `changes`: what would change, None until asked for."""

    label: str
    version: int
    own: bool
    rows: int
    changes: tuple[str, ...] | None
    fingerprint: str


class LotGridView(msgspec.Struct, frozen=True, kw_only=True):
    """`moved`: the people whose eligible days would change, once asked for; None before."""

    lot_id: str
    number: str
    title: str
    reference: str
    grid: str
    acts: tuple[str, ...]
    others: int
    moved: tuple[Moved, ...] | None
    fingerprint: str
