"""What a check says: an effect, and a sentence for each reader."""

from enum import StrEnum

import msgspec


class Effect(StrEnum):
    """The five effects of a check (semantics: refuse, cut, hold, warn, notice)."""

    REFUSE = "refuse"
    CUT = "cut"
    HOLD = "hold"
    WARN = "warn"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return {
            "refuse": "Illisible",
            "cut": "Heures non comptées",
            "hold": "À vérifier avant validation",
            "warn": "Alerte",
            "notice": "Information",
        }[self.value]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that spoke. `firm` never rests on another company's data nor names it; `referent` never
    names a company, and is empty where the matter is none of hers. `line_id` None: the whole declaration or
    lot. `cut` is in hundredths, 0 but for cuts."""

    rule_id: str
    rule_version: int
    effect: Effect
    waivable: bool
    line_id: str | None
    firm: str
    facilitator: str
    referent: str
    cut: int


class NotVerifiable(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that could not run, and what it lacks: neither a fault nor an all-clear."""

    rule_id: str
    line_id: str | None
    sentence: str


class FirmFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What a firm may read of a finding: neither the rule, whose very name would tell of another employer,
    nor the figures of the facilitator."""

    effect: Effect
    line_id: str | None
    sentence: str


def for_firm(findings: tuple[Finding, ...]) -> tuple[FirmFinding, ...]:
    """The findings as the firm reads them, each sentence once a line, under its strongest effect."""
    order = list(Effect)
    found: dict[tuple[str | None, str], Effect] = {}
    for finding in findings:
        key = (finding.line_id, finding.firm)
        if finding.firm and (key not in found or order.index(finding.effect) < order.index(found[key])):
            found[key] = finding.effect
    return tuple(
        FirmFinding(effect=effect, line_id=line, sentence=text) for (line, text), effect in found.items()
    )
