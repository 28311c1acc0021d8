"""One match in four registers; the liaison never reads a cause, nor does the employer."""

from datetime import date

import pytest
from msgspec.structs import replace

from matching.explanation import Explanation, LineState, explain
from matching.match import Match
from matching.offer import Offer
from matching.participant import Certificate, Experience, Licence, Participant
from matching.ranking import match_one
from matching.register import Register
from matching.strengths import shared_skills
from matching.terms import LanguageLevel, PhysicalDemand, Point
from matching.week import (
    AvailabilityUnknown,
    AvailabilityWindows,
    CareUnknown,
    CareWindows,
    HoursNotTold,
    child,
    every_day,
)
from matching.world import AffinityTable, World, world
from tests.matching.personas import (
    NO,
    ON,
    WORK,
    YES,
    able,
    flexible,
    modes,
    offer,
    participant,
    project,
    shifts,
)
from tests.matching.test_constraints_hours import ROADS, mother

SHARED = {("K1304", "K2204"): ("Nettoyer une surface", "CACES 1", "Trier du linge", "Ranger")}
CAUSES = (
    "garde",
    "crèche",
    "enfant",
    "vacances",
    "école",
    "français",
    "santé",
    "A2",
    "B2",
    "charges",
    "paires",
)


def told(person: Participant, post: Offer, register: Register, around: World | None = None) -> Explanation:
    around = around or world()
    match = match_one(person, post, around, on=ON)
    assert isinstance(match, Match)
    return explain(match, person, post, around, register)


def plain(text: str) -> str:
    """Narrow no-break spaces as spaces, to read the expected sentence."""
    return text.replace("\u202f", " ")


def line(explanation: Explanation, subject: str) -> str:
    return plain(next(one.text for one in explanation.lines if one.subject == subject))


TUESDAY = offer(place=WORK, schedule=shifts((1, 480, 960)), flexibilities=flexible(start_later_minutes=30))


def test_the_referent_reads_the_missing_minutes_the_way_and_the_opening() -> None:
    full = told(mother(460, 1110), TUESDAY, Register.FULL, ROADS)
    assert line(full, "Garde") == (
        "mardi : il manque 15 min le matin ; prise de poste à 8 h 00, 35 min depuis la crèche, "
        "qui ouvre à 7 h 40"
    )
    assert "\u202f: il manque 15\u202fmin" in next(one.text for one in full.lines if one.subject == "Garde")


def test_the_liaison_reads_from_when_she_is_available_and_nothing_more() -> None:
    liaison = told(mother(460, 1110), TUESDAY, Register.LIAISON, ROADS)
    # 7 h 40 + 35 min = 8 h 15.
    assert line(liaison, "Horaires") == (
        "disponible dès 8 h 15 le mardi ; prise de poste à 8 h 00, il manque 15 min"
    )
    levers = next(one.levers for one in liaison.lines if one.subject == "Horaires")
    assert [plain(lever) for lever in levers] == [
        "prise de poste 15 min plus tard le mardi (l’employeur l’a déjà accepté)",
        "solution à étudier avec le référent",
    ]


def test_the_referent_reads_the_evening_the_drop_off_and_the_holidays() -> None:
    care = CareWindows(children=(child(every_day(400, 1110), every_day(400, 1080)),))
    person = mother(400, 1110, care=care, pick_up_minutes=5)
    full = told(person, offer(place=WORK, schedule=shifts((3, 540, 1050))), Register.FULL, ROADS)
    assert line(full, "Garde") == (
        "jeudi, pendant les vacances scolaires : il manque 10 min le soir ; fin de poste à 17 h 30, "
        "5 min pour reprendre et 35 min de trajet jusqu’à la crèche, qui ferme à 18 h 00"
    )


def test_the_employer_reads_the_needs_that_are_met_and_the_french_asked_of_everybody() -> None:
    person = mother(
        460,
        1110,
        language=LanguageLevel.A2,
        licences=(Licence(category="B", valid_from=None, valid_until=None),),
    )
    post = offer(place=WORK, schedule=shifts((1, 480, 960)), language=LanguageLevel.B1, licences=("B",))
    employer = told(person, post, Register.EMPLOYER, ROADS)
    need = ("Français", LineState.NEED, "niveau B1 demandé")
    met = ("Permis", LineState.SATISFIED, "permis B")
    assert [(one.subject, one.state, one.text) for one in employer.lines] == [met, need]
    speaks = replace(person, language=LanguageLevel.C1)
    assert told(speaks, post, Register.EMPLOYER, ROADS).lines == employer.lines
    assert employer.headline == "candidature proposée"
    assert employer.questions == ()


