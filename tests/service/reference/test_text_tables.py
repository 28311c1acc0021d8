"""Tables given on the command line: what is read, what is refused, and in which words."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from service.reference.text_tables import TableError, read_table


def test_wanted_columns_are_read_in_the_order_asked_with_their_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes("\ufefftext\tautre\tid\r\nMaçon\tx\t7\r\n\r\nCariste\t\t8\r\n".encode())
    table = read_table(path, ("id", "text"))
    assert table.rows == [(2, ("7", "Maçon")), (4, ("8", "Cariste"))]
    assert table.faults == []


def test_a_bad_line_is_told_with_its_number_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(
        b"id\ttext\n1\tok\n2\n\tvide\n4\t\xff\xfe\n5\ta\x00b\n6\t" + b"x" * 20_001 + b"\n7\tfin\n"
    )
    table = read_table(path, ("id", "text"))
    assert [row[0] for row in table.rows] == [2, 8]
    assert [str(fault) for fault in table.faults] == [
        "ligne 3 : 1 colonne au lieu de 2.",
        "ligne 4 : la colonne « id » est vide.",
        "ligne 5 : ce n’est pas de l’UTF-8.",
        "ligne 6 : la colonne « text » contient un caractère de contrôle.",
        "ligne 7 : trop longue (20003 octets, 20000 au plus).",
    ]


def test_a_file_without_the_column_or_absent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("id;text\n1;a\n")
    with pytest.raises(TableError, match="n’a pas la colonne « id »"):
        read_table(tmp_path / "t.tsv", ("id", "text"))
    with pytest.raises(TableError, match="n’existe pas"):
        read_table(tmp_path / "absent.tsv", ("id", "text"))


def test_a_folder_is_refused_and_a_dash_reads_the_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TableError, match="est un dossier"):
        read_table(tmp_path, ("id", "text"))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("id\ttext\n1\tmaçon\n".encode())))
    assert read_table(Path("-"), ("id", "text")).rows == [(2, ("1", "maçon"))]
