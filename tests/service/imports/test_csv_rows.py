"""CSV as people really save it: separators, marks, quotes broken on one line."""

import pytest

from service.imports.csv_rows import open_table, read_rows
from service.imports.report import FileRefused

KNOWN = {"nom": "nom", "ville": "ville", "note": "note", "code postal": "cp"}


def rows(text: str) -> list[tuple[int, dict[str, str], bool]]:
    table = open_table(text, KNOWN, ("nom",))
    return [(row.line, row.cells, bool(row.fault)) for row in read_rows(table)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_separator_is_found_from_the_header(delimiter: str) -> None:
    text = f"Nom{delimiter}Ville\r\nAna{delimiter}Arques\r\n"
    assert rows(text) == [(2, {"nom": "Ana", "ville": "Arques"}, False)]


def test_a_quote_broken_on_one_line_costs_that_line_alone() -> None:
    text = 'nom;ville;note\nAna;Arques;"ouverte\n' + "".join(f"P{n};Arques;ok\n" for n in range(300))
    found = rows(text)
    assert found[0] == (2, {}, True)
    assert len(found) == 301
    assert found[300] == (302, {"nom": "P299", "ville": "Arques", "note": "ok"}, False)


def test_a_broken_quote_before_quoted_rows_costs_its_line_alone() -> None:
    text = 'nom;ville;note\nAna;Arques;"ouverte\n' + "".join(
        f'P{n};Arques;"dit ""oui"""\n' for n in range(100)
    )
    found = rows(text)
    assert [row[2] for row in found] == [True] + [False] * 100
    assert found[1][1]["note"] == 'dit "oui"'


def test_line_breaks_and_separators_inside_quotes_stay_in_their_cell() -> None:
    found = rows('nom;ville;note\nAna;Arques;"deux\nlignes ; et un point-virgule"\nBob;Arques;\n')
    assert found[0][1]["note"] == "deux\nlignes ; et un point-virgule"
    assert found[1] == (4, {"nom": "Bob", "ville": "Arques", "note": ""}, False)


def test_a_quote_inside_a_word_is_a_plain_character() -> None:
    assert rows('nom;ville\nTuyau 5";Arques\n')[0][1]["nom"] == 'Tuyau 5"'


def test_a_separator_too_many_is_told_and_missing_last_cells_are_empty() -> None:
    found = rows("nom;ville\nAna;Arques;perdu\nBob\n;;\n\nCid;;\n")
    assert [(line, bad) for line, _, bad in found] == [(2, True), (3, False), (6, False)]


def test_a_missing_or_double_column_refuses_the_file() -> None:
    with pytest.raises(FileRefused, match="il manque\u202f: nom"):
        rows("ville;note\nArques;x\n")
    with pytest.raises(FileRefused, match="deux fois"):
        rows("nom;Nom\nAna;Bob\n")
    with pytest.raises(FileRefused):
        rows("\n \n")


def test_columns_that_nobody_knows_are_named_and_left_out() -> None:
    table = open_table("nom;couleur\nAna;bleu\n", KNOWN, ("nom",))
    assert table.unknown == ("couleur",)
    assert next(iter(read_rows(table))).cells == {"nom": "Ana"}
