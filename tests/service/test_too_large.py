"""What is too large to be read is refused in a sentence, before anything of it is kept."""

from collections.abc import Callable

from tests.visitor import Visitor
from tests.world import World

MONTH = "/mes-declarations/mois"


def test_a_form_above_the_limit_is_told_what_to_do_on_a_page_and_in_json(
    visitor: Callable[..., Visitor], world: World
) -> None:
    firm = visitor(world.here.users["contractor"])
    heavy = {"mois": "2026-01", "acte": "brouillon", "h-x": "7" * 12_100_000}
    page = firm.post(MONTH, heavy)
    assert page.status_code == 413
    assert "trop volumineux (12 Mo au plus)" in page.text
    assert "Revenez à la page précédente" in page.text
    told = firm.post(MONTH, heavy, as_json=True)
    assert (told.status_code, "trop volumineux" in told.json()["sentence"]) == (413, True)
    # The next, ordinary request is served.
    assert firm.get("/").status_code == 200
