"""Who is signed in, as the rest of the service sees it: a value, never a row."""

from datetime import date

import msgspec

from service.vocabulary import Role


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in user. `today` is the territory's local date (stored for the demo)."""

    id: int
    public_id: str
    name: str
    role: Role
    territory_id: int
    territory_public_id: str
    territory_name: str
    time_zone: str
    today: date
    is_demo: bool
    organisation_id: int
    organisation_public_id: str
    organisation_name: str
    sign_in_id: int
