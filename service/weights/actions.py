"""Read the weights, try others on the territory, keep a new version."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import FitWeights, Moves, Offer, Participant, WishWeights, weights_moved
from service.accounts.account import Account
from service.errors import Conflict
from service.forms import Form
from service.suggestions.around import Weights, chosen_by, shipped_weights, world_with
from service.suggestions.load import offers_of, participants_of, read_stamps
from service.suggestions.offer_head import heads_where
from service.tables import OfferRow, TerritoryRow, UserRow, WeightsRow
from service.trace import record_act
from service.weights.views import (
    Change,
    Entry,
    MovedList,
    MovedSide,
    Preview,
    Version,
    WeightLine,
    WeightsView,
)
from service.weights.words import EMPTY, FIT, MOST, MOVED_SINCE, WISH

# Lists shown on each side: enough to see whom it touches, few enough to be read.
SHOWN = 12
FIELDS = [f"fit_{name}" for name in FIT] + [f"wish_{name}" for name in WISH]


class Typed(msgspec.Struct, frozen=True):
    """The weights that a form holds."""

    fit: FitWeights
    wish: WishWeights


def read_form(form: Form) -> Typed | None:
    """The weights typed; None when something is to be done again."""
    fit = {name: _weight(form, f"fit_{name}", FIT[name][0]) for name in FIT}
    wish = {name: _weight(form, f"wish_{name}", WISH[name][0]) for name in WISH}
    if not form.faults and not (any(fit.values()) and any(wish.values())):
        form.fault("", EMPTY)
    return None if form.faults else Typed(FitWeights(**fit), WishWeights(**wish))


def _weight(form: Form, field: str, label: str) -> int:
    return form.integer(field, label, high=MOST, required=True) or 0


def as_form(weights: Weights) -> dict[str, int]:
    """The weights by name of field."""
    fit = {f"fit_{name}": getattr(weights.fit, name) for name in FIT}
    return fit | {f"wish_{name}": getattr(weights.wish, name) for name in WISH}


class Around(msgspec.Struct, frozen=True):
    """Read in a fixed number of queries; what is heavy is done once the session is closed."""

    zone: str
    weights: Weights
    history: tuple[Version, ...]
    people: tuple[Participant, ...]
    offers: dict[str, Offer]
    titles: dict[str, str]


def read_around(db: Session, account: Account, *, tried: bool) -> Around:
    """`tried`: with the people and offers on whom other weights are tried."""
    zone, weights = chosen_by(db, account.territory_id)
    history = _history(db, account)
    if not tried:
        return Around(zone, weights, history, (), {}, {})
    stamps = read_stamps(db, account.territory_id)
    people = participants_of(db, account.territory_id, stamps)
    offers = offers_of(db, account.territory_id, stamps, account.today)
    heads = heads_where(db, col(OfferRow.territory_id) == account.territory_id)
    titles = {key: f"{heads[key].title}, {heads[key].employer}" for key in offers}
    return Around(zone, weights, history, tuple(people.values()), offers, titles)


def view_of(around: Around, account: Account, typed: Typed | None) -> WeightsView:
    weights = around.weights
    return WeightsView(
        number=weights.number,
        version=weights.version,
        fit=_lines("fit", FIT, weights.fit, typed.fit if typed else weights.fit),
        wish=_lines("wish", WISH, weights.wish, typed.wish if typed else weights.wish),
        shipped=tuple(as_form(shipped_weights()).items()),
        history=around.history,
        preview=_preview(around, account, typed) if typed is not None else None,
    )


def save(db: Session, account: Account, typed: Typed, since: int, reason: str) -> None:
    """A new version; Conflict when the weights in force are no longer those that were looked at."""
    row = db.scalars(
        sa.select(TerritoryRow).where(col(TerritoryRow.id) == account.territory_id).with_for_update()
    ).one()
    _, weights = chosen_by(db, account.territory_id)
    if weights.number != since:
        raise Conflict(MOVED_SINCE)
    db.add(
        WeightsRow(
            territory_id=account.territory_id,
            number=since + 1,
            fit=typed.fit,
            wish=typed.wish,
            reason=reason,
            author_id=account.id,
        )
    )
    # Scores and orders change for everybody: what was kept of them is stale.
    row.offers_stamp += 1
    row.participants_stamp += 1
    told = ", ".join(f"{one.label} {one.before} → {one.after}" for one in changes(weights, typed))
    record_act(
        db, account, "weights.save.act", "pondération", str(since + 1), f"Pondération {since + 1} : {told}"
    )


def changes(before: Weights | Typed, after: Weights | Typed) -> tuple[Change, ...]:
    """The parts whose weight differs, in the order in which they are told."""
    parts = [("fit", name, label) for name, (label, _) in FIT.items()]
    parts += [("wish", name, label) for name, (label, _) in WISH.items()]
    found = []
    for score, name, label in parts:
        old, new = (getattr(getattr(one, score), name) for one in (before, after))
        if old != new:
            found.append(Change(label=label, before=old, after=new))
    return tuple(found)


def _lines(
    score: str,
    words: dict[str, tuple[str, str]],
    weights: FitWeights | WishWeights,
    tried: FitWeights | WishWeights,
) -> tuple[WeightLine, ...]:
    def percent(told: FitWeights | WishWeights, name: str) -> int:
        weight, total = (int(sum(getattr(told, one) for one in some)) for some in ((name,), words))
        return (200 * weight + total) // (2 * total)

    return tuple(
        WeightLine(
            field=f"{score}_{name}",
            label=label,
            meaning=meaning,
            weight=getattr(weights, name),
            percent=percent(weights, name),
            tried=percent(tried, name),
        )
        for name, (label, meaning) in words.items()
    )


def _history(db: Session, account: Account) -> tuple[Version, ...]:
    """Every version, the latest first, each with what it changed."""
    rows = db.execute(
        sa.select(
            col(WeightsRow.number),
            col(WeightsRow.fit),
            col(WeightsRow.wish),
            col(WeightsRow.at),
            col(UserRow.name),
            col(WeightsRow.reason),
        )
        .join(UserRow, col(UserRow.id) == col(WeightsRow.author_id))
        .where(col(WeightsRow.territory_id) == account.territory_id)
        .order_by(col(WeightsRow.number))
    ).all()
    found, before = [], shipped_weights()
    for number, fit, wish, at, author, reason in rows:
        after = Weights(number, fit, wish)
        found.append(
            Version(
                number=number,
                version=after.version,
                at=at,
                author=author,
                reason=reason,
                changes=changes(before, after),
            )
        )
        before = after
    return tuple(reversed(found))


# --- what other weights would move -------------------------------------------------------------------
def _preview(around: Around, account: Account, typed: Typed) -> Preview:
    after = Weights(around.weights.number + 1, typed.fit, typed.wish)
    found = weights_moved(
        around.people,
        around.offers.values(),
        world_with(around.zone, around.weights),
        world_with(around.zone, after),
        on=account.today,
    )
    return Preview(
        changes=changes(around.weights, typed),
        participants=len(around.people),
        offers=len(around.offers),
        by_offer=_side(found.offers, around.titles),
        by_person=_side(found.people, around.titles),
    )


def _side(moves: Moves, titles: dict[str, str]) -> MovedSide:
    def entries(ids: tuple[str, ...]) -> tuple[Entry, ...]:
        return tuple(Entry(id=one, label=titles.get(one, one)) for one in ids)

    return MovedSide(
        lists=moves.lists,
        changed=len(moves.moved),
        shift=shift_words(moves.tenths),
        shown=tuple(
            MovedList(about=entries((one.about,))[0], enters=entries(one.enters), leaves=entries(one.leaves))
            for one in moves.moved[:SHOWN]
        ),
    )


def shift_words(tenths: int | None) -> str:
    """« 0,8 place », « 2 places »; empty when nobody stood in a first place."""
    if tenths is None:
        return ""
    whole, rest = divmod(tenths, 10)
    number = f"{whole},{rest}" if rest else str(whole)
    return f"{number}\u202fplace{'s' if tenths >= 20 else ''}"
