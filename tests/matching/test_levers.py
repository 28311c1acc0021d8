"""What would open what: one change in fixed steps, then minimal pairs, each in French."""

from itertools import permutations

from matching.gain_words import offers_gained, people_gained, question_gained
from matching.levers import LeverGain, levers_for_offer, levers_for_participant
from matching.participant import Certificate, Licence
from matching.questions import questions
from matching.register import Names, Register
from matching.terms import LanguageLevel, Mode, PhysicalDemand, RomeWeight
from matching.verdict import LeverCode, QuestionCode
from matching.week import (
    AvailabilityUnknown,
    AvailabilityWindows,
    CareWindows,
    HoursNotTold,
    child,
    every_day,
)
from matching.world import world
from tests.matching.personas import (
    NO,
    NORTH,
    ON,
    WORK,
    YES,
    able,
    flexible,
    modes,
    offer,
    participant,
    project,
    roads,
    shifts,
)
from tests.matching.test_constraints_hours import ROADS, mother

AROUND = world()
PLACES = ("62765", "62001", "59001")
BY_ROAD = tuple(mode.value for mode in Mode if mode is not Mode.SHUTTLE)
Key = tuple[tuple[LeverCode, int | None, str | None], ...]


def by_change(gains: tuple[LeverGain, ...]) -> dict[Key, LeverGain]:
    """Gains by their changes: (code, minutes, mode or item)."""
    return {
        tuple((one.code, one.minutes, one.mode or one.item) for one in gain.levers): gain for gain in gains
    }


def plain(text: str | None) -> str:
    assert text is not None
    return text.replace("\u202f", " ")


def test_a_moped_opens_the_offers_that_are_too_far_on_foot() -> None:
    # Of the same domain, one of them counts; quite another trade would stay out of her list: it does not.
    near, other = (RomeWeight(rome="K2205", weight=1),), (RomeWeight(rome="N1103", weight=1),)
    far = [offer(id="a", place=NORTH), offer(id="b", place=NORTH), offer(id="c", place=NORTH, rome=near)]
    far.append(offer(id="d", place=NORTH, rome=other))
    person = participant(modes=modes(walk=YES), licences=())
    gain = by_change(levers_for_participant(person, far, AROUND, on=ON))[
        ((LeverCode.MODE, None, Mode.MOPED),)
    ]
    assert (gain.opens, gain.in_trade) == (("a", "b", "c"), 2)
    assert plain(offers_gained(gain, Register.FULL)) == "scooter : 3 offres de plus, dont 2 dans son métier"
    assert (
        plain(offers_gained(gain, Register.PERSON)) == "scooter : 3 offres de plus, dont 2 dans votre métier"
    )
    assert plain(offers_gained(gain, Register.LIAISON)) == (
        "solution à étudier avec le référent : 3 offres de plus, dont 2 dans son métier"
    )


def test_a_car_is_of_no_use_without_a_licence() -> None:
    person = participant(modes=modes(walk=YES), licences=())
    gains = by_change(levers_for_participant(person, [offer(place=NORTH)], AROUND, on=ON))
    assert ((LeverCode.MODE, None, Mode.CAR),) not in gains
    driver = participant(modes=modes(walk=YES), licences=None)
    gains = by_change(levers_for_participant(driver, [offer(place=NORTH)], AROUND, on=ON))
    assert ((LeverCode.MODE, None, Mode.CAR),) in gains


def test_only_the_steps_that_open_more_are_told() -> None:
    # Care opens 7 h 40 = 460 and the post is 35 min from it: 8 h lacks 15, 7 h 30 lacks 45.
    posts = [
        offer(id="eight", place=WORK),
        offer(id="half past seven", place=WORK, schedule=shifts((0, 450, 900))),
    ]
    gains = by_change(levers_for_participant(mother(460, 1110), posts, ROADS, on=ON))
    told = {key[0][1]: gain.opens for key, gain in gains.items() if key[0][0] is LeverCode.CARE_EARLIER}
    assert told == {15: ("eight",), 45: ("eight", "half past seven")}


def test_a_day_of_care_more_is_a_lever_at_the_hours_of_the_other_days() -> None:
    # Cared for from 7 h to 18 h 30, but not on Wednesday; posts from Monday to Friday, 35 min away.
    windows = tuple(one for one in every_day(420, 1110) if one.day in (0, 1, 3, 4))
    care = CareWindows(children=(child(windows, windows),))
    week = [(day, 480, 960) for day in range(5)]
    posts = [
        offer(id="eight", place=WORK, schedule=shifts(*week)),
        # 7 h 30 − 35 min = 6 h 55 is before the opening: one more day is not enough.
        offer(id="early", place=WORK, schedule=shifts(*((day, 450, 900) for day in range(5)))),
    ]
    gains = levers_for_participant(mother(420, 1110, care=care), posts, ROADS, on=ON, pairs=False)
    (gain,) = (one for one in gains if one.levers[0].code is LeverCode.CARE_DAY)
    assert (gain.levers[0].days, gain.opens) == ((2,), ("eight",))
    assert plain(offers_gained(gain, Register.FULL)) == (
        "une garde le mercredi : 1 offre de plus, dans son métier"
    )


