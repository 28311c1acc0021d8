"""What matching may know of a person, typed on one page: hours, care, transport, licences, skills.

An answer left empty stays « non exploré »; « aucun » is said by its own box. Nothing is guessed.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import msgspec

from matching.participant import Certificate, Experience, Licence, Modes, Physical
from matching.terms import Answer, LanguageLevel, Mode, PhysicalDemand
from matching.week import Availability, AvailabilityUnknown, AvailabilityWindows, Care, CareWindows
from service.forms import Form, whole_number
from service.participants.care_form import read_care, typed_care
from service.participants.occupation_field import one_occupation
from service.participants.week_grid import read_week, typed_week
from service.reference_pages.communes import label_of
from service.reference_pages.occupations import occupation_label
from service.reference_pages.resolve import Place, read_commune
from service.reference_pages.skills import as_rome_writes
from service.tables import ProfileRow

T = TypeVar("T")
MODES = tuple(mode for mode in Mode if mode is not Mode.SHUTTLE)
LICENCES = ("AM", "A1", "A2", "A", "B1", "B", "BE", "B96", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE")
# Rows offered for each list; a form that holds more (from an import) shows them all.
ROWS = {"lic": 3, "cert": 4, "exp": 4}
MOST_ROWS = 40
MOST_SKILLS = 100
AT_HOME = "Au domicile"


class ProfileValues(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of ProfileRow that the form writes."""

    availability: Availability
    care: Care
    care_place: str
    care_insee: str | None
    care_latitude: float | None
    care_longitude: float | None
    care_precision_m: int | None
    drop_off_minutes: int
    pick_up_minutes: int
    modes: Modes
    licences: tuple[Licence, ...] | None
    certificates: tuple[Certificate, ...] | None
    language: LanguageLevel | None
    physical: Physical
    skills: tuple[str, ...] | None
    experience: tuple[Experience, ...] | None
    updated_on: date


def read_profile(form: Form, on: date, home: Place | None, near: Iterable[str]) -> ProfileValues:
    """All that was typed; safe to use only when the form has no fault. `home`: where the person lives."""
    windows = read_week(form, "dispo", "Disponibilité")
    care = read_care(form)
    where, place = _care_place(form, care, home, tuple(near))
    return ProfileValues(
        availability=AvailabilityWindows(windows=windows) if windows else AvailabilityUnknown(),
        care=care,
        care_place=where,
        care_insee=place.insee if place else None,
        care_latitude=place.latitude if place else None,
        care_longitude=place.longitude if place else None,
        care_precision_m=place.precision_m if place else None,
        drop_off_minutes=_minutes(form, "drop_off", "Temps pour déposer les enfants"),
        pick_up_minutes=_minutes(form, "pick_up", "Temps pour reprendre les enfants"),
        modes=Modes(**{mode.value: _answer(form, f"mode_{mode.value}") for mode in MODES}),
        licences=_listed(form, "lic", "permis", _licence),
        certificates=_listed(form, "cert", "certificat", _certificate),
        language=form.choice("language", "Niveau de français", LanguageLevel, required=False),
        physical=Physical(
            **{demand.value: _answer(form, f"phys_{demand.value}") for demand in PhysicalDemand}
        ),
        skills=_skills(form),
        experience=_listed(form, "exp", "expérience", _experience),
        updated_on=on,
    )


def _answer(form: Form, name: str) -> Answer:
    return form.choice(name, "Réponse", Answer, required=False) or Answer.UNKNOWN


def _minutes(form: Form, name: str, label: str) -> int:
    minutes = form.integer(name, label, high=120, unit="minutes")
    return 5 if minutes is None else minutes


def _care_place(
    form: Form, care: Care, home: Place | None, near: tuple[str, ...]
) -> tuple[str, Place | None]:
    """Where the children are looked after: at home, elsewhere, or not told."""
    told = form.one_of("care_where", "Lieu de garde", ("unknown", "home", "place"), required=False)
    label = form.text("care_place", "Nom du lieu de garde", longest=120)
    place = read_commune(form, "care_commune", "Commune du lieu de garde", prefer=near)
    if not isinstance(care, CareWindows) or told in (None, "unknown"):
        if (label or place) and isinstance(care, CareWindows):
            form.fault("care_where", "Lieu de garde : un lieu est saisi ; choisissez « À un autre endroit ».")
        return "", None
    if told == "home":
        return AT_HOME, home
    if place is None:
        form.fault(
            "care_commune", "Commune du lieu de garde : à remplir, pour compter le détour de chaque matin."
        )
    return label or "Lieu de garde", place


def _listed(
    form: Form, prefix: str, noun: str, read: Callable[[Form, str, int], T | None]
) -> tuple[T, ...] | None:
    """The rows typed; () when « aucun » is ticked; None when nothing is said."""
    found = tuple(
        one for row in range(MOST_ROWS) if (one := read(form, f"{prefix}{row}", row + 1)) is not None
    )
    none = form.flag(f"{prefix}_none")
    if none and found:
        form.fault(f"{prefix}_none", f"Une ligne « {noun} » est remplie : effacez-la, ou décochez « aucun ».")
    return found or (() if none else None)


