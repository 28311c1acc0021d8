"""What holds over any history: the invariants I1 to I6 of the clauses brief that live in the core."""

import random
from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clauses import (
    Accept,
    Allocation,
    AmountBasis,
    Avenant,
    Context,
    CreditNote,
    CutPolicy,
    Declaration,
    Declared,
    Event,
    Fixed,
    HourKind,
    Invoice,
    LineDecision,
    LineEntry,
    Move,
    PerAmount,
    Rounding,
    Rules,
    Spell,
    Step,
    SurplusPolicy,
    Waiver,
    Withdrawal,
    accept,
    allocate,
    bilan,
    cancel,
    declare,
    hours_due_at,
    hours_expected_at,
    hours_forecast_at,
    lot_figures,
    open_holds,
    rebuild_steps,
    record,
    restated,
    step_hours,
    supersede,
    totals_by,
)
from clauses.days import held_by_any
from clauses.facts import eligible_intervals
from tests.clauses.personas import (
    AWA,
    HOLIDAYS,
    at,
    command,
    context,
    line,
    lot,
    notification,
    party,
    period,
    placement,
)

FIRST = date(2027, 1, 1)
days = st.integers(min_value=0, max_value=59).map(lambda n: FIRST + timedelta(days=n))
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
mostly_not = st.sampled_from([False] * 5 + [True])
policies = st.sampled_from(list(CutPolicy))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Context, LineEntry]:
    """A lot, a party, a placement and an eligibility with any dates, and a line of January."""
    party_span, placed, eligible, window = draw(spans), draw(spans), draw(spans), draw(spans)
    second = draw(st.one_of(st.none(), spans))
    periods = [period(starts_on=eligible[0], ends_on=eligible[1])]
    if second:
        periods.append(period(id="p2", starts_on=second[0], ends_on=second[1]))
    ctx = context(
        lot=lot(starts_on=window[0], ends_on=window[1], rules=Rules(cut_policy=draw(policies))),
        parties=(party(starts_on=party_span[0], ends_on=party_span[1]),),
        placements=(placement(starts_on=placed[0], planned_ends_on=placed[1]),),
        periods=tuple(periods),
    )
    if draw(st.booleans()):
        told = draw(st.dictionaries(st.integers(1, 31), st.integers(0, 1200), min_size=1, max_size=20))
        return ctx, line(sum(told.values()), days=told)
    kind = draw(st.sampled_from(list(HourKind)))
    return ctx, line(draw(st.integers(0, 30000)), kind=kind)


@given(histories())
@settings(max_examples=300, deadline=None)
def test_countable_hours_never_exceed_the_declared_and_lie_in_every_span(
    history: tuple[Context, LineEntry],
) -> None:
    ctx, entry = history
    result = declare(command(entry), ctx)
    if not isinstance(result, Declared):
        return
    judged = result.version.lines[0]
    assert 0 <= judged.countable <= judged.hours
    eligible = eligible_intervals(ctx, ctx.placements[0])
    party_, placed = ctx.parties[0], ctx.placements[0]
    for run in judged.covered:
        assert run.last is not None
        for n in range(run.first.toordinal(), run.last.toordinal() + 1):
            current = date.fromordinal(n)
            assert held_by_any(eligible, current)
            assert party_.starts_on <= current <= (party_.ends_on or date.max)
            assert placed.starts_on <= current <= (placed.planned_ends_on or date.max)
            assert ctx.lot.starts_on <= current <= ctx.lot.ends_on
    if judged.countable:
        assert judged.covered


