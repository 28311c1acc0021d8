"""How many hours of a line may count: the days of the placement, restricted by each cutting rule in turn.

By daily detail if it was given; else by weekdays less public holidays within the placement's dates,
floored to the hundredth, with the fraction shown (« 13 jours sur 19 »).
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from clauses.days import Holidays, Interval, days_between, held_by_any, weekdays
from clauses.declaration import Line
from clauses.facts import Facts, LineFacts, placement_span
from clauses.findings import Finding
from clauses.hours import Hundredths, short_hours
from clauses.marche import CutPolicy
from clauses.rule import Restriction, Rule, Spoken, stamp
from clauses.wording import NNBSP, plural


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that count, and the fraction of days they come from."""

    hours: Hundredths
    kept: int
    all: int
    by_day: bool


def share_of(line: LineFacts, days: tuple[date, ...], allowed: frozenset[date], policy: CutPolicy) -> Share:
    """The hours of a line that fall on allowed days; `days` are those the placement may work."""
    total = line.entry.hours
    if line.entry.days:
        told = [d for d in line.entry.days if d.hours]
        kept = [d for d in told if d.day in allowed]
        hours = total if len(kept) == len(told) else min(total, sum(d.hours for d in kept))
        return Share(hours=hours, kept=len(kept), all=len(told), by_day=True)
    kept_days = sum(1 for d in days if d in allowed)
    if not days or kept_days == 0:
        return Share(hours=0, kept=0, all=len(days), by_day=False)
    if kept_days == len(days):
        return Share(hours=total, kept=kept_days, all=len(days), by_day=False)
    hours = total * kept_days // len(days) if policy is CutPolicy.PRORATA else 0
    return Share(hours=hours, kept=kept_days, all=len(days), by_day=False)


def base_days(line: LineFacts, holidays: Holidays) -> tuple[date, ...]:
    """The days that share a monthly total: weekdays of the placement in the month, or all its days when it
    has no weekday (a placement of week-ends)."""
    span = placement_span(line)
    if span is None or span.last is None:
        return ()
    return weekdays(span.first, span.last, holidays) or days_between(span.first, span.last)


def count_line(facts: Facts, line: LineFacts, rules: Iterable[Rule]) -> tuple[Line, tuple[Finding, ...]]:
    """The line as judged, and one finding for each rule that took hours from it."""
    policy = facts.context.lot.rules.cut_policy
    days = base_days(line, facts.context.holidays)
    span = placement_span(line)
    within = frozenset(days_between(span.first, span.last)) if span and span.last else frozenset[date]()
    share, allowed = share_of(line, days, within, policy), within
    findings: list[Finding] = []
    phrases = ["hors des dates de la mise à l’emploi"] if share.kept < share.all or not share.all else []
    for rule in rules:
        restriction = rule.restrict(facts, line) if rule.restrict else None
        if restriction is None:
            continue
        alone = share_of(line, days, _held(within, restriction), policy)
        allowed = _held(allowed, restriction)
        if alone.kept == alone.all:  # only week-ends or holidays are lost: nothing to say
            continue
        following = share_of(line, days, allowed, policy)
        phrase = _phrase(restriction, alone, policy)
        phrases.append(phrase)
        spoken = _spoken(line, restriction, phrase, following.hours)
        findings.append(stamp(rule, spoken, share.hours - following.hours))
        share = following
    return _judged(line, share, allowed, f"{NNBSP}; ".join(phrases)), tuple(findings)


def _held(allowed: frozenset[date], restriction: Restriction) -> frozenset[date]:
    return frozenset(d for d in allowed if held_by_any(restriction.allowed, d))


def _phrase(restriction: Restriction, share: Share, policy: CutPolicy) -> str:
    if share.all == 0 or share.kept == 0:
        return restriction.phrase
    fraction = f"{restriction.phrase}{NNBSP}: {plural(share.kept, 'jour')} sur {share.all}"
    if share.by_day or share.kept == share.all or policy is CutPolicy.PRORATA:
        return fraction
    if policy is CutPolicy.DAILY_REQUIRED:
        return f"{fraction}, un relevé journalier est demandé pour les compter"
    return f"{fraction}, le marché ne compte que les mois entiers"


def _spoken(line: LineFacts, restriction: Restriction, phrase: str, counted: Hundredths) -> Spoken:
    figures = f"{short_hours(line.entry.hours)} déclarées, {short_hours(counted)} comptées"
    return Spoken(
        line_id=line.entry.id,
        firm=f"{figures} — {phrase}.",
        facilitator=f"{figures} — {phrase}. {restriction.facilitator}".rstrip(),
        referent=f"{figures} — {phrase}.",
    )


def _judged(line: LineFacts, share: Share, allowed: frozenset[date], reason: str) -> Line:
    return Line(
        id=line.entry.id,
        placement_id=line.placement.id,
        person_id=line.placement.person_id,
        month=line.entry.month,
        kind=line.entry.kind,
        hours=line.entry.hours,
        days=line.entry.days,
        countable=share.hours,
        covered=runs(allowed) if share.hours else (),
        days_kept=share.kept,
        days_all=share.all,
        reason=reason,
        accepted=None,
        decision_reason="",
    )


def runs(days: frozenset[date]) -> tuple[Interval, ...]:
    """Days gathered into runs: the fewest intervals that hold exactly them."""
    found: list[Interval] = []
    for current in sorted(days):
        if found and found[-1].last is not None and current.toordinal() - found[-1].last.toordinal() == 1:
            found[-1] = Interval(first=found[-1].first, last=current)
        else:
            found.append(Interval(first=current, last=current))
    return tuple(found)
