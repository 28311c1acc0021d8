"""The score bar, 300 wide: parts that add up, and what the liaison reads as one."""

from matching.match import PartState
from matching.scoring import score
from service.pictures.score import per_cent, points, score_bar

# Weights 35 and 15 known, 5 not known: (35 × 10000 + 15 × 4000) ÷ 50 = 8200; 7000 and 1200 points.
FIT = score((("occupation", 35, 10_000), ("experience", 15, 4_000), ("language", 5, PartState.UNKNOWN)))


def test_segments_touch_and_end_where_the_total_does() -> None:
    bar = score_bar("Répond au poste", FIT, discreet=False)
    assert bar.total == sum(part.points for part in bar.parts) == 8_200
    first, second = bar.segments()
    assert (first.x, first.width) == (0, 210)
    assert (second.x, second.x + second.width) == (210, 246)


def test_the_twin_gives_points_out_of_what_each_part_could_bring() -> None:
    """35 of 50 known is 70 points; 15 of 50 is 30."""
    bar = score_bar("Répond au poste", FIT, discreet=False)
    assert bar.twin() == (
        ("Métier du poste", "70,0", "70,0"),
        ("Expérience", "12,0", "30,0"),
        ("Français", "non renseigné", "—"),
    )


def test_the_liaison_reads_experience_and_the_rest_as_one_part() -> None:
    bar = score_bar("Répond au poste", FIT, discreet=True)
    assert [part.label for part in bar.parts] == ["Métier du poste", "Expérience et autres attentes"]
    assert sum(part.points for part in bar.parts) == bar.total


def test_what_nobody_asks_for_has_no_row() -> None:
    bar = score_bar("x", score((("trade", 40, 5_000), ("wage", 10, PartState.NOT_ASKED))), discreet=False)
    assert [part.label for part in bar.parts] == ["Métier recherché"]


def test_figures_are_rounded_half_up() -> None:
    assert (per_cent(8_250), per_cent(8_249), points(1_255)) == (83, 82, "12,6")