def test_a_certificate_that_the_offers_ask_for_is_a_lever() -> None:
    post = offer(certificates=("SST",))
    gains = by_change(levers_for_participant(participant(), [post], AROUND, on=ON))
    gain = gains[((LeverCode.CERTIFICATE, None, "SST"),)]
    names = Names(labels={"SST": "sauveteur secouriste du travail"})
    assert plain(offers_gained(gain, Register.FULL, names)) == (
        "sauveteur secouriste du travail : 1 offre de plus, dans son métier"
    )
    held = participant(certificates=(Certificate(code="SST", valid_until=None),))
    assert levers_for_participant(held, [post], AROUND, on=ON) == ()


def test_two_changes_are_told_together_only_for_what_neither_opens_alone() -> None:
    # Care 7 h 40 to 16 h 20 = 980, post 8 h to 16 h: 15 missing in the morning, 960 + 35 − 980 = 15 at night.
    # The road is as long by every mode.
    around = roads(*((a, b, mode, "", 35) for mode in BY_ROAD for a, b in permutations(PLACES, 2)))
    gains = levers_for_participant(
        mother(460, 980, projects=(project(max_travel_minutes=90),)), [offer(place=WORK)], around, on=ON
    )
    assert list(by_change(gains)) == [((LeverCode.CARE_EARLIER, 15, None), (LeverCode.CARE_LATER, 15, None))]
    assert plain(offers_gained(gains[0], Register.FULL)) == (
        "garde 15 min plus tôt et garde 15 min plus tard : 1 offre de plus, dans son métier"
    )


def test_a_licence_and_a_car_go_together() -> None:
    post = offer(place=NORTH, licences=("B",), vehicle_required=True)
    person = participant(modes=modes(walk=YES), licences=())
    gains = by_change(levers_for_participant(person, [post], AROUND, on=ON))
    assert ((LeverCode.LICENCE, None, "B"), (LeverCode.MODE, None, Mode.CAR)) in gains


def test_a_licence_alone_opens_what_the_car_that_she_has_reaches() -> None:
    person = participant(modes=modes(walk=YES, car=YES), licences=())
    gains = by_change(levers_for_participant(person, [offer(place=NORTH)], AROUND, on=ON))
    assert ((LeverCode.LICENCE, None, "B"),) in gains


def test_a_lorry_s_licence_is_no_lever_for_who_drives_no_car_yet() -> None:
    """Too far on foot as well: a car and a licence. With a licence B, C is one training away."""
    post = offer(place=WORK, licences=("C",))
    for held, sought in (((), set()), (("B",), {"C"})):
        papers = tuple(Licence(category=one, valid_from=None, valid_until=None) for one in held)
        person = participant(modes=modes(walk=YES), licences=papers)
        gains = levers_for_participant(person, [post], AROUND, on=ON)
        papers_told = {one.item for gain in gains for one in gain.levers if one.code is LeverCode.LICENCE}
        assert papers_told == sought


def test_three_obstacles_are_not_a_lever() -> None:
    post = offer(place=NORTH, certificates=("SST",), language=LanguageLevel.C1)
    person = participant(modes=modes(walk=YES))
    assert levers_for_participant(person, [post], AROUND, on=ON) == ()


def test_a_later_start_opens_the_post_to_people() -> None:
    post = offer(
        place=WORK,
        schedule=shifts((0, 450, 900), (1, 450, 900)),
        flexibilities=flexible(start_later_minutes=30),
    )
    # Opens 7 h 40: needs 8 h 15 = 495, 45 later. Opens 7 h 10: needs 7 h 45 = 465, 15 later.
    people = [mother(460, 1110, id="a"), mother(430, 1110, id="b"), mother(460, 1110, id="c")]
    gains = by_change(levers_for_offer(post, people, ROADS, on=ON))
    sooner = gains[((LeverCode.START_LATER, 15, None),)]
    later = gains[((LeverCode.START_LATER, 45, None),)]
    assert (sooner.opens, later.opens) == (("b",), ("a", "b", "c"))
    assert plain(people_gained(later, post)) == (
        "prise de poste à 8 h 15 au lieu de 7 h 30 : 3 personnes de plus"
    )
    assert plain(people_gained(sooner, post)) == (
        "prise de poste à 7 h 45 au lieu de 7 h 30 (l’employeur l’a déjà accepté) : 1 personne de plus"
    )


def test_a_shift_moved_whole_keeps_its_hours() -> None:
    post = offer(
        place=WORK,
        schedule=shifts((0, 450, 900)),
        flexibilities=flexible(start_later_minutes=60, end_later_minutes=60),
    )
    gains = by_change(levers_for_offer(post, [mother(460, 1110)], ROADS, on=ON))
    # Opens 7 h 40, 35 min away: from 8 h 15 = 495, 45 later, to 15 h 45.
    gain = gains[((LeverCode.SHIFT_LATER, 45, None),)]
    assert plain(people_gained(gain, post)) == (
        "poste de 8 h 15 à 15 h 45 au lieu de 7 h 30 à 15 h 00 (l’employeur l’a déjà accepté) : "
        "1 personne de plus"
    )