def test_a_night_without_care_is_told_as_a_night() -> None:
    days = mother(460, 1110)
    night = offer(place=WORK, schedule=shifts((0, 1260, 1740)))
    assert line(told(days, night, Register.FULL, ROADS), "Garde") == "lundi : aucune garde la nuit"
    # From Tuesday 0 h on the child is elsewhere: 35 min of road and three hours of Monday's evening lack.
    until = CareWindows(children=(child(every_day(0, 1440, (1, 2, 3)), every_day(0, 1440, (1, 2, 3))),))
    assert line(told(mother(0, 1, care=until), night, Register.FULL, ROADS), "Garde") == (
        "lundi : aucune garde la nuit avant minuit ; prise de poste à 21 h 00, il manque 3 h 35"
    )
    # Until Monday's midnight only: five hours of Tuesday and the 35 min back.
    since = CareWindows(children=(child(every_day(0, 1440, (0,)), every_day(0, 1440, (0,))),))
    assert line(told(mother(0, 1, care=since), night, Register.FULL, ROADS), "Garde") == (
        "nuit de lundi à mardi : aucune garde la nuit après minuit ; fin de poste à 5 h 00, il manque 5 h 35"
    )


def test_no_hours_at_all_are_told_without_a_day() -> None:
    never = mother(420, 1110, availability=AvailabilityWindows(windows=()))
    untold = offer(place=WORK, schedule=HoursNotTold())
    words = "aucune disponibilité, quels que soient les horaires"
    assert line(told(never, untold, Register.FULL, ROADS), "Disponibilité") == words
    assert line(told(never, untold, Register.LIAISON, ROADS), "Horaires") == words


def everything(explanation: Explanation) -> str:
    """All the words of an explanation."""
    words = [explanation.headline, *explanation.reasons, *explanation.questions]
    for one in explanation.lines:
        words += [one.subject, one.text, *one.levers]
    return " | ".join(words)


HARD_CASES = {
    "care too late": (mother(460, 1110), TUESDAY),
    "no care on Saturday": (mother(460, 1110), offer(place=WORK, schedule=shifts((5, 540, 900)))),
    "care not explored": (participant(care=CareUnknown()), TUESDAY),
    "holidays not told": (
        mother(0, 1, care=CareWindows(children=(child(every_day(0, 1440), None),))),
        TUESDAY,
    ),
    "place of care not told": (mother(420, 1110, care_point=None), TUESDAY),
    "holidays worse": (
        mother(0, 1, care=CareWindows(children=(child(every_day(0, 1440), every_day(460, 1110)),))),
        TUESDAY,
    ),
    "language below": (participant(language=LanguageLevel.A2), offer(language=LanguageLevel.B2)),
    "language unknown": (participant(language=None), offer(language=LanguageLevel.B2)),
    "loads": (participant(physical=able(loads=NO)), offer(demands=(PhysicalDemand.LOADS,))),
    "licence suspended": (
        participant(licences=(Licence(category="B", valid_from=date(2027, 3, 1), valid_until=None),)),
        offer(licences=("B",)),
    ),
    "certificate expired": (
        participant(certificates=(Certificate(code="SST", valid_until=date(2026, 1, 31)),)),
        offer(certificates=("SST",)),
    ),
    "availability not explored": (participant(availability=AvailabilityUnknown()), offer()),
    "hours not told": (mother(460, 1110), offer(place=WORK, schedule=HoursNotTold())),
    "no mode": (participant(modes=modes()), TUESDAY),
}


@pytest.mark.parametrize("case", HARD_CASES)
def test_no_cause_reaches_the_liaison(case: str) -> None:
    person, post = HARD_CASES[case]
    words = everything(told(person, post, Register.LIAISON, ROADS))
    assert not [cause for cause in CAUSES if cause in words], words
    assert "2027" not in words
    assert "2026" not in words


@pytest.mark.parametrize("case", HARD_CASES)
def test_no_obstacle_reaches_the_employer(case: str) -> None:
    person, post = HARD_CASES[case]
    employer = told(person, post, Register.EMPLOYER, ROADS)
    assert {one.state for one in employer.lines} <= {LineState.SATISFIED, LineState.TIGHT, LineState.NEED}
    assert "référent" not in everything(employer)


@pytest.mark.parametrize("case", HARD_CASES)
@pytest.mark.parametrize("register", list(Register))
def test_no_ordinary_space_stands_before_a_double_sign(case: str, register: Register) -> None:
    person, post = HARD_CASES[case]
    words = everything(told(person, post, register, ROADS))
    assert not [sign for sign in (" :", " ;", " !", " ?", "  ") if sign in words], words


