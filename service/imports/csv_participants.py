"""One participant of the documented CSV (docs/imports.md): identity, entry, constraints, project."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from matching import (
    EMPLOYMENT_KINDS,
    Answer,
    Availability,
    AvailabilityUnknown,
    AvailabilityWindows,
    Care,
    CareUnknown,
    CareWindows,
    Certificate,
    EmploymentKind,
    LanguageLevel,
    Licence,
    Modes,
    NoCareNeed,
    Physical,
    PhysicalDemand,
    Window,
    child,
    fold,
)
from service.forms import Form
from service.imports.cells import answer, listed, windows
from service.imports.clean import one_line
from service.imports.report import RowRefused
from service.offers.entry import LICENCES
from service.reference_pages.occupations import read_words
from service.reference_pages.resolve import Place, read_commune
from service.reference_pages.skills import as_rome_writes
from service.vocabulary import OccupationSource, Sex

REQUIRED = ("nom", "prenom")
MODES = {
    "marche": "walk",
    "velo": "bike",
    "velo_electrique": "ebike",
    "scooter": "moped",
    "voiture": "car",
    "voiture_sans_permis": "car_no_licence",
    "covoiturage": "carpool",
    "transports": "transit",
}
_NAMES: dict[str, tuple[str, ...]] = {
    "nom": ("nom", "nom d usage", "nom usage"),
    "prenom": ("prenom",),
    "nom_naissance": ("nom naissance", "nom de naissance"),
    "date_naissance": ("date naissance", "date de naissance", "ne le", "nee le"),
    "sexe": ("sexe", "genre", "civilite"),
    "identifiant_france_travail": ("identifiant france travail", "id france travail", "identifiant ft"),
    "telephone": ("telephone", "tel"),
    "email": ("email", "courriel", "mail", "e mail"),
    "adresse": ("adresse", "rue"),
    "commune": ("commune", "ville"),
    "code_postal": ("code postal", "cp"),
    "referent": ("referent", "referent email"),
    "entree": ("entree", "date entree", "date d entree"),
    "prescription": ("prescription", "date prescription"),
    "prescripteur": ("prescripteur",),
    "disponibilites": ("disponibilites", "disponibilite"),
    "garde": ("garde", "garde d enfants"),
    "garde_scolaire": ("garde scolaire", "garde periode scolaire"),
    "garde_vacances": ("garde vacances",),
    "lieu_garde": ("lieu garde", "lieu de garde"),
    **{name: (name.replace("_", " "),) for name in MODES},
    "permis": ("permis",),
    "certificats": ("certificats", "habilitations"),
    "francais": ("francais", "niveau de francais", "niveau francais"),
    "competences": ("competences",),
    "projet": ("projet", "metier", "metier recherche"),
    "trajet_max": ("trajet max", "trajet maximum", "trajet max min"),
    "rayon_km": ("rayon km", "rayon"),
    "heures_min": ("heures min", "heures minimum"),
    "heures_max": ("heures max", "heures maximum"),
    "salaire_min": ("salaire min", "salaire horaire min"),
    "types_emploi": ("types emploi", "type emploi", "contrats"),
    "disponible_le": ("disponible le",),
}
ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_SEXES = {
    **dict.fromkeys(("f", "femme", "mme", "madame"), Sex.WOMAN),
    **dict.fromkeys(("h", "m", "homme", "monsieur"), Sex.MAN),
    "x": Sex.NON_BINARY,
}
_KINDS = {fold(words): kind for kind, words in EMPLOYMENT_KINDS.items()} | {
    fold(kind.value): kind for kind in EmploymentKind
}


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`profile`, `project`: columns of ProfileRow and ProjectRow that the file tells."""

    first_name: str
    last_name: str
    birth_name: str
    birth_date: date | None
    sex: Sex
    france_travail_id: str | None
    phone: str
    email: str
    street: str
    place: Place | None
    referent: str
    entered_on: date | None
    prescribed_on: date | None
    prescriber: str
    profile: dict[str, Any]
    project: dict[str, Any]


