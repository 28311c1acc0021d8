"""The week of a person for her référent: availability and care, one picture a kind of week that differs."""

import msgspec

from matching.french import in_weeks
from matching.strip import Stretch, StretchKind
from matching.week import (
    DAY,
    Availability,
    AvailabilityWindows,
    Care,
    CareState,
    CareUnknown,
    CareWeek,
    CareWindows,
    NoCareNeed,
    WeekKind,
    Window,
)
from service.participants.care_form import RHYTHMS, rhythm_of
from service.pictures.week import WeekPicture


class ChildLine(msgspec.Struct, frozen=True, kw_only=True):
    """One child, in words: no name, no age."""

    label: str
    rhythm: str
    told: str


class CareView(msgspec.Struct, frozen=True, kw_only=True):
    """`known` False: at least one answer is missing."""

    sentence: str
    known: bool
    children: tuple[ChildLine, ...]


def care_view(care: Care | None) -> CareView:
    if isinstance(care, NoCareNeed):
        return CareView(sentence="Aucune garde à prévoir pendant le travail", known=True, children=())
    if not isinstance(care, CareWindows):
        return CareView(sentence="Non exploré", known=False, children=())
    rhythms = dict(RHYTHMS)
    lines = []
    for number, child in enumerate(care.children):
        missing = tuple(kind for kind in WeekKind if child.week(kind).state is CareState.UNKNOWN)
        lines.append(
            ChildLine(
                label=f"Enfant {number + 1}",
                rhythm=rhythms[rhythm_of(child)],
                told=f"garde non explorée{in_weeks(missing)}" if missing else "garde connue",
            )
        )
    count = len(care.children)
    sentence = "1 enfant à faire garder" if count == 1 else f"{count} enfants à faire garder"
    return CareView(
        sentence=sentence,
        known=all(line.told == "garde connue" for line in lines),
        children=tuple(lines),
    )


def week_pictures(availability: Availability, care: Care) -> tuple[WeekPicture, ...]:
    """One picture for each kind of week that differs from the others; none when nothing is known."""
    free = availability.windows if isinstance(availability, AvailabilityWindows) else ()
    groups: dict[tuple[Window, ...] | None, list[WeekKind]] = {}
    for kind in WeekKind:
        groups.setdefault(_cared(care, kind), []).append(kind)
    pictures = []
    for cared, kinds in groups.items():
        stretches = _stretches(StretchKind.AVAILABLE, free) + _stretches(StretchKind.CARE, cared or ())
        if not stretches:
            continue
        weeks = in_weeks(tuple(kinds)).removeprefix(", ") or "toutes les semaines"
        what = _caption(care, cared)
        first, last = _bounds(stretches)
        pictures.append(WeekPicture(caption=f"{what}, {weeks}", first=first, last=last, stretches=stretches))
    return tuple(pictures)


def _caption(care: Care, cared: tuple[Window, ...] | None) -> str:
    if isinstance(care, NoCareNeed) or (isinstance(care, CareWindows) and cared == EVERY_HOUR):
        return "Disponibilité, sans enfant à faire garder"
    if cared is None or isinstance(care, CareUnknown):
        return "Disponibilité, garde non explorée"
    return "Disponibilité et garde de tous les enfants"


EVERY_HOUR = tuple(Window(day=day, start=0, end=DAY) for day in range(7))


def _cared(care: Care, kind: WeekKind) -> tuple[Window, ...] | None:
    """When every child present is cared for; every hour when none is there; None when not explored."""
    if not isinstance(care, CareWindows):
        return None
    common: tuple[Window, ...] = EVERY_HOUR
    for child in care.children:
        week: CareWeek = child.week(kind)
        if week.state is CareState.UNKNOWN:
            return None
        if week.state is CareState.WINDOWS:
            common = _both(common, week.windows)
    return common


def _both(one: tuple[Window, ...], two: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(
        Window(day=a.day, start=max(a.start, b.start), end=min(a.end, b.end))
        for a in one
        for b in two
        if a.day == b.day and max(a.start, b.start) < min(a.end, b.end)
    )


def _stretches(kind: StretchKind, windows: tuple[Window, ...]) -> tuple[Stretch, ...]:
    if kind is StretchKind.CARE and windows == EVERY_HOUR:
        return ()
    return tuple(Stretch(kind=kind, day=one.day, start=one.start, end=one.end) for one in windows)


def _bounds(stretches: tuple[Stretch, ...]) -> tuple[int, int]:
    """Half an hour around what is told, on the hours of the first and last minutes."""
    first = min(one.start for one in stretches) // 60 * 60 - 30
    last = -(-max(one.end for one in stretches) // 60) * 60 + 30
    return max(0, first), min(DAY, last)