def test_a_bound_is_told_as_a_bound() -> None:
    # The crèche opens 10 min after the shift begins, wherever it is.
    lost = told(mother(490, 1110, care_point=None), TUESDAY, Register.FULL, ROADS)
    assert line(lost, "Garde") == (
        "mardi : il manque au moins 10 min le matin ; prise de poste à 8 h 00, la crèche ouvre à 8 h 10"
    )
    far = Point(insee="59999", lat=51.65, lon=2.25, precision_m=0)
    bus = told(participant(modes=modes(transit=YES)), offer(place=far), Register.FULL)
    # 0.9 degree = 100,075 m, at 100 km/h in a straight line: 60 min at the very least.
    assert line(bus, "Trajet") == (
        "trajet d’au moins 1 h en transports en commun, au-delà du maximum de 45 min"
    )


def test_a_margin_under_ten_minutes_is_worded_tight() -> None:
    # Care opens 7 h 20 = 440; needed from 445: 5 of margin.
    full = told(mother(440, 1110), TUESDAY, Register.FULL, ROADS)
    state = next(one.state for one in full.lines if one.subject == "Garde")
    assert (state, full.headline) == (LineState.TIGHT, "convient, de justesse")


def test_the_arguments_are_the_parts_that_bring_the_most() -> None:
    post = offer(required_skills=("nettoyer", "désinfecter"))
    full = told(participant(projects=(project(),)), post, Register.FULL)
    # Trade 40 × 10000 ÷ 65 = 6153; occupation 35 × 10000 ÷ 60 = 5833; travel 25 × 8888 ÷ 65 = 3418;
    # skills 25 × 5000 ÷ 60 = 2083: the fourth.
    assert [plain(one) for one in full.reasons] == [
        "métier recherché",
        "métier correspondant au poste",
        "5 min en voiture",
    ]


@pytest.mark.parametrize(("likeness", "to_employer"), [(6_000, True), (2_000, False)])
def test_a_match_by_a_trade_next_door_says_first_which_skills_they_share(
    likeness: int, to_employer: bool
) -> None:
    rows = [[10_000, likeness], [likeness, 10_000]]
    near = AffinityTable(("K1304", "K2204"), rows, lambda known, asked: SHARED[known, asked])
    helper = participant(projects=(project(wanted=()),), experience=(Experience(rome="K1304", months=24),))
    sentence = "compétences partagées\u202f: nettoyer une surface, CACES 1 et trier du linge"
    for register in (Register.PERSON, Register.FULL, Register.LIAISON):
        assert told(helper, offer(), register, world(affinity=near)).reasons[0] == sentence
    employer = told(helper, offer(), Register.EMPLOYER, world(affinity=near)).reasons
    assert ("expérience transposable au poste" in employer) is to_employer
    assert sentence not in employer


def test_a_trade_too_far_is_no_argument() -> None:
    # 1999 is one under what tells of a trade next door.
    far = AffinityTable(("K1304", "K2204"), [[10_000, 1_999], [1_999, 10_000]], lambda *pair: ("Nettoyer",))
    helper = participant(projects=(project(wanted=()),), experience=(Experience(rome="K1304", months=24),))
    assert not any(
        "partagées" in one for one in told(helper, offer(), Register.FULL, world(affinity=far)).reasons
    )


def test_without_the_skills_or_in_the_same_trade_the_likeness_keeps_its_plain_words() -> None:
    rows = [[10_000, 6_000], [6_000, 10_000]]
    table = AffinityTable(("K1304", "K2204"), rows)
    assert shared_skills(participant(experience=(Experience(rome="K1304", months=24),)), offer(), table) == ""
    known = AffinityTable(("K1304", "K2204"), rows, lambda known, asked: SHARED[known, asked])
    both = (Experience(rome="K1304", months=24), Experience(rome="K2204", months=2))
    assert shared_skills(participant(experience=both), offer(), known) == ""
    assert shared_skills(participant(experience=None), offer(), known) == ""


def test_hours_that_end_too_late_say_until_when() -> None:
    person = participant(availability=AvailabilityWindows(windows=every_day(360, 950)))
    liaison = told(person, offer(schedule=shifts((4, 480, 960))), Register.LIAISON)
    # Available to 15 h 50 = 950, 5 min of road: at work until 15 h 45, the shift ends at 16 h.
    assert line(liaison, "Horaires") == (
        "disponible jusqu’à 15 h 45 le vendredi ; fin de poste à 16 h 00, il manque 15 min"
    )


def test_the_employer_reads_no_question_that_a_limit_of_the_person_raises() -> None:
    """The demands, the wage and the hours a week are asked only for who has a limit or a wish there."""
    limited = participant(
        physical=able(loads=NO), projects=(project(min_weekly_hours=2400, min_hourly_wage_cents=1300),)
    )
    post = offer(demands=None, weekly_hours=None, hourly_wage_cents=None)
    assert "demander les exigences physiques du poste" in told(limited, post, Register.FULL).questions
    assert told(limited, post, Register.EMPLOYER) == told(participant(), post, Register.EMPLOYER)
    untold = told(limited, offer(schedule=HoursNotTold()), Register.EMPLOYER)
    assert untold.questions == ("préciser les horaires",)


