"""What is decided on a version: visa, examination, acceptance in full or in part, return, rejection.

Each function takes the version and returns the next one, or refuses with all its reasons.
"""

from datetime import datetime

import msgspec

from clauses.declaration import (
    AWAITING_CONTROL,
    Declaration,
    Line,
    Provenance,
    State,
    Waiver,
    can_become,
    is_taken_back,
)
from clauses.errors import Reason, Refused, refused
from clauses.findings import Effect, Finding
from clauses.hours import Hundredths, short_hours
from clauses.wording import NNBSP, of_month


class LineDecision(msgspec.Struct, frozen=True, kw_only=True):
    """Hours accepted on a line (hundredths), at most the countable ones; fewer asks for a reason."""

    line_id: str
    accepted: Hundredths
    reason: str


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    """The facilitator's acceptance. A line without decision is accepted for all its countable hours.
    `unconfirmed`: the placements that a firm typed for a newcomer and that nobody has confirmed yet."""

    author_id: str
    at: datetime
    lines: tuple[LineDecision, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    reason: str = ""
    unconfirmed: frozenset[str] = frozenset()


def give_visa(version: Declaration) -> Declaration | Refused:
    """The mandataire has seen it: it goes to the facilitator."""
    if version.state is not State.VISA_MANDATAIRE:
        return _not_now(version)
    return _move(version, State.SOUMISE)


def take_up(version: Declaration) -> Declaration | Refused:
    """The facilitator begins to examine it."""
    if version.state is not State.SOUMISE:
        return _not_now(version)
    return _move(version, State.EN_CONTROLE)


def recall(version: Declaration, author_id: str, at: datetime, *, visa_given: bool) -> Declaration | Refused:
    """Its firm takes back what it sent and nobody has begun to examine: no decision, no hold lifted, no visa
    given. What was sent stays as it was; the firm sends a new version."""
    month = of_month(version.period_start)
    where = f"La déclaration {month}"
    ask = f"{NNBSP}: demandez à votre interlocuteur clauses de vous la rendre."
    if is_taken_back(version):
        return refused("deja_reprise", f"{where} est déjà reprise{NNBSP}: elle est dans votre brouillon.")
    if not can_become(version.state, State.BROUILLON):
        told = f"{where} n’attend plus d’être examinée{NNBSP}: elle est « {version.state.firm_label} »."
        return refused("etat", f"{told} Rien n’a changé.")
    if version.provenance is Provenance.FACILITATOR:
        return refused("saisie_pour_vous", f"{where} a été saisie pour vous{ask}")
    if version.waivers:
        return refused("examen", f"L’examen de la déclaration {month} a commencé{ask}")
    if visa_given and version.state is State.SOUMISE:
        return refused("visa", f"{where} a reçu le visa du mandataire{ask}")
    return msgspec.structs.replace(version, state=State.BROUILLON, decided_at=at, decided_by=author_id)


def give_back(version: Declaration, author_id: str, at: datetime, reason: str) -> Declaration | Refused:
    """« À corriger »: the reason is for the firm, and mandatory. What was sent stays as it was."""
    return _close(version, State.A_CORRIGER, author_id, at, reason)


def take_back(version: Declaration, author_id: str) -> Declaration | Refused:
    """Undo a return that the firm has not answered yet: only by who gave it back, since what a mandataire
    returned has not had its visa."""
    if version.state is not State.A_CORRIGER:
        return _not_now(version)
    if version.decided_by != author_id:
        return refused("etat", "Seule la personne qui a rendu cette déclaration peut la reprendre.")
    back = _move(version, State.SOUMISE)
    return msgspec.structs.replace(back, decided_at=None, decided_by=None, decision_reason="")


def reject(version: Declaration, author_id: str, at: datetime, reason: str) -> Declaration | Refused:
    """Rejected for good, with a reason."""
    return _close(version, State.REJETEE, author_id, at, reason)


def waive(version: Declaration, waiver: Waiver) -> Declaration | Refused:
    """Lift a hold of a version under control, with a reason; it stays visible with it. Only an open hold
    may be lifted, and only where its rule allows it."""
    if version.state not in AWAITING_CONTROL:
        return _not_now(version)
    reasons = _waiver_faults(version, (waiver,))
    lifts = any(_is_waived(f, (waiver,)) for f in open_holds(version))
    if not lifts and not any(r.code in ("levee_sans_objet", "levee_interdite") for r in reasons):
        sentence = f"La règle {waiver.rule_id} ne retient plus rien ici."
        gone = Reason(code="levee_sans_objet", sentence=sentence, line=waiver.line_id)
        reasons = (gone, *reasons)
    if reasons:
        return Refused(reasons=reasons)
    return msgspec.structs.replace(version, waivers=(*version.waivers, waiver))


def accept(version: Declaration, command: Accept) -> Declaration | Refused:
    """Accept a version: every hold resolved or waived, no line above what may count, no hour of a newcomer
    whose placement is not confirmed."""
    if version.state not in AWAITING_CONTROL:
        return _not_now(version)
    waivers = (*version.waivers, *command.waivers)
    reasons = (*_waiver_faults(version, command.waivers), *_open_holds(version, waivers))
    reasons = (*reasons, *_line_faults(version, command.lines))
    decisions = {d.line_id: d for d in command.lines}
    lines = tuple(_decided(line, decisions.get(line.id)) for line in version.lines)
    reasons = (*reasons, *_newcomers(lines, command.unconfirmed))
    if reasons:
        return Refused(reasons=reasons)
    in_full = all(line.accepted == line.countable for line in lines)
    return msgspec.structs.replace(
        version,
        state=State.VALIDEE if in_full else State.PARTIELLEMENT_VALIDEE,
        lines=lines,
        waivers=waivers,
        decided_at=command.at,
        decided_by=command.author_id,
        decision_reason=command.reason.strip(),
    )


def supersede(version: Declaration) -> Declaration | Refused:
    """Mark an accepted version as replaced by an accepted correction; only its state moves."""
    return (
        _move(version, State.RECTIFIEE) if can_become(version.state, State.RECTIFIEE) else _not_now(version)
    )


def open_holds(version: Declaration) -> tuple[Finding, ...]:
    """The holds of a version that no waiver lifts."""
    return tuple(
        f for f in version.findings if f.effect is Effect.HOLD and not _is_waived(f, version.waivers)
    )


def _open_holds(version: Declaration, waivers: tuple[Waiver, ...]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            code=f"retenue_{f.rule_id}",
            sentence=f"À résoudre ou à lever{NNBSP}: {f.facilitator}",
            line=f.line_id,
        )
        for f in version.findings
        if f.effect is Effect.HOLD and not _is_waived(f, waivers)
    )


