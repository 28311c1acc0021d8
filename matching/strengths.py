"""What speaks for a match: the parts of its scores that bring the most, in words."""

from matching.french import BY_MODE, COLON, count, duration, listed, lower_first
from matching.match import Match, PartState, TripTold
from matching.normalise import skill_key
from matching.offer import Offer
from matching.participant import Participant
from matching.register import Register
from matching.verdict import Broken, ConstraintName
from matching.world import NO_AFFINITY, Affinity

# A part worth less than half of what it could be is no argument.
STRONG = 5000
# Shared skills are weighed against all those of both trades: half of ROME's occupations have no neighbour
# over 2750, and a likeness of 2000 already tells of a trade next door.
NEAR = 2000
MOST = 3
# The parts of a score that a constraint judges too.
_JUDGED = {
    "language": ConstraintName.LANGUAGE,
    "hours": ConstraintName.WEEKLY_HOURS,
    "travel": ConstraintName.TRAVEL,
    "wage": ConstraintName.WAGE,
}


def strengths(
    match: Match, participant: Participant, offer: Offer, register: Register, affinity: Affinity = NO_AFFINITY
) -> tuple[str, ...]:
    """At most three arguments, the greatest first. The employer reads those on the post's needs only.

    A match that rests on the likeness of two trades, not on the trade itself, says first what they share.
    """
    parts = list(match.fit.parts)
    if register is not Register.EMPLOYER:
        parts += match.wish.parts
    if register is Register.LIAISON:
        parts = [part for part in parts if part.name != "language"]
    # What is an obstacle is no argument, however little it lacks: 34 h where 35 are wished.
    known = [
        part
        for part in parts
        if part.state is PartState.KNOWN
        and not (part.name in _JUDGED and isinstance(match.verdict(_JUDGED[part.name]), Broken))
    ]
    strong = sorted((part for part in known if part.value >= STRONG), key=lambda part: -part.points)
    told = [_argument(part.name, match, participant, offer) for part in strong]
    near = next((part.value for part in known if part.name == "transferable"), 0)
    if register is not Register.EMPLOYER and near >= NEAR:
        skills = shared_skills(participant, offer, affinity)
        by_trade = any(part.name in ("occupation", "trade") for part in strong)
        if skills and not by_trade:
            told = [skills, *(one for one in told if one != _PLAIN["transferable"])]
        elif skills:
            told = [skills if one == _PLAIN["transferable"] else one for one in told]
    return tuple(dict.fromkeys(told))[:MOST]


def shared_skills(participant: Participant, offer: Offer, affinity: Affinity) -> str:
    """« compétences partagées : … » between the trade she knows that is nearest to the post, and the post.

    Empty when she has worked in the trade itself: the likeness is then no argument of its own.
    """
    top = max((one.weight for one in offer.rome), default=0)
    pairs = [
        (asked.weight * affinity.near(known.rome, asked.rome) // top, known.rome, asked.rome)
        for known in participant.experience or ()
        if known.months > 0
        for asked in offer.rome
    ]
    if not pairs:
        return ""
    _, known_rome, asked_rome = max(pairs)
    if known_rome == asked_rome:
        return ""
    skills = affinity.shared(known_rome, asked_rome)[:MOST]
    return (
        f"compétences partagées{COLON}{listed(tuple(lower_first(one) for one in skills))}" if skills else ""
    )


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
    different = {skill_key(skill) for skill in asked}
    held = len(different & {skill_key(skill) for skill in participant.skills or ()})
    return f"{count(held, f'compétence {how}', f'compétences {how}s')} sur {len(different)}"


def trip_text(trip: TripTold | None) -> str:
    """« 18 min en voiture », and whether it is approximate."""
    if trip is None:
        return "trajet possible"
    about = ", approximatif" if trip.least < trip.greatest else ""
    return f"{duration(trip.minutes)} {BY_MODE[trip.mode]}{about}"
