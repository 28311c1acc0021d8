"""The rules that cut: R01 dates of the marché, R02 eligibility, R03 party tree, R04 kind of employer,
R18 training. They are never waived: one corrects the date, the party or the grid, as a dated act."""

from collections.abc import Iterable
from datetime import date

from clauses.days import Interval, add_days, days_between, held_by_any, last_day
from clauses.declaration import HourKind, Line
from clauses.facts import Facts, LineFacts, eligible_intervals, lot_window, placement_span
from clauses.findings import Effect
from clauses.hours import short_hours
from clauses.marche import HoursBasis, Rules, describe_window
from clauses.placement import EmploymentKind, modality
from clauses.rule import Restriction, Rule, Scope, Trim
from clauses.wording import NNBSP, day, listing, month


def outside_dates(facts: Facts, line: LineFacts) -> Restriction | None:
    """R01: hours lie between the notification and the end of delivery (CCAP21)."""
    window = lot_window(facts.context)
    allowed = (Interval(first=window.starts_on, last=window.ends_on),)
    if _covers(allowed, line):
        return None
    return Restriction(
        allowed=allowed,
        phrase=f"le lot s’exécute {describe_window(window.starts_on, window.ends_on)}",
        facilitator="Pour les compter, il faut un acte qui change les dates du lot.",
    )


def not_eligible(facts: Facts, line: LineFacts) -> Restriction | None:
    """R02: each day that counts lies in an eligibility period of the person."""
    allowed = eligible_intervals(facts.context, line.placement)
    if _covers(allowed, line):
        return None
    return Restriction(
        allowed=allowed,
        phrase=_eligible_phrase(allowed, line),
        facilitator="Pour les compter, il faut une période d’éligibilité qui couvre ces jours.",
    )


def outside_tree(facts: Facts, line: LineFacts) -> Restriction | None:
    """R03: the company where the person works is in the lot's tree that day (acte spécial, DECP)."""
    own = [p for p in facts.context.parties if p.company_id == line.placement.user_company_id]
    allowed = tuple(Interval(first=p.starts_on, last=p.ends_on) for p in own)
    if _covers(allowed, line):
        return None
    if not own:
        phrase = "l’entreprise n’est pas déclarée sur ce lot"
    else:
        phrase = (
            f"entreprise présente sur le lot {listing([describe_window(i.first, i.last) for i in allowed])}"
        )
    return Restriction(
        allowed=allowed, phrase=phrase, facilitator="Pour les compter, il faut un acte spécial qui l’agrée."
    )


def kind_not_accepted(facts: Facts, line: LineFacts) -> Restriction | None:
    """R04: the marché says which employers and which kinds of employment count, and whether the hours paid
    without work do (brief, 3.4)."""
    rules, placement = facts.context.lot.rules, line.placement
    if line.entry.kind is HourKind.PAID_ABSENCE and rules.hours_basis is HoursBasis.WORKED:
        return Restriction(
            allowed=(),
            phrase="ce marché compte les heures travaillées, pas les absences payées",
            facilitator="Pour les compter, il faut que le marché retienne les heures payées.",
        )
    if placement.legal_employer_kind not in rules.accepted_employers:
        what = placement.legal_employer_kind.label
    elif (cut := _employment_cut(line, rules)) is not None:
        return cut
    elif modality(placement) not in rules.accepted_modalities:
        what = modality(placement).label
    else:
        return None
    return _not_counted((), what)


def _employment_cut(line: LineFacts, rules: Rules) -> Restriction | None:
    """By day: another employment may have become a CDI within the month."""
    kind, cdi, accepted = line.placement.employment_kind, EmploymentKind.CDI, rules.accepted_employments
    from_on = line.placement.cdi_from
    if from_on is None or from_on > last_day(line.entry.month):
        return None if kind in accepted else _not_counted((), kind.label)
    if from_on <= line.entry.month or (kind not in accepted and cdi not in accepted):
        return None if cdi in accepted else _not_counted((), cdi.label)
    eve = add_days(from_on, -1)
    if kind not in accepted:
        return _not_counted((Interval(first=from_on, last=None),), f"{kind.label}, jusqu’au {_number(eve)}")
    if cdi not in accepted:
        before = Interval(first=line.placement.starts_on, last=eve)
        return _not_counted((before,), f"{cdi.label}, à partir du {_number(from_on)}")
    return None


