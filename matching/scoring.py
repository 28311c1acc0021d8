"""Two scores in parts that add up exactly: *fit* (what the post needs) and *wish* (what the person wants).

Everything is an integer in ten-thousandths; every division is floored, and where it happens is said here,
so that any other path can be equal to the bit.

- A part is KNOWN with a value 0..10000, UNKNOWN, or NOT_ASKED (nobody asks for it: it counts for nothing).
- total = floor(Σ weight × value ÷ Σ weight) over the known parts: an unknown part is left out and the weights
  renormalised, so that the score lies between those where the part would be worst (0) and best (10000).
- points of a part = floor of the running sum up to it less floor of the running sum before it: they add up
  to the total exactly.
- known_share = floor(10000 × Σ weight known ÷ Σ weight asked). Nothing known: 5000, share 0.
"""

from functools import lru_cache

from matching.match import Part, PartState, Score, TripTold
from matching.normalise import skill_key
from matching.offer import Offer
from matching.parameters import ScoringFigures
from matching.participant import Participant, Project
from matching.terms import Answer, RomeWeight
from matching.world import Affinity, World

FULL = 10_000
HALF = 5_000

Value = int | PartState


def score(parts: tuple[tuple[str, int, Value], ...]) -> Score:
    """A score from (name, weight, value or state) in the order in which they are told."""
    known = sum(weight for _, weight, value in parts if isinstance(value, int))
    unknown = sum(weight for _, weight, value in parts if value is PartState.UNKNOWN)
    told, running, before = [], 0, 0
    for name, weight, value in parts:
        if isinstance(value, int):
            running += weight * value
            after = running // known if known else 0
            told.append(
                Part(name=name, state=PartState.KNOWN, value=value, weight=weight, points=after - before)
            )
            before = after
        else:
            told.append(Part(name=name, state=value, value=0, weight=weight, points=0))
    asked = known + unknown
    share = FULL * known // asked if asked else 0
    return Score(total=before if known else HALF, known_share=share, parts=tuple(told))


# ------------------------------------------------------------------ occupations
@lru_cache(maxsize=65536)
def closeness(wanted: tuple[RomeWeight, ...], asked: tuple[RomeWeight, ...], same_domain: int) -> int:
    """How near two n-best lists are: the best pair of codes, each weight relative to its list's greatest.

    floor(a × b × credit ÷ 10000²), a and b floored; credit 10000 for one code, ``same_domain`` for two
    codes of one professional domain (first three characters), else 0.
    """
    if not wanted or not asked:
        return 0
    posts = relative(asked)
    return max(
        one * two * credit(rome, other, same_domain) // (FULL * FULL)
        for rome, one in relative(wanted)
        for other, two in posts
    )


