from datetime import date

import pytest

from clauses import BadGrid, default_grid, read_grid

LOCAL = """
id = "grille-locale"
version = 2
label = "Grille du département"
in_force_from = 2027-01-01
period_months = 18

[[criteria]]
code = "RSA"
label = "RSA"
source = "Acheteur"
proofs = [{ label = "Attestation", valid_months = 3 }]
"""


def test_the_default_grid_holds_the_publics_of_the_brief_with_their_sources() -> None:
    grid = default_grid()
    codes = {c.code for c in grid.criteria}
    assert {
        "DELD",
        "SEN50",
        "RSA",
        "ASS",
        "AAH",
        "BOETH",
        "J26",
        "IAE",
        "GEIQ",
        "STPA",
        "QPV",
        "AVIS",
    } <= codes
    assert all(c.source and c.proofs for c in grid.criteria)
    assert {c.code for c in grid.criteria if c.historic} == {"AV", "AI"}
    assert {c.code for c in grid.criteria if c.needs_opinion} == {"AVIS"}
    assert (grid.version, grid.in_force_from, grid.period_months) == (1, date(2021, 4, 1), 24)


def test_a_buyer_may_have_its_own_grid() -> None:
    grid = read_grid(LOCAL)
    assert (grid.id, grid.version, grid.period_months) == ("grille-locale", 2, 18)


@pytest.mark.parametrize(
    "text",
    [
        "pas du toml [",
        'id = "x"',
        LOCAL.replace("period_months = 18", "period_months = 0"),
        LOCAL + '[[criteria]]\ncode = "RSA"\nlabel = "Encore"\nsource = "Acheteur"\nproofs = []\n',
        LOCAL.replace("version = 2", "version = 2\ninconnu = 1"),
    ],
)
def test_a_grid_that_says_wrong_is_refused(text: str) -> None:
    with pytest.raises(BadGrid):
        read_grid(text)
