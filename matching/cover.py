"""Whether windows cover a presence and its commute: exact minutes, and what is missing where.

Availability must cover [start − t(home→care→work), end + t(work→care→home)]; care must cover
[start − t(care→work) − drop-off, end + t(work→care) + pick-up].
"""

from msgspec import Struct

from matching.slack import Presence, Slack
from matching.travel import Minutes
from matching.verdict import Question, Side
from matching.week import DAY, WeekKind


class Cover(Struct, frozen=True):
    """One presence against one set of windows.

    ``missing_*``: minutes missing at the likely duration, all 0 unless broken. ``margin``: least room
    left at the likely duration. ``doubt``: the question when the imprecision could flip the answer.
    """

    kind: WeekKind
    presence: Presence
    slack: Slack
    before: Minutes
    after: Minutes
    holds: bool
    broken: bool
    doubt: Question | None

    @property
    def missing_before(self) -> int:
        """Minutes missing before the presence."""
        return max(0, self.before.likely - self.slack.before) if self.broken else 0

    @property
    def missing_after(self) -> int:
        """Minutes missing after the presence."""
        return max(0, self.after.likely - self.slack.after) if self.broken else 0

    @property
    def missing_inside(self) -> int:
        """Minutes of the presence itself that no window covers."""
        return self.slack.hole

    @property
    def missing(self) -> int:
        """All that is missing around and inside this presence."""
        return self.missing_before + self.missing_inside + self.missing_after

    @property
    def nothing_that_day(self) -> bool:
        """No window touches the presence at all."""
        return self.slack.opens is None

    @property
    def margin(self) -> int:
        """Room left, at the likely duration."""
        return min(self.slack.before - self.before.likely, self.slack.after - self.after.likely)

    @property
    def side(self) -> Side:
        """Where most is missing; before wins a tie, then after."""
        most = max(self.missing_before, self.missing_after, self.missing_inside)
        if self.missing_before == most:
            return Side.BEFORE
        return Side.AFTER if self.missing_after == most else Side.INSIDE

    @property
    def at(self) -> int:
        """Start (or end, when the evening is short) of the presence, in minutes of its day."""
        minute = self.presence.end if self.side is Side.AFTER else self.presence.start
        return minute - self.presence.day * DAY

    @property
    def bound(self) -> int | None:
        """Opening (or closing) of the windows, in minutes of the same day."""
        bound = self.slack.closes if self.side is Side.AFTER else self.slack.opens
        return None if bound is None else bound - self.presence.day * DAY


def covered(kind: WeekKind, presence: Presence, slack: Slack, before: Minutes, after: Minutes) -> Cover:
    """Judge one presence: it holds at the greatest duration, or breaks at the least, or is in doubt."""
    broken = slack.hole > 0 or slack.before < before.least or slack.after < after.least
    holds = not broken and slack.before >= before.greatest and slack.after >= after.greatest
    doubt = None
    if not broken and not holds:
        doubt = before.doubt if slack.before < before.greatest else after.doubt
    return Cover(kind, presence, slack, before, after, holds, broken, doubt)


def least_room(slacks: tuple[Slack, ...]) -> Slack:
    """Several children at once: the least room on each side, with the bound that leaves it."""
    first = min(slacks, key=lambda one: (one.opens is not None, one.before))
    last = min(slacks, key=lambda one: (one.closes is not None, one.after))
    return Slack(
        before=first.before,
        after=last.after,
        hole=max(one.hole for one in slacks),
        opens=first.opens,
        closes=last.closes,
    )
