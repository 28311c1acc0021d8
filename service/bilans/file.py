"""A frozen bilan as it is read: the facilitation's page with names, the shared one without."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import BilanLine
from service.accounts.account import Account
from service.bilans.cells import FEWEST, Cell, cells_of, code_of, hide_cells
from service.bilans.freeze import picture
from service.bilans.frozen import Frozen, Work
from service.bilans.quarters import quarter_from
from service.bilans.scope import find_bilan
from service.bilans.views import (
    BilanView,
    CodedLine,
    Correction,
    Head,
    MonthCorrection,
    PersonLine,
    SharedBilanView,
)
from service.ledger.load import load_lot
from service.tables import BilanRow, LotRow, PersonRow, UserRow

NOBODY = Work(placement_id="", employment="—", modality="—", employer="—")


def read_bilan(db: Session, account: Account, public_id: str) -> BilanView:
    """Thirteen queries: the bilan, and the lot to compute it again. Raises NotFound."""
    row = find_bilan(db, account, public_id)
    content: Frozen = row.content
    again = picture(load_lot(db, row.lot_id), quarter_from(row.quarter_start), row.known_at)
    names = _names(db, row, content)
    works = {work.placement_id: work for work in content.works}
    head = _head(db, account, row)
    return BilanView(
        head=head,
        lines=_people(content, works, names, head),
        corrections=tuple(
            Correction(
                person_id=d.person_id,
                name=names.get(d.person_id, ""),
                firm=content.companies.get(d.company_id, ""),
                month=d.month,
                kind=d.kind.label,
                before=d.before,
                after=d.after,
                change=d.after - d.before,
            )
            for d in content.differences
        ),
        by_firm=_by_firm(content),
        by_employment=_by_work(content, works, "employment"),
        by_modality=_by_work(content, works, "modality"),
        reproduced=again == content.bilan,
    )


def read_shared(db: Session, account: Account, public_id: str) -> SharedBilanView:
    """What may leave: codes in the place of people, no cell under five. Raises NotFound."""
    row = find_bilan(db, account, public_id)
    content: Frozen = row.content
    works = {work.placement_id: work for work in content.works}
    head = _head(db, account, row)
    too_few = 0 < (head.people or 0) < FEWEST
    months: dict[date, int] = defaultdict(int)
    for d in content.differences:
        months[d.month] += d.after - d.before
    return SharedBilanView(
        head=msgspec.structs.replace(head, people=None) if too_few else head,
        lines=() if too_few else _codes(content, head),
        too_few=too_few,
        corrections=()
        if too_few
        else tuple(MonthCorrection(month=m, change=c) for m, c in sorted(months.items())),
        by_firm=hide_cells(_by_firm(content)),
        by_employment=hide_cells(_by_work(content, works, "employment")),
        by_modality=hide_cells(_by_work(content, works, "modality")),
    )


def _head(db: Session, account: Account, row: BilanRow) -> Head:
    content: Frozen = row.content
    quarter = quarter_from(row.quarter_start)
    bilan = content.bilan
    query = (
        sa.select(col(LotRow.public_id), col(UserRow.name))
        .join(BilanRow, col(BilanRow.lot_id) == col(LotRow.id))
        .join(UserRow, col(UserRow.id) == col(BilanRow.author_id))
        .where(col(BilanRow.id) == row.id)
    )
    lot_id, author = db.execute(query).one()
    corrections = sum(d.after - d.before for d in content.differences)
    return Head(
        id=row.public_id,
        lot_id=lot_id,
        reference=content.reference,
        marche=content.marche,
        number=content.number,
        title=content.title,
        buyer=content.buyer,
        titulaire=content.titulaire,
        quarter=quarter.label,
        quarter_first=quarter.first,
        quarter_last=quarter.last,
        known_at=row.known_at,
        author=author,
        time_zone=account.time_zone,
        health=content.health,
        tone=content.tone,
        sentence=content.sentence,
        due=bilan.due,
        forecast=bilan.forecast,
        declared=bilan.declared,
        countable=bilan.countable,
        validated=bilan.validated,
        waiting=content.waiting,
        time_share=bilan.time_share,
        hours_share=bilan.hours_share,
        people=len({line.person_id for line in bilan.lines}),
        former_id=content.former_id,
        former_validated=content.former_validated,
        corrections=corrections,
        quarter_hours=bilan.validated - content.former_validated - corrections,
        alerts=content.alerts,
    )


def _names(db: Session, row: BilanRow, content: Frozen) -> dict[str, str]:
    """The names as they are today: a bilan keeps none, so that erasing a person erases her name here too."""
    asked = {line.person_id for line in content.bilan.lines} | {d.person_id for d in content.differences}
    rows = db.execute(
        sa.select(col(PersonRow.public_id), col(PersonRow.last_name), col(PersonRow.first_name)).where(
            col(PersonRow.public_id).in_(sorted(asked)), col(PersonRow.territory_id) == row.territory_id
        )
    )
    return {public_id: f"{last} {first}" for public_id, last, first in rows}


def _people(
    content: Frozen, works: dict[str, Work], names: dict[str, str], head: Head
) -> tuple[PersonLine, ...]:
    """One line a placement, by name."""
    found: dict[tuple[str, str, str], list[BilanLine]] = defaultdict(list)
    for line in content.bilan.lines:
        found[line.person_id, line.company_id, line.placement_id].append(line)
    lines = [
        PersonLine(
            person_id=person,
            name=names.get(person, ""),
            code=code_of(head.lot_id, person),
            firm=content.companies[company],
            employment=works.get(placement, NOBODY).employment,
            modality=works.get(placement, NOBODY).modality,
            quarter_hours=_within(own, head),
            hours=sum(line.validated for line in own),
        )
        for (person, company, placement), own in found.items()
    ]
    return tuple(sorted(lines, key=lambda x: (x.name.casefold(), x.firm)))


def _codes(content: Frozen, head: Head) -> tuple[CodedLine, ...]:
    found: dict[str, list[BilanLine]] = defaultdict(list)
    for line in content.bilan.lines:
        found[code_of(head.lot_id, line.person_id)].append(line)
    return tuple(
        CodedLine(code=code, quarter_hours=_within(own, head), hours=sum(line.validated for line in own))
        for code, own in sorted(found.items())
    )


def _within(lines: list[BilanLine], head: Head) -> int:
    return sum(x.validated for x in lines if head.quarter_first <= x.month <= head.quarter_last)


def _by_firm(content: Frozen) -> tuple[Cell, ...]:
    return _cells(content, lambda line: content.companies[line.company_id])


def _by_work(content: Frozen, works: dict[str, Work], field: str) -> tuple[Cell, ...]:
    return _cells(content, lambda line: str(getattr(works.get(line.placement_id, NOBODY), field)))


def _cells(content: Frozen, label: Callable[[BilanLine], str]) -> tuple[Cell, ...]:
    return cells_of(content.bilan.lines, label, lambda x: x.validated, lambda x: x.person_id)
