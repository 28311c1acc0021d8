"""The pace chart: due, time-proportional line, validated hours; drawn by the server, with its table twin."""

from datetime import date

import msgspec

from service.declarations.standing import PacePoint
from service.formats import hours

LEFT, TOP, WIDTH, HEIGHT = 62, 12, 640, 240
PLOT_W, PLOT_H = WIDTH - LEFT - 22, HEIGHT - TOP - 30


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    at: float
    label: str


class PaceChart(msgspec.Struct, frozen=True, kw_only=True):
    """`points` are the figures (hundredths) that the table shows; the rest is drawn from them."""

    points: tuple[PacePoint, ...]
    today: date

    @property
    def top(self) -> int:
        """The height of the chart in hundredths, never zero."""
        told = [h for p in self.points for h in (p.due, p.expected, p.validated) if h is not None]
        return max([*told, 100])

    def x(self, on: date) -> float:
        first, last = self.points[0].on.replace(day=1), self.points[-1].on
        return round(LEFT + PLOT_W * (on - first).days / max(1, (last - first).days), 1)

    def y(self, value: int) -> float:
        return round(TOP + PLOT_H * (1 - value / self.top), 1)

    def path(self, name: str, *, steps: bool = False) -> str:
        """The line of `due`, `expected` or `validated`; empty when nothing is known."""
        told = [(self.x(p.on), self.y(v)) for p in self.points if (v := getattr(p, name)) is not None]
        if not told:
            return ""
        start = [(float(LEFT), self.y(0))] if name != "due" else [(float(LEFT), told[0][1])]
        words = []
        before: float | None = None
        for x, y in start + told:
            if steps and before is not None:
                words.append(f"L{x} {before}")
            words.append(f"{'L' if words else 'M'}{x} {y}")
            before = y
        return " ".join(words)

    def y_ticks(self) -> tuple[Tick, ...]:
        return tuple(
            Tick(at=self.y(self.top * part // 4), label=hours(self.top * part // 400 * 100))
            for part in range(5)
        )

    def x_ticks(self) -> tuple[Tick, ...]:
        every = max(1, len(self.points) // 6)
        return tuple(Tick(at=self.x(p.on), label=f"{p.on:%m/%y}") for p in self.points[::every])

    def today_x(self) -> float | None:
        inside = self.points[0].on.replace(day=1) <= self.today <= self.points[-1].on
        return self.x(self.today) if inside else None


def pace_chart(points: tuple[PacePoint, ...], today: date) -> PaceChart | None:
    """None when the lot has no dates yet."""
    return PaceChart(points=points, today=today) if points else None
