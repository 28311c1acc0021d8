"""From validated hours to steps of a person's parcours: `record` opens, extends or restates them.

A step is one placement within one spell in the PLIE. It opens at the first validated hours and lasts with
the placement; a month of néant does not break it. Hours before entry or after exit make no step; a month
cut by the entry is shared by weekdays, as for eligibility.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from clauses.days import Holidays, Interval, days_between, held_by_any, holds, last_day, weekdays
from clauses.declaration import ACCEPTED, Declaration, HourKind, Line, standing_accepted
from clauses.hours import Hundredths, short_hours
from clauses.placement import Placement, last_day_of
from clauses.wording import NNBSP, day


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """A stay of the person in the PLIE, both days inclusive; `ends_on` None while it lasts."""

    id: str
    person_id: str
    starts_on: date
    ends_on: date | None


class StepEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one declaration gave to a step for one month; `first_on` is the first day that counts in it."""

    declaration_id: str
    month: date
    kind: HourKind
    hours: Hundredths
    first_on: date


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The clause step (étape): `id` is made of the placement and the spell, so it is the same each time."""

    id: str
    person_id: str
    spell_id: str
    placement_id: str
    starts_on: date
    ends_on: date | None
    entries: tuple[StepEntry, ...]


class StepChangeKind(StrEnum):
    OPENED = "ouverte"
    EXTENDED = "prolongee"
    RESTATED = "rectifiee"
    WITHDRAWN = "retiree"

    @property
    def label(self) -> str:
        return {
            "ouverte": "Étape ouverte",
            "prolongee": "Étape prolongée",
            "rectifiee": "Étape rectifiée",
            "retiree": "Étape retirée",
        }[self.value]


class StepChange(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to a step; the sentence is for the référent and names no company."""

    kind: StepChangeKind
    step: Step
    hours_before: Hundredths
    hours_after: Hundredths
    sentence: str


def step_hours(step: Step) -> Hundredths:
    return sum(entry.hours for entry in step.entries)


def record(
    version: Declaration,
    placements: Iterable[Placement],
    spells: Iterable[Spell],
    steps: Iterable[Step],
    holidays: Holidays,
) -> tuple[StepChange, ...]:
    """The changes that an accepted version makes. Recording it twice changes nothing the second time."""
    if version.state not in ACCEPTED:
        return ()
    by_id = {p.id: p for p in placements}
    all_spells = sorted(spells, key=lambda s: (s.starts_on, s.id))
    existing = {s.id: s for s in steps}
    fresh = _fresh_entries(version, all_spells, holidays)
    changes = []
    touched = {
        i for i, s in existing.items() if any(e.declaration_id == version.declaration_id for e in s.entries)
    }
    for placement_id, spell_id in sorted(
        set(fresh) | {(existing[i].placement_id, existing[i].spell_id) for i in touched}
    ):
        step_id = step_id_of(placement_id, spell_id)
        spell = next(s for s in all_spells if s.id == spell_id)
        change = _change(
            version.declaration_id,
            existing.get(step_id),
            by_id[placement_id],
            spell,
            fresh.get((placement_id, spell_id), ()),
        )
        if change is not None:
            changes.append(change)
    return tuple(changes)


def rebuild_steps(
    versions: Iterable[Declaration],
    placements: Iterable[Placement],
    spells: Iterable[Spell],
    holidays: Holidays,
) -> tuple[Step, ...]:
    """All the steps, from nothing but the versions that stand accepted: what the stored ones must equal, and
    what restates them when a spell or a placement changed its dates."""
    people, stays = tuple(placements), tuple(spells)
    steps: dict[str, Step] = {}
    for version in sorted(
        standing_accepted(tuple(versions)), key=lambda v: (v.period_start, v.declaration_id)
    ):
        for change in record(version, people, stays, steps.values(), holidays):
            steps[change.step.id] = change.step
    return tuple(steps[key] for key in sorted(steps))


def step_id_of(placement_id: str, spell_id: str) -> str:
    return f"{placement_id}:{spell_id}"


