"""Who the person is, typed: names, birth, how to reach her, where she lives."""

from collections.abc import Collection
from datetime import date

import msgspec

from service.forms import Form
from service.participants.identity_match import Identity, name_key_of
from service.reference_pages.communes import label_of
from service.reference_pages.resolve import Place, read_commune
from service.tables import PersonRow
from service.vocabulary import Sex

# PLIE accompany adults; Missions locales follow people from 16 on.
YOUNGEST, OLDEST = 14, 100


class IdentityValues(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of PersonRow that the form writes."""

    first_name: str
    last_name: str
    birth_name: str
    name_key: str
    birth_date: date | None
    sex: Sex
    nationality: str
    qpv: str
    email: str
    phone: str
    france_travail_id: str | None
    street: str
    insee: str | None
    latitude: float | None
    longitude: float | None
    precision_m: int | None

    @property
    def identity(self) -> Identity:
        return Identity(
            first_name=self.first_name,
            last_name=self.last_name,
            birth_name=self.birth_name,
            birth_date=self.birth_date,
            phone=self.phone,
            email=self.email,
            france_travail_id=self.france_travail_id,
        )

    @property
    def place(self) -> Place | None:
        if self.insee is None:
            return None
        return Place(self.insee, self.latitude, self.longitude, self.precision_m)


def read_identity(form: Form, on: date, near: Collection[str]) -> IdentityValues:
    """All that was typed; safe to use only when the form has no fault."""
    first = form.text("first_name", "Prénom", required=True, longest=80)
    last = form.text("last_name", "Nom d’usage", required=True, longest=80)
    birth = form.text("birth_name", "Nom de naissance", longest=80)
    for name, value, label in (("first_name", first, "Prénom"), ("last_name", last, "Nom d’usage")):
        if value and not any(letter.isalpha() for letter in value):
            form.fault(name, f"{label} : aucune lettre dans « {value[:40]} ».")
    place = read_commune(form, "commune", "Commune", prefer=near)
    return IdentityValues(
        first_name=first,
        last_name=last,
        birth_name=birth,
        name_key=name_key_of(first, last, birth),
        birth_date=_birth_date(form, on),
        sex=form.choice("sex", "Sexe", Sex, required=False) or Sex.UNKNOWN,
        nationality=form.text("nationality", "Nationalité", longest=60),
        qpv=form.text("qpv", "Quartier prioritaire", longest=80),
        email=form.email("email", "Adresse e-mail"),
        phone=_phone(form),
        france_travail_id=form.text("france_travail_id", "Identifiant France Travail", longest=20) or None,
        street=form.text("street", "Adresse"),
        insee=place.insee if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        precision_m=place.precision_m if place else None,
    )


def _birth_date(form: Form, on: date) -> date | None:
    born = form.day("birth_date", "Date de naissance")
    if born is None:
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if not YOUNGEST <= age <= OLDEST:
        form.fault(
            "birth_date",
            f"Date de naissance : née le {born:%d/%m/%Y}, la personne aurait {age} ans ; vérifiez l’année.",
        )
    return born


def _phone(form: Form) -> str:
    typed = form.text("phone", "Téléphone", longest=30)
    count = sum(character.isdigit() for character in typed)
    if typed and (not 9 <= count <= 15 or any(c not in "0123456789 .+-()/" for c in typed)):
        form.fault("phone", f"Téléphone : « {typed} » n’est pas un numéro ; écrivez 06 12 34 56 78.")
    return typed


def typed_identity(row: PersonRow) -> Form:
    """The form of a stored identity, to edit it."""
    return Form.of(
        {
            "first_name": row.first_name,
            "last_name": row.last_name,
            "birth_name": row.birth_name,
            "birth_date": row.birth_date,
            "sex": row.sex.value,
            "nationality": row.nationality,
            "qpv": row.qpv,
            "email": row.email,
            "phone": row.phone,
            "france_travail_id": row.france_travail_id,
            "street": row.street,
            "commune": label_of(row.insee),
        }
    )
