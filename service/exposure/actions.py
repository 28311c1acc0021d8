"""Load the people of a year and what happened to them; count; nothing is written."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import Offer, Participant, World, all_orders
from service.accounts.account import Account
from service.exposure.count import LEAST, Seen, lines_by, total_line
from service.exposure.groups import (
    BANDS,
    GENDERS,
    IN_QPV,
    NOT_TOLD,
    OUTSIDE,
    SMALL,
    Followed,
    band_of,
    communes_of,
    gender_of,
    qpv_of,
)
from service.exposure.views import Dimension, Exposure, GroupLine
from service.reference.communes import current_communes
from service.suggestions.around import world_of
from service.suggestions.load import offers_of, participants_of, read_stamps
from service.tables import PersonRow, ProposalEventRow, ProposalRow, SpellRow
from service.vocabulary import ProposalState

# A person is suggested when she is among so many first places of a post's list.
TOP = 20
# Years offered: the current one and those before it.
YEARS = 5


class Loaded(msgspec.Struct, frozen=True):
    """What was read, in a fixed number of queries; the lists are made once the session is closed."""

    people: tuple[Followed, ...]
    proposed: frozenset[str]
    hired: frozenset[str]
    participants: dict[str, Participant]
    offers: dict[str, Offer]
    world: World


def load(db: Session, account: Account, year: int) -> Loaded:
    first, last = date(year, 1, 1), date(year, 12, 31)
    stamps = read_stamps(db, account.territory_id)
    people = _followed(db, account, first, last)
    known = {one.id for one in people}
    here = (
        sa.select(col(PersonRow.public_id))
        .select_from(ProposalEventRow)
        .join(ProposalRow, col(ProposalRow.id) == col(ProposalEventRow.proposal_id))
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .where(
            col(ProposalRow.territory_id) == account.territory_id,
            col(ProposalEventRow.on) >= first,
            col(ProposalEventRow.on) <= last,
        )
    )
    proposed = db.scalars(here.where(col(ProposalEventRow.state) == ProposalState.PROPOSED)).all()
    hired = db.scalars(here.where(col(ProposalEventRow.state) == ProposalState.HIRED)).all()
    return Loaded(
        people=people,
        proposed=frozenset(proposed) & known,
        hired=frozenset(hired) & known,
        participants=participants_of(db, account.territory_id, stamps),
        offers=offers_of(db, account.territory_id, stamps, account.today),
        world=world_of(db, account.territory_id),
    )


def report(loaded: Loaded, account: Account, year: int) -> Exposure:
    people = loaded.people
    known = frozenset(one.id for one in people)
    seen = Seen(
        followed=known,
        proposable=frozenset(loaded.participants) & known,
        suggested=_suggested(loaded, account.today) & known,
        proposed=loaded.proposed,
        hired=loaded.hired,
    )
    last = min(date(year, 12, 31), account.today)
    table = current_communes()
    communes = communes_of(people, lambda insee: getattr(table.get(insee), "name", insee), LEAST)
    dimensions = (
        Dimension(
            key="genre",
            title="Par genre",
            note="",
            groups=lines_by(people, seen, gender_of, GENDERS.values()),
        ),
        Dimension(
            key="age",
            title="Par tranche d’âge",
            note="Âge au dernier jour de la période, ou aujourd’hui.",
            groups=lines_by(
                people, seen, lambda one: band_of(one, last), [*(label for _, label in BANDS), NOT_TOLD]
            ),
        ),
        Dimension(
            key="quartier",
            title="Par quartier",
            note="Quartiers prioritaires de la politique de la ville, d’après le dossier.",
            groups=lines_by(people, seen, qpv_of, (IN_QPV, OUTSIDE)),
        ),
        Dimension(
            key="commune",
            title="Par commune",
            note=f"Les communes de moins de {LEAST} participants sont regroupées.",
            groups=_communes_last(lines_by(people, seen, lambda one: communes[one.id])),
        ),
    )
    return Exposure(
        year=year,
        first=date(year, 1, 1),
        last=last,
        years=tuple(range(account.today.year, account.today.year - YEARS, -1)),
        today=account.today,
        top=TOP,
        offers=len(loaded.offers),
        total=total_line(seen),
        dimensions=dimensions,
    )


def _communes_last(lines: tuple[GroupLine, ...]) -> tuple[GroupLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.label in (SMALL, NOT_TOLD)))


def _suggested(loaded: Loaded, on: date) -> frozenset[str]:
    """Who is among the first places of at least one open post, as the lists stand now."""
    found = all_orders(loaded.participants.values(), loaded.offers.values(), loaded.world, on=on)
    return frozenset(
        found.people[at] for post in range(len(found.offers)) for at in found.people_of(post)[:TOP]
    )


def _followed(db: Session, account: Account, first: date, last: date) -> tuple[Followed, ...]:
    """Everybody who was in the PLIE on a day of the period, once, whatever the number of stays."""
    stays = sa.select(col(SpellRow.person_id)).where(
        col(SpellRow.territory_id) == account.territory_id,
        col(SpellRow.entered_on) <= last,
        sa.or_(col(SpellRow.exited_on).is_(None), col(SpellRow.exited_on) >= first),
    )
    rows = db.execute(
        sa.select(
            col(PersonRow.public_id),
            col(PersonRow.sex),
            col(PersonRow.birth_date),
            col(PersonRow.qpv),
            col(PersonRow.insee),
        )
        .where(col(PersonRow.id).in_(stays))
        .order_by(col(PersonRow.id))
    ).all()
    return tuple(
        Followed(id=public_id, sex=sex, birth_date=born, qpv=bool(qpv.strip()), insee=insee)
        for public_id, sex, born, qpv, insee in rows
    )
