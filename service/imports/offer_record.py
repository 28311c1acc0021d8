"""An offer as a source tells it, before it becomes a row: the same Struct for JSON and CSV."""

import hashlib
from datetime import date

import msgspec

from matching import (
    Answer,
    EmploymentKind,
    Flexibilities,
    LanguageLevel,
    PhysicalDemand,
    RomeWeight,
    Schedule,
    ShuttleStop,
)
from service.reference.communes import current_communes
from service.reference.reading import FEWEST, WHOLE, confirmed
from service.reference_pages.communes import commune_label
from service.reference_pages.occupations import KEPT, as_weights, find_occupations
from service.reference_pages.resolve import candidates, place_of
from service.vocabulary import OfferSource

NOTHING_MOVES = Flexibilities(
    start_later_minutes=0,
    start_earlier_minutes=0,
    end_earlier_minutes=0,
    end_later_minutes=0,
    days_negotiable=False,
    start_date_days=0,
)
# A town hall as France Travail gives it: within a kilometre and a half of the work, usually.
TOWN_HALL_M = 1_500


class RecordPlace(msgspec.Struct, frozen=True, kw_only=True):
    insee: str | None
    latitude: float | None
    longitude: float | None
    precision_m: int | None
    label: str


NOWHERE = RecordPlace(insee=None, latitude=None, longitude=None, precision_m=None, label="")


class OfferRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`employer`, `siret`, `told_code` (ROME): empty or None when not told. The rest as OfferRow."""

    source: OfferSource
    source_id: str
    title: str
    description: str
    employer: str
    siret: str | None
    told_code: str
    rome: tuple[RomeWeight, ...]
    place: RecordPlace
    schedule: Schedule
    weekly_hours: int | None
    employment_kind: EmploymentKind | None
    starts_on: date | None
    ends_on: date | None
    hourly_wage_cents: int | None
    required_skills: tuple[str, ...]
    wished_skills: tuple[str, ...]
    licences: tuple[str, ...]
    vehicle_required: bool
    certificates: tuple[str, ...]
    language: LanguageLevel | None
    demands: tuple[PhysicalDemand, ...] | None
    experience_months: int | None
    beginners: Answer
    positions: int
    shuttle: tuple[ShuttleStop, ...]
    flexibilities: Flexibilities
    published_on: date | None
    closes_on: date | None


def digest_of(record: OfferRecord) -> str:
    """Equal for equal words of the source: what tells a changed offer from the same one.

    The n-best occupations and the coordinates come from our tables, which change by themselves: they are
    left out; the code and the place that the source tells stay.
    """
    place = RecordPlace(
        insee=record.place.insee, latitude=None, longitude=None, precision_m=None, label=record.place.label
    )
    told = msgspec.structs.replace(record, rome=(), place=place)
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


def occupations_of(code: str, title: str) -> tuple[RomeWeight, ...]:
    """The code that the source tells, kept first, with what its title may mean beside it."""
    told = told_occupation(code)
    read = as_weights(find_occupations(title, KEPT, FEWEST)) if title else ()
    return confirmed(read, told) if told else read


def told_occupation(code: str) -> str | None:
    """The code that a source tells by its code or its name; None when ROME does not know it."""
    found = find_occupations(code, 1) if code else []
    return found[0].code if found and found[0].weight == WHOLE else None


def place_from(
    *,
    insee: str,
    postcode: str,
    name: str,
    latitude: float | None,
    longitude: float | None,
    departement: str | None = None,
) -> RecordPlace:
    """The commune by its code, else by name and postcode when only one answers; else the point alone.

    `departement`: the one that the source tells, empty when it tells none; « 86 - Vienne » is a
    département, not the town of Isère. None: the source names communes only.
    A point of the table that is only a mean of neighbours gives way to the point of the file.
    """
    table = current_communes()
    commune = table.get(insee) if insee else None
    if commune is None and (name or postcode):
        found = candidates(table, f"{name} {postcode}".strip())
        if departement is not None and not postcode:
            found = [one for one in found if one.departement == departement]
        if not found and postcode:
            found = candidates(table, postcode)
        if len(found) == 1:
            commune = found[0]
    known = latitude is not None and longitude is not None
    if commune is None:
        return RecordPlace(
            insee=None,
            latitude=latitude if known else None,
            longitude=longitude if known else None,
            precision_m=TOWN_HALL_M if known else None,
            label=name,
        )
    place = place_of(commune)
    coarse = place.precision_m is None or place.precision_m > TOWN_HALL_M
    use_file = known and coarse
    return RecordPlace(
        insee=place.insee,
        latitude=latitude if use_file else place.latitude,
        longitude=longitude if use_file else place.longitude,
        precision_m=TOWN_HALL_M if use_file else place.precision_m,
        label=commune_label(commune),
    )
