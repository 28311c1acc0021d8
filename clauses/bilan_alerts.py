"""What a bilan must draw the eye to, in sentences that name nobody."""

from datetime import date

from clauses.bilan import Bilan
from clauses.hours import short_hours
from clauses.wording import NNBSP, day


def bilan_alerts(picture: Bilan, ends_on: date | None, gap_points: int) -> tuple[str, ...]:
    """The alerts of a frozen bilan: due unknown, time ahead of hours by more than `gap_points`, hours still
    due after the end, hours cut, hours beyond the due. `ends_on`: the end of the lot as it stood."""
    found = []
    if picture.due is None:
        found.append("L’obligation n’est pas connue à cette date.")
    time, hours = picture.time_share, picture.hours_share
    over = ends_on is not None and picture.on > ends_on
    if time is not None and hours is not None and not over and time - hours > gap_points * 100:
        found.append(f"{time // 100}{NNBSP}% du temps écoulé pour {hours // 100}{NNBSP}% des heures dues.")
    left = (picture.due or 0) - picture.validated
    if over and left > 0 and ends_on is not None:
        found.append(f"Le lot a pris fin le {day(ends_on)}{NNBSP}: {short_hours(left)} non réalisées.")
    cut = picture.declared - picture.validated
    if cut > 0:
        found.append(f"{short_hours(cut)} déclarées n’ont pas été comptées.")
    if picture.due is not None and left < 0:
        found.append(f"{short_hours(-left)} au-delà du dû.")
    return tuple(found)
