"""One offer of the documented CSV (docs/imports.md): a cell that cannot be read refuses its row."""

import hashlib
from collections.abc import Mapping

import msgspec

from matching import (
    DEMANDS,
    EMPLOYMENT_KINDS,
    Answer,
    EmploymentKind,
    FixedWeek,
    HoursNotTold,
    LanguageLevel,
    PhysicalDemand,
    fold,
)
from service.forms import Form
from service.imports.cells import answer, listed, shifts
from service.imports.clean import one_line, prose
from service.imports.offer_record import NOTHING_MOVES, OfferRecord, RecordPlace, occupations_of, place_from
from service.imports.report import RowRefused
from service.offers.entry import LICENCES
from service.reference_pages.skills import as_rome_writes
from service.vocabulary import OfferSource

REQUIRED = ("intitule",)
_NAMES: dict[str, tuple[str, ...]] = {
    "identifiant": ("identifiant", "id", "reference", "numero", "numero offre"),
    "intitule": ("intitule", "titre", "poste", "intitule du poste"),
    "description": ("description", "descriptif"),
    "employeur": ("employeur", "entreprise", "raison sociale"),
    "siret": ("siret",),
    "rome": ("rome", "code rome", "romecode"),
    "commune": ("commune", "ville", "lieu", "code commune", "insee"),
    "code_postal": ("code postal", "cp"),
    "horaires": ("horaires", "horaire"),
    "heures_semaine": ("heures semaine", "heures", "duree hebdomadaire", "heures hebdomadaires"),
    "type_emploi": ("type emploi", "type d emploi", "contrat", "type contrat", "type de contrat"),
    "debut": ("debut", "date debut", "prise de poste"),
    "fin": ("fin", "date fin"),
    "salaire_horaire": ("salaire horaire", "salaire horaire brut", "taux horaire"),
    "competences": ("competences", "competences exigees"),
    "competences_souhaitees": ("competences souhaitees",),
    "permis": ("permis",),
    "vehicule": ("vehicule", "vehicule exige"),
    "certificats": ("certificats", "habilitations"),
    "francais": ("francais", "niveau de francais", "niveau francais"),
    "exigences": ("exigences", "exigences physiques"),
    "experience_mois": ("experience mois", "experience"),
    "debutant": ("debutant", "debutants", "debutants acceptes", "debutant accepte"),
    "postes": ("postes", "nombre de postes", "nombre postes"),
    "souplesse_debut": ("souplesse debut", "commencer plus tard"),
    "souplesse_fin": ("souplesse fin", "finir plus tot"),
    "jours_negociables": ("jours negociables",),
    "publication": ("publication", "publiee le", "date de publication", "date creation"),
    "cloture": ("cloture", "ferme le", "date limite", "date de cloture"),
}
ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_KINDS = {
    **{fold(words): kind for kind, words in EMPLOYMENT_KINDS.items()},
    **{fold(kind.value): kind for kind in EmploymentKind},
    "mis": EmploymentKind.INTERIM,
    "interimaire": EmploymentKind.INTERIM,
    "cdd insertion": EmploymentKind.CDDI,
}
_DEMANDS = {fold(words): demand for demand, words in DEMANDS.items()}


