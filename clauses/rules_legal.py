"""The rules on working time: R05 to R08, R11, R12, R22. Maxima hold over all employers and all buyers.

Where the excess shows only with another company's hours, the firm reads that the facilitator will look:
it is told of no other employer. Day and week rules need daily detail, else they are « non vérifiable ».
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import msgspec

from clauses.days import add_days, add_months
from clauses.declaration import DayHours, HourKind
from clauses.facts import Facts, LineFacts
from clauses.findings import Effect
from clauses.hours import Hundredths, short_hours
from clauses.rule import FOR_THE_FACILITATOR, Rule, Scope, Spoken, Unverified
from clauses.wording import NNBSP, day, month


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of one person over a span: those of this company, and those of all."""

    own: Hundredths
    total: Hundredths


def legal_month(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R05: more than 208 h in a month, all employers (48 × 52 ÷ 12; derogations exist, hence a hold)."""
    limit = facts.context.limits.month_hold
    for line, load in _months(facts):
        if load.total > limit:
            yield _over_month(line, load, limit)


def heavy_month(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R06: more than 190,67 h (44 × 52 ÷ 12), while R05 does not speak."""
    limits = facts.context.limits
    for line, load in _months(facts):
        if limits.month_warn < load.total <= limits.month_hold:
            yield _over_month(line, load, limits.month_warn)


def long_day(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R07: more than 10 h in a day, all employers (L3121-18)."""
    yield from _without_detail(facts)
    for line in _detailed(facts):
        told = _told(facts, line)
        for on, load in _days(facts, line).items():
            if on in told and load.total > facts.context.limits.day:
                yield _over(line, load, facts.context.limits.day, f"le {day(on)}", "par jour")


def long_week(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R08: more than 48 h in a week, all employers (L3121-20)."""
    yield from _without_detail(facts)
    for line in _detailed(facts):
        told = _mondays(_told(facts, line))
        for monday, load in _weeks(_days(facts, line)).items():
            if monday in told and load.total > facts.context.limits.week:
                yield _over(line, load, facts.context.limits.week, f"semaine du {day(monday)}", "par semaine")


def part_time_exceeded(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R11: a part-time placement exceeded by more than a third (complementary hours; limit not verified)."""
    full_time = facts.context.limits.full_time_week
    for line in _worked(facts):
        weekly = line.placement.weekly_hours
        if weekly is None:
            yield Unverified(line_id=line.entry.id, sentence="Durée hebdomadaire non renseignée.")
        # A month is 52/12 weeks; a third more is 4/3: hours > weekly × 52/12 × 4/3, in whole numbers.
        elif weekly < full_time and line.entry.hours * 36 > weekly * 208:
            most = weekly * 208 // 36
            sentence = (
                f"{short_hours(line.entry.hours)} déclarées pour un temps partiel de {short_hours(weekly)} "
                f"par semaine, soit {short_hours(most)} au plus dans le mois avec les heures complémentaires."
            )
            yield Spoken(line_id=line.entry.id, firm=sentence, facilitator=sentence, referent=sentence)


def over_ceiling(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R12: more hours than the payslip or the DSN shows, when one was supplied."""
    paid = {(c.placement_id, c.month): c.hours for c in facts.context.ceilings}
    declared: dict[tuple[str, date], int] = defaultdict(int)
    for line in facts.lines:
        declared[(line.placement.id, line.entry.month)] += line.entry.hours
    for line in _one_per_key(facts):
        key = (line.placement.id, line.entry.month)
        if key in paid and declared[key] > paid[key]:
            sentence = f"{short_hours(declared[key])} déclarées, {short_hours(paid[key])} sur la paie."
            yield Spoken(line_id=line.entry.id, firm=sentence, facilitator=sentence, referent="")


def minor_at_work(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R22: under 18, more than 8 h a day or 35 h a week (L3162-1; derogations exist, hence a hold)."""
    limits = facts.context.limits
    for line in _worked(facts):
        majority = _majority(facts, line)
        if majority is None or line.entry.month >= majority:
            continue
        if not line.entry.days:
            yield Unverified(
                line_id=line.entry.id,
                sentence="Personne mineure : durées non vérifiables sans relevé journalier.",
            )
            continue
        days = {d: load for d, load in _days(facts, line).items() if d < majority}
        told = {d for d in _told(facts, line) if d < majority}
        mondays = _mondays(told)
        for on, load in days.items():
            if on in told and load.total > limits.minor_day:
                yield _over(
                    line, load, limits.minor_day, f"le {day(on)}", "par jour pour une personne mineure"
                )
        for monday, load in _weeks(days).items():
            if monday in mondays and load.total > limits.minor_week:
                where = f"semaine du {day(monday)}"
                yield _over(line, load, limits.minor_week, where, "par semaine pour une personne mineure")


def _majority(facts: Facts, line: LineFacts) -> date | None:
    born = facts.context.birth_dates.get(line.placement.person_id)
    return None if born is None else add_months(born, 18 * 12)


def _months(facts: Facts) -> Iterator[tuple[LineFacts, Load]]:
    """Each person and month of the declaration once, on its first line, with the load of the month."""
    seen: set[tuple[str, date]] = set()
    worked = tuple(_worked(facts))
    for line in worked:
        key = (line.placement.person_id, line.entry.month)
        if key in seen:
            continue
        seen.add(key)
        here = sum(x.entry.hours for x in worked if (x.placement.person_id, x.entry.month) == key)
        others = [o for o in facts.context.others if (o.person_id, o.month) == key and _is_work(o.kind)]
        own = here + sum(o.hours for o in others if o.company_id == facts.company_id)
        foreign = sum(o.hours for o in others if o.company_id != facts.company_id)
        yield line, Load(own=own, total=own + foreign)


def _one_per_key(facts: Facts) -> Iterator[LineFacts]:
    seen: set[tuple[str, date]] = set()
    for line in facts.lines:
        key = (line.placement.id, line.entry.month)
        if key not in seen:
            seen.add(key)
            yield line


def _detailed(facts: Facts) -> Iterator[LineFacts]:
    """The first detailed line of each person and month: the load of a day is told once."""
    seen: set[tuple[str, date]] = set()
    for line in _worked(facts):
        key = (line.placement.person_id, line.entry.month)
        if line.entry.days and key not in seen:
            seen.add(key)
            yield line


def _worked(facts: Facts) -> Iterator[LineFacts]:
    """The lines of working time: an absence, though paid, wears nobody out."""
    return (line for line in facts.lines if _is_work(line.entry.kind))


def _is_work(kind: HourKind) -> bool:
    return kind is not HourKind.PAID_ABSENCE


def _without_detail(facts: Facts) -> Iterator[Unverified]:
    for line in _worked(facts):
        if not line.entry.days:
            yield Unverified(
                line_id=line.entry.id, sentence=f"Non vérifiable{NNBSP}: pas de relevé journalier."
            )


def _days(facts: Facts, line: LineFacts) -> dict[date, Load]:
    """Hours by day of the person: this declaration's and all others', in and around the month of the line."""
    person = line.placement.person_id
    own: dict[date, int] = defaultdict(int)
    foreign: dict[date, int] = defaultdict(int)
    for here in _worked(facts):
        if here.placement.person_id == person:
            _pour(own, here.entry.days)
    for other in facts.context.others:
        if other.person_id == person and _is_work(other.kind):
            _pour(own if other.company_id == facts.company_id else foreign, other.days)
    first, after = line.entry.month, add_months(line.entry.month, 1)
    shown = sorted(d for d in {*own, *foreign} if add_days(first, -6) <= d < add_days(after, 6))
    return {d: Load(own=own[d], total=own[d] + foreign[d]) for d in shown}


def _told(facts: Facts, line: LineFacts) -> set[date]:
    """The days of the line's month on which this declaration tells hours of the person: an excess of another
    day, or of a week without any of them, is held where its hours stand, not here again."""
    person, month_of = line.placement.person_id, line.entry.month
    return {
        told.day
        for here in _worked(facts)
        if here.placement.person_id == person and here.entry.month == month_of
        for told in here.entry.days
        if told.hours
    }


def _mondays(days: set[date]) -> set[date]:
    return {_monday(on) for on in days}


def _monday(on: date) -> date:
    return add_days(on, -on.weekday())


def _pour(into: dict[date, int], days: tuple[DayHours, ...]) -> None:
    for told in days:
        into[told.day] += told.hours


def _weeks(days: dict[date, Load]) -> dict[date, Load]:
    """Loads by week, keyed by its Monday."""
    found: dict[date, Load] = {}
    for on, load in days.items():
        monday = _monday(on)
        past = found.get(monday, Load(own=0, total=0))
        found[monday] = Load(own=past.own + load.own, total=past.total + load.total)
    return found


def _over_month(line: LineFacts, load: Load, limit: Hundredths) -> Spoken:
    return _over(line, load, limit, month(line.entry.month), "par mois")


def _over(line: LineFacts, load: Load, limit: Hundredths, where: str, unit: str) -> Spoken:
    """The firm reads its own hours when they suffice to pass the limit, else only that someone will look."""
    most = f"le maximum est de {short_hours(limit)} {unit}"
    own = f"{short_hours(load.own)} ({where}){NNBSP}: {most}."
    everyone = f"{short_hours(load.total)} tous employeurs confondus ({where}){NNBSP}: {most}."
    return Spoken(
        line_id=line.entry.id,
        firm=own if load.own > limit else FOR_THE_FACILITATOR,
        facilitator=everyone if load.total > load.own else own,
        referent=everyone,
    )


LEGAL_RULES = (
    Rule("R05", 1, Effect.HOLD, True, Scope.LINE, "Mois au-delà du maximum légal", find=legal_month),
    Rule("R06", 1, Effect.WARN, False, Scope.LINE, "Mois très chargé", find=heavy_month),
    Rule("R07", 2, Effect.WARN, False, Scope.LINE, "Journée de plus de 10 heures", find=long_day),
    Rule("R08", 2, Effect.WARN, False, Scope.LINE, "Semaine de plus de 48 heures", find=long_week),
    Rule("R11", 1, Effect.WARN, False, Scope.LINE, "Temps partiel dépassé", find=part_time_exceeded),
    Rule("R12", 1, Effect.WARN, False, Scope.LINE, "Plus d’heures que sur la paie", find=over_ceiling),
    Rule("R22", 2, Effect.HOLD, True, Scope.LINE, "Personne mineure au-delà des durées", find=minor_at_work),
)
