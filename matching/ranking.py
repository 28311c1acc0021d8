"""Who for what, in which order. The readable path is here; the kernel, equal to it, serves longer lists.

A row is participant × project × offer, and the best project is kept: first one that nothing breaks, then
the greatest rank. rank = fit × wish, an exact integer; ties by the known shares added, then by ids.
"""

from collections.abc import Iterable
from datetime import date

from matching.approach import approach
from matching.constraints import judge, judge_post
from matching.ease import ease
from matching.match import Counts, Match, Suggestions
from matching.offer import Offer
from matching.parameters import NearFigures
from matching.participant import Participant, Project
from matching.scoring import fit, wish
from matching.terms import Mode
from matching.world import World

TOP = 20
# From that many pairs on, the kernel judges them and only what is kept is told by the readable path.
WORTH_A_KERNEL = 24


def matches(
    participant: Participant, offer: Offer, world: World, *, on: date, with_levers: bool = True
) -> tuple[Match, ...]:
    """One match for each project of the participant, in the order of her projects.

    ``with_levers`` False: the same but for the levers of a broken travel, which cost as much as the rest.
    """
    return _judged(participant, participant.projects, offer, world, on, None, with_levers)


def match_told(
    participant: Participant, project: Project, offer: Offer, mode: Mode | None, world: World, *, on: date
) -> Match:
    """The match of one project whose mode is known to be ``mode`` (None: no way, or not known)."""
    return _judged(participant, (project,), offer, world, on, mode, with_levers=True)[0]


def _judged(
    participant: Participant,
    projects: tuple[Project, ...],
    offer: Offer,
    world: World,
    on: date,
    mode: Mode | None,
    with_levers: bool,
) -> tuple[Match, ...]:
    seen = approach(participant, offer, world, on, only=mode)
    post = judge_post(participant, offer, on)
    found = []
    for project in projects:
        judgements, way = judge(participant, project, offer, seen, post, world, on, with_levers=with_levers)
        fits = fit(participant, project, offer, world)
        wishes = wish(project, offer, way.trip, seen.distance_m, world)
        found.append(
            Match(
                participant=participant.id,
                project=project.id,
                offer=offer.id,
                parameters=world.parameters.version,
                judgements=judgements,
                trip=way.trip,
                fit=fits,
                wish=wishes,
                rank=fits.total * wishes.total,
                ease=ease(judgements, world.parameters.near),
            )
        )
    return tuple(found)


def match_one(
    participant: Participant, offer: Offer, world: World, *, on: date, with_levers: bool = True
) -> Match | None:
    """« Pourquoi pas elle ? »: the match of her best project, whole; None when she has no project."""
    found = matches(participant, offer, world, on=on, with_levers=with_levers)
    return min(found, key=_best_project, default=None)


def suggest(
    participant: Participant, offers: Iterable[Offer], world: World, *, on: date, top: int = TOP
) -> Suggestions:
    """The best offers for a participant, and the near-misses. The order of ``offers`` is irrelevant."""
    posts = tuple(offers)
    if len(posts) >= WORTH_A_KERNEL:
        from matching import engine_rank

        return engine_rank.suggest(participant, posts, world, on, top)
    return listed((match_one(participant, offer, world, on=on) for offer in posts), world, top)


def warm_up(participant: Participant, offers: Iterable[Offer], world: World, *, on: date) -> None:
    """Bring the compiled kernel, which takes some seconds once: lists are the same before and after."""
    from matching import engine_rank

    engine_rank.warm_up(participant, tuple(offers), world, on)


def candidates(
    offer: Offer, participants: Iterable[Participant], world: World, *, on: date, top: int = TOP
) -> Suggestions:
    """The best participants for an offer, and the near-misses. Their order as given is irrelevant."""
    people = tuple(participants)
    if len(people) >= WORTH_A_KERNEL:
        from matching import engine_rank

        return engine_rank.candidates(offer, people, world, on, top)
    return listed((match_one(one, offer, world, on=on) for one in people), world, top)


def listed(found: Iterable[Match | None], world: World, top: int) -> Suggestions:
    """The lists of matches already made: the readable path, whole."""
    judged = [match for match in found if match is not None]
    kept = sorted((match for match in judged if not match.broken), key=by_rank)
    near = sorted((match for match in judged if _is_near(match, world.parameters.near)), key=by_ease)
    satisfied = sum(not match.unknown for match in kept)
    return Suggestions(
        kept=tuple(kept[:top]),
        near=tuple(near[: world.parameters.near.keep]),
        counts=Counts(
            examined=len(judged),
            satisfied=satisfied,
            unknown=len(kept) - satisfied,
            broken=len(judged) - len(kept),
        ),
    )


def by_rank(match: Match) -> tuple[int, int, str, str, str]:
    """Best first: rank, then the share of what is known, then ids."""
    share = match.fit.known_share + match.wish.known_share
    return -match.rank, -share, match.participant, match.offer, match.project


def by_ease(match: Match) -> tuple[int, int, int, str, str, str]:
    """Easiest first, then as the list."""
    return match.ease, *by_rank(match)


def _best_project(match: Match) -> tuple[bool, int, int, int, str]:
    """What nothing breaks first; then the easier to lift, the greater rank, the better known, the id."""
    share = match.fit.known_share + match.wish.known_share
    return bool(match.broken), match.ease, -match.rank, -share, match.project


def _is_near(match: Match, figures: NearFigures) -> bool:
    broken = match.broken
    return bool(broken) and len(broken) <= figures.max_broken and match.ease <= figures.max_cost
