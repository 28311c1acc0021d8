"""Sharing hours and taking them back: one transaction, both lots locked, nothing erased."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Allocation, Declaration, Move, Reason, Refused
from service.accounts.account import Account
from service.declarations.month import lock_lots
from service.errors import Conflict, NotFound
from service.formats import hours
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.lots.scope import find_lot
from service.sharing.desk import Desk, bases, context_there, find_line, open_desk
from service.tables import AllocationRow, LineRow
from service.tables.columns import new_public_id
from service.trace import record_act

CHANGED = (
    "Les heures de ce lot ont changé depuis votre lecture (un partage ou une déclaration). Rien n’a été "
    "partagé : relisez, puis recommencez."
)
CLOSED = "Le lot {number} est clos : ses heures ne se partagent plus."
NOTHING = "Aucune heure n’est saisie : écrivez les heures à partager en face d’une ligne."
AGREED_HOW = "Référence de l’accord : dites où les acheteurs l’ont donné (courriel, courrier, date)."


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, in a sentence; `desk` when there are faults, and then nothing is written."""

    sentence: str
    desk: Desk | None


def share(db: Session, account: Account, lot_id: str, to_id: str, form: Form) -> Shared:
    """Give the hours typed, line by line, to another lot: all of them or none. Raises Conflict, NotFound."""
    if not to_id:
        raise NotFound
    desk = open_desk(db, account, lot_id, to_id, lock=True)
    receiving = desk.receiving or desk.giving
    for file in (desk.giving, receiving):
        if file.closed:
            raise Conflict(CLOSED.format(number=file.lot.number))
    if form.raw("seen") and form.raw("seen") != desk.seen:
        raise Conflict(CHANGED)
    buyers = {desk.giving.lot.buyer_id, receiving.lot.buyer_id}
    consents = frozenset(b for b in buyers if form.flag(f"accord-{b}"))
    reason = form.text("reason", "Motif", longest=300)
    if len(buyers) > 1 and consents and not reason:
        form.fault("reason", AGREED_HOW)
    made = _made(desk, receiving, form, consents, account)
    if not made and not form.faults:
        form.fault("", NOTHING)
    if form.faults:
        return Shared(sentence="", desk=desk)
    lines = _line_rows(db, [a.line_id for a in made])
    db.add_all(
        AllocationRow(
            public_id=a.id,
            territory_id=account.territory_id,
            line_id=lines[a.line_id],
            from_lot_id=desk.giving.row_id,
            to_lot_id=receiving.row_id,
            hours=a.hours,
            consents=tuple(sorted(a.consents)),
            reason=reason,
            author_id=account.id,
            made_at=a.made_at,
        )
        for a in made
    )
    total = hours(sum(a.hours for a in made))
    sentence = f"{total} partagées : {_name(desk.giving)} vers {_name(receiving)}."
    record_act(db, account, "sharing.share.act", "lot", lot_id, sentence)
    return Shared(sentence=sentence, desk=None)


def _made(
    desk: Desk, receiving: LotFile, form: Form, consents: frozenset[str], account: Account
) -> list[Allocation]:
    """The allocations asked; each refusal of the core beside its field."""
    existing, made, both = list(desk.allocations), [], bases(desk, receiving)
    for name in [n for n in form.names() if n.startswith("h-") and form.raw(n).strip()]:
        asked = form.hours(name, "Heures à partager")
        if asked is None:
            continue
        line, version = find_line(desk, name.removeprefix("h-"))
        there = context_there(desk, both.there, line, version, existing)
        move = Move(
            id=new_public_id(),
            line_id=line.id,
            hours=asked,
            consents=consents,
            author_id=account.public_id,
            at=desk.known_at,
        )
        answer = clauses.allocate(move, version, both.giving, there, tuple(existing))
        if isinstance(answer, Refused):
            _tell(form, name, answer.reasons)
            continue
        existing.append(answer)
        made.append(answer)
    return made


def _tell(form: Form, field: str, reasons: tuple[Reason, ...]) -> None:
    """What concerns the two lots is said once; the rest beside the hours."""
    for reason in reasons:
        if reason.code in ("politique", "meme_lot"):
            form.fault("", reason.sentence)
        elif reason.code == "accord":
            form.fault("accords", reason.sentence)
        else:
            form.fault(field, reason.sentence)


def take_back(db: Session, account: Account, lot_id: str, allocation_id: str, reason: str) -> str:
    """Cancel an allocation: its hours return to their lot. Raises Conflict, NotFound."""
    lot = find_lot(db, account, lot_id)
    query = sa.select(AllocationRow).where(
        col(AllocationRow.public_id) == allocation_id, col(AllocationRow.from_lot_id) == lot.id
    )
    row = db.scalar(query)
    if row is None:
        raise NotFound
    lock_lots(db, sorted({row.from_lot_id, row.to_lot_id}))
    db.refresh(row, with_for_update=True)
    file = load_lot(db, lot.id)
    shared = next(s for s in file.shared if s.row_id == row.id)
    answer = clauses.cancel(shared.allocation, territory_now(account), reason)
    if isinstance(answer, Refused):
        raise Conflict(answer.reasons[0].sentence)
    _cancel(row, answer, account)
    sentence = f"Partage annulé : {hours(row.hours)} reviennent de {shared.to_lot} à {shared.from_lot}."
    record_act(db, account, "sharing.cancel.act", "lot", lot_id, sentence)
    return sentence


def _cancel(row: AllocationRow, cancelled: Allocation, account: Account) -> None:
    row.cancelled_at = cancelled.cancelled_at
    row.cancelled_by = account.id
    row.cancel_reason = cancelled.cancel_reason[:300]


def restate(db: Session, account: Account, file: LotFile, former: Declaration, version: Declaration) -> str:
    """After an accepted correction: allocations follow their lines, and what no longer fits is cancelled.

    `file` is the lot before it. Returns a sentence for the facilitator, empty when nothing is cancelled.
    """
    before = {s.allocation.id: s for s in file.shared if s.allocation.from_lot_id == file.lot.id}
    allocations = tuple(s.allocation for s in before.values())
    at = version.decided_at or territory_now(account)
    changed = [a for a in clauses.restated(former, version, allocations, at) if a != before[a.id].allocation]
    if not changed:
        return ""
    lines = _line_rows(db, [a.line_id for a in changed])
    rows = {
        row.public_id: row
        for row in db.scalars(
            sa.select(AllocationRow)
            .where(col(AllocationRow.public_id).in_([a.id for a in changed]))
            .with_for_update()
        )
    }
    gone = []
    for allocation in changed:
        row = rows[allocation.id]
        row.line_id = lines[allocation.line_id]
        if allocation.cancelled_at is not None:
            _cancel(row, allocation, account)
            gone.append(f"{hours(allocation.hours)} ne sont plus comptées sur {before[allocation.id].to_lot}")
    return f"Partage annulé : {' ; '.join(gone)}." if gone else ""


def _line_rows(db: Session, public_ids: list[str]) -> dict[str, int]:
    rows = db.execute(
        sa.select(col(LineRow.public_id), col(LineRow.id)).where(col(LineRow.public_id).in_(public_ids))
    )
    return {row.public_id: row.id for row in rows}


def _name(file: LotFile) -> str:
    return f"{file.marche.reference}, lot {file.lot.number}"
