"""A week typed in time fields: per day up to three windows, `<prefix><day>_<slot>_de` and `…_a`.

Works without JavaScript; « copier lundi sur la semaine » is a button of the form that saves nothing.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from matching.week import DAY, Window
from service.formats import WEEKDAYS, clock
from service.forms import Form

SLOTS = 3
# A record that came by import may hold more windows a day than the screen offers at first.
MOST_SLOTS = 8
WORKING_DAYS = (1, 2, 3, 4)


def read_week(form: Form, prefix: str, label: str) -> tuple[Window, ...]:
    """The windows typed, in order. Every fault is kept by the field that it concerns."""
    found = []
    for day in range(7):
        windows = [w for slot in range(MOST_SLOTS) if (w := _read_slot(form, prefix, label, day, slot))]
        windows.sort(key=lambda window: window.start)
        for before, after in pairwise(windows):
            if after.start < before.end:
                form.fault(
                    f"{prefix}{day}_0_de",
                    f"{label}, {WEEKDAYS[day]} : deux plages se chevauchent "
                    f"(jusqu’à {end_clock(before.end)}, puis dès {clock(after.start)}).",
                )
        found += windows
    return tuple(found)


def _read_slot(form: Form, prefix: str, label: str, day: int, slot: int) -> Window | None:
    name = f"{prefix}{day}_{slot}"
    where = f"{label}, {WEEKDAYS[day]}"
    start, end = form.clock(f"{name}_de", where), form.clock(f"{name}_a", where)
    if f"{name}_de" in form.faults or f"{name}_a" in form.faults or (start is None and end is None):
        return None
    if start is None:
        form.fault(f"{name}_de", f"{where} : l’heure de début manque.")
        return None
    if end is None:
        form.fault(f"{name}_a", f"{where} : l’heure de fin manque.")
        return None
    # A time field has no 24:00: midnight as an end is the end of that day.
    end = end or DAY
    if start >= end:
        form.fault(
            f"{name}_a",
            f"{where} : la plage finit à {clock(end)}, avant son début à {clock(start)}. "
            "Une plage qui passe minuit s’écrit sur deux jours.",
        )
        return None
    return Window(day=day, start=start, end=end)


def end_clock(minutes: int) -> str:
    """The end of a window as it is read: « 24 h » at midnight."""
    return "24 h" if minutes == DAY else clock(minutes)


def typed_week(prefix: str, windows: Iterable[Window]) -> dict[str, str]:
    """The fields of a stored week, to edit it."""
    values: dict[str, str] = {}
    count = [0] * 7
    for window in sorted(windows, key=lambda one: (one.day, one.start)):
        name = f"{prefix}{window.day}_{count[window.day]}"
        values[f"{name}_de"] = _field(window.start)
        values[f"{name}_a"] = _field(window.end)
        count[window.day] += 1
    return values


def _field(minutes: int) -> str:
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02d}:{minute:02d}"


def slots_shown(form: Form, prefix: str, at_least: int) -> int:
    """How many windows a day to draw: enough for all that is typed."""
    return max(
        [at_least]
        + [
            slot + 1
            for day in range(7)
            for slot in range(MOST_SLOTS)
            if form.raw(f"{prefix}{day}_{slot}_de") or form.raw(f"{prefix}{day}_{slot}_a")
        ]
    )


def with_monday_copied(form: Form, prefix: str) -> Form:
    """The same form with Monday's windows of one week on Tuesday to Friday."""
    values: dict[str, list[str]] = {name: form.raw_list(name) for name in form.names()}
    for day in WORKING_DAYS:
        for slot in range(MOST_SLOTS):
            for end in ("de", "a"):
                values[f"{prefix}{day}_{slot}_{end}"] = [form.raw(f"{prefix}0_{slot}_{end}")]
    return Form.of(values)


def with_week_copied(form: Form, pairs: Mapping[str, str]) -> Form:
    """The same form with whole groups of fields copied: names that begin so -> names that begin so."""
    values: dict[str, list[str]] = {name: form.raw_list(name) for name in form.names()}
    for source, target in pairs.items():
        for name in [one for one in values if one.startswith(target)]:
            values[name] = [""]
        for name in [one for one in values if one.startswith(source)]:
            values[target + name.removeprefix(source)] = values[name]
    return Form.of(values)
