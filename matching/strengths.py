"""What speaks for a match: the parts of its scores that bring the most, in words."""

from matching.french import BY_MODE, count, duration
from matching.match import Match, PartState, TripTold
from matching.offer import Offer
from matching.participant import Participant
from matching.register import Register

# A part worth less than half of what it could be is no argument.
STRONG = 5000
MOST = 3


def strengths(match: Match, participant: Participant, offer: Offer, register: Register) -> tuple[str, ...]:
    """At most three arguments, the greatest first. The employer reads those on the post's needs only."""
    parts = list(match.fit.parts)
    if register is not Register.EMPLOYER:
        parts += match.wish.parts
    if register is Register.LIAISON:
        parts = [part for part in parts if part.name != "language"]
    strong = [part for part in parts if part.state is PartState.KNOWN and part.value >= STRONG]
    strong.sort(key=lambda part: -part.points)
    return tuple(dict.fromkeys(_argument(part.name, match, participant, offer) for part in strong))[:MOST]


def _argument(name: str, match: Match, participant: Participant, offer: Offer) -> str:
    match name:
        case "required_skills":
            return _skills(offer.required_skills, participant, "demandée")
        case "wished_skills":
            return _skills(offer.wished_skills, participant, "souhaitée")
        case "experience":
            romes = {one.rome for one in offer.rome}
            months = sum(one.months for one in participant.experience or () if one.rome in romes)
            return f"{count(months, 'mois', 'mois')} d’expérience dans le métier"
        case "travel":
            return trip_text(match.trip)
        case _:
            return _PLAIN[name]


_PLAIN = {
    "occupation": "métier correspondant au poste",
    "trade": "métier recherché",
    "transferable": "expérience transposable au poste",
    "language": "niveau de français demandé",
    "hours": "durée hebdomadaire souhaitée",
    "wage": "salaire conforme au souhait",
    "target": "un pas vers le métier visé",
}


def _skills(asked: tuple[str, ...], participant: Participant, how: str) -> str:
    held = len(set(asked) & set(participant.skills or ()))
    return f"{count(held, f'compétence {how}', f'compétences {how}s')} sur {len(set(asked))}"


def trip_text(trip: TripTold | None) -> str:
    """« 18 min en voiture », and whether it is approximate."""
    if trip is None:
        return "trajet possible"
    about = ", approximatif" if trip.least < trip.greatest else ""
    return f"{duration(trip.minutes)} {BY_MODE[trip.mode]}{about}"
