"""Who may be the same person: one matching for a référent's entry, an import and a firm that types a name.

Screens.md, R2: the France Travail id; else name and birth date; else first name with the telephone or the
mail. Never the telephone alone: couples share one. Nothing is merged here: a person decides.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from rapidfuzz.fuzz import token_set_ratio
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.normalise import fold, person_key
from service.tables import PersonRow

# Two spellings of one name (« Lefebvre », « Lefèvre ») stay above; two people of one town stay below.
NEAR_NAME = 84


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed of somebody. Empty text and None mean that it was not told."""

    first_name: str
    last_name: str
    birth_name: str
    birth_date: date | None
    phone: str
    email: str
    france_travail_id: str | None


class Likeness(StrEnum):
    """Why two records may be one person, the surest first."""

    FRANCE_TRAVAIL = "france_travail"
    NAME_AND_BIRTH = "nom_et_naissance"
    NEAR_NAME_AND_BIRTH = "nom_proche_et_naissance"
    NAME_ONLY = "nom"
    FIRST_NAME_AND_REACH = "prenom_et_coordonnees"

    @property
    def sentence(self) -> str:
        return {
            "france_travail": "même identifiant France Travail",
            "nom_et_naissance": "même nom et même date de naissance",
            "nom_proche_et_naissance": "nom proche et même date de naissance",
            "nom": "même nom, date de naissance non renseignée d’un côté",
            "prenom_et_coordonnees": "même prénom et mêmes coordonnées",
        }[self.value]


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A known person who may be the one typed."""

    person_id: int
    public_id: str
    likeness: Likeness


def name_key_of(first_name: str, last_name: str, birth_name: str) -> str:
    """The key kept in PersonRow.name_key."""
    return person_key(first_name, last_name, birth_name)[:260]


def digits(phone: str) -> str:
    """A telephone as its national digits: « +33 6 12… » and « 06 12… » are one number."""
    kept = re.sub(r"\D", "", phone)
    if kept.startswith("0033"):
        kept = kept[4:]
    elif kept.startswith("33") and len(kept) == 11:
        kept = kept[2:]
    return kept.lstrip("0")


def likeness(typed: Identity, known: Identity) -> Likeness | None:
    """Why the two may be one person; None: nothing says so."""
    if typed.france_travail_id and typed.france_travail_id == known.france_travail_id:
        return Likeness.FRANCE_TRAVAIL
    same_birth = typed.birth_date is not None and typed.birth_date == known.birth_date
    if _same_name(typed, known):
        if same_birth:
            return Likeness.NAME_AND_BIRTH
        if typed.birth_date is None or known.birth_date is None:
            return Likeness.NAME_ONLY
    elif same_birth and _near_name(typed, known):
        return Likeness.NEAR_NAME_AND_BIRTH
    if fold(typed.first_name) == fold(known.first_name) and _same_reach(typed, known):
        return Likeness.FIRST_NAME_AND_REACH
    return None


def find_alike(db: Session, territory_id: int, typed: Identity, *, but: int | None = None) -> list[Alike]:
    """The persons of the territory who may be the one typed, the surest first. One query.

    `but`: the database id of a person to leave out (herself, when her identity is edited).
    """
    first = fold(typed.first_name).split()
    close = [
        col(PersonRow.name_key) == name_key_of(typed.first_name, typed.last_name, typed.birth_name),
        *(
            [sa.and_(*(col(PersonRow.name_key).contains(word, autoescape=True) for word in first))]
            if first
            else []
        ),
    ]
    if typed.birth_date is not None:
        close.append(col(PersonRow.birth_date) == typed.birth_date)
    if typed.france_travail_id:
        close.append(col(PersonRow.france_travail_id) == typed.france_travail_id)
    rows = db.execute(
        sa.select(
            col(PersonRow.id),
            col(PersonRow.public_id),
            col(PersonRow.first_name),
            col(PersonRow.last_name),
            col(PersonRow.birth_name),
            col(PersonRow.birth_date),
            col(PersonRow.phone),
            col(PersonRow.email),
            col(PersonRow.france_travail_id),
        ).where(col(PersonRow.territory_id) == territory_id, sa.or_(*close), col(PersonRow.id) != (but or 0))
    )
    order = list(Likeness)
    found = []
    for row in rows:
        why = likeness(typed, _identity(row))
        if why is not None:
            found.append(Alike(person_id=row.id, public_id=row.public_id, likeness=why))
    return sorted(found, key=lambda one: (order.index(one.likeness), one.person_id))


def _identity(row: Any) -> Identity:
    return Identity(
        first_name=row.first_name,
        last_name=row.last_name,
        birth_name=row.birth_name,
        birth_date=row.birth_date,
        phone=row.phone,
        email=row.email,
        france_travail_id=row.france_travail_id,
    )


def _keys(who: Identity) -> set[str]:
    """A person is known by her use name or her birth name, with the fields in any order."""
    names = [person_key(who.first_name, who.last_name)]
    if who.birth_name:
        names += [
            person_key(who.first_name, who.birth_name),
            person_key(who.first_name, who.last_name, who.birth_name),
        ]
    return set(names)


def _same_name(one: Identity, other: Identity) -> bool:
    return bool(_keys(one) & _keys(other))


def _near_name(one: Identity, other: Identity) -> bool:
    return any(token_set_ratio(a, b) >= NEAR_NAME for a in _keys(one) for b in _keys(other))


def _same_reach(one: Identity, other: Identity) -> bool:
    phone = digits(one.phone)
    same_phone = len(phone) >= 9 and phone == digits(other.phone)
    same_mail = bool(one.email) and one.email.lower() == other.email.lower()
    return same_phone or same_mail