def _not_counted(allowed: tuple[Interval, ...], what: str) -> Restriction:
    return Restriction(
        allowed=allowed,
        phrase=f"ce marché ne compte pas{NNBSP}: {what}",
        facilitator="Pour les compter, il faut changer les règles du lot.",
    )


def training_cap(facts: Facts, lines: tuple[Line, ...]) -> Iterable[Trim]:
    """R18: training counts up to a percentage of the countable hours of work of the whole lot."""
    rules, standing = facts.context.lot.rules, facts.context.standing
    work = standing.work_countable + sum(x.countable for x in lines if x.kind is HourKind.WORK)
    cap = work * rules.training_cap_percent // 100 if rules.training_countable else 0
    left = max(0, cap - standing.training_countable)
    for line in sorted(lines, key=lambda x: (x.month, x.id)):
        if line.kind is not HourKind.TRAINING or not line.countable:
            continue
        kept = min(left, line.countable)
        left -= kept
        if kept == line.countable:
            continue
        if not rules.training_countable:
            phrase = "ce marché ne compte pas la formation"
        else:
            phrase = (
                f"formation comptée jusqu’à {rules.training_cap_percent}{NNBSP}% des heures de travail "
                f"du lot, soit {short_hours(cap)}"
            )
        yield Trim(
            line_id=line.id,
            cut=line.countable - kept,
            phrase=phrase,
            facilitator="Le plafond se change dans les règles du lot.",
        )


def _covers(allowed: tuple[Interval, ...], line: LineFacts) -> bool:
    """Whether every day of the placement in the month is allowed. A restriction that takes no hours (a
    week-end, a day without hours in the daily record) still narrows the days covered, without a word."""
    span = placement_span(line)
    if span is None or span.last is None:
        return True
    return all(held_by_any(allowed, d) for d in days_between(span.first, span.last))


def _eligible_phrase(allowed: tuple[Interval, ...], line: LineFacts) -> str:
    first, last = line.entry.month, last_day(line.entry.month)
    within = [i for i in allowed if i.first <= last and (i.last is None or i.last >= first)]
    if not within:
        return f"non éligible en {month(first)}"
    return "éligible " + listing([_run(i, first, last) for i in within])


def _run(interval: Interval, first: date, last: date) -> str:
    """« à partir du 13 », « jusqu’au 12 », « du 5 au 12 »: the month is known to the reader."""
    begins, ends = interval.first > first, interval.last is not None and interval.last < last
    start = _number(interval.first)
    end = _number(interval.last) if interval.last else ""
    if begins and ends:
        return f"du {start} au {end}"
    if begins:
        return f"à partir du {start}"
    return f"jusqu’au {end}" if ends else f"depuis le {day(interval.first)}"


def _number(value: date) -> str:
    return "1er" if value.day == 1 else str(value.day)


CUT_RULES = (
    Rule("R01", 1, Effect.CUT, False, Scope.LINE, "Hors des dates du marché", restrict=outside_dates),
    Rule("R02", 1, Effect.CUT, False, Scope.LINE, "Personne non éligible ce jour-là", restrict=not_eligible),
    Rule(
        "R03", 1, Effect.CUT, False, Scope.LINE, "Entreprise non déclarée sur le lot", restrict=outside_tree
    ),
    Rule(
        "R04",
        2,
        Effect.CUT,
        False,
        Scope.LINE,
        "Employeur, emploi ou heures non acceptés",
        restrict=kind_not_accepted,
    ),
    Rule("R18", 1, Effect.CUT, False, Scope.DECLARATION, "Formation au-delà du plafond", trim=training_cap),
)
