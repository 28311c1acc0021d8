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
    restated,
)
from clauses.bilan import Bilan, BilanLine, Difference, bilan, differences, full_time_equivalents, totals_by
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
    reject,
    supersede,
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
    label_for_firm,
    latest,
    standing_accepted,
    validated_hours,
)
from clauses.declare import Declare, Declared, declare, rejudge
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
from clauses.grids import default_grid, read_grid
from clauses.hours import HoursError, Hundredths, format_hours, format_number, parse_hours, short_hours
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
from clauses.penalty import CeilingMultiple, Penalty, PenaltyCase, PenaltyRule, PerDayLate, PerHour, simulate
from clauses.placement import (
    EmployerKind,
    EmploymentKind,
    EndReason,
    Modality,
    Placement,
    is_running,
    modality,
)
from clauses.progress import Health, HealthLimits, Progress, health_of, progress
from clauses.replacement import parties_at, replaced, restored
from clauses.rule import FOR_THE_FACILITATOR, Rule, Scope
from clauses.window import Window, elapsed_share, pace_window, window_at

# fmt: off
__all__ = [
    "ACCEPTED", "AWAITING_CONTROL", "EVENT_LABELS", "FOR_THE_FACILITATOR", "IN_HAND", "LATE_PROOF",
    "METHOD_LABELS", "RULES", "TRANSITIONS", "Accept", "Actor", "Allocation", "AmountBasis", "Avenant",
    "BadGrid", "BadGroup", "Bilan", "BilanLine", "Bracket", "Brackets", "Buyer", "Calendar", "Calibrated",
    "Calibration", "Ceiling", "CeilingMultiple", "ClausesError", "Context", "CreditNote", "Criterion",
    "CutPolicy", "DayHours", "Debt", "Declaration", "Declare", "Declared", "Difference", "Due", "DueLine",
    "Effect", "EmployerKind", "EmploymentKind", "EndReason", "EndRule", "Event", "ExemptionReason",
    "ExpectedReport", "ExpiryAlert", "ExtensionOfTime", "Facts", "Finding", "FirmFinding", "Fixed",
    "Formula", "Grid", "GroupementKind", "Health", "HealthLimits", "Holidays", "HourKind", "HoursBasis",
    "HoursError", "Hundredths", "Interval", "Invoice", "Judgement", "LabourHours", "LegalBasis",
    "LegalLimits", "Line", "LineDecision", "LineEntry", "LineFacts", "Lot", "LotFigures", "LotStanding",
    "LotState", "Marche", "Method", "Modality", "Move", "NextAction", "NotVerifiable", "Notification",
    "OpenPeriod", "OrderToStart", "OrderingEntity", "OtherLine", "Parameter", "Party", "PartyRole",
    "Penalty", "PenaltyCase", "PenaltyRule", "PerAmount", "PerDayLate", "PerHour", "PercentOfHoursWorked",
    "Period", "Placement", "Progress", "Proof", "ProrataNewStaff", "Provenance", "PurchaseOrder",
    "Reason", "Reception", "Reconduction", "Refused", "Replacement", "Resiliation", "ResiliationEffect",
    "Rounding", "Rule", "Rules", "Scope", "Spell", "StaffCounted", "State", "Status", "Step",
    "StepChange", "StepChangeKind", "StepEntry", "SurplusPolicy", "Task", "ThresholdMeaning",
    "TrancheAffirmed", "TransferMode", "UnknownParameter", "UnknownRule", "Waiver", "Window",
    "Withdrawal", "accept", "accepted_at", "add_days", "add_months", "admitted_hours", "allocate",
    "bilan", "can_become", "cancel", "check_closing", "companies_below", "countable_hours",
    "counted_hours", "declare", "declared_hours", "default_grid", "default_rules", "differences",
    "elapsed_share", "expected_reports", "expiry_alerts", "figure", "for_firm", "format_hours",
    "format_number", "full_time_equivalents", "give_back", "give_visa", "groupement_debts",
    "health_limits", "health_of", "hours_due_at", "hours_expected_at", "hours_forecast_at",
    "interval_for", "intervals_for", "is_running", "judge", "judged_there", "label_for_firm", "latest",
    "legal_limits", "live_at", "lot_balance", "lot_debts", "lot_figures", "mandataire_at",
    "missing_mandatory_fields", "modality", "moved_hours", "next_action", "next_actions", "open_holds",
    "open_period", "pace_window", "parameter", "parameters", "parse_hours", "parties_at", "party_at",
    "period_of", "progress", "read_grid", "rebuild_steps", "record", "reject", "rejudge", "replaced",
    "restated", "restored", "retroactive_start", "rule_of", "short_hours", "simulate", "split_by_key",
    "standing_accepted", "step_hours", "supersede", "take_up", "titulaire_debts", "totals_by",
    "validated_hours", "waive", "window_at",
]
# fmt: on
