"""What stops everybody from a post that nobody reaches: conditions counted, as the liaison may read them."""

from collections import Counter
from collections.abc import Iterable

from matching import ConstraintName
from service.suggestions.asking import LEAST_GROUP
from service.suggestions.liaison_views import Obstacle

_N = ConstraintName
# Two causes under one word: hours; and what the liaison reads as the post's other conditions.
SUBJECTS = {
    _N.TRAVEL: "Trajet",
    _N.AVAILABILITY: "Horaires",
    _N.CARE: "Horaires",
    _N.LICENCE: "Permis",
    _N.VEHICLE: "Véhicule",
    _N.CERTIFICATES: "Habilitations",
    _N.LANGUAGE: "Autres conditions du poste",
    _N.PHYSICAL: "Autres conditions du poste",
    _N.WEEKLY_HOURS: "Durée hebdomadaire",
    _N.EMPLOYMENT_KIND: "Type d’emploi",
    _N.START_DATE: "Date de début",
    _N.WAGE: "Salaire",
}
_HIDDEN_WHEN_FEW = (SUBJECTS[_N.LANGUAGE],)


def obstacles(stopped: Iterable[tuple[tuple[ConstraintName, ...], int]]) -> tuple[Obstacle, ...]:
    """Each condition with how many people it stops, the most first; a person counts once under each.

    ``stopped``: what is broken for some people together, and how many they are.
    """
    counts: Counter[str] = Counter()
    for broken, people in stopped:
        counts.update(dict.fromkeys((SUBJECTS[name] for name in broken), people))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Obstacle(
            subject=subject,
            people=None if subject in _HIDDEN_WHEN_FEW and count < LEAST_GROUP else count,
        )
        for subject, count in ordered
    )
