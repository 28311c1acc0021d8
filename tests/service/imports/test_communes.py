"""The official communes over the shipped table."""

from pathlib import Path

import pytest

from service.accounts.territory import read_form
from service.forms import Form
from service.imports.communes import import_communes
from service.imports.report import FileRefused
from service.reference.communes import current_communes
from service.suggestions.load import point


def load(tmp_path: Path, text: str) -> tuple[int, int, int, int]:
    path = tmp_path / "communes.csv"
    path.write_text(text, encoding="utf-8")
    report = import_communes(path, tmp_path)
    return report.added, report.changed, report.same, report.refused


def test_an_official_point_replaces_the_shipped_one_and_the_rest_stays(tmp_path: Path) -> None:
    text = (
        "code_insee,nom_standard,latitude_mairie,longitude_mairie\n"
        "62757,Saint-Martin-lez-Tatinghem,50.7452,2.2319\n"
    )
    assert load(tmp_path, text) == (1, 0, 0, 0)
    commune = current_communes(tmp_path).get("62757")
    assert commune is not None
    assert (commune.latitude, commune.kind, commune.precision_m) == (50.7452, "imported", 500)
    assert commune.postcodes == ("62500",)
    assert current_communes(tmp_path).get("62040") is not None
    assert load(tmp_path, text) == (0, 0, 1, 0)


def test_a_new_commune_is_found_by_its_name(tmp_path: Path) -> None:
    load(tmp_path, "insee;nom;code postal;latitude;longitude\n62999;Neuve-sur-Aa;62500;50,70;2,20\n")
    assert [one.insee for one in current_communes(tmp_path).search("neuve sur aa")] == ["62999"]


def test_the_json_of_the_state_s_api_is_read_with_its_centre(tmp_path: Path) -> None:
    text = (
        '[{"nom":"Arques","code":"62040","codesPostaux":["62510"],"codeDepartement":"62","population":9863,'
        '"centre":{"type":"Point","coordinates":[2.3069,50.7376]}},{"nom":"Sans code"}]'
    )
    assert load(tmp_path, text) == (1, 0, 0, 1)
    commune = current_communes(tmp_path).get("62040")
    assert commune is not None
    assert (commune.latitude, commune.longitude, commune.population) == (50.7376, 2.3069, 9863)


def test_two_rows_of_one_commune_add_their_postcodes(tmp_path: Path) -> None:
    load(tmp_path, "insee;nom;code postal\n62040;Arques;62510\n62040;Arques;62519\n")
    commune = current_communes(tmp_path).get("62040")
    assert commune is not None
    assert commune.postcodes == ("62510", "62519")


def test_a_file_without_a_readable_commune_leaves_the_table_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        load(tmp_path, "insee;nom\nxx;\n")
    assert not (tmp_path / "communes.tsv").exists()


def test_a_new_commune_is_known_to_the_territory_and_to_the_place_of_an_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    load(tmp_path, "insee;nom;code postal;latitude;longitude\n62999;Neuve-sur-Aa;62500;50,70;2,20\n")
    typed = {"name": "Pays", "time_zone": "Europe/Paris", "school_zone": "B", "holiday_region": "metropole"}
    form = Form.of({**typed, "communes": "62999 Neuve-sur-Aa"})
    assert read_form(form).communes == ("62999",)
    assert form.faults == {}
    place = point("62999", None, None, None)
    assert place is not None
    assert (place.lat, place.lon) == (50.7, 2.2)
