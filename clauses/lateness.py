"""Since when a lot is late."""

from datetime import date

from clauses.days import add_days
from clauses.progress import Health, HealthLimits, Progress, health_of
from clauses.window import Window, elapsed_share


def late_since(progress: Progress, pace: Window | None, on: date, limits: HealthLimits) -> date | None:
    """The first day on which the hours validated so far were too few for the time; None when not late.

    Time only grows while these hours stand, so the days before it are not late and all after it are.
    """
    if progress.health is not Health.LATE or pace is None:
        return None
    low, high = pace.starts_on, on
    while low < high:
        middle = add_days(low, (high - low).days // 2)
        share = int(elapsed_share(pace.starts_on, pace.ends_on, middle) * 10_000)
        health = health_of(
            progress.due, progress.validated, share, progress.hours_share, pace, middle, limits
        )
        low, high = (low, middle) if health is Health.LATE else (add_days(middle, 1), high)
    return low
