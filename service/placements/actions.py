"""Writing placements: entry, edit, end, and the confirmation of a newcomer typed by a firm."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind, EmploymentKind, EndReason
from service.accounts.account import Account
from service.beneficiaries.scope import find_named
from service.declarations.month import lock_lots
from service.errors import Conflict, Invalid
from service.forms import Form
from service.lots.scope import find_lot
from service.organisations.chosen import NewOrganisation, chosen_or_new, read_new_organisation
from service.placements.scope import find_placement
from service.review.steps import restate_steps
from service.tables import EligibilityRow, LineRow, PersonRow, PlacementRow, SpellRow
from service.trace import record_act
from service.vocabulary import OrganisationKind

OVERLAP = (
    "Cette personne est déjà placée sur ce lot par cet employeur sur ces dates : "
    "modifiez ce placement plutôt que d’en créer un second."
)

NO_HOURS = "Contrat de travail : un stage ou une immersion ne fait pas d’heures d’insertion."


class PlacementTyped(msgspec.Struct, frozen=True, kw_only=True):
    employer: NewOrganisation
    user_company_id: str
    employment_kind: EmploymentKind
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    end_reason: EndReason | None
    weekly_hours: int | None
    cdi_from: date | None


def read_placement(form: Form) -> PlacementTyped | None:
    """The form's values, or None when it has faults. No user company: it is the employer."""
    employer = read_new_organisation(form, "employer", "Employeur", required=True)
    employer_kind = form.choice("employer_kind", "Type d’employeur", EmployerKind, required=False)
    user = form.text("user_company", "Entreprise utilisatrice", longest=12)
    kind = form.choice("employment_kind", "Contrat de travail", EmploymentKind)
    starts_on = form.day("starts_on", "Début", required=True)
    planned = form.day("planned_ends_on", "Fin prévue")
    ended = form.day("ended_on", "Fin réelle")
    reason = form.choice("end_reason", "Motif de fin", EndReason, required=False)
    cdi_from = form.day("cdi_from", "Devient un CDI le")
    weekly = form.hours("weekly_hours", "Durée hebdomadaire")
    if starts_on and planned and planned < starts_on:
        form.fault("planned_ends_on", "Fin prévue : elle tombe avant le début.")
    if starts_on and ended and ended < starts_on:
        form.fault("ended_on", "Fin réelle : elle tombe avant le début.")
    if ended and reason is None:
        form.fault("end_reason", "Motif de fin : dites pourquoi le placement a pris fin.")
    if reason and ended is None:
        form.fault("ended_on", "Fin réelle : indiquez la date à laquelle il a pris fin.")
    if cdi_from and kind is EmploymentKind.CDI:
        form.fault("cdi_from", "Devient un CDI le : ce contrat est déjà un CDI ; laissez cette date vide.")
    if cdi_from and starts_on and not starts_on < cdi_from <= (ended or date.max):
        form.fault("cdi_from", "Devient un CDI le : un jour après le début, et avant la fin réelle.")
    if kind in (EmploymentKind.STAGE, EmploymentKind.PMSMP):
        form.fault("employment_kind", NO_HOURS)
    if weekly is not None and not 0 < weekly <= 6000:
        form.fault("weekly_hours", "Durée hebdomadaire : entre 0 et 60 heures.")
    if form.faults or kind is None or starts_on is None:
        return None
    return PlacementTyped(
        employer=msgspec.structs.replace(employer, kind=employer_kind or EmployerKind.ENTREPRISE),
        user_company_id=user,
        employment_kind=kind,
        starts_on=starts_on,
        planned_ends_on=None if cdi_from else planned,
        ended_on=ended,
        end_reason=reason,
        weekly_hours=weekly,
        cdi_from=cdi_from,
    )


def create_placement(
    db: Session, account: Account, person_id: str, lot_id: str, typed: PlacementTyped
) -> str:
    """Its public id. Raises Invalid when the same person is already placed there on these dates."""
    person = find_named(db, account, person_id, lock=True)
    lot = find_lot(db, account, lot_id)
    row = PlacementRow(
        territory_id=account.territory_id,
        person_id=person.id,
        lot_id=lot.id,
        legal_employer_id=0,
        user_company_id=0,
        employment_kind=typed.employment_kind,
        starts_on=typed.starts_on,
    )
    _fill(db, account, row, typed)
    _refuse_overlap(db, row)
    db.add(row)
    db.flush()
    record_act(
        db, account, "placements.new", "placement", row.public_id, f"Placement créé sur le lot {lot.number}"
    )
    return row.public_id


