"""The shape of a rule of the pack. A rule speaks, or it is silent; it never writes.

Three shapes: a rule that restricts the days that count (`restrict`), a rule that trims hours already
counted (`trim`), a rule that only finds (`find`). Its effect and whether it may be waived are part of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from clauses.days import Interval
from clauses.declaration import Line
from clauses.errors import UnknownRule
from clauses.facts import Facts, LineFacts
from clauses.findings import Effect, Finding, NotVerifiable
from clauses.hours import Hundredths

FOR_THE_FACILITATOR = "À vérifier par le facilitateur."
"""What a firm reads when a check rests on another company's data: neither name, nor figure."""


class Scope(StrEnum):
    LINE = "ligne"
    DECLARATION = "declaration"
    CLOSING = "cloture"
    ALLOCATION = "partage"


class Restriction(msgspec.Struct, frozen=True, kw_only=True):
    """The only days that may count, and why, as the end of a sentence: « éligible à partir du 13 »."""

    allowed: tuple[Interval, ...]
    phrase: str
    facilitator: str


class Trim(msgspec.Struct, frozen=True, kw_only=True):
    """Hours taken from a line that was already counted."""

    line_id: str
    cut: Hundredths
    phrase: str
    facilitator: str


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A finding before it is stamped with its rule."""

    line_id: str | None
    firm: str
    facilitator: str
    referent: str


class Unverified(msgspec.Struct, frozen=True, kw_only=True):
    """The rule could not run on this line, and why."""

    line_id: str | None
    sentence: str


Said = Iterable[Spoken | Unverified]


@dataclass(frozen=True)
class Rule:
    """A rule with its id, version, effect; exactly one of `restrict`, `trim`, `find` is given, save R21,
    which is held by the allocation ledger itself."""

    id: str
    version: int
    effect: Effect
    waivable: bool
    scope: Scope
    title: str
    restrict: Callable[[Facts, LineFacts], Restriction | None] | None = None
    trim: Callable[[Facts, tuple[Line, ...]], Iterable[Trim]] | None = None
    find: Callable[[Facts], Said] | None = None


def stamp(rule: Rule, said: Spoken, cut: Hundredths = 0) -> Finding:
    """A finding that says which rule, in which version, spoke."""
    return Finding(
        rule_id=rule.id,
        rule_version=rule.version,
        effect=rule.effect,
        waivable=rule.waivable,
        line_id=said.line_id,
        firm=said.firm,
        facilitator=said.facilitator,
        referent=said.referent,
        cut=cut,
    )


def run_finders(rules: Iterable[Rule], facts: Facts) -> tuple[tuple[Finding, ...], tuple[NotVerifiable, ...]]:
    """All that the finding rules say, and what they could not verify."""
    findings: list[Finding] = []
    unverified: list[NotVerifiable] = []
    for rule in rules:
        for said in rule.find(facts) if rule.find else ():
            if isinstance(said, Spoken):
                findings.append(stamp(rule, said))
            else:
                unverified.append(
                    NotVerifiable(rule_id=rule.id, line_id=said.line_id, sentence=said.sentence)
                )
    return tuple(findings), tuple(unverified)


def registry(*groups: Iterable[Rule]) -> tuple[Rule, ...]:
    """All rules by id; an id told twice is a fault of the pack."""
    rules = sorted((rule for group in groups for rule in group), key=lambda rule: rule.id)
    if len({rule.id for rule in rules}) != len(rules):
        raise UnknownRule("two rules of the pack bear the same id")
    return tuple(rules)
