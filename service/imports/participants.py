"""A CSV of participants into a territory: new people added, known ones completed, doubtful ones reported.

A re-import never touches an identity or a date of entry (screens.md, R1), and merges nobody on a doubt (R2).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import Answer, AvailabilityUnknown, CareUnknown, Modes, fold
from service.imports.aside import set_aside
from service.imports.csv_participants import ALIASES, REQUIRED, PersonRecord, read_person, unknown_physical
from service.imports.csv_rows import open_table, read_rows
from service.imports.files import read_text
from service.imports.report import FileRefused, LooksAlike, Report, RowRefused
from service.imports.store_offers import record_import
from service.offers.scope import territory_communes
from service.participants.identity_match import Alike, Identity, Likeness, find_alike, name_key_of
from service.tables import PersonRow, ProfileRow, ProjectRow, SpellRow, TerritoryRow, UserRow
from service.tables.session import Database
from service.vocabulary import Role, SpellState

SURE = (Likeness.FRANCE_TRAVAIL, Likeness.NAME_AND_BIRTH)


def import_participants(
    database: Database,
    territory_id: int,
    path: Path,
    progress: Callable[[int], None],
    *,
    update: bool,
    referent: str | None,
) -> Report:
    """`update`: what is already known is replaced too. `referent`: e-mail, for rows that name none.

    Raises FileRefused when the file or that référent cannot be used.
    """
    text, notes = read_text(path)
    table = open_table(text, ALIASES, REQUIRED)
    report = Report(notes=notes)
    if table.unknown:
        report.notes.append(f"Colonnes laissées de côté : {', '.join(table.unknown)}.")
    with database.read() as db:
        prefer = territory_communes(db, territory_id)
        referents = active_referents(db, territory_id)
    if referent and referent.lower() not in referents:
        raise FileRefused(f"aucun référent actif de ce territoire n’a l’adresse « {referent} ».")
    for row in read_rows(table):
        progress(row.line)
        try:
            if row.fault:
                raise RowRefused("", row.fault)
            record = read_person(row.cells, prefer)
            asked = record.referent or (referent or "").lower()
            if asked and asked not in referents:
                raise RowRefused("referent", f"« {asked} » n’est pas un référent actif du territoire.")
            with database.write() as db:
                stored = store_person(db, territory_id, record, referents.get(asked), update)
            if told := said_of(stored, " (--update pour remplacer)"):
                report.remark(row.line, "", told)
        except RowRefused as refusal:
            report.refuse(row.line, refusal.column, refusal.sentence)
            continue
        setattr(report, stored.outcome, getattr(report, stored.outcome) + 1)
    with database.write() as db:
        if report.added or report.changed:
            raise_participants_stamp(db, territory_id)
        record_import(
            db,
            territory_id,
            f"Import de participants : {report.added} ajoutés, {report.changed} complétés, "
            f"{report.same} inchangés, {report.refused} lignes à reprendre",
        )
    return report


def active_referents(db: Session, territory_id: int) -> dict[str, tuple[int, int]]:
    """E-mail -> (user, organisation) of the active référents."""
    rows = db.execute(
        sa.select(col(UserRow.email), col(UserRow.id), col(UserRow.organisation_id)).where(
            col(UserRow.territory_id) == territory_id,
            col(UserRow.role) == Role.REFERENT,
            col(UserRow.active).is_(True),
        )
    )
    return {email: (user, organisation) for email, user, organisation in rows}


def raise_participants_stamp(db: Session, territory_id: int) -> None:
    """What matching keeps of the territory's participants is out of date from this act on."""
    db.execute(
        sa.update(TerritoryRow)
        .where(col(TerritoryRow.id) == territory_id)
        .values(participants_stamp=col(TerritoryRow.participants_stamp) + 1)
    )


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """« added », « changed » or « same ». `kept`: what was known otherwise and stays; `aside`: what the file
    tells otherwise of an identity, an address or an entry, which no import touches (screens.md, R1)."""

    outcome: str
    kept: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


def said_of(stored: Stored, how: str = "") -> str:
    """What the row told and that was not written; empty when all of it was. `how`: to write it after all."""
    kept, aside = ", ".join(stored.kept), ", ".join(stored.aside)
    told = []
    if kept:
        told.append(f"déjà renseigné autrement, non modifié : {kept}{how}.")
    if aside:
        told.append(f"différent sur la fiche, où cela se corrige ; non repris : {aside}.")
    return " ".join(told)


def store_person(
    db: Session, territory_id: int, record: PersonRecord, referent: tuple[int, int] | None, update: bool
) -> Stored:
    """Raises LooksAlike on a doubt."""
    # Two imports at once wait for each other: nobody is added twice.
    db.execute(sa.select(col(TerritoryRow.id)).where(col(TerritoryRow.id) == territory_id).with_for_update())
    known = _who(find_alike(db, territory_id, identity_of(record)))
    if known is None:
        _add(db, territory_id, record, referent)
        return Stored(outcome="added")
    kept: list[str] = []
    changed = _complete_profile(db, territory_id, known, record, update, kept)
    changed |= _complete_project(db, territory_id, known, record, update, kept)
    return Stored(
        outcome="changed" if changed else "same",
        kept=tuple(dict.fromkeys(kept)),
        aside=set_aside(db, known, record),
    )


