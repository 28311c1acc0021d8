"""Several clean declarations accepted in one act: each with its receipt; what changed is left, and named."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from service.accounts.account import Account
from service.declarations.files import period_of
from service.declarations.month import lock_lots
from service.errors import Conflict
from service.forms import Form
from service.listing import PAGE_SIZE
from service.lots.scope import visible_to
from service.review.actions import accept_all
from service.review.again import Again, judge_again
from service.review.examined import receiving_lots
from service.tables import DeclarationRow, LotRow, MarcheRow, OrganisationRow

NONE_CHOSEN = "Aucune déclaration n’est cochée : cochez celles que vous voulez accepter."
TOO_MANY = f"Pas plus de {PAGE_SIZE} déclarations à la fois."
NO_LONGER = "elle n’attend plus de décision, ou elle est à vérifier"
READ_AGAIN = "son calcul ou sa version a changé depuis votre lecture"


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration ticked. `outcome`: what was done, or why it was left; empty before the act."""

    id: str
    key: str
    firm: str
    lot: str
    marche: str
    period: str
    hours: int
    countable: int
    nothing: bool
    outcome: str


class BatchView(msgspec.Struct, frozen=True, kw_only=True):
    """`done` False: the confirmation; else `accepted` with their receipts. `left`, each with its reason."""

    done: bool
    accepted: tuple[Chosen, ...]
    left: tuple[Chosen, ...]
    countable: int


def confirm(db: Session, account: Account, form: Form) -> BatchView:
    """What would be accepted, as it stands now. The faults of the choice go to the form."""
    keys = _keys(form)
    chosen, again = _read(db, account, keys)
    ready: list[Chosen] = []
    left: list[Chosen] = []
    for one in chosen:
        why = _why_not(again.get(one.id), keys[one.id])
        (left if why else ready).append(msgspec.structs.replace(one, outcome=why))
    return BatchView(
        done=False, accepted=tuple(ready), left=tuple(left), countable=sum(x.countable for x in ready)
    )


def accept_batch(db: Session, account: Account, form: Form) -> BatchView:
    """Accept those that are still as they were read. One act: all the lots are locked first, in order."""
    keys = _keys(form)
    rows = _headers(db, account, keys)
    lots = {lot for _, lot in rows.values()}
    lock_lots(db, lots | {there for lot in lots for there in receiving_lots(db, lot)})
    chosen, again = _read(db, account, keys)
    accepted: list[Chosen] = []
    left: list[Chosen] = []
    for one in chosen:
        why = _why_not(again.get(one.id), keys[one.id])
        done, outcome = (False, why) if why else _accept(db, account, one, keys[one.id])
        (accepted if done else left).append(msgspec.structs.replace(one, outcome=outcome))
    return BatchView(
        done=True, accepted=tuple(accepted), left=tuple(left), countable=sum(x.countable for x in accepted)
    )


def _accept(db: Session, account: Account, one: Chosen, key: tuple[str, str]) -> tuple[bool, str]:
    """Whether it was accepted, with its receipt; else why it was left, and then nothing of it is written."""
    form = Form.of({"version": key[0], "seen": key[1]})
    try:
        with db.begin_nested():
            outcome = accept_all(db, account, one.id, form)
    except Conflict as refusal:
        return False, refusal.sentence
    return (True, outcome) if isinstance(outcome, str) else (False, " ".join(form.faults.values()))


def _why_not(again: Again | None, key: tuple[str, str]) -> str:
    if again is None or not again.clean:
        return NO_LONGER
    seen = (again.judged.id, str(clauses.countable_hours(again.judged)))
    return "" if seen == key else READ_AGAIN


def _keys(form: Form) -> dict[str, tuple[str, str]]:
    """What was ticked: the version and the countable hours read, by public id of the declaration."""
    found = {}
    for typed in form.raw_list("d"):
        header, _, rest = typed.partition(":")
        version, _, countable = rest.partition(":")
        found[header] = (version, countable)
    if not found:
        form.fault("", NONE_CHOSEN)
    elif len(found) > PAGE_SIZE:
        form.fault("", TOO_MANY)
    return {} if form.faults else found


def _headers(db: Session, account: Account, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Row ids of the header and of its lot, of those that she may see."""
    rows = db.execute(
        sa.select(col(DeclarationRow.public_id), col(DeclarationRow.id), col(DeclarationRow.lot_id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .where(visible_to(account), col(DeclarationRow.public_id).in_(list(keys)))
    )
    return {public_id: (row, lot) for public_id, row, lot in rows}


def _read(db: Session, account: Account, keys: Iterable[str]) -> tuple[list[Chosen], dict[str, Again]]:
    headers = _headers(db, account, keys)
    again = judge_again(db, account, {key: lot for key, (_, lot) in headers.items()})
    rows = db.execute(
        sa.select(DeclarationRow, LotRow, col(MarcheRow.title), col(OrganisationRow.name))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .where(col(DeclarationRow.id).in_([row for row, _ in headers.values()]))
        .order_by(col(DeclarationRow.period_start), col(OrganisationRow.name), col(DeclarationRow.id))
    )
    chosen = []
    for header, lot, marche, firm in rows:
        judged = again[header.public_id].judged if header.public_id in again else None
        countable = clauses.countable_hours(judged) if judged else 0
        chosen.append(
            Chosen(
                id=header.public_id,
                key=f"{header.public_id}:{judged.id if judged else ''}:{countable}",
                firm=firm,
                lot=f"Lot {lot.number} – {lot.title}",
                marche=marche,
                period=period_of(header.period_start, header.period_end),
                hours=clauses.declared_hours(judged) if judged else 0,
                countable=countable,
                nothing=judged.nothing if judged else False,
                outcome="",
            )
        )
    return chosen, again
