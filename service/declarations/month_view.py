"""The month as a page: cells with their values and messages, lots with their state; and the recap."""

from collections.abc import Iterable, Mapping
from datetime import date

import clauses
from clauses import Declared, Effect, Finding, HourKind, Interval, Refused, State
from service.declarations.actions import Checked
from service.declarations.entry import names_of, read_back, typed_of, typed_of_version
from service.declarations.month import Month
from service.declarations.sheet import Mode, Row, Sheet
from service.declarations.views import (
    CellView,
    Choice,
    DayView,
    Hidden,
    Message,
    MonthView,
    RecapLine,
    RecapSection,
    RecapView,
    RowView,
    SectionView,
)
from service.formats import WEEKDAYS, day
from service.formats import month as month_words
from service.forms import Form

Verdicts = Mapping[str, Declared | Refused]
Typed = dict[str, list[str]]

MOST_ROWS_WITH_DAYS = 40
"""Beyond, the daily detail is opened person by person: a page of 4 000 fields helps nobody."""

EARLY = (
    "La période se termine le {} : envoyez maintenant seulement si rien ne s’y ajoutera ; "
    "la suite demanderait une correction."
)

HELD = "Une ligne sera vérifiée avant de compter. Si c’est une faute de frappe, choisissez « Modifier »."

TONES = {Effect.CUT: "warn", Effect.HOLD: "warn", Effect.WARN: "warn", Effect.NOTICE: "quiet"}


def filled_form(month: Month, drafts: Mapping[tuple[int, date], Typed], *, only_drafts: bool = False) -> Form:
    """What the page shows at first: the draft, else the version given back, else the one being corrected.
    The recap shows `only_drafts`: what was emptied before checking is not to be sent."""
    values: Typed = {}
    for sheet in month.sheets:
        draft = drafts.get((sheet.file.row_id, sheet.first))
        if not sheet.mode.is_open:
            continue
        if draft is not None:
            # A placement may have ended, or gone to another firm, since the draft was kept.
            values.update({name: typed for name, typed in draft.items() if name in names_of(sheet)})
        elif not only_drafts and sheet.mode in (Mode.RETURNED, Mode.CORRECTING) and sheet.latest is not None:
            values.update(typed_of_version(sheet, sheet.latest))
    return Form.of(values)


def month_view(
    month: Month,
    form: Form,
    verdicts: Verdicts,
    drafts: Iterable[tuple[int, date]] = (),
    days_of: str = "",
) -> MonthView:
    """The page. `verdicts` are shown beside the cells; `days_of`: a placement whose days are opened."""
    kept = set(drafts)
    with_days = sum(len(s.rows) for s in month.sheets) <= MOST_ROWS_WITH_DAYS
    place = month.offered.index(month.month) if month.month in month.offered else -1
    later = month.offered[place - 1] if place > 0 else None
    earlier = month.offered[place + 1] if 0 <= place < len(month.offered) - 1 else None
    sections = tuple(
        _section(month, sheet, form, verdicts.get(sheet.lot_id), kept, with_days, days_of)
        for sheet in month.sheets
    )
    return MonthView(
        month=f"{month.month:%Y-%m}",
        label=month_words(month.month),
        firm=month.desk.company_name,
        for_firm=month.desk.for_firm,
        address=month.desk.month_address,
        newcomer_address=month.desk.newcomer_address,
        months=tuple(Choice(value=f"{m:%Y-%m}", label=month_words(m)) for m in month.offered),
        previous=month.desk.month_link(earlier) if earlier else "",
        following=month.desk.month_link(later) if later else "",
        correcting=tuple(s.lot_id for s in month.sheets if s.mode is Mode.CORRECTING),
        sections=sections,
        any_open=any(s.is_open for s in sections),
    )


def lot_title(sheet: Sheet) -> str:
    return f"Lot {sheet.file.lot.number} – {sheet.file.lot.title}"


def period_words(sheet: Sheet) -> str:
    if sheet.first.month == sheet.last.month:
        return month_words(sheet.first)
    return f"{month_words(sheet.first)} à {month_words(sheet.last)}"