def relative(trades: tuple[RomeWeight, ...]) -> tuple[tuple[str, int], ...]:
    """(code, weight ÷ the list's greatest in ten-thousandths, floored)."""
    top = max((one.weight for one in trades), default=1)
    return tuple((one.rome, one.weight * FULL // top) for one in trades)


def credit(one: str, two: str, same_domain: int) -> int:
    """What two codes are worth to each other (see ``closeness``)."""
    return FULL if one == two else same_domain if one[:3] == two[:3] else 0


def _sure(romes: tuple[str, ...]) -> tuple[RomeWeight, ...]:
    return tuple(RomeWeight(rome=rome, weight=FULL) for rome in romes)


def worked_in(participant: Participant) -> tuple[str, ...]:
    """Codes of the occupations that she has worked in."""
    return tuple(one.rome for one in participant.experience or () if one.months > 0)


# ------------------------------------------------------------------ fit
def fit(participant: Participant, project: Project, offer: Offer, world: World) -> Score:
    """What the post needs, met by the person: occupation, skills, experience, language."""
    weights, figures = world.parameters.fit, world.parameters.scoring
    return score(
        (
            ("occupation", weights.occupation, occupation_part(participant, project, offer, figures)),
            (
                "required_skills",
                weights.required_skills,
                skills_part(participant.skills, offer.required_skills),
            ),
            ("wished_skills", weights.wished_skills, skills_part(participant.skills, offer.wished_skills)),
            ("transferable", weights.transferable, transferable_part(participant, offer, world.affinity)),
            ("experience", weights.experience, experience_part(participant, offer)),
            ("language", weights.language, language_part(participant, offer)),
        )
    )


def occupation_part(
    participant: Participant, project: Project, offer: Offer, figures: ScoringFigures
) -> Value:
    """The trade of the project or one she has worked in, whichever is nearer to the post's."""
    worked = worked_in(participant)
    if not offer.rome or not (project.wanted or worked):
        return PartState.UNKNOWN
    return max(
        closeness(project.wanted, offer.rome, figures.same_domain),
        closeness(_sure(worked), offer.rome, figures.same_domain),
    )


def skills_part(held: tuple[str, ...] | None, asked: tuple[str, ...]) -> Value:
    """Share of the skills asked that she holds, however each is written, floored."""
    if not asked:
        return PartState.NOT_ASKED
    if held is None:
        return PartState.UNKNOWN
    different = {skill_key(skill) for skill in asked}
    return FULL * len(different & {skill_key(skill) for skill in held}) // len(different)


def transferable_part(participant: Participant, offer: Offer, affinity: Affinity) -> Value:
    """Nearness of the trades she has worked in: the best floor(weight × affinity ÷ 10000)."""
    if not affinity or not offer.rome:
        return PartState.NOT_ASKED
    if participant.experience is None:
        return PartState.UNKNOWN
    near = [
        weight * affinity.near(known, asked) // FULL
        for known in worked_in(participant)
        for asked, weight in relative(offer.rome)
    ]
    return max(near, default=0)


def experience_part(participant: Participant, offer: Offer) -> Value:
    """Months in the post's occupations over the months asked. Beginners accepted: not asked."""
    if offer.beginners is Answer.YES or offer.experience_months == 0:
        return PartState.NOT_ASKED
    if offer.experience_months is None or participant.experience is None:
        return PartState.UNKNOWN
    romes = {one.rome for one in offer.rome}
    months = sum(one.months for one in participant.experience if one.rome in romes)
    return min(FULL, FULL * months // offer.experience_months)


def language_part(participant: Participant, offer: Offer) -> Value:
    """Level held over level asked, at most 10000."""
    if offer.language is None:
        return PartState.NOT_ASKED
    if participant.language is None:
        return PartState.UNKNOWN
    return min(FULL, FULL * participant.language.rank // offer.language.rank)


# ------------------------------------------------------------------ wish
def wish(
    project: Project, offer: Offer, trip: TripTold | None, distance_m: int | None, world: World
) -> Score:
    """What the person wants, met by the post: trade, hours, travel comfort, wage, a step to the target."""
    weights, figures = world.parameters.wish, world.parameters.scoring
    return score(
        (
            ("trade", weights.trade, trade_part(project, offer, figures)),
            ("hours", weights.hours, hours_part(project, offer, figures)),
            ("travel", weights.travel, travel_part(project, trip, distance_m, figures)),
            ("wage", weights.wage, wage_part(project, offer, figures)),
            ("target", weights.target, target_part(project, offer, world)),
        )
    )


def trade_part(project: Project, offer: Offer, figures: ScoringFigures) -> Value:
    if not project.wanted or not offer.rome:
        return PartState.UNKNOWN
    return closeness(project.wanted, offer.rome, figures.same_domain)


def hours_part(project: Project, offer: Offer, figures: ScoringFigures) -> Value:
    """10000 inside the wished bounds, less what each hundredth outside costs."""
    least, most, hours = project.min_weekly_hours, project.max_weekly_hours, offer.weekly_hours
    if least is None and most is None:
        return PartState.NOT_ASKED
    if hours is None:
        return PartState.UNKNOWN
    outside = max(0, (least or 0) - hours, hours - most if most is not None else 0)
    return max(0, FULL - figures.hours_lost_per_hundredth * outside)


def travel_part(
    project: Project, trip: TripTold | None, distance_m: int | None, figures: ScoringFigures
) -> Value:
    """What is left of the longest acceptable trip, floored; reduced beyond the radius, which is soft."""
    if trip is None:
        return PartState.UNKNOWN
    longest = project.max_travel_minutes or figures.comfort_minutes
    comfort = max(0, FULL * (longest - trip.minutes) // longest)
    beyond = (
        project.radius_km is not None and distance_m is not None and distance_m > project.radius_km * 1000
    )
    return comfort * figures.beyond_radius // FULL if beyond else comfort


def wage_part(project: Project, offer: Offer, figures: ScoringFigures) -> Value:
    """From ``wage_at_minimum`` at the minimum asked to 10000 at ``wage_full_percent`` of it; 0 below it."""
    least, paid = project.min_hourly_wage_cents, offer.hourly_wage_cents
    if not least:
        return PartState.NOT_ASKED
    if paid is None:
        return PartState.UNKNOWN
    if paid < least:
        return 0
    room = least * (figures.wage_full_percent - 100)
    gained = (FULL - figures.wage_at_minimum) * 100 * (paid - least) // room
    return min(FULL, figures.wage_at_minimum + gained)


def target_part(project: Project, offer: Offer, world: World) -> Value:
    """How near the post is to the occupation that it should lead to."""
    if project.target_rome is None:
        return PartState.NOT_ASKED
    if not offer.rome:
        return PartState.UNKNOWN
    same_domain = world.parameters.scoring.same_domain
    by_affinity = max(
        weight * world.affinity.near(rome, project.target_rome) // FULL
        for rome, weight in relative(offer.rome)
    )
    return max(by_affinity, closeness(_sure((project.target_rome,)), offer.rome, same_domain))
