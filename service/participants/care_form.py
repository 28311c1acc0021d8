"""Who looks after the children, and when: typed for each child, in school weeks and in holidays.

`k<i>_rythme`: always there, odd weeks only, even weeks only, or weeks that differ. Four weeks at most a
child: `k<i>so`, `k<i>ho` (odd weeks, or all) and `k<i>se`, `k<i>he` (even weeks, when they differ).
"""

from matching.week import (
    ABSENT_WEEK,
    Care,
    CareState,
    CareUnknown,
    CareWeek,
    CareWindows,
    ChildCare,
    NoCareNeed,
    WeekKind,
    care_week,
)
from service.forms import Form, whole_number
from service.participants.week_grid import read_week, typed_week

MOST_CHILDREN = 8
RHYTHMS = (
    ("always", "Toutes les semaines"),
    ("odd", "Les semaines impaires seulement (garde alternée)"),
    ("even", "Les semaines paires seulement (garde alternée)"),
    ("differs", "Les semaines paires et impaires ont des horaires différents"),
)
# What may be told of a week without windows; empty: by the windows, else not explored.
STATES = (
    ("", "Plages ci-dessous (aucune plage : non exploré)"),
    ("none", "Aucune solution de garde"),
    ("absent", "Chez l’autre parent, pas de garde à prévoir"),
)
KINDS = {
    "so": WeekKind.SCHOOL_ODD,
    "ho": WeekKind.HOLIDAY_ODD,
    "se": WeekKind.SCHOOL_EVEN,
    "he": WeekKind.HOLIDAY_EVEN,
}
TERMS = {"s": "semaines d’école", "h": "vacances"}


def children_typed(form: Form) -> int:
    """How many children the form shows: one at least, once care is told by windows."""
    return min(max(whole_number(form.raw("children")) or 1, 1), MOST_CHILDREN)


def read_care(form: Form) -> Care:
    told = form.one_of("care", "Garde d’enfants", ("unknown", "no_need", "windows"))
    if told == "no_need":
        return NoCareNeed()
    if told == "windows":
        return CareWindows(children=tuple(_read_child(form, i) for i in range(children_typed(form))))
    return CareUnknown()


def _read_child(form: Form, number: int) -> ChildCare:
    label = f"Enfant {number + 1}"
    rhythm = form.one_of(
        f"k{number}_rythme", f"{label}, présence", [value for value, _ in RHYTHMS], required=False
    )
    school_odd, holiday_odd = (_read_week_of(form, number, kind) for kind in ("so", "ho"))
    if rhythm == "differs":
        school_even, holiday_even = (_read_week_of(form, number, kind) for kind in ("se", "he"))
    else:
        school_even, holiday_even = school_odd, holiday_odd
    if rhythm == "odd":
        school_even = holiday_even = ABSENT_WEEK
    elif rhythm == "even":
        school_odd = holiday_odd = ABSENT_WEEK
    return ChildCare(
        school_odd=school_odd,
        school_even=school_even,
        holiday_odd=holiday_odd,
        holiday_even=holiday_even,
    )


def _read_week_of(form: Form, number: int, kind: str) -> CareWeek:
    prefix = f"k{number}{kind}"
    label = f"Enfant {number + 1}, {TERMS[kind[0]]}"
    windows = read_week(form, prefix, label)
    told = form.one_of(f"{prefix}_etat", label, [value for value, _ in STATES], required=False)
    if told and windows:
        form.fault(
            f"{prefix}_etat",
            f"{label} : des plages de garde sont saisies ; effacez-les ou changez la réponse.",
        )
    if told == "absent":
        return ABSENT_WEEK
    if told == "none":
        return care_week(())
    return care_week(windows or None)


def typed_care(care: Care) -> dict[str, str]:
    """The fields of a stored care, to edit it."""
    if isinstance(care, CareUnknown):
        return {"care": "unknown"}
    if isinstance(care, NoCareNeed):
        return {"care": "no_need"}
    values = {"care": "windows", "children": str(max(1, len(care.children)))}
    for number, child in enumerate(care.children):
        rhythm = rhythm_of(child)
        values[f"k{number}_rythme"] = rhythm
        for short, kind in KINDS.items():
            # With alternate custody, the form shows the one week when the child is there.
            if rhythm == "even" and short in ("so", "ho"):
                kind = kind.neighbour
            if rhythm == "differs" or short in ("so", "ho"):
                values.update(_typed_week_of(f"k{number}{short}", child.week(kind)))
    return values


def _typed_week_of(prefix: str, week: CareWeek) -> dict[str, str]:
    if week.state is CareState.ABSENT:
        return {f"{prefix}_etat": "absent"}
    if week.state is CareState.WINDOWS and not week.windows:
        return {f"{prefix}_etat": "none"}
    return typed_week(prefix, week.windows)


def rhythm_of(child: ChildCare) -> str:
    """How the weeks of one child alternate, in the form's words."""
    odd, even = (child.school_odd, child.holiday_odd), (child.school_even, child.holiday_even)
    if odd == even:
        return "always"
    if even == (ABSENT_WEEK, ABSENT_WEEK):
        return "odd"
    if odd == (ABSENT_WEEK, ABSENT_WEEK):
        return "even"
    return "differs"