def _section(
    month: Month,
    sheet: Sheet,
    form: Form,
    verdict: Declared | Refused | None,
    kept: set[tuple[int, date]],
    with_days: bool,
    days_of: str,
) -> SectionView:
    findings = verdict.version.findings if isinstance(verdict, Declared) else ()
    lot, latest = sheet.file.lot, sheet.latest
    accepted = any(v.state in clauses.ACCEPTED for v in _own(month, sheet))
    last_month = sheet.last.replace(day=1)
    shown = latest is not None and not sheet.mode.is_open
    return SectionView(
        lot_id=lot.id,
        title=lot_title(sheet),
        marche=f"{sheet.file.marche.title} ({sheet.file.marche.reference})",
        period=period_words(sheet),
        deadline=sheet.deadline,
        late=sheet.mode is Mode.OPEN and month.on > sheet.deadline and not sheet.file.closed,
        closed=sheet.file.closed,
        mode=sheet.mode.value,
        is_open=sheet.mode.is_open,
        state=latest.state.firm_label if latest else "À compléter",
        tone=tone_of(latest.state) if latest else "wait",
        declaration_id=latest.declaration_id if latest else "",
        returned_reason=latest.decision_reason if latest and sheet.mode is Mode.RETURNED else "",
        asks_reason=accepted and sheet.mode is Mode.CORRECTING,
        sent_hours=clauses.declared_hours(latest) if latest and shown else 0,
        nothing=bool(latest and shown and latest.nothing),
        has_draft=(sheet.file.row_id, sheet.first) in kept,
        sendable_from=last_month if month.on < last_month else None,
        quarterly=sheet.first.month != sheet.last.month,
        asks_absences=HourKind.PAID_ABSENCE in sheet.kinds,
        rows=tuple(_row(month, sheet, row, form, findings, with_days, days_of) for row in sheet.rows)
        if sheet.mode.is_open
        else (),
        messages=messages_of(findings, None),
        nothing_name=sheet.nothing_name,
        reason_name=sheet.reason_name,
        correct_link=month.desk.month_link(month.month, corriger=lot.id)
        if sheet.mode is Mode.ACCEPTED
        else "",
        contact=sheet.file.marche.facilitator_contact,
    )


def _own(month: Month, sheet: Sheet) -> list[clauses.Declaration]:
    return [
        v
        for v in sheet.file.versions
        if (v.company_id, v.period_start) == (month.desk.company_id, sheet.first)
    ]


def tone_of(state: State) -> str:
    """The shape of a state (macros/lists.html): ok, wait, warn, stop, quiet."""
    if state in clauses.ACCEPTED:
        return "ok"
    if state in clauses.IN_HAND:
        return "quiet"
    return {State.A_CORRIGER: "warn", State.REJETEE: "stop"}.get(state, "quiet")


def _row(
    month: Month,
    sheet: Sheet,
    row: Row,
    form: Form,
    findings: Iterable[Finding],
    with_days: bool,
    days_of: str,
) -> RowView:
    told = any(form.raw(row.day_name(day)).strip() for day in row.days)
    opened = with_days or told or days_of == row.placement.id
    return RowView(
        person=row.person,
        firm=row.firm,
        employment=clauses.employment_words(row.placement, row.days[-1]),
        month_label=month_words(row.month),
        eligible=eligible_words(eligibility(sheet, row)),
        confirmed=row.confirmed,
        work=_cell(row.hours_name(HourKind.WORK), form, findings),
        training=_cell(row.hours_name(HourKind.TRAINING), form, findings),
        absence=_cell(row.hours_name(HourKind.PAID_ABSENCE), form, findings)
        if HourKind.PAID_ABSENCE in sheet.kinds
        else None,
        days=tuple(
            DayView(
                name=row.day_name(on),
                label=f"{WEEKDAYS[on.weekday()][:3]}. {on.day}",
                rest=on.weekday() >= 5,
            )
            for on in row.days
        )
        if opened
        else (),
        days_told=told or days_of == row.placement.id,
        days_link="" if opened else month.desk.month_link(month.month, jours=row.placement.id),
    )


