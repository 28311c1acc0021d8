"""Which declarations may be accepted without being opened, several in one act."""

from clauses.decision import open_holds
from clauses.declaration import ACCEPTED, AWAITING_CONTROL, Declaration


def acceptable_at_once(
    judged: Declaration, versions: tuple[Declaration, ...], unconfirmed: frozenset[str]
) -> bool:
    """No hold left, nobody to confirm first, no hours refused before that a correction asks for again.
    `judged`: the version as the rules of the day judge it; `versions`: those of its lot; `unconfirmed`: the
    placements that a firm typed and that nobody has confirmed yet."""
    counted = {line.placement_id for line in judged.lines if line.countable}
    return (
        judged.state in AWAITING_CONTROL
        and not open_holds(judged)
        and not counted & unconfirmed
        and not any(
            line.decision_reason
            for version in versions
            if version.declaration_id == judged.declaration_id and version.state in ACCEPTED
            for line in version.lines
        )
    )
