"""What a row tells of a known person and that no import writes, named: nobody is to believe it done."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import fold
from service.imports.csv_participants import PersonRecord
from service.participants.identity_match import digits, name_key_of
from service.tables import PersonRow, SpellRow
from service.vocabulary import Sex


def set_aside(db: Session, person_id: int, record: PersonRecord) -> tuple[str, ...]:
    """The words of what the row says otherwise than her file; a silence of the row says nothing."""
    row = db.get_one(PersonRow, person_id)
    name = name_key_of(record.first_name, record.last_name, record.birth_name or row.birth_name)
    town = record.place.insee if record.place else None
    entries = set(db.scalars(sa.select(col(SpellRow.entered_on)).where(col(SpellRow.person_id) == person_id)))
    differs = {
        "nom": name != row.name_key,
        "date de naissance": record.birth_date not in (None, row.birth_date),
        "sexe": record.sex not in (Sex.UNKNOWN, row.sex),
        "identifiant France Travail": record.france_travail_id not in (None, row.france_travail_id),
        "téléphone": record.phone != "" and digits(record.phone) != digits(row.phone),
        "adresse e-mail": record.email not in ("", row.email),
        "adresse": (record.street != "" and fold(record.street) != fold(row.street))
        or town not in (None, row.insee),
        "date d’entrée": record.entered_on is not None and record.entered_on not in entries,
    }
    return tuple(word for word, other in differs.items() if other)
