"""Replaying a case: each act goes through the core on its day, with what was known that day.

The books are kept as they stood after each act, so that a question « as known on such a day » is answered
from what had been done by then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

import msgspec

from clauses.allocation import Allocation, Move, allocate, cancel, lot_balance, restated
from clauses.case_model import (
    ALWAYS,
    FOR_EVER,
    Act,
    Decide,
    HolidaysOf,
    LineRef,
    Send,
    ShareOut,
    TakeBack,
    World,
    learnt,
)
from clauses.case_moves import AUTHOR, moved
from clauses.days import Holidays, add_months, last_day
from clauses.decision import Accept, LineDecision, accept, supersede
from clauses.declaration import ACCEPTED, IN_HAND, Declaration, HourKind, Line, Waiver, latest
from clauses.declare import Declare, asks_visa, declare, rejudge
from clauses.eligibility import Period, open_period
from clauses.errors import Reason, Refused, refused
from clauses.events import Event
from clauses.facts import Context, LotStanding, OtherLine
from clauses.in_force import is_percentage
from clauses.marche import Party
from clauses.obligation import hours_due_at, hours_expected_at, hours_forecast_at
from clauses.parameters import health_limits, legal_limits
from clauses.parcours import Step, StepChange, StepChangeKind, record
from clauses.placement import Placement
from clauses.progress import Progress, progress
from clauses.replacement import parties_at
from clauses.rule import Rule
from clauses.window import pace_window, window_at
from clauses.wording import NNBSP

Told = TypeVar("Told", Party, Placement, Period)

NOON = 12 * 3600


@dataclass
class Books:
    """All that was written by the acts so far. `version_of`: the version that a declaration of the file
    made; `refusals`: why an act was refused, by kind and id."""

    versions: dict[str, Declaration] = field(default_factory=dict)
    version_of: dict[str, str] = field(default_factory=dict)
    allocations: tuple[Allocation, ...] = ()
    steps: dict[str, Step] = field(default_factory=dict)
    changes: tuple[StepChange, ...] = ()
    refusals: dict[tuple[str, str], tuple[Reason, ...]] = field(default_factory=dict)

    def copy(self) -> "Books":
        return Books(
            dict(self.versions),
            dict(self.version_of),
            self.allocations,
            dict(self.steps),
            self.changes,
            dict(self.refusals),
        )

    def of_lot(self, lot_id: str) -> tuple[Declaration, ...]:
        return tuple(v for v in self.versions.values() if v.lot_id == lot_id)


class Replay:
    """A world, its acts, and the books they fill."""

    def __init__(
        self, world: World, acts: tuple[Act, ...], holidays: HolidaysOf, rules: tuple[Rule, ...]
    ) -> None:
        self.world, self.acts, self.rules = world, acts, rules
        self._holidays = holidays
        self.books = Books()
        self.history: list[tuple[datetime, Books]] = [(ALWAYS, Books())]
        self.known_from = dict(world.known_from)
        self.periods = self._open_periods()

    def _open_periods(self) -> tuple[Period, ...]:
        """The periods told, and those that the core opens from a demand and a proof."""
        found = list(self.world.periods)
        for asked in self.world.asked:
            told = self.world.lots[asked.lot_id]
            opened = open_period(asked.command, told.grid, told.lot.rules.late_proof_grace_days)
            if isinstance(opened, Refused):
                self.books.refusals["eligibilite", asked.command.id] = opened.reasons
            else:
                found.append(opened)
                self.known_from[opened] = self.known_from.get(asked.command, ALWAYS)
        return tuple(found)

    def run(self) -> None:
        """Do every act in its order."""
        for number, act in enumerate(self.acts):
            at = learnt(act.on, NOON + number)
            kind, fault = self._do(act, at)
            if fault is not None:
                self.books.refusals[kind, act.id] = fault.reasons
            self.history.append((at, self.books.copy()))

    def at(self, known_at: datetime | None) -> Books:
        """The books as they stood then, open versions judged again with what was known; None: the last."""
        if known_at is None:
            return self.books
        books = [held for at, held in self.history if at <= known_at][-1].copy()
        for own_id, version in books.versions.items():
            books.versions[own_id] = self._judged_again(version, books, known_at.date(), known_at)
        return books

    def known(self, known_at: datetime) -> tuple[Period, ...]:
        return tuple(self._learnt(self.periods, known_at))

    def events(self, lot_id: str) -> tuple[Event, ...]:
        return self.world.lots[lot_id].events

    def holidays(self, first: date, last: date) -> Holidays:
        own = self.world.own_holidays
        if own is not None:
            return own
        return self._holidays(self.world.region, first, last) or frozenset()

    def progress(
        self, lot_id: str, on: date, known_at: datetime, books: Books, versions: tuple[Declaration, ...]
    ) -> Progress:
        """The lot's progress by the core, over these versions."""
        events = self.events(lot_id)
        moved_in, moved_out = lot_balance(lot_id, books.allocations)
        return progress(
            due=hours_due_at(events, on, known_at),
            forecast=hours_forecast_at(events, on, known_at),
            expected=hours_expected_at(events, on, known_at),
            window=pace_window(events, on, known_at),
            versions=versions,
            moved_in=moved_in,
            moved_out=moved_out,
            on=on,
            limits=health_limits(on),
        )

    def context(
        self, lot_id: str, company_id: str, period_start: date, on: date, at: datetime, books: Books
    ) -> Context:
        """What the core is given to judge a declaration: as known at that time, this header left out."""
        told, world = self.world.lots[lot_id], self.world
        own = [
            v for v in books.of_lot(lot_id) if (v.company_id, v.period_start) == (company_id, period_start)
        ]
        header = own[-1].declaration_id if own else None
        first, last = add_months(period_start, -1), last_day(add_months(period_start, 3))
        return Context(
            marche=world.marche,
            lot=told.lot,
            grid=told.grid,
            window=window_at(told.events, on, at),
            parties=self.parties(lot_id, at),
            placements=tuple(p for p in self._learnt(world.placements, at) if p.lot_id == lot_id),
            periods=self.known(at),
            history=tuple(v for v in books.of_lot(lot_id) if v.company_id == company_id),
            others=(*world.elsewhere, *self._elsewhere(books, header)),
            ceilings=world.ceilings,
            birth_dates=world.birth_dates,
            standing=self._standing(lot_id, header, on, at, books),
            limits=legal_limits(period_start),
            holidays=self.holidays(first, last),
            on=on,
        )

    def parties(self, lot_id: str, at: datetime) -> tuple[Party, ...]:
        """The tree of a lot as known then, replacements included."""
        told = tuple(p for p in self._learnt(self.world.parties, at) if p.lot_id == lot_id)
        return parties_at(told, self.events(lot_id), at)

    def _learnt(self, told: Iterable[Told], at: datetime) -> list[Told]:
        """What was known then; of several told under one id, the one known last."""
        by_id: dict[str, Told] = {}
        for one in sorted(told, key=lambda x: self.known_from.get(x, ALWAYS)):
            if self.known_from.get(one, ALWAYS) <= at:
                by_id[one.id] = one
        return list(by_id.values())

    def _elsewhere(self, books: Books, header: str | None) -> Iterable[OtherLine]:
        """Lines that stand on the other headers of the file, whatever the lot or the company."""
        standing = latest(tuple(v for v in books.versions.values() if v.state in IN_HAND | ACCEPTED))
        for version in standing:
            if version.declaration_id == header:
                continue
            for line in version.lines:
                yield OtherLine(
                    person_id=line.person_id,
                    placement_id=line.placement_id,
                    lot_id=version.lot_id,
                    company_id=version.company_id,
                    month=line.month,
                    hours=line.hours,
                    days=line.days,
                    kind=line.kind,
                )

    def _standing(self, lot_id: str, header: str | None, on: date, at: datetime, books: Books) -> LotStanding:
        """Where the lot stands if this declaration did not exist."""
        versions = tuple(v for v in books.of_lot(lot_id) if v.declaration_id != header)
        shown = self.progress(lot_id, on, at, books, versions)
        counted = latest(tuple(v for v in versions if v.state in IN_HAND | ACCEPTED))
        lines = [line for version in counted for line in version.lines]
        return LotStanding(
            work_countable=_countable(lines, HourKind.WORK),
            training_countable=_countable(lines, HourKind.TRAINING),
            remaining=shown.remaining,
            time_share=shown.time_share,
            hours_share=shown.hours_share,
            labour_hours_missing=shown.due is None and is_percentage(self.events(lot_id), on, at),
        )

    def _judged_again(self, version: Declaration, books: Books, on: date, at: datetime) -> Declaration:
        context = self.context(version.lot_id, version.company_id, version.period_start, on, at, books)
        return rejudge(version, context, self.rules)

    def _do(self, act: Act, at: datetime) -> tuple[str, Refused | None]:
        match act:
            case Send():
                return "declaration", self._send(act, at)
            case Decide():
                return "decision", self._decide(act, at)
            case ShareOut():
                return "partage", self._share(act, at)
            case TakeBack():
                return "partage", self._take_back(act, at)

    def _send(self, act: Send, at: datetime) -> Refused | None:
        context = self.context(act.lot_id, act.company_id, act.period_start, act.on, at, self.books)
        command = Declare(
            id=act.id,
            declaration_id=act.id,
            lot_id=act.lot_id,
            company_id=act.company_id,
            period_start=act.period_start,
            lines=act.lines,
            nothing=act.nothing,
            provenance=act.provenance,
            author_id=act.company_id,
            at=at,
            submit=not act.draft,
            reason=act.reason,
        )
        made = declare(command, context, self.rules)
        if isinstance(made, Refused):
            return made
        self.books.versions[made.version.id] = made.version
        self.books.version_of[act.id] = made.version.id
        return None

    def _decide(self, act: Decide, at: datetime) -> Refused | None:
        version = self.version(act.declaration, self.books)
        if version is None:
            return refused("sans_declaration", "Cette déclaration n’a pas été enregistrée.")
        if act.what == "valider":
            return self._accept(act, version, at)
        lot, parties = self.world.lots[version.lot_id].lot, self.parties(version.lot_id, version.made_at)
        asked = asks_visa(version.provenance, version.company_id, lot, parties, version.made_at.date())
        decided = moved(act, version, at, visa_given=asked)
        if isinstance(decided, Refused):
            return decided
        self.books.versions[decided.id] = decided
        return None

    def _accept(self, act: Decide, version: Declaration, at: datetime) -> Refused | None:
        judged = self._judged_again(version, self.books, act.on, at)
        lines, waivers = [], []
        for part in act.lines:
            line = find_line(judged, part.line)
            own_id = line.id if line else part.line.who
            lines.append(LineDecision(line_id=own_id, accepted=part.hours, reason=part.reason))
        for lifted in act.waivers:
            line = find_line(judged, lifted.line) if lifted.line else None
            waivers.append(
                Waiver(
                    rule_id=lifted.rule_id,
                    line_id=line.id if line else None,
                    reason=lifted.reason,
                    author_id=AUTHOR,
                    at=at,
                )
            )
        decided = accept(
            judged,
            Accept(author_id=AUTHOR, at=at, lines=tuple(lines), waivers=tuple(waivers), reason=act.reason),
        )
        if isinstance(decided, Refused):
            return decided
        self._store(decided, at)
        return None

    def _store(self, accepted: Declaration, at: datetime) -> None:
        """Keep an accepted version, mark the one it replaces, restate what was shared, record the steps."""
        for former in tuple(self.books.versions.values()):
            same = former.declaration_id == accepted.declaration_id and former.id != accepted.id
            if same and former.state in ACCEPTED:
                replaced = supersede(former)
                if not isinstance(replaced, Refused):
                    self.books.versions[former.id] = replaced
                self.books.allocations = restated(former, accepted, self.books.allocations, at)
        self.books.versions[accepted.id] = accepted
        days = self.holidays(accepted.period_start, accepted.period_end)
        steps = self.books.steps
        for change in record(accepted, self.world.placements, self.world.spells, steps.values(), days):
            self.books.changes = (*self.books.changes, change)
            if change.kind is StepChangeKind.WITHDRAWN:
                steps.pop(change.step.id, None)
            else:
                steps[change.step.id] = change.step

    def _share(self, act: ShareOut, at: datetime) -> Refused | None:
        version = self.version(act.declaration, self.books)
        if version is None:
            return refused("sans_declaration", "Cette déclaration n’a pas été enregistrée.")
        line = find_line(version, act.line)
        if line is None:
            return refused("ligne_inconnue", "Cette ligne n’est pas dans la déclaration.")
        start = version.period_start
        giving = self.context(version.lot_id, version.company_id, start, act.on, at, self.books)
        receiving = self._receiving(act, line, start, at)
        move = Move(
            id=act.id, line_id=line.id, hours=act.hours, consents=act.consents, author_id=AUTHOR, at=at
        )
        made = allocate(move, version, giving, receiving, self.books.allocations)
        if isinstance(made, Refused):
            return made
        self.books.allocations = (*self.books.allocations, made)
        return None

    def _receiving(self, act: ShareOut, line: Line, start: date, at: datetime) -> Context:
        """The lot that receives: its training cap counts what was shared already, this line left out."""
        base = self.context(act.to_lot, "", start, act.on, at, self.books)
        kinds = {x.id: x.kind for version in self.books.versions.values() for x in version.lines}

        def moved(kind: HourKind) -> int:
            others = [a for a in self.books.allocations if a.line_id != line.id and kinds[a.line_id] is kind]
            moved_in, moved_out = lot_balance(act.to_lot, others)
            return moved_in - moved_out

        standing = msgspec.structs.replace(
            base.standing,
            work_countable=base.standing.work_countable + moved(HourKind.WORK),
            training_countable=base.standing.training_countable + moved(HourKind.TRAINING),
        )
        return msgspec.structs.replace(base, standing=standing)

    def _take_back(self, act: TakeBack, at: datetime) -> Refused | None:
        held = next((a for a in self.books.allocations if a.id == act.sharing), None)
        if held is None:
            return refused("sans_partage", f"Le partage «{NNBSP}{act.sharing}{NNBSP}» n’a pas été fait.")
        back = cancel(held, at, act.reason)
        if isinstance(back, Refused):
            return back
        self.books.allocations = tuple(back if a.id == back.id else a for a in self.books.allocations)
        return None

    def version(self, declaration: str, books: Books) -> Declaration | None:
        """The version that a declaration of the file made."""
        return books.versions.get(books.version_of.get(declaration, ""))


def find_line(version: Declaration, ref: LineRef | None) -> Line | None:
    """The first line of that person or placement, month and kind; without any reference, the first line."""
    for line in version.lines:
        if ref is None or (
            ref.who in (line.placement_id, line.person_id)
            and ref.month in (None, line.month)
            and ref.kind in (None, line.kind)
        ):
            return line
    return None


def _countable(lines: Iterable[Line], kind: HourKind) -> int:
    return sum(x.countable if x.accepted is None else x.accepted for x in lines if x.kind is kind)


def asked_at(known_at: datetime | None) -> datetime:
    """The second clock of a question."""
    return FOR_EVER if known_at is None else known_at
