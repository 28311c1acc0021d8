"""The bilan of a year: validated hours of a territory by buyer, firm, public, modality and employment."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

import clauses
from service.accounts.account import Account
from service.bilans.cells import cells_of, hide_small
from service.ledger.grids import read_grids
from service.lots.scope import visible_to
from service.tables import (
    AllocationRow,
    DeclarationRow,
    EligibilityRow,
    LineRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    PlacementRow,
    VersionRow,
)

DIVISORS = (1607, 1600, 1820)
"""Hours in a year of full time: the legal 1 607 by default, 1 600 (AVE), 1 820 (brief 5.1)."""
NO_GROUND = "Sans éligibilité connue ce mois-là"


class YearLine(msgspec.Struct, frozen=True, kw_only=True):
    """Accepted hours of a person, on a lot, in a month, through a firm. `lot` and `person` are row ids."""

    lot: int
    person: int
    month: date
    buyer: str
    firm: str
    employment: str
    modality: str
    hours: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a dimension; all None when it is hidden (fewer than five people)."""

    label: str
    hours: int | None
    people: int | None
    etp: Decimal | None

    @property
    def etp_words(self) -> str:
        return "" if self.etp is None else f"{self.etp:.2f}".replace(".", ",")


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """For the coordination: no ground of eligibility, no figure about fewer than five people.

    `sums`: the total by lot, by person and by firm, which must be one figure (invariant I5).
    """

    year: int
    divisor: int
    buyer_id: str
    buyer: str
    total: Part
    lots: int
    sums: tuple[int, int, int]
    by_buyer: tuple[Part, ...]
    by_firm: tuple[Part, ...]
    by_modality: tuple[Part, ...]
    by_employment: tuple[Part, ...]
    hidden: bool


class FullYearView(YearView, frozen=True, kw_only=True):
    """For the facilitation: every figure, and by public."""

    by_public: tuple[Part, ...]


def read_year(db: Session, account: Account, year: int, divisor: int, buyer_id: str) -> FullYearView:
    """Every figure of the year. Five queries."""
    lines = read_lines(db, account, year, buyer_id)
    public = _publics(db, account, lines)

    def parts(label: Callable[[YearLine], str]) -> tuple[Part, ...]:
        found = cells_of(lines, label, lambda x: x.hours, lambda x: x.person)
        return tuple(_part(c.label, c.hours, c.people, divisor) for c in found)

    return FullYearView(
        year=year,
        divisor=divisor,
        buyer_id=buyer_id,
        buyer=_buyer_name(db, account, buyer_id),
        total=_part("Total", sum(x.hours for x in lines), len({x.person for x in lines}), divisor),
        lots=len({x.lot for x in lines}),
        sums=(total_by(lines, "lot"), total_by(lines, "person"), total_by(lines, "firm")),
        by_buyer=parts(attrgetter("buyer")),
        by_firm=parts(attrgetter("firm")),
        by_public=parts(lambda x: public.get((x.person, x.month), NO_GROUND)),
        by_modality=parts(attrgetter("modality")),
        by_employment=parts(attrgetter("employment")),
        hidden=False,
    )


def shared(view: FullYearView) -> YearView:
    """The same without the ground of eligibility, every cell under five people hidden."""
    values = {
        name: getattr(view, name)
        for name in YearView.__struct_fields__
        if not name.startswith("by_") and name not in ("hidden", "total")
    }
    return YearView(
        **values,
        total=_small(view.total) if (view.total.people or 0) < 5 else view.total,
        by_buyer=_hidden(view.by_buyer),
        by_firm=_hidden(view.by_firm),
        by_modality=_hidden(view.by_modality),
        by_employment=_hidden(view.by_employment),
        hidden=True,
    )


def _small(part: Part) -> Part:
    """A total of fewer than five people keeps its hours, which marchés show, and loses their number."""
    return msgspec.structs.replace(part, people=None)


