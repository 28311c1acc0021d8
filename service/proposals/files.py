"""One proposal: where it stands, its history, what may be answered, and its two wordings."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from matching import EmploymentKind, Match, Offer, Participant, Register, World, explain, match_one
from service.accounts.account import Account
from service.errors import NotFound
from service.participants.scope import current_spell
from service.pictures.score import per_cent
from service.proposals.events import AGREED
from service.proposals.scope import visible_to
from service.proposals.states import ACTS, Motive, answer_label, is_late, motives_for, next_states, waits_for
from service.proposals.views import HistoryLine, LiaisonFile, NextAnswer, ReferentFile
from service.proposals.wording import Sender, for_employer, for_referent
from service.suggestions.around import world_of
from service.suggestions.load import read_offers, read_participants
from service.suggestions.marks import TONES
from service.suggestions.offer_head import heads_where
from service.suggestions.people import label
from service.tables import OfferRow, PersonRow, ProposalEventRow, ProposalRow, SpellRow, UserRow
from service.vocabulary import ProposalState, Role, SharedFact, StepKind

# A job of six months or more is an étape of its own kind (domain/parcours.md §2.2).
SIX_MONTHS = timedelta(days=182)


class _Read:
    """What the file of a proposal is made of, for either reader."""

    def __init__(self, db: Session, account: Account, proposal_id: str) -> None:
        referent = aliased(UserRow)
        found = db.execute(
            sa.select(ProposalRow, PersonRow, SpellRow, col(UserRow.name), col(referent.name))
            .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
            .join(SpellRow, current_spell())
            .join(UserRow, col(UserRow.id) == col(ProposalRow.created_by))
            .outerjoin(referent, col(referent.id) == col(SpellRow.referent_id))
            .where(col(ProposalRow.public_id) == proposal_id, visible_to(account))
        ).first()
        if found is None:
            raise NotFound
        self.row: ProposalRow = found[0]
        self.person: PersonRow = found[1]
        self.spell: SpellRow = found[2]
        self.proposed_by: str = "" if self.row.created_by == account.id else found[3]
        self.referent: str = found[4] or "son référent"
        here = col(OfferRow.id) == self.row.offer_id
        self.head = next(iter(heads_where(db, here).values()))
        self.offer: Offer = next(iter(read_offers(db, here).values())).offer
        people = read_participants(db, col(PersonRow.id) == self.row.person_id)
        self.participant: Participant | None = people.get(self.person.public_id)
        self.world: World = world_of(db, account.territory_id)
        self.match: Match | None = (
            match_one(self.participant, self.offer, self.world, on=account.today)
            if self.participant
            else None
        )
        self.history = _history(db, self.row.id)

    def common(self, account: Account, who: str) -> dict[str, Any]:
        """The fields that both readers have."""
        row, agreed = self.row, self.row.agreed_on is not None
        return {
            "id": row.public_id,
            "offer": self.head,
            "person_id": self.person.public_id,
            "who": who,
            "state": row.state.label,
            "state_value": row.state.value,
            "tone": TONES[row.state],
            "since": row.since,
            "days": (account.today - row.since).days,
            "late": is_late(row.state, row.since, account.today),
            "waits_for": waits_for(row.state, account.role, agreed=agreed),
            "agreed_on": row.agreed_on,
            "shared": tuple(fact.label for fact in row.shared),
            "fit_percent": None if row.fit is None else per_cent(row.fit),
            "wish_percent": None if row.wish is None else per_cent(row.wish),
            "history": self.history,
            "answers": tuple(
                NextAnswer(
                    value=target.value,
                    label=answer_label(row.state, target),
                    motives=tuple((motive.value, motive.label) for motive in motives_for(row.state, target)),
                )
                for target in next_states(row.state, account.role, agreed=agreed)
            ),
            "employer_wording": self._for_employer(account),
        }

    def _for_employer(self, account: Account) -> str:
        """Empty until the référent has agreed: nothing is ready to leave before."""
        if self.row.agreed_on is None or self.participant is None or self.match is None:
            return ""
        name = f"{self.person.first_name} {self.person.last_name}"
        sender = Sender(account.name, account.organisation_name)
        return for_employer(
            self.head, name, self.participant, self.offer, self.match, self.row.shared, sender
        )


def read_for_liaison(
    db: Session, account: Account, proposal_id: str, base_url: str
) -> tuple[LiaisonFile, int]:
    """The file, and the person's id for the reading journal."""
    read = _Read(db, account, proposal_id)
    shared = read.spell.name_shared_on is not None
    first, last = (read.person.first_name, read.person.last_name) if shared else ("", "")
    who = label(read.person.public_id, first, last)
    words = ""
    if read.participant is not None and read.match is not None and read.row.agreed_on is None:
        told = explain(read.match, read.participant, read.offer, read.world, Register.LIAISON)
        sender = Sender(account.name, account.organisation_name)
        words = for_referent(read.head, who, told, sender, f"{base_url}/propositions/{proposal_id}")
    view = LiaisonFile(**read.common(account, who), referent=read.referent, referent_wording=words)
    return view, read.person.id


def read_for_referent(db: Session, account: Account, proposal_id: str) -> tuple[ReferentFile, int]:
    """The file, and the person's id for the reading journal."""
    read = _Read(db, account, proposal_id)
    row = read.row
    hired = row.state is ProposalState.HIRED
    kind, starts, ends = step_of(read.offer, account.today)
    view = ReferentFile(
        **read.common(account, f"{read.person.first_name} {read.person.last_name}"),
        proposed_by=read.proposed_by,
        may_agree=row.state is ProposalState.PROPOSED and row.agreed_on is None,
        name_shared=read.spell.name_shared_on is not None,
        shareable=tuple((fact.value, fact.label) for fact in SharedFact),
        may_open_step=hired and row.step_id is None,
        step_kind=kind.value,
        step_starts_on=starts,
        step_ends_on=ends,
        step_open=row.step_id is not None,
    )
    return view, read.person.id


def step_of(offer: Offer, on: date) -> tuple[StepKind, date, date | None]:
    """The étape that a hiring on this offer suggests: its kind and its dates, to be confirmed."""
    starts = max(offer.starts_on, on) if offer.starts_on else on
    lasting = offer.employment_kind is EmploymentKind.CDI or (
        offer.ends_on is not None and offer.ends_on - starts >= SIX_MONTHS
    )
    return StepKind.JOB if lasting else StepKind.SHORT_JOB, starts, offer.ends_on


def _history(db: Session, proposal_key: int) -> tuple[HistoryLine, ...]:
    rows = db.execute(
        sa.select(
            col(ProposalEventRow.on),
            col(UserRow.name),
            col(UserRow.role),
            col(ProposalEventRow.state),
            col(ProposalEventRow.reason),
        )
        .join(UserRow, col(UserRow.id) == col(ProposalEventRow.author_id))
        .where(col(ProposalEventRow.proposal_id) == proposal_key)
        .order_by(col(ProposalEventRow.id))
    ).all()
    motives = {motive.value: motive.label for motive in Motive}
    return tuple(
        HistoryLine(
            on=on,
            author=f"{name} ({role.label.lower()})" if role in (Role.LIAISON, Role.REFERENT) else name,
            what="Accord donné par le référent" if reason == AGREED else _what(state, role),
            motive=motives.get(reason, ""),
        )
        for on, name, role, state, reason in rows
    )


def _what(state: ProposalState, role: Role) -> str:
    if state is ProposalState.PROPOSED:
        return "Suggestion gardée par le référent" if role is Role.REFERENT else "Proposée au référent"
    return ACTS[state]
