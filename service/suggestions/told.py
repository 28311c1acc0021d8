"""What matching says of a match, as the pages of both suggestions show it: its constraints and its levers."""

from matching import STUDY, Explanation
from service.suggestions.liaison_views import ConstraintLine
from service.suggestions.words import LINE_STATES


def lines_of(told: Explanation) -> tuple[ConstraintLine, ...]:
    """One line a constraint, its state as a word and a tone."""
    return tuple(
        ConstraintLine(
            subject=line.subject,
            state=LINE_STATES[line.state][0],
            tone=LINE_STATES[line.state][1],
            text=line.text,
            levers=line.levers,
        )
        for line in told.lines
    )


def levers_of(told: Explanation) -> tuple[str, ...]:
    """All levers of a match, the employer's first, each once."""
    found = dict.fromkeys(lever for line in told.lines for lever in line.levers)
    return tuple(sorted(found, key=lambda lever: lever == STUDY))