def _cell(name: str, form: Form, findings: Iterable[Finding]) -> CellView:
    return CellView(name=name, read=read_back(form, name), messages=messages_of(findings, name))


def messages_of(findings: Iterable[Finding], line_id: str | None) -> tuple[Message, ...]:
    """What the checks say of a line, or of the whole (None), in the firm's words."""
    found = [
        Message(tone=TONES[f.effect], sentence=f.firm) for f in findings if f.line_id == line_id and f.firm
    ]
    return tuple(dict.fromkeys(found))


def eligibility(sheet: Sheet, row: Row) -> tuple[Interval, ...]:
    """The eligible days of the person on the lot that meet the month."""
    after = clauses.add_months(row.month, 1)
    intervals = clauses.intervals_for(
        sheet.file.periods,
        row.placement.person_id,
        sheet.file.lot,
        sheet.file.grid_at(row.month),
        sheet.window.ends_on,
        cdi=clauses.is_ever_cdi(row.placement),
    )
    return tuple(i for i in intervals if i.first < after and (i.last is None or i.last >= row.month))


def eligible_words(intervals: tuple[Interval, ...]) -> str:
    """« éligible du 13/01/2026 au 12/01/2028 »: dates, never the ground."""
    if not intervals:
        return "éligibilité à confirmer"
    return ", ".join(
        f"éligible du {day(i.first)} au {day(i.last)}" if i.last else f"éligible depuis le {day(i.first)}"
        for i in intervals
    )


# --- the recap -------------------------------------------------------------------------------------------


def recap_view(checked: Checked, form: Form) -> RecapView:
    """What would be sent: for each line, declared and countable, and why."""
    month = checked.month
    sections = []
    for sheet in month.sheets:
        verdict = checked.verdicts.get(sheet.lot_id)
        if isinstance(verdict, Declared):
            sections.append(_recap_section(sheet, verdict, month.on))
    told = [s for s in month.sheets if s.lot_id in checked.verdicts]
    typed = {name: value for s in told for name, values in typed_of(form, s).items() for value in values[-1:]}
    return RecapView(
        month=f"{month.month:%Y-%m}",
        label=month_words(month.month),
        firm=month.desk.company_name,
        for_firm=month.desk.for_firm,
        address=month.desk.month_address,
        send_address=month.desk.send_address,
        sections=tuple(sections),
        left_out=tuple(lot_title(s) for s in month.sheets if s.mode.is_open and s not in told),
        typed=(
            *(Hidden(name=name, value=value) for name, value in sorted(typed.items())),
            *(Hidden(name="lot", value=s.lot_id) for s in told),
            *(Hidden(name="corriger", value=s.lot_id) for s in told if s.mode is Mode.CORRECTING),
        ),
        hours=sum(s.hours for s in sections),
        countable=sum(s.countable for s in sections),
    )


def _recap_section(sheet: Sheet, verdict: Declared, on: date) -> RecapSection:
    version = verdict.version
    early = (Message(tone="warn", sentence=EARLY.format(day(sheet.last))),) if on < sheet.last else ()
    held = (Message(tone="warn", sentence=HELD),) if clauses.open_holds(version) else ()
    names = {p.id: p.name for p in sheet.file.people.values()}
    return RecapSection(
        lot_id=sheet.lot_id,
        title=lot_title(sheet),
        marche=f"{sheet.file.marche.title} ({sheet.file.marche.reference})",
        period=period_words(sheet),
        nothing=version.nothing,
        correction=version.version > 1,
        reason=version.correction_reason,
        hours=clauses.declared_hours(version),
        countable=clauses.countable_hours(version),
        lines=tuple(
            RecapLine(
                person=names[line.person_id],
                month_label=month_words(line.month),
                kind=line.kind.label,
                hours=line.hours,
                countable=line.countable,
                days=len(line.days),
                reason=line.reason,
                messages=messages_of((f for f in version.findings if f.effect is not Effect.CUT), line.id),
            )
            for line in version.lines
        ),
        messages=(*early, *messages_of(version.findings, None), *held),
    )