amounts = st.integers(min_value=0, max_value=400_000).map(Decimal)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Event, ...]:
    """Any invoices, credit notes, avenants and withdrawals, backdated or learnt late."""
    method = draw(
        st.sampled_from(
            [
                Fixed(hours=20000),
                PerAmount(tranche=Decimal(2000), hours_per_tranche=100, basis=AmountBasis.INVOICED),
            ]
        )
    )
    rounding = draw(st.sampled_from(list(Rounding)))
    events: list[Event] = [notification(method, rounding, on=FIRST, known_at=at(FIRST))]
    for index in range(draw(st.integers(0, 8))):
        on, known = draw(days), at(draw(days))
        kind = draw(st.sampled_from(["invoice", "credit", "avenant", "withdrawal"]))
        name = f"e{index}"
        if kind == "invoice":
            events.append(Invoice(id=name, on=on, known_at=known, reference="F", amount=draw(amounts)))
        elif kind == "credit":
            events.append(CreditNote(id=name, on=on, known_at=known, reference="A", amount=draw(amounts)))
        elif kind == "avenant":
            hours = draw(st.integers(-50000, 50000))
            events.append(
                Avenant(id=name, on=on, known_at=known, amount=Decimal(0), hours=hours, new_end=None)
            )
        else:
            taken = f"e{draw(st.integers(0, 8))}"
            events.append(Withdrawal(id=name, on=on, known_at=known, event_id=taken, reason="Erreur"))
    return tuple(events)


