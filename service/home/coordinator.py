"""The coordinator's first page: file active, offers and hours, each figure one link from its rows."""

from collections.abc import Iterable
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Health
from service.absences.actions import AbsenceLine, absences
from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.marches.portfolio import lines_of, read_portfolio
from service.marches.views import TONES, WORST_FIRST, LotLine
from service.offers.list_view import LIVE
from service.participants.list_view import without_contact_since
from service.participants.scope import current_spell, visible_to
from service.participants.tasks import WITHOUT_CONTACT_DAYS
from service.suggestions.asking import LEAST_GROUP
from service.tables import OfferRow, PersonRow, ProposalRow, SpellRow, UserRow
from service.vocabulary import OfferState, SpellState

# Those whom a référent accompanies: the file active. Prescribed and waiting persons come before it.
FILE_ACTIVE = (SpellState.ACTIVE, SpellState.SUSPENDED, SpellState.JOB_FOLLOW_UP)


class Caseload(msgspec.Struct, frozen=True, kw_only=True):
    """One référent's part of the file active; a None is a group too small to be told."""

    id: str
    name: str
    people: int | None
    silent: int | None


class HealthHours(msgspec.Struct, frozen=True, kw_only=True):
    """The open lots of one health: hours in hundredths, due None as soon as one lot's is not known."""

    health: str
    label: str
    tone: str
    lots: int
    due: int | None
    validated: int


class CoordinatorHome(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of people are None when they would speak of one to four persons."""

    territory: str
    since: date
    people: int | None
    entries: int | None
    exits: int | None
    silent: int | None
    silent_days: int
    caseloads: tuple[Caseload, ...]
    open_offers: int
    offers_without: int
    hours: tuple[HealthHours, ...]
    absences: tuple[AbsenceLine, ...]


def told(people: int) -> int | None:
    """The size of a group, or None when it is of one to four persons."""
    return people if people == 0 or people >= LEAST_GROUP else None


def coordinator_home(db: Session, account: Account) -> CoordinatorHome:
    """A fixed number of queries, whatever the people, the offers and the lots."""
    since = account.today.replace(month=1, day=1)
    entries, exits = _moves(db, account, since)
    caseloads = _caseloads(db, account)
    open_offers, without = _offers(db, account)
    lots = lines_of(read_portfolio(db, account), account.today, territory_now(account))
    return CoordinatorHome(
        territory=account.territory_name,
        since=since,
        people=told(sum(people for _, _, people, _ in caseloads)),
        entries=told(entries),
        exits=told(exits),
        silent=told(sum(silent for _, _, _, silent in caseloads)),
        silent_days=WITHOUT_CONTACT_DAYS,
        caseloads=tuple(
            Caseload(id=public_id, name=name, people=told(people), silent=told(silent))
            for public_id, name, people, silent in caseloads
        ),
        open_offers=open_offers,
        offers_without=without,
        hours=tuple(_hours([lot for lot in lots if not lot.closed])),
        absences=absences(db, account),
    )


def _moves(db: Session, account: Account, since: date) -> tuple[int, int]:
    """Entries and exits since that day: spells, so that who left and came back counts in both."""
    entered = col(SpellRow.entered_on).between(since, account.today)
    left = sa.and_(
        col(SpellRow.entered_on).is_not(None), col(SpellRow.exited_on).between(since, account.today)
    )
    entries, exits = db.execute(
        sa.select(
            sa.func.sum(sa.case((entered, 1), else_=0)), sa.func.sum(sa.case((left, 1), else_=0))
        ).where(col(SpellRow.territory_id) == account.territory_id)
    ).one()
    return entries or 0, exits or 0


def _caseloads(db: Session, account: Account) -> list[tuple[str, str, int, int]]:
    """Référent's public id and name, people of the file active, those without contact; by name.

    Persons whom no référent accompanies make a line without id, at the end.
    """
    silent = without_contact_since(account.today, WITHOUT_CONTACT_DAYS)
    rows = db.execute(
        sa.select(
            col(UserRow.public_id),
            col(UserRow.name),
            sa.func.count(),
            sa.func.sum(sa.case((silent, 1), else_=0)),
        )
        .select_from(PersonRow)
        .join(SpellRow, current_spell())
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .where(visible_to(account), col(SpellRow.exited_on).is_(None), col(SpellRow.state).in_(FILE_ACTIVE))
        .group_by(col(UserRow.id), col(UserRow.public_id), col(UserRow.name))
        .order_by(col(UserRow.name).is_(None), col(UserRow.name), col(UserRow.id))
    )
    return [(public_id or "", name or "", people, quiet) for public_id, name, people, quiet in rows]


def _offers(db: Session, account: Account) -> tuple[int, int]:
    """Open offers, and those of them without a living proposal, as their list counts them."""
    live = sa.exists().where(col(ProposalRow.offer_id) == col(OfferRow.id), col(ProposalRow.state).in_(LIVE))
    total, without = db.execute(
        sa.select(sa.func.count(), sa.func.sum(sa.case((live, 0), else_=1))).where(
            col(OfferRow.territory_id) == account.territory_id, col(OfferRow.state) == OfferState.OPEN
        )
    ).one()
    return total, without or 0


def _hours(lots: list[LotLine]) -> Iterable[HealthHours]:
    for health in WORST_FIRST:
        found = [lot for lot in lots if lot.health == health.value]
        if found:
            yield _sum(health, found)


def _sum(health: Health, lots: list[LotLine]) -> HealthHours:
    known = [lot.due for lot in lots if lot.due is not None]
    return HealthHours(
        health=health.value,
        label=health.label,
        tone=TONES[health],
        lots=len(lots),
        due=sum(known) if len(known) == len(lots) else None,
        validated=sum(lot.validated for lot in lots),
    )
