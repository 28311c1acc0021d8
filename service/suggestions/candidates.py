"""Candidates for an offer, as the liaison reads them: load, ask the core, word it without causes."""

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import (
    LeverCode,
    LeverGain,
    Match,
    Names,
    Offer,
    Participant,
    Register,
    World,
    explain,
    levers_for_offer,
    match_one,
    net_strips,
    people_for,
    people_gained,
    place_among,
    trip_text,
)
from service.accounts.account import Account
from service.pictures.score import score_bar
from service.pictures.week import week_pictures
from service.reference.communes import current_communes
from service.suggestions.around import world_of
from service.suggestions.asking import LEAST_GROUP, may_be_counted, worded
from service.suggestions.liaison_views import (
    Candidate,
    CandidatePage,
    Candidates,
    OfferHead,
    WhyPage,
)
from service.suggestions.load import participants_of, read_offers, read_stamps
from service.suggestions.marks import Marks
from service.suggestions.obstacles import obstacles
from service.suggestions.offer_head import head_of
from service.suggestions.people import find_by_name, followed, labels_of
from service.suggestions.told import levers_of, lines_of
from service.suggestions.words import LEVERS_TRIED, band
from service.tables import OfferRow

STEP, MOST, COMPARED = 20, 100, 3
MOST_GAINS = 5
NOT_PROPOSABLE = (
    "Cette personne est bien suivie ici, mais rien ne peut lui être proposé aujourd’hui : "
    "son parcours ou son profil est à compléter. Voyez avec son référent."
)
NOBODY = (
    "Personne ne répond à cet identifiant, ni à ce nom parmi les personnes dont le référent a accepté de "
    "partager le nom."
)


class Around(msgspec.Struct, frozen=True):
    """What every view of one offer needs, read in a fixed number of queries."""

    head: OfferHead
    offer: Offer
    people: dict[str, Participant]
    world: World
    marks: Marks
    on: date


def read_around(db: Session, account: Account, offer_id: str) -> Around:
    """Raises NotFound when the offer is not the territory's."""
    head = head_of(db, account, offer_id)
    stamps = read_stamps(db, account.territory_id)
    offer = read_offers(
        db, col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
    )[offer_id].offer
    people = participants_of(db, account.territory_id, stamps)
    world = world_of(db, account.territory_id)
    return Around(head, offer, people, world, Marks(db, account, offer_id), account.today)


def list_candidates(
    db: Session, account: Account, offer_id: str, *, shown: int, compared: Iterable[str], levers: bool
) -> Candidates:
    """The key screen of an offer. `levers`: also try what the employer could change, which takes longer."""
    around = read_around(db, account, offer_id)
    everybody = around.people.values()
    found = people_for(around.offer, everybody, around.world, on=around.on, kept=shown, near=STEP)
    asked = [one for one in dict.fromkeys(compared) if one in around.people]
    others = tuple(
        match
        for one in asked[:COMPARED]
        if (match := match_one(around.people[one], around.offer, around.world, on=around.on)) is not None
    )
    labels = labels_of(db, account, {match.participant for match in (*found.kept, *found.near, *others)})
    more = f"/offres/{offer_id}/candidats?nombre={min(shown + STEP, MOST)}"
    return Candidates(
        offer=around.head,
        examined=found.examined,
        fitting=found.fitting,
        to_confirm=found.to_confirm,
        unrelated=found.unrelated,
        kept=tuple(_candidate(match, around, labels) for match in found.kept),
        near=tuple(_candidate(match, around, labels) for match in found.near),
        far=found.far,
        more=more if found.fitting > shown and shown < MOST else "",
        compared=tuple(_candidate(match, around, labels) for match in others),
        compared_too_many=len(asked) > COMPARED,
        levers_asked=levers,
        levers_among=LEVERS_TRIED if len(around.people) > LEVERS_TRIED else 0,
        employer_levers=_employer_levers(around, found.nearest) if levers else (),
        employer_questions=tuple(worded(one) for one in found.questions if may_be_counted(one)),
        obstacles=() if found.fitting else obstacles(found.stopped),
    )


