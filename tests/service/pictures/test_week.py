"""The week strip: positions worked by hand, and a twin that says the same."""

from matching.strip import Stretch, StretchKind, WeekStrip
from matching.week import FixedWeek, HoursNotTold, RotatingWeeks, WeekKind, every_shift
from service.pictures.week import HEAD, LANE, LEFT, PLOT, week_picture, week_pictures, week_titles

K = StretchKind


def stretch(kind: StretchKind, day: int, start: int, end: int) -> Stretch:
    return Stretch(kind=kind, day=day, start=start, end=end)


EARLY = WeekStrip(
    week=WeekKind.SCHOOL_ODD,
    stretches=(
        stretch(K.AVAILABLE, 0, 360, 1200),
        stretch(K.CARE, 0, 460, 1110),
        stretch(K.COMMUTE, 0, 441, 450),
        stretch(K.POST, 0, 450, 900),
        stretch(K.MISSING, 0, 436, 460),
    ),
)


def test_an_empty_strip_has_no_picture() -> None:
    assert week_picture(WeekStrip(week=None, stretches=())) is None


def test_bars_stand_where_their_minutes_say() -> None:
    """From 6 h 00 less a half hour, 330, to 20 h 00 and a half, 1230: 900 minutes over the plot.
    The post from 450 to 900: (450 - 330) / 900 = 2/15 and (900 - 330) / 900 = 19/30 of the width.
    """
    picture = week_picture(EARLY)
    assert picture is not None
    assert (picture.first, picture.last) == (330, 1230)
    (post,) = [bar for bar in picture.bars() if bar.kind == "post"]
    assert post.x == round(LEFT + PLOT * 2 / 15, 1)
    assert post.width == round(round(LEFT + PLOT * 19 / 30, 1) - post.x, 1)
    assert (post.y, post.words) == (HEAD, "Poste, lundi 7\u202fh\u202f30 – 15\u202fh\u202f00")


def test_the_missing_minutes_lie_over_the_post_and_each_window_has_its_lane() -> None:
    picture = week_picture(EARLY)
    assert picture is not None
    kinds = [bar.kind for bar in picture.bars()]
    assert kinds == ["post", "commute", "missing", "available", "care"]
    lanes = {bar.kind: bar.y for bar in picture.bars()}
    assert lanes["post"] == lanes["commute"] == lanes["missing"]
    assert (lanes["available"], lanes["care"]) == (HEAD + LANE, HEAD + 2 * LANE)


def test_the_table_twin_says_what_the_picture_shows() -> None:
    picture = week_picture(EARLY)
    assert picture is not None
    assert [label for _, label in picture.legend()] == [
        "Poste",
        "Trajet",
        "Il manque",
        "Disponibilité",
        "Garde",
    ]
    (row,) = picture.twin()
    assert row.day == "Lundi"
    assert row.cells[2].replace("\u202f", " ") == "24 min (7 h 16 – 7 h 40)"
    assert picture.caption == "Le poste et la semaine de la personne, les semaines impaires d’école"


def test_the_liaison_s_strip_names_no_week_and_no_cause() -> None:
    strip = WeekStrip(week=None, stretches=(stretch(K.POST, 2, 450, 900), stretch(K.NET, 2, 464, 1110)))
    picture = week_picture(strip)
    assert picture is not None
    assert picture.caption == "Le poste et la semaine de la personne"
    assert [label for _, label in picture.legend()] == ["Poste", "Peut être au poste"]


def test_a_night_reaches_the_edge_of_the_day() -> None:
    strip = WeekStrip(week=None, stretches=(stretch(K.POST, 0, 1260, 1440), stretch(K.POST, 1, 0, 300)))
    picture = week_picture(strip)
    assert picture is not None
    assert (picture.first, picture.last) == (0, 1440)
    assert picture.twin()[0].cells[0] == "21\u202fh\u202f00 – 24\u202fh\u202f00"


def test_weeks_that_alternate_are_named_and_drawn_on_one_scale() -> None:
    shifts = tuple(every_shift(start, start + 480, (0,)) for start in (300, 780))
    schedule = RotatingWeeks(weeks=shifts, first_on_odd=None)
    strips = tuple(
        WeekStrip(week=None, stretches=(stretch(K.POST, 0, start, start + 480),), rank=rank)
        for rank, start in enumerate((300, 780))
    )
    one, two = week_pictures(strips, schedule)
    assert (one.title, two.title) == ("Semaine A", "Semaine B")
    assert one.caption.startswith("Semaine A\u202f: le poste")
    # 5 h to 13 h and 13 h to 21 h: both from 4 h 30 to 21 h 30.
    assert {(week.first, week.last) for week in (one, two)} == {(270, 1290)}


def test_one_week_alone_has_no_name() -> None:
    strip = WeekStrip(week=None, stretches=(stretch(K.POST, 0, 300, 780),))
    (week,) = week_pictures((strip,), FixedWeek(shifts=every_shift(300, 780, (0,))))
    assert week.title == ""


def test_the_weeks_of_a_rotation_are_lettered_with_their_parity_when_it_is_known() -> None:
    weeks = (every_shift(300, 780), every_shift(780, 1260))
    assert week_titles(RotatingWeeks(weeks=weeks, first_on_odd=False)) == [
        "Semaine A (paires)",
        "Semaine B (impaires)",
    ]
    assert week_titles(RotatingWeeks(weeks=(*weeks, ()), first_on_odd=None))[2] == "Semaine C"
    assert week_titles(HoursNotTold()) == []