def change_placement(db: Session, account: Account, public_id: str, typed: PlacementTyped) -> None:
    """Write it, and its step of parcours with it. Raises Invalid when it runs over another."""
    row = find_placement(db, account, public_id, lock=True)
    _fill(db, account, row, typed)
    _refuse_overlap(db, row)
    restate_steps(db, account, [row.person_id])
    sentence = "Placement terminé" if typed.ended_on else "Placement modifié"
    record_act(db, account, "placements.edit", "placement", public_id, sentence)


def confirm_placement(db: Session, account: Account, public_id: str, same_as: str) -> None:
    """The newcomer is whom the firm says: her hours may be validated. `same_as`: the known person she is,
    to whom the placement and its lines go; the record made by the firm goes when nothing else holds it.

    The lot is locked first, as by every act on it: an acceptance that runs at the same time would open the
    step of the record that is about to go. Raises Conflict when it is confirmed already.
    """
    row = find_placement(db, account, public_id)
    lock_lots(db, [row.lot_id])
    db.refresh(row, with_for_update=True)
    if row.confirmed:
        raise Conflict("Ce placement est déjà confirmé.")
    row.confirmed = True
    if same_as:
        _hand_over(db, row, find_named(db, account, same_as, lock=True))
    record_act(db, account, "placements.confirm", "placement", public_id, "Nouvelle personne confirmée")


def _hand_over(db: Session, row: PlacementRow, known: PersonRow) -> None:
    typed = row.person_id
    if typed == known.id:
        return
    accepted = db.scalar(
        sa.select(col(LineRow.id)).where(
            col(LineRow.placement_id) == row.id, col(LineRow.accepted).is_not(None)
        )
    )
    if accepted is not None:
        raise Conflict("Des heures sont déjà validées sous ce nom : rapprochez les deux fiches autrement.")
    row.person_id = known.id
    db.execute(sa.update(LineRow).where(col(LineRow.placement_id) == row.id).values(person_id=known.id))
    db.flush()
    holders = [
        sa.exists().where(col(kind.person_id) == typed)
        for kind in (PlacementRow, EligibilityRow, SpellRow, LineRow)
    ]
    if not db.scalar(sa.select(sa.or_(*holders))):
        db.delete(db.get_one(PersonRow, typed))


def _fill(db: Session, account: Account, row: PlacementRow, typed: PlacementTyped) -> None:
    employer = chosen_or_new(db, account, typed.employer, OrganisationKind.FIRM)
    row.legal_employer_id = employer.id
    row.user_company_id = employer.id
    if typed.user_company_id:
        told = NewOrganisation(chosen=typed.user_company_id, name="", siret=None)
        row.user_company_id = chosen_or_new(db, account, told, OrganisationKind.FIRM).id
    row.employment_kind = typed.employment_kind
    row.starts_on = typed.starts_on
    row.planned_ends_on = typed.planned_ends_on
    row.ended_on = typed.ended_on
    row.end_reason = typed.end_reason
    row.weekly_hours = typed.weekly_hours
    row.cdi_from = typed.cdi_from


def _refuse_overlap(db: Session, row: PlacementRow) -> None:
    """One placement a person, lot and employer at a time: two would count the same hours twice."""
    far = date(9999, 12, 31)
    end = sa.func.coalesce(col(PlacementRow.ended_on), col(PlacementRow.planned_ends_on), far)
    with db.no_autoflush:
        other = db.scalar(
            sa.select(col(PlacementRow.id)).where(
                col(PlacementRow.person_id) == row.person_id,
                col(PlacementRow.lot_id) == row.lot_id,
                col(PlacementRow.legal_employer_id) == row.legal_employer_id,
                col(PlacementRow.id) != (row.id or 0),
                col(PlacementRow.starts_on) <= (row.ended_on or row.planned_ends_on or far),
                end >= row.starts_on,
            )
        )
    if other is not None:
        raise Invalid({"starts_on": OVERLAP})
