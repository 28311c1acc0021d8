"""The words that a participant and an offer share: answers, places, trades, levels.

All are values without behaviour. Enumerations are stored and written by their value.
"""

from enum import StrEnum

from msgspec import Struct


class Answer(StrEnum):
    """Three values everywhere: « non exploré » is not « pas de problème »."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class EmploymentKind(StrEnum):
    """The legal form of a job. Alternance covers apprentissage and professionnalisation."""

    CDI = "cdi"
    CDD = "cdd"
    CDDI = "cddi"
    INTERIM = "interim"
    SAISONNIER = "saisonnier"
    ALTERNANCE = "alternance"
    PEC = "pec"


class LanguageLevel(StrEnum):
    """French, on the scale of the CEFR (Council of Europe, 2001). ``rank`` orders the levels."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        """1 for A1 … 6 for C2."""
        return list(LanguageLevel).index(self) + 1


class PhysicalDemand(StrEnum):
    """What a post may ask of the body, worded as the post's need, never as a person's health."""

    LOADS = "loads"
    STANDING = "standing"
    HEIGHTS = "heights"
    OUTDOOR = "outdoor"
    SCREEN = "screen"
    REPETITIVE = "repetitive"
    COLD = "cold"
    CHEMICALS = "chemicals"
    DRIVING = "driving"
    STAIRS = "stairs"


class Mode(StrEnum):
    """A way of going to work. SHUTTLE is the employer's; the others are the person's.

    The order of the members settles ties between two modes of the same duration.
    """

    WALK = "walk"
    BIKE = "bike"
    EBIKE = "ebike"
    MOPED = "moped"
    CAR = "car"
    CAR_NO_LICENCE = "car_no_licence"
    CARPOOL = "carpool"
    TRANSIT = "transit"
    SHUTTLE = "shuttle"


class Point(Struct, frozen=True, kw_only=True):
    """A place: a commune, with coordinates when they are known.

    ``insee``: code of the commune, or None. ``lat``, ``lon``: decimal degrees (WGS 84), or None.
    ``precision_m``: radius in metres within which the true point lies (0: exact address; the
    communes table gives its own for a commune known by its centre only).
    """

    insee: str | None
    lat: float | None
    lon: float | None
    precision_m: int


class RomeWeight(Struct, frozen=True, kw_only=True):
    """One of the n-best occupations of a text: ROME code and weight in ten-thousandths (1..10000)."""

    rome: str
    weight: int
