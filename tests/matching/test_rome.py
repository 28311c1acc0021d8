"""The shipped codes of ROME 4.0."""

import re

from matching.rome import load_rome_codes, rome_label


def test_the_1584_codes_of_rome_4_are_shipped_in_order() -> None:
    codes = load_rome_codes()
    assert len(codes) == 1584
    assert list(codes) == sorted(codes)
    assert all(re.fullmatch(r"[A-N]\d{4}", code) for code in codes)


def test_a_code_has_its_label_and_an_unknown_code_stands_for_itself() -> None:
    assert rome_label("A1203") == "Agent / Agente d'entretien des espaces verts"
    assert rome_label("Z9999") == "Z9999"
