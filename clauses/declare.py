"""`declare`: what a company says of a period becomes one version, or is refused with all its reasons.

On a refusal nothing is made. Otherwise the version is judged by the rule pack: hours are cut, lines held,
warnings given, and it goes to the draft, to the mandataire's visa, or to the facilitator.
"""

from datetime import date, datetime

import msgspec

from clauses.checks import RULES, judge
from clauses.days import last_day
from clauses.declaration import (
    ACCEPTED,
    IN_HAND,
    Declaration,
    LineEntry,
    Provenance,
    State,
    is_taken_back,
)
from clauses.entry_faults import line_faults
from clauses.errors import Reason, Refused
from clauses.facts import Context, Facts, LineFacts
from clauses.marche import Lot, Party, mandataire_at, period_of
from clauses.rule import Rule
from clauses.wording import NNBSP, day, of_month


class Declare(msgspec.Struct, frozen=True, kw_only=True):
    """The command. `id` and `declaration_id` serve when the version or its header is new; `reason` is asked
    when an accepted version is corrected; `submit` False keeps a draft."""

    id: str
    declaration_id: str
    lot_id: str
    company_id: str
    period_start: date
    lines: tuple[LineEntry, ...]
    nothing: bool
    provenance: Provenance
    author_id: str
    at: datetime
    submit: bool
    reason: str


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """The version made. `replaces_draft`: it takes the place of the draft of the same id."""

    version: Declaration
    replaces_draft: bool


def declare(command: Declare, context: Context, rules: tuple[Rule, ...] = RULES) -> Declared | Refused:
    """Judge a declaration. All the reasons of a refusal come at once, each with its line."""
    past = _past(command, context)
    reasons = (
        *_header_faults(command, context, past),
        *line_faults(command.lines, command.company_id, context),
    )
    if reasons:
        return Refused(reasons=reasons)
    draft = past if past is not None and past.state is State.BROUILLON and not is_taken_back(past) else None
    facts = _facts(command, context, past.declaration_id if past else command.declaration_id)
    judgement = judge(facts, rules)
    version = Declaration(
        id=draft.id if draft else command.id,
        declaration_id=facts.declaration_id,
        lot_id=command.lot_id,
        company_id=command.company_id,
        period_start=facts.period_start,
        period_end=facts.period_end,
        version=draft.version if draft else (past.version + 1 if past else 1),
        supersedes=draft.supersedes if draft else (past.id if past else None),
        state=_first_state(command, context),
        nothing=command.nothing,
        provenance=command.provenance,
        author_id=command.author_id,
        made_at=command.at,
        lines=judgement.lines,
        findings=judgement.findings,
        not_verifiable=judgement.not_verifiable,
        waivers=(),
        decided_at=None,
        decided_by=None,
        decision_reason="",
        correction_reason=command.reason.strip(),
    )
    return Declared(version=version, replaces_draft=draft is not None)


def rejudge(
    version: Declaration, context: Context, rules: tuple[Rule, ...] = RULES, sent_on: date | None = None
) -> Declaration:
    """Run the pack again on an open version (a rule, a date or an eligibility changed); a decided one is
    returned as it is. The context holds their placements. `sent_on` is the local
    day it was sent, that of `made_at` when it is not given: waiting for control makes nobody late."""
    if version.state not in IN_HAND | {State.BROUILLON} or is_taken_back(version):
        return version
    placements = {p.id: p for p in context.placements}
    entries = tuple(
        LineFacts(
            entry=LineEntry(
                id=x.id, placement_id=x.placement_id, month=x.month, kind=x.kind, hours=x.hours, days=x.days
            ),
            placement=placements[x.placement_id],
        )
        for x in version.lines
    )
    facts = Facts(
        declaration_id=version.declaration_id,
        company_id=version.company_id,
        period_start=version.period_start,
        period_end=version.period_end,
        sent_on=sent_on or version.made_at.date(),
        nothing=version.nothing,
        lines=entries,
        context=context,
    )
    judgement = judge(facts, rules)
    return msgspec.structs.replace(
        version,
        lines=judgement.lines,
        findings=judgement.findings,
        not_verifiable=judgement.not_verifiable,
    )


