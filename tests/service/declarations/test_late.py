"""A declaration is late by the territory's calendar, whatever the hour of the server."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.tables import columns
from service.vocabulary import Role

ACCOUNT = Account(
    id=1,
    public_id="x",
    name="Chantal Chantier",
    role=Role.CONTRACTOR,
    territory_id=1,
    territory_public_id="t",
    territory_name="Ici",
    time_zone="Europe/Paris",
    today=date(2026, 7, 16),
    is_demo=False,
    organisation_id=1,
    organisation_public_id="o",
    organisation_name="Bâti Audomarois",
    sign_in_id=1,
)


def test_after_midnight_here_it_is_already_the_next_day(monkeypatch: pytest.MonkeyPatch) -> None:
    # 23:13 UTC on the 15th is 1:13 on the 16th in Paris, one day after the deadline of the 15th.
    monkeypatch.setattr(columns, "_clock", datetime(2026, 7, 15, 23, 13, tzinfo=UTC))
    assert territory_now(ACCOUNT).date() == date(2026, 7, 16)


def test_in_martinique_the_evening_of_the_deadline_is_still_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 2:00 UTC on the 16th is 22:00 on the 15th in Fort-de-France.
    monkeypatch.setattr(columns, "_clock", datetime(2026, 7, 16, 2, 0, tzinfo=UTC))
    there = msgspec.structs.replace(ACCOUNT, time_zone="America/Martinique", today=date(2026, 7, 15))
    assert territory_now(there).date() == date(2026, 7, 15)


def test_in_the_demo_the_stored_day_keeps_the_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_clock", datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    stored = msgspec.structs.replace(ACCOUNT, today=date(2026, 6, 9))
    # November's 9:30 UTC is 10:30 in Paris; June's 10:30 there is 8:30 UTC.
    assert territory_now(stored) == datetime(2026, 6, 9, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))
