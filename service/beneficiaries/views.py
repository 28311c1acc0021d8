"""What the facilitator sees of a person: identity, eligibility with its ground, placements, hours."""

from datetime import date

import msgspec

from service.listing import Listing
from service.sharing.views import SharedLine


class BeneficiaryLine(msgspec.Struct, frozen=True, kw_only=True):
    """`eligible_until` None with `eligible` True: no end set."""

    id: str
    name: str
    birth_date: date | None
    followed: bool
    eligible: bool
    eligible_until: date | None
    ends_soon: bool
    placements: int
    at_work: bool
    employer: str


class BeneficiariesView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    beneficiaries: tuple[BeneficiaryLine, ...]


class PeriodView(msgspec.Struct, frozen=True, kw_only=True):
    """A period with its ground: référent and facilitator only."""

    id: str
    criterion: str
    criterion_label: str
    grid: str
    starts_on: date
    ends_on: date | None
    end_rule: str
    cdi_hired_on: date | None
    proof_label: str
    proof_dated_on: date | None
    proof_expires_on: date | None
    opinion: str
    revoked_on: date | None
    revoked_reason: str
    validated_by: str
    state: str
    tone: str
    live: bool


class PlacementLine(msgspec.Struct, frozen=True, kw_only=True):
    """A placement and its hours (hundredths). `eligible`: the days that may count on this lot."""

    id: str
    lot_id: str
    lot: str
    reference: str
    employer: str
    user_company: str
    employment: str
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    end_reason: str
    running: bool
    confirmed: bool
    declared: int
    validated: int
    eligible: tuple[tuple[date, date | None], ...]
    may_share: bool


class BeneficiaryView(msgspec.Struct, frozen=True, kw_only=True):
    """A person's file for the clauses. `followed`: she has a référent in the PLIE."""

    id: str
    first_name: str
    last_name: str
    birth_name: str
    birth_date: date | None
    phone: str
    email: str
    followed: bool
    referent: str
    alerts: tuple[str, ...]
    periods: tuple[PeriodView, ...]
    placements: tuple[PlacementLine, ...]
    declared: int
    validated: int
    shares: tuple[SharedLine, ...]


class AlikeView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody already known who may be the one typed."""

    id: str
    name: str
    birth_date: date | None
    why: str


class NewView(msgspec.Struct, frozen=True, kw_only=True):
    alike: tuple[AlikeView, ...]


class ProofChoice(msgspec.Struct, frozen=True, kw_only=True):
    criterion: str
    label: str
    valid_months: int | None


class EligibilityFormView(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    grid: str
    months: int
    grace: str
    proofs: tuple[ProofChoice, ...]
