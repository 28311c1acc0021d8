"""What the core says of a lot in a case, figure by figure, each with the core's own explanation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property

from clauses.allocation import live_at, lot_balance
from clauses.bilan import Bilan, BilanLine, Difference, bilan, differences, totals_by
from clauses.case_penalty import known_cases
from clauses.case_replay import Books, Replay, asked_at
from clauses.checks import check_closing
from clauses.debt import Debt, lot_debts
from clauses.declaration import Declaration
from clauses.eligibility import expiry_alerts
from clauses.events import Calibrated, Notification, known_events
from clauses.facts import Facts
from clauses.firm_part import done_by_member
from clauses.hours import Hundredths, short_hours
from clauses.in_force import needs_headcount
from clauses.marche import Party, mandataire_at, missing_mandatory_fields
from clauses.next_action import LotState, NextAction, expected_reports, next_action
from clauses.obligation import Due, hours_due_at, hours_expected_at, hours_forecast_at
from clauses.parameters import figure, legal_limits
from clauses.penalty import CeilingMultiple, Penalty, PenaltyRule, PerDayLate, PerHour, simulate
from clauses.progress import Progress
from clauses.window import Window, window_at


@dataclass(frozen=True)
class Obtained:
    """What the core says, and why, in its own words."""

    value: object
    why: tuple[str, ...] = ()


class LotView:
    """A lot on a day, as known at a time."""

    def __init__(self, replay: Replay, lot_id: str, on: date, known_at: datetime | None) -> None:
        self.replay, self.lot_id, self.on = replay, lot_id, on
        self.known_at = asked_at(known_at)
        self.books: Books = replay.at(known_at)
        self.events = replay.events(lot_id)
        self.lot = replay.world.lots[lot_id].lot
        self.parties: tuple[Party, ...] = replay.parties(lot_id, self.known_at)

    @cached_property
    def due(self) -> Due:
        return hours_due_at(self.events, self.on, self.known_at)

    @cached_property
    def versions(self) -> tuple[Declaration, ...]:
        return self.books.of_lot(self.lot_id)

    @cached_property
    def progress(self) -> Progress:
        return self.replay.progress(self.lot_id, self.on, self.known_at, self.books, self.versions)

    @cached_property
    def window(self) -> Window | None:
        return window_at(self.events, self.on, self.known_at)

    @cached_property
    def bilan(self) -> Bilan:
        """Made from all the versions of the file: the core itself leaves out what was not yet known."""
        versions = self.replay.books.of_lot(self.lot_id)
        return bilan(self.lot_id, self.events, versions, self.on, self.known_at, tuple(self._moved()))

    def _moved(self) -> Iterator[BilanLine]:
        """Hours shared with other lots as known then: declared where they were, counted where they are."""
        versions = self.replay.books.versions.values()
        lines = {line.id: (version.company_id, line) for version in versions for line in version.lines}
        for made in live_at(self.replay.books.allocations, self.known_at):
            if self.lot_id not in (made.from_lot_id, made.to_lot_id):
                continue
            company, line = lines[made.line_id]
            hours = made.hours if made.to_lot_id == self.lot_id else -made.hours
            yield BilanLine(
                person_id=line.person_id,
                company_id=company,
                placement_id=line.placement_id,
                month=line.month,
                kind=line.kind,
                declared=0,
                countable=hours,
                validated=hours,
            )

    def differences_since(self, on: date, known_at: datetime | None) -> tuple[Difference, ...]:
        return differences(LotView(self.replay, self.lot_id, on, known_at).bilan, self.bilan)

    @cached_property
    def done(self) -> dict[str, Hundredths]:
        """Validated hours by company of the groupement, as the core credits them."""
        placements = {p.id: p for p in self.replay.world.placements}
        moved = [(placements[x.placement_id].user_company_id, x.validated) for x in self._moved()]
        return done_by_member(self.parties, placements.values(), self.versions, moved, self.on)

    @cached_property
    def debts(self) -> tuple[Debt, ...] | None:
        """By successive titulaires after a replacement, else by the keys of the groupement; None: unknown."""
        return lot_debts(self.parties, self.events, self.done, self.on, self.known_at)

    @cached_property
    def action(self) -> NextAction | None:
        calibrated = any(
            isinstance(e, Notification | Calibrated) and e.calibration is not None
            for e in known_events(self.events, self.on, self.known_at)
        )
        placements = tuple(p for p in self.replay.world.placements if p.lot_id == self.lot_id)
        calendar = self.replay.world.marche.calendar
        reports = (
            expected_reports(calendar, self.window, self.parties, placements, self.on) if self.window else ()
        )
        return next_action(
            LotState(
                window=self.window,
                due=self.due.hours,
                calibrated=calibrated,
                remaining=self.progress.remaining,
                health=self.progress.health,
                versions=self.versions,
                expected=reports,
                parties=self.parties,
                deadline_days=self.lot.rules.deadline_days,
                control_days=self.lot.rules.control_days,
                late_since=None,
                on=self.on,
                zone=UTC,
                penalties=known_cases(self.replay.world.penalties.get(self.lot_id, ()), self.known_at),
                needs_headcount=needs_headcount(self.events, self.on, self.known_at),
            )
        )

    def closing(self) -> Obtained:
        head = mandataire_at(self.parties, self.on)
        company = head.company_id if head else ""
        month = self.on.replace(day=1)
        context = self.replay.context(self.lot_id, company, month, self.on, self.known_at, self.books)
        facts = Facts(
            declaration_id="cloture",
            company_id=company,
            period_start=month,
            period_end=self.on,
            sent_on=self.on,
            nothing=False,
            lines=(),
            context=context,
        )
        found = check_closing(facts, self.replay.rules)
        return Obtained(sorted({f.rule_id for f in found}), tuple(f.facilitator for f in found))

    def penalty(self, told: dict[str, object]) -> Penalty:
        """[attendu.penalite]: what is not told is the figure in force that day."""
        mode = told.get("mode", "par_heure")
        if mode == "par_jour":
            rule: PenaltyRule = PerDayLate(
                rate=_euros(told.get("taux"), "penalty_per_day_euro_cents", self.on),
                formal_notice_on=_day(told.get("mise_en_demeure")),
                stopped_on=_day(told.get("arret")),
            )
        elif mode == "multiple_du_plafond":
            multiple = told.get("multiple")
            default = Decimal(figure("penalty_ceiling_multiple", self.on))
            rule = CeilingMultiple(
                multiple=multiple if isinstance(multiple, Decimal) else default,
                hourly_ceiling=_euros(told.get("plafond_horaire"), "hourly_ceiling_euro_cents", self.on),
            )
        else:
            rule = PerHour(rate=_euros(told.get("taux"), "penalty_per_hour_euro_cents", self.on))
        missing = told.get("heures_manquantes", self.progress.remaining)
        return simulate(rule, missing if isinstance(missing, int) else 0, self.on)


def _euros(told: object, name: str, on: date) -> Decimal:
    return told if isinstance(told, Decimal) else Decimal(figure(name, on)) / 100


def _day(told: object) -> date | None:
    return told if isinstance(told, date) else None


def obtain(view: LotView, key: str) -> Obtained:
    """The value of a figure of the lot, by its French key."""
    return FIGURES[key](view)


def _due(view: LotView) -> Obtained:
    told = (view.due.unknown,) if view.due.hours is None else view.due.explanation
    return Obtained(view.due.hours, (*told, *(line.sentence for line in view.due.lines)))


def _other_due(due: Due) -> Obtained:
    told = (due.unknown,) if due.hours is None else due.explanation
    return Obtained(due.hours, (*told, *(line.sentence for line in due.lines)))


def _progress(name: str) -> Callable[[LotView], Obtained]:
    def read(view: LotView) -> Obtained:
        shown = view.progress
        value = getattr(shown, name)
        return Obtained(value, (shown.sentence, *_line_reasons(view)))

    return read


def _surplus(view: LotView) -> Obtained:
    """Beyond a due that is unknown, nobody knows what is done."""
    found = _progress("surplus")(view)
    return found if view.progress.due is not None else Obtained(None, found.why)


def _line_reasons(view: LotView) -> tuple[str, ...]:
    """What stands behind the hours of the lot: each version in its state, each line with its reason."""
    found = []
    for version in view.versions:
        state = version.state.facilitator_label.lower()
        for line in version.lines:
            reason = f" ({line.reason})" if line.reason else ""
            found.append(
                f"{version.id}, {line.person_id} : {short_hours(line.hours)} déclarées, "
                f"{short_hours(line.countable)} comptées{reason}, version {version.version} {state}."
            )
    return tuple(found)


def _history(view: LotView) -> Obtained:
    return Obtained([line.due_after for line in view.due.lines], tuple(x.sentence for x in view.due.lines))


def _debts(name: str) -> Callable[[LotView], Obtained]:
    def read(view: LotView) -> Obtained:
        if view.debts is None:
            return Obtained(None, (view.due.unknown,))
        why = tuple(
            f"{d.company_id} : doit {short_hours(d.due)}, a fait {short_hours(d.done)}." for d in view.debts
        )
        return Obtained({d.company_id: getattr(d, name) for d in view.debts}, why)

    return read


def _balance(index: int) -> Callable[[LotView], Obtained]:
    def read(view: LotView) -> Obtained:
        live = [a for a in view.books.allocations if a.cancelled_at is None]
        why = tuple(
            f"{a.id} : {short_hours(a.hours)} du lot {a.from_lot_id} au lot {a.to_lot_id}." for a in live
        )
        return Obtained(lot_balance(view.lot_id, view.books.allocations)[index], why)

    return read


def _bilan(name: str) -> Callable[[LotView], Obtained]:
    return lambda view: Obtained(getattr(view.bilan, name), _line_reasons(view))


def _totals(name: str) -> Callable[[LotView], Obtained]:
    return lambda view: Obtained(totals_by(view.bilan.lines, name), _line_reasons(view))


def _people(view: LotView) -> Obtained:
    heads = sorted({line.person_id for line in view.bilan.lines if line.validated})
    return Obtained(len(heads), (", ".join(heads),))


def _window(name: str) -> Callable[[LotView], Obtained]:
    return lambda view: Obtained(getattr(view.window, name) if view.window else None)


def _alerts(view: LotView) -> Obtained:
    limits = legal_limits(view.on)
    periods = view.replay.known(view.known_at)
    found = expiry_alerts(periods, view.on, limits.expiry_days, limits.proof_days)
    return Obtained([f"{alert.person_id} : {alert.sentence}" for alert in found])


def _missing_fields(view: LotView) -> Obtained:
    lots = tuple(told.lot for told in view.replay.world.lots.values())
    return Obtained(list(missing_mandatory_fields(view.replay.world.marche, lots)))


FIGURES: dict[str, Callable[[LotView], Obtained]] = {
    "du": _due,
    "du_previsionnel": lambda v: _other_due(hours_forecast_at(v.events, v.on, v.known_at)),
    "heures_attendues": lambda v: _other_due(hours_expected_at(v.events, v.on, v.known_at)),
    "declarees": _progress("declared"),
    "comptables": _progress("countable"),
    "validees": _progress("validated"),
    "reste": _progress("remaining"),
    "surplus": _surplus,
    "rythme": _progress("pace"),
    "part_temps": _progress("time_share"),
    "part_heures": _progress("hours_share"),
    "sante": _progress("health"),
    "debut": _window("starts_on"),
    "fin": _window("ends_on"),
    "historique": _history,
    "explication": lambda v: Obtained(list(_due(v).why)),
    "dettes": _debts("due"),
    "faites": _debts("done"),
    "restes": _debts("remaining"),
    "excedents": _debts("surplus"),
    "partages_recus": _balance(0),
    "partages_donnes": _balance(1),
    "personnes": _people,
    "cloture": LotView.closing,
    "bilan_declare": _bilan("declared"),
    "bilan_comptable": _bilan("countable"),
    "bilan_valide": _bilan("validated"),
    "par_personne": _totals("person_id"),
    "par_entreprise": _totals("company_id"),
    "alertes": _alerts,
    "champs_manquants": _missing_fields,
}
