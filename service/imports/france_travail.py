"""One offer of France Travail's public API (« Offres d'emploi » v2), read liberally.

Fields may be missing, null, numbers written as strings; unknown fields are left aside. Only an offer
without identifier or without any title is refused. What is not said plainly stays unknown.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from matching import Answer, EmploymentKind, HoursNotTold, Schedule
from service.forms import siret_is_valid
from service.imports import phrases
from service.imports.clean import one_line, prose
from service.imports.offer_record import NOTHING_MOVES, OfferRecord, RecordPlace, occupations_of, place_from
from service.imports.report import RowRefused
from service.imports.stated_hours import stated_in, stated_week
from service.reference_pages.skills import as_rome_writes
from service.vocabulary import OfferSource

Remark = Callable[[str, str], None]

# typeContrat of the API's reference table « typesContrats ».
KINDS = {
    "CDI": EmploymentKind.CDI,
    "CDD": EmploymentKind.CDD,
    "MIS": EmploymentKind.INTERIM,
    "SAI": EmploymentKind.SAISONNIER,
    "DDI": EmploymentKind.CDDI,
    "DDT": EmploymentKind.CDD,
    "DIN": EmploymentKind.CDI,
    "TTI": EmploymentKind.INTERIM,
}
MOST_SKILLS = 60


def read_offer(raw: dict[str, Any], remark: Remark) -> OfferRecord:
    """Raises RowRefused. `remark(column, sentence)` receives what was left unknown because unreadable."""
    source_id = one_line(raw.get("id"), 60)
    if not source_id:
        raise RowRefused("id", "l’identifiant de l’offre manque.")
    trade = one_line(raw.get("appellationlibelle")) or one_line(raw.get("romeLibelle"))
    title = one_line(raw.get("intitule")) or trade
    if not title:
        raise RowRefused("intitule", "l’offre n’a pas d’intitulé.")
    description = prose(raw.get("description"))
    told_hours = _texts(_dict(raw.get("contexteTravail")).get("horaires"))
    duration = [prose(raw.get("dureeTravailLibelle"), 500), *told_hours]
    week = next((hours for text in duration if (hours := phrases.weekly_hours(text)) is not None), None)
    employer = _dict(raw.get("entreprise"))
    required, wished = _skills(raw.get("competences"))
    months, beginners = _experience(raw)
    code = one_line(raw.get("romeCode"), 5).upper()
    return OfferRecord(
        source=OfferSource.FRANCE_TRAVAIL,
        source_id=source_id,
        title=title,
        description=description,
        employer=one_line(employer.get("nom"), 160),
        siret=_siret(employer.get("siret")),
        told_code=code,
        rome=occupations_of(code, title),
        place=_place(_dict(raw.get("lieuTravail")), remark),
        schedule=_schedule(duration, description, week),
        weekly_hours=week,
        employment_kind=_kind(raw),
        starts_on=None,
        ends_on=None,
        hourly_wage_cents=phrases.hourly_wage_cents(one_line(_dict(raw.get("salaire")).get("libelle")), week),
        required_skills=required,
        wished_skills=wished,
        licences=_licences(raw.get("permis")),
        vehicle_required=phrases.vehicle_required(description),
        certificates=(),
        language=None,
        demands=None,
        experience_months=months,
        beginners=beginners,
        positions=_positions(raw.get("nombrePostes"), remark),
        shuttle=(),
        flexibilities=NOTHING_MOVES,
        published_on=_day(raw.get("dateCreation"), "dateCreation", remark),
        closes_on=None,
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [text for one in _list(value) if (text := prose(one, 500))]


def _siret(value: Any) -> str | None:
    digits = re.sub(r"\s", "", one_line(value))
    return digits if re.fullmatch(r"\d{14}", digits) and siret_is_valid(digits) else None


def _place(place: dict[str, Any], remark: Remark) -> RecordPlace:
    latitude = _degrees(place.get("latitude"), "lieuTravail.latitude", 90, remark)
    longitude = _degrees(place.get("longitude"), "lieuTravail.longitude", 180, remark)
    if latitude == 0 and longitude == 0:
        latitude = longitude = None
    label = one_line(place.get("libelle"), 120)
    # « 62 - ST OMER », « Pas-de-Calais », « 75 - PARIS 12 »: the name follows the département.
    town = re.sub(r"^(?:\d{2,3}|2[AB])\s*-\s*", "", label)
    departement = label.split("-")[0].strip() if town != label else ""
    found = place_from(
        insee=one_line(place.get("commune"), 5),
        postcode=one_line(place.get("codePostal"), 5),
        name=town,
        latitude=latitude,
        longitude=longitude,
        departement=departement,
    )
    return (
        found
        if found.label
        else RecordPlace(
            insee=found.insee,
            latitude=found.latitude,
            longitude=found.longitude,
            precision_m=found.precision_m,
            label=label,
        )
    )


def _degrees(value: Any, column: str, most: int, remark: Remark) -> float | None:
    if value is None or value == "":
        return None
    try:
        degrees = float(str(value).replace(",", "."))
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        remark(column, f"« {one_line(value, 30)} » n’est pas une coordonnée ; laissée de côté.")
        return None
    return degrees


def _schedule(duration: list[str], description: str, week: int | None) -> Schedule:
    for text in duration:
        if (stated := stated_week(text, week)) is not None:
            return stated
    return stated_in(description, week) or HoursNotTold()


def _kind(raw: dict[str, Any]) -> EmploymentKind | None:
    nature = one_line(raw.get("natureContrat")).lower()
    if raw.get("alternance") is True or "apprenti" in nature or "professionnalisation" in nature:
        return EmploymentKind.ALTERNANCE
    if "emploi compétences" in nature or "unique d'insertion" in nature or nature.startswith("cui"):
        return EmploymentKind.PEC
    kind = KINDS.get(one_line(raw.get("typeContrat"), 10).upper())
    if kind is EmploymentKind.CDD and "insertion par l" in nature:
        return EmploymentKind.CDDI
    return kind


def _experience(raw: dict[str, Any]) -> tuple[int | None, Answer]:
    """(months required, beginners). A wished experience (S) closes the post to nobody."""
    label = one_line(raw.get("experienceLibelle"))
    asked = one_line(raw.get("experienceExige"), 1).upper()
    if asked == "D" or "débutant accepté" in label.lower():
        return 0, Answer.YES
    if asked == "E":
        return phrases.experience_months(label), Answer.NO
    return None, Answer.UNKNOWN


def _demanded(item: dict[str, Any]) -> bool:
    return one_line(item.get("exigence")).upper().startswith("E")


def _skills(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    required: dict[str, None] = {}
    wished: dict[str, None] = {}
    for item in _list(value)[:MOST_SKILLS]:
        told = _dict(item)
        label = one_line(told.get("libelle") if told else item)
        if label:
            (required if told and _demanded(told) else wished)[label] = None
    asked = as_rome_writes(required)
    return asked, tuple(one for one in as_rome_writes(wished) if one not in asked)


def _licences(value: Any) -> tuple[str, ...]:
    """Categories demanded (E). One that is only wished (S) closes the post to nobody."""
    found = {
        code
        for item in _list(value)
        if _demanded(_dict(item)) and (code := phrases.licence(one_line(_dict(item).get("libelle"))))
    }
    return tuple(sorted(found))


def _positions(value: Any, remark: Remark) -> int:
    if value is None or value == "":
        return 1
    text = one_line(value, 20)
    if re.fullmatch(r"\d{1,3}(?:\.0)?", text) and int(float(text)) > 0:
        return int(float(text))
    remark("nombrePostes", f"« {text} » n’est pas un nombre de postes ; un seul est compté.")
    return 1


def _day(value: Any, column: str, remark: Remark) -> date | None:
    text = one_line(value, 40)
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    french = re.match(r"(\d{2})/(\d{2})/(\d{4})", text)
    try:
        return (
            date(int(french[3]), int(french[2]), int(french[1])) if french else date.fromisoformat(text[:10])
        )
    except ValueError:
        remark(column, f"« {text} » n’est pas une date ; laissée de côté.")
        return None
