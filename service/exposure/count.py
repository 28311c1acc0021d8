"""People counted by group, the small cells hidden with what would let them be deduced."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from clauses.disclosure import Group, disclose, total_of
from service.exposure.groups import Followed
from service.exposure.views import GroupLine, Share

# semantics.md, Rights: any figure about a group under 5 people is hidden in what leaves the application.
LEAST = 5


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of people: accompanied in the period, proposable today, suggested now, proposed, hired."""

    followed: frozenset[str]
    proposable: frozenset[str]
    suggested: frozenset[str]
    proposed: frozenset[str]
    hired: frozenset[str]

    def columns(self) -> tuple[frozenset[str], ...]:
        return self.followed, self.proposable, self.suggested, self.proposed, self.hired


def lines_by(
    people: Sequence[Followed], seen: Seen, label_of: Callable[[Followed], str], order: Iterable[str] = ()
) -> tuple[GroupLine, ...]:
    """One line a group, in the order given then by label; each column is guarded against its own total."""
    labels = {one.id: label_of(one) for one in people}
    known = list(order)
    keys = [key for key in known if key in labels.values()]
    keys += sorted(set(labels.values()) - set(known))
    columns = [_column(labels, keys, ids) for ids in seen.columns()]
    return tuple(_line(key, [column[key] for column in columns]) for key in keys)


def total_line(seen: Seen) -> GroupLine:
    """Everybody."""
    return _line("Ensemble", [total_of((_group("", ids),), LEAST).people for ids in seen.columns()])


def _column(labels: dict[str, str], keys: list[str], ids: frozenset[str]) -> dict[str, int | None]:
    groups = tuple(_group(key, (one for one in ids if labels.get(one) == key)) for key in keys)
    whole = total_of(groups, LEAST)
    if whole.people == 0:
        # The total shown beside says it of everybody.
        return dict.fromkeys(keys, 0)
    return {cell.key: cell.people for cell in disclose(groups, LEAST)}


def _group(key: str, ids: Iterable[str]) -> Group:
    return Group(key=key, hours=0, people=frozenset(ids), placements=frozenset())


def _line(label: str, cells: list[int | None]) -> GroupLine:
    followed, proposable, suggested, proposed, hired = cells
    return GroupLine(
        label=label,
        followed=followed,
        proposable=proposable,
        suggested=_share(suggested, proposable),
        proposed=_share(proposed, followed),
        hired=_share(hired, followed),
    )


def _share(people: int | None, of: int | None) -> Share:
    """A share only where both its numbers are told: it would give the other away."""
    percent = (200 * people + of) // (2 * of) if people is not None and of else None
    return Share(people=people, percent=percent)
