"""What the pages of employers show; the same Structs as JSON."""

from datetime import date

import msgspec

from service.employers.duplicates import AlikeFirm
from service.listing import Listing


class EmployerLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    kind: str
    siret: str | None
    commune: str
    contact_name: str
    phone: str
    open_offers: int
    offers: int


class EmployersView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    employers: tuple[EmployerLine, ...]


class EmployerOffer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    state: str
    tone: str
    place: str
    published_on: date | None
    closes_on: date | None


class EmployerFile(msgspec.Struct, frozen=True, kw_only=True):
    """`lots`: on how many lots of marchés the firm is a party, today."""

    id: str
    name: str
    kind: str
    siret: str | None
    naf: str | None
    street: str
    commune: str
    contact_name: str
    phone: str
    email: str
    lots: int
    offers: tuple[EmployerOffer, ...]
    offers_total: int
    alike: tuple[AlikeFirm, ...]


class EmployerFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new one."""

    id: str | None
    name: str
