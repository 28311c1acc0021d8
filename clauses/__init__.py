"""The only door of the clauses core: what a lot owes, what counts and why, and the steps it makes."""

from clauses.allocation import (
    Allocation,
    Move,
    admitted_hours,
    allocate,
    cancel,
    counted_hours,
    judged_there,
    live_at,
    lot_balance,
    moved_hours,
    policy_refusal,
    restated,
)
from clauses.at_once import acceptable_at_once
from clauses.bilan import Bilan, BilanLine, Difference, bilan, differences, full_time_equivalents, totals_by
from clauses.bilan_alerts import bilan_alerts, silences, waiting_alert, waiting_at
from clauses.calibration import (
    METHOD_LABELS,
    AmountBasis,
    Bracket,
    Brackets,
    Calibration,
    Fixed,
    Formula,
    Method,
    PerAmount,
    PercentOfHoursWorked,
    ProrataNewStaff,
    Rounding,
    ThresholdMeaning,
)
from clauses.checks import RULES, Judgement, check_closing, judge, rule_of
from clauses.days import Holidays, Interval, add_days, add_months
from clauses.debt import Debt, groupement_debts, lot_debts, split_by_key, titulaire_debts
from clauses.decision import (
    Accept,
    LineDecision,
    accept,
    give_back,
    give_visa,
    open_holds,
    recall,
    reject,
    supersede,
    take_back,
    take_up,
    waive,
)
from clauses.declaration import (
    ACCEPTED,
    AWAITING_CONTROL,
    IN_HAND,
    TRANSITIONS,
    DayHours,
    Declaration,
    HourKind,
    Line,
    LineEntry,
    Provenance,
    State,
    Waiver,
    accepted_at,
    can_become,
    countable_hours,
    declared_hours,
    is_taken_back,
    label_for_firm,
    latest,
    standing_accepted,
    validated_hours,
)
from clauses.declare import Declare, Declared, asks_visa, declare, rejudge
from clauses.eligibility import (
    LATE_PROOF,
    Criterion,
    EndRule,
    ExpiryAlert,
    Grid,
    OpenPeriod,
    Period,
    Proof,
    expiry_alerts,
    interval_for,
    intervals_for,
    open_period,
    retroactive_start,
)
from clauses.errors import BadGrid, BadGroup, ClausesError, Reason, Refused, UnknownParameter, UnknownRule
from clauses.events import (
    EVENT_LABELS,
    Avenant,
    Calibrated,
    CreditNote,
    Event,
    ExtensionOfTime,
    Invoice,
    LabourHours,
    Notification,
    OrderToStart,
    PurchaseOrder,
    Reception,
    Reconduction,
    Replacement,
    Resiliation,
    ResiliationEffect,
    StaffCounted,
    TrancheAffirmed,
    TransferMode,
    Withdrawal,
)
from clauses.facts import Ceiling, Context, Facts, LegalLimits, LineFacts, LotStanding, OtherLine
from clauses.findings import Effect, Finding, FirmFinding, NotVerifiable, for_firm
from clauses.firm_part import (
    FirmPart,
    PartBasis,
    done_by_member,
    firm_part,
)
from clauses.grids import default_grid, read_grid
from clauses.hours import HoursError, Hundredths, format_hours, format_number, parse_hours, short_hours
from clauses.in_force import (
    calibration_in_force,
    is_calibrated,
    is_percentage,
    needs_headcount,
    next_calibration_version,
    standing_events,
    standing_notification,
    standing_twin,
)
from clauses.lateness import late_since
from clauses.marche import (
    Buyer,
    Calendar,
    CutPolicy,
    ExemptionReason,
    GroupementKind,
    HoursBasis,
    LegalBasis,
    Lot,
    Marche,
    OrderingEntity,
    Party,
    PartyRole,
    Rules,
    SurplusPolicy,
    companies_below,
    mandataire_at,
    missing_mandatory_fields,
    party_at,
    period_of,
)
from clauses.next_action import (
    Actor,
    ExpectedReport,
    LotState,
    NextAction,
    Task,
    expected_reports,
    next_action,
    next_actions,
)
from clauses.obligation import (
    Due,
    DueLine,
    LotFigures,
    hours_due_at,
    hours_expected_at,
    hours_forecast_at,
    lot_figures,
)
from clauses.offered import is_offered, months_open
from clauses.parameters import (
    Parameter,
    Status,
    default_rules,
    figure,
    health_limits,
    legal_limits,
    parameter,
    parameters,
)
from clauses.parcours import (
    Spell,
    Step,
    StepChange,
    StepChangeKind,
    StepEntry,
    rebuild_steps,
    record,
    step_hours,
)
from clauses.parts import (
    OF_A_TRANCHE,
    Part,
    added_to_due,
    added_to_forecast,
    part_of_tranche,
)
from clauses.party_dates import PlaceTaken, ToldByReplacement, dates_refused
from clauses.penalty import CeilingMultiple, Penalty, PenaltyCase, PenaltyRule, PerDayLate, PerHour, simulate
from clauses.period_state import PeriodState, ground_in, period_state
from clauses.placement import (
    EmployerKind,
    EmploymentKind,
    EndReason,
    Modality,
    Placement,
    employment_at,
    employment_words,
    is_ever_cdi,
    is_running,
    modality,
    modality_between,
)
from clauses.plausible import closing_refused, doubtful, periods_without_total
from clauses.progress import Health, HealthLimits, Progress, health_of, progress
from clauses.replacement import parties_at, replaced, restored
from clauses.rule import FOR_THE_FACILITATOR, Rule, Scope
from clauses.window import Window, elapsed_share, pace_window, window_at

