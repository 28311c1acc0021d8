"""The marché, its lots and its party tree: who buys, who orders, who works, under which rules.

The obligation hangs on a lot, never on a company (clauses brief, section 1).
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import msgspec

from clauses.days import add_months, last_day
from clauses.placement import EmployerKind, EmploymentKind, Modality
from clauses.wording import day


class LegalBasis(StrEnum):
    """Why the marché carries a clause (Code de la commande publique; `charte_privee` for developers)."""

    CONDITION_EXECUTION = "condition_execution"
    MARCHE_RESERVE_HANDICAP = "marche_reserve_handicap"
    MARCHE_RESERVE_INSERTION = "marche_reserve_insertion"
    MARCHE_RESERVE_ESS = "marche_reserve_ess"
    MARCHE_INSERTION = "marche_insertion"
    CRITERE = "critere"
    CHARTE_PRIVEE = "charte_privee"

    @property
    def label(self) -> str:
        return _BASIS_LABELS[self]

    @property
    def article(self) -> str:
        """The article in force, or an empty string for a private charter."""
        return _BASIS_ARTICLES[self]

    @property
    def alias(self) -> str:
        """The article of the old code, which people still say."""
        return _BASIS_ALIASES[self]


_BASIS_LABELS = {
    LegalBasis.CONDITION_EXECUTION: "Condition d’exécution",
    LegalBasis.MARCHE_RESERVE_HANDICAP: "Marché réservé (handicap)",
    LegalBasis.MARCHE_RESERVE_INSERTION: "Marché réservé (insertion)",
    LegalBasis.MARCHE_RESERVE_ESS: "Marché réservé (économie sociale et solidaire)",
    LegalBasis.MARCHE_INSERTION: "Marché de services de qualification et d’insertion",
    LegalBasis.CRITERE: "Critère social d’attribution",
    LegalBasis.CHARTE_PRIVEE: "Charte privée",
}
_BASIS_ARTICLES = {
    LegalBasis.CONDITION_EXECUTION: "L2112-2",
    LegalBasis.MARCHE_RESERVE_HANDICAP: "L2113-12",
    LegalBasis.MARCHE_RESERVE_INSERTION: "L2113-13",
    LegalBasis.MARCHE_RESERVE_ESS: "L2113-15",
    LegalBasis.MARCHE_INSERTION: "",
    LegalBasis.CRITERE: "L2152-7",
    LegalBasis.CHARTE_PRIVEE: "",
}
_BASIS_ALIASES = {
    LegalBasis.CONDITION_EXECUTION: "article 14",
    LegalBasis.MARCHE_RESERVE_HANDICAP: "article 15",
    LegalBasis.MARCHE_RESERVE_INSERTION: "article 36 de l’ordonnance de 2015",
    LegalBasis.MARCHE_RESERVE_ESS: "",
    LegalBasis.MARCHE_INSERTION: "article 30",
    LegalBasis.CRITERE: "article 53",
    LegalBasis.CHARTE_PRIVEE: "",
}


class GroupementKind(StrEnum):
    """DECP `typeGroupementOperateurs`."""

    NONE = "aucun"
    CONJOINT = "conjoint"
    SOLIDAIRE = "solidaire"

    @property
    def label(self) -> str:
        return {"aucun": "Pas de groupement", "conjoint": "Conjoint", "solidaire": "Solidaire"}[self.value]


class PartyRole(StrEnum):
    """A sole titulaire is a `mandataire` of a groupement of one."""

    MANDATAIRE = "mandataire"
    COTRAITANT = "cotraitant"
    SOUS_TRAITANT = "sous_traitant"

    @property
    def label(self) -> str:
        return {
            "mandataire": "Titulaire ou mandataire",
            "cotraitant": "Cotraitant",
            "sous_traitant": "Sous-traitant",
        }[self.value]


class Calendar(StrEnum):
    """How often hours are declared."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def label(self) -> str:
        return {"monthly": "Chaque mois", "quarterly": "Chaque trimestre"}[self.value]