def test_papers_that_only_open_together_are_one_lever() -> None:
    full = told(participant(licences=()), offer(licences=("C",)), Register.FULL, world())
    line = next(one for one in full.lines if one.subject == "Permis")
    assert line.levers == ("permis B et permis C",)


def levers(person: Participant, post: Offer) -> list[str]:
    full = told(person, post, Register.FULL, ROADS)
    return [plain(lever) for one in full.lines if one.subject == "Garde" for lever in one.levers]


def test_a_lever_of_hours_names_the_days_that_lack_unless_all_do() -> None:
    # Care opens at 7 h 40, 35 min of road: 8 h 15. Monday and Thursday begin at 8 h, Friday at 9 h.
    every = offer(place=WORK, schedule=shifts((0, 480, 960), (3, 480, 960)))
    some = offer(place=WORK, schedule=shifts((0, 480, 960), (3, 480, 960), (4, 540, 960)))
    assert levers(mother(460, 1110), every) == ["prise de poste 15 min plus tard", "garde 15 min plus tôt"]
    assert levers(mother(460, 1110), some) == [
        "prise de poste 15 min plus tard le lundi et le jeudi",
        "garde 15 min plus tôt le lundi et le jeudi",
    ]


def test_a_day_that_lacks_more_is_not_promised_by_the_minutes_of_another() -> None:
    # Monday lacks 15 min in the morning and 35 in the evening (18 h 30 less 35 min is 17 h 55), 50 in all;
    # Tuesday lacks 45 in the morning alone: fifteen minutes settle Monday's morning, not Tuesday's.
    post = offer(place=WORK, schedule=shifts((0, 480, 1110), (1, 450, 960)))
    assert levers(mother(460, 1110), post) == [
        "prise de poste 15 min plus tard le lundi",
        "garde 15 min plus tôt le lundi",
        "fin de poste 35 min plus tôt le lundi",
        "garde 35 min plus tard le lundi",
    ]


def test_days_without_care_are_all_named() -> None:
    post = offer(place=WORK, schedule=shifts((4, 540, 900), (5, 540, 900), (6, 540, 900)))
    assert levers(mother(460, 1110), post) == [
        "une garde le samedi et le dimanche",
        "ne pas travailler le samedi et le dimanche",
    ]


def test_what_is_an_obstacle_is_never_told_as_an_argument() -> None:
    # 34 h where 35 are wished still bring 9,000 of 10,000 points, A2 for B1 5,000: obstacles all the same.
    person = participant(language=LanguageLevel.A2, projects=(project(min_weekly_hours=3500),))
    post = offer(weekly_hours=3400, language=LanguageLevel.B1)
    for register in Register:
        reasons = told(person, post, register).reasons
        assert "durée hebdomadaire souhaitée" not in reasons
        assert "niveau de français demandé" not in reasons


def test_what_a_night_lacks_after_midnight_is_of_the_next_day() -> None:
    # Monday 21 h to Tuesday 5 h in her own commune: home at 5 h 05 by car; away until 5 h 02: 3 min lack.
    away = AvailabilityWindows(windows=(*every_day(1200, 1440, (0,)), *every_day(0, 302, (1,))))
    person, post = (
        participant(modes=modes(car=YES), availability=away),
        offer(schedule=shifts((0, 1260, 1740))),
    )
    assert line(told(person, post, Register.FULL), "Disponibilité") == (
        "nuit de lundi à mardi : il manque 3 min après la fin de poste ; "
        "fin de poste à 5 h 00, 5 min de trajet, retour attendu à 5 h 02"
    )
    assert line(told(person, post, Register.LIAISON), "Horaires") == (
        "disponible jusqu’à 4 h 57 le mardi ; fin de poste à 5 h 00, il manque 3 min"
    )


def test_a_post_is_not_opened_by_working_on_none_of_its_days() -> None:
    apart = AvailabilityWindows(windows=(*every_day(360, 600), *every_day(620, 1200)))

    def opened(*days: tuple[int, int, int]) -> list[str]:
        lines = told(participant(availability=apart), offer(schedule=shifts(*days)), Register.FULL).lines
        return [lever for one in lines for lever in one.levers]

    assert opened((0, 540, 960), (1, 540, 960)) == []
    assert opened((0, 540, 960), (1, 630, 960)) == ["ne pas travailler le lundi"]


def test_midnight_is_said_in_a_word() -> None:
    # Free from Monday 0 h; the post begins at 0 h 03, five minutes away: two lack.
    person = participant(modes=modes(car=YES), availability=AvailabilityWindows(windows=every_day(0, 600)))
    assert line(told(person, offer(schedule=shifts((0, 3, 400))), Register.FULL), "Disponibilité").endswith(
        "départ possible à minuit"
    )
