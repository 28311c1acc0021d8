"""Offers for a participant, as her référent reads them: load, ask the core, word it whole."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import (
    AskedOf,
    Match,
    Names,
    Offer,
    Participant,
    QuestionValue,
    Register,
    Shortlist,
    World,
    explain,
    levers_for_participant,
    match_one,
    offers_for,
    offers_gained,
    question_gained,
    trip_text,
    week_strips,
)
from service.accounts.account import Account
from service.errors import NotFound
from service.participants.constraint_form import AT_HOME
from service.participants.scope import find_person
from service.pictures.score import score_bar
from service.pictures.week import week_pictures
from service.suggestions.around import world_of
from service.suggestions.liaison_views import Mark, OfferHead
from service.suggestions.load import PROPOSABLE, offers_of, read_offers, read_participants, read_stamps
from service.suggestions.marks import TONES
from service.suggestions.offer_head import heads_where
from service.suggestions.referent_views import OneSuggestion, PersonSuggestions, SuggestedOffer
from service.suggestions.set_aside import AsideReason, set_aside_for
from service.suggestions.told import levers_of, lines_of
from service.suggestions.words import LEVERS_TRIED, band
from service.tables import OfferRow, PersonRow, ProfileRow, ProjectRow, ProposalRow
from service.vocabulary import SharedFact

STEP, MOST = 10, 100
MOST_GAINS = 6
NO_PROFILE = (
    "Renseignez d’abord ses contraintes et ses disponibilités : sans elles, rien ne peut être rapproché."
)
NO_PROJECT = "Ajoutez d’abord un projet : les offres se rapprochent d’un projet, pas d’une personne."
HIDDEN = (
    "Dans l’état de son parcours, la liaison ne voit pas cette personne parmi les candidats ; "
    "vous pouvez tout de même garder une offre pour elle."
)


class _Person(msgspec.Struct, frozen=True):
    """What every view of one person needs."""

    key: int
    id: str
    name: str
    proposable: bool
    participant: Participant | None
    projects: dict[str, str]
    names: Names
    world: World


def _read_person(db: Session, account: Account, person_id: str) -> _Person:
    """Raises NotFound outside the caseload."""
    person, spell = find_person(db, account, person_id)
    told = read_participants(db, col(PersonRow.id) == person.id)
    projects = db.execute(
        sa.select(col(ProjectRow.public_id), col(ProjectRow.title)).where(
            col(ProjectRow.person_id) == person.id
        )
    ).all()
    place = db.scalar(sa.select(col(ProfileRow.care_place)).where(col(ProfileRow.person_id) == person.id))
    return _Person(
        key=person.id,
        id=person_id,
        name=f"{person.first_name} {person.last_name}",
        proposable=spell.state in PROPOSABLE,
        participant=told.get(person_id),
        projects={row[0]: row[1] for row in projects},
        names=_names(place),
        world=world_of(db, account.territory_id),
    )


def _names(place: str | None) -> Names:
    """How the place of care is called in the reasons."""
    if not place:
        return Names()
    return Names(care_place="la garde à domicile" if place == AT_HOME else place)


def list_suggestions(
    db: Session, account: Account, person_id: str, *, shown: int, levers: bool
) -> tuple[PersonSuggestions, int]:
    """The suggestions of a participant, and her id for the reading journal."""
    person = _read_person(db, account, person_id)
    stamps = read_stamps(db, account.territory_id)
    aside = set_aside_for(db, person.key)
    every = offers_of(db, account.territory_id, stamps, account.today)
    open_offers = {key: offer for key, offer in every.items() if key not in aside}
    told = person.participant
    found = Shortlist()
    if told is not None:
        found = offers_for(told, open_offers.values(), person.world, on=account.today, kept=shown, near=STEP)
    listed = {match.offer for match in (*found.kept, *found.near)}
    telling = _Telling(db, account, person, listed, open_offers)
    more = f"/participants/{person_id}/suggestions?nombre={min(shown + STEP, MOST)}"
    view = PersonSuggestions(
        person_id=person_id,
        person=person.name,
        missing=_missing(told),
        note="" if person.proposable else HIDDEN,
        examined=found.examined,
        fitting=found.fitting,
        to_confirm=found.to_confirm,
        unrelated=found.unrelated,
        kept=tuple(telling.suggested(match) for match in found.kept),
        near=tuple(telling.suggested(match) for match in found.near),
        far=found.far,
        more=more if found.fitting > shown and shown < MOST else "",
        set_aside=tuple(aside.values()),
        levers_asked=levers,
        levers=_levers(person, open_offers, found.nearest, account) if levers else (),
        questions=_questions(found.questions, person.names),
    )
    return view, person.key


def read_suggestion(
    db: Session, account: Account, person_id: str, offer_id: str
) -> tuple[OneSuggestion, int]:
    """One offer in full for one participant, and her id. Raises NotFound when she has nothing to match."""
    person = _read_person(db, account, person_id)
    found = read_offers(
        db, col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
    )
    if offer_id not in found or person.participant is None:
        raise NotFound
    offer = found[offer_id].offer
    match = match_one(person.participant, offer, person.world, on=account.today)
    if match is None:
        raise NotFound
    telling = _Telling(db, account, person, {offer_id}, {offer_id: offer})
    view = OneSuggestion(
        person_id=person_id,
        person=person.name,
        suggested=telling.suggested(match),
        weeks=week_pictures(
            week_strips(match, person.participant, offer, person.world, on=account.today), offer.schedule
        ),
        set_aside=set_aside_for(db, person.key).get(offer_id),
        aside_reasons=tuple((reason.value, reason.label) for reason in AsideReason),
        shareable=tuple((fact.value, fact.label) for fact in SharedFact),
    )
    return view, person.key


def _missing(told: Participant | None) -> str:
    if told is None:
        return NO_PROFILE
    return "" if told.projects else NO_PROJECT


class _Telling:
    """Matches of one person put in words: heads and proposals of the offers shown, read once."""

    def __init__(
        self, db: Session, account: Account, person: _Person, shown: set[str], offers: dict[str, Offer]
    ) -> None:
        self.person, self.offers = person, offers
        self.heads: dict[str, OfferHead] = heads_where(
            db,
            col(OfferRow.public_id).in_(sorted(shown)),
            col(OfferRow.territory_id) == account.territory_id,
        )
        self.proposals = {
            offer: (proposal, state)
            for offer, proposal, state in db.execute(
                sa.select(col(OfferRow.public_id), col(ProposalRow.public_id), col(ProposalRow.state))
                .select_from(ProposalRow)
                .join(OfferRow, col(OfferRow.id) == col(ProposalRow.offer_id))
                .where(col(ProposalRow.person_id) == person.key)
            ).all()
        }

    def suggested(self, match: Match) -> SuggestedOffer:
        person, head = self.person, self.heads[match.offer]
        assert person.participant is not None
        told = explain(
            match, person.participant, self.offers[match.offer], person.world, Register.FULL, person.names
        )
        word, tone = ("Presque", "warn") if match.broken else band(match)
        return SuggestedOffer(
            offer=head,
            project=person.projects.get(match.project, ""),
            band=word,
            band_tone=tone,
            headline=told.headline,
            travel=trip_text(match.trip) if match.trip is not None else "trajet non connu",
            fit=score_bar("Répond au poste", match.fit, discreet=False),
            wish=score_bar("Répond à son projet", match.wish, discreet=False),
            reasons=told.reasons,
            lines=lines_of(told),
            questions=told.questions,
            levers=levers_of(told),
            marks=self._marks(match.offer),
            may_keep=head.open and match.offer not in self.proposals,
        )

    def _marks(self, offer_id: str) -> tuple[Mark, ...]:
        if offer_id not in self.proposals:
            return ()
        proposal, state = self.proposals[offer_id]
        return (
            Mark(
                text=f"Déjà dans les propositions : {state.label}",
                tone=TONES[state],
                address=f"/propositions/{proposal}",
            ),
        )


def _levers(
    person: _Person, offers: dict[str, Offer], nearest: Iterable[str], account: Account
) -> tuple[str, ...]:
    """What would open offers to her, the most opening first; past LEVERS_TRIED, among the nearest only."""
    if person.participant is None:
        return ()
    tried: Iterable[Offer] = offers.values()
    if len(offers) > LEVERS_TRIED:
        tried = [offers[one] for one in nearest][:LEVERS_TRIED]
    gains = levers_for_participant(person.participant, tried, person.world, on=account.today, pairs=False)
    told = dict.fromkeys(offers_gained(gain, Register.FULL, person.names) for gain in gains)
    return tuple(told)[:MOST_GAINS]


def _questions(values: Iterable[QuestionValue], names: Names) -> tuple[str, ...]:
    """What to explore with her: the question that would decide for the most offers first."""
    asked = [one for one in values if one.question.asked_of is AskedOf.REFERENT]
    told = (question_gained(one, Register.FULL, names) for one in asked)
    return tuple(text for text in told if text is not None)
