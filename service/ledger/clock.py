"""The instant at which something becomes known, in the territory's time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from service.accounts.account import Account
from service.tables.columns import now_utc


def territory_now(account: Account) -> datetime:
    """Now, in UTC. In a territory that lives on a stored day (the demo), that day at this time of day:
    what is entered there is known there, neither before its past nor after its future."""
    now = now_utc()
    local = now.astimezone(ZoneInfo(account.time_zone))
    if local.date() == account.today:
        return now
    return datetime.combine(account.today, local.timetz()).astimezone(UTC)
