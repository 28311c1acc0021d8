"""The parts of the offer's form that stay folded: what each holds, in a few words, and whether it opens.

A closed part is sent with the form as an open one is. It opens by itself on a fault of one of its fields, and
on a help asked inside it.
"""

import re

import msgspec

from matching.reasons import DEMANDS
from service.formats import plural
from service.forms import Form
from service.offers.entry import SHUTTLE_STOPS

_FIELDS = {
    "shuttle": r"shuttle\d+_\w+",
    "hours": r"schedule_kind|phase|s\d+_\d_\d_(de|a)",
    "needs": r"(required|wished)_skills|licences|vehicle_required|certificates|language|experience_months"
    r"|beginners|demands(_told)?",
    "may_move": r"(start|end)_(later|earlier)|days_negotiable|start_date_days",
}
_MOVES = {
    "start_later": "commencer plus tard",
    "start_earlier": "commencer plus tôt",
    "end_earlier": "finir plus tôt",
    "end_later": "finir plus tard",
}
_HELPS_ON_HOURS = re.compile(r"semaine|copier\d+")


class Fold(msgspec.Struct, frozen=True):
    """held: a few words each, () when nothing is filled."""

    held: tuple[str, ...]
    opened: bool


def folds(form: Form) -> dict[str, Fold]:
    """Every folded part, by name."""
    held = {"shuttle": _shuttle(form), "hours": _hours(form), "needs": _needs(form), "may_move": _moves(form)}
    helped = {"hours"} if _HELPS_ON_HOURS.fullmatch(form.raw("aide")) else set()
    return {
        name: Fold(
            tuple(told),
            name in helped or any(re.fullmatch(_FIELDS[name], field) for field in form.faults),
        )
        for name, told in held.items()
    }


def _shuttle(form: Form) -> list[str]:
    stops = sum(bool(form.raw(f"shuttle{n}_commune").strip()) for n in range(SHUTTLE_STOPS))
    return [plural(stops, "arrêt", "arrêts")] if stops else []


def _hours(form: Form) -> list[str]:
    shifts = sum(bool(re.fullmatch(r"s\d+_\d_\d_de", name) and form.raw(name)) for name in form.names())
    return [plural(shifts, "créneau saisi", "créneaux saisis")] if shifts else []


def _needs(form: Form) -> list[str]:
    def lines(name: str) -> int:
        return sum(bool(line.strip()) for line in form.raw(name).split("\n"))

    counted = (
        (lines("required_skills"), "compétence exigée", "compétences exigées"),
        (lines("wished_skills"), "compétence souhaitée", "compétences souhaitées"),
        (lines("certificates"), "certificat", "certificats"),
        (sum(form.has("demands", one) for one in DEMANDS), "exigence physique", "exigences physiques"),
    )
    told = [plural(count, one, many) for count, one, many in counted if count]
    licences = form.raw_list("licences")
    told += [f"permis {', '.join(licences)}"] if licences else []
    told += ["véhicule"] if form.flag("vehicle_required") else []
    told += [f"français {form.raw('language')}"] if form.raw("language") else []
    months = form.raw("experience_months").strip()
    return told + ([f"{months}\N{NARROW NO-BREAK SPACE}mois d’expérience"] if months else [])


def _moves(form: Form) -> list[str]:
    told = [
        f"{words} ({minutes}\N{NARROW NO-BREAK SPACE}min)"
        for name, words in _MOVES.items()
        if (minutes := form.raw(name).strip()) not in ("", "0")
    ]
    told += ["jours à discuter"] if form.flag("days_negotiable") else []
    days = form.raw("start_date_days").strip()
    return told + ([f"report de {days} jours au plus"] if days not in ("", "0") else [])
