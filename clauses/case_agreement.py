"""When what a case expects agrees with what the core says, and how both are shown."""

from datetime import date
from decimal import Decimal
from enum import Enum

from clauses.case_values import fold, show_money, spaced
from clauses.hours import format_hours
from clauses.wording import NNBSP, day, decimal, listing

SHARES = frozenset({"part_temps", "part_heures"})
COUNTS = frozenset({"personnes", "version", "etapes", "mois"})
CONTAINED = frozenset(
    {"explication", "alertes", "champs_manquants", "entreprise_lit", "facilitateur_lit"}
    | {"refus_dit", "raison"}
)
RULES_ASKED = frozenset({"effets", "effets_comprennent", "effets_absents", "retenues"})
NOTHING = "rien"


def agrees(key: str, expected: object, obtained: object) -> bool:
    """Equality, except for sentences (contained) and rules (as sets, with their effect when it is told)."""
    if key in RULES_ASKED:
        return _rules_agree(key, _texts(expected), _texts(obtained))
    if key in CONTAINED:
        said = [spaced(text) for text in _texts(obtained)]
        if not _texts(expected):
            return not said
        return all(any(spaced(text) in one for one in said) for text in _texts(expected))
    if key == "entreprise_ne_lit_pas":
        said = [spaced(text) for text in _texts(obtained)]
        return not any(spaced(text) in one for text in _texts(expected) for one in said)
    if key == "refus" and isinstance(expected, bool):
        return expected == bool(obtained)
    if key in ("refus", "cloture", "non_verifiables"):
        return {fold(x) for x in _texts(expected)} == {fold(x) for x in _texts(obtained)}
    if isinstance(expected, dict) and isinstance(obtained, dict):
        return {k: v for k, v in expected.items() if v} == {k: v for k, v in obtained.items() if v}
    if isinstance(expected, tuple) and isinstance(obtained, list | tuple):
        return list(expected) == list(obtained)
    return expected == obtained


def _rules_agree(key: str, expected: list[str], obtained: list[str]) -> bool:
    """« R02 » or « R02 coupe » against « R02 coupe »."""
    said = {fold(text) for text in obtained}
    asked = {fold(text) for text in expected}
    held = {token for token in asked if any(one == token or one.startswith(f"{token}_") for one in said)}
    if key == "effets_absents":
        return not held
    if held != asked:
        return False
    return key == "effets_comprennent" or {x.split("_")[0] for x in said} == {x.split("_")[0] for x in asked}


def _texts(value: object) -> list[str]:
    return [str(x) for x in value] if isinstance(value, list | tuple | set) else []


def show(key: str, value: object) -> str:
    """A value as the person who wrote the case would write it."""
    if value is None:
        return "inconnu" if key not in ("au", "fin", "eligible_au") else "sans date"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return _shown_number(key, value)
    if isinstance(value, Decimal):
        return show_money(value)
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict):
        return listing([f"{name} {show(key, x)}" for name, x in sorted(value.items())]) or NOTHING
    if key == "jours" and isinstance(value, tuple):
        return f"{value[0]} sur {value[1]}"
    if isinstance(value, list | tuple):
        return f"{NNBSP}; ".join(show(key, x) for x in value) or NOTHING
    return str(value)


def _shown_number(key: str, value: int) -> str:
    if key in COUNTS:
        return str(value)
    if key in SHARES:
        return f"{decimal(Decimal(value) / 100)}{NNBSP}%"
    return format_hours(value)