def identity_of(record: PersonRecord) -> Identity:
    return Identity(
        first_name=record.first_name,
        last_name=record.last_name,
        birth_name=record.birth_name,
        birth_date=record.birth_date,
        phone=record.phone,
        email=record.email,
        france_travail_id=record.france_travail_id,
    )


def _who(alike: list[Alike]) -> int | None:
    """The person's database id, None for somebody new. Raises LooksAlike on any doubt."""
    sure = {one.person_id for one in alike if one.likeness in SURE}
    if len(sure) == 1:
        return sure.pop()
    if not alike:
        return None
    told = ", ".join(f"{one.public_id} ({one.likeness.sentence})" for one in alike[:3])
    raise LooksAlike(
        "nom",
        f"ressemble à {told} : rien n’est fusionné. La même personne : recopiez le nom, le prénom et la date "
        "de naissance de sa fiche. Une autre : son référent crée la fiche et le confirme.",
    )


def _add(db: Session, territory_id: int, record: PersonRecord, referent: tuple[int, int] | None) -> None:
    place = record.place
    person = PersonRow(
        territory_id=territory_id,
        first_name=record.first_name,
        last_name=record.last_name,
        birth_name=record.birth_name,
        name_key=name_key_of(record.first_name, record.last_name, record.birth_name),
        birth_date=record.birth_date,
        sex=record.sex,
        email=record.email,
        phone=record.phone,
        france_travail_id=record.france_travail_id,
        street=record.street,
        insee=place.insee if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        precision_m=place.precision_m if place else None,
    )
    db.add(person)
    db.flush()
    db.add(
        SpellRow(
            territory_id=territory_id,
            person_id=person.id,
            referent_id=referent[0] if referent else None,
            operator_id=referent[1] if referent else None,
            state=SpellState.ACTIVE if record.entered_on else SpellState.PRESCRIBED,
            prescribed_on=record.prescribed_on,
            prescriber=record.prescriber,
            entered_on=record.entered_on,
        )
    )
    db.add(
        ProfileRow(
            person_id=person.id, territory_id=territory_id, physical=unknown_physical(), **record.profile
        )
    )
    if record.project:
        db.add(ProjectRow(territory_id=territory_id, person_id=person.id, **record.project))
    db.flush()


def _complete_profile(
    db: Session, territory_id: int, person_id: int, record: PersonRecord, update: bool, kept: list[str]
) -> bool:
    row = db.get(ProfileRow, person_id, with_for_update=True)
    if row is None:
        db.add(
            ProfileRow(
                person_id=person_id, territory_id=territory_id, physical=unknown_physical(), **record.profile
            )
        )
        return True
    told = dict(record.profile)
    told["modes"] = _modes(row.modes, told["modes"], update, kept)
    return _fill(row, told, update, kept)


def _modes(known: Modes, told: Modes, update: bool, kept: list[str]) -> Modes:
    """Each means of transport by itself: a silence of the file says nothing."""
    merged = {}
    for name in Modes.__struct_fields__:
        before, now = getattr(known, name), getattr(told, name)
        replace = now is not Answer.UNKNOWN and (before is Answer.UNKNOWN or update)
        if now not in (before, Answer.UNKNOWN) and not replace:
            kept.append("moyens de transport")
        merged[name] = now if replace else before
    return Modes(**merged)


def _fill(row: Any, told: dict[str, Any], update: bool, kept: list[str]) -> bool:
    """Put what the file tells where nothing was known, or everywhere with `update`. Whether it changed."""
    changed = False
    for name, value in told.items():
        before = getattr(row, name)
        if _silent(value) or value == before:
            continue
        if name == "modes" or update or _silent(before):
            setattr(row, name, value)
            changed = True
        else:
            kept.append(WORDS.get(name, name))
    return changed


def _silent(value: Any) -> bool:
    return value is None or value == "" or isinstance(value, (AvailabilityUnknown, CareUnknown))


WORDS = {
    "availability": "disponibilités",
    "care": "garde",
    "care_place": "lieu de garde",
    "care_insee": "lieu de garde",
    "care_latitude": "lieu de garde",
    "care_longitude": "lieu de garde",
    "care_precision_m": "lieu de garde",
    "language": "français",
    "licences": "permis",
    "certificates": "certificats",
    "skills": "compétences",
    "max_travel_minutes": "trajet maximum",
    "radius_km": "rayon",
    "min_weekly_hours": "heures minimum",
    "max_weekly_hours": "heures maximum",
    "min_hourly_wage_cents": "salaire minimum",
    "employment_kinds": "types d’emploi",
    "earliest_start": "disponible le",
}


def _complete_project(
    db: Session, territory_id: int, person_id: int, record: PersonRecord, update: bool, kept: list[str]
) -> bool:
    """The project of the same title is completed; a title that is new is one more project (R3)."""
    if not record.project:
        return False
    rows = db.scalars(sa.select(ProjectRow).where(col(ProjectRow.person_id) == person_id))
    title = fold(record.project["title"])
    same = next((row for row in rows if fold(row.title) == title), None)
    if same is None:
        db.add(ProjectRow(territory_id=territory_id, person_id=person_id, **record.project))
        return True
    # The occupations are kept: a référent may have confirmed one.
    told = {
        name: value for name, value in record.project.items() if name not in ("title", "wanted", "readings")
    }
    return _fill(same, told, update, kept)
