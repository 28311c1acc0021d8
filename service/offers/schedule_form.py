"""The hours of a post as they are typed: a week, weeks that follow one another, or « not told ».

Fields: `schedule_kind`, `weeks`, `phase`, and for each week, day and shift `s<week>_<day>_<slot>_de` / `_a`.
A shift that ends at or before its start crosses midnight: 21:00 to 05:00.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from matching.week import DAY, WEEK, FixedWeek, HoursNotTold, RotatingWeeks, Schedule, Shift
from service.formats import WEEKDAYS, clock
from service.forms import Form, whole_number

SLOTS = 3
MOST_WEEKS = 8


class ScheduleKind(StrEnum):
    FIXED = "fixed"
    ROTATING = "rotating"
    NOT_TOLD = "not_told"


class Phase(StrEnum):
    """On which ISO weeks the first week of a rotation falls."""

    ODD = "odd"
    EVEN = "even"
    UNKNOWN = "unknown"


def weeks_typed(form: Form) -> int:
    """How many weeks the form shows: what it says, and enough for all that is typed."""
    shown = min(whole_number(form.raw("weeks")) or 1, MOST_WEEKS)
    filled = [week + 1 for week in range(MOST_WEEKS) if _is_filled(form, week)]
    return max(1, shown, *filled) if filled else max(1, shown)


def _is_filled(form: Form, week: int) -> bool:
    return any(
        form.raw(f"s{week}_{day}_{slot}_{end}")
        for day in range(7)
        for slot in range(SLOTS)
        for end in ("de", "a")
    )


def read_schedule(form: Form) -> Schedule:
    """The hours typed; safe when the form has no fault."""
    kind = form.choice("schedule_kind", "Horaires", ScheduleKind)
    weeks = [tuple(_read_week(form, week)) for week in range(weeks_typed(form))]
    if kind is None or kind is ScheduleKind.NOT_TOLD:
        if kind and any(weeks):
            form.fault(
                "schedule_kind",
                "Horaires : des heures sont saisies alors que « pas encore communiqués » est choisi ; "
                "changez l’un ou l’autre.",
            )
        return HoursNotTold()
    if kind is ScheduleKind.FIXED:
        return _fixed(form, weeks)
    return _rotating(form, weeks)


def _fixed(form: Form, weeks: list[tuple[Shift, ...]]) -> Schedule:
    if any(weeks[1:]):
        form.fault(
            "schedule_kind",
            "Horaires : plusieurs semaines sont saisies ; choisissez « semaines qui alternent », "
            "ou videz-les.",
        )
    if not weeks[0] and not form.faults:
        form.fault(
            "schedule_kind",
            "Horaires : saisissez au moins un créneau, ou choisissez « pas encore communiqués ».",
        )
    _no_overlap(form, weeks[0], 0, turns=True)
    return FixedWeek(shifts=weeks[0])


def _rotating(form: Form, weeks: list[tuple[Shift, ...]]) -> Schedule:
    phase = form.choice("phase", "Première semaine", Phase)
    for number, week in enumerate(weeks):
        _no_overlap(form, week, number, turns=False)
    if len(weeks) < 2:
        form.fault(
            "schedule_kind", "Horaires : une alternance compte au moins deux semaines ; ajoutez-en une."
        )
        return HoursNotTold()
    if not any(weeks):
        form.fault("schedule_kind", "Horaires : saisissez au moins un créneau.")
    first_on_odd = None if phase in (None, Phase.UNKNOWN) else phase is Phase.ODD
    return RotatingWeeks(weeks=tuple(weeks), first_on_odd=first_on_odd)


def _read_week(form: Form, week: int) -> Iterable[Shift]:
    shifts = []
    for day in range(7):
        for slot in range(SLOTS):
            shift = _read_shift(form, week, day, slot)
            if shift is not None:
                shifts.append(shift)
    return sorted(shifts, key=lambda one: (one.day, one.start))


def _read_shift(form: Form, week: int, day: int, slot: int) -> Shift | None:
    name = f"s{week}_{day}_{slot}"
    where = f"Horaires, {WEEKDAYS[day]}"
    start, end = form.clock(f"{name}_de", where), form.clock(f"{name}_a", where)
    if f"{name}_de" in form.faults or f"{name}_a" in form.faults or (start is None and end is None):
        return None
    if start is None:
        form.fault(f"{name}_de", f"{where} : l’heure de début manque.")
        return None
    if end is None:
        form.fault(f"{name}_a", f"{where} : l’heure de fin manque.")
        return None
    if start == end:
        form.fault(f"{name}_a", f"{where} : le créneau commence et finit à {clock(start)}.")
        return None
    start %= DAY
    return Shift(day=day, start=start, end=end if end > start else end + DAY)


def _no_overlap(form: Form, shifts: Iterable[Shift], week: int, *, turns: bool) -> None:
    """`turns`: the same week follows, so that a Sunday night may run into Monday's shift."""
    at = sorted((one.day * DAY + one.start, one.day * DAY + one.end, one.day) for one in shifts)
    if turns and at:
        at.append((at[0][0] + WEEK, at[0][1] + WEEK, at[0][2]))
    for (_, end, _), (start, _, day) in pairwise(at):
        if start < end:
            form.fault(
                f"s{week}_{day}_0_de",
                f"Horaires, {WEEKDAYS[day]} : un créneau commence à {clock(start)}, "
                f"avant la fin du précédent à {clock(end)}.",
            )


