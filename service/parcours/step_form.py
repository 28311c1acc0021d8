"""An étape, typed. A clause step is never typed: it comes from validated hours."""

from datetime import date

import msgspec

from service.forms import Form
from service.participants.project_form import written_hundredths
from service.tables import StepRow
from service.vocabulary import StepKind, StepState

TYPED_KINDS = tuple(kind for kind in StepKind if kind is not StepKind.CLAUSE)
FINISHED = (StepState.DONE, StepState.ABANDONED)


class StepValues(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of StepRow that the form writes."""

    kind: StepKind
    label: str
    organisation_id: int | None
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    state: StepState
    hours: int | None


def read_step(form: Form, today: date, organisations: dict[str, int]) -> StepValues:
    """All that was typed. `organisations`: public id -> database id of those that may be chosen."""
    kind = form.one_of("kind", "Nature de l’étape", [one.value for one in TYPED_KINDS])
    starts = form.day("starts_on", "Début", required=True)
    planned = form.day("planned_ends_on", "Fin prévue")
    ended = form.day("ended_on", "Fin réelle")
    state = form.choice("state", "État de l’étape", StepState)
    where = form.one_of("organisation", "Structure", list(organisations), required=False)
    if starts:
        _check_dates(form, starts, planned, ended, state, today)
    return StepValues(
        kind=StepKind(kind) if kind else StepKind.MOBILISATION,
        label=form.text("label", "Intitulé", required=True),
        organisation_id=organisations.get(where) if where else None,
        starts_on=starts or today,
        planned_ends_on=planned,
        ended_on=ended,
        state=state or StepState.ONGOING,
        hours=form.hours("hours", "Durée totale"),
    )


def _check_dates(
    form: Form,
    starts: date,
    planned: date | None,
    ended: date | None,
    state: StepState | None,
    today: date,
) -> None:
    if planned and planned < starts:
        form.fault("planned_ends_on", "Fin prévue : elle précède le début.")
    if ended and ended < starts:
        form.fault("ended_on", "Fin réelle : elle précède le début.")
    elif ended and ended > today:
        form.fault("ended_on", f"Fin réelle : le {ended:%d/%m/%Y} n’est pas encore passé.")
    if state in FINISHED and ended is None:
        form.fault("ended_on", f"Fin réelle : à remplir pour une étape « {state.label.lower()} ».")
    if ended and state in (StepState.PLANNED, StepState.ONGOING):
        form.fault(
            "state", "État de l’étape : une fin est saisie ; choisissez « Réalisée » ou « Abandonnée »."
        )
    if state is StepState.ONGOING and starts > today:
        form.fault("state", "État de l’étape : elle n’a pas commencé ; choisissez « Prévue ».")


def typed_step(row: StepRow, organisation: str) -> Form:
    """The form of a stored step, to edit it. `organisation`: public id, or empty."""
    return Form.of(
        {
            "kind": row.kind.value,
            "label": row.label,
            "organisation": organisation,
            "starts_on": row.starts_on,
            "planned_ends_on": row.planned_ends_on,
            "ended_on": row.ended_on,
            "state": row.state.value,
            "hours": written_hundredths(row.hours),
        }
    )
