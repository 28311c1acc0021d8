"""An offer as it is typed: every field read, all faults at once."""

from collections.abc import Collection
from datetime import date

import msgspec

from matching.offer import Flexibilities, ShuttleStop
from matching.terms import Answer, EmploymentKind, LanguageLevel, PhysicalDemand, RomeWeight
from matching.week import Schedule
from service.forms import Form
from service.offers.schedule_form import read_schedule
from service.reference.reading import Reading
from service.reference_pages.communes import label_of
from service.reference_pages.occupations import read_words
from service.reference_pages.resolve import Place, read_commune, read_occupation, written_occupation
from service.reference_pages.skills import as_rome_writes
from service.vocabulary import OccupationSource

LICENCES = ("AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C", "C1E", "CE", "D1", "D", "DE")
LONGEST_WEEK = 6_000
LONGEST_TEXT = 20_000
MOST_LINES = 60
SHUTTLE_STOPS = 12


class OfferTyped(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that a person fills; `employer` is a public id or empty."""

    title: str
    employer: str
    description: str
    rome: tuple[RomeWeight, ...]
    rome_source: OccupationSource
    place: Place | None
    place_label: str
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


def read_offer(form: Form, *, prefer: Collection[str], stored: Reading | None = None) -> OfferTyped | None:
    """The values typed; None when there are faults.

    `prefer`: communes of the territory. `stored`: the title and occupation as they were; the occupation is
    kept whole while its field is left as it was, unless it was read from a title that changes.
    """
    title = form.text("title", "Intitulé", required=True)
    place = read_commune(form, "commune", "Commune", prefer=prefer)
    street = form.text("street", "Adresse", longest=100)
    if street and place is None and "commune" not in form.faults:
        form.fault("commune", "Commune : à remplir quand une adresse est donnée.")
    starts_on, ends_on = form.day("starts_on", "Début"), form.day("ends_on", "Fin")
    _in_order(form, starts_on, ends_on, "ends_on", "Fin : avant le début.")
    published_on, closes_on = form.day("published_on", "Publiée le"), form.day("closes_on", "Ferme le")
    _in_order(form, published_on, closes_on, "closes_on", "Ferme le : avant la publication.")
    occupation = _occupation(form, title, stored)
    typed = OfferTyped(
        title=title,
        employer=form.text("employer", "Employeur", longest=12),
        description=form.text("description", "Description", longest=LONGEST_TEXT, lines=True),
        rome=occupation.rome if occupation else (),
        rome_source=occupation.source if occupation else OccupationSource.PROPOSED,
        place=place,
        place_label=place_words(street, label_of(place.insee) if place else ""),
        schedule=read_schedule(form),
        weekly_hours=_weekly_hours(form),
        employment_kind=form.choice("employment_kind", "Type d’emploi", EmploymentKind, required=False),
        starts_on=starts_on,
        ends_on=ends_on,
        hourly_wage_cents=_wage(form),
        required_skills=as_rome_writes(read_lines(form, "required_skills", "Compétences exigées")),
        wished_skills=as_rome_writes(read_lines(form, "wished_skills", "Compétences souhaitées")),
        licences=_licences(form),
        vehicle_required=form.flag("vehicle_required"),
        certificates=read_lines(form, "certificates", "Certificats et habilitations"),
        language=form.choice("language", "Niveau de français", LanguageLevel, required=False),
        demands=_demands(form),
        experience_months=form.integer("experience_months", "Expérience demandée", high=600, unit="mois"),
        beginners=form.choice("beginners", "Débutants acceptés", Answer) or Answer.UNKNOWN,
        positions=form.integer("positions", "Nombre de postes", low=1, high=999, required=True) or 1,
        shuttle=_shuttle(form, prefer),
        flexibilities=_flexibilities(form),
        published_on=published_on,
        closes_on=closes_on,
    )
    return None if form.faults else typed


def place_words(street: str, commune: str) -> str:
    """« 12 rue du Moulin, Arques (62510) »: what is shown, and read again when the offer is edited."""
    return f"{street}, {commune}" if street else commune


def read_lines(form: Form, name: str, label: str) -> tuple[str, ...]:
    """One thing a line, once each, in order."""
    text = form.text(name, label, longest=6_000, lines=True)
    lines = tuple(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))
    if len(lines) > MOST_LINES:
        form.fault(name, f"{label} : {len(lines)} lignes, pour {MOST_LINES} au plus.")
    elif any(len(line) > 200 for line in lines):
        form.fault(name, f"{label} : une ligne dépasse 200 caractères.")
    return lines


def _in_order(form: Form, first: date | None, last: date | None, name: str, sentence: str) -> None:
    if first and last and last < first:
        form.fault(name, sentence)


def _occupation(form: Form, title: str, stored: Reading | None) -> Reading | None:
    typed = form.raw("occupation").strip()
    if stored and typed == written_occupation(stored.rome):
        guessed = stored.source is OccupationSource.PROPOSED and title != stored.text
        if not guessed:
            return stored
    elif typed:
        return read_occupation(form, "occupation", "Métier")
    found = read_words(title) if title else None
    if title and found is None:
        form.fault("occupation", "Métier : l’intitulé ne permet pas de le deviner ; indiquez-le.")
    return found and msgspec.structs.replace(found, source=OccupationSource.PROPOSED)


def _weekly_hours(form: Form) -> int | None:
    hours = form.hours("weekly_hours", "Durée hebdomadaire")
    if hours is not None and not 0 < hours <= LONGEST_WEEK:
        form.fault("weekly_hours", "Durée hebdomadaire : entre 0 et 60 heures.")
    return hours


def _wage(form: Form) -> int | None:
    cents = form.cents("hourly_wage", "Salaire horaire brut")
    if cents is not None and not 100 <= cents <= 50_000:
        form.fault("hourly_wage", "Salaire horaire brut : entre 1 et 500 € de l’heure.")
    return cents


def _licences(form: Form) -> tuple[str, ...]:
    if any(one not in LICENCES for one in form.raw_list("licences")):
        form.fault("licences", "Permis : une réponse n’est pas dans la liste.")
    return tuple(one for one in LICENCES if form.has("licences", one))


def _demands(form: Form) -> tuple[PhysicalDemand, ...] | None:
    """None: not told. Ticking one tells; « aucune » is told too."""
    ticked = form.choices("demands", "Ce que le poste demande au corps", PhysicalDemand)
    told = form.one_of("demands_told", "Ce que le poste demande au corps", ("oui", "non"), required=False)
    if ticked and told == "non":
        form.fault(
            "demands_told",
            "Ce que le poste demande au corps : des cases sont cochées alors que « pas encore communiqué » "
            "est choisi.",
        )
    return tuple(sorted(ticked)) if ticked or told == "oui" else None


def _shuttle(form: Form, prefer: Collection[str]) -> tuple[ShuttleStop, ...]:
    stops = []
    for number in range(SHUTTLE_STOPS):
        name = f"shuttle{number}"
        label = f"Navette, arrêt {number + 1}"
        place = read_commune(form, f"{name}_commune", label, prefer=prefer)
        minutes = form.integer(f"{name}_minutes", f"{label}, durée", low=1, high=240, unit="minutes")
        if place and minutes:
            stops.append(ShuttleStop(insee=place.insee, minutes=minutes))
        elif place and f"{name}_minutes" not in form.faults:
            form.fault(f"{name}_minutes", f"{label} : la durée du trajet manque.")
        elif minutes and f"{name}_commune" not in form.faults:
            form.fault(f"{name}_commune", f"{label} : la commune manque.")
    return tuple(stops)


def _flexibilities(form: Form) -> Flexibilities:
    def minutes(name: str, label: str) -> int:
        return form.integer(name, label, high=480, unit="minutes") or 0

    return Flexibilities(
        start_later_minutes=minutes("start_later", "Début plus tard"),
        start_earlier_minutes=minutes("start_earlier", "Début plus tôt"),
        end_earlier_minutes=minutes("end_earlier", "Fin plus tôt"),
        end_later_minutes=minutes("end_later", "Fin plus tard"),
        days_negotiable=form.flag("days_negotiable"),
        start_date_days=form.integer("start_date_days", "Report de la prise de poste", high=365, unit="jours")
        or 0,
    )
