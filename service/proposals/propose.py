"""To propose people on an offer: the suggestion is kept as it stands, once per offer and person."""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import Participant, match_one
from service.accounts.account import Account
from service.errors import Conflict, NotFound
from service.participants.scope import current_spell
from service.participants.scope import visible_to as person_visible_to
from service.proposals.events import add_event
from service.suggestions.around import world_of
from service.suggestions.load import PROPOSABLE, read_offers, read_participants
from service.tables import OfferRow, PersonRow, ProjectRow, ProposalRow, SetAsideRow, SpellRow
from service.trace import record_act
from service.vocabulary import OfferState, ProposalState, Role

MOST_AT_ONCE = 50


class Proposed(msgspec.Struct, frozen=True):
    """What became of a batch: what was made, who was already proposed here, who was set aside."""

    made: tuple[str, ...]
    already: int
    set_aside: int


def propose(db: Session, account: Account, offer_id: str, person_ids: Sequence[str]) -> Proposed:
    """Propose people on an open offer. A person who is not open to the account raises NotFound."""
    wanted = tuple(dict.fromkeys(person_ids))[:MOST_AT_ONCE]
    offer_key, title = _open_offer(db, account, offer_id)
    people = _people(db, account, wanted)
    if len(people) < len(wanted):
        raise NotFound
    taken = set(
        db.scalars(sa.select(col(ProposalRow.person_id)).where(col(ProposalRow.offer_id) == offer_key))
    )
    aside = set(
        db.scalars(sa.select(col(SetAsideRow.person_id)).where(col(SetAsideRow.offer_id) == offer_key))
    )
    told = _told(db, account, offer_id, wanted)
    made, already, kept_away = [], 0, 0
    for public_id, person_id in people.items():
        if person_id in aside and account.role is Role.LIAISON:
            kept_away += 1
            continue
        row = None if person_id in taken else _insert(db, account, offer_key, person_id, told.get(public_id))
        if row is None:
            already += 1
            continue
        made.append(row.public_id)
        record_act(
            db,
            account,
            "proposals.new.act",
            "proposal",
            row.public_id,
            f"Proposition faite sur l’offre : {title}",
        )
    return Proposed(tuple(made), already, kept_away)


def proposal_of(db: Session, account: Account, offer_id: str, person_id: str) -> str | None:
    """The proposal of a person on an offer, by its public id."""
    return db.scalar(
        sa.select(col(ProposalRow.public_id))
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .join(OfferRow, col(OfferRow.id) == col(ProposalRow.offer_id))
        .where(
            col(ProposalRow.territory_id) == account.territory_id,
            col(OfferRow.public_id) == offer_id,
            col(PersonRow.public_id) == person_id,
        )
    )


def _open_offer(db: Session, account: Account, offer_id: str) -> tuple[int, str]:
    found = db.execute(
        sa.select(col(OfferRow.id), col(OfferRow.title), col(OfferRow.state)).where(
            col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
        )
    ).first()
    if found is None:
        raise NotFound
    if found[2] is not OfferState.OPEN:
        raise Conflict(
            f"Cette offre est dans l’état « {found[2].label} » : on ne propose que sur une offre ouverte."
        )
    return found[0], found[1]


def _people(db: Session, account: Account, wanted: Sequence[str]) -> dict[str, int]:
    """Ids by public id, in order: of her caseload for a référent, of the proposable for the liaison."""
    mine = (
        person_visible_to(account)
        if account.role is Role.REFERENT
        else sa.and_(col(SpellRow.territory_id) == account.territory_id, col(SpellRow.state).in_(PROPOSABLE))
    )
    rows = db.execute(
        sa.select(col(PersonRow.public_id), col(PersonRow.id))
        .join(SpellRow, current_spell())
        .where(col(PersonRow.public_id).in_(wanted), col(SpellRow.exited_on).is_(None), mine)
    ).all()
    ids = {row[0]: row[1] for row in rows}
    return {one: ids[one] for one in wanted if one in ids}


class _Told(msgspec.Struct, frozen=True):
    """The suggestion as it stands, kept with the proposal."""

    project_id: int | None
    fit: int
    wish: int
    parameters: str


def _told(db: Session, account: Account, offer_id: str, wanted: Sequence[str]) -> dict[str, _Told]:
    people: dict[str, Participant] = read_participants(
        db, col(SpellRow.territory_id) == account.territory_id, col(PersonRow.public_id).in_(wanted)
    )
    offer = read_offers(
        db, col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
    )[offer_id].offer
    world = world_of(db, account.territory_id)
    found = {one: match_one(person, offer, world, on=account.today) for one, person in people.items()}
    projects = {
        row[0]: row[1]
        for row in db.execute(
            sa.select(col(ProjectRow.public_id), col(ProjectRow.id)).where(
                col(ProjectRow.public_id).in_([match.project for match in found.values() if match])
            )
        ).all()
    }
    return {
        one: _Told(projects.get(match.project), match.fit.total, match.wish.total, match.parameters)
        for one, match in found.items()
        if match is not None
    }


def _insert(
    db: Session, account: Account, offer_key: int, person_id: int, told: _Told | None
) -> ProposalRow | None:
    """The new row, or None when somebody proposed the same person in the same instant."""
    row = ProposalRow(
        territory_id=account.territory_id,
        offer_id=offer_key,
        person_id=person_id,
        project_id=told.project_id if told else None,
        state=ProposalState.PROPOSED,
        fit=told.fit if told else None,
        wish=told.wish if told else None,
        parameters=told.parameters if told else "",
        since=account.today,
        created_by=account.id,
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        return None
    add_event(db, account, row, "")
    return row
