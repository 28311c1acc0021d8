"""No figure about fewer than five people leaves, and none can be found again by subtraction."""

from service.bilans.cells import Cell, cells_of, code_of, hide_cells


def cell(label: str, people: int, hours: int = 10000) -> Cell:
    return Cell(label=label, hours=hours, people=people)


def hidden(cells: tuple[Cell, ...]) -> set[str]:
    return {c.label for c in cells if c.people is None}


def test_a_cell_of_four_takes_the_next_smallest_with_it() -> None:
    # Only « ETTI » is under five; with the total (4 + 6 + 9 = 19) it would be found by subtraction.
    assert hidden(hide_cells((cell("Direct", 9), cell("GEIQ", 6), cell("ETTI", 4)))) == {"ETTI", "GEIQ"}


def test_two_small_cells_that_make_five_people_hide_nobody_else() -> None:
    assert hidden(hide_cells((cell("a", 9), cell("b", 2), cell("c", 3)))) == {"b", "c"}


def test_two_small_cells_of_four_people_in_all_take_a_third() -> None:
    # b and c together are 4 people: fewer than five would be told by the difference with the total.
    assert hidden(hide_cells((cell("a", 9), cell("b", 2), cell("c", 2)))) == {"a", "b", "c"}


def test_cells_of_five_and_more_are_shown() -> None:
    assert hidden(hide_cells((cell("a", 5), cell("b", 12)))) == set()


def test_people_are_counted_once_in_a_cell() -> None:
    lines = [("ETTI", 100, "n"), ("ETTI", 250, "n"), ("GEIQ", 300, "o")]
    found = cells_of(lines, lambda x: x[0], lambda x: x[1], lambda x: x[2])
    assert found == (cell("ETTI", 1, 350), cell("GEIQ", 1, 300))


def test_a_code_is_the_same_on_a_lot_and_another_on_another_lot() -> None:
    assert code_of("lot1", "nadia") == code_of("lot1", "nadia")
    assert len({code_of("lot1", "nadia"), code_of("lot2", "nadia"), code_of("lot1", "omar")}) == 3
