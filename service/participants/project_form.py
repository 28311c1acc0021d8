"""What the person looks for, typed. Radius, hours and wage belong to the project (screens.md, R3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from matching.terms import EmploymentKind, RomeWeight
from service.forms import Form, whole_number
from service.participants.occupation_field import one_occupation
from service.reference.reading import Reading, merged
from service.reference_pages.occupations import occupation_label
from service.reference_pages.resolve import read_occupation, written_reading
from service.tables import ProjectRow
from service.vocabulary import OccupationSource

WANTED = 4
# The legal week of a full-time job is 35 h; 48 h is the most a week may hold (L3121-20).
MOST_WEEKLY_HOURS = 48_00


class ProjectValues(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of ProjectRow that the form writes."""

    title: str
    wanted: tuple[RomeWeight, ...]
    readings: tuple[Reading, ...]
    max_travel_minutes: int | None
    radius_km: int | None
    min_weekly_hours: int | None
    max_weekly_hours: int | None
    employment_kinds: tuple[EmploymentKind, ...] | None
    earliest_start: date | None
    min_hourly_wage_cents: int | None
    target_rome: str | None
    active: bool


def read_project(form: Form, stored: tuple[Reading, ...] = ()) -> ProjectValues:
    """All that was typed. `stored`: what is known of an occupation is kept while its field says the same."""
    readings = _readings(form, stored)
    if not readings and not any(name.startswith("wanted_") for name in form.faults):
        form.fault("wanted_0", "Métier recherché : indiquez-en au moins un.")
    low = form.hours("min_weekly_hours", "Durée minimale par semaine")
    high = form.hours("max_weekly_hours", "Durée maximale par semaine")
    for name, value in (("min_weekly_hours", low), ("max_weekly_hours", high)):
        if value is not None and not 0 < value <= MOST_WEEKLY_HOURS:
            form.fault(name, "Durée par semaine : entre 0 et 48 h.")
    if low is not None and high is not None and low > high:
        form.fault("max_weekly_hours", "Durée par semaine : le maximum est plus petit que le minimum.")
    kinds = form.choices("employment_kinds", "Types d’emploi", EmploymentKind)
    return ProjectValues(
        title=form.text("title", "Nom du projet", required=True, longest=160),
        wanted=merged(readings),
        readings=readings,
        max_travel_minutes=form.integer(
            "max_travel_minutes", "Trajet maximum, aller simple", low=5, high=240, unit="minutes"
        ),
        radius_km=form.integer("radius_km", "Rayon souhaité", low=1, high=200, unit="km"),
        min_weekly_hours=low,
        max_weekly_hours=high,
        employment_kinds=tuple(kinds) or None,
        earliest_start=form.day("earliest_start", "Disponible à partir du"),
        min_hourly_wage_cents=_wage(form),
        target_rome=one_occupation(form, "target_rome", "Métier visé à terme"),
        active=not form.flag("closed"),
    )


def _readings(form: Form, stored: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """One reading a field, in order, once each; words that may mean several are to be confirmed."""
    written = {written_reading(one): one for one in stored}
    known = {one.rome[0].rome: one for one in stored if one.certain}
    found: dict[str, Reading] = {}
    for row in range(_rows(form)):
        name = f"wanted_{row}"
        typed = form.raw(name).strip()
        read = written.get(typed) or read_occupation(form, name, f"Métier recherché {row + 1}")
        if read is not None:
            kept = known.get(read.rome[0].rome, read) if read.certain else read
            found.setdefault(kept.rome[0].rome if kept.certain else kept.text, kept)
    return tuple(found.values())


def readings_of(row: ProjectRow) -> tuple[Reading, ...]:
    """What was written for each occupation; a project stored without it has one occupation a code."""
    return row.readings or tuple(
        Reading(text=occupation_label(one.rome), source=OccupationSource.TYPED, rome=(one,))
        for one in row.wanted
    )


def _wage(form: Form) -> int | None:
    value = form.decimal("min_hourly_wage", "Salaire horaire brut minimum", low=Decimal(1), high=Decimal(200))
    return None if value is None else int(value * 100)


def _rows(form: Form) -> int:
    typed = [
        number for name in form.names() if (number := whole_number(name.removeprefix("wanted_"))) is not None
    ]
    return min(max([WANTED - 1, *typed]) + 1, 20)


def typed_project(row: ProjectRow) -> Form:
    """The form of a stored project, to edit it."""
    values: dict[str, Any] = {
        "title": row.title,
        **{f"wanted_{n}": written_reading(one) for n, one in enumerate(readings_of(row))},
        "max_travel_minutes": row.max_travel_minutes,
        "radius_km": row.radius_km,
        "min_weekly_hours": written_hundredths(row.min_weekly_hours),
        "max_weekly_hours": written_hundredths(row.max_weekly_hours),
        "employment_kinds": [kind.value for kind in row.employment_kinds or ()],
        "earliest_start": row.earliest_start,
        "min_hourly_wage": written_hundredths(row.min_hourly_wage_cents),
        "target_rome": occupation_label(row.target_rome) if row.target_rome else "",
        "closed": "" if row.active else "1",
    }
    return Form.of(values)


def wanted_shown(form: Form) -> int:
    """How many occupation fields to draw."""
    return max(3, *(n + 1 for n in range(_rows(form)) if form.raw(f"wanted_{n}") or n < 3))


def written_hundredths(hundredths: int | None) -> str:
    """3550 -> « 35,5 »: what the field reads again as the same value."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return str(whole) + (f",{rest:02d}".rstrip("0") if rest else "")
