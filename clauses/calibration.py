"""The six methods of calibration (brief, section 2): each keeps its inputs and its version."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from clauses.hours import Hundredths


class Rounding(StrEnum):
    """How the exact total becomes hundredths, once, at the end (no national rule found)."""

    FLOOR_HOUR = "floor_hour"
    NEAREST_HOUR = "nearest_hour"
    HUNDREDTH = "hundredth"

    @property
    def label(self) -> str:
        return {
            "floor_hour": "à l’heure inférieure",
            "nearest_hour": "à l’heure la plus proche",
            "hundredth": "au centième d’heure",
        }[self.value]


class AmountBasis(StrEnum):
    """Which euros bring hours."""

    INVOICED = "facture"
    ORDERED = "commande"

    @property
    def label(self) -> str:
        return {"facture": "facturé", "commande": "commandé"}[self.value]


class ThresholdMeaning(StrEnum):
    """Trigger: once reached, every euro counts. Franchise: only the euros beyond count."""

    TRIGGER = "declencheur"
    FRANCHISE = "franchise"

    @property
    def label(self) -> str:
        return {"declencheur": "seuil de déclenchement", "franchise": "franchise"}[self.value]


class Fixed(msgspec.Struct, frozen=True, kw_only=True, tag="fixed"):
    """A number of hours written in the contract."""

    hours: Hundredths


class Formula(msgspec.Struct, frozen=True, kw_only=True, tag="formula"):
    """Amount excluding tax × labour share × rate ÷ hourly cost; shares between 0 and 1."""

    amount: Decimal
    labour_share: Decimal
    rate: Decimal
    hourly_cost: Decimal


class PerAmount(msgspec.Struct, frozen=True, kw_only=True, tag="per_amount"):
    """`hours_per_tranche` for each `tranche` euros of net amount (CCAP21, 1.4: 1 h per 2,000 € invoiced)."""

    tranche: Decimal
    hours_per_tranche: Hundredths
    basis: AmountBasis
    threshold: Decimal = Decimal(0)
    meaning: ThresholdMeaning = ThresholdMeaning.TRIGGER
    reached_at_equal: bool = True
    complete_tranches_only: bool = False


class Bracket(msgspec.Struct, frozen=True, kw_only=True):
    """From this amount (inclusive), this many hours."""

    at_least: Decimal
    hours: Hundredths


class Brackets(msgspec.Struct, frozen=True, kw_only=True, tag="brackets"):
    """Hours by bracket of the amount of the firm period, reconductions left out (CSF)."""

    amount: Decimal
    brackets: tuple[Bracket, ...]


class PercentOfHoursWorked(msgspec.Struct, frozen=True, kw_only=True, tag="percent_of_hours"):
    """A share (0 to 1) of all labour hours of the lot; unknown until they are declared."""

    rate: Decimal


class ProrataNewStaff(msgspec.Struct, frozen=True, kw_only=True, tag="prorata_new_staff"):
    """Base hours × new staff ÷ all staff: staff taken over by law does not count (Propreté)."""

    base_hours: Hundredths
    new_staff: int | None
    all_staff: int | None


Method = Fixed | Formula | PerAmount | Brackets | PercentOfHoursWorked | ProrataNewStaff

METHOD_LABELS: dict[type[Method], str] = {
    Fixed: "Volume fixe",
    Formula: "Formule (montant × part de main-d’œuvre × taux ÷ coût horaire)",
    PerAmount: "Heures par tranche de montant",
    Brackets: "Barème par montant",
    PercentOfHoursWorked: "Pourcentage des heures travaillées",
    ProrataNewStaff: "Prorata du personnel nouveau",
}


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """A method with its inputs, how it is rounded, and its version: a new version is a new event."""

    version: int
    method: Method
    rounding: Rounding
