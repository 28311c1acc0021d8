"""The placement (mise à l'emploi): a person at work on a lot. It exists before any hours."""

from datetime import date
from enum import StrEnum

import msgspec

from clauses.hours import Hundredths
from clauses.wording import day


class EmploymentKind(StrEnum):
    """The kind of employment. Stage and PMSMP are steps of a parcours, never insertion hours."""

    CDI = "cdi"
    CDD = "cdd"
    CDDI = "cddi"
    INTERIM = "interim"
    APPRENTISSAGE = "apprentissage"
    PROFESSIONNALISATION = "professionnalisation"
    STAGE = "stage"
    PMSMP = "pmsmp"

    @property
    def label(self) -> str:
        return {
            "cdi": "CDI",
            "cdd": "CDD",
            "cddi": "CDD d’insertion",
            "interim": "Intérim",
            "apprentissage": "Apprentissage",
            "professionnalisation": "Professionnalisation",
            "stage": "Stage",
            "pmsmp": "Immersion (PMSMP)",
        }[self.value]


class EmployerKind(StrEnum):
    """The kind of the legal employer: which may count is a flag of each marché (brief 3.4)."""

    ENTREPRISE = "entreprise"
    EI = "ei"
    ACI = "aci"
    AI = "ai"
    ETTI = "etti"
    EITI = "eiti"
    GEIQ = "geiq"
    ETT = "ett"
    EA = "ea"
    EATT = "eatt"
    ESAT = "esat"
    SEP = "sep"
    REGIE = "regie"

    @property
    def label(self) -> str:
        return {
            "entreprise": "Entreprise",
            "ei": "Entreprise d’insertion (EI)",
            "aci": "Atelier et chantier d’insertion (ACI)",
            "ai": "Association intermédiaire (AI)",
            "etti": "Entreprise de travail temporaire d’insertion (ETTI)",
            "eiti": "Entreprise d’insertion par le travail indépendant (EITI)",
            "geiq": "Groupement d’employeurs (GEIQ)",
            "ett": "Entreprise de travail temporaire (ETT)",
            "ea": "Entreprise adaptée (EA)",
            "eatt": "Entreprise adaptée de travail temporaire (EATT)",
            "esat": "Établissement de travail protégé (ESAT)",
            "sep": "Structure d’emploi en prison (SEP)",
            "regie": "Régie de quartier",
        }[self.value]


class Modality(StrEnum):
    """How the person comes to the lot: read from the two companies, never typed."""

    DIRECT = "embauche_directe"
    MISE_A_DISPOSITION = "mise_a_disposition"
    SOUS_TRAITANCE_SIAE = "sous_traitance"

    @property
    def label(self) -> str:
        return {
            "embauche_directe": "Embauche directe",
            "mise_a_disposition": "Mise à disposition",
            "sous_traitance": "Sous-traitance ou cotraitance",
        }[self.value]


class EndReason(StrEnum):
    """Why a placement ended (brief 8b, case 12)."""

    PLANNED = "fin_prevue"
    HIRED_ELSEWHERE = "autre_emploi"
    CDI = "cdi"
    TRAINING = "formation"
    ABANDON = "abandon"
    DISMISSAL = "licenciement"
    RESIGNATION = "demission"
    HEALTH = "sante"
    DEATH = "deces"
    CONSENT_WITHDRAWN = "retrait_consentement"
    UNKNOWN = "inconnu"

    @property
    def label(self) -> str:
        return {
            "fin_prevue": "Fin prévue",
            "autre_emploi": "Autre emploi",
            "cdi": "Embauche en CDI",
            "formation": "Entrée en formation",
            "abandon": "Abandon",
            "licenciement": "Licenciement",
            "demission": "Démission",
            "sante": "Raison de santé",
            "deces": "Décès",
            "retrait_consentement": "Retrait du consentement",
            "inconnu": "Raison non connue",
        }[self.value]


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Person, legal employer, user company, lot, employment, dates (inclusive).

    `weekly_hours` in hundredths, None when it was not told. `ended_on` is what happened,
    `planned_ends_on` what was planned (None: a CDI, or not told). `cdi_from`: the day from which another
    employment goes on as a CDI (brief 8b, case 13).
    """

    id: str
    person_id: str
    lot_id: str
    legal_employer_id: str
    legal_employer_kind: EmployerKind
    user_company_id: str
    employment_kind: EmploymentKind
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    end_reason: EndReason | None
    weekly_hours: Hundredths | None
    cdi_from: date | None = None


def last_day_of(placement: Placement) -> date | None:
    """The last day of the placement: the real end, else the planned one, else open, as a CDI is."""
    return placement.ended_on or (None if placement.cdi_from else placement.planned_ends_on)


def employment_at(kind: EmploymentKind, cdi_from: date | None, on: date) -> EmploymentKind:
    """The employment of a day: a CDI from its day on."""
    return EmploymentKind.CDI if cdi_from is not None and cdi_from <= on else kind


def employment_words(placement: Placement, on: date) -> str:
    """« CDD », « CDD (CDI à partir du 01/06/2026) » while it is to come, then « CDI »."""
    kind = employment_at(placement.employment_kind, placement.cdi_from, on)
    if placement.cdi_from is None or kind is EmploymentKind.CDI:
        return kind.label
    return f"{kind.label} (CDI à partir du {day(placement.cdi_from)})"


def is_ever_cdi(placement: Placement) -> bool:
    """A CDI now or later: what extends an eligibility by a CDI serves it, since that lies after the hire."""
    return placement.employment_kind is EmploymentKind.CDI or placement.cdi_from is not None


def is_running(placement: Placement, on: date) -> bool:
    end = last_day_of(placement)
    return placement.starts_on <= on and (end is None or on <= end)


def modality(placement: Placement) -> Modality:
    """Two companies: mise à disposition. One: sub-contracting for a social employer, else direct hire."""
    same = placement.legal_employer_id == placement.user_company_id
    return modality_between(placement.legal_employer_kind, same_company=same)


def modality_between(employer: EmployerKind, *, same_company: bool) -> Modality:
    """The same, when all that is known is the kind of the legal employer and whether it is the user."""
    if not same_company:
        return Modality.MISE_A_DISPOSITION
    if employer is EmployerKind.ENTREPRISE:
        return Modality.DIRECT
    return Modality.SOUS_TRAITANCE_SIAE
