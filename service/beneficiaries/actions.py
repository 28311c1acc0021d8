"""Writing beneficiaries: identity, eligibility opened under a grid, conversion to CDI."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmploymentKind
from service.accounts.account import Account
from service.errors import Conflict, NotFound
from service.forms import Form
from service.participants.identity_match import Identity, name_key_of
from service.review.steps import restate_steps
from service.tables import EligibilityRow, PersonRow, PlacementRow
from service.trace import record_act


def read_identity(form: Form) -> Identity | None:
    """The least that tells two people apart; None when the form has faults."""
    last = form.text("last_name", "Nom", required=True, longest=80)
    first = form.text("first_name", "Prénom", required=True, longest=80)
    birth_name = form.text("birth_name", "Nom de naissance", longest=80)
    birth_date = form.day("birth_date", "Date de naissance", required=True)
    phone = form.text("phone", "Téléphone", longest=30)
    email = form.email("email", "Adresse e-mail")
    if form.faults:
        return None
    return Identity(
        first_name=first,
        last_name=last,
        birth_name=birth_name,
        birth_date=birth_date,
        phone=phone,
        email=email,
        france_travail_id=None,
    )


def create_beneficiary(db: Session, account: Account, who: Identity) -> str:
    """A person known for the clauses only. Her public id."""
    row = PersonRow(
        territory_id=account.territory_id,
        first_name=who.first_name,
        last_name=who.last_name,
        birth_name=who.birth_name,
        name_key=name_key_of(who.first_name, who.last_name, who.birth_name),
        birth_date=who.birth_date,
        phone=who.phone,
        email=who.email,
    )
    db.add(row)
    db.flush()
    record_act(db, account, "beneficiaries.new", "person", row.public_id, "Bénéficiaire enregistré")
    return row.public_id


def convert_to_cdi(db: Session, account: Account, person: PersonRow, period_id: str, hired_on: date) -> int:
    """The person is hired in CDI: the period keeps the date, from which each lot extends its own eligibility;
    her placements running that day become CDI from it on, and keep their employment until then. Told again
    with another date, the first one no longer holds. Returns how many. Raises NotFound, Conflict."""
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
    if hired_on < row.starts_on or (row.ends_on is not None and hired_on > row.ends_on):
        raise Conflict("L’embauche en CDI doit tomber pendant la période d’éligibilité.")
    if row.revoked_on is not None:
        raise Conflict("Cette période est révoquée : elle ne se prolonge plus.")
    if row.cdi_hired_on is not None:
        of_hers = col(PlacementRow.person_id) == person.id, col(PlacementRow.cdi_from) == row.cdi_hired_on
        db.execute(sa.update(PlacementRow).where(*of_hers).values(cdi_from=None))
    row.cdi_hired_on = hired_on
    changed = 0
    for placement in _running(db, person, hired_on):
        placement.cdi_from = hired_on
        placement.planned_ends_on = None
        changed += 1
    restate_steps(db, account, [person.id])
    record_act(
        db,
        account,
        "beneficiaries.eligibility.cdi",
        "person",
        person.public_id,
        "Embauche en CDI enregistrée",
    )
    return changed


def _running(db: Session, person: PersonRow, on: date) -> list[PlacementRow]:
    """Her placements that are running that day and have not ended, other than CDI already."""
    query = (
        sa.select(PlacementRow)
        .where(
            col(PlacementRow.person_id) == person.id,
            col(PlacementRow.employment_kind) != EmploymentKind.CDI,
            sa.or_(col(PlacementRow.cdi_from).is_(None), col(PlacementRow.cdi_from) > on),
            col(PlacementRow.starts_on) <= on,
            col(PlacementRow.ended_on).is_(None),
            sa.or_(col(PlacementRow.planned_ends_on).is_(None), col(PlacementRow.planned_ends_on) >= on),
        )
        .with_for_update()
    )
    return list(db.scalars(query))