def read_csv_offer(cells: Mapping[str, str]) -> OfferRecord:
    """Raises RowRefused with the column at fault."""
    form = Form.of({name: value for name, value in cells.items() if value})
    get = cells.get
    title = one_line(get("intitule", ""))
    if not title:
        raise RowRefused("intitule", "l’intitulé manque.")
    hours = form.hours("heures_semaine", "durée")
    if hours is not None and not 0 < hours <= 6_000:
        form.fault("heures_semaine", "entre 0 et 60 heures.")
    dates = {name: form.day(name, "date") for name in ("debut", "fin", "publication", "cloture")}
    for first, last in (("debut", "fin"), ("publication", "cloture")):
        if (a := dates[first]) and (b := dates[last]) and b < a:
            form.fault(last, f"avant « {first} ».")
    numbers = {
        "months": form.integer("experience_mois", "mois", high=600),
        "positions": form.integer("postes", "postes", low=1, high=999),
        "later": form.integer("souplesse_debut", "minutes", high=480),
        "earlier": form.integer("souplesse_fin", "minutes", high=480),
    }
    wage, siret = form.cents("salaire_horaire", "montant"), form.siret("siret")
    level = form.choice("francais", "niveau", LanguageLevel, required=False)
    for column, sentence in form.faults.items():
        raise RowRefused(column, sentence)
    told = shifts(get("horaires", ""), "horaires")
    code = one_line(get("rome", ""), 160)
    rome = occupations_of(code, title)
    return OfferRecord(
        source=OfferSource.CSV,
        source_id=one_line(get("identifiant", ""), 60) or _made_id(cells),
        title=title,
        description=prose(get("description", "")),
        employer=one_line(get("employeur", ""), 160),
        siret=siret,
        told_code=code,
        rome=rome,
        place=_place(get("commune", ""), get("code_postal", "")),
        schedule=FixedWeek(shifts=told) if told else HoursNotTold(),
        weekly_hours=hours,
        employment_kind=_kind(get("type_emploi", "")),
        starts_on=dates["debut"],
        ends_on=dates["fin"],
        hourly_wage_cents=wage,
        required_skills=as_rome_writes(listed(get("competences", ""))),
        wished_skills=as_rome_writes(listed(get("competences_souhaitees", ""))),
        licences=_licences(get("permis", "")),
        vehicle_required=answer(get("vehicule", ""), "vehicule") is Answer.YES,
        certificates=listed(get("certificats", "")),
        language=level,
        demands=_demands(get("exigences", "")),
        experience_months=numbers["months"],
        beginners=answer(get("debutant", ""), "debutant"),
        positions=numbers["positions"] or 1,
        shuttle=(),
        flexibilities=msgspec.structs.replace(
            NOTHING_MOVES,
            start_later_minutes=numbers["later"] or 0,
            end_earlier_minutes=numbers["earlier"] or 0,
            days_negotiable=answer(get("jours_negociables", ""), "jours_negociables") is Answer.YES,
        ),
        published_on=dates["publication"],
        closes_on=dates["cloture"],
    )


def _made_id(cells: Mapping[str, str]) -> str:
    """Without an identifier, an offer is known by its title, employer, place and publication."""
    parts = [fold(cells.get(name, "")) for name in ("intitule", "employeur", "commune", "publication")]
    return "x" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _place(commune: str, postcode: str) -> RecordPlace:
    code = commune if len(commune) == 5 and commune[:1].isdigit() else ""
    name = "" if code else one_line(commune, 120)
    place = place_from(insee=code, postcode=postcode or code, name=name, latitude=None, longitude=None)
    if commune and place.insee is None:
        raise RowRefused(
            "commune",
            f"« {commune[:60]} » n’est pas une commune, ou plusieurs portent ce nom ; "
            "ajoutez le code postal, ou donnez le code INSEE.",
        )
    return place


def _kind(text: str) -> EmploymentKind | None:
    if not text.strip():
        return None
    kind = _KINDS.get(fold(text))
    if kind is None:
        raise RowRefused(
            "type_emploi",
            f"« {text[:40]} » n’est pas dans la liste : {', '.join(EMPLOYMENT_KINDS.values())}.",
        )
    return kind


def _licences(text: str) -> tuple[str, ...]:
    codes = [code.upper().replace(" ", "") for code in listed(text.replace(",", "|"))]
    codes = [code.removeprefix("PERMIS") for code in codes]
    wrong = [code for code in codes if code not in LICENCES and code not in ("AUCUN", "NON")]
    if wrong:
        raise RowRefused("permis", f"« {wrong[0][:20]} » n’est pas une catégorie de permis (B, C, AM…).")
    return tuple(one for one in LICENCES if one in codes)


def _demands(text: str) -> tuple[PhysicalDemand, ...] | None:
    """Empty: not told. « aucune »: none."""
    if not text.strip():
        return None
    if fold(text) in ("aucune", "aucun", "non"):
        return ()
    found = []
    for one in listed(text.replace(",", "|")):
        demand = _DEMANDS.get(fold(one))
        if demand is None:
            raise RowRefused(
                "exigences", f"« {one[:40]} » n’est pas dans la liste : {', '.join(DEMANDS.values())}."
            )
        found.append(demand)
    return tuple(sorted(set(found)))
