"""What the environment may ask, and what it may not."""

from pathlib import Path

import pytest

from service.settings import SettingsError, read_settings


def test_production_does_not_start_without_a_secret_of_its_own() -> None:
    for secret in ("", "court", "developpement-seulement-jamais-en-production"):
        with pytest.raises(SettingsError, match="PASSERELLE_SECRET"):
            read_settings({"PASSERELLE_ENV": "production", "PASSERELLE_SECRET": secret})


def test_production_with_a_secret_has_secure_cookies() -> None:
    settings = read_settings({"PASSERELLE_ENV": "production", "PASSERELLE_SECRET": "s" * 40})
    assert settings.secure_cookies


def test_the_embedded_database_lies_in_the_data_folder() -> None:
    settings = read_settings({"PASSERELLE_DATA": "ailleurs"})
    assert settings.database_url == "sqlite:///ailleurs/passerelle.sqlite"
    assert settings.data_dir == Path("ailleurs")


def test_postgresql_addresses_take_the_installed_driver() -> None:
    for address in ("postgres://u@h/b", "postgresql://u@h/b"):
        settings = read_settings({"PASSERELLE_DATABASE_URL": address})
        assert settings.database_url == "postgresql+psycopg://u@h/b"


def test_a_number_that_is_not_one_is_told() -> None:
    with pytest.raises(SettingsError, match="PASSERELLE_THREADS"):
        read_settings({"PASSERELLE_THREADS": "beaucoup"})
