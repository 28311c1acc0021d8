"""Errors of the clauses core.

A rule of the trade never raises: it returns a `Refused` with its reasons. What is raised here is a
fault of the caller (or of a data file), which no user can mend:

    ClausesError
    ├── UnknownParameter     a figure is asked that no entry of parameters.toml gives at that date
    ├── BadGrid              a grid file does not say what it must
    ├── BadGroup             the keys of a groupement cannot share anything
    └── UnknownRule          the rule pack bears an id twice, or an id is asked that it does not hold
"""

import msgspec


class ClausesError(Exception):
    """Root of the family; the message is in English, for the engineer who reads the log."""


class UnknownParameter(ClausesError):
    """No value of this name is in force at this date."""


class BadGrid(ClausesError):
    """An eligibility grid is empty or names a code twice."""


class BadGroup(ClausesError):
    """The internal keys of a groupement are missing, negative or all zero."""


class UnknownRule(ClausesError):
    """An id of the rule pack is told twice, or not at all."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why something was refused: `code` for the program, `sentence` in French for the person.

    `line` names the faulty line when there is one, so that the screen can show it beside the cell.
    """

    code: str
    sentence: str
    line: str | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was written. All the reasons at once, never the first only."""

    reasons: tuple[Reason, ...]


def refused(code: str, sentence: str, line: str | None = None) -> Refused:
    """A refusal with one reason."""
    return Refused(reasons=(Reason(code=code, sentence=sentence, line=line),))
