"""The rule pack R01 to R22, and how it judges a declaration."""

from collections.abc import Iterable

import msgspec

from clauses.counting import count_line
from clauses.declaration import Line
from clauses.facts import Facts
from clauses.findings import Effect, Finding, NotVerifiable
from clauses.hours import short_hours
from clauses.rule import Rule, Scope, Spoken, registry, run_finders, stamp
from clauses.rules_cut import CUT_RULES
from clauses.rules_follow import FOLLOW_RULES
from clauses.rules_legal import LEGAL_RULES
from clauses.wording import NNBSP

# R21 has no function here: the allocation ledger refuses what would break conservation (allocation.py).
SHARING_RULE = Rule("R21", 1, Effect.REFUSE, False, Scope.ALLOCATION, "Partage au-delà des heures comptées")

RULES: tuple[Rule, ...] = registry(CUT_RULES, LEGAL_RULES, FOLLOW_RULES, (SHARING_RULE,))


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Lines with their countable hours, what the rules found, and what they could not verify."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    not_verifiable: tuple[NotVerifiable, ...]


def judge(facts: Facts, rules: tuple[Rule, ...] = RULES) -> Judgement:
    """Run the pack on a declaration: count, trim, then find. Findings come in the order of the rules' ids."""
    counted = [count_line(facts, line, rules) for line in facts.lines]
    lines = tuple(line for line, _ in counted)
    findings = [finding for _, found in counted for finding in found]
    for rule in rules:
        if rule.trim:
            lines, trimmed = _trim(facts, lines, rule)
            findings.extend(trimmed)
    finders = [r for r in rules if r.scope in (Scope.LINE, Scope.DECLARATION)]
    found, unverified = run_finders(finders, facts)
    order = {line.id: index for index, line in enumerate(lines)}
    everything = sorted([*findings, *found], key=lambda f: (f.rule_id, order.get(f.line_id or "", -1)))
    return Judgement(lines=lines, findings=tuple(everything), not_verifiable=unverified)


def check_closing(facts: Facts, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """What stands in the way of closing the lot."""
    return run_finders([r for r in rules if r.scope is Scope.CLOSING], facts)[0]


def rule_of(rule_id: str, rules: Iterable[Rule] = RULES) -> Rule | None:
    return next((rule for rule in rules if rule.id == rule_id), None)


def _trim(facts: Facts, lines: tuple[Line, ...], rule: Rule) -> tuple[tuple[Line, ...], list[Finding]]:
    trims = {t.line_id: t for t in (rule.trim(facts, lines) if rule.trim else ())}
    findings, trimmed = [], []
    for line in lines:
        trim = trims.get(line.id)
        if trim is None:
            trimmed.append(line)
            continue
        countable = line.countable - trim.cut
        reason = f"{line.reason}{NNBSP}; {trim.phrase}" if line.reason else trim.phrase
        trimmed.append(
            msgspec.structs.replace(
                line, countable=countable, covered=line.covered if countable else (), reason=reason
            )
        )
        sentence = f"{short_hours(line.hours)} déclarées, {short_hours(countable)} comptées — {trim.phrase}."
        spoken = Spoken(
            line_id=line.id, firm=sentence, facilitator=f"{sentence} {trim.facilitator}", referent=sentence
        )
        findings.append(stamp(rule, spoken, trim.cut))
    return tuple(trimmed), findings