def read_person(cells: Mapping[str, str], prefer: frozenset[str]) -> PersonRecord:
    """Raises RowRefused with the column at fault: a person is entered whole, or her row is corrected."""
    form = Form.of({name: value for name, value in cells.items() if value})
    town = " ".join(part for part in (cells.get("commune", ""), cells.get("code_postal", "")) if part)
    form = Form.of({**{name: form.raw(name) for name in form.names()}, "commune": town})
    try:
        record = _record(form, cells, prefer)
    except RowRefused as refusal:
        named = f"{refusal.column} : {refusal.sentence}" if form.faults else refusal.sentence
        form.fault(refusal.column, named)
    if not form.raw("date_naissance") and not form.raw("identifiant_france_travail"):
        form.fault(
            "date_naissance",
            "ni date de naissance ni identifiant France Travail : la personne ne pourrait pas être reconnue.",
        )
    if form.faults:
        # All at once: whoever corrects the file sends it again a single time.
        (column, sentence), *others = form.faults.items()
        raise RowRefused(column, " Et aussi : ".join([sentence, *(told for _, told in others)]))
    return record


def _record(form: Form, cells: Mapping[str, str], prefer: frozenset[str]) -> PersonRecord:
    return PersonRecord(
        first_name=form.text("prenom", "prénom", required=True, longest=80),
        last_name=form.text("nom", "nom", required=True, longest=80),
        birth_name=form.text("nom_naissance", "nom de naissance", longest=80),
        birth_date=form.day("date_naissance", "date de naissance"),
        france_travail_id=form.text("identifiant_france_travail", "identifiant", longest=20).upper() or None,
        phone=form.text("telephone", "téléphone", longest=30),
        email=form.email("email", "adresse e-mail"),
        street=form.text("adresse", "adresse"),
        place=read_commune(form, "commune", "commune", prefer=prefer),
        referent=form.email("referent", "adresse du référent"),
        entered_on=form.day("entree", "date d’entrée"),
        prescribed_on=form.day("prescription", "date de prescription"),
        prescriber=form.text("prescripteur", "prescripteur", longest=120),
        # The last ones may raise: they would hide the faults after them.
        sex=_sex(cells.get("sexe", "")),
        profile=_profile(form, cells, prefer),
        project=_project(form, cells),
    )


def _sex(text: str) -> Sex:
    if not text.strip():
        return Sex.UNKNOWN
    sex = _SEXES.get(fold(text))
    if sex is None:
        raise RowRefused("sexe", f"« {text[:20]} » : écrivez F, H, X, ou laissez vide.")
    return sex


def _profile(form: Form, cells: Mapping[str, str], prefer: frozenset[str]) -> dict[str, Any]:
    held = _listed_or_none(cells.get("competences", ""))
    told: dict[str, Any] = {
        "availability": _availability(cells.get("disponibilites", "")),
        "care": _care(cells),
        "modes": Modes(**{field: answer(cells.get(name, ""), name) for name, field in MODES.items()}),
        "language": form.choice("francais", "niveau", LanguageLevel, required=False),
        "licences": _licences(cells.get("permis", "")),
        "certificates": _certificates(cells.get("certificats", "")),
        "skills": None if held is None else as_rome_writes(held),
    }
    if place := read_commune(form, "lieu_garde", "commune", prefer=prefer):
        told |= {
            "care_place": form.raw("lieu_garde")[:120],
            "care_insee": place.insee,
            "care_latitude": place.latitude,
            "care_longitude": place.longitude,
            "care_precision_m": place.precision_m,
        }
    return told


def unknown_physical() -> Physical:
    """The file does not tell what a body can do: it is explored with the person."""
    return Physical(**{demand.value: Answer.UNKNOWN for demand in PhysicalDemand})


def _availability(text: str) -> Availability:
    if fold(text) in ("", "inconnu", "non explore"):
        return AvailabilityUnknown()
    return AvailabilityWindows(windows=windows(text, "disponibilites"))


