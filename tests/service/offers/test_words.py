"""An offer in words."""

from matching.terms import Answer
from matching.week import FixedWeek, HoursNotTold, RotatingWeeks, Shift, every_shift
from service.offers.words import days_words, experience_words, schedule_words, week_pictures


def test_days_in_a_row_are_told_by_their_ends_and_others_one_by_one() -> None:
    assert days_words([0, 1, 2, 3, 4]) == "Du lundi au vendredi"
    assert days_words([1, 3]) == "Mardi, jeudi"


def test_a_rotation_says_when_its_phase_is_still_to_ask() -> None:
    weeks = (every_shift(300, 780), every_shift(780, 1260))
    assert schedule_words(RotatingWeeks(weeks=weeks, first_on_odd=None)).endswith("phase à préciser")
    assert schedule_words(HoursNotTold()) == "Horaires inconnus"
    assert week_pictures(HoursNotTold()) == []


def test_a_sunday_night_is_drawn_on_sunday_evening_and_monday_morning() -> None:
    ((_, picture),) = week_pictures(FixedWeek(shifts=(Shift(day=6, start=1260, end=1740),)))
    assert picture is not None
    assert [row.day for row in picture.twin()] == ["Lundi", "Dimanche"]


def test_experience_is_told_in_years_and_months() -> None:
    # 30 months are two years and six months.
    assert experience_words(30, Answer.NO) == "2\u00a0ans et 6\u00a0mois d’expérience"
    assert experience_words(0, Answer.YES) == "Débutants acceptés"
    assert experience_words(None, Answer.UNKNOWN) == "Non précisé"
    assert experience_words(None, Answer.NO).startswith("Expérience demandée")
