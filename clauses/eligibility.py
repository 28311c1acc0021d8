"""Eligibility: versioned grids of criteria and proofs, and the periods that a person holds.

A period belongs to the person and serves every marché whose grid holds its criterion; how long a CDI
extends it is a rule of each marché (CCAP21: to the end of the marché, four years at most from hire).
"""

from datetime import date
from enum import StrEnum

import msgspec

from clauses.days import Interval, add_days, end_of_months
from clauses.errors import Refused, refused
from clauses.marche import Lot
from clauses.wording import NNBSP, day, plural

LATE_PROOF = "Justificatif tardif admis"
"""What the reason of an override begins with, where it is kept: with the opinion of the period."""


class EndRule(StrEnum):
    """What ends a period."""

    MONTHS = "duree"
    DATE = "date_fixe"
    LOT_END = "fin_du_lot"

    @property
    def label(self) -> str:
        return {
            "duree": "Durée prévue par la grille",
            "date_fixe": "Date fixée par le facilitateur",
            "fin_du_lot": "Jusqu’à la fin du lot",
        }[self.value]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A document that proves a criterion; `valid_months` None: no date of expiry of its own."""

    label: str
    valid_months: int | None


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """A ground of eligibility. The firm never sees it; `source` tells where the wording was read."""

    code: str
    label: str
    proofs: tuple[Proof, ...]
    needs_opinion: bool
    historic: bool
    source: str


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A versioned set of criteria, attached to lots; a change makes a new version."""

    id: str
    version: int
    label: str
    in_force_from: date
    period_months: int
    criteria: tuple[Criterion, ...]


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From `starts_on` to `ends_on`, inclusive, before any CDI extension.

    `cdi_hired_on`: the hire or the conversion. `proof_expires_on` None: nothing to renew. `opinion`: the
    reasoned opinion of criterion AVIS, then why a late proof was admitted, a line each.
    """

    id: str
    person_id: str
    grid_id: str
    grid_version: int
    criterion: str
    starts_on: date
    ends_on: date | None
    end_rule: EndRule
    cdi_hired_on: date | None
    proof_label: str
    proof_dated_on: date | None
    proof_expires_on: date | None
    opinion: str
    revoked_on: date | None
    revoked_reason: str


class OpenPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What the facilitator enters to validate an eligibility: hire asked, proof shown. `override`: why a
    proof that came after the days of grace is nevertheless worth from the day asked; empty, it is not."""

    id: str
    person_id: str
    criterion: str
    asked_from: date
    proof_label: str
    proof_dated_on: date | None
    opinion: str
    fixed_end: date | None
    override: str = ""


def open_period(command: OpenPeriod, grid: Grid, grace_days: int | None) -> Period | Refused:
    """Validate an eligibility. A proof dated after the start moves the start to its date, less the days of
    grace (brief 8b, case 6): grace None, start at the proof; grace n, start up to n days before the proof.
    The facilitator may go back to the day asked with a reason, which stays with the period."""
    criterion = next((c for c in grid.criteria if c.code == command.criterion), None)
    if criterion is None:
        return refused(
            "critere_inconnu", f"La grille « {grid.label} » n’a pas de critère {command.criterion}."
        )
    if criterion.needs_opinion and not command.opinion.strip():
        return refused("avis_manquant", "Ce critère demande un avis motivé : indiquez l’auteur et le motif.")
    override = command.override.strip()
    starts_on = retroactive_start(command.asked_from, command.proof_dated_on, grace_days)
    if override and starts_on == command.asked_from:
        return refused("derogation_sans_objet", "Le justificatif n’est pas tardif : ce motif est sans objet.")
    if override:
        starts_on = command.asked_from
        override = f"{LATE_PROOF}{NNBSP}: {override}"
    if command.fixed_end is not None and command.fixed_end < starts_on:
        return refused(
            "fin_avant_debut", f"L’éligibilité finirait le {day(command.fixed_end)}, avant son début."
        )
    proof = next((p for p in criterion.proofs if p.label == command.proof_label), None)
    ends_on = command.fixed_end or end_of_months(starts_on, grid.period_months)
    return Period(
        id=command.id,
        person_id=command.person_id,
        grid_id=grid.id,
        grid_version=grid.version,
        criterion=criterion.code,
        starts_on=starts_on,
        ends_on=ends_on,
        end_rule=EndRule.DATE if command.fixed_end else EndRule.MONTHS,
        cdi_hired_on=None,
        proof_label=command.proof_label,
        proof_dated_on=command.proof_dated_on,
        proof_expires_on=_proof_end(proof, command.proof_dated_on),
        opinion="\n".join(text for text in (command.opinion.strip(), override) if text),
        revoked_on=None,
        revoked_reason="",
    )


