"""The declaration as the facilitator examines it: declared, countable and why; findings by effect; the
version before; what may be decided."""

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy.orm import Session

import clauses
from clauses import AWAITING_CONTROL, Declaration, Effect, Finding, Line, State
from service.accounts.account import Account
from service.declarations.files import FileVersion, authors_of, period_of, placement_dates, version_of
from service.declarations.month_view import eligible_words
from service.declarations.sheet import window_of
from service.formats import hours, typographic
from service.ledger.standing import standing_of
from service.review.examined import Examined


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths. `before`: the hours of the version before (None: no such line); `refused`: why not all were
    accepted in the version that this one corrects; `fraction`: days kept."""

    id: str
    person: str
    person_id: str
    placement_id: str
    employment: str
    employer: str
    dates: str
    eligible: str
    confirmed: bool
    month_label: str
    kind: str
    hours: int
    before: int | None
    changed: bool
    refused: str
    countable: int
    fraction: str
    reason: str
    accepted: int | None
    decision_reason: str
    days: tuple[tuple[date, int], ...]


class ReviewFinding(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    title: str
    sentence: str
    person: str
    line_id: str
    waivable: bool
    waived: str
    field: str


class FindingGroup(msgspec.Struct, frozen=True, kw_only=True):
    effect: str
    label: str
    tone: str
    findings: tuple[ReviewFinding, ...]


class ReviewVersion(FileVersion, frozen=True, kw_only=True):
    """The same version in the words of the facilitator, with who decided."""

    decided_by: str


class ReviewView(msgspec.Struct, frozen=True, kw_only=True):
    """`seen` is the countable total, sent back with the decision: what is decided is what was read."""

    id: str
    version_id: str
    seen: int
    firm: str
    firm_id: str
    firm_contact: str
    lot_id: str
    lot: str
    marche: str
    period: str
    deadline: date
    nothing: bool
    hours: int
    countable: int
    decidable: bool
    held: bool
    judged_anew: bool
    returned_by_me: bool
    previous_number: int | None
    previous_hours: int | None
    gone: tuple[str, ...]
    lot_due: int | None
    lot_validated: int
    lot_sentence: str
    lines: tuple[ReviewLine, ...]
    groups: tuple[FindingGroup, ...]
    not_verifiable: tuple[str, ...]
    unconfirmed: tuple[ReviewLine, ...]
    shared: tuple[str, ...]
    versions: tuple[ReviewVersion, ...]
    time_zone: str


TONES = {Effect.HOLD: "stop", Effect.CUT: "warn", Effect.WARN: "warn", Effect.NOTICE: "quiet"}
ORDER = (Effect.HOLD, Effect.CUT, Effect.WARN, Effect.NOTICE)


def review_view(db: Session, account: Account, found: Examined) -> ReviewView:
    """The page, from what was examined. One more query: the names of the authors."""
    version, file = found.judged, found.file
    standing = standing_of(file, account.today, found.known_at)
    authors = authors_of(db, found.versions)
    lines = tuple(_line(found, account, line) for line in version.lines)
    unconfirmed = {x.placement_id: x for x in lines if not x.confirmed}
    firm = file.companies[version.company_id]
    previous = found.previous
    return ReviewView(
        id=version.declaration_id,
        version_id=version.id,
        seen=clauses.countable_hours(version),
        firm=firm.name,
        firm_id=firm.id,
        firm_contact=firm.siret or "",
        lot_id=file.lot.id,
        lot=f"Lot {file.lot.number} – {file.lot.title}",
        marche=f"{file.marche.title} ({file.marche.reference})",
        period=period_of(version.period_start, version.period_end),
        deadline=clauses.add_days(version.period_end, file.lot.rules.deadline_days),
        nothing=version.nothing,
        hours=clauses.declared_hours(version),
        countable=clauses.countable_hours(version),
        decidable=version.state in AWAITING_CONTROL,
        held=bool(clauses.open_holds(version)) or bool(unconfirmed),
        returned_by_me=version.state is State.A_CORRIGER and version.decided_by == account.public_id,
        judged_anew=clauses.countable_hours(version) != clauses.countable_hours(found.stored),
        previous_number=previous.version if previous else None,
        previous_hours=clauses.declared_hours(previous) if previous else None,
        gone=_gone(found),
        lot_due=standing.progress.due,
        lot_validated=standing.progress.validated,
        lot_sentence=standing.progress.sentence,
        lines=lines,
        groups=_groups(found),
        not_verifiable=tuple(dict.fromkeys(n.sentence for n in version.not_verifiable)),
        unconfirmed=tuple(unconfirmed.values()),
        shared=tuple(_shared(found)),
        versions=tuple(_version(v, authors) for v in reversed(found.versions)),
        time_zone=account.time_zone,
    )


def _line(found: Examined, account: Account, line: Line) -> ReviewLine:
    file = found.file
    placement = next(p for p in file.placements if p.id == line.placement_id)
    before = _before(found.previous, line)
    window = window_of(file, account.today, found.known_at)
    intervals = clauses.intervals_for(
        file.periods,
        line.person_id,
        file.lot,
        file.grid_at(line.month),
        window.ends_on,
        cdi=clauses.is_ever_cdi(placement),
    )
    cut = line.days_kept < line.days_all
    return ReviewLine(
        id=line.id,
        person=file.people[line.person_id].name,
        person_id=line.person_id,
        placement_id=placement.id,
        employment=clauses.employment_words(
            placement, clauses.add_days(clauses.add_months(line.month, 1), -1)
        ),
        employer=file.companies[placement.legal_employer_id].name,
        dates=placement_dates(placement.starts_on, placement.ended_on or placement.planned_ends_on),
        eligible=eligible_words(intervals) + _late_proofs(found, line),
        confirmed=placement.id not in file.unconfirmed,
        month_label=period_of(line.month, line.month),
        kind=line.kind.label,
        hours=line.hours,
        before=before,
        changed=found.previous is not None and before != line.hours,
        refused=_refused(found.standing, line),
        countable=line.countable,
        fraction=f"{line.days_kept} jours sur {line.days_all}" if cut else "",
        reason=line.reason,
        accepted=line.accepted,
        decision_reason=line.decision_reason,
        days=tuple((d.day, d.hours) for d in line.days),
    )


def _late_proofs(found: Examined, line: Line) -> str:
    """Why the person is eligible before the day of her proof, in the words of who admitted it."""
    own = (p for p in found.file.periods if p.person_id == line.person_id and p.revoked_on is None)
    kept = (text for p in own for text in p.opinion.splitlines() if text.startswith(clauses.LATE_PROOF))
    return "".join(f" · {text}" for text in kept)


def _before(previous: Declaration | None, line: Line) -> int | None:
    same = _same(previous, line)
    return same.hours if same else None


def _refused(standing: Declaration | None, line: Line) -> str:
    same = _same(standing, line)
    if standing is None or same is None or same.id == line.id or not same.decision_reason:
        return ""
    return typographic(
        f"version {standing.version} : {hours(same.accepted)} acceptées, « {same.decision_reason} »"
    )


def _same(version: Declaration | None, line: Line) -> Line | None:
    key = (line.placement_id, line.month, line.kind)
    return next(
        (x for x in (version.lines if version else ()) if (x.placement_id, x.month, x.kind) == key), None
    )


def _gone(found: Examined) -> tuple[str, ...]:
    """The lines of the version before that are no longer declared."""
    kept = {(x.placement_id, x.month, x.kind) for x in found.judged.lines}
    return tuple(
        f"{found.file.people[x.person_id].name}, {period_of(x.month, x.month)}, {x.kind.label.lower()} : "
        f"{clauses.short_hours(x.hours)}"
        for x in (found.previous.lines if found.previous else ())
        if (x.placement_id, x.month, x.kind) not in kept
    )


def _shared(found: Examined) -> Iterable[str]:
    """The hours of this declaration that are counted on other lots, and what accepting it would take back."""
    standing = found.standing
    if standing is None:
        return
    lines = {line.id for line in standing.lines}
    live = {
        s.allocation.id: s
        for s in found.file.shared
        if s.allocation.line_id in lines and s.allocation.cancelled_at is None
    }
    allocations = tuple(s.allocation for s in live.values())
    after = {a.id: a for a in clauses.restated(standing, found.judged, allocations, found.known_at)}
    for one, shared in live.items():
        gone = " : accepter cette version annule ce partage" if after[one].cancelled_at else ""
        yield typographic(
            f"{hours(shared.allocation.hours)} de cette déclaration sont comptées sur {shared.to_lot}{gone}."
        )


def _groups(found: Examined) -> tuple[FindingGroup, ...]:
    by_effect = {e: [f for f in found.judged.findings if f.effect is e] for e in ORDER}
    return tuple(
        FindingGroup(
            effect=effect.value,
            label=effect.label,
            tone=TONES[effect],
            findings=tuple(_finding(found, f) for f in findings),
        )
        for effect, findings in by_effect.items()
        if findings
    )


def _finding(found: Examined, finding: Finding) -> ReviewFinding:
    line = next((x for x in found.judged.lines if x.id == finding.line_id), None)
    rule = clauses.rule_of(finding.rule_id)
    lifted = [
        w
        for w in found.judged.waivers
        if w.rule_id == finding.rule_id and w.line_id in (None, finding.line_id)
    ]
    return ReviewFinding(
        rule=finding.rule_id,
        title=rule.title if rule else finding.rule_id,
        sentence=finding.facilitator,
        person=found.file.people[line.person_id].name if line else "",
        line_id=finding.line_id or "",
        waivable=finding.waivable and finding.effect is Effect.HOLD and not lifted,
        waived=lifted[-1].reason if lifted else "",
        field=f"waive-{finding.rule_id}-{finding.line_id or ''}",
    )


def _version(version: Declaration, authors: dict[str, str]) -> ReviewVersion:
    told = msgspec.structs.asdict(version_of(version, authors))
    if not clauses.is_taken_back(version):
        told["state"] = version.state.facilitator_label
    if version.state in AWAITING_CONTROL:
        told["tone"] = "wait"
    return ReviewVersion(**told, decided_by=authors.get(version.decided_by or "", ""))
