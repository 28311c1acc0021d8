"""Comparing what a case expects with what the core says: each difference with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from clauses.case_agreement import NOTHING, agrees, show
from clauses.case_lot import LotView, Obtained, obtain
from clauses.case_model import Block, Case, Expected, Gap, LineRef, close_of
from clauses.case_replay import Replay, asked_at, find_line
from clauses.days import Interval
from clauses.decision import open_holds
from clauses.declaration import Declaration, HourKind, Line, countable_hours, declared_hours, validated_hours
from clauses.eligibility import interval_for, intervals_for
from clauses.errors import BadGroup, ClausesError, Reason
from clauses.findings import Finding, for_firm
from clauses.hours import short_hours
from clauses.parcours import Step, step_hours
from clauses.window import window_at
from clauses.wording import NNBSP

REFUSALS = ("refus", "refus_dit")


@dataclass
class Tally:
    """What was compared, and what differs; `named` are the acts whose refusal was looked at."""

    gaps: list[Gap] = field(default_factory=list)
    compared: int = 0
    named: set[tuple[str, str]] = field(default_factory=set)

    def check(self, where: str, key: str, expected: object, obtained: Obtained) -> None:
        self.compared += 1
        if not agrees(key, expected, obtained.value):
            self.gap(f"{where}, {key}", show(key, expected), show(key, obtained.value), obtained.why)

    def gap(self, where: str, expected: str, obtained: str, why: Iterable[str] = ()) -> None:
        kept = tuple(sentence for sentence in why if sentence)
        self.gaps.append(Gap(where=where, expected=expected, obtained=obtained, why=kept))


def compare(case: Case, replay: Replay) -> tuple[int, tuple[Gap, ...]]:
    """How many values were compared, and the differences; a refusal that nobody expected is one."""
    tally = Tally()
    for expected in case.expected:
        COMPARERS[expected.subject](tally, replay, expected)
    for (kind, own_id), reasons in replay.books.refusals.items():
        if (kind, own_id) not in tally.named:
            sentences = tuple(f"{reason.code} : {reason.sentence}" for reason in reasons)
            tally.gap(f"{kind} «{NNBSP}{own_id}{NNBSP}»", "aucun refus", "refus", sentences)
    return tally.compared, tuple(tally.gaps)


def _lot(tally: Tally, replay: Replay, expected: Expected) -> None:
    if expected.on is None:
        return
    view = LotView(replay, expected.id, expected.on, expected.known_at)
    for key, value in expected.values.items():
        try:
            tally.check(expected.where, key, value, obtain(view, key))
        except ClausesError as fault:
            tally.compared += 1
            tally.gap(f"{expected.where}, {key}", show(key, value), "incalculable", (_in_french(fault),))
    gaps_asked = [block for block in expected.blocks if block.name == "ecart"]
    former = next((block for block in expected.blocks if block.name == "bilan_precedent"), None)
    for block in expected.blocks:
        if block.name == "penalite":
            try:
                penalty = view.penalty(block.values)
                obtained = Obtained(penalty.amount, (penalty.explanation,))
            except ClausesError as fault:
                obtained = Obtained(None, (_in_french(fault),))
            tally.check(block.where, "montant", block.values.get("montant"), obtained)
        elif block.name == "prochaine_action":
            _action(tally, view, block)
    if former is not None:
        _corrections(tally, view, former, gaps_asked)
    elif gaps_asked:
        tally.gap(gaps_asked[0].where, "un bilan précédent", NOTHING, ("Ajoutez [attendu.bilan_precedent].",))


def _in_french(fault: ClausesError) -> str:
    if isinstance(fault, BadGroup):
        return "Les clés du groupement manquent ou sont nulles : donnez « cle » à chaque membre."
    return "Aucune valeur de ce paramètre n’est connue à cette date."


def _action(tally: Tally, view: LotView, block: Block) -> None:
    action = view.action
    if action is None:
        tally.compared += 1
        tally.gap(block.where, show("qui", block.values.get("qui")), "personne : rien n’est attendu")
        return
    held = {
        "qui": action.actor,
        "quoi": action.task,
        "entreprise": action.company_id,
        "depuis": action.since,
        "avant": action.before,
        "en_retard": action.late,
    }
    for key, value in block.values.items():
        tally.check(block.where, key, value, Obtained(held[key], (action.sentence,)))


def _corrections(tally: Tally, view: LotView, former: Block, asked: list[Block]) -> None:
    """The corrections since the former bilan: those told, and no other."""
    on, known_on = former.values.get("le"), former.values.get("connu_le")
    if not isinstance(on, date):
        return
    found = list(view.differences_since(on, close_of(known_on) if isinstance(known_on, date) else None))
    for block in asked:
        ref = _ref(block)
        match = next(
            (
                d
                for d in found
                if ref.who in (d.placement_id, d.person_id)
                and ref.month in (None, d.month)
                and ref.kind in (None, d.kind)
            ),
            None,
        )
        if match is None:
            tally.compared += 1
            tally.gap(block.where, f"une correction pour {ref.who}", NOTHING)
            continue
        found.remove(match)
        held = {
            "avant": match.before,
            "apres": match.after,
            "ecart": match.after - match.before,
            "entreprise": match.company_id,
        }
        for key, value in block.values.items():
            if key in held:
                tally.check(block.where, key, value, Obtained(held[key]))
    tally.compared += 1
    for extra in found:
        change = f"{extra.person_id} : {short_hours(extra.before)} → {short_hours(extra.after)}"
        tally.gap(f"{former.where}, écarts", "aucune autre correction", change)


def _declaration(tally: Tally, replay: Replay, expected: Expected) -> None:
    books = replay.at(expected.known_at)
    reasons = books.refusals.get(("declaration", expected.id), ())
    why = tuple(f"{reason.code} : {reason.sentence}" for reason in reasons)
    values = dict(expected.values)
    _refusal(tally, expected, ("declaration", expected.id), reasons)
    for key in REFUSALS:
        values.pop(key, None)
    version = replay.version(expected.id, books)
    if version is None:
        if values or expected.blocks:
            tally.compared += 1
            what = "déclaration refusée" if reasons else "pas encore envoyée à cette date"
            tally.gap(expected.where, "une déclaration enregistrée", what, why)
        return
    for key, value in values.items():
        tally.check(expected.where, key, value, _of_version(version, key))
    for block in expected.blocks:
        _line(tally, version, block)


def _of_version(version: Declaration, key: str) -> Obtained:
    return VERSION[key](version)


def _why(version: Declaration) -> tuple[str, ...]:
    return tuple(f"{f.rule_id} {effect(f)} : {f.facilitator}" for f in version.findings)


def effect(finding: Finding) -> str:
    """refuse, cut, hold, warn, notice in the words of the format."""
    return {"refuse": "refus", "cut": "coupe", "hold": "retenue", "warn": "alerte", "notice": "information"}[
        finding.effect.value
    ]


def _said(findings: Iterable[Finding]) -> list[str]:
    return sorted({f"{f.rule_id} {effect(f)}" for f in findings})


def _firm_reads(version: Declaration) -> list[str]:
    reasons = [line.reason for line in version.lines if line.reason]
    return [f.sentence for f in for_firm(version.findings)] + reasons


VERSION: dict[str, Callable[[Declaration], Obtained]] = {
    "etat": lambda v: Obtained(v.state, (v.decision_reason, *_why(v))),
    "version": lambda v: Obtained(v.version),
    "saisie_par": lambda v: Obtained(v.provenance),
    "declarees": lambda v: Obtained(declared_hours(v)),
    "comptables": lambda v: Obtained(countable_hours(v), (*_reasons(v), *_why(v))),
    "validees": lambda v: Obtained(validated_hours(v), (*_reasons(v), *_why(v))),
    "effets": lambda v: Obtained(_said(v.findings), _why(v)),
    "effets_comprennent": lambda v: Obtained(_said(v.findings), _why(v)),
    "effets_absents": lambda v: Obtained(_said(v.findings), _why(v)),
    "retenues": lambda v: Obtained(_said(open_holds(v)), _why(v)),
    "non_verifiables": lambda v: Obtained(sorted({n.rule_id for n in v.not_verifiable})),
    "entreprise_lit": lambda v: Obtained(_firm_reads(v)),
    "entreprise_ne_lit_pas": lambda v: Obtained(_firm_reads(v)),
    "facilitateur_lit": lambda v: Obtained([f.facilitator for f in v.findings]),
}


def _reasons(version: Declaration) -> tuple[str, ...]:
    return tuple(f"{line.person_id} : {line.reason}" for line in version.lines if line.reason)


def _line(tally: Tally, version: Declaration, block: Block) -> None:
    ref = _ref(block)
    line = find_line(version, ref)
    if line is None:
        tally.compared += 1
        tally.gap(block.where, f"une ligne pour {ref.who}", "aucune ligne")
        return
    findings = tuple(f for f in version.findings if f.line_id == line.id)
    held = _of_line(line, findings)
    for key, value in block.values.items():
        if key in held:
            tally.check(block.where, key, value, held[key])


def _of_line(line: Line, findings: tuple[Finding, ...]) -> dict[str, Obtained]:
    why = (line.reason, *(f"{f.rule_id} {effect(f)} : {f.facilitator}" for f in findings))
    return {
        "comptables": Obtained(line.countable, why),
        "validees": Obtained(line.accepted, (line.decision_reason, *why)),
        "jours": Obtained((line.days_kept, line.days_all), why),
        "raison": Obtained([line.reason] if line.reason else [], why),
        "effets": Obtained(_said(findings), why),
        "effets_comprennent": Obtained(_said(findings), why),
        "effets_absents": Obtained(_said(findings), why),
    }


def _ref(block: Block) -> LineRef:
    who = block.values.get("mise_a_l_emploi") or block.values.get("personne") or ""
    month, kind = block.values.get("mois"), block.values.get("nature")
    return LineRef(
        who=str(who),
        month=month if isinstance(month, date) else None,
        kind=kind if isinstance(kind, HourKind) else None,
    )


def _act(tally: Tally, replay: Replay, expected: Expected) -> None:
    """The refusal of a decision, of a sharing, of an eligibility; an empty list expects that it was done."""
    key = (expected.subject, expected.id)
    _refusal(tally, expected, key, replay.books.refusals.get(key, ()))


def _refusal(tally: Tally, expected: Expected, key: tuple[str, str], reasons: tuple[Reason, ...]) -> None:
    """The codes and the sentences of a refusal, where they are asked."""
    why = tuple(f"{reason.code} : {reason.sentence}" for reason in reasons)
    if "refus" in expected.values:
        tally.named.add(key)
        codes = [reason.code for reason in reasons]
        tally.check(expected.where, "refus", expected.values["refus"], Obtained(codes, why))
    if "refus_dit" in expected.values:
        tally.named.add(key)
        said = [reason.sentence for reason in reasons]
        tally.check(expected.where, "refus_dit", expected.values["refus_dit"], Obtained(said, why))


def _eligibility(tally: Tally, replay: Replay, expected: Expected) -> None:
    _act(tally, replay, expected)
    known = replay.known(asked_at(expected.known_at))
    period = next((p for p in known if p.id == expected.id), None)
    lot_id = str(expected.values.get("lot") or next(iter(replay.world.lots)))
    told = replay.world.lots[lot_id]
    interval = (
        interval_for(period, told.lot, _end_of(replay, lot_id, expected.on, expected.known_at))
        if period
        else None
    )
    _bounds(tally, expected, interval, {"du": "du", "au": "au"})


def _end_of(replay: Replay, lot_id: str, on: date | None, known_at: datetime | None) -> date:
    window = window_at(replay.events(lot_id), on or date.max, asked_at(known_at))
    return window.ends_on if window else replay.world.lots[lot_id].lot.ends_on


def _bounds(tally: Tally, expected: Expected, interval: Interval | None, keys: dict[str, str]) -> None:
    for key, end in keys.items():
        if key in expected.values:
            value = (interval.first if end == "du" else interval.last) if interval else None
            why = () if interval else ("Aucun jour éligible.",)
            tally.check(expected.where, key, expected.values[key], Obtained(value, why))


def _person(tally: Tally, replay: Replay, expected: Expected) -> None:
    books = replay.at(expected.known_at)
    changes = [c for c in books.changes if c.step.person_id == expected.id]
    steps = sorted(
        (s for s in books.steps.values() if s.person_id == expected.id and s.entries),
        key=lambda s: (s.starts_on, s.id),
    )
    why = tuple(c.sentence for c in changes)
    if "etapes" in expected.values:
        tally.check(expected.where, "etapes", expected.values["etapes"], Obtained(len(steps), why))
    if "changements" in expected.values:
        kinds = Obtained([c.kind for c in changes], why)
        tally.check(expected.where, "changements", expected.values["changements"], kinds)
    if {"eligible_du", "eligible_au"} & set(expected.values):
        lot_id = str(expected.values.get("lot") or next(iter(replay.world.lots)))
        _bounds(tally, expected, _span(replay, expected, lot_id), {"eligible_du": "du", "eligible_au": "au"})
    for number, block in enumerate(b for b in expected.blocks if b.name == "etape"):
        _step(tally, block, _nth(steps, block, number), why)


def _span(replay: Replay, expected: Expected, lot_id: str) -> Interval | None:
    """From the first to the last eligible day of a person on a lot."""
    told = replay.world.lots[lot_id]
    end = _end_of(replay, lot_id, expected.on, expected.known_at)
    periods = replay.known(asked_at(expected.known_at))
    found = intervals_for(periods, expected.id, told.lot, told.grid, end)
    if not found:
        return None
    lasts = [i.last for i in found]
    last = None if None in lasts else max(x for x in lasts if x is not None)
    return Interval(first=found[0].first, last=last)


def _nth(steps: list[Step], block: Block, number: int) -> Step | None:
    placement = block.values.get("mise_a_l_emploi")
    if placement is not None:
        return next((s for s in steps if s.placement_id == placement), None)
    return steps[number] if number < len(steps) else None


def _step(tally: Tally, block: Block, step: Step | None, why: tuple[str, ...]) -> None:
    if step is None:
        tally.compared += 1
        tally.gap(block.where, "une étape", "aucune étape", why)
        return
    held = {
        "mise_a_l_emploi": step.placement_id,
        "debut": step.starts_on,
        "fin": step.ends_on,
        "heures": step_hours(step),
        "mois": len({entry.month for entry in step.entries}),
    }
    for key, value in block.values.items():
        tally.check(block.where, key, value, Obtained(held[key], why))


COMPARERS: dict[str, Callable[[Tally, Replay, Expected], None]] = {
    "lot": _lot,
    "declaration": _declaration,
    "decision": _act,
    "partage": _act,
    "eligibilite": _eligibility,
    "personne": _person,
}