# fmt: off
__all__ = [
    "ACCEPTED", "AWAITING_CONTROL", "EVENT_LABELS", "FOR_THE_FACILITATOR", "IN_HAND", "LATE_PROOF",
    "METHOD_LABELS", "OF_A_TRANCHE", "RULES", "TRANSITIONS", "Accept", "Actor", "Allocation",
    "AmountBasis", "Avenant", "BadGrid", "BadGroup", "Bilan", "BilanLine", "Bracket", "Brackets", "Buyer",
    "Calendar", "Calibrated", "Calibration", "Ceiling", "CeilingMultiple", "ClausesError", "Context",
    "CreditNote", "Criterion", "CutPolicy", "DayHours", "Debt", "Declaration", "Declare", "Declared",
    "Difference", "Due", "DueLine", "Effect", "EmployerKind", "EmploymentKind", "EndReason", "EndRule",
    "Event", "ExemptionReason", "ExpectedReport", "ExpiryAlert", "ExtensionOfTime", "Facts", "Finding",
    "FirmFinding", "FirmPart", "Fixed", "Formula", "Grid", "GroupementKind", "Health", "HealthLimits",
    "Holidays", "HourKind", "HoursBasis", "HoursError", "Hundredths", "Interval", "Invoice", "Judgement",
    "LabourHours", "LegalBasis", "LegalLimits", "Line", "LineDecision", "LineEntry", "LineFacts", "Lot",
    "LotFigures", "LotStanding", "LotState", "Marche", "Method", "Modality", "Move", "NextAction",
    "NotVerifiable", "Notification", "OpenPeriod", "OrderToStart", "OrderingEntity", "OtherLine",
    "Parameter", "Part", "PartBasis", "Party", "PartyRole", "Penalty", "PenaltyCase", "PenaltyRule",
    "PerAmount", "PerDayLate", "PerHour", "PercentOfHoursWorked", "Period", "PeriodState", "PlaceTaken",
    "Placement", "Progress", "Proof", "ProrataNewStaff", "Provenance", "PurchaseOrder", "Reason",
    "Reception", "Reconduction", "Refused", "Replacement", "Resiliation", "ResiliationEffect", "Rounding",
    "Rule", "Rules", "Scope", "Spell", "StaffCounted", "State", "Status", "Step", "StepChange",
    "StepChangeKind", "StepEntry", "SurplusPolicy", "Task", "ThresholdMeaning", "ToldByReplacement",
    "TrancheAffirmed", "TransferMode", "UnknownParameter", "UnknownRule", "Waiver", "Window",
    "Withdrawal", "accept", "acceptable_at_once", "accepted_at", "add_days", "add_months", "added_to_due",
    "added_to_forecast", "admitted_hours", "allocate", "asks_visa", "bilan", "bilan_alerts",
    "calibration_in_force", "can_become", "cancel", "check_closing", "closing_refused",
    "companies_below", "countable_hours", "counted_hours", "dates_refused", "declare", "declared_hours",
    "default_grid", "default_rules",
    "differences", "done_by_member", "doubtful", "elapsed_share", "employment_at", "employment_words",
    "expected_reports", "expiry_alerts",
    "figure", "firm_part", "for_firm", "format_hours", "format_number", "full_time_equivalents",
    "give_back", "give_visa", "ground_in", "groupement_debts", "health_limits", "health_of",
    "hours_due_at", "hours_expected_at", "hours_forecast_at", "interval_for", "intervals_for",
    "is_calibrated", "is_ever_cdi", "is_offered", "is_percentage", "is_running", "is_taken_back", "judge",
    "judged_there", "label_for_firm", "late_since", "latest", "legal_limits", "live_at", "lot_balance",
    "lot_debts", "lot_figures", "mandataire_at", "missing_mandatory_fields", "modality", "modality_between",
    "months_open", "moved_hours", "needs_headcount", "next_action", "next_actions",
    "next_calibration_version", "open_holds",
    "open_period", "pace_window", "parameter", "parameters", "parse_hours", "part_of_tranche",
    "parties_at", "party_at", "period_of", "period_state", "periods_without_total", "policy_refusal",
    "progress", "read_grid", "rebuild_steps", "recall", "record", "reject", "rejudge", "replaced", "restated",
    "restored", "retroactive_start", "rule_of", "short_hours", "silences", "simulate", "split_by_key",
    "standing_accepted", "standing_events", "standing_notification", "standing_twin", "step_hours",
    "supersede", "take_back", "take_up", "titulaire_debts", "totals_by", "validated_hours", "waiting_alert",
    "waiting_at", "waive", "window_at",
]
# fmt: on
