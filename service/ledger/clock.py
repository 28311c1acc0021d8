"""The instant at which something becomes known, in the territory's time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.accounts.account import Account
from service.tables.columns import now_utc


def territory_now(account: Account) -> datetime:
    """Now, in the territory's own time zone: its date is the territory's date, also after midnight there.

    In a territory that lives on a stored day (the demo), that day at this time of day: what is entered
    there is known there, neither before its past nor after its future.
    """
    return now_on(account.time_zone, account.today)


def now_on(time_zone: str, today: date) -> datetime:
    """The same for a territory's zone and day, when no account has signed in."""
    local = now_utc().astimezone(ZoneInfo(time_zone))
    return local if local.date() == today else datetime.combine(today, local.timetz())
