"""The week strip: seven days in rows, the post against what the person can do, the missing minutes hatched.

What is drawn comes from `matching.strip`; here are only lanes, positions and words. The table twin says
the same to those who do not see the picture, and states are told apart by pattern as well as by tone.
"""

import msgspec

from matching import (
    COLON,
    DAYS,
    FixedWeek,
    RotatingWeeks,
    Schedule,
    Stretch,
    StretchKind,
    WeekStrip,
    duration,
    hour,
    in_weeks,
    upper_first,
)
from matching.french import lower_first

LEFT, WIDTH, HEAD = 34, 360, 16
LANE, GAP = 9, 5
PLOT = WIDTH - LEFT - 4
SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
LABELS = {
    StretchKind.POST: "Poste",
    StretchKind.COMMUTE: "Trajet",
    StretchKind.MISSING: "Il manque",
    StretchKind.NET: "Peut être au poste",
    StretchKind.AVAILABLE: "Disponibilité",
    StretchKind.CARE: "Garde",
}
# Drawn in this order: what is missing lies over the post and its commute.
LANES = (
    (StretchKind.POST, StretchKind.COMMUTE, StretchKind.MISSING),
    (StretchKind.NET,),
    (StretchKind.AVAILABLE,),
    (StretchKind.CARE,),
)


class Bar(msgspec.Struct, frozen=True):
    """A rectangle of the picture, and its words for a pointer at rest."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    words: str


class Tick(msgspec.Struct, frozen=True):
    x: float
    label: str


class TwinRow(msgspec.Struct, frozen=True):
    day: str
    cells: tuple[str, ...]


class WeekPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A strip with its caption; `first` and `last` bound the hours drawn, in minutes.

    `title`: which of several weeks it is; empty for one alone.
    """

    caption: str
    first: int
    last: int
    stretches: tuple[Stretch, ...]
    title: str = ""

    @property
    def kinds(self) -> tuple[StretchKind, ...]:
        """What the picture holds, in the order of the legend and of the twin's columns."""
        held = {one.kind for one in self.stretches}
        return tuple(kind for lane in LANES for kind in lane if kind in held)

    @property
    def lanes(self) -> tuple[tuple[StretchKind, ...], ...]:
        held = set(self.kinds)
        return tuple(lane for lane in LANES if held.intersection(lane))

    @property
    def row_height(self) -> int:
        return max(1, len(self.lanes)) * LANE + GAP

    @property
    def height(self) -> int:
        return HEAD + 7 * self.row_height

    def day_labels(self) -> tuple[tuple[str, float], ...]:
        """Each day's short name and the height of its baseline."""
        middle = (self.row_height - GAP) / 2 + 3.5
        return tuple((name, HEAD + day * self.row_height + middle) for day, name in enumerate(SHORT_DAYS))

    def day_lines(self) -> tuple[float, ...]:
        return tuple(HEAD + day * self.row_height - GAP / 2 for day in range(1, 7))

    def ticks(self) -> tuple[Tick, ...]:
        """A mark every two hours, or every three over a long day."""
        step = 120 if self.last - self.first <= 14 * 60 else 180
        start = -(-self.first // step) * step
        return tuple(Tick(self._x(at), f"{at // 60}\u202fh") for at in range(start, self.last + 1, step))

    def bars(self) -> tuple[Bar, ...]:
        lane_of = {kind: rank for rank, lane in enumerate(self.lanes) for kind in lane}
        order = {kind: rank for rank, kind in enumerate(self.kinds)}
        return tuple(
            Bar(
                one.kind.value,
                self._x(one.start),
                HEAD + one.day * self.row_height + lane_of[one.kind] * LANE,
                round(self._x(one.end) - self._x(one.start), 1),
                LANE - 1,
                f"{LABELS[one.kind]}, {DAYS[one.day]} {span(one)}",
            )
            for one in sorted(self.stretches, key=lambda one: order[one.kind])
        )

    def legend(self) -> tuple[tuple[str, str], ...]:
        return tuple((kind.value, LABELS[kind]) for kind in self.kinds)

    def twin(self) -> tuple[TwinRow, ...]:
        """The same week in words, the days with nothing to tell left out."""
        rows = []
        for day, name in enumerate(DAYS):
            cells = tuple(
                ", ".join(_told(one) for one in self.stretches if (one.day, one.kind) == (day, kind)) or "—"
                for kind in self.kinds
            )
            if set(cells) != {"—"}:
                rows.append(TwinRow(upper_first(name), cells))
        return tuple(rows)

    def _x(self, minute: int) -> float:
        inside = min(max(minute, self.first), self.last)
        return round(LEFT + PLOT * (inside - self.first) / (self.last - self.first), 1)


def week_picture(strip: WeekStrip) -> WeekPicture | None:
    """The picture of a strip, from the hour before its first minute to the hour after its last.

    Availability and care may cover whole days: the hours drawn are those of the post, its commute and what
    lies around them. None when the strip holds nothing.
    """
    if not strip.stretches:
        return None
    post = [one for one in strip.stretches if one.kind not in _WIDE] or list(strip.stretches)
    near = [one for one in strip.stretches if one.kind in _WIDE and one.end - one.start < 16 * 60]
    drawn = post + near
    first = max(0, min(one.start for one in drawn) // 60 * 60 - 30)
    last = min(1440, -(-max(one.end for one in drawn) // 60) * 60 + 30)
    weeks = in_weeks((strip.week,)).removeprefix(", ") if strip.week is not None else ""
    caption = "Le poste et la semaine de la personne" + (f", {weeks}" if weeks else "")
    return WeekPicture(caption=caption, first=first, last=last, stretches=strip.stretches)


def week_pictures(strips: tuple[WeekStrip, ...], schedule: Schedule) -> tuple[WeekPicture, ...]:
    """The pictures of a post's weeks on one scale of hours, each under its name when they differ."""
    titles = week_titles(schedule)
    drawn = [(one, picture) for one in strips if (picture := week_picture(one)) is not None]
    first = min((picture.first for _, picture in drawn), default=0)
    last = max((picture.last for _, picture in drawn), default=1440)
    pictures = []
    for strip, picture in drawn:
        title = "" if strip.rank is None else titles[strip.rank]
        caption = f"{title}{COLON}{lower_first(picture.caption)}" if title else picture.caption
        told = msgspec.structs.replace(picture, title=title, caption=caption, first=first, last=last)
        pictures.append(told)
    return tuple(pictures)


def week_titles(schedule: Schedule) -> list[str]:
    """« Toutes les semaines », « Semaine A », « Semaine B (paires) » beside each week's picture."""
    if isinstance(schedule, RotatingWeeks):
        names = [f"Semaine {chr(65 + rank)}" for rank in range(len(schedule.weeks))]
        if len(names) == 2 and schedule.first_on_odd is not None:
            phases = ("impaires", "paires") if schedule.first_on_odd else ("paires", "impaires")
            return [f"{name} ({phase})" for name, phase in zip(names, phases, strict=True)]
        return names
    return ["Toutes les semaines"] if isinstance(schedule, FixedWeek) else []


_WIDE = (StretchKind.AVAILABLE, StretchKind.CARE, StretchKind.NET)


def span(one: Stretch) -> str:
    """« 8 h 00 – 16 h 00 »; the end of a day is 24 h."""
    end = "24\u202fh\u202f00" if one.end == 1440 else hour(one.end)
    return f"{hour(one.start)} – {end}"


def _told(one: Stretch) -> str:
    if one.kind is StretchKind.MISSING:
        return f"{duration(one.end - one.start)} ({span(one)})"
    return span(one)
