"""Declarations by company and period: what each has answered, and what it still owes."""

from datetime import date, datetime, timedelta

import clauses
from clauses import Declaration, State, Task
from service.declarations.files import period_of
from service.ledger.lot_file import LotFile
from service.ledger.standing import Standing, reports_expected
from service.lots.views import Cell, Matrix, MatrixRow
from service.marches.portfolio import titulaire_of

TONES = {
    State.BROUILLON: "quiet",
    State.SOUMISE: "wait",
    State.VISA_MANDATAIRE: "wait",
    State.EN_CONTROLE: "wait",
    State.VALIDEE: "ok",
    State.PARTIELLEMENT_VALIDEE: "ok",
    State.A_CORRIGER: "warn",
    State.REJETEE: "stop",
    State.RECTIFIEE: "quiet",
}


def matrix_of(file: LotFile, standing: Standing, on: date, known_at: datetime) -> Matrix:
    """A row for each company that must answer or has answered; a column for each period begun."""
    expected = {(r.company_id, r.period_start): r for r in reports_expected(file, on, known_at)}
    told = {(v.company_id, v.period_start): v for v in clauses.latest(file.versions)}
    late = {
        (a.company_id, a.since - timedelta(days=1))
        for a in standing.actions
        if a.task is Task.DECLARE and a.late
    }
    keys = {*expected, *told}
    periods = tuple(sorted({period for _, period in keys}))
    first = titulaire_of(file, on)
    names = {c: file.companies[c].name for c, _ in keys if c in file.companies}

    def cell(company: str, period: date) -> Cell | None:
        version = told.get((company, period))
        if version is not None and (
            version.state is not State.BROUILLON or (company, period) not in expected
        ):
            return told_cell(version)
        report = expected.get((company, period))
        if report is None:
            return None
        if (company, report.period_end) in late:
            return Cell(label="En retard", tone="stop", hours=None, declaration_id=None)
        label = "À déclarer" if report.period_end < on else "En cours"
        return Cell(label=label, tone="quiet", hours=None, declaration_id=None)

    return Matrix(
        periods=periods,
        labels=tuple(period_of(*clauses.period_of(file.marche.calendar, period)) for period in periods),
        rows=tuple(
            MatrixRow(company=names[company], cells=tuple(cell(company, period) for period in periods))
            for company in sorted(names, key=lambda c: (names[c] != first, names[c].casefold()))
        ),
    )


def told_cell(version: Declaration) -> Cell:
    """A company's last version for a period."""
    accepted = version.state in clauses.ACCEPTED
    hours = clauses.validated_hours(version) if accepted else clauses.declared_hours(version)
    return Cell(
        label="Aucune heure" if version.nothing and accepted else version.state.facilitator_label,
        tone=TONES[version.state],
        hours=None if version.nothing else hours,
        declaration_id=None if version.state is State.BROUILLON else version.declaration_id,
    )
