"""What is shown of proposals. The liaison's Structs and the référent's are apart: neither could hold more."""

from datetime import date

import msgspec

from service.listing import Listing
from service.suggestions.liaison_views import OfferHead


class Tab(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    address: str
    current: bool


class ProposalLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list. `who`: a name, or a public id where the name is not shared."""

    id: str
    who: str
    offer_id: str
    offer: str
    employer: str
    state: str
    tone: str
    since: date
    days: int
    late: bool
    waits_for: str


class ProposalList(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    tabs: tuple[Tab, ...]
    rows: tuple[ProposalLine, ...]
    mine_only: bool


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    author: str
    what: str
    motive: str


class NextAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that may be given now; `motives` is empty where none is asked."""

    value: str
    label: str
    motives: tuple[tuple[str, str], ...]


class Common(msgspec.Struct, frozen=True, kw_only=True):
    """What both readers have of a proposal."""

    id: str
    offer: OfferHead
    person_id: str
    who: str
    state: str
    state_value: str
    tone: str
    since: date
    days: int
    late: bool
    waits_for: str
    agreed_on: date | None
    shared: tuple[str, ...]
    fit_percent: int | None
    wish_percent: int | None
    history: tuple[HistoryLine, ...]
    answers: tuple[NextAnswer, ...]
    employer_wording: str


class LiaisonFile(Common, frozen=True, kw_only=True):
    """With the words for the référent, and her name to call her."""

    referent: str
    referent_wording: str


class ReferentFile(Common, frozen=True, kw_only=True):
    """With what is hers to do: agree, and open the étape. `proposed_by`: empty when it is the reader."""

    proposed_by: str
    may_agree: bool
    name_shared: bool
    shareable: tuple[tuple[str, str], ...]
    may_open_step: bool
    step_kind: str
    step_starts_on: date | None
    step_ends_on: date | None
    step_open: bool