# ------------------------------------------------------------------ from what is stored, to edit it
def typed_schedule(schedule: Schedule) -> dict[str, object]:
    """The fields of a stored schedule."""
    if isinstance(schedule, HoursNotTold):
        return {"schedule_kind": ScheduleKind.NOT_TOLD, "weeks": 1, "phase": Phase.UNKNOWN}
    if isinstance(schedule, FixedWeek):
        return {
            "schedule_kind": ScheduleKind.FIXED,
            "weeks": 1,
            "phase": Phase.UNKNOWN,
            **_fields(0, schedule.shifts),
        }
    phases = {True: Phase.ODD, False: Phase.EVEN, None: Phase.UNKNOWN}
    values: dict[str, object] = {
        "schedule_kind": ScheduleKind.ROTATING,
        "weeks": len(schedule.weeks),
        "phase": phases[schedule.first_on_odd],
    }
    for week, shifts in enumerate(schedule.weeks):
        values.update(_fields(week, shifts))
    return values


def _fields(week: int, shifts: Iterable[Shift]) -> dict[str, object]:
    values: dict[str, object] = {}
    count = [0] * 7
    for one in sorted(shifts, key=lambda shift: (shift.day, shift.start)):
        name = f"s{week}_{one.day}_{count[one.day]}"
        values[f"{name}_de"], values[f"{name}_a"] = _time(one.start), _time(one.end)
        count[one.day] += 1
    return values


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02d}:{minute:02d}"


# ------------------------------------------------------------------ helps that save nothing
def with_help(form: Form, asked: str) -> Form | None:
    """The form after a help: add a week, copy Monday, read the list again. None when `asked` is to save."""
    values: dict[str, object] = {name: form.raw_list(name) for name in form.names() if name != "aide"}
    if asked == "semaine":
        values["weeks"] = min(weeks_typed(form) + 1, MOST_WEEKS)
        values["schedule_kind"] = ScheduleKind.ROTATING
    elif asked.startswith("copier") and (week := whole_number(asked[6:])) is not None:
        for slot in range(SLOTS):
            for end in ("de", "a"):
                for day in range(1, 5):
                    values[f"s{week}_{day}_{slot}_{end}"] = form.raw(f"s{week}_0_{slot}_{end}")
    elif asked != "employeurs":  # The list of employers is read anew with the page.
        return None
    return Form.of(values)
