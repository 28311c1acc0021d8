"""Acts on a participant's file: each in the transaction that its handler opens, with its trace."""

from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Conflict
from service.parcours.spell_form import SpellValues
from service.participants.constraint_form import AT_HOME, ProfileValues
from service.participants.identity_form import IdentityValues
from service.participants.project_form import ProjectValues, readings_of
from service.reference.reading import confirmed, merged
from service.reference_pages.occupations import occupation_label
from service.tables import PersonRow, ProfileRow, ProjectRow, SpellRow, TerritoryCommuneRow, TerritoryRow
from service.trace import record_act
from service.vocabulary import OccupationSource

ALREADY_FOLLOWED = (
    "Un parcours est déjà ouvert pour cette personne : une seule personne l’accompagne à la fois. "
    "Voyez avec son référent, ou attendez la fin de ce parcours."
)


def territory_communes(db: Session, account: Account) -> tuple[str, ...]:
    """INSEE codes of the territory: they settle two communes of one name."""
    query = sa.select(col(TerritoryCommuneRow.insee)).where(
        col(TerritoryCommuneRow.territory_id) == account.territory_id
    )
    return tuple(db.scalars(query))


def raise_participants_stamp(db: Session, account: Account) -> None:
    """Matching sees something new: what was encoded under the former stamp is read again."""
    db.execute(
        sa.update(TerritoryRow)
        .where(col(TerritoryRow.id) == account.territory_id)
        .values(participants_stamp=col(TerritoryRow.participants_stamp) + 1)
    )


def fill(row: Any, values: msgspec.Struct) -> None:
    """Put each field of a Struct in the column of the same name; only columns that change are written."""
    for name, value in msgspec.structs.asdict(values).items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def create_person(db: Session, account: Account, identity: IdentityValues, spell: SpellValues) -> PersonRow:
    person = PersonRow(territory_id=account.territory_id, **msgspec.structs.asdict(identity))
    db.add(person)
    db.flush()
    open_spell(db, account, person, spell)
    record_act(
        db, account, "participants.new", "participant", person.public_id, "Participant créé, parcours ouvert"
    )
    return person


def open_spell(db: Session, account: Account, person: PersonRow, values: SpellValues) -> SpellRow:
    """A spell for this référent. Raises Conflict when one is open: checked here, and held by the database."""
    others = db.scalars(
        sa.select(SpellRow).where(col(SpellRow.person_id) == person.id).with_for_update()
    ).all()
    if any(one.exited_on is None for one in others):
        raise Conflict(ALREADY_FOLLOWED)
    spell = SpellRow(
        territory_id=account.territory_id,
        person_id=person.id,
        referent_id=account.id,
        operator_id=account.organisation_id,
        **msgspec.structs.asdict(values),
    )
    db.add(spell)
    try:
        db.flush()
    except sa.exc.IntegrityError as fault:
        raise Conflict(ALREADY_FOLLOWED) from fault
    raise_participants_stamp(db, account)
    return spell


def last_end(db: Session, person_id: int, but: int | None = None) -> date | None:
    """The end of the person's latest other stay; a spell without an entry is none."""
    return db.scalar(
        sa.select(sa.func.max(col(SpellRow.exited_on))).where(
            col(SpellRow.person_id) == person_id,
            col(SpellRow.id) != (but or 0),
            col(SpellRow.entered_on).is_not(None),
        )
    )


def update_identity(db: Session, account: Account, person: PersonRow, values: IdentityValues) -> None:
    moved = (person.insee, person.latitude, person.longitude) != (
        values.insee,
        values.latitude,
        values.longitude,
    )
    fill(person, values)
    profile = db.get(ProfileRow, person.id) if moved else None
    if profile is not None and profile.care_place == AT_HOME:
        # Children looked after at home move with her.
        profile.care_insee, profile.care_latitude = values.insee, values.latitude
        profile.care_longitude, profile.care_precision_m = values.longitude, values.precision_m
    raise_participants_stamp(db, account)
    record_act(
        db,
        account,
        "participants.identity",
        "participant",
        person.public_id,
        "Identité ou coordonnées modifiées",
    )


def save_profile(
    db: Session, account: Account, person: PersonRow, row: ProfileRow | None, values: ProfileValues
) -> None:
    if row is None:
        db.add(
            ProfileRow(
                person_id=person.id, territory_id=account.territory_id, **msgspec.structs.asdict(values)
            )
        )
    else:
        fill(row, values)
    raise_participants_stamp(db, account)
    record_act(
        db,
        account,
        "participants.constraints",
        "participant",
        person.public_id,
        "Situation et contraintes mises à jour",
    )


def save_project(
    db: Session, account: Account, person: PersonRow, row: ProjectRow | None, values: ProjectValues
) -> None:
    if row is None:
        db.add(
            ProjectRow(
                person_id=person.id, territory_id=account.territory_id, **msgspec.structs.asdict(values)
            )
        )
    else:
        fill(row, values)
    raise_participants_stamp(db, account)
    what = "Projet ajouté" if row is None else "Projet modifié"
    record_act(db, account, "participants.project.edit", "participant", person.public_id, what)


def confirm_wanted(
    db: Session, account: Account, person: PersonRow, row: ProjectRow, text: str, code: str
) -> str:
    """One of the choices read from `text` is the occupation meant; its label.

    Raises Conflict when the project no longer asks it.
    """
    readings = readings_of(row)
    asked = next((one for one in readings if one.text == text and not one.certain), None)
    if asked is None or code not in {one.rome for one in asked.rome}:
        raise Conflict("Ce métier n’est plus à confirmer ; rechargez la fiche.")
    settled = msgspec.structs.replace(
        asked, source=OccupationSource.CONFIRMED, rome=confirmed(asked.rome, code)
    )
    row.readings = tuple(settled if one is asked else one for one in readings)
    row.wanted = merged(row.readings)
    raise_participants_stamp(db, account)
    label = occupation_label(code)
    record_act(
        db,
        account,
        "participants.project.occupation.act",
        "participant",
        person.public_id,
        f"Métier confirmé : {label}",
    )
    return label


def share_name(db: Session, account: Account, person: PersonRow, spell: SpellRow, shared: bool) -> str:
    """The référent agrees that liaison reads the name, or takes it back. Sending it twice changes nothing."""
    if shared and spell.name_shared_on is None:
        spell.name_shared_on = account.today
    elif not shared:
        spell.name_shared_on = None
    sentence = (
        "L’équipe des relations entreprises lit désormais le nom."
        if shared
        else "L’équipe des relations entreprises ne lit plus le nom."
    )
    record_act(db, account, "participants.share_name", "participant", person.public_id, sentence)
    return sentence
