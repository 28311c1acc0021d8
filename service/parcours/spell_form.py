"""A stay in the PLIE, typed: prescription, state, entry, exit. States and dates must agree."""

from datetime import date

import msgspec

from service.forms import Form
from service.tables import SpellRow
from service.vocabulary import SpellState

# A spell in one of these is over; in the next ones the person has entered.
CLOSED = (SpellState.EXITED, SpellState.NOT_ENTERED)
ENTERED = (
    SpellState.VALIDATED,
    SpellState.ACTIVE,
    SpellState.SUSPENDED,
    SpellState.JOB_FOLLOW_UP,
    SpellState.EXITED,
)


class SpellValues(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of SpellRow that the form writes."""

    state: SpellState
    prescribed_on: date | None
    prescriber: str
    entered_on: date | None
    exited_on: date | None
    exit_reason: str


def read_spell(form: Form, on: date, *, after: date | None = None) -> SpellValues:
    """All that was typed. `after`: the end of the person's previous spell; this one begins later."""
    state = form.choice("state", "État du parcours", SpellState)
    prescribed = form.day("prescribed_on", "Date de prescription")
    entered = form.day("entered_on", "Date d’entrée")
    exited = form.day("exited_on", "Date de fin")
    reason = form.text("exit_reason", "Motif de fin")
    _check_state(form, state, entered, exited, reason)
    _check_order(form, prescribed, entered, exited, on, after)
    return SpellValues(
        state=state or SpellState.PRESCRIBED,
        prescribed_on=prescribed,
        prescriber=form.text("prescriber", "Prescripteur", longest=120),
        entered_on=entered,
        exited_on=exited,
        exit_reason=reason if exited else "",
    )


def _check_state(
    form: Form, state: SpellState | None, entered: date | None, exited: date | None, reason: str
) -> None:
    if state is None:
        return
    if state in ENTERED and entered is None:
        form.fault("entered_on", f"Date d’entrée : à remplir pour l’état « {state.label} ».")
    if state in CLOSED and exited is None:
        form.fault("exited_on", f"Date de fin : à remplir pour l’état « {state.label} ».")
    if state in CLOSED and not reason:
        form.fault("exit_reason", "Motif de fin : à remplir.")
    if exited is not None and state not in CLOSED:
        form.fault(
            "state", "État du parcours : une date de fin est saisie ; choisissez « Sorti » ou « Non-entrée »."
        )


def _check_order(
    form: Form,
    prescribed: date | None,
    entered: date | None,
    exited: date | None,
    on: date,
    after: date | None,
) -> None:
    if prescribed and entered and entered < prescribed:
        form.fault("entered_on", "Date d’entrée : elle précède la prescription.")
    if entered and exited and exited < entered:
        form.fault("exited_on", "Date de fin : elle précède l’entrée.")
    if exited and exited > on:
        form.fault("exited_on", f"Date de fin : le {exited:%d/%m/%Y} n’est pas encore passé.")
    if after and entered and entered <= after:
        form.fault(
            "entered_on",
            f"Date d’entrée : le parcours précédent a pris fin le {after:%d/%m/%Y} ; l’entrée vient après.",
        )


def typed_spell(row: SpellRow) -> Form:
    """The form of a stored spell, to edit it."""
    return Form.of(
        {
            "state": row.state.value,
            "prescribed_on": row.prescribed_on,
            "prescriber": row.prescriber,
            "entered_on": row.entered_on,
            "exited_on": row.exited_on,
            "exit_reason": row.exit_reason,
        }
    )
