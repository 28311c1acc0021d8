"""A stored offer as form fields: to edit it, or to make another from it."""

from datetime import date

from matching.terms import Answer
from service.forms import Form
from service.offers.schedule_form import ScheduleKind, typed_schedule
from service.reference_pages.communes import label_of
from service.reference_pages.resolve import written_occupation
from service.tables import OfferRow


def hundredths_text(value: int | None) -> str:
    """3550 -> « 35,5 »: as the hours and money readers take it."""
    if value is None:
        return ""
    return f"{value // 100},{value % 100:02d}".rstrip("0").rstrip(",")


def new_offer(today: date) -> Form:
    """An empty offer: hours and demands are « not told » until somebody tells."""
    return Form.of(
        {
            "schedule_kind": ScheduleKind.NOT_TOLD,
            "weeks": 1,
            "phase": "unknown",
            "beginners": Answer.UNKNOWN,
            "demands_told": "non",
            "positions": 1,
            "published_on": today.isoformat(),
            "state": "ouverte",
        }
    )


def written_offer(row: OfferRow, employer: str) -> dict[str, object]:
    """Every field of the form. `employer`: its public id, or empty."""
    commune = label_of(row.insee)
    flexibilities = row.flexibilities
    values: dict[str, object] = {
        "title": row.title,
        "employer": employer,
        "description": row.description,
        "occupation": written_occupation(row.rome),
        "commune": commune,
        "street": _street(row.place_label, commune),
        "weekly_hours": hundredths_text(row.weekly_hours),
        "employment_kind": row.employment_kind or "",
        "starts_on": row.starts_on or "",
        "ends_on": row.ends_on or "",
        "hourly_wage": hundredths_text(row.hourly_wage_cents),
        "required_skills": "\n".join(row.required_skills),
        "wished_skills": "\n".join(row.wished_skills),
        "licences": row.licences,
        "vehicle_required": "1" if row.vehicle_required else "",
        "certificates": "\n".join(row.certificates),
        "language": row.language or "",
        "demands": row.demands or (),
        "demands_told": "non" if row.demands is None else "oui",
        "experience_months": row.experience_months,
        "beginners": row.beginners,
        "positions": row.positions,
        "start_later": flexibilities.start_later_minutes or "",
        "start_earlier": flexibilities.start_earlier_minutes or "",
        "end_earlier": flexibilities.end_earlier_minutes or "",
        "end_later": flexibilities.end_later_minutes or "",
        "days_negotiable": "1" if flexibilities.days_negotiable else "",
        "start_date_days": flexibilities.start_date_days or "",
        "published_on": row.published_on or "",
        "closes_on": row.closes_on or "",
        "version": version_of(row),
        **typed_schedule(row.schedule),
    }
    for number, stop in enumerate(row.shuttle):
        values[f"shuttle{number}_commune"] = label_of(stop.insee)
        values[f"shuttle{number}_minutes"] = stop.minutes
    return values


def version_of(row: OfferRow) -> str:
    """What the page was made from: another value at saving time means that somebody was faster."""
    return row.updated_at.isoformat()


def _street(place_label: str, commune: str) -> str:
    ending = f", {commune}"
    return place_label[: -len(ending)] if commune and place_label.endswith(ending) else ""
