"""What stops everybody from a post that nobody reaches: conditions counted, as the liaison may read them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from matching import ConstraintName, Match, Offer, Participant, World, match_one
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


def obstacles(people: Iterable[Participant], offer: Offer, world: World, on: date) -> tuple[Obstacle, ...]:
    """Each condition with how many people it stops, the most first; a person counts once under each."""
    found = (match_one(one, offer, world, on=on) for one in people)
    counts = Counter(subject for match in found if match for subject in _stopped_by(match))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Obstacle(
            subject=subject,
            people=None if subject in _HIDDEN_WHEN_FEW and count < LEAST_GROUP else count,
        )
        for subject, count in ordered
    )


def _stopped_by(match: Match) -> set[str]:
    return {SUBJECTS[judgement.constraint] for judgement in match.broken}
