"""What is typed in a commune or an occupation field: found, asked again with choices, never guessed."""

import pytest

from matching.communes import load_communes
from service.forms import Form
from service.reference_pages.communes import commune_label
from service.reference_pages.resolve import candidates, read_commune, read_occupation, written_occupation


def commune(typed: str, **options: object) -> tuple[str | None, str]:
    form = Form.of({"commune": typed})
    place = read_commune(form, "commune", "Commune", **options)  # type: ignore[arg-type]
    return (place.insee if place else None), form.faults.get("commune", "")


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("Saint-Omer (62500)", "62765"),
        ("st omer 62500", "62765"),
        ("SAINT OMER (62765)", "62765"),
        ("62510", "62040"),
        ("Longuenesse", "62525"),
        ("Ajaccio (2A004)", "2A004"),
        ("Paris (75012)", "75056"),
    ],
)
def test_a_commune_is_found_by_its_name_its_postcode_or_its_code(typed: str, insee: str) -> None:
    assert commune(typed) == (insee, "")


def test_two_communes_of_one_name_are_asked_again_with_the_choices() -> None:
    insee, fault = commune("Arques")
    assert insee is None
    assert "Arques (62510)" in fault
    assert "Arques (11190)" in fault


def test_the_territory_settles_two_communes_of_one_name() -> None:
    assert commune("Arques", prefer={"62040", "62765"}) == ("62040", "")


def test_a_postcode_of_several_communes_is_asked_again() -> None:
    insee, fault = commune("62500")
    assert insee is None
    assert "Clairmarais (62500)" in fault


def test_an_unknown_commune_is_answered_with_what_is_near() -> None:
    insee, fault = commune("Longuenes")
    assert insee is None
    assert "Longuenesse (62219)" in fault
    assert commune("Ville-qui-n-existe-pas (99999)")[0] is None


def test_an_empty_field_is_a_fault_only_when_it_is_required() -> None:
    assert commune("") == (None, "")
    assert "à remplir" in commune("", required=True)[1]


def test_the_label_of_every_commune_finds_that_commune_alone() -> None:
    table = load_communes()
    for one in list(table)[::50]:
        assert [found.insee for found in candidates(table, commune_label(one))] == [one.insee]


def occupation(typed: str) -> tuple[list[str], str]:
    form = Form.of({"metier": typed})
    found = read_occupation(form, "metier", "Métier")
    return [one.rome for one in found.rome] if found else [], form.faults.get("metier", "")


def test_a_rome_code_named_in_the_text_is_the_only_answer() -> None:
    assert occupation("Nettoyage de locaux (K2204)") == (["K2204"], "")
    assert occupation("k2204") == (["K2204"], "")


def test_everyday_words_keep_several_occupations_the_best_first() -> None:
    codes, fault = occupation("femme de ménage")
    assert fault == ""
    assert codes
    assert "K1304" in codes[:3] or "K2204" in codes[:3]


def test_a_text_without_a_word_is_answered_with_what_to_try() -> None:
    codes, fault = occupation("12 / 35")
    assert codes == []
    assert "code ROME" in fault


def test_what_is_stored_is_written_so_that_it_reads_back_the_same() -> None:
    form = Form.of({"metier": "K2204"})
    stored = read_occupation(form, "metier", "Métier")
    assert stored is not None
    again = Form.of({"metier": written_occupation(stored.rome)})
    read = read_occupation(again, "metier", "Métier")
    assert read is not None
    assert read.rome == stored.rome
