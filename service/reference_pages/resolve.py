"""What a person typed in a commune or an occupation field, read on the server: no script is needed.

    place = read_commune(form, "commune", "Commune", prefer=territory_communes)
    reading = read_occupation(form, "occupation", "Métier", required=True)

Like the readers of `service.forms`: a fault goes to the form, and the value is safe when there is none.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from matching.communes import Commune, Communes
from matching.terms import Point, RomeWeight
from service.forms import Form
from service.reference.communes import current_communes
from service.reference.reading import Reading
from service.reference_pages.communes import commune_label, means
from service.reference_pages.occupations import occupation_label, read_words

NAME_AND_CODE = re.compile(r"(?P<name>.*?)[\s(,-]*(?P<code>\d[\dAB]\d{3})?\s*\)?")


class Place(NamedTuple):
    """`precision_m`: radius in metres, None when the commune has no known point."""

    insee: str
    latitude: float | None
    longitude: float | None
    precision_m: int | None

    def point(self) -> Point:
        return Point(
            insee=self.insee,
            lat=self.latitude,
            lon=self.longitude,
            precision_m=self.precision_m or 0,
        )


def place_of(commune: Commune) -> Place:
    return Place(commune.insee, commune.latitude, commune.longitude, commune.precision_m)


def read_commune(
    form: Form, name: str, label: str, *, required: bool = False, prefer: Collection[str] = ()
) -> Place | None:
    """A commune typed as « Saint-Omer (62500) », a name, a postcode or an INSEE code.

    `prefer`: INSEE codes of the territory, which settle two communes of the same name. Never guessed
    otherwise: the fault lists the choices.
    """
    typed = form.text(name, label, required=required)
    if not typed or name in form.faults:
        return None
    found = candidates(current_communes(), typed)
    near = [commune for commune in found if commune.insee in prefer]
    if len(near) == 1:
        found = near
    if len(found) == 1:
        return place_of(found[0])
    if found:
        choices = ", ".join(commune_label(commune) for commune in found[:5])
        form.fault(name, f"{label} : plusieurs communes répondent à « {typed[:60]} » ; précisez : {choices}.")
        return None
    near_ones = ", ".join(commune_label(commune) for commune in current_communes().search(typed[:60], 3))
    hint = f" Vouliez-vous dire : {near_ones} ?" if near_ones else " Essayez avec le code postal."
    form.fault(name, f"{label} : « {typed[:60]} » n’est pas une commune connue.{hint}")
    return None


def candidates(table: Communes, typed: str) -> list[Commune]:
    """The communes that `typed` names exactly, the most populated first; several share some names."""
    read = NAME_AND_CODE.fullmatch(typed.strip().upper())
    code = (read["code"] or "") if read else ""
    named = (read["name"] or "").strip() if read else typed.strip()
    if not code:
        return [one for one in table.search(named, 50) if means(one, named, "")]
    by_insee = table.get(code)
    pool = [*table.by_postcode(code), *([by_insee] if by_insee else [])]
    unique = {one.insee: one for one in pool}
    if not named:
        # Five digits alone are read as a postcode; as an INSEE code only when no postcode is so.
        return table.by_postcode(code) or list(unique.values())
    return [one for one in unique.values() if means(one, named, "")]


def read_occupation(form: Form, name: str, label: str, *, required: bool = False) -> Reading | None:
    """An occupation typed as a code, a label or free words, understood; None when nothing was typed."""
    typed = form.text(name, label, required=required, longest=160)
    if not typed or name in form.faults:
        return None
    found = read_words(typed)
    if found is None:
        form.fault(
            name,
            f"{label} : aucun métier ne répond à « {typed[:60]} ». Essayez un mot plus courant, "
            "ou un code ROME (K2204).",
        )
    return found


def written_occupation(rome: tuple[RomeWeight, ...]) -> str:
    """What to put in an occupation field for what is stored: the best of the n-best."""
    return occupation_label(rome[0].rome) if rome else ""


def written_reading(reading: Reading) -> str:
    """What to put in a field for a stored reading: the occupation once certain, else what was typed."""
    return written_occupation(reading.rome) if reading.certain else reading.text
