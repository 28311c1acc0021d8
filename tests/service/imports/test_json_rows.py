"""Offers in JSON, however they were saved, and however the file was cut."""

import pytest

from service.imports.json_rows import read_objects
from service.imports.report import FileRefused


def ids(text: str) -> list[tuple[int, object]]:
    return [(row.line, "?" if row.fault else row.value.get("id")) for row in read_objects(text)]


@pytest.mark.parametrize(
    "text",
    [
        '{"resultats":[{"id":"1"},{"id":"2"}],"filtresPossibles":[{"filtre":"x","agregation":[]}]}',
        '{"filtresPossibles":[{"filtre":"x"}],"resultats":[{"id":"1"},{"id":"2"}]}',
        '[{"id":"1"},{"id":"2"}]',
    ],
)
def test_an_answer_and_a_bare_list_give_the_same_offers(text: str) -> None:
    assert ids(text) == [(1, "1"), (1, "2")]


def test_one_offer_or_one_answer_a_line() -> None:
    assert ids('{"id":"1"}\n{"id":"2"}\n') == [(1, "1"), (2, "2")]
    assert ids('{"resultats":[{"id":"1"}]}\n{"resultats":[{"id":"2"}]}') == [(1, "1"), (2, "2")]


def test_an_offer_badly_written_costs_itself_alone_and_names_its_line() -> None:
    text = '{"resultats":[{"id":"1"},\n{"id":"2",\n "x": "a"b"},\n{"id":"3"}]}'
    assert ids(text) == [(1, "1"), (3, "?"), (4, "3")]


def test_a_file_cut_in_the_middle_gives_what_was_whole() -> None:
    assert ids('{"resultats":[{"id":"1"},\n{"id":"2"},\n{"id":"3","desc') == [(1, "1"), (2, "2"), (3, "?")]


def test_what_is_not_an_offer_in_the_list_is_told() -> None:
    assert ids('[{"id":"1"},\nnull,\n3,\n{"id":"2"}]') == [(1, "1"), (2, "?"), (3, "?"), (4, "2")]


def test_an_empty_answer_holds_nothing_and_a_text_is_not_json() -> None:
    assert ids('{"resultats":[]}') == []
    with pytest.raises(FileRefused):
        ids("bonjour")


def test_a_file_nested_without_end_is_told_not_followed() -> None:
    assert [row[1] for row in ids("[\n" + "[" * 5000)] == ["?"]
