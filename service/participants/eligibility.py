"""Periods of eligibility for clauses: what is held, and opening or revoking one through the clauses core."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Grid, OpenPeriod, Period
from service.accounts.account import Account
from service.errors import Conflict, NotFound
from service.forms import Form
from service.ledger.grids import read_grids
from service.tables import EligibilityRow, PersonRow, UserRow
from service.tables.columns import new_public_id
from service.trace import record_act

FIELD_OF = {
    "avis_manquant": "opinion",
    "critere_inconnu": "criterion",
    "fin_avant_debut": "fixed_end",
    "derogation_sans_objet": "override",
}


class PeriodLine(msgspec.Struct, frozen=True, kw_only=True):
    """A period as référent and facilitator read it: with its ground."""

    id: str
    criterion: str
    criterion_label: str
    starts_on: date
    ends_on: date | None
    end_label: str
    proof_label: str
    proof_dated_on: date | None
    proof_expires_on: date | None
    opinion: str
    revoked_on: date | None
    revoked_reason: str
    validated_by: str

    def state_on(self, on: date) -> tuple[str, str]:
        """(word, tone) of the period on a day."""
        if self.revoked_on is not None and self.revoked_on <= on:
            return "Révoquée", "stop"
        if self.starts_on > on:
            return "À venir", "quiet"
        if self.ends_on is not None and self.ends_on < on:
            return "Terminée", "quiet"
        return "En cours", "ok"


def read_periods(db: Session, person: PersonRow) -> tuple[PeriodLine, ...]:
    """The person's periods, the latest first, in two queries."""
    rows = db.execute(
        sa.select(EligibilityRow, sa.func.coalesce(col(UserRow.name), ""))
        .outerjoin(UserRow, col(UserRow.id) == col(EligibilityRow.validated_by))
        .where(
            col(EligibilityRow.person_id) == person.id,
            col(EligibilityRow.territory_id) == person.territory_id,
        )
        .order_by(col(EligibilityRow.starts_on).desc(), col(EligibilityRow.id).desc())
    ).all()
    labels = read_grids(db, person.territory_id).labels()
    return tuple(
        PeriodLine(
            id=row.public_id,
            criterion=row.criterion,
            criterion_label=labels.get(row.criterion, row.criterion),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            end_label=row.end_rule.label,
            proof_label=row.proof_label,
            proof_dated_on=row.proof_dated_on,
            proof_expires_on=row.proof_expires_on,
            opinion=row.opinion,
            revoked_on=row.revoked_on,
            revoked_reason=row.revoked_reason,
            validated_by=name,
        )
        for row, name in rows
    )


def read_opening(
    form: Form, person_id: str, grid: Grid, grace_days: int | None, override: str = ""
) -> Period | None:
    """The period typed, as the core judges it under the grid; None, with the faults on the form, when it is
    refused. `grace_days`: how long before its proof a period may begin, None when it may not;
    `override`: why the facilitator admits a proof later than that."""
    criterion = form.one_of("criterion", "Critère", [c.code for c in grid.criteria if not c.historic])
    asked = form.day("asked_from", "Éligible à partir du", required=True)
    proof = form.text("proof_label", "Justificatif", required=True)
    dated = form.day("proof_dated_on", "Date du justificatif")
    opinion = form.text("opinion", "Avis motivé", longest=650, lines=True)
    fixed_end = form.day("fixed_end", "Fin fixée")
    if form.faults or asked is None or criterion is None:
        return None
    command = OpenPeriod(
        id=new_public_id(),
        person_id=person_id,
        criterion=criterion,
        asked_from=asked,
        proof_label=proof,
        proof_dated_on=dated,
        opinion=opinion,
        fixed_end=fixed_end,
        override=override,
    )
    judged = clauses.open_period(command, grid, grace_days)
    if isinstance(judged, Period):
        return judged
    for reason in judged.reasons:
        form.fault(FIELD_OF.get(reason.code, ""), reason.sentence)
    return None


def keep_period(db: Session, account: Account, person: PersonRow, period: Period) -> None:
    """Write the period. Raises Conflict when the same one is already there (the form sent twice)."""
    same = db.scalar(
        sa.select(col(EligibilityRow.id)).where(
            col(EligibilityRow.person_id) == person.id,
            col(EligibilityRow.criterion) == period.criterion,
            col(EligibilityRow.starts_on) == period.starts_on,
            col(EligibilityRow.revoked_on).is_(None),
        )
    )
    if same is not None:
        raise Conflict("Cette période d’éligibilité est déjà enregistrée, au même critère et à la même date.")
    db.add(
        EligibilityRow(
            public_id=period.id,
            territory_id=account.territory_id,
            person_id=person.id,
            grid_id=period.grid_id,
            grid_version=period.grid_version,
            criterion=period.criterion,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            end_rule=period.end_rule,
            cdi_hired_on=period.cdi_hired_on,
            proof_label=period.proof_label,
            proof_dated_on=period.proof_dated_on,
            proof_expires_on=period.proof_expires_on,
            opinion=period.opinion,
            validated_by=account.id,
        )
    )
    admitted = ", justificatif tardif admis" if clauses.LATE_PROOF in period.opinion else ""
    sentence = f"Période d’éligibilité ouverte{admitted}"
    record_act(db, account, "participants.eligibility", "person", person.public_id, sentence)


def revoke_period(
    db: Session, account: Account, person: PersonRow, period_id: str, on: date, reason: str
) -> None:
    """Revoke from a day on, with the reason. What was counted before that day is not touched here."""
    row = db.scalar(
        sa.select(EligibilityRow)
        .where(
            col(EligibilityRow.public_id) == period_id,
            col(EligibilityRow.person_id) == person.id,
            col(EligibilityRow.territory_id) == account.territory_id,
        )
        .with_for_update()
    )
    if row is None:
        raise NotFound
    if row.revoked_on is not None:
        raise Conflict(f"Cette période est déjà révoquée, depuis le {row.revoked_on:%d/%m/%Y}.")
    row.revoked_on, row.revoked_reason = on, reason
    record_act(
        db, account, "participants.eligibility", "person", person.public_id, "Période d’éligibilité révoquée"
    )