def _hidden(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return hide_small(parts, lambda part: Part(label=part.label, hours=None, people=None, etp=None))


def _part(label: str, hours: int | None, people: int | None, divisor: int) -> Part:
    etp = clauses.full_time_equivalents(hours or 0, divisor)
    return Part(label=label, hours=hours, people=people, etp=etp)


def total_by(lines: Iterable[YearLine], field: str) -> int:
    """The sum of the sums by `lot`, `person` or `firm`."""
    totals: dict[Any, int] = defaultdict(int)
    for line in lines:
        totals[getattr(line, field)] += line.hours
    return sum(totals.values())


def read_lines(db: Session, account: Account, year: int, buyer_id: str = "") -> list[YearLine]:
    """The lines of the standing accepted versions, of the months of the year: three queries. Shared hours
    leave the lot where they were declared for the one where they count; nobody counts where none are left."""
    declared = (col(DeclarationRow.lot_id), sa.func.coalesce(col(LineRow.accepted), 0), None)
    out, into = (
        (lot, hours, col(AllocationRow.cancelled_at).is_(None))
        for lot, hours in (
            (col(AllocationRow.from_lot_id), -col(AllocationRow.hours)),
            (col(AllocationRow.to_lot_id), col(AllocationRow.hours)),
        )
    )
    found = [x for one in (declared, out, into) for x in _lines(db, account, year, buyer_id, *one)]
    left: dict[tuple[int, int, date], int] = defaultdict(int)
    for x in found:
        left[x.lot, x.person, x.month] += x.hours
    gone = {(x.lot, x.person, x.month) for x in found if x.hours < 0 and not left[x.lot, x.person, x.month]}
    return [x for x in found if (x.lot, x.person, x.month) not in gone]


def _lines(
    db: Session,
    account: Account,
    year: int,
    buyer_id: str,
    lot: Any,
    hours: Any,
    shared: sa.ColumnElement[bool] | None,
) -> list[YearLine]:
    """`shared`: which allocations, when the lot and the hours are theirs."""
    buyer, firm, employer = (aliased(OrganisationRow) for _ in range(3))
    query = (
        sa.select(
            lot,
            col(LineRow.person_id),
            col(LineRow.month),
            col(buyer.name),
            col(firm.name),
            col(PlacementRow.employment_kind),
            col(PlacementRow.cdi_from),
            col(employer.employer_kind),
            col(PlacementRow.legal_employer_id) == col(PlacementRow.user_company_id),
            hours,
        )
        .select_from(LineRow)
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
    )
    if shared is not None:
        query = query.join(AllocationRow, sa.and_(col(AllocationRow.line_id) == col(LineRow.id), shared))
    query = (
        query.join(LotRow, col(LotRow.id) == lot)
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(buyer, col(buyer.id) == col(MarcheRow.buyer_id))
        .join(firm, col(firm.id) == col(DeclarationRow.company_id))
        .join(employer, col(employer.id) == col(PlacementRow.legal_employer_id))
        .where(
            visible_to(account),
            col(LineRow.territory_id) == account.territory_id,
            col(LineRow.month).between(date(year, 1, 1), date(year, 12, 31)),
            col(VersionRow.state).in_(clauses.ACCEPTED),
        )
    )
    if buyer_id:
        query = query.where(col(buyer.public_id) == buyer_id)
    return [
        YearLine(
            lot=lot_id,
            person=person,
            month=month,
            buyer=buyer_name,
            firm=firm_name,
            employment=clauses.employment_at(told, cdi_from, _last_day(month)).label,
            modality=clauses.modality_between(kind, same_company=same).label,
            hours=count,
        )
        for lot_id, person, month, buyer_name, firm_name, told, cdi_from, kind, same, count in db.execute(
            query
        )
    ]


def _last_day(month: date) -> date:
    return clauses.add_days(clauses.add_months(month, 1), -1)


def _publics(db: Session, account: Account, lines: list[YearLine]) -> dict[tuple[int, date], str]:
    """The ground under which each person was eligible in each month: the oldest period that runs, so that
    an hour is counted once."""
    query = (
        sa.select(
            col(EligibilityRow.person_id),
            col(EligibilityRow.criterion),
            col(EligibilityRow.starts_on),
            sa.func.coalesce(col(EligibilityRow.revoked_on), col(EligibilityRow.ends_on)),
        )
        .where(col(EligibilityRow.territory_id) == account.territory_id)
        .order_by(col(EligibilityRow.starts_on), col(EligibilityRow.id))
    )
    periods: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    if lines:
        for row in db.execute(query):
            periods[row[0]].append((row[1], row[2], row[3]))
    labels = read_grids(db, account.territory_id).labels()
    found: dict[tuple[int, date], str] = {}
    for person, month in {(x.person, x.month) for x in lines}:
        if criterion := clauses.ground_in(periods[person], month):
            found[person, month] = labels.get(criterion, criterion)
    return found


def _buyer_name(db: Session, account: Account, buyer_id: str) -> str:
    query = sa.select(col(OrganisationRow.name)).where(
        col(OrganisationRow.public_id) == buyer_id, col(OrganisationRow.territory_id) == account.territory_id
    )
    return (db.scalar(query) or "") if buyer_id else ""