def test_who_is_opened_by_a_post_adapted_is_not_for_every_eye() -> None:
    heavy = offer(demands=(PhysicalDemand.LOADS,))
    (gain,) = levers_for_offer(heavy, [participant(physical=able(loads=NO))], AROUND, on=ON)
    assert gain.tells_a_limit
    (moved,) = levers_for_participant(participant(), [offer(certificates=("SST",))], AROUND, on=ON)
    assert not moved.tells_a_limit


def test_a_shuttle_from_the_commune_of_those_who_have_no_way() -> None:
    gains = levers_for_offer(offer(place=NORTH), [participant(modes=modes())], AROUND, on=ON)
    gain = by_change(gains)[((LeverCode.SHUTTLE, 12, "62765"),)]
    names = Names(labels={"62765": "Saint-Omer"})
    assert (
        plain(people_gained(gain, offer(), names=names)) == "navette depuis Saint-Omer : 1 personne de plus"
    )


def test_a_day_off_and_a_post_adapted_open_too() -> None:
    saturday = offer(schedule=shifts((0, 480, 960), (5, 480, 960)))
    gains = by_change(levers_for_offer(saturday, [participant()], AROUND, on=ON))
    assert plain(people_gained(gains[((LeverCode.DAY_OFF, None, None),)], saturday)) == (
        "ne pas travailler le samedi : 1 personne de plus"
    )
    heavy = offer(demands=(PhysicalDemand.LOADS,))
    gains = by_change(levers_for_offer(heavy, [participant(physical=able(loads=NO))], AROUND, on=ON))
    assert plain(people_gained(gains[((LeverCode.POST_ADAPTED, None, "loads"),)], heavy)) == (
        "poste aménagé (port de charges) : 1 personne de plus"
    )


def test_the_order_of_the_inputs_changes_nothing() -> None:
    posts = [offer(id="a", place=NORTH), offer(id="b", place=WORK), offer(id="c", certificates=("SST",))]
    person = participant(modes=modes(walk=YES))
    assert levers_for_participant(person, posts, AROUND, on=ON) == levers_for_participant(
        person, posts[::-1], AROUND, on=ON
    )


def test_longer_travel_in_steps_of_a_quarter() -> None:
    person = participant(modes=modes(bike=YES), projects=(project(max_travel_minutes=20),))
    gains = by_change(levers_for_participant(person, [offer(place=NORTH)], AROUND, on=ON))
    # 33 min by bike: 15 more is enough.
    assert ((LeverCode.TRAVEL_LONGER, 15, None),) in gains
    assert ((LeverCode.TRAVEL_LONGER, 30, None),) not in gains


def test_questions_are_ranked_by_the_pairs_that_they_decide() -> None:
    untold = offer(id="untold", schedule=HoursNotTold())
    told = offer(id="told")
    people = [participant(id=f"p{rank}") for rank in range(3)]
    lost = participant(id="lost", availability=AvailabilityUnknown())
    found = questions([*people, lost], [untold, told], AROUND, on=ON)
    # The hours decide for the three; for the fourth her availability is not explored either: neither decides.
    assert [(one.question.code, one.about, one.decides) for one in found] == [
        (QuestionCode.HOURS, "untold", 3),
        (QuestionCode.AVAILABILITY, "lost", 1),
    ]
    assert (
        plain(question_gained(found[0], Register.LIAISON))
        == "Demander à l’employeur les horaires : 3 personnes en dépendent"
    )
    assert (
        plain(question_gained(found[1], Register.FULL)) == "Préciser les disponibilités : 1 offre en dépend"
    )
    assert (
        plain(question_gained(found[1], Register.LIAISON))
        == "Horaires à confirmer avec le référent : 1 offre en dépend"
    )
    assert question_gained(found[1], Register.EMPLOYER) is None


def test_a_question_beside_another_decides_nothing_alone() -> None:
    post = offer(schedule=HoursNotTold(), language=LanguageLevel.B1)
    (first, second) = questions([participant(language=None)], [post], AROUND, on=ON)
    assert (first.decides, first.concerns, second.decides, second.concerns) == (0, 1, 0, 1)
    assert (
        plain(question_gained(first, Register.FULL))
        == "Demander à l’employeur les horaires : 1 personne en dépend, avec d’autres questions"
    )


def test_earlier_availability_is_a_lever_of_its_own() -> None:
    person = participant(availability=AvailabilityWindows(windows=every_day(480, 1200)))
    gains = by_change(levers_for_participant(person, [offer()], AROUND, on=ON))
    # 8 h, 5 min by car: to leave at 7 h 55 she must be available a quarter earlier.
    assert list(gains) == [((LeverCode.AVAILABLE_EARLIER, 15, None),)]
