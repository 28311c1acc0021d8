"""Who for what, in which order: the readable path. Simple first; the compiled kernel must equal it.

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
from matching.participant import Participant
from matching.scoring import fit, wish
from matching.world import World

TOP = 20


def matches(
    participant: Participant, offer: Offer, world: World, *, on: date, with_levers: bool = True
) -> tuple[Match, ...]:
    """One match for each project of the participant, in the order of her projects.

    ``with_levers`` False: the same but for the levers of a broken travel, which cost as much as the rest.
    """
    seen = approach(participant, offer, world, on)
    post = judge_post(participant, offer, on)
    found = []
    for project in participant.projects:
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
    return _listed((match_one(participant, offer, world, on=on) for offer in offers), world, top)


def candidates(
    offer: Offer, participants: Iterable[Participant], world: World, *, on: date, top: int = TOP
) -> Suggestions:
    """The best participants for an offer, and the near-misses. Their order as given is irrelevant."""
    return _listed((match_one(one, offer, world, on=on) for one in participants), world, top)


def _listed(found: Iterable[Match | None], world: World, top: int) -> Suggestions:
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
