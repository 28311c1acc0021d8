"""Small groups: every expected cell is worked from the number of people told in the test."""

from hypothesis import given
from hypothesis import strategies as st

from clauses.disclosure import Group, disclose, group_by, total_of


def group(key: str, *people: str, hours: int = 1000) -> Group:
    return Group(key=key, hours=hours, people=frozenset(people), placements=frozenset(people))


FIVE = ("a", "b", "c", "d", "e")
SIX = ("f", "g", "h", "i", "j", "k")


def hidden(*groups: Group) -> set[str]:
    return {cell.key for cell in disclose(groups, 5) if cell.hidden}


def test_a_group_of_five_is_shown_and_one_of_four_is_not() -> None:
    assert hidden(group("x", *FIVE), group("y", *SIX)) == set()
    assert "x" in hidden(group("x", *FIVE[:4]), group("y", *SIX), group("z", *FIVE))


def test_a_small_cell_is_never_hidden_alone_since_the_total_would_tell_it() -> None:
    # Four people hidden; the next smallest, of five, is hidden with them: nine people together.
    assert hidden(group("x", "p", "q", "r", "s"), group("y", *SIX), group("z", *FIVE)) == {"x", "z"}


def test_two_small_cells_that_hold_five_people_together_guard_each_other() -> None:
    assert hidden(group("x", "p", "q"), group("y", "r", "s", "t"), group("z", *SIX)) == {"x", "y"}


def test_two_small_cells_of_the_same_few_people_need_a_third() -> None:
    # p and q twice: two people only, so z goes too.
    assert hidden(group("x", "p", "q"), group("y", "p", "q"), group("z", *SIX)) == {"x", "y", "z"}


def test_a_total_of_fewer_than_five_is_hidden_and_of_nobody_is_zero() -> None:
    assert total_of((group("x", "p", "q"), group("y", "p", "r")), 5).hidden
    nobody = total_of((), 5)
    assert (nobody.hours, nobody.people) == (0, 0)
    assert total_of((group("x", *FIVE), group("y", *FIVE)), 5).people == 5


def test_a_person_on_two_rows_is_one_head_and_a_row_without_hours_is_nobody() -> None:
    rows = [("x", 100, "p", "1"), ("x", 200, "p", "2"), ("x", 0, "q", "3")]
    (found,) = group_by(rows, lambda r: r[0], lambda r: r[1], lambda r: r[2], lambda r: r[3])
    assert (found.hours, found.people, len(found.placements)) == (300, frozenset({"p"}), 2)


@given(
    st.dictionaries(st.sampled_from("uvwxyz"), st.sets(st.sampled_from("abcdefghij"), min_size=1), min_size=1)
)
def test_what_is_hidden_can_never_be_told_by_subtraction(told: dict[str, set[str]]) -> None:
    groups = tuple(group(key, *people) for key, people in sorted(told.items()))
    cells = disclose(groups, 5)
    kept = {cell.key for cell in cells if not cell.hidden}
    assert all(len(told[key]) >= 5 for key in kept)
    missing = set(told) - kept
    if missing and kept:
        assert len(missing) > 1
        assert len(set().union(*(told[key] for key in missing))) >= 5