@given(ledgers(), days, days, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_due_is_never_negative_and_a_past_answer_never_changes(
    events: tuple[Event, ...], on: date, known: date, shuffle: random.Random
) -> None:
    asked = at(known)
    answer = hours_due_at(events, on, asked)
    assert answer.hours is not None
    assert answer.hours >= 0
    then = tuple(e for e in events if e.known_at <= asked)
    assert hours_due_at(then, on, asked) == answer
    mixed = list(events)
    shuffle.shuffle(mixed)
    assert hours_due_at(tuple(mixed), on, asked) == answer
    figures = lot_figures(events, on, asked)
    assert figures.due.hours == answer.hours
    assert figures.forecast.hours == hours_forecast_at(events, on, asked).hours
    assert figures.expected.hours == hours_expected_at(events, on, asked).hours


class LotLife(RuleBasedStateMachine):
    """A year of one lot: declarations, corrections, acceptances, sharing; checked after every act."""

    def __init__(self) -> None:
        super().__init__()
        self.versions: dict[str, Declaration] = {}
        self.frozen: dict[str, tuple[object, ...]] = {}
        self.steps: dict[str, Step] = {}
        self.allocations: tuple[Allocation, ...] = ()
        self.snapshots: list[tuple[date, int, object]] = []
        self.count = 0
        rules = Rules(surplus_policy=SurplusPolicy.SAME_BUYER)
        person = placement(starts_on=FIRST, planned_ends_on=date(2027, 12, 31))
        self.base = context(lot=lot(rules=rules), placements=(person,), on=date(2027, 12, 31))
        other_rules = msgspec.structs.replace(self.base.lot, id="lot-2", number="2")
        self.there = msgspec.structs.replace(self.base, lot=other_rules)

    def _now(self) -> date:
        self.count += 1
        return date(2028, 1, 1) + timedelta(days=self.count)

    @rule(
        month=st.integers(1, 2), hours=st.integers(100, 21000), nothing=st.sampled_from([False] * 5 + [True])
    )
    def send(self, month: int, hours: int, nothing: bool) -> None:
        start = date(2027, month, 1)
        ctx = msgspec.structs.replace(self.base, history=tuple(self.versions.values()))
        lines = () if nothing else (line(hours, month=start),)
        given = command(
            *lines,
            nothing=nothing,
            period_start=start,
            id=f"v{self.count}",
            declaration_id=f"d{month}",
            reason="Correction",
            at=at(self._now()),
        )
        result = declare(given, ctx)
        if isinstance(result, Declared):
            self.versions[result.version.id] = result.version

    @rule(month=st.integers(1, 2), share=st.sampled_from([100, 100, 60, 33, 0]))
    def accept_last(self, month: int, share: int) -> None:
        own = [v for v in self.versions.values() if v.declaration_id == f"d{month}"]
        last = max(own, key=lambda v: v.version, default=None)
        if last is None:
            return
        waivers = tuple(
            Waiver(rule_id=f.rule_id, line_id=None, reason="Vu", author_id="ines", at=last.made_at)
            for f in open_holds(last)
        )
        kept = tuple(
            LineDecision(line_id=x.id, accepted=x.countable * share // 100, reason="En partie")
            for x in last.lines
        )
        now = at(self._now())
        done = accept(last, Accept(author_id="ines", at=now, lines=kept, waivers=waivers))
        if not isinstance(done, Declaration):
            return
        self.versions[done.id] = done
        self.frozen[done.id] = (done.lines, done.decided_at, done.waivers, done.findings)
        former = self.versions.get(done.supersedes or "")
        if former is not None:
            replaced = supersede(former)
            if isinstance(replaced, Declaration):
                self.versions[former.id] = replaced
        for change in record(done, self.base.placements, (self._spell(),), self.steps.values(), HOLIDAYS):
            self.steps[change.step.id] = change.step
        if former is not None:
            self.allocations = restated(former, done, self.allocations, now)

    @precondition(lambda self: self.frozen)
    @rule(month=st.integers(1, 2), percent=st.integers(1, 110))
    def share(self, month: int, percent: int) -> None:
        version = self._standing().get(f"d{month}")
        if version is None or not version.lines:
            return
        move = Move(
            id=f"a{self.count}",
            line_id=version.lines[0].id,
            hours=(version.lines[0].accepted or 0) * percent // 100,
            consents=frozenset(),
            author_id="ines",
            at=at(self._now()),
        )
        result = allocate(move, version, self.base, self.there, self.allocations)
        if isinstance(result, Allocation):
            self.allocations = (*self.allocations, result)

    @precondition(lambda self: self.allocations)
    @rule()
    def cancel_one(self) -> None:
        for index, allocation in enumerate(self.allocations):
            back = cancel(allocation, at(self._now()), "Annulé")
            if isinstance(back, Allocation):
                self.allocations = (*self.allocations[:index], back, *self.allocations[index + 1 :])
                return

    @precondition(lambda self: self.frozen)
    @rule()
    def freeze_a_bilan(self) -> None:
        known = self._now()
        self.snapshots.append((known, self.count, self._bilan(known)))

    def _bilan(self, known: date) -> object:
        return bilan("lot-1", (), tuple(self.versions.values()), date(2027, 12, 31), at(known))

    def _spell(self) -> Spell:
        return Spell(id="s", person_id=AWA, starts_on=date(2026, 1, 1), ends_on=None)

    def _standing(self) -> dict[str, Declaration]:
        found: dict[str, Declaration] = {}
        for version in sorted(self.versions.values(), key=lambda v: v.version):
            if version.id in self.frozen:
                found[version.declaration_id] = version
        return found

    @invariant()
    def a_validated_version_never_changes(self) -> None:
        for version_id, content in self.frozen.items():
            version = self.versions[version_id]
            assert (version.lines, version.decided_at, version.waivers, version.findings) == content

    @invariant()
    def hours_shared_never_exceed_hours_accepted(self) -> None:
        for version in self._standing().values():
            for judged in version.lines:
                live = [a for a in self.allocations if a.line_id == judged.id and a.cancelled_at is None]
                assert (
                    sum(a.hours for a in live) <= (judged.accepted or 0) <= judged.countable <= judged.hours
                )

    @invariant()
    def the_steps_hold_what_was_validated(self) -> None:
        accepted = sum(x.accepted or 0 for v in self._standing().values() for x in v.lines)
        assert sum(step_hours(s) for s in self.steps.values()) == accepted
        rebuilt = rebuild_steps(self.versions.values(), self.base.placements, (self._spell(),), HOLIDAYS)
        assert rebuilt == tuple(s for s in self.steps.values() if s.entries)

    @invariant()
    def a_frozen_bilan_is_reproduced(self) -> None:
        for known, _, picture in self.snapshots:
            assert self._bilan(known) == picture

    @invariant()
    def the_sum_is_the_same_by_person_firm_and_placement(self) -> None:
        picture = bilan("lot-1", (), tuple(self.versions.values()), date(2027, 12, 31), at(date(2040, 1, 1)))
        for field in ("person_id", "company_id", "placement_id"):
            assert sum(totals_by(picture.lines, field).values()) == picture.validated


LotLife.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
test_the_life_of_a_lot = LotLife.TestCase