def _past(command: Declare, context: Context) -> Declaration | None:
    """The last version of this header: the idempotency key is lot, company, period."""
    key = (command.lot_id, command.company_id, command.period_start)
    own = [v for v in context.history if (v.lot_id, v.company_id, v.period_start) == key]
    return max(own, key=lambda v: v.version, default=None)


def _header_faults(command: Declare, context: Context, past: Declaration | None) -> tuple[Reason, ...]:
    found: list[Reason] = []
    first, last = period_of(context.marche.calendar, command.period_start)
    if command.lot_id != context.lot.id:
        found.append(Reason(code="autre_lot", sentence="Cette déclaration vise un autre lot."))
    if first != command.period_start:
        rhythm = context.marche.calendar.label.lower()
        sentence = f"Ce marché se déclare {rhythm}{NNBSP}: la période commence le {day(first)}."
        found.append(Reason(code="periode", sentence=sentence))
    elif first > context.on:
        sentence = f"La période du {day(first)} au {day(last)} n’a pas encore commencé."
        found.append(Reason(code="periode_future", sentence=sentence))
    if command.nothing and any(line.hours for line in command.lines):
        sentence = "Vous avez choisi « Aucune heure » et saisi des heures : gardez l’un ou l’autre."
        found.append(Reason(code="neant_et_heures", sentence=sentence))
    if not command.nothing and command.submit and not any(line.hours for line in command.lines):
        sentence = "Saisissez au moins une ligne d’heures, ou choisissez « Aucune heure »."
        found.append(Reason(code="vide", sentence=sentence))
    if any(not command.period_start <= line.month <= last for line in command.lines):
        sentence = f"Une ligne n’est pas dans la période du {day(first)} au {day(last)}."
        found.append(Reason(code="mois_hors_periode", sentence=sentence))
    if past is not None:
        found.extend(_version_faults(command, context, past))
    return tuple(found)


def _version_faults(command: Declare, context: Context, past: Declaration) -> tuple[Reason, ...]:
    where = of_month(past.period_start)
    if past.state in IN_HAND:
        sentence = f"La déclaration {where} est déjà envoyée{NNBSP}: elle attend d’être examinée."
        return (Reason(code="deja_envoyee", sentence=sentence),)
    if past.state is State.REJETEE and command.provenance is not Provenance.FACILITATOR:
        sentence = f"La déclaration {where} est refusée{NNBSP}: voyez le facilitateur."
        return (Reason(code="rejetee", sentence=sentence),)
    corrected = past if past.state in ACCEPTED else _accepted_before(past, context)
    if corrected is not None and command.submit and not command.reason.strip():
        sentence = f"La déclaration {where} est déjà acceptée{NNBSP}: dites pourquoi vous la corrigez."
        return (Reason(code="motif_de_correction", sentence=sentence),)
    return ()


def _accepted_before(draft: Declaration, context: Context) -> Declaration | None:
    """The accepted version that a draft corrects, if any."""
    if draft.state is not State.BROUILLON:
        return None
    same = (v for v in context.history if v.declaration_id == draft.declaration_id)
    return next((v for v in same if v.state in ACCEPTED), None)


def _facts(command: Declare, context: Context, declaration_id: str) -> Facts:
    placements = {p.id: p for p in context.placements}
    first, last = period_of(context.marche.calendar, command.period_start)
    return Facts(
        declaration_id=declaration_id,
        company_id=command.company_id,
        period_start=first,
        period_end=last_day(last),
        sent_on=context.on,
        nothing=command.nothing,
        lines=tuple(LineFacts(entry=line, placement=placements[line.placement_id]) for line in command.lines),
        context=context,
    )


def _first_state(command: Declare, context: Context) -> State:
    if not command.submit:
        return State.BROUILLON
    asked = asks_visa(command.provenance, command.company_id, context.lot, context.parties, context.on)
    return State.VISA_MANDATAIRE if asked else State.SOUMISE


def asks_visa(
    provenance: Provenance, company_id: str, lot: Lot, parties: tuple[Party, ...], on: date
) -> bool:
    """A visa is asked when the lot wants one and the sender is neither the mandataire nor the facilitator."""
    if not lot.rules.visa_required or provenance in (Provenance.FACILITATOR, Provenance.MANDATAIRE):
        return False
    head = mandataire_at(parties, on)
    return head is not None and head.company_id != company_id