class ExemptionReason(StrEnum):
    """Exceptions to the mandatory clause (loi Climat et résilience, art. 35; wording not verified)."""

    IMMEDIATE_SOLUTION = "immediate_solution"
    NO_LINK = "no_link"
    RESTRICTS_COMPETITION = "restricts_competition"
    UNDER_SIX_MONTHS = "under_six_months"

    @property
    def label(self) -> str:
        return {
            "immediate_solution": "Une solution est immédiatement disponible",
            "no_link": "Pas de lien suffisant avec l’objet du marché",
            "restricts_competition": "La clause restreindrait la concurrence ou gênerait trop l’exécution",
            "under_six_months": "Durée inférieure à six mois",
        }[self.value]


class CutPolicy(StrEnum):
    """How a month that is only partly eligible is counted."""

    PRORATA = "prorata"
    DAILY_REQUIRED = "daily_required"
    ALL_OR_NOTHING = "all_or_nothing"

    @property
    def label(self) -> str:
        return {
            "prorata": "Au prorata des jours ouvrés",
            "daily_required": "Relevé journalier exigé",
            "all_or_nothing": "Mois entier ou rien",
        }[self.value]


class SurplusPolicy(StrEnum):
    """Where hours beyond the due may go."""

    NONE = "none"
    SAME_BUYER = "same_buyer"
    POOL = "pool"

    @property
    def label(self) -> str:
        return {
            "none": "Pas de partage entre lots",
            "same_buyer": "Entre lots du même acheteur",
            "pool": "Entre acheteurs, avec leur accord",
        }[self.value]


class HoursBasis(StrEnum):
    """Whether only hours worked count, or paid leave and absences too (brief 3.4; practice not verified)."""

    WORKED = "worked"
    PAID = "paid"

    @property
    def label(self) -> str:
        return {"worked": "Heures travaillées", "paid": "Heures payées"}[self.value]


class Buyer(msgspec.Struct, frozen=True, kw_only=True):
    """Who passes the marché (acheteur). The ordering entity, who issues the orders, may be another."""

    id: str
    name: str


class OrderingEntity(msgspec.Struct, frozen=True, kw_only=True):
    """Who issues the purchase orders (bénéficiaire of an accord-cadre)."""

    id: str
    name: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a marché lets count, and by when. Defaults are those of parameters.toml, with their sources."""

    accepted_employers: frozenset[EmployerKind] = frozenset(
        {
            EmployerKind.ENTREPRISE,
            EmployerKind.EI,
            EmployerKind.ACI,
            EmployerKind.AI,
            EmployerKind.ETTI,
            EmployerKind.GEIQ,
            EmployerKind.EA,
            EmployerKind.ETT,
        }
    )
    accepted_employments: frozenset[EmploymentKind] = frozenset(
        {
            EmploymentKind.CDI,
            EmploymentKind.CDD,
            EmploymentKind.CDDI,
            EmploymentKind.INTERIM,
            EmploymentKind.APPRENTISSAGE,
            EmploymentKind.PROFESSIONNALISATION,
        }
    )
    accepted_modalities: frozenset[Modality] = frozenset(Modality)
    cut_policy: CutPolicy = CutPolicy.PRORATA
    surplus_policy: SurplusPolicy = SurplusPolicy.NONE
    hours_basis: HoursBasis = HoursBasis.WORKED
    training_countable: bool = True
    training_cap_percent: int = 20
    """Training hours count up to this share, in percent, of the countable hours of work of the lot."""
    eligibility_months: int = 24
    """A period by duration counts no longer than this on the lot, whatever its grid gave it."""
    cdi_cap_months: int = 48
    late_proof_grace_days: int | None = None
    """None: the period starts no sooner than the proof; n: it may go back n days."""
    visa_required: bool = False
    deadline_days: int = 15
    control_days: int = 15
    """How many days the facilitator has to examine a declaration (drives the next action)."""


class Marche(msgspec.Struct, frozen=True, kw_only=True):
    """A marché. The four mandatory fields of the CCAG 2021 are perimeter, facilitator_contact,
    eligible_profiles and, on each lot, the volume (its calibration)."""

    id: str
    territory_id: str
    reference: str
    title: str
    buyer: Buyer
    ordering_entities: tuple[OrderingEntity, ...]
    legal_bases: tuple[LegalBasis, ...]
    groupement: GroupementKind
    calendar: Calendar
    perimeter: str
    facilitator_contact: str
    eligible_profiles: str
    exemption: ExemptionReason | None
    exemption_note: str


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """A lot; `starts_on` (notification) to `ends_on` (delivery planned) is where hours may lie,
    until events move it (`obligation.window_at`). `volume` is the obligation as the CCAP words it."""

    id: str
    marche_id: str
    buyer_id: str
    number: str
    title: str
    starts_on: date
    ends_on: date
    volume: str
    grid_id: str
    rules: Rules


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A company in a lot's tree between two dates, inclusive; `ends_on` None: until further notice.

    `tier` 0 is the groupement, 1 its subcontractors, 2 theirs. `key_share` is the internal key of the
    groupement (any positive unit: keys are renormalised); None for a subcontractor.
    """

    id: str
    lot_id: str
    company_id: str
    role: PartyRole
    tier: int
    parent_id: str | None
    starts_on: date
    ends_on: date | None
    key_share: Decimal | None
    acte_special: str | None


