"""Reading the formal notices and penalties of a case, each step of them known on its day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from clauses.case_sheet import Sheet
from clauses.case_values import read_day, read_name
from clauses.case_world import lot_named
from clauses.penalty import PenaltyCase


def read_penalties(sheets: list[Sheet], lots: Iterable[str]) -> dict[str, tuple[PenaltyCase, ...]]:
    """[[penalite]], by lot."""
    found: dict[str, list[PenaltyCase]] = defaultdict(list)
    for number, sheet in enumerate(sheets, 1):
        lot = lot_named(sheet, "lot", lots)
        case = PenaltyCase(
            id=sheet.get("id", read_name, f"penalite-{number}"),
            company_id=sheet.maybe("entreprise", read_name),
            proposed_on=sheet.maybe("proposee_le", read_day),
            decided_on=sheet.maybe("decidee_le", read_day),
            formal_notice_on=sheet.maybe("mise_en_demeure", read_day),
            stopped_on=sheet.maybe("repondu_le", read_day),
        )
        if case.proposed_on is None and case.formal_notice_on is None:
            sheet.fault("", "il manque « mise_en_demeure » ou « proposee_le ».")
        sheet.close()
        found[lot].append(case)
    return {lot: tuple(cases) for lot, cases in found.items()}


def known_cases(cases: Iterable[PenaltyCase], known_at: datetime) -> tuple[PenaltyCase, ...]:
    """The same, with what was known then."""
    day = known_at.date()

    def seen(on: date | None) -> date | None:
        return on if on is not None and on <= day else None

    return tuple(
        msgspec.structs.replace(
            case,
            proposed_on=seen(case.proposed_on),
            decided_on=seen(case.decided_on),
            formal_notice_on=seen(case.formal_notice_on),
            stopped_on=seen(case.stopped_on),
        )
        for case in cases
    )
