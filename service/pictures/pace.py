"""The pace of a lot in time: due (a step line), expected (the time's share), validated. Points, then drawing.

The drawing is geometry only; the points are the table that goes with it. The facilitator and the firm look
at the same picture, the firm at the points of its own declarations.
"""

from datetime import date, datetime

import msgspec

import clauses
from clauses import BilanLine, Declaration, Event
from clauses.days import last_day, months_between
from service.formats import integer
from service.formats import month as month_words

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 84, 30, 14, 44


class PacePoint(msgspec.Struct, frozen=True, kw_only=True):
    """Hours in hundredths; `validated` and `declared` are None in the future, the others when not known."""

    on: date
    due: int | None
    expected: int | None
    validated: int | None
    declared: int | None
    today: bool


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


class PaceDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """SVG paths in the box WIDTH × HEIGHT; an empty path is not drawn."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    due: str
    expected: str
    validated: str
    today: float | None
    hours: tuple[Tick, ...]
    months: tuple[Tick, ...]
    text: str


def pace_points(
    events: tuple[Event, ...],
    versions: tuple[Declaration, ...],
    starts_on: date,
    on: date,
    known_at: datetime,
    moved: tuple[BilanLine, ...] = (),
) -> tuple[PacePoint, ...]:
    """One point at the start, at each end of month, at each event and on the day, to the end of the lot.

    `versions`: the declarations whose hours are shown, those of the lot or those of one firm. `starts_on`:
    the lot's first day: its line is known before that day comes. `moved`: hours shared with other lots,
    below zero when they leave. Empty before any notification.
    """
    window = clauses.window_at(events, max(on, starts_on), known_at)
    if window is None:
        return ()
    last = max(window.ends_on, on) if window.starts_on <= on else window.ends_on
    days = {window.starts_on, last}
    days |= {last_day(m) for m in months_between(window.starts_on, last)}
    days |= {e.on for e in events if e.known_at <= known_at}
    if window.starts_on <= on:
        days.add(on)
    hours = _hours_by_month(versions, known_at, moved)
    points = []
    for day in sorted(d for d in days if window.starts_on <= d <= last):
        figures = clauses.lot_figures(events, day, known_at)
        points.append(
            PacePoint(
                on=day,
                due=figures.due.hours,
                expected=figures.expected.hours,
                validated=_until(hours, day, on, 0),
                declared=_until(hours, day, on, 1),
                today=day == on,
            )
        )
    return tuple(points)


def _hours_by_month(
    versions: tuple[Declaration, ...], known_at: datetime, moved: tuple[BilanLine, ...]
) -> dict[date, tuple[int, int]]:
    """Hours validated and declared, by month."""
    found: dict[date, tuple[int, int]] = {}
    for version in clauses.accepted_at(versions, known_at):
        for line in version.lines:
            validated, declared = found.get(line.month, (0, 0))
            found[line.month] = (validated + (line.accepted or 0), declared)
    for version in clauses.latest(versions):
        if version.state in clauses.ACCEPTED | clauses.IN_HAND:
            for line in version.lines:
                validated, declared = found.get(line.month, (0, 0))
                found[line.month] = (validated, declared + line.hours)
    for shared in moved:
        validated, declared = found.get(shared.month, (0, 0))
        found[shared.month] = (validated + shared.validated, declared)
    return found


def _until(hours: dict[date, tuple[int, int]], day: date, today: date, which: int) -> int | None:
    """The sum of the months that are over on that day; on the day itself, of all that is known."""
    if day > today:
        return None
    return sum(h[which] for month, h in hours.items() if last_day(month) <= day or day == today)


def draw(points: tuple[PacePoint, ...]) -> PaceDrawing | None:
    """None when there is nothing to draw: one day only, or neither a due nor an hour."""
    if len(points) < 2 or not any(p.due or p.expected or p.validated for p in points):
        return None
    first, last = points[0].on, points[-1].on
    highest = max([1, *(v for p in points for v in (p.due, p.expected, p.validated) if v is not None)])
    step = nice_step(highest)
    top_hours = -(-highest // step) * step
    days = max(1, (last - first).days)

    def x(on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - first).days / days, 1)

    def y(value: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top_hours, 1)

    today = next((p for p in points if p.today), None)
    return PaceDrawing(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        due=_steps([(x(p.on), y(p.due)) for p in points if p.due is not None]),
        expected=_line([(x(p.on), y(p.expected)) for p in points if p.expected is not None]),
        validated=_line([(x(p.on), y(p.validated)) for p in points if p.validated is not None]),
        today=x(today.on) if today else None,
        hours=tuple(
            Tick(at=y(value), label=integer(value // 100)) for value in range(0, top_hours + 1, step)
        ),
        months=tuple(Tick(at=x(on), label=f"{on:%m/%Y}") for on in month_ticks(first, last)),
        text=_words(points, today),
    )


def nice_step(highest: int) -> int:
    """Hundredths between two marks: 1, 2 or 5 times a power of ten hours, at most six marks."""
    step = 100
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                return step * factor
        step *= 10


def month_ticks(first: date, last: date) -> list[date]:
    """At most six first days of months: more would touch each other on a phone."""
    months = [m for m in months_between(first, last) if m >= first]
    every = max(1, -(-len(months) // 6))
    return months[::every]


def _line(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if len(points) > 1 else ""


def _steps(points: list[tuple[float, float]]) -> str:
    """Level until the day of the change, then up or down."""
    if len(points) < 2:
        return ""
    path = f"M{points[0][0]} {points[0][1]}"
    return path + "".join(f"H{x}V{y}" for x, y in points[1:])


def _words(points: tuple[PacePoint, ...], today: PacePoint | None) -> str:
    """The chart in one sentence, for those who do not see it."""
    if today is None:
        return f"Le lot commence le {points[0].on:%d/%m/%Y}."
    parts = [
        f"{integer((value or 0) // 100)} heures {word}"
        for value, word in (
            (today.due, "dues"),
            (today.expected, "attendues à ce jour au rythme du temps"),
            (today.validated, "validées"),
        )
        if value is not None
    ]
    return f"Au {today.on:%d/%m/%Y} : {', '.join(parts)}. Fin du lot en {month_words(points[-1].on)}."
