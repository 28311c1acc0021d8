"""The groups of the report, from what the person's file tells of her. Never read by what scores."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from service.vocabulary import Sex

SMALL = "Communes de moins de 5 participants"
NOT_TOLD = "Non renseigné"
GENDERS = {Sex.WOMAN: "Femmes", Sex.MAN: "Hommes", Sex.NON_BINARY: "Non binaires", Sex.UNKNOWN: NOT_TOLD}
# Youth and seniors as the public employment service counts them: under 26, 50 and over.
BANDS = ((26, "Moins de 26 ans"), (50, "De 26 à 49 ans"), (1_000, "50 ans et plus"))
IN_QPV, OUTSIDE = "En quartier prioritaire", "Hors quartier prioritaire, ou non renseigné"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A person accompanied in the period, with what tells groups apart."""

    id: str
    sex: Sex
    birth_date: date | None
    qpv: bool
    insee: str | None


def gender_of(person: Followed) -> str:
    return GENDERS[person.sex]


def band_of(person: Followed, on: date) -> str:
    """Her age band on that day."""
    born = person.birth_date
    if born is None:
        return NOT_TOLD
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next(label for limit, label in BANDS if age < limit)


def qpv_of(person: Followed) -> str:
    return IN_QPV if person.qpv else OUTSIDE


def communes_of(people: tuple[Followed, ...], name: Callable[[str], str], least: int) -> Mapping[str, str]:
    """Her commune by id of person; those with fewer than ``least`` people are one group."""
    counts = Counter(one.insee for one in people)
    return {
        one.id: NOT_TOLD if not one.insee else name(one.insee) if counts[one.insee] >= least else SMALL
        for one in people
    }