def retroactive_start(asked_from: date, proof_dated_on: date | None, grace_days: int | None) -> date:
    """The first eligible day when the proof is dated after the hire."""
    if proof_dated_on is None or proof_dated_on <= asked_from:
        return asked_from
    return max(asked_from, add_days(proof_dated_on, -(grace_days or 0)))


def _proof_end(proof: Proof | None, dated_on: date | None) -> date | None:
    if proof is None or proof.valid_months is None or dated_on is None:
        return None
    return end_of_months(dated_on, proof.valid_months)


def interval_for(
    period: Period, lot: Lot, lot_ends_on: date | None = None, *, cdi: bool = True
) -> Interval | None:
    """The eligible days of the period on this lot, CDI extension included; None when it holds no day.

    With a CDI begun within the period, hours count for the remaining duration of the marché, at most
    `cdi_cap_months` from the hire (CCAP21). The extension never shortens the period. `cdi` False leaves it
    out: it is worth for the hours of a CDI only.
    """
    lot_end = lot_ends_on or lot.ends_on
    end = _own_end(period, lot, lot_end)
    hired = period.cdi_hired_on
    if cdi and end is not None and hired is not None and period.starts_on <= hired <= end:
        capped = end_of_months(hired, lot.rules.cdi_cap_months)
        end = max(end, min(lot_end, capped))
    if period.revoked_on is not None:
        before = add_days(period.revoked_on, -1)
        end = before if end is None else min(end, before)
    if end is not None and end < period.starts_on:
        return None
    return Interval(first=period.starts_on, last=end)


def _own_end(period: Period, lot: Lot, lot_end: date) -> date | None:
    """The end before any CDI: a period by duration lasts no longer on a lot than the lot's own rule says."""
    if period.end_rule is EndRule.LOT_END:
        return lot_end
    if period.end_rule is EndRule.DATE or period.ends_on is None:
        return period.ends_on
    return min(period.ends_on, end_of_months(period.starts_on, lot.rules.eligibility_months))


def intervals_for(
    periods: tuple[Period, ...],
    person_id: str,
    lot: Lot,
    grid: Grid,
    lot_ends_on: date | None = None,
    *,
    cdi: bool = True,
) -> tuple[Interval, ...]:
    """All eligible days of a person on a lot: any period whose criterion is in the lot's grid serves."""
    codes = {c.code for c in grid.criteria}
    own = (p for p in periods if p.person_id == person_id and p.criterion in codes)
    found = (interval_for(p, lot, lot_ends_on, cdi=cdi) for p in own)
    return tuple(sorted((i for i in found if i is not None), key=lambda i: (i.first, i.last or date.max)))


class ExpiryAlert(msgspec.Struct, frozen=True, kw_only=True):
    """A period or a proof that ends soon."""

    period_id: str
    person_id: str
    ends_on: date
    of_proof: bool
    sentence: str


def expiry_alerts(
    periods: tuple[Period, ...], on: date, period_days: int, proof_days: int
) -> tuple[ExpiryAlert, ...]:
    """Periods that end within `period_days`, proofs within `proof_days`, soonest first."""
    found: list[ExpiryAlert] = []
    for period in periods:
        if period.revoked_on is not None and period.revoked_on <= on:
            continue
        for ends_on, limit, of_proof in (
            (period.ends_on, period_days, False),
            (period.proof_expires_on, proof_days, True),
        ):
            if ends_on is None or not 0 <= (left := (ends_on - on).days) < limit:
                continue
            subject = "Le justificatif expire" if of_proof else "L’éligibilité prend fin"
            sentence = f"{subject} le {day(ends_on)} (dans {plural(left, 'jour')})."
            found.append(
                ExpiryAlert(
                    period_id=period.id,
                    person_id=period.person_id,
                    ends_on=ends_on,
                    of_proof=of_proof,
                    sentence=sentence,
                )
            )
    return tuple(sorted(found, key=lambda a: (a.ends_on, a.period_id, a.of_proof)))
