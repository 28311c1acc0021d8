"""The facilitator's decisions: one transaction each, on what she has read, never on what changed since."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Accept, Declaration, LineDecision, Reason, Refused, StepChange, Waiver
from service.accounts.account import Account
from service.declarations.files import period_of
from service.errors import Conflict
from service.forms import Form
from service.review.examined import Examined, examine
from service.review.steps import record_steps
from service.sharing.actions import restate
from service.tables import LineRow, VersionRow
from service.trace import record_act

CHANGED = (
    "Le calcul de cette déclaration a changé depuis votre lecture (une éligibilité, une date ou une autre "
    "déclaration). Rien n’a été décidé : relisez-la, puis recommencez."
)
REPLACED = (
    "L’entreprise a envoyé une nouvelle version depuis votre lecture. Rien n’a été décidé : relisez-la."
)
TAKEN_BACK = (
    "L’entreprise a repris sa déclaration depuis votre lecture : c’est de nouveau son brouillon. "
    "Rien n’a été décidé ; elle reviendra dans votre file quand elle sera renvoyée."
)


def accept_all(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """Accept every countable hour. The sentence of what was done; the declaration when there are faults."""
    return _accept(db, account, declaration_id, form, "review.accept.act", lambda _: ())


def accept_in_part(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """Accept line by line: fewer hours than may count ask for a reason."""
    return _accept(
        db, account, declaration_id, form, "review.part.act", lambda version: read_lines(form, version)
    )


def read_lines(form: Form, version: Declaration) -> tuple[LineDecision, ...]:
    """The hours accepted on each line, as typed; a line left empty is a fault."""
    found = []
    for line in version.lines:
        accepted = form.hours(f"h-{line.id}", "Heures acceptées", required=True)
        reason = form.text(f"m-{line.id}", "Motif", longest=600)
        if accepted is not None:
            found.append(LineDecision(line_id=line.id, accepted=accepted, reason=reason))
    return tuple(found)


def _accept(
    db: Session,
    account: Account,
    declaration_id: str,
    form: Form,
    act: str,
    decisions: Callable[[Declaration], tuple[LineDecision, ...]],
) -> str | Examined:
    found = examine(db, account, declaration_id, lock=True)
    version = found.judged
    _same_as_read(found, form)
    lines = decisions(version)
    if form.faults:
        return found
    command = Accept(
        author_id=account.public_id, at=found.known_at, lines=lines, unconfirmed=found.file.unconfirmed
    )
    decided = clauses.accept(version, command)
    if isinstance(decided, Refused):
        _tell(form, found, _confirmed_first(found, decided.reasons, form))
        return found
    _store(db, account, decided)
    told = ""
    if found.standing is not None:
        _supersede(db, found.standing)
        told = restate(db, account, found.file, found.standing, decided)
    changes = record_steps(db, account, found.file, decided)
    sentence = f"{_sentence(found, decided, changes)} {told}".strip()
    record_act(db, account, act, "declaration", declaration_id, sentence)
    return sentence


def give_back(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """« À corriger »: what was sent stays as it was; the firm reads the reason and sends a new version."""
    return _close(db, account, declaration_id, form, "give_back_reason", "review.give_back.act")


def take_back(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """Undo a return, as long as the firm has not sent a new version: it waits in the queue again."""
    found = examine(db, account, declaration_id, lock=True)
    _same_version(found, form)
    taken = clauses.take_back(found.stored, account.public_id)
    if isinstance(taken, Refused):
        raise Conflict(taken.reasons[0].sentence)
    row = _version_row(db, taken)
    row.state, row.decided_at, row.decided_by, row.decision_reason = taken.state, None, None, ""
    sentence = f"Retour annulé : {_where(found)}. La déclaration attend de nouveau votre contrôle."
    record_act(db, account, "review.take_back.act", "declaration", declaration_id, sentence)
    return sentence


def reject(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """Rejected for good, with a reason."""
    return _close(db, account, declaration_id, form, "reject_reason", "review.reject.act")


def _close(
    db: Session, account: Account, declaration_id: str, form: Form, field: str, act: str
) -> str | Examined:
    found = examine(db, account, declaration_id, lock=True)
    _same_version(found, form)
    reason = form.text(field, "Motif", longest=1000, lines=True)
    if form.faults:
        return found
    move = clauses.give_back if act == "review.give_back.act" else clauses.reject
    decided = move(found.judged, account.public_id, found.known_at, reason)
    if isinstance(decided, Refused):
        _tell(form, found, decided.reasons, field)
        return found
    _store(db, account, decided)
    what = "Déclaration rendue à l’entreprise" if act == "review.give_back.act" else "Déclaration rejetée"
    sentence = f"{what} : {_where(found)}."
    record_act(db, account, act, "declaration", declaration_id, sentence)
    return sentence


def waive(db: Session, account: Account, declaration_id: str, form: Form) -> str | Examined:
    """Lift one hold, with a reason; only what the rule allows to lift, and only what is still held."""
    found = examine(db, account, declaration_id, lock=True)
    _same_version(found, form)
    rule, _, told = form.raw("hold").partition(":")
    line = told or None
    field = f"waive-{rule}-{line or ''}"
    reason = form.text(field, "Motif de la levée", required=True, longest=600, lines=True)
    waiver = Waiver(rule_id=rule, line_id=line, reason=reason, author_id=account.public_id, at=found.known_at)
    lifted = clauses.waive(found.judged, waiver)
    if isinstance(lifted, Refused):
        for refusal in lifted.reasons:
            if refusal.code != "levee_sans_motif":
                raise Conflict(f"{refusal.sentence} Relisez la déclaration.")
        return found
    if form.faults:
        return found
    _version_row(db, found.judged).waivers = lifted.waivers
    sentence = f"Retenue {rule} levée : {_where(found)}. Motif : {reason}"
    record_act(db, account, "review.waive.act", "declaration", declaration_id, sentence)
    return f"Retenue levée. Elle reste visible, avec votre motif : {_where(found)}."


def _same_version(found: Examined, form: Form) -> None:
    read = form.raw("version")
    if any(v.id == read and clauses.is_taken_back(v) for v in found.versions):
        raise Conflict(TAKEN_BACK)
    if read and read != found.judged.id:
        raise Conflict(REPLACED)


def _same_as_read(found: Examined, form: Form) -> None:
    """What is decided is what was read. A version already decided is told so by the core, below."""
    _same_version(found, form)
    seen = form.raw("seen")
    waits = found.judged.state in clauses.AWAITING_CONTROL
    if waits and seen and seen != str(clauses.countable_hours(found.judged)):
        raise Conflict(CHANGED)


def _tell(form: Form, found: Examined, reasons: Sequence[Reason], field: str = "") -> None:
    """The core's refusals: a state that does not allow it is a conflict; the rest are faults of the form,
    those of a line with the name of its person."""
    people = {x.id: found.file.people[x.person_id].name for x in found.judged.lines}
    for reason in reasons:
        if reason.code == "etat":
            raise Conflict(reason.sentence)
        if reason.code.startswith("retenue_"):
            form.fault(f"waive-{reason.code.removeprefix('retenue_')}-{reason.line or ''}", reason.sentence)
        elif reason.line:
            cell = f"m-{reason.line}" if reason.code == "sans_motif" else f"h-{reason.line}"
            form.fault(cell, f"{people.get(reason.line, '')} : {reason.sentence}")
        else:
            form.fault(field, reason.sentence)


def _confirmed_first(found: Examined, reasons: Sequence[Reason], form: Form) -> Sequence[Reason]:
    """Newcomers to confirm are told by their name, at the button that confirms; the other reasons remain."""
    lines = {x.id: x for x in found.judged.lines}
    for reason in reasons:
        if reason.code == "a_confirmer" and reason.line:
            line = lines[reason.line]
            name = found.file.people[line.person_id].name
            sentence = f"{name} : confirmez d’abord sa mise à l’emploi, plus bas."
            form.fault(f"confirm-{line.placement_id}", sentence)
    return [r for r in reasons if r.code != "a_confirmer"]


def _version_row(db: Session, version: Declaration) -> VersionRow:
    return db.scalars(
        sa.select(VersionRow).where(col(VersionRow.public_id) == version.id).with_for_update()
    ).one()


def _store(db: Session, account: Account, decided: Declaration) -> None:
    """Write the decision: what was judged this day, and what was accepted of it."""
    row = _version_row(db, decided)
    row.state = decided.state
    row.findings = decided.findings
    row.not_verifiable = decided.not_verifiable
    row.waivers = decided.waivers
    row.decided_at = decided.decided_at
    row.decided_by = account.id
    row.decision_reason = decided.decision_reason[:1000]
    row.countable = clauses.countable_hours(decided)
    row.accepted = clauses.validated_hours(decided) if decided.state in clauses.ACCEPTED else None
    lines = {x.id: x for x in decided.lines}
    for line_row in db.scalars(sa.select(LineRow).where(col(LineRow.version_id) == row.id)):
        line = lines[line_row.public_id]
        line_row.countable = line.countable
        line_row.covered = line.covered
        line_row.days_kept = line.days_kept
        line_row.days_all = line.days_all
        line_row.reason = line.reason[:600]
        line_row.accepted = line.accepted
        line_row.decision_reason = line.decision_reason[:600]
    db.flush()


def _supersede(db: Session, standing: Declaration) -> None:
    replaced = clauses.supersede(standing)
    if isinstance(replaced, Refused):
        raise Conflict(replaced.reasons[0].sentence)
    _version_row(db, standing).state = replaced.state


def _where(found: Examined) -> str:
    version = found.judged
    firm = found.file.companies[version.company_id].name
    return f"{period_of(version.period_start, version.period_end)}, lot {found.file.lot.number}, {firm}"


def _sentence(found: Examined, decided: Declaration, changes: Sequence[StepChange]) -> str:
    before = clauses.validated_hours(found.standing) if found.standing else None
    hours = clauses.short_hours(clauses.validated_hours(decided))
    what = "néant" if decided.nothing else f"{hours} validées"
    corrected = f" (au lieu de {clauses.short_hours(before)})" if before is not None else ""
    counts = {k: sum(1 for c in changes if c.kind is k) for k in clauses.StepChangeKind}
    words = [f"{k.label.lower()} : {n}" for k, n in counts.items() if n]
    steps = f" Parcours – {', '.join(words)}." if words else ""
    return f"Déclaration acceptée : {_where(found)}, {what}{corrected}.{steps}"
