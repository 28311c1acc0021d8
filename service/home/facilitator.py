"""The facilitator's first page: the portfolio by health, what waits for her, who must act next."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Health
from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.ledger.lot_file import LotFile
from service.ledger.read_people import period_of_row
from service.lots.uninvited import Inviter, Uninvited, uninvited
from service.marches.portfolio import lines_of, read_portfolio
from service.marches.views import TONES, WORST_FIRST, LotLine
from service.tables import EligibilityRow, PersonRow

SHOWN = 8


class HealthCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many open lots stand so."""

    health: str
    label: str
    tone: str
    lots: int


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """An eligibility or a proof that ends soon."""

    person_id: str
    name: str
    sentence: str


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """A person typed by a firm, to be confirmed."""

    placement_id: str
    name: str
    reference: str
    lot: str


class FacilitatorHome(msgspec.Struct, frozen=True, kw_only=True):
    """`waiting`: declarations to examine; `oldest`: since when the first of them waits."""

    territory: str
    healths: tuple[HealthCount, ...]
    waiting: int
    oldest: date | None
    newcomers: tuple[Newcomer, ...]
    newcomer_count: int
    endings: tuple[Ending, ...]
    ending_count: int
    troubled: tuple[LotLine, ...]
    troubled_count: int
    next_lots: tuple[LotLine, ...]
    done: tuple[LotLine, ...]
    marches: int
    uninvited: tuple[Uninvited, ...]
    uninvited_count: int
    inviters: tuple[Inviter, ...]


def facilitator_home(db: Session, account: Account) -> FacilitatorHome:
    """Ten queries, whatever the number of lots."""
    files = read_portfolio(db, account)
    lines = [x for x in lines_of(files, account.today, territory_now(account)) if not x.closed]
    waiting = [
        (v.made_at.astimezone(file.zone).date())
        for file in files
        for v in clauses.latest(file.versions)
        if v.state in clauses.AWAITING_CONTROL
    ]
    newcomers = list(_newcomers(files))
    endings = _endings(db, account)
    firms, inviters = uninvited(db, account)
    troubled = sorted(
        (x for x in lines if x.health in (Health.LATE, Health.AT_RISK)),
        key=lambda x: (WORST_FIRST.index(Health(x.health)), x.ends_on, x.reference, x.number),
    )
    pressing = sorted(
        (x for x in lines if x.action),
        key=lambda x: (x.action.before if x.action else date.max, x.reference, x.number),
    )
    return FacilitatorHome(
        territory=account.territory_name,
        healths=tuple(
            HealthCount(
                health=health.value,
                label=health.label,
                tone=TONES[health],
                lots=sum(x.health == health for x in lines),
            )
            for health in WORST_FIRST
        ),
        waiting=len(waiting),
        oldest=min(waiting, default=None),
        newcomers=tuple(newcomers[:SHOWN]),
        newcomer_count=len(newcomers),
        endings=endings[:SHOWN],
        ending_count=len(endings),
        troubled=tuple(troubled[:SHOWN]),
        troubled_count=len(troubled),
        next_lots=tuple(pressing[:SHOWN]),
        done=tuple(x for x in lines if x.health == Health.DONE)[:SHOWN],
        marches=len({file.marche.id for file in files}),
        uninvited=firms[:SHOWN],
        uninvited_count=len(firms),
        inviters=inviters,
    )


def _newcomers(files: Iterable[LotFile]) -> Iterable[Newcomer]:
    for file in files:
        for placement in file.placements:
            if placement.id in file.unconfirmed:
                yield Newcomer(
                    placement_id=placement.id,
                    name=file.people[placement.person_id].name,
                    reference=file.marche.reference,
                    lot=file.lot.number,
                )


def _endings(db: Session, account: Account) -> tuple[Ending, ...]:
    """Periods and proofs that end soon, as the clauses core warns of them; the soonest first."""
    on = account.today
    notices = (clauses.figure("expiry_notice_days", on), clauses.figure("proof_notice_days", on))
    soon = on + timedelta(days=max(notices))
    query = (
        sa.select(
            EligibilityRow, col(PersonRow.public_id), col(PersonRow.first_name), col(PersonRow.last_name)
        )
        .join(PersonRow, col(PersonRow.id) == col(EligibilityRow.person_id))
        .where(
            col(EligibilityRow.territory_id) == account.territory_id,
            sa.or_(
                col(EligibilityRow.ends_on).between(on, soon),
                col(EligibilityRow.proof_expires_on).between(on, soon),
            ),
        )
    )
    periods, names = [], {}
    for row, person_id, first, last in db.execute(query):
        periods.append(period_of_row(row, person_id))
        names[person_id] = f"{last} {first}"
    alerts = clauses.expiry_alerts(tuple(periods), on, *notices)
    return tuple(Ending(person_id=a.person_id, name=names[a.person_id], sentence=a.sentence) for a in alerts)
