"""The acts on a proposal: agree, answer, open the étape. Each is one transaction of its caller.

Two people who answer at once: the row is locked, and the form says which state it was shown in; whoever
comes second reads what the first one recorded (409), and nothing is overwritten.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Conflict
from service.formats import day
from service.proposals.events import AGREED, add_event
from service.proposals.scope import lock_proposal
from service.proposals.states import ACTS, Motive, refusal
from service.tables import (
    OfferRow,
    OrganisationRow,
    PersonRow,
    ProposalEventRow,
    ProposalRow,
    StepRow,
    UserRow,
)
from service.trace import record_act
from service.vocabulary import ProposalState, SharedFact, StepKind, StepState


def agree(db: Session, account: Account, proposal_id: str, shared: Sequence[SharedFact]) -> None:
    """The référent's agreement, with what the person lets the employer read.

    A shared name is shared with the liaison too: she could not present it otherwise.
    """
    row, spell = lock_proposal(db, account, proposal_id)
    if row.state is not ProposalState.PROPOSED or row.agreed_on is not None:
        raise Conflict(_meanwhile(db, row))
    row.agreed_on, row.agreed_by, row.since = account.today, account.id, account.today
    row.shared = tuple(fact for fact in SharedFact if fact in shared)
    if SharedFact.NAME in row.shared and spell.name_shared_on is None:
        spell.name_shared_on = account.today
    add_event(db, account, row, AGREED)
    record_act(
        db, account, "proposals.agree.act", "proposal", row.public_id, "Accord donné à une proposition"
    )


def answer(
    db: Session,
    account: Account,
    proposal_id: str,
    seen: ProposalState,
    target: ProposalState,
    motive: Motive | None,
) -> None:
    """Record an answer. Raises Conflict when somebody was faster, or when the state does not allow it."""
    row, _ = lock_proposal(db, account, proposal_id)
    if row.state is not seen:
        raise Conflict(_meanwhile(db, row))
    refused = refusal(row.state, target, account.role, agreed=row.agreed_on is not None, motive=motive)
    if refused is not None:
        raise Conflict(refused)
    row.state, row.since = target, account.today
    add_event(db, account, row, motive.value if motive is not None else "")
    record_act(
        db, account, "proposals.answer.act", "proposal", row.public_id, f"Proposition : {ACTS[target]}"
    )


def open_step(
    db: Session, account: Account, proposal_id: str, kind: StepKind, starts_on: date, ends_on: date | None
) -> str:
    """The étape of a hiring, once. Returns the person's public id."""
    row, spell = lock_proposal(db, account, proposal_id)
    if row.state is not ProposalState.HIRED:
        raise Conflict("L’étape s’ouvre une fois l’embauche notée.")
    if row.step_id is not None:
        raise Conflict("L’étape de cette embauche est déjà ouverte dans le parcours.")
    title, employer_id, employer = db.execute(
        sa.select(col(OfferRow.title), col(OfferRow.employer_id), col(OrganisationRow.name))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(col(OfferRow.id) == row.offer_id)
    ).one()
    step = StepRow(
        territory_id=account.territory_id,
        person_id=row.person_id,
        spell_id=spell.id,
        kind=kind,
        label=(f"{title}, {employer}" if employer else title)[:200],
        organisation_id=employer_id,
        starts_on=starts_on,
        planned_ends_on=ends_on,
        state=StepState.ONGOING if starts_on <= account.today else StepState.PLANNED,
    )
    db.add(step)
    db.flush()
    row.step_id = step.id
    record_act(
        db,
        account,
        "proposals.step.act",
        "step",
        step.public_id,
        f"Étape ouverte après embauche : {kind.label}",
    )
    person = db.get_one(PersonRow, row.person_id)
    return person.public_id


def _meanwhile(db: Session, row: ProposalRow) -> str:
    """What somebody else recorded first."""
    event, author = db.execute(
        sa.select(ProposalEventRow, col(UserRow.name))
        .join(UserRow, col(UserRow.id) == col(ProposalEventRow.author_id))
        .where(col(ProposalEventRow.proposal_id) == row.id)
        .order_by(col(ProposalEventRow.id).desc())
        .limit(1)
    ).one()
    what = "l’accord du référent" if event.reason == AGREED else f"« {row.state.label} »"
    return (
        f"Entre-temps, {author} a noté {what} le {day(event.on)} : votre réponse n’a pas été enregistrée. "
        "Rouvrez la proposition pour voir où elle en est."
    )
