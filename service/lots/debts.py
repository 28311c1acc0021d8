"""Who owes what inside a groupement: the due of a lot by the internal key, to the hundredth."""

from datetime import date, datetime

import msgspec

import clauses
from clauses import PartyRole
from service.declarations.standing import done_by_member
from service.ledger.lot_file import LotFile


class DebtLine(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths. `key` as written, empty when there is none; `left_on`: the day the member left the lot."""

    company: str
    key: str
    left_on: date | None
    due: int
    done: int
    remaining: int
    surplus: int


class Debts(msgspec.Struct, frozen=True, kw_only=True):
    """The sums are those of the lot. `refusal`: why the due is not shared out; no line then."""

    lines: tuple[DebtLine, ...]
    due: int
    done: int
    refusal: str


NO_KEY = "Les heures dues ne se répartissent pas : aucun membre présent n’a de clé. Donnez-en une à chacun."
UNKNOWN = "Les heures dues ne sont pas encore connues : elles ne se répartissent pas."


def debts_of(file: LotFile, on: date, known_at: datetime) -> Debts | None:
    """None when one company alone answers for the lot, and always did."""
    members = [p for p in file.parties if p.role is not PartyRole.SOUS_TRAITANT and p.starts_on <= on]
    if len({p.company_id for p in members}) < 2:
        return None
    try:
        debts = clauses.lot_debts(file.parties, file.events, done_by_member(file, on), on, known_at)
    except clauses.BadGroup:
        return Debts(lines=(), due=0, done=0, refusal=NO_KEY)
    if debts is None:
        return Debts(lines=(), due=0, done=0, refusal=UNKNOWN)
    last = {p.company_id: p for p in sorted(members, key=lambda p: p.starts_on)}
    lines = tuple(
        DebtLine(
            company=file.companies[d.company_id].name,
            key=_key(last.get(d.company_id)),
            left_on=_left_on(last.get(d.company_id), on),
            due=d.due,
            done=d.done,
            remaining=d.remaining,
            surplus=d.surplus,
        )
        for d in debts
    )
    return Debts(
        lines=tuple(sorted(lines, key=lambda x: (x.left_on is not None, x.company.casefold()))),
        due=sum(x.due for x in lines),
        done=sum(x.done for x in lines),
        refusal="",
    )


def _key(party: clauses.Party | None) -> str:
    if party is None or party.key_share is None:
        return ""
    return f"{party.key_share.normalize():f}".replace(".", ",")


def _left_on(party: clauses.Party | None, on: date) -> date | None:
    gone = party is not None and party.ends_on is not None and party.ends_on < on
    return party.ends_on if party and gone else None