def missing_mandatory_fields(marche: Marche, lots: tuple[Lot, ...]) -> tuple[str, ...]:
    """The mandatory fields of the CCAG 2021 (art. 16.1 / 20.1) that are empty, in French words."""
    missing = [
        label
        for label, value in (
            ("le périmètre de la clause", marche.perimeter),
            ("le contact du facilitateur", marche.facilitator_contact),
            ("les publics éligibles", marche.eligible_profiles),
        )
        if not value.strip()
    ]
    if not lots or any(not lot.volume.strip() for lot in lots):
        missing.append("le volume d’heures")
    return tuple(missing)


def party_at(parties: tuple[Party, ...], company_id: str, on: date) -> Party | None:
    """The company's place in the tree on that day; the highest tier when it has several."""
    present = [p for p in parties if p.company_id == company_id and is_present(p, on)]
    return min(present, key=lambda p: (p.tier, p.id), default=None)


def is_present(party: Party, on: date) -> bool:
    return party.starts_on <= on and (party.ends_on is None or on <= party.ends_on)


def mandataire_at(parties: tuple[Party, ...], on: date) -> Party | None:
    """Who answers for the groupement on that day."""
    found = [p for p in parties if p.role is PartyRole.MANDATAIRE and is_present(p, on)]
    return min(found, key=lambda p: (p.starts_on, p.id), default=None)


def companies_below(parties: tuple[Party, ...], company_id: str) -> frozenset[str]:
    """Own tier and below: the companies whose lines this company may see (invariant I7).

    A subcontractor is below its parent; a cotraitant is not below the mandataire, who sees totals only.
    """
    own = {p.id for p in parties if p.company_id == company_id}
    seen: set[str] = set()
    while own - seen:
        seen |= own
        own |= {p.id for p in parties if p.parent_id in seen and p.role is PartyRole.SOUS_TRAITANT}
    return frozenset({company_id} | {p.company_id for p in parties if p.id in seen})


@lru_cache(maxsize=4096)
def period_of(calendar: Calendar, on: date) -> tuple[date, date]:
    """First and last day of the declaration period that holds the day."""
    first_month = on.month if calendar is Calendar.MONTHLY else (on.month - 1) // 3 * 3 + 1
    months = 1 if calendar is Calendar.MONTHLY else 3
    first = date(on.year, first_month, 1)
    return first, last_day(add_months(first, months - 1))


def describe_window(first: date, last: date | None) -> str:
    """« du 03/02/2026 au 31/12/2026 », « à partir du 03/02/2026 »."""
    return f"à partir du {day(first)}" if last is None else f"du {day(first)} au {day(last)}"
