"""The rules of good order: R09 twice, R10 outside the placement, R13 to R17 clocks, R19, R20 closing."""

from collections.abc import Iterator
from datetime import date

from clauses.days import add_days, add_months
from clauses.declaration import IN_HAND, Declaration, State, latest
from clauses.eligibility import Period, interval_for
from clauses.facts import Facts, LineFacts, lot_window, placement_span
from clauses.findings import Effect
from clauses.hours import short_hours
from clauses.marche import describe_window
from clauses.placement import is_ever_cdi, last_day_of
from clauses.plausible import NO_TOTAL_YET
from clauses.rule import FOR_THE_FACILITATOR, Rule, Scope, Spoken, Unverified
from clauses.wording import NNBSP, day, month, plural


def declared_twice(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R09: same person, same month, same lot, by two companies: one source wins, the other confirms."""
    here = facts.context.lot.id
    for line in facts.lines:
        others = [
            o
            for o in facts.context.others
            if (o.person_id, o.month, o.lot_id) == (line.placement.person_id, line.entry.month, here)
            and o.company_id != facts.company_id
        ]
        if not others or not line.entry.hours:
            continue
        total = sum(o.hours for o in others)
        sentence = (
            f"{month(line.entry.month)}{NNBSP}: déjà déclaré sur ce lot par une autre entreprise, "
            f"{short_hours(total)}. Choisissez la source qui fait foi."
        )
        yield Spoken(
            line_id=line.entry.id,
            firm=FOR_THE_FACILITATOR,
            facilitator=sentence,
            referent=f"{month(line.entry.month)}{NNBSP}: deux déclarations à départager par le facilitateur.",
        )


def outside_placement(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R10: hours on days before the placement's start or after its end."""
    for line in facts.lines:
        if not line.entry.hours:
            continue
        dates = describe_window(line.placement.starts_on, last_day_of(line.placement))
        out = [d for d in line.entry.days if d.hours and not _at_work(line, d.day)]
        if placement_span(line) is None:
            sentence = f"Heures en {month(line.entry.month)}, alors que la mise à l’emploi va {dates}."
        elif out:
            sentence = f"Heures le {day(out[0].day)}, alors que la mise à l’emploi va {dates}."
        else:
            continue
        advice = f"{sentence} Pour compter ces heures, corrigez les dates de la mise à l’emploi."
        yield Spoken(line_id=line.entry.id, firm=sentence, facilitator=advice, referent=sentence)


def _at_work(line: LineFacts, on: date) -> bool:
    end = last_day_of(line.placement)
    return line.placement.starts_on <= on and (end is None or on <= end)


def eligibility_ends(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R13: the period, CDI extension included, ends in less than 30 days."""
    end_of_lot = lot_window(facts.context).ends_on
    for line, period in _periods(facts):
        cdi = is_ever_cdi(line.placement)
        interval = interval_for(period, facts.context.lot, end_of_lot, cdi=cdi)
        end = interval.last if interval else None
        if end is None or end >= end_of_lot:
            continue
        left = (end - facts.context.on).days
        if 0 <= left < facts.context.limits.expiry_days:
            sentence = f"L’éligibilité prend fin le {day(end)} (dans {plural(left, 'jour')})."
            yield Spoken(line_id=line.entry.id, firm=sentence, facilitator=sentence, referent=sentence)


def proof_expires(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R14: the proof expires in less than 15 days. The firm is not told which: it would learn the ground."""
    for line, period in _periods(facts):
        end = period.proof_expires_on
        if end is None or not 0 <= (end - facts.context.on).days < facts.context.limits.proof_days:
            continue
        sentence = f"Le justificatif d’éligibilité expire le {day(end)}."
        yield Spoken(line_id=line.entry.id, firm=FOR_THE_FACILITATOR, facilitator=sentence, referent=sentence)


def late(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R15: sent after the end of the period and the days the marché gives (CCAP21: the 15th). The first
    sending answers for all: a correction asked or made later makes nobody late."""
    limit = add_days(facts.period_end, facts.context.lot.rules.deadline_days)
    sent = [v.made_at.date() for v in facts.context.history if _was_sent(v, facts.declaration_id)]
    days = (min([facts.sent_on, *sent]) - limit).days
    if days > 0:
        sentence = f"Déclaration attendue avant le {day(limit)}{NNBSP}: {plural(days, 'jour')} de retard."
        yield Spoken(line_id=None, firm=sentence, facilitator=sentence, referent="")


def _was_sent(version: Declaration, declaration_id: str) -> bool:
    return version.declaration_id == declaration_id and version.state is not State.BROUILLON


def nothing_again(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R16: « aucune heure » for three periods running, while hours remain due."""
    remaining, needed = facts.context.standing.remaining, facts.context.limits.nothing_periods
    if not facts.nothing or not remaining:
        return
    past = sorted(_others_sent(facts), key=lambda v: v.period_start, reverse=True)
    before = [v for v in past if v.period_start < facts.period_start][: needed - 1]
    expected_end = facts.period_start
    for version in before:
        if not version.nothing or add_days(version.period_end, 1) != expected_end:
            return
        expected_end = version.period_start
    if len(before) == needed - 1:
        firm = (
            f"{plural(needed, 'période')} de suite sans heure, alors que des heures restent dues sur le lot."
        )
        sentence = (
            f"{plural(needed, 'période')} de suite sans heure, il reste {short_hours(remaining)} sur le lot."
        )
        yield Spoken(line_id=None, firm=firm, facilitator=sentence, referent="")


def behind(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R17: the share of time passed exceeds the share of hours done by more than 25 points."""
    time, hours = facts.context.standing.time_share, facts.context.standing.hours_share
    if time is None or hours is None:
        yield Unverified(line_id=None, sentence="Le rythme du lot n’est pas connu.")
    elif time - hours > facts.context.limits.gap_points * 100:
        sentence = f"{time // 100}{NNBSP}% du temps écoulé pour {hours // 100}{NNBSP}% des heures dues."
        yield Spoken(line_id=None, firm=sentence, facilitator=sentence, referent="")


def copied(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R19: the same hours to the hundredth for three months or more: perhaps copied without looking."""
    needed = facts.context.limits.same_months
    past = {
        (x.placement_id, x.month, x.kind): x.hours for v in _others_sent(facts) for x in v.lines if x.hours
    }
    here = {
        (x.placement.id, x.entry.month, x.entry.kind): x.entry.hours for x in facts.lines if x.entry.hours
    }
    known = {**past, **here}
    for line in facts.lines:
        if not line.entry.hours:
            continue
        months = [add_months(line.entry.month, -n) for n in range(1, needed)]
        if all(known.get((line.placement.id, m, line.entry.kind)) == line.entry.hours for m in months):
            sentence = (
                f"{short_hours(line.entry.hours)} à l’identique depuis {needed} mois{NNBSP}: "
                f"est-ce bien exact{NNBSP}?"
            )
            yield Spoken(line_id=line.entry.id, firm=sentence, facilitator=sentence, referent="")


def labour_hours_missing(facts: Facts) -> Iterator[Spoken | Unverified]:
    """R20: a lot owed in percentage of hours cannot be closed before all labour hours are told."""
    if facts.context.standing.labour_hours_missing:
        yield Spoken(line_id=None, firm=NO_TOTAL_YET, facilitator=NO_TOTAL_YET, referent="")


def _others_sent(facts: Facts) -> tuple[Declaration, ...]:
    """The last version of each other header of this company on this lot, drafts and rejections left out."""
    kept = IN_HAND | {State.VALIDEE, State.PARTIELLEMENT_VALIDEE, State.RECTIFIEE}
    sent = tuple(v for v in facts.context.history if v.state in kept)
    return tuple(v for v in latest(sent) if v.declaration_id != facts.declaration_id)


def _periods(facts: Facts) -> Iterator[tuple[LineFacts, Period]]:
    """For each person of the declaration, on her first line, the period that ends last."""
    codes = {c.code for c in facts.context.grid.criteria}
    seen: set[str] = set()
    for line in facts.lines:
        person = line.placement.person_id
        if person in seen:
            continue
        seen.add(person)
        own = [
            p
            for p in facts.context.periods
            if p.person_id == person and p.criterion in codes and p.revoked_on is None
        ]
        if own:
            yield line, max(own, key=lambda p: (p.ends_on is None, p.ends_on or p.starts_on, p.id))


FOLLOW_RULES = (
    Rule("R09", 1, Effect.HOLD, True, Scope.LINE, "Déclaré deux fois", find=declared_twice),
    Rule(
        "R10",
        1,
        Effect.HOLD,
        True,
        Scope.LINE,
        "Hors des dates de la mise à l’emploi",
        find=outside_placement,
    ),
    Rule("R13", 1, Effect.NOTICE, False, Scope.LINE, "Éligibilité bientôt finie", find=eligibility_ends),
    Rule("R14", 1, Effect.NOTICE, False, Scope.LINE, "Justificatif bientôt expiré", find=proof_expires),
    Rule("R15", 1, Effect.WARN, False, Scope.DECLARATION, "Déclaration en retard", find=late),
    Rule(
        "R16",
        1,
        Effect.WARN,
        False,
        Scope.DECLARATION,
        "Aucune heure depuis trois périodes",
        find=nothing_again,
    ),
    Rule("R17", 1, Effect.WARN, False, Scope.DECLARATION, "Lot en retard sur le temps", find=behind),
    Rule("R19", 1, Effect.NOTICE, False, Scope.LINE, "Ligne recopiée à l’identique", find=copied),
    Rule(
        "R20",
        1,
        Effect.HOLD,
        False,
        Scope.CLOSING,
        "Total des heures travaillées manquant",
        find=labour_hours_missing,
    ),
)
