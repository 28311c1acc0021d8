"""A lot as typed: its dates, volume and rules."""

from datetime import date

import msgspec

from clauses import CutPolicy, EmployerKind, EmploymentKind, HoursBasis, Rules, SurplusPolicy
from service.forms import Form
from service.tables import LotRow

HOURS_BASES = {HoursBasis.WORKED: "Heures travaillées", HoursBasis.PAID: "Heures payées"}


class LotTyped(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    title: str
    starts_on: date
    ends_on: date
    volume: str
    rules: Rules
    closed_on: date | None


def read_lot(form: Form) -> LotTyped | None:
    """The form's values, or None when it has faults."""
    number = form.text("number", "Numéro", required=True, longest=20)
    title = form.text("title", "Intitulé", required=True)
    starts_on = form.day("starts_on", "Notification", required=True)
    ends_on = form.day("ends_on", "Fin prévue", required=True)
    volume = form.text("volume", "Volume inscrit au marché", longest=300)
    closed_on = form.day("closed_on", "Clos le")
    rules = read_rules(form)
    if starts_on and ends_on and ends_on < starts_on:
        form.fault("ends_on", "Fin prévue : elle tombe avant la notification.")
    if starts_on and closed_on and closed_on < starts_on:
        form.fault("closed_on", "Clos le : ce jour tombe avant la notification.")
    if form.faults or starts_on is None or ends_on is None or rules is None:
        return None
    return LotTyped(
        number=number,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        volume=volume,
        rules=rules,
        closed_on=closed_on,
    )


def read_rules(form: Form) -> Rules | None:
    """What the lot lets count, and by when."""
    employers = form.choices("accepted_employers", "Employeurs acceptés", EmployerKind)
    employments = form.choices("accepted_employments", "Contrats de travail acceptés", EmploymentKind)
    if not employers:
        form.fault("accepted_employers", "Employeurs acceptés : cochez-en au moins un.")
    if not employments:
        form.fault("accepted_employments", "Contrats de travail acceptés : cochez-en au moins un.")
    cut = form.choice("cut_policy", "Mois éligible en partie", CutPolicy)
    surplus = form.choice("surplus_policy", "Heures au-delà du dû", SurplusPolicy)
    basis = form.choice("hours_basis", "Heures comptées", HoursBasis)
    cap = form.integer("training_cap_percent", "Plafond de formation", high=100, unit="%", required=True)
    months = form.integer("eligibility_months", "Durée de l’éligibilité", low=1, high=120, required=True)
    cdi = form.integer("cdi_cap_months", "Durée en CDI", low=1, high=120, required=True)
    grace = form.integer("late_proof_grace_days", "Justificatif tardif", high=365, unit="jours")
    deadline = form.integer("deadline_days", "Délai de déclaration", low=1, high=120, required=True)
    control = form.integer("control_days", "Délai de contrôle", low=1, high=120, required=True)
    if form.faults or cut is None or surplus is None or basis is None:
        return None
    return Rules(
        accepted_employers=frozenset(employers),
        accepted_employments=frozenset(employments),
        cut_policy=cut,
        surplus_policy=surplus,
        hours_basis=basis,
        training_countable=form.flag("training_countable"),
        training_cap_percent=cap or 0,
        eligibility_months=months or 1,
        cdi_cap_months=cdi or 1,
        late_proof_grace_days=grace,
        visa_required=form.flag("visa_required"),
        deadline_days=deadline or 1,
        control_days=control or 1,
    )


def values_of_rules(rules: Rules) -> dict[str, object]:
    return {
        "accepted_employers": sorted(rules.accepted_employers),
        "accepted_employments": sorted(rules.accepted_employments),
        "cut_policy": rules.cut_policy,
        "surplus_policy": rules.surplus_policy,
        "hours_basis": rules.hours_basis,
        "training_countable": "1" if rules.training_countable else None,
        "training_cap_percent": rules.training_cap_percent,
        "eligibility_months": rules.eligibility_months,
        "cdi_cap_months": rules.cdi_cap_months,
        "late_proof_grace_days": rules.late_proof_grace_days,
        "visa_required": "1" if rules.visa_required else None,
        "deadline_days": rules.deadline_days,
        "control_days": rules.control_days,
    }


def form_of_lot(row: LotRow) -> Form:
    return Form.of(
        {
            "number": row.number,
            "title": row.title,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "volume": row.volume,
            "closed_on": row.closed_on,
            **values_of_rules(row.rules),
        }
    )


def new_form(starts_on: date | None) -> Form:
    """A new lot with the usual rules."""
    return Form.of({"starts_on": starts_on, **values_of_rules(Rules())})
