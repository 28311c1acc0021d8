"""The employer reads the post's needs that are met, as far as the person agreed; never what is not met."""

from datetime import date

from matching.participant import Experience, Licence
from matching.ranking import match_one
from matching.terms import LanguageLevel
from matching.week import CareWindows, child, every_day
from matching.world import world
from service.proposals.wording import Sender, for_employer, met_needs
from service.suggestions.liaison_views import OfferHead
from service.vocabulary import SharedFact
from tests.matching.personas import ON, offer, participant

HEAD = OfferHead(
    id="o1",
    title="Agent·e d’entretien",
    employer="Bâti Audomarois",
    place="Saint-Omer",
    state="Ouverte",
    open=True,
    employment_kind="CDD",
    weekly_hours=3500,
    starts_on=date(2026, 11, 2),
    closes_on=None,
    positions=1,
)
PERSON = participant(
    skills=("nettoyer", "repasser"),
    experience=(Experience(rome="K2204", months=14), Experience(rome="A1203", months=30)),
    licences=(Licence(category="B", valid_from=None, valid_until=None),),
    language=LanguageLevel.A1,
    care=CareWindows(children=(child(every_day(420, 1140), every_day(420, 1140)),)),
    care_point=participant().home,
)
POST = offer(
    required_skills=("nettoyer", "encadrer"),
    licences=("B",),
    certificates=("SST",),
    language=LanguageLevel.B1,
)


def needs(*shared: SharedFact) -> tuple[str, ...]:
    match = match_one(PERSON, POST, world(), on=ON)
    assert match is not None
    return met_needs(PERSON, POST, match, shared)


def test_nothing_is_told_without_agreement() -> None:
    assert needs() == ()


def test_what_is_agreed_and_met_is_told_and_nothing_else() -> None:
    """Held: nettoyer of two skills, 14 months in K2204, the B licence, the hours. Not held: SST, B1."""
    assert needs(*SharedFact) == (
        "compétences\u202f: nettoyer",
        "14\u202fmois d’expérience dans le métier",
        "permis B",
        "disponibilité aux horaires du poste",
    )
    assert needs(SharedFact.EXPERIENCE) == ("14\u202fmois d’expérience dans le métier",)


def test_the_name_goes_only_when_it_is_shared() -> None:
    match = match_one(PERSON, POST, world(), on=ON)
    assert match is not None
    sender = Sender("Lila Liaison", "PLIE")
    named = for_employer(HEAD, "Amina Benali", PERSON, POST, match, [SharedFact.NAME], sender)
    unnamed = for_employer(HEAD, "Amina Benali", PERSON, POST, match, list(SharedFact)[1:], sender)
    assert "Amina Benali souhaite vous rencontrer." in named
    assert "Amina" not in unnamed
    for text in (named, unnamed):
        assert not [word for word in ("garde", "français", "enfant", "A1", "SST") if word in text]