def _fresh_entries(
    version: Declaration, spells: list[Spell], holidays: Holidays
) -> dict[tuple[str, str], tuple[StepEntry, ...]]:
    found: dict[tuple[str, str], tuple[StepEntry, ...]] = {}
    for line in version.lines:
        for spell in spells:
            if spell.person_id != line.person_id or not line.accepted:
                continue
            hours, first_on = hours_within(line, spell, holidays)
            if hours and first_on is not None:
                entry = StepEntry(
                    declaration_id=version.declaration_id,
                    month=line.month,
                    kind=line.kind,
                    hours=hours,
                    first_on=first_on,
                )
                key = (line.placement_id, spell.id)
                found[key] = (*found.get(key, ()), entry)
    return found


def hours_within(line: Line, spell: Spell, holidays: Holidays) -> tuple[Hundredths, date | None]:
    """The accepted hours of a line that lie within a spell, and the first such day.

    By daily detail if given; else accepted × weekdays covered within the spell ÷ weekdays covered,
    floored to the hundredth.
    """
    accepted = line.accepted or 0
    stay = Interval(first=spell.starts_on, last=spell.ends_on)
    if line.days:
        counted = [d for d in line.days if d.hours and held_by_any(line.covered, d.day)]
        inside = [d for d in counted if holds(stay, d.day)]
        total = sum(d.hours for d in counted)
        hours = accepted if len(inside) == len(counted) else accepted * sum(d.hours for d in inside) // total
        return (hours, min(d.day for d in inside)) if inside else (0, None)
    days = [d for d in weekdays(line.month, last_day(line.month), holidays) if held_by_any(line.covered, d)]
    if not days:  # a placement of week-ends or holidays only: every calendar day weighs the same
        days = [d for d in days_between(line.month, last_day(line.month)) if held_by_any(line.covered, d)]
    kept = [d for d in days if holds(stay, d)]
    return (accepted * len(kept) // len(days), kept[0]) if kept else (0, None)


def _change(
    declaration_id: str, step: Step | None, placement: Placement, spell: Spell, fresh: tuple[StepEntry, ...]
) -> StepChange | None:
    before = step.entries if step else ()
    had = tuple(e for e in before if e.declaration_id == declaration_id)
    if _sorted(had) == _sorted(fresh):
        return None
    entries = _sorted((*(e for e in before if e.declaration_id != declaration_id), *fresh))
    following = Step(
        id=step_id_of(placement.id, spell.id),
        person_id=spell.person_id,
        spell_id=spell.id,
        placement_id=placement.id,
        starts_on=min((e.first_on for e in entries), default=step.starts_on if step else placement.starts_on),
        ends_on=_earliest(last_day_of(placement), spell.ends_on),
        entries=entries,
    )
    if not entries:
        kind = StepChangeKind.WITHDRAWN
    elif not before:
        kind = StepChangeKind.OPENED
    else:
        kind = StepChangeKind.RESTATED if had else StepChangeKind.EXTENDED
    hours_before, hours_after = sum(e.hours for e in before), step_hours(following)
    return StepChange(
        kind=kind,
        step=following,
        hours_before=hours_before,
        hours_after=hours_after,
        sentence=_sentence(kind, following, hours_before, hours_after),
    )


def _sentence(kind: StepChangeKind, step: Step, before: Hundredths, after: Hundredths) -> str:
    if kind is StepChangeKind.OPENED:
        return f"Étape de clause ouverte le {day(step.starts_on)}, avec {short_hours(after)}."
    if kind is StepChangeKind.WITHDRAWN:
        return f"Étape de clause retirée{NNBSP}: les {short_hours(before)} ont été rectifiées à zéro."
    word = "prolongée" if kind is StepChangeKind.EXTENDED else "rectifiée"
    return f"Étape de clause {word}{NNBSP}: {short_hours(before)} → {short_hours(after)}."


def _sorted(entries: tuple[StepEntry, ...]) -> tuple[StepEntry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.month, e.declaration_id, e.kind, e.hours, e.first_on)))


def _earliest(first: date | None, second: date | None) -> date | None:
    known = [d for d in (first, second) if d is not None]
    return min(known, default=None)
