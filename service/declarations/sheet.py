"""The grid of a month: for each lot of a firm, the people and months it may fill in, and where it stands.

What is offered is what the placements and the lot allow: no month before a placement, after the end of
the lot, or to come. A quarterly marché shows the three months of the quarter.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import msgspec

import clauses
from clauses import ACCEPTED, IN_HAND, Declaration, HourKind, HoursBasis, Placement, State, Window
from service.declarations.desk import Desk
from service.declarations.scope import declarable_placements
from service.ledger.lot_file import LotFile

LETTERS = {HourKind.WORK: "t", HourKind.TRAINING: "f", HourKind.PAID_ABSENCE: "a"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
HOURS_NAME = re.compile(r"h-([0-9a-z]{10})-([0-9]{6})-([tfa])")
DAY_NAME = re.compile(r"j-([0-9a-z]{10})-([0-9]{8})")
LOT_NAME = re.compile(r"(?:neant|motif)-([0-9a-z]{10})")


class Mode(StrEnum):
    """What a lot's part of the page is for."""

    OPEN = "a_remplir"
    RETURNED = "a_corriger"
    CORRECTING = "correction"
    SENT = "envoyee"
    ACCEPTED = "acceptee"
    REJECTED = "refusee"

    @property
    def is_open(self) -> bool:
        return self in (Mode.OPEN, Mode.RETURNED, Mode.CORRECTING)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One person for one month. `firm` names the subcontractor a mandataire may declare for, else empty."""

    placement: Placement
    month: date
    person: str
    firm: str
    confirmed: bool

    def hours_name(self, kind: HourKind) -> str:
        return hours_name(self.placement.id, self.month, kind)

    def day_name(self, on: date) -> str:
        return f"j-{self.placement.id}-{on:%Y%m%d}"

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the month."""
        last = clauses.add_days(clauses.add_months(self.month, 1), -1)
        return tuple(clauses.add_days(self.month, n) for n in range(last.day))


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One lot × period of the page."""

    file: LotFile
    first: date
    last: date
    window: Window
    rows: tuple[Row, ...]
    latest: Declaration | None
    mode: Mode

    @property
    def lot_id(self) -> str:
        return self.file.lot.id

    @property
    def deadline(self) -> date:
        """What was given back is awaited so many days after it was; the rest, after the period."""
        days = self.file.lot.rules.deadline_days
        if self.mode is Mode.RETURNED and self.latest is not None and self.latest.decided_at is not None:
            return clauses.add_days(self.latest.decided_at.astimezone(self.file.zone).date(), days)
        return clauses.add_days(self.last, days)

    @property
    def kinds(self) -> tuple[HourKind, ...]:
        """Paid leave is asked only where the marché counts the hours paid."""
        paid = self.file.lot.rules.hours_basis is HoursBasis.PAID
        return tuple(kind for kind in LETTERS if paid or kind is not HourKind.PAID_ABSENCE)

    @property
    def nothing_name(self) -> str:
        return f"neant-{self.lot_id}"

    @property
    def reason_name(self) -> str:
        return f"motif-{self.lot_id}"


def hours_name(placement_id: str, month: date, kind: HourKind) -> str:
    return f"h-{placement_id}-{month:%Y%m}-{LETTERS[kind]}"


def window_of(file: LotFile, on: date, known_at: datetime) -> Window:
    """The dates of the lot: its events', else those written on it."""
    known = clauses.window_at(file.events, on, known_at)
    return known or Window(starts_on=file.lot.starts_on, ends_on=file.lot.ends_on)


def sheets_of(
    files: Iterable[LotFile],
    desk: Desk,
    month: date,
    on: date,
    known_at: datetime,
    correcting: frozenset[str],
) -> tuple[Sheet, ...]:
    """The sheets of the periods that hold a month. `correcting`: the lots (public ids) whose accepted
    declaration is being corrected."""
    found = (_sheet(file, desk, month, on, known_at, correcting) for file in files)
    return tuple(sheet for sheet in found if sheet is not None)


def _sheet(
    file: LotFile, desk: Desk, month: date, on: date, known_at: datetime, correcting: frozenset[str]
) -> Sheet | None:
    first, last = clauses.period_of(file.marche.calendar, month)
    window = window_of(file, on, known_at)
    own = [v for v in file.versions if (v.company_id, v.period_start) == (desk.company_id, first)]
    rows = _rows(file, desk, first, min(last, on), window, on)
    expected = clauses.expected_reports(file.marche.calendar, window, file.parties, file.placements, on)
    answers = any((e.company_id, e.period_start) == (desk.company_id, first) for e in expected)
    if first > on or not (answers or rows or own):
        return None
    sent = [v for v in own if not clauses.is_taken_back(v)]  # what was taken back lives on in the draft
    latest = sent[-1] if sent else None
    return Sheet(
        file=file,
        first=first,
        last=last,
        window=window,
        rows=rows,
        latest=latest,
        mode=_mode(latest, desk, file.lot.id in correcting),
    )


def _mode(latest: Declaration | None, desk: Desk, correcting: bool) -> Mode:
    if latest is None:
        return Mode.OPEN
    if latest.state is State.A_CORRIGER:
        return Mode.RETURNED
    if latest.state in IN_HAND:
        return Mode.SENT
    if latest.state in ACCEPTED:
        return Mode.CORRECTING if correcting else Mode.ACCEPTED
    return Mode.OPEN if desk.for_firm else Mode.REJECTED


def _rows(file: LotFile, desk: Desk, first: date, last: date, window: Window, on: date) -> tuple[Row, ...]:
    months = [m for m in (clauses.add_months(first, n) for n in range(3)) if m <= last]
    order = {p.id: n for n, p in enumerate(file.placements)}
    found = [
        Row(
            placement=placement,
            month=month,
            person=file.people[placement.person_id].name,
            firm=_other_firm(file, desk, placement),
            confirmed=placement.id not in file.unconfirmed,
        )
        for month in months
        for placement in declarable_placements(
            file, desk.company_id, month, clauses.add_days(clauses.add_months(month, 1), -1), on
        )
        if clauses.is_offered(placement, month, window)
    ]
    return tuple(sorted(found, key=lambda r: (r.firm, order[r.placement.id], r.month)))


def _other_firm(file: LotFile, desk: Desk, placement: Placement) -> str:
    if desk.company_id in (placement.legal_employer_id, placement.user_company_id):
        return ""
    return file.companies[placement.user_company_id].name


def months_offered(files: Iterable[LotFile], on: date, known_at: datetime) -> tuple[date, ...]:
    """The months a firm may open, the latest first: from the start of its first lot to today."""
    found: set[date] = set()
    for file in files:
        found.update(clauses.months_open(window_of(file, on, known_at), on))
    return tuple(sorted(found, reverse=True))
