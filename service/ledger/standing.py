"""Where a lot stands on a day, as known at an instant: everything asked of the clauses core, in one place."""

from datetime import date, datetime

import msgspec

import clauses
from clauses import Due, NextAction, Progress, Window
from service.ledger.lot_file import LotFile


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The dues with their explanations, the progress, and who must act, the most pressing first."""

    due: Due
    forecast: Due
    expected: Due
    window: Window | None
    progress: Progress
    actions: tuple[NextAction, ...]

    @property
    def next_action(self) -> NextAction | None:
        return next(iter(self.actions), None)


def standing_of(file: LotFile, on: date, known_at: datetime) -> Standing:
    """Progress and next actions of a lot, its dues explained line by line."""
    standing = brief_standing_of(file, on, known_at)
    return msgspec.structs.replace(
        standing,
        due=clauses.hours_due_at(file.events, on, known_at),
        forecast=clauses.hours_forecast_at(file.events, on, known_at),
        expected=clauses.hours_expected_at(file.events, on, known_at),
    )


def brief_standing_of(file: LotFile, on: date, known_at: datetime) -> Standing:
    """The same figures without a word of explanation, in one fold: for lists."""
    figures = clauses.lot_figures(file.events, on, known_at)
    progress = clauses.progress(
        due=figures.due,
        forecast=figures.forecast,
        expected=figures.expected,
        window=figures.pace,
        versions=file.versions,
        moved_in=file.moved_in,
        moved_out=file.moved_out,
        on=on,
        limits=clauses.health_limits(on),
    )
    return Standing(
        due=figures.due,
        forecast=figures.forecast,
        expected=figures.expected,
        window=figures.window,
        progress=progress,
        actions=_actions(file, on, known_at, figures.due, figures.window, figures.pace, progress),
    )


def reports_expected(file: LotFile, on: date, known_at: datetime) -> tuple[clauses.ExpectedReport, ...]:
    """The periods that each company must answer for by that day."""
    window = clauses.window_at(file.events, on, known_at)
    if window is None:
        return ()
    return clauses.expected_reports(file.marche.calendar, window, file.parties, file.placements, on)


def _actions(
    file: LotFile,
    on: date,
    known_at: datetime,
    due: Due,
    window: Window | None,
    pace: Window | None,
    progress: Progress,
) -> tuple[NextAction, ...]:
    if file.closed:
        return ()
    reports = (
        clauses.expected_reports(file.marche.calendar, window, file.parties, file.placements, on)
        if window
        else ()
    )
    state = clauses.LotState(
        window=window,
        due=due.hours,
        calibrated=due.hours is not None or clauses.is_calibrated(file.events),
        remaining=progress.remaining,
        health=progress.health,
        versions=file.versions,
        expected=reports,
        parties=file.parties,
        deadline_days=file.lot.rules.deadline_days,
        control_days=file.lot.rules.control_days,
        late_since=clauses.late_since(progress, pace, on, clauses.health_limits(on)),
        on=on,
        zone=file.zone,
        penalties=file.penalties,
        needs_headcount=due.hours is None and clauses.needs_headcount(file.events, on, known_at),
    )
    return clauses.next_actions(state)