def read_candidate(db: Session, account: Account, offer_id: str, person_id: str) -> CandidatePage | None:
    """One person on one offer; None when nothing can be told of her here."""
    around = read_around(db, account, offer_id)
    told = _place(around, person_id)
    if told is None:
        return None
    match, place, fitting = told
    labels = labels_of(db, account, (person_id,))
    return CandidatePage(
        offer=around.head, candidate=_candidate(match, around, labels), place=place, fitting=fitting
    )


def why(db: Session, account: Account, offer_id: str, person_id: str) -> WhyPage:
    """« Pourquoi pas elle ? » by public id; empty for the search alone."""
    page = read_candidate(db, account, offer_id, person_id) if person_id else None
    if page is not None:
        return WhyPage(
            offer=page.offer,
            sentence="",
            found=(),
            candidate=page.candidate,
            place=page.place,
            fitting=page.fitting,
        )
    sentence = ""
    if person_id:
        sentence = NOBODY if followed(db, account, person_id) is None else NOT_PROPOSABLE
    return _nobody(head_of(db, account, offer_id), sentence)


def why_by_name(db: Session, account: Account, offer_id: str, typed: str) -> WhyPage:
    """The people whose shared name was typed; none with the sentence that says so."""
    found = find_by_name(db, account, typed)
    page = _nobody(head_of(db, account, offer_id), "" if found else NOBODY)
    return msgspec.structs.replace(page, found=found)


def _nobody(offer: OfferHead, sentence: str) -> WhyPage:
    return WhyPage(offer=offer, sentence=sentence, found=(), candidate=None, place=0, fitting=0)


def _place(around: Around, person_id: str) -> tuple[Match, int, int] | None:
    """Her match, her place among those that fit (0: she does not), and how many fit."""
    person = around.people.get(person_id)
    match = match_one(person, around.offer, around.world, on=around.on) if person else None
    if match is None:
        return None
    everybody = around.people.values()
    return match, *place_among(person_id, around.offer, everybody, around.world, on=around.on)


# --- in words ------------------------------------------------------------------------------------------
def _candidate(match: Match, around: Around, labels: dict[str, str]) -> Candidate:
    person = around.people[match.participant]
    told = explain(match, person, around.offer, around.world, Register.LIAISON)
    word, tone = band(match)
    if match.broken:
        word, tone = "Presque", "warn"
    return Candidate(
        id=match.participant,
        label=labels[match.participant],
        band=word,
        band_tone=tone,
        headline=told.headline,
        travel=trip_text(match.trip) if match.trip is not None else "trajet non connu",
        fit=score_bar("Répond au poste", match.fit, discreet=True),
        wish=score_bar("Répond au projet", match.wish, discreet=True),
        reasons=told.reasons,
        lines=lines_of(told),
        questions=told.questions,
        levers=levers_of(told),
        net_weeks=week_pictures(
            net_strips(match, person, around.offer, around.world, on=around.on), around.offer.schedule
        ),
        marks=around.marks.of(match.participant),
        may_propose=around.head.open and around.marks.may_propose(match.participant),
    )


def _employer_levers(around: Around, nearest: Iterable[str]) -> tuple[str, ...]:
    """What the employer could change, and how many more people it would open the post to.

    Each step is tried on each person: past LEVERS_TRIED, on the nearest only.
    """
    people: Iterable[Participant] = around.people.values()
    if len(around.people) > LEVERS_TRIED:
        people = [around.people[one] for one in nearest][:LEVERS_TRIED]
    gains = levers_for_offer(around.offer, people, around.world, on=around.on, pairs=False)
    told = [gain for gain in gains if not _tells_too_much(gain)]
    names = Names(labels=_commune_names(told))
    return tuple(people_gained(gain, around.offer, Register.LIAISON, names) for gain in told[:MOST_GAINS])


def _tells_too_much(gain: LeverGain) -> bool:
    return gain.tells_a_limit and len(gain.opens) < LEAST_GROUP


def _commune_names(gains: Iterable[LeverGain]) -> dict[str, str]:
    codes = {lever.item for gain in gains for lever in gain.levers if lever.code is LeverCode.SHUTTLE}
    communes = current_communes()
    return {code: found.name for code in codes if code and (found := communes.get(code)) is not None}