def _licence(form: Form, name: str, row: int) -> Licence | None:
    category = form.one_of(f"{name}_cat", f"Permis, ligne {row}", LICENCES, required=False)
    start = form.day(f"{name}_from", f"Permis, ligne {row}, valable dès le")
    end = form.day(f"{name}_until", f"Permis, ligne {row}, valable jusqu’au")
    if category is None:
        if (start or end) and f"{name}_cat" not in form.faults:
            form.fault(f"{name}_cat", f"Permis, ligne {row} : choisissez la catégorie.")
        return None
    if start and end and end < start:
        form.fault(f"{name}_until", f"Permis, ligne {row} : la fin précède le début.")
    return Licence(category=category, valid_from=start, valid_until=end)


def _certificate(form: Form, name: str, row: int) -> Certificate | None:
    code = form.text(f"{name}_code", f"Certificat, ligne {row}", longest=80)
    end = form.day(f"{name}_until", f"Certificat, ligne {row}, valable jusqu’au")
    if not code:
        if end:
            form.fault(f"{name}_code", f"Certificat, ligne {row} : écrivez lequel.")
        return None
    return Certificate(code=code, valid_until=end)


def _experience(form: Form, name: str, row: int) -> Experience | None:
    label = f"Expérience, ligne {row}"
    months = form.integer(f"{name}_months", f"{label}, mois", low=0, high=720, unit="mois")
    rome = one_occupation(form, f"{name}_rome", label)
    if rome is None:
        if months is not None and f"{name}_rome" not in form.faults:
            form.fault(f"{name}_rome", f"{label} : écrivez le métier.")
        return None
    if months is None:
        form.fault(f"{name}_months", f"{label} : indiquez le nombre de mois.")
        return None
    return Experience(rome=rome, months=months)


def _skills(form: Form) -> tuple[str, ...] | None:
    lines = form.text("skills", "Compétences", longest=8000, lines=True).split("\n")
    found = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if any(len(one) > 200 for one in found):
        form.fault("skills", "Compétences : une ligne dépasse 200 caractères ; une compétence par ligne.")
    if len(found) > MOST_SKILLS:
        form.fault("skills", f"Compétences : {len(found)} lignes, pour {MOST_SKILLS} au plus.")
    none = form.flag("skills_none")
    if none and found:
        form.fault("skills_none", "Des compétences sont saisies : effacez-les, ou décochez « aucune ».")
    return as_rome_writes(found) or (() if none else None)


# --- what is stored, to edit it ---------------------------------------------------------------------------
def typed_profile(row: ProfileRow | None) -> Form:
    """The form of a stored profile; of somebody of whom nothing is known yet."""
    if row is None:
        return Form.of({"care": "unknown", "drop_off": 5, "pick_up": 5, "care_where": "unknown"})
    values: dict[str, Any] = {
        **typed_care(row.care),
        "drop_off": row.drop_off_minutes,
        "pick_up": row.pick_up_minutes,
        **_typed_place(row),
        **{f"mode_{mode.value}": row.modes.of(mode).value for mode in MODES},
        **{f"phys_{demand.value}": row.physical.of(demand).value for demand in PhysicalDemand},
        "language": row.language.value if row.language else "",
        "skills": "\n".join(row.skills or ()),
        "skills_none": "1" if row.skills == () else "",
        **_typed_rows(
            "lic",
            row.licences,
            lambda one: {"cat": one.category, "from": one.valid_from, "until": one.valid_until},
        ),
        **_typed_rows("cert", row.certificates, lambda one: {"code": one.code, "until": one.valid_until}),
        **_typed_rows(
            "exp", row.experience, lambda one: {"rome": occupation_label(one.rome), "months": one.months}
        ),
    }
    if isinstance(row.availability, AvailabilityWindows):
        values.update(typed_week("dispo", row.availability.windows))
    return Form.of(values)


def _typed_place(row: ProfileRow) -> dict[str, str]:
    if row.care_place == AT_HOME:
        return {"care_where": "home"}
    if row.care_place or row.care_insee:
        return {"care_where": "place", "care_place": row.care_place, "care_commune": label_of(row.care_insee)}
    return {"care_where": "unknown"}


def _typed_rows(
    prefix: str, rows: tuple[Any, ...] | None, fields: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    values: dict[str, Any] = {f"{prefix}_none": "1" if rows == () else ""}
    for number, one in enumerate(rows or ()):
        values.update({f"{prefix}{number}_{name}": value for name, value in fields(one).items()})
    return values


def rows_shown(form: Form, prefix: str) -> int:
    """How many rows of a list to draw: what is offered, or what is typed and one more."""
    typed = [
        number
        for name in form.names()
        if (number := whole_number(name.removeprefix(prefix).split("_")[0])) is not None
        and name.startswith(prefix)
        and form.raw(name)
    ]
    return max(ROWS[prefix], max(typed, default=-1) + 2)


SUBJECTS = ("dispo", "care", "mode_", "lic", "cert", "language", "phys_", "skills", "exp")


def answers_told(form: Form) -> dict[str, str]:
    """How much the form tells of each subject, in a word: its fields begin with the subject’s key."""
    asked = {"mode_": len(MODES), "phys_": len(PhysicalDemand)}
    told = {}
    for subject in SUBJECTS:
        count = sum(
            form.raw(name) not in ("", Answer.UNKNOWN.value)
            for name in form.names()
            if name.startswith(subject) and (subject != "care" or name == "care")
        )
        total = asked.get(subject, 1)
        whole = "renseigné" if total == 1 else f"{min(count, total)} sur {total}"
        told[subject] = whole if count else "non exploré"
    return told
