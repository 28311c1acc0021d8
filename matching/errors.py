"""What can go wrong when matching is given something it cannot read.

MatchingError
├── BadWeek         a window, a shift or a rotation that is not a stretch of the week
├── BadParameters   the parameters file lacks a figure, or holds one out of range
├── BadMatrix       a line of an imported travel matrix cannot be read
└── BadAffinity     a line of a file of affinities cannot be read

All are ``ValueError``: msgspec turns them into a ``ValidationError`` with the path of the faulty field
when they rise while a file is decoded. Messages are French sentences, fit to be shown.
A verdict is never an exception: Broken and Unknown are values (see ``verdict``).
"""


class MatchingError(ValueError):
    """Root of every refusal of this package."""


class BadWeek(MatchingError):
    """A window, a shift or a rotation is not a stretch of the week."""


class BadParameters(MatchingError):
    """The parameters file lacks a figure or holds one out of range."""


class BadMatrix(MatchingError):
    """A line of an imported travel matrix cannot be read; the message holds its number."""


class BadAffinity(MatchingError):
    """A line of a file of affinities cannot be read."""
