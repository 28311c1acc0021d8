"""What a frozen bilan keeps: the core's picture, and the words as they were that day. No name of a person."""

import msgspec

from clauses import Bilan, Difference


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A placement as it was: its employment, its modality, who employed."""

    placement_id: str
    employment: str
    modality: str
    employer: str


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """`differences`: what was learnt since the former bilan on months it already held. `companies`: names by
    public id. `waiting`: hundredths sent and not examined yet. `tone` is a shape of macros/lists.html."""

    reference: str
    marche: str
    number: str
    title: str
    buyer: str
    titulaire: str
    health: str
    tone: str
    sentence: str
    waiting: int
    alerts: tuple[str, ...]
    bilan: Bilan
    former_id: str | None
    former_validated: int
    differences: tuple[Difference, ...]
    works: tuple[Work, ...]
    companies: dict[str, str]
