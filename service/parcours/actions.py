"""Acts on the parcours: contacts, steps typed by hand, the current spell."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Forbidden, NotFound
from service.parcours.contact_form import ContactValues
from service.parcours.spell_form import SpellValues
from service.parcours.step_form import StepValues
from service.participants.actions import fill, raise_participants_stamp
from service.tables import ContactRow, OrganisationRow, PersonRow, SpellRow, StepRow
from service.tables.columns import new_public_id
from service.trace import record_act
from service.vocabulary import OrganisationKind, StepKind


def note_contact(
    db: Session, account: Account, person: PersonRow, spell: SpellRow, values: ContactValues
) -> None:
    db.add(
        ContactRow(
            territory_id=account.territory_id,
            person_id=person.id,
            spell_id=spell.id,
            author_id=account.id,
            kind=values.kind,
            on=values.on,
            shared_note=values.shared_note,
            working_note=values.working_note,
            next_on=values.next_on,
        )
    )
    record_act(
        db, account, "participants.contact", "participant", person.public_id, f"{values.kind.label} noté"
    )


def move_note(db: Session, account: Account, person: PersonRow, contact_id: str) -> None:
    """Take a shared note back into the working note of the same contact; its words are kept."""
    row = db.scalar(
        sa.select(ContactRow)
        .where(
            col(ContactRow.public_id) == contact_id,
            col(ContactRow.person_id) == person.id,
            col(ContactRow.author_id) == account.id,
        )
        .with_for_update()
    )
    if row is None:
        raise NotFound
    row.working_note = "\n\n".join(note for note in (row.working_note, row.shared_note) if note)
    row.shared_note = ""
    record_act(
        db,
        account,
        "participants.contact",
        "participant",
        person.public_id,
        "Note partagée retirée du partage",
    )


def find_step(db: Session, person: PersonRow, step_id: str) -> StepRow:
    """A step that may be edited. Raises NotFound, or Forbidden for a clause step: it follows its hours."""
    row = db.scalar(
        sa.select(StepRow).where(
            col(StepRow.public_id) == step_id,
            col(StepRow.person_id) == person.id,
            col(StepRow.territory_id) == person.territory_id,
        )
    )
    if row is None:
        raise NotFound
    if row.kind is StepKind.CLAUSE or row.placement_id is not None:
        raise Forbidden(
            "Cette étape vient des heures validées de la clause : elle ne se saisit pas à la main. "
            "Une correction passe par la déclaration de l’entreprise."
        )
    return row


def save_step(
    db: Session, account: Account, person: PersonRow, spell: SpellRow, row: StepRow | None, values: StepValues
) -> str:
    """Write a step; its public id."""
    if row is None:
        row = StepRow(
            public_id=new_public_id(),
            territory_id=account.territory_id,
            person_id=person.id,
            spell_id=spell.id,
            kind=values.kind,
            label=values.label,
            starts_on=values.starts_on,
            state=values.state,
        )
        db.add(row)
        what = "Étape ajoutée"
    else:
        what = "Étape modifiée"
    fill(row, values)
    record_act(
        db,
        account,
        "participants.step.edit",
        "participant",
        person.public_id,
        f"{what} : {values.kind.label}",
    )
    return row.public_id


def save_spell(
    db: Session, account: Account, person: PersonRow, spell: SpellRow, values: SpellValues
) -> None:
    fill(spell, values)
    raise_participants_stamp(db, account)
    record_act(
        db,
        account,
        "participants.spell",
        "participant",
        person.public_id,
        f"Parcours : {values.state.label.lower()}",
    )


def step_organisations(db: Session, account: Account) -> list[tuple[int, str, str]]:
    """(database id, public id, name) of those that may host a step: all but the buyers."""
    rows = db.execute(
        sa.select(col(OrganisationRow.id), col(OrganisationRow.public_id), col(OrganisationRow.name))
        .where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.kind) != OrganisationKind.BUYER,
        )
        .order_by(col(OrganisationRow.name), col(OrganisationRow.id))
    )
    return [(row.id, row.public_id, row.name) for row in rows]
