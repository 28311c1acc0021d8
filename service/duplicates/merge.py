"""Two files of one person made into one, in one transaction; and undone while nothing has changed since.

Nothing is lost: all that hangs on the file that goes is moved to the one that stays, and what only one of the
two may have is kept aside with the values that were not chosen (screens.md, R2).
"""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.duplicates import rows
from service.duplicates.spells import STEP, one_spell, unfold
from service.errors import Conflict, NotFound
from service.formats import day
from service.imports.participants import raise_participants_stamp
from service.ledger.clock import territory_now
from service.participants.identity_match import name_key_of
from service.review.steps import hold_lots_of, restate_steps
from service.tables import (
    BilanRow,
    DeclarationRow,
    LineRow,
    MergeRow,
    OfferRow,
    PersonRow,
    ProposalRow,
    VersionRow,
)
from service.trace import record_act

UNDO_DAYS = 30
# What the coordination chooses, by the columns that go together.
CHOSEN: dict[str, tuple[str, ...]] = {
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "birth_name": ("birth_name",),
    "birth_date": ("birth_date",),
    "sex": ("sex",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("street", "insee", "latitude", "longitude", "precision_m"),
}
# What she may not read: the file that stays has the last word, the other fills what it does not tell.
UNSEEN = ("france_travail_id", "nationality", "qpv")
FROZEN = (
    "Les heures de la fiche qui disparaîtrait sont dans un bilan arrêté, qui ne change plus. "
    "Gardez plutôt cette fiche-là."
)


def find_pair(db: Session, account: Account, one: str, other: str) -> tuple[PersonRow, PersonRow]:
    """Both, held until the act ends. Raises NotFound."""
    found = {
        row.public_id: row
        for row in db.scalars(
            sa.select(PersonRow)
            .where(
                col(PersonRow.territory_id) == account.territory_id,
                col(PersonRow.public_id).in_((one, other)),
            )
            .order_by(col(PersonRow.id))
            .with_for_update()
        )
    }
    if len(found) != 2:
        raise NotFound
    return found[one], found[other]


def hindrance(db: Session, kept: PersonRow, gone: PersonRow) -> str:
    """Why the second cannot be made into the first; empty when it can."""
    mine = sa.select(col(ProposalRow.offer_id)).where(col(ProposalRow.person_id) == kept.id)
    twice = db.scalar(
        sa.select(col(OfferRow.title))
        .join(ProposalRow, col(ProposalRow.offer_id) == col(OfferRow.id))
        .where(col(ProposalRow.person_id) == gone.id, col(ProposalRow.offer_id).in_(mine))
        .limit(1)
    )
    if twice:
        return f"Les deux fiches sont proposées sur la même offre (« {twice} ») : elles restent à part."
    frozen = (
        sa.select(col(BilanRow.id))
        .join(DeclarationRow, col(DeclarationRow.lot_id) == col(BilanRow.lot_id))
        .join(VersionRow, col(VersionRow.declaration_id) == col(DeclarationRow.id))
        .join(LineRow, col(LineRow.version_id) == col(VersionRow.id))
        .where(col(LineRow.person_id) == gone.id)
        .limit(1)
    )
    return FROZEN if db.scalar(frozen) else ""


def merge(db: Session, account: Account, kept_id: str, gone_id: str, from_gone: Mapping[str, bool]) -> str:
    """Make the second into the first. `from_gone`: the fields of CHOSEN whose value is the second's.

    Hours accepted for one may lie in the parcours of the other: the étapes follow. Returns the merge's
    public id. Raises NotFound, and Conflict with the reason.
    """
    _hold_lots(db, account, (kept_id, gone_id))
    kept, gone = find_pair(db, account, kept_id, gone_id)
    if reason := hindrance(db, kept, gone):
        raise Conflict(reason)
    connection = db.connection()
    before = {
        table: rows.rows_of(connection, table, kept.id) + rows.rows_of(connection, table, gone.id)
        for table in (rows.PERSON, STEP)
    }
    _choose(kept, gone, from_gone)
    db.flush()
    folded = one_spell(connection, kept.id, gone.id, account.today)
    moved: dict[str, list[int]] = {}
    for table in rows.LINKED:
        if table in rows.ONE_A_PERSON:
            continue
        found = rows.rows_of(connection, table, gone.id)
        if table == "set_aside":
            offers = {row["offer_id"] for row in rows.rows_of(connection, table, kept.id)}
            before[table] = [row for row in found if row["offer_id"] in offers]
            for row in before[table]:
                rows.remove(connection, table, row)
            found = [row for row in found if row["offer_id"] not in offers]
        moved[table] = [row["id"] for row in found]
        rows.move(connection, table, moved[table], kept.id)
    before[rows.PROFILE] = _one_profile(connection, kept.id, gone.id)
    gone_row, gone_public = gone.id, gone.public_id
    db.expire_all()
    connection.execute(sa.delete(rows.TABLES[rows.PERSON]).where(rows.TABLES[rows.PERSON].c.id == gone_row))
    db.expunge(gone)
    restate_steps(db, account, [kept.id])
    made = MergeRow(
        territory_id=account.territory_id,
        kept=kept.public_id,
        gone=gone_public,
        author_id=account.id,
        made_at=territory_now(account),
        content=msgspec.json.encode(rows.Kept(before=before, moved=moved, folded=folded)).decode(),
        digest=rows.digest(connection, kept.id),
    )
    db.add(made)
    raise_participants_stamp(db, account.territory_id)
    db.flush()
    sentence = f"Deux fiches réunies : {gone_public} dans {kept.public_id}"
    record_act(db, account, "duplicates.merge.act", "personne", kept.public_id, sentence)
    return made.public_id


def _hold_lots(db: Session, account: Account, people: tuple[str, ...]) -> None:
    """Before the people themselves are held: acceptances hold the lot first."""
    ids = db.scalars(
        sa.select(col(PersonRow.id)).where(
            col(PersonRow.territory_id) == account.territory_id, col(PersonRow.public_id).in_(people)
        )
    )
    hold_lots_of(db, [row_id for row_id in ids if row_id is not None])


def _choose(kept: PersonRow, gone: PersonRow, from_gone: Mapping[str, bool]) -> None:
    for name, columns in CHOSEN.items():
        if from_gone.get(name):
            for column in columns:
                setattr(kept, column, getattr(gone, column))
    for column in UNSEEN:
        if not getattr(kept, column):
            setattr(kept, column, getattr(gone, column))
    kept.name_key = name_key_of(kept.first_name, kept.last_name, kept.birth_name)


def _one_profile(connection: sa.Connection, kept: int, gone: int) -> list[rows.Row]:
    """Leave one profile, the latest told; the rows as they were before."""
    mine = rows.rows_of(connection, rows.PROFILE, kept)
    theirs = rows.rows_of(connection, rows.PROFILE, gone)
    if not theirs:
        return mine
    newer = not mine or str(theirs[0]["updated_on"] or "") > str(mine[0]["updated_on"] or "")
    rows.remove(connection, rows.PROFILE, theirs[0])
    if newer:
        rows.put_back(connection, rows.PROFILE, {**theirs[0], "person_id": kept})
    return mine + theirs


def undo_refusal(db: Session, account: Account, made: MergeRow) -> str:
    """Why a merge is no longer undone; empty when it can be."""
    if made.undone_at is not None:
        return "Cette réunion est déjà défaite."
    on = made.made_at.astimezone(ZoneInfo(account.time_zone)).date()
    if account.today > on + timedelta(days=UNDO_DAYS):
        return f"Cette réunion date du {day(on)} : elle ne se défait que pendant {UNDO_DAYS} jours."
    kept = _kept_id(db, account, made)
    if kept is None or rows.digest(db.connection(), kept) != made.digest:
        return "La fiche a changé depuis la réunion : la défaire perdrait ce qui a été saisi."
    return ""


def undo(db: Session, account: Account, merge_id: str) -> None:
    """Put everything back as it was. Raises NotFound, and Conflict with the reason."""
    made = db.scalar(
        sa.select(MergeRow)
        .where(col(MergeRow.territory_id) == account.territory_id, col(MergeRow.public_id) == merge_id)
        .with_for_update()
    )
    if made is None:
        raise NotFound
    if reason := undo_refusal(db, account, made):
        raise Conflict(reason)
    was = msgspec.json.decode(made.content, type=rows.Kept)
    connection = db.connection()
    kept, gone = was.before[rows.PERSON]
    # What must be unique goes first: the kept row gives its values up before the other takes them.
    for row in (kept, gone):
        rows.put_back(connection, rows.PERSON, row)
    for row in rows.rows_of(connection, rows.PROFILE, kept["id"]):
        rows.remove(connection, rows.PROFILE, row)
    for table, ids in was.moved.items():
        rows.move(connection, table, ids, gone["id"])
    for table, found in was.before.items():
        if table not in (rows.PERSON, STEP):
            for row in found:
                rows.put_back(connection, table, row)
    if was.folded:
        unfold(connection, was.folded)
    if STEP in was.before:
        _put_steps_back(connection, (kept["id"], gone["id"]), was.before[STEP])
    made.undone_at, made.undone_by = territory_now(account), account.id
    raise_participants_stamp(db, account.territory_id)
    sentence = f"Réunion défaite : {made.gone} de nouveau à part de {made.kept}"
    record_act(db, account, "duplicates.undo.act", "personne", made.kept, sentence)


def _put_steps_back(connection: sa.Connection, people: tuple[int, int], steps: list[rows.Row]) -> None:
    """Those that the merge opened go; those that it wrote again or withdrew are as they were."""
    there = {row["id"] for row in steps}
    for person in people:
        for row in rows.rows_of(connection, STEP, person):
            if row["id"] not in there:
                rows.remove(connection, STEP, row)
    for row in steps:
        rows.put_back(connection, STEP, row)


def _kept_id(db: Session, account: Account, made: MergeRow) -> int | None:
    return db.scalar(
        sa.select(col(PersonRow.id)).where(
            col(PersonRow.public_id) == made.kept, col(PersonRow.territory_id) == account.territory_id
        )
    )
