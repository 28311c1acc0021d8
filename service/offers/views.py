"""What the pages of offers show; the same Structs as JSON."""

from datetime import date, datetime

import msgspec

from service.listing import Listing


class OfferLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the list. `proposals`: people proposed, whatever came of it."""

    id: str
    title: str
    employer: str
    place: str
    state: str
    tone: str
    hours: str
    hours_known: bool
    weekly_hours: int | None
    published_on: date | None
    closes_on: date | None
    closes_soon: bool
    proposals: int


class OffersView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    offers: tuple[OfferLine, ...]


class Occupation(msgspec.Struct, frozen=True, kw_only=True):
    """`percent`: how likely, 100 when it was chosen by a person or told by the source."""

    code: str
    label: str
    percent: int


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    commune: str
    minutes: int


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """`day` 0 is Monday; minutes from midnight; `end` past 1440 is the next morning."""

    day: int
    start: int
    end: int


class Act(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    author: str
    sentence: str


class OfferFile(msgspec.Struct, frozen=True, kw_only=True):
    """One offer: facts, and what may be done next. `weeks` is empty when the hours are not told."""

    id: str
    title: str
    employer_id: str | None
    employer: str
    state: str
    state_label: str
    tone: str
    source: str
    source_id: str | None
    description: str
    occupations: tuple[Occupation, ...]
    choices: tuple[Occupation, ...]
    occupation_certain: bool
    occupation_source: str
    place: str
    place_approximate: bool
    schedule: str
    hours_known: bool
    weeks: tuple[tuple[Shift, ...], ...]
    weekly_hours: int | None
    employment_kind: str
    starts_on: date | None
    ends_on: date | None
    hourly_wage_cents: int | None
    required_skills: tuple[str, ...]
    wished_skills: tuple[str, ...]
    licences: tuple[str, ...]
    vehicle_required: bool
    certificates: tuple[str, ...]
    french_level: str
    demands: str
    experience: str
    positions: int
    shuttle: tuple[Stop, ...]
    flexibilities: tuple[str, ...]
    published_on: date | None
    closes_on: date | None
    proposals: int
    proposals_waiting: int
    acts: tuple[Act, ...]
    questions: tuple[str, ...]


class OfferFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new offer. `copied_from`: the title of the offer that filled the form."""

    id: str | None
    title: str
    copied_from: str