def _care(cells: Mapping[str, str]) -> Care:
    """`garde` « aucune »: nobody to look after. Else one child between each « + », by its own windows."""
    none, school, holiday = (cells.get(name, "") for name in ("garde", "garde_scolaire", "garde_vacances"))
    if fold(none) in ("aucune", "aucun besoin", "sans objet", "non"):
        if school or holiday:
            raise RowRefused("garde", "« aucune » est écrit alors que des heures de garde sont données.")
        return NoCareNeed()
    if fold(none) not in ("", "oui", "inconnu"):
        raise RowRefused("garde", f"« {none[:40]} » : écrivez « aucune », ou laissez vide.")
    if not school and not holiday:
        return CareUnknown()
    terms = [_children(school, "garde_scolaire"), _children(holiday, "garde_vacances")]
    count = max(len(term) for term in terms)
    if any(len(term) not in (0, count) for term in terms):
        raise RowRefused("garde_vacances", "le nombre d’enfants n’est pas le même qu’en période scolaire.")
    school_weeks, holiday_weeks = (term or [None] * count for term in terms)
    return CareWindows(
        children=tuple(child(one, other) for one, other in zip(school_weeks, holiday_weeks, strict=True))
    )


def _children(text: str, column: str) -> list[tuple[Window, ...] | None]:
    parts = [part.strip() for part in text.split("+")] if text.strip() else []
    return [None if fold(part) in ("", "inconnu") else windows(part, column) for part in parts]


def _listed_or_none(text: str) -> tuple[str, ...] | None:
    """Empty: not explored. « aucune »: none."""
    if not text.strip():
        return None
    return () if fold(text) in ("aucune", "aucun", "non") else listed(text)


def _licences(text: str) -> tuple[Licence, ...] | None:
    codes = _listed_or_none(text.replace(",", "|"))
    if codes is None:
        return None
    wrong = [code for code in codes if code.upper() not in LICENCES]
    if wrong:
        raise RowRefused("permis", f"« {wrong[0][:20]} » n’est pas une catégorie de permis (B, C, AM…).")
    return tuple(Licence(category=code.upper(), valid_from=None, valid_until=None) for code in codes)


def _certificates(text: str) -> tuple[Certificate, ...] | None:
    codes = _listed_or_none(text)
    return None if codes is None else tuple(Certificate(code=code, valid_until=None) for code in codes)


def _project(form: Form, cells: Mapping[str, str]) -> dict[str, Any]:
    """Empty when the file tells no project."""
    title = one_line(cells.get("projet", ""), 160)
    low, high = form.hours("heures_min", "durée"), form.hours("heures_max", "durée")
    if low is not None and high is not None and high < low:
        form.fault("heures_max", "moins que le minimum.")
    told: dict[str, Any] = {
        "max_travel_minutes": form.integer("trajet_max", "minutes", low=1, high=240),
        "radius_km": form.integer("rayon_km", "kilomètres", low=1, high=300),
        "min_weekly_hours": low,
        "max_weekly_hours": high,
        "min_hourly_wage_cents": form.cents("salaire_min", "montant"),
        "employment_kinds": _kinds(cells.get("types_emploi", "")),
        "earliest_start": form.day("disponible_le", "date"),
    }
    if not title:
        if any(value is not None for value in told.values()):
            raise RowRefused("projet", "des souhaits sont donnés sans le métier recherché.")
        return {}
    read = read_words(title)
    if read is None:
        raise RowRefused("projet", f"« {title[:40]} » ne désigne aucun métier.")
    reading = msgspec.structs.replace(read, source=OccupationSource.IMPORTED)
    return {"title": title, "wanted": reading.rome, "readings": (reading,), **told}


def _kinds(text: str) -> tuple[EmploymentKind, ...] | None:
    if not text.strip():
        return None
    found = []
    for one in listed(text.replace(",", "|")):
        kind = _KINDS.get(fold(one))
        if kind is None:
            names = ", ".join(EMPLOYMENT_KINDS.values())
            raise RowRefused("types_emploi", f"« {one[:40]} » n’est pas dans la liste : {names}.")
        found.append(kind)
    return tuple(dict.fromkeys(found))
