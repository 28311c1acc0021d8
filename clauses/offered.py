"""Which months a firm may declare: what the placement and the dates of the lot allow."""

from datetime import date

from clauses.days import add_months, months_between
from clauses.placement import Placement
from clauses.window import Window


def is_offered(placement: Placement, month: date, window: Window) -> bool:
    """The month meets the placement and the lot. After a planned end that nobody confirmed, one month more
    is offered: the person may have stayed, and the facilitator will look (rule R10)."""
    after = add_months(month, 1)
    end = placement.ended_on
    if end is None and placement.planned_ends_on is not None:
        end = add_months(placement.planned_ends_on, 1)
    meets = placement.starts_on < after and (end is None or end >= month)
    return meets and window.starts_on < after and window.ends_on >= month


def months_open(window: Window, on: date) -> tuple[date, ...]:
    """The first days of the months of a lot begun by that day."""
    return months_between(window.starts_on, min(on, window.ends_on))
