"""What the pages of accounts, territory and journals show."""

from datetime import date, datetime

import msgspec

from service.listing import Listing
from service.vocabulary import OrganisationKind, Role


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One account in the administrator's list. state: active | invited | locked | closed."""

    id: str
    name: str
    email: str
    role: Role
    organisation: str
    state: str


class AccountsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    lines: tuple[AccountLine, ...]


class OrganisationChoice(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    kind: OrganisationKind


class AccountFile(msgspec.Struct, frozen=True, kw_only=True):
    """One account, for its administrator. `link` is shown once, right after it was made."""

    account: AccountLine | None
    organisations: tuple[OrganisationChoice, ...]
    created_at: datetime | None
    open_sessions: int
    link: str
    is_me: bool


class MineView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    email: str
    role: Role
    organisation: str
    territory: str
    open_sessions: int
    shortest: int


class CommuneChoice(msgspec.Struct, frozen=True, kw_only=True):
    insee: str
    name: str


class TerritoryView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    time_zone: str
    school_zone: str
    holiday_region: str
    today: date
    stored_today: date | None
    communes: tuple[CommuneChoice, ...]


class ActLine(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    who: str
    sentence: str
    noun: str
    noun_id: str


class ReadingLine(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    who: str
    role: str
    person: str
    screen: str


class ActsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    lines: tuple[ActLine, ...]


class ReadingsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    lines: tuple[ReadingLine, ...]


class SignInView(msgspec.Struct, frozen=True, kw_only=True):
    """`kept`: what was typed when the session had ended (service/accounts/kept.py), else ""."""

    next_address: str
    kept: str
