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
