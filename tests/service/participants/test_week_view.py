"""The pictures of a person's week: one for each kind of week that differs."""

from matching.strip import StretchKind
from matching.week import (
    ABSENT_WEEK,
    AvailabilityUnknown,
    AvailabilityWindows,
    CareUnknown,
    CareWindows,
    ChildCare,
    NoCareNeed,
    care_week,
    child,
    every_day,
)
from service.participants.week_view import care_view, week_pictures

FREE = AvailabilityWindows(windows=every_day(480, 1020))  # 8 h – 17 h
SCHOOL = every_day(510, 990)  # 8 h 30 – 16 h 30


def test_nothing_known_draws_nothing() -> None:
    assert week_pictures(AvailabilityUnknown(), CareUnknown()) == ()


def test_one_picture_serves_every_week_that_is_alike() -> None:
    [picture] = week_pictures(FREE, NoCareNeed())
    assert picture.caption == "Disponibilité, sans enfant à faire garder, toutes les semaines"
    # Half an hour around: from 7 h 30 to 17 h 30.
    assert (picture.first, picture.last) == (450, 1050)


def test_holidays_not_explored_have_their_own_picture() -> None:
    told, asked = week_pictures(FREE, CareWindows(children=(child(SCHOOL, None),)))
    assert told.caption == "Disponibilité et garde de tous les enfants, en période scolaire"
    assert asked.caption == "Disponibilité, garde non explorée, pendant les vacances scolaires"
    assert {one.kind for one in asked.stretches} == {StretchKind.AVAILABLE}


def test_care_is_what_covers_every_child_present() -> None:
    short = every_day(540, 1020)  # 9 h – 17 h
    [picture] = week_pictures(FREE, CareWindows(children=(child(SCHOOL, SCHOOL), child(short, short))))
    # 8 h 30 – 16 h 30 and 9 h – 17 h: both children are kept from 9 h to 16 h 30.
    care = [one for one in picture.stretches if one.kind is StretchKind.CARE]
    assert {(one.start, one.end) for one in care} == {(540, 990)}


def test_weeks_without_the_child_are_drawn_apart() -> None:
    alternate = ChildCare(
        school_odd=care_week(SCHOOL),
        school_even=ABSENT_WEEK,
        holiday_odd=care_week(SCHOOL),
        holiday_even=ABSENT_WEEK,
    )
    captions = [one.caption for one in week_pictures(FREE, CareWindows(children=(alternate,)))]
    assert captions == [
        "Disponibilité et garde de tous les enfants, les semaines impaires",
        "Disponibilité, sans enfant à faire garder, les semaines paires",
    ]


def test_a_child_not_explored_in_one_week_makes_the_care_unknown() -> None:
    view = care_view(CareWindows(children=(child(SCHOOL, SCHOOL), child(SCHOOL, None))))
    assert (view.sentence, view.known) == ("2 enfants à faire garder", False)
    assert [one.told for one in view.children] == [
        "garde connue",
        "garde non explorée, pendant les vacances scolaires",
    ]
