"""Communes in fields: how one is written, and what a written one means."""

from matching.communes import Commune
from matching.normalise import fold_place
from service.reference.communes import current_communes


def commune_label(commune: Commune, digits: str = "") -> str:
    """« Saint-Omer (62500) »: no two communes share a name and a postcode, so the label alone finds it.

    `digits`: the postcode begun in the search, to show that one when there are several.
    """
    shown = next((code for code in commune.postcodes if digits and code.startswith(digits)), None)
    code = shown or (commune.postcodes[0] if commune.postcodes else commune.insee)
    return f"{commune.name} ({code})"


def label_of(insee: str | None) -> str:
    """What to put in a commune field for what is stored; empty when nothing is."""
    commune = current_communes().get(insee) if insee else None
    return commune_label(commune) if commune else ""


def means(commune: Commune, typed_name: str, typed_code: str) -> bool:
    """Whether « name (code) » is this commune; either part may be empty."""
    named = not typed_name or fold_place(commune.name) == fold_place(typed_name)
    coded = not typed_code or typed_code in commune.postcodes or typed_code == commune.insee
    return named and coded