def _is_waived(finding: Finding, waivers: tuple[Waiver, ...]) -> bool:
    return finding.waivable and any(
        w.rule_id == finding.rule_id and w.line_id in (None, finding.line_id) for w in waivers
    )


def _waiver_faults(version: Declaration, waivers: tuple[Waiver, ...]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for waiver in waivers:
        matching = [
            f for f in version.findings if f.rule_id == waiver.rule_id and waiver.line_id in (None, f.line_id)
        ]
        if not matching:
            sentence = f"Rien à lever{NNBSP}: la règle {waiver.rule_id} n’a rien trouvé ici."
            found.append(Reason(code="levee_sans_objet", sentence=sentence, line=waiver.line_id))
        elif not all(f.waivable for f in matching):
            sentence = f"La règle {waiver.rule_id} ne se lève pas{NNBSP}: corrigez sa cause."
            found.append(Reason(code="levee_interdite", sentence=sentence, line=waiver.line_id))
        if not waiver.reason.strip():
            sentence = f"Dites pourquoi vous levez la règle {waiver.rule_id}."
            found.append(Reason(code="levee_sans_motif", sentence=sentence, line=waiver.line_id))
    return tuple(found)


def _line_faults(version: Declaration, decisions: tuple[LineDecision, ...]) -> tuple[Reason, ...]:
    lines = {line.id: line for line in version.lines}
    found: list[Reason] = []
    for decision in decisions:
        line = lines.get(decision.line_id)
        if line is None:
            sentence = "Cette ligne n’est pas dans la déclaration."
            found.append(Reason(code="ligne_inconnue", sentence=sentence, line=decision.line_id))
        elif not 0 <= decision.accepted <= line.countable:
            sentence = f"Au plus {short_hours(line.countable)} peuvent être acceptées sur cette ligne."
            found.append(Reason(code="au_dela_du_comptable", sentence=sentence, line=line.id))
        elif decision.accepted < line.countable and not decision.reason.strip():
            sentence = "Dites pourquoi ces heures ne sont pas toutes acceptées."
            found.append(Reason(code="sans_motif", sentence=sentence, line=line.id))
    return tuple(found)


def _newcomers(lines: tuple[Line, ...], unconfirmed: frozenset[str]) -> tuple[Reason, ...]:
    """A line accepted for no hour may wait: nothing of it is validated."""
    sentence = "Confirmez d’abord la mise à l’emploi de cette personne."
    return tuple(
        Reason(code="a_confirmer", sentence=sentence, line=line.id)
        for line in lines
        if line.accepted and line.placement_id in unconfirmed
    )


def _decided(line: Line, decision: LineDecision | None) -> Line:
    if decision is None:
        return msgspec.structs.replace(line, accepted=line.countable)
    return msgspec.structs.replace(line, accepted=decision.accepted, decision_reason=decision.reason.strip())


def _close(
    version: Declaration, state: State, author_id: str, at: datetime, reason: str
) -> Declaration | Refused:
    if not can_become(version.state, state):
        return _not_now(version)
    if not reason.strip():
        return refused("sans_motif", "Indiquez le motif : l’entreprise doit savoir quoi corriger.")
    return msgspec.structs.replace(
        version, state=state, decided_at=at, decided_by=author_id, decision_reason=reason.strip()
    )


def _move(version: Declaration, state: State) -> Declaration:
    return msgspec.structs.replace(version, state=state)


def _not_now(version: Declaration) -> Refused:
    if is_taken_back(version):
        where = of_month(version.period_start)
        return refused("etat", f"L’entreprise a repris sa déclaration {where}{NNBSP}: elle la renverra.")
    label = version.state.facilitator_label.lower()
    sentence = f"La déclaration {of_month(version.period_start)} est déjà dans l’état « {label} »."
    return refused("etat", sentence)
