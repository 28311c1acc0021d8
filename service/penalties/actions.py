"""Penalties: simulate, propose, record what the buyer decided. A penalty is never changed after."""

from datetime import date

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import clauses
from clauses import Penalty, PerDayLate
from service.accounts.account import Account
from service.documents.actions import keep
from service.documents.entry import DocumentTyped
from service.errors import Conflict, Invalid
from service.formats import day, euros
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.standing import brief_standing_of
from service.lots.scope import find_lot
from service.penalties.entry import DecisionTyped, PenaltyTyped
from service.penalties.scope import find_penalty
from service.tables import LotRow, MarcheRow, PenaltyRow
from service.trace import record_act
from service.vocabulary import DocumentKind, PenaltyState

WAITS = "Une pénalité attend déjà la décision de l’acheteur sur ce lot."
DECIDED = "La décision de l’acheteur est déjà enregistrée pour cette pénalité."
NOTHING = "Montant : le calcul donne 0 €, il n’y a rien à proposer."
MORE = "Montant décidé : l’acheteur ne peut pas appliquer plus que ce qui est proposé ({amount})."
EARLY = "Date de la décision : elle précède la proposition."


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """Hours in hundredths: `due` in force on the day, `validated` as known now; `penalty` in euros."""

    on: date
    due: int | None
    validated: int
    missing: int
    penalty: Penalty

    @property
    def cents(self) -> int:
        return int(self.penalty.amount * 100)


def simulate(file: LotFile, account: Account, typed: PenaltyTyped) -> Simulation:
    """What the rule gives on the lot at that day. Raises Invalid when the due it needs is not known."""
    progress = brief_standing_of(file, typed.on, territory_now(account)).progress
    if progress.due is None and not isinstance(typed.rule, PerDayLate):
        raise Invalid({"on": f"Arrêtée au : le dû n’est pas connu à cette date. {progress.sentence}"})
    missing = progress.remaining or 0
    return Simulation(
        on=typed.on,
        due=progress.due,
        validated=progress.validated,
        missing=missing,
        penalty=clauses.simulate(typed.rule, missing, typed.on),
    )


def propose(db: Session, account: Account, lot_id: str, typed: PenaltyTyped) -> str:
    """Write the proposal with its computation; its public id. Raises Conflict, Invalid, NotFound."""
    lot = find_lot(db, account, lot_id, lock=True)
    file = load_lot(db, lot.id)
    told = simulate(file, account, typed)
    if told.cents <= 0:
        raise Invalid({"": NOTHING})
    head = clauses.mandataire_at(file.parties, typed.on)
    row = PenaltyRow(
        territory_id=lot.territory_id,
        lot_id=lot.id,
        company_id=file.companies[head.company_id].row_id if head else None,
        state=PenaltyState.PROPOSED,
        rule=typed.rule,
        on=typed.on,
        due=told.due,
        validated=told.validated,
        missing=told.missing,
        amount=told.cents,
        explanation=told.penalty.explanation,
        reason=typed.reason,
        proposed_by=account.id,
        proposed_at=territory_now(account),
    )
    db.add(row)
    try:
        db.flush()
    except IntegrityError as fault:
        raise Conflict(WAITS) from fault
    sentence = f"Pénalité proposée : {file.marche.reference}, lot {lot.number}, {euros(row.amount)}"
    record_act(db, account, "penalties.new.act", "lot", lot_id, sentence)
    return row.public_id


def decide(db: Session, account: Account, penalty_id: str, typed: DecisionTyped) -> str:
    """Record the buyer's decision; the sentence of what it is. Raises Conflict, Invalid, NotFound."""
    row = find_penalty(db, account, penalty_id, lock=True)
    if row.state is not PenaltyState.PROPOSED:
        raise Conflict(DECIDED)
    if typed.amount > row.amount:
        raise Invalid({"amount": MORE.format(amount=euros(row.amount))})
    if typed.on < row.on:
        raise Invalid({"decided_on": EARLY})
    row.state = PenaltyState.APPLIED if typed.amount else PenaltyState.REMITTED
    row.decided_amount = typed.amount
    row.decided_on = typed.on
    row.document = typed.document
    row.decision_note = typed.note
    row.recorded_by = account.id
    row.recorded_at = territory_now(account)
    lot = db.get_one(LotRow, row.lot_id)
    if typed.proof is not None:
        proof = DocumentTyped(
            kind=DocumentKind.PENALTY_DECISION,
            label=typed.document,
            dated_on=typed.on,
            lot=lot.public_id,
            file=typed.proof,
        )
        keep(db, account, db.get_one(MarcheRow, lot.marche_id), lot, proof, penalty=row)
    told = f"{euros(typed.amount)} appliqués" if typed.amount else "remise entière"
    sentence = f"Décision de l’acheteur du {day(typed.on)}, lot {lot.number} : {told} ({typed.document})"
    record_act(db, account, "penalties.decide.act", "penalite", penalty_id, sentence)
    return f"Décision de l’acheteur enregistrée : {told}."
