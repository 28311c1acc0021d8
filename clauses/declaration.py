"""Declarations: header (lot × company × period), versions, lines, states (brief 4.2).

A version is written once; its state moves along `TRANSITIONS`; once validated, nothing in it changes.
« À corriger » is a returned draft: it stays as it was sent, and the firm sends a new version. So does a
version that its firm took back before anybody examined it: it is a draft again, and no answer any more.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clauses.days import Interval
from clauses.findings import Finding, NotVerifiable
from clauses.hours import Hundredths


class HourKind(StrEnum):
    """Work, training (counted up to the cap of the marché), or paid leave and absences: these count only
    where the marché reads the hours paid (brief 3.4), and are never working time."""

    WORK = "travail"
    TRAINING = "formation"
    PAID_ABSENCE = "absence_payee"

    @property
    def label(self) -> str:
        return {"travail": "Travail", "formation": "Formation", "absence_payee": "Absence payée"}[self.value]


class Provenance(StrEnum):
    """Who entered the declaration; shown to all."""

    FIRM = "entreprise"
    MANDATAIRE = "mandataire"
    FACILITATOR = "facilitateur"
    IMPORT = "import"

    @property
    def label(self) -> str:
        return {
            "entreprise": "Saisie par l’entreprise",
            "mandataire": "Saisie par le mandataire",
            "facilitateur": "Saisie par le facilitateur pour l’entreprise",
            "import": "Importée d’un fichier",
        }[self.value]


class State(StrEnum):
    """The states of a version; `neant` is a flag of the version that walks the same states."""

    BROUILLON = "brouillon"
    SOUMISE = "soumise"
    VISA_MANDATAIRE = "visa_mandataire"
    EN_CONTROLE = "en_controle"
    VALIDEE = "validee"
    PARTIELLEMENT_VALIDEE = "partiellement_validee"
    A_CORRIGER = "a_corriger"
    REJETEE = "rejetee"
    RECTIFIEE = "rectifiee"

    @property
    def firm_label(self) -> str:
        return _FIRM_LABELS[self]

    @property
    def facilitator_label(self) -> str:
        return _FACILITATOR_LABELS[self]


_FIRM_LABELS = {
    State.BROUILLON: "À compléter",
    State.SOUMISE: "Envoyée",
    State.VISA_MANDATAIRE: "Envoyée, attend le visa du mandataire",
    State.EN_CONTROLE: "En cours d’examen",
    State.VALIDEE: "Acceptée",
    State.PARTIELLEMENT_VALIDEE: "Acceptée en partie",
    State.A_CORRIGER: "À corriger",
    State.REJETEE: "Refusée",
    State.RECTIFIEE: "Remplacée par une correction",
}
_FACILITATOR_LABELS = {
    State.BROUILLON: "Brouillon de l’entreprise",
    State.SOUMISE: "À contrôler",
    State.VISA_MANDATAIRE: "Attend le visa du mandataire",
    State.EN_CONTROLE: "En contrôle",
    State.VALIDEE: "Validée",
    State.PARTIELLEMENT_VALIDEE: "Validée en partie",
    State.A_CORRIGER: "Rendue à l’entreprise",
    State.REJETEE: "Rejetée",
    State.RECTIFIEE: "Rectifiée",
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.BROUILLON: frozenset({State.SOUMISE, State.VISA_MANDATAIRE}),
    State.VISA_MANDATAIRE: frozenset({State.SOUMISE, State.A_CORRIGER, State.BROUILLON}),
    State.SOUMISE: frozenset(
        {
            State.EN_CONTROLE,
            State.VALIDEE,
            State.PARTIELLEMENT_VALIDEE,
            State.A_CORRIGER,
            State.REJETEE,
            State.BROUILLON,
        }
    ),
    State.EN_CONTROLE: frozenset(
        {State.VALIDEE, State.PARTIELLEMENT_VALIDEE, State.A_CORRIGER, State.REJETEE}
    ),
    State.VALIDEE: frozenset({State.RECTIFIEE}),
    State.PARTIELLEMENT_VALIDEE: frozenset({State.RECTIFIEE}),
    State.A_CORRIGER: frozenset({State.SOUMISE}),
    State.REJETEE: frozenset(),
    State.RECTIFIEE: frozenset(),
}

AWAITING_CONTROL = frozenset({State.SOUMISE, State.EN_CONTROLE})
IN_HAND = frozenset({State.VISA_MANDATAIRE, State.SOUMISE, State.EN_CONTROLE})
ACCEPTED = frozenset({State.VALIDEE, State.PARTIELLEMENT_VALIDEE})
EVER_ACCEPTED = ACCEPTED | {State.RECTIFIEE}


def can_become(state: State, following: State) -> bool:
    return following in TRANSITIONS[state]


class DayHours(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of one day, in hundredths; a night's work belongs to the day it starts."""

    day: date
    hours: Hundredths


class LineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed: one placement, one month (its first day), one kind. `days` is optional detail."""

    id: str
    placement_id: str
    month: date
    kind: HourKind
    hours: Hundredths
    days: tuple[DayHours, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line as judged. Always countable <= hours; accepted <= countable (None until decided).

    `covered` are the runs of days that may count (placement ∩ lot ∩ party ∩ eligibility); `days_kept` of
    `days_all` is the fraction shown; `reason` says it in French for the firm.
    """

    id: str
    placement_id: str
    person_id: str
    month: date
    kind: HourKind
    hours: Hundredths
    days: tuple[DayHours, ...]
    countable: Hundredths
    covered: tuple[Interval, ...]
    days_kept: int
    days_all: int
    reason: str
    accepted: Hundredths | None
    decision_reason: str


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """A hold lifted by the facilitator, with her reason; `line_id` None for the whole declaration."""

    rule_id: str
    line_id: str | None
    reason: str
    author_id: str
    at: datetime


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a declaration. `declaration_id` is the header's, the same for all versions.

    `nothing` is the explicit « aucune heure ce mois » (néant). `made_at` is when this version was made,
    `decided_at` when it was accepted, given back, rejected, or taken back by its firm.
    """

    id: str
    declaration_id: str
    lot_id: str
    company_id: str
    period_start: date
    period_end: date
    version: int
    supersedes: str | None
    state: State
    nothing: bool
    provenance: Provenance
    author_id: str
    made_at: datetime
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    not_verifiable: tuple[NotVerifiable, ...]
    waivers: tuple[Waiver, ...]
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str
    correction_reason: str


def declared_hours(version: Declaration) -> Hundredths:
    return sum([line.hours for line in version.lines])


def countable_hours(version: Declaration) -> Hundredths:
    return sum([line.countable for line in version.lines])


def validated_hours(version: Declaration) -> Hundredths:
    """The hours accepted; nothing before the decision."""
    return sum([line.accepted or 0 for line in version.lines])


def is_taken_back(version: Declaration) -> bool:
    """It was sent, then taken back by its firm: `decided_at` says when. A draft never sent has none."""
    return version.state is State.BROUILLON and version.decided_at is not None


def label_for_firm(version: Declaration) -> str:
    """The state in the words of the firm: « Acceptée en partie » as soon as fewer hours were taken than it
    declared, be it by a rule that cut or by the facilitator."""
    if version.state is State.VALIDEE and validated_hours(version) < declared_hours(version):
        return State.PARTIELLEMENT_VALIDEE.firm_label
    return version.state.firm_label


def accepted_at(versions: tuple[Declaration, ...], known_at: datetime) -> tuple[Declaration, ...]:
    """For each header, the version that stood accepted at that time: what a past bilan saw."""
    standing: dict[str, Declaration] = {}
    for version in sorted(versions, key=lambda v: v.version):
        if (
            version.state in EVER_ACCEPTED
            and version.decided_at is not None
            and version.decided_at <= known_at
        ):
            standing[version.declaration_id] = version
    return tuple(standing[key] for key in sorted(standing))


def latest(versions: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """For each header, the last version that was sent; a draft, or one taken back, where it is alone."""
    if all(v.state is not State.BROUILLON for v in versions):
        return last_of_each(versions)
    alone = {v.declaration_id: v for v in last_of_each(versions)}
    sent = {v.declaration_id: v for v in last_of_each(v for v in versions if v.state is not State.BROUILLON)}
    return tuple((alone | sent).values())


def last_of_each(versions: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """For each header, in their order, its version of the highest number."""
    found: dict[str, Declaration] = {}
    for version in versions:
        known = found.get(version.declaration_id)
        if known is None or known.version <= version.version:
            found[version.declaration_id] = version
    return tuple(found[key] for key in sorted(found))


def standing_accepted(versions: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """For each header, the last accepted version (one under correction still stands)."""
    return latest(tuple(v for v in versions if v.state in ACCEPTED))
