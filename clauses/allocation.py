"""Sharing a person's hours between lots (globalisation). An hour is declared on one lot and stays there by
default; what is shared is judged by the *receiving* lot's grid and dates, and given once.

Conservation (rule R21): for each line, the hours moved never exceed the hours counted; a cancelled
allocation gives them back.
"""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from clauses.checks import SHARING_RULE, judge
from clauses.declaration import Declaration, Line, LineEntry
from clauses.errors import Reason, Refused
from clauses.facts import Context, Facts, LineFacts
from clauses.hours import Hundredths, short_hours
from clauses.marche import Lot, SurplusPolicy
from clauses.rules_cut import CUT_RULES
from clauses.wording import NNBSP


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Countable hundredths of a line given to another lot. `consents`: the buyers who agreed."""

    id: str
    line_id: str
    from_lot_id: str
    to_lot_id: str
    hours: Hundredths
    consents: frozenset[str]
    made_at: datetime
    author_id: str
    cancelled_at: datetime | None
    cancel_reason: str


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """The request: so many hours of this line to that lot."""

    id: str
    line_id: str
    hours: Hundredths
    consents: frozenset[str]
    author_id: str
    at: datetime


def counted_hours(line: Line) -> Hundredths:
    """What a line has to give: its accepted hours, else its countable ones while it waits."""
    return line.countable if line.accepted is None else line.accepted


def moved_hours(line_id: str, allocations: Iterable[Allocation]) -> Hundredths:
    """What a line has already given, cancelled allocations left out."""
    return sum(a.hours for a in allocations if a.line_id == line_id and a.cancelled_at is None)


def allocate(
    move: Move, version: Declaration, giving: Context, receiving: Context, existing: tuple[Allocation, ...]
) -> Allocation | Refused:
    """Give hours of an accepted line to another lot, or refuse with all the reasons.

    `receiving` is the context of the other lot: its grid, window, rules, and the person's periods.
    """
    line = next((x for x in version.lines if x.id == move.line_id), None)
    if line is None or line.accepted is None:
        sentence = "Seules des heures validées se partagent."
        return Refused(reasons=(Reason(code="non_validee", sentence=sentence, line=move.line_id),))
    reasons = [*_policy_faults(giving, receiving, move)]
    left = line.accepted - moved_hours(line.id, existing)
    if move.hours <= 0:
        reasons.append(_reason(line, "heures", "Indiquez les heures à partager."))
    elif move.hours > left:
        sentence = (
            f"Il reste {short_hours(max(0, left))} à partager sur cette ligne, pas {short_hours(move.hours)}."
        )
        reasons.append(_reason(line, SHARING_RULE.id, sentence))
    there = judged_there(line, version, giving, receiving)
    admitted = min(there.countable, counted_hours(line))
    given = sum(
        a.hours
        for a in existing
        if (a.line_id, a.to_lot_id, a.cancelled_at) == (line.id, receiving.lot.id, None)
    )
    if move.hours > admitted - given:
        room = short_hours(max(0, admitted - given))
        why = f"{NNBSP}: {there.reason}" if there.reason else ""
        sentence = f"Le lot {receiving.lot.number} ne peut recevoir que {room} de cette ligne{why}."
        reasons.append(_reason(line, "lot_receveur", sentence))
    if reasons:
        return Refused(reasons=tuple(reasons))
    return Allocation(
        id=move.id,
        line_id=line.id,
        from_lot_id=giving.lot.id,
        to_lot_id=receiving.lot.id,
        hours=move.hours,
        consents=move.consents,
        made_at=move.at,
        author_id=move.author_id,
        cancelled_at=None,
        cancel_reason="",
    )


def cancel(allocation: Allocation, at: datetime, reason: str) -> Allocation | Refused:
    """Take an allocation back: the hours return to their lot."""
    if allocation.cancelled_at is not None:
        return Refused(reasons=(Reason(code="etat", sentence="Ce partage est déjà annulé."),))
    if not reason.strip():
        return Refused(reasons=(Reason(code="sans_motif", sentence="Indiquez le motif de l’annulation."),))
    return msgspec.structs.replace(allocation, cancelled_at=at, cancel_reason=reason.strip())


def admitted_hours(line: Line, version: Declaration, giving: Context, receiving: Context) -> Hundredths:
    """The most that the receiving lot may count of a line."""
    return min(judged_there(line, version, giving, receiving).countable, counted_hours(line))


def judged_there(line: Line, version: Declaration, giving: Context, receiving: Context) -> Line:
    """A line judged by the receiving lot's dates, grid, rules on employers and training cap, with why not all
    of it would count there.

    The party tree of the receiving lot is not asked: the person works on the giving one.
    """
    placement = next(p for p in giving.placements if p.id == line.placement_id)
    entry = LineEntry(
        id=line.id,
        placement_id=placement.id,
        month=line.month,
        kind=line.kind,
        hours=line.hours,
        days=line.days,
    )
    facts = Facts(
        declaration_id=version.declaration_id,
        company_id=version.company_id,
        period_start=version.period_start,
        period_end=version.period_end,
        sent_on=giving.on,
        nothing=False,
        lines=(LineFacts(entry=entry, placement=placement),),
        context=receiving,
    )
    return judge(facts, tuple(r for r in CUT_RULES if r.id != "R03")).lines[0]


def live_at(allocations: Iterable[Allocation], known_at: datetime) -> tuple[Allocation, ...]:
    """Those made and not yet cancelled at that time: what a past bilan saw."""
    return tuple(
        a
        for a in allocations
        if a.made_at <= known_at and (a.cancelled_at is None or a.cancelled_at > known_at)
    )


def lot_balance(lot_id: str, allocations: Iterable[Allocation]) -> tuple[Hundredths, Hundredths]:
    """Hours moved in and out of a lot."""
    live = [a for a in allocations if a.cancelled_at is None]
    moved_in = sum(a.hours for a in live if a.to_lot_id == lot_id)
    return moved_in, sum(a.hours for a in live if a.from_lot_id == lot_id)


def restated(
    former: Declaration, version: Declaration, allocations: tuple[Allocation, ...], at: datetime
) -> tuple[Allocation, ...]:
    """After a correction, each allocation follows its line into the new version (same placement, month and
    kind). Where the line is gone, or counts less than it gave, the latest allocations are cancelled first,
    until conservation holds again. Returns all allocations, oldest first."""
    lines = {line.id: line for line in former.lines}
    heirs = {_key(line): line for line in version.lines}
    left = {line.id: counted_hours(line) for line in version.lines}
    found = []
    for allocation in sorted(allocations, key=lambda a: (a.made_at, a.id)):
        line = lines.get(allocation.line_id)
        if line is None or allocation.cancelled_at is not None:
            found.append(allocation)
            continue
        heir = heirs.get(_key(line))
        if heir is not None and allocation.hours <= left[heir.id]:
            left[heir.id] -= allocation.hours
            found.append(msgspec.structs.replace(allocation, line_id=heir.id))
            continue
        if heir is not None:  # what no longer fits stops here, and so do all the later ones
            left[heir.id] = 0
        reason = "La ligne a été corrigée : elle ne compte plus assez d’heures."
        found.append(msgspec.structs.replace(allocation, cancelled_at=at, cancel_reason=reason))
    return tuple(found)


def _key(line: Line) -> tuple[str, date, str]:
    return (line.placement_id, line.month, line.kind.value)


def _policy_faults(giving: Context, receiving: Context, move: Move) -> Iterable[Reason]:
    """Both lots' policies must allow it; in a pool, both buyers must have agreed."""
    if giving.lot.id == receiving.lot.id:
        yield Reason(code="meme_lot", sentence="Les heures sont déjà sur ce lot.", line=move.line_id)
    buyers = {giving.lot.buyer_id, receiving.lot.buyer_id}
    if sentence := policy_refusal(giving.lot, receiving.lot):
        yield Reason(code="politique", sentence=sentence, line=move.line_id)
    elif len(buyers) > 1 and not buyers <= move.consents:
        sentence = f"Il manque l’accord d’un acheteur{NNBSP}: les deux doivent accepter le partage."
        yield Reason(code="accord", sentence=sentence, line=move.line_id)


def policy_refusal(giving: Lot, receiving: Lot) -> str:
    """Why the policies of two lots keep hours from one to the other; empty when both let them pass."""
    policies = {giving.rules.surplus_policy, receiving.rules.surplus_policy}
    if SurplusPolicy.NONE in policies:
        return "Les règles d’un des deux lots ne permettent pas de partager des heures."
    if SurplusPolicy.SAME_BUYER in policies and giving.buyer_id != receiving.buyer_id:
        return "Les heures ne se partagent qu’entre lots du même acheteur."
    return ""


def _reason(line: Line, code: str, sentence: str) -> Reason:
    return Reason(code=code, sentence=sentence, line=line.id)
