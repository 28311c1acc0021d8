"""« Reprendre ma déclaration »: what was sent and nobody has begun to examine is the firm's draft again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declaration, Refused
from service.accounts.account import Account
from service.declarations.desk import own_desk
from service.declarations.drafts import save_draft
from service.declarations.entry import typed_of_version
from service.declarations.files import period_of, visa_given
from service.declarations.month import load_month
from service.declarations.sheet import Sheet
from service.errors import Conflict, NotFound
from service.ledger.clock import territory_now
from service.tables import DeclarationRow, VersionRow
from service.trace import record_act

SENT_AGAIN = "Cette déclaration a été renvoyée depuis que vous l’avez ouverte. Rien n’a changé : relisez-la."


def recall(db: Session, account: Account, declaration_id: str, version_id: str) -> tuple[str, str]:
    """Take it back: the sentence of what was done, and the page where it is a draft.

    Raises NotFound when it is not this firm's own; Conflict when it was examined, signed, taken back or sent
    again since it was read: then nothing is written.
    """
    found = db.execute(
        sa.select(col(DeclarationRow.lot_id), col(DeclarationRow.period_start)).where(
            col(DeclarationRow.public_id) == declaration_id,
            col(DeclarationRow.territory_id) == account.territory_id,
            col(DeclarationRow.company_id) == account.organisation_id,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    desk = own_desk(account)
    loaded = load_month(db, account, desk, found.period_start, lock=True)
    sheet = next(s for s in loaded.sheets if s.file.row_id == found.lot_id)
    version = [v for v in sheet.file.versions if v.declaration_id == declaration_id][-1]
    if version.id != version_id:
        raise Conflict(SENT_AGAIN)
    signed = visa_given(sheet.file, version)
    taken = clauses.recall(version, account.public_id, territory_now(account), visa_given=signed)
    if isinstance(taken, Refused):
        raise Conflict(taken.reasons[0].sentence)
    row = db.scalars(
        sa.select(VersionRow).where(col(VersionRow.public_id) == version.id).with_for_update()
    ).one()
    row.state, row.decided_at, row.decided_by = taken.state, taken.decided_at, account.id
    typed = typed_of_version(sheet, version)
    if version.correction_reason:
        typed[sheet.reason_name] = [version.correction_reason]
    save_draft(db, account, desk, sheet, typed)
    where = f"{period_of(version.period_start, version.period_end)}, lot {sheet.file.lot.number}"
    hours = "aucune heure" if version.nothing else clauses.short_hours(clauses.declared_hours(version))
    sentence = f"Déclaration reprise avant son examen : {where}, {hours}, version {version.version}."
    record_act(db, account, "declarations.recall.act", "declaration", declaration_id, sentence)
    told = f"Déclaration reprise : {where}. C’est de nouveau un brouillon ; envoyez-le quand il est prêt."
    return told + _left_out(sheet, version), desk.month_link(loaded.month)


def _left_out(sheet: Sheet, version: Declaration) -> str:
    """The people whose placement is no longer offered for the month stay in the version that was sent."""
    offered = {(r.placement.id, r.month) for r in sheet.rows}
    gone = {x.person_id for x in version.lines if (x.placement_id, x.month) not in offered}
    if not gone:
        return ""
    names = ", ".join(sorted(sheet.file.people[one].name for one in gone))
    return f" Plus proposé pour ce mois, donc absent du brouillon : {names}."
