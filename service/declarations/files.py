"""The list of a firm's declarations, and one declaration with the reason on each line."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import ACCEPTED, Declaration, Effect, State
from service.accounts.account import Account
from service.declarations.month_view import messages_of, tone_of
from service.declarations.scope import lot_rows_of, visible_versions
from service.declarations.views import Message
from service.errors import NotFound
from service.formats import day
from service.formats import month as month_words
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.read_lots import read_companies, read_parties
from service.listing import Listing, fetch
from service.tables import DeclarationRow, LotRow, MarcheRow, OrganisationRow, UserRow, VersionRow

SORTS, FILTERS = ("periode", "lot", "heures", "envoi"), ("q", "etat")
TAKEN_BACK, TO_SEND_AGAIN = "Reprise par l’entreprise", "Reprise, à renvoyer"
STATES = tuple(s for s in State if s not in (State.BROUILLON, State.RECTIFIEE))


class ListedDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    period: str
    lot: str
    marche: str
    firm: str
    version: int
    nothing: bool
    hours: int
    accepted: int | None
    state: str
    tone: str
    sent_at: datetime


class DeclarationsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    rows: tuple[ListedDeclaration, ...]
    states: tuple[tuple[str, str], ...]
    time_zone: str
    several_firms: bool


class FileLine(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths: declared, countable, accepted (None until decided); `reason` says why not all."""

    person: str
    month_label: str
    kind: str
    hours: int
    countable: int
    accepted: int | None
    days: int
    reason: str
    decision_reason: str
    messages: tuple[Message, ...]


class FileVersion(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    version: int
    state: str
    tone: str
    sent_at: datetime
    author: str
    provenance: str
    nothing: bool
    hours: int
    countable: int
    accepted: int | None
    decided_at: datetime | None
    decision_reason: str
    correction_reason: str


class DeclarationView(msgspec.Struct, frozen=True, kw_only=True):
    """The last version sent with its lines, and the story of the versions, the last first. `ask_instead`: why
    what waits may not be taken back."""

    id: str
    period: str
    lot_id: str
    lot: str
    marche: str
    firm: str
    own: bool
    deadline: date
    current: FileVersion
    lines: tuple[FileLine, ...]
    messages: tuple[Message, ...]
    versions: tuple[FileVersion, ...]
    time_zone: str
    edit_link: str
    edit_label: str
    may_recall: bool
    ask_instead: str


def visible_headers(db: Session, account: Account) -> sa.ColumnElement[bool]:
    """The headers that the firm may see: on each of its lots, its own tier and below."""
    rows = lot_rows_of(db, account.territory_id, account.organisation_id)
    companies = read_companies(db, rows)
    by_id = {c.id: c.row_id for c in companies.values()}
    parties = read_parties(db, rows, companies)
    pairs = [
        (lot, by_id[company])
        for lot in rows
        for company in clauses.companies_below(parties.get(lot, ()), account.organisation_public_id)
        if company in by_id
    ]
    return sa.and_(
        col(DeclarationRow.territory_id) == account.territory_id,
        sa.tuple_(col(DeclarationRow.lot_id), col(DeclarationRow.company_id)).in_(pairs or [(0, 0)]),
    )


def is_last_version() -> sa.ColumnElement[bool]:
    """The rows that `clauses.latest` keeps: the last version sent, else the last one taken back."""
    other = sa.orm.aliased(VersionRow)
    draft, above = State.BROUILLON, col(other.version) > col(VersionRow.version)
    sent = sa.and_(col(other.state) != draft, sa.or_(above, col(VersionRow.state) == draft))
    return ~sa.exists().where(
        col(other.declaration_id) == col(VersionRow.declaration_id),
        sa.or_(sent, sa.and_(above, col(VersionRow.state) == draft)),
    )


def list_declarations(db: Session, account: Account, listing: Listing) -> DeclarationsView:
    query = (
        sa.select(
            col(DeclarationRow.public_id),
            col(DeclarationRow.period_start),
            col(DeclarationRow.period_end),
            col(LotRow.number),
            col(LotRow.title),
            col(MarcheRow.title),
            col(OrganisationRow.public_id),
            col(OrganisationRow.name),
            col(VersionRow.version),
            col(VersionRow.nothing),
            col(VersionRow.declared),
            col(VersionRow.accepted),
            col(VersionRow.state),
            col(VersionRow.made_at),
        )
        .join(VersionRow, col(VersionRow.declaration_id) == col(DeclarationRow.id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .where(
            visible_headers(db, account),
            is_last_version(),
        )
    )
    labels = {}
    if listing.filter("etat") in {s.value for s in STATES}:
        state = State(listing.filter("etat"))
        query = query.where(col(VersionRow.state) == state)
        labels["etat"] = f"État : {state.firm_label}"
    if asked := listing.filter("q"):
        like = f"%{asked.replace('%', '').replace('_', '')}%"
        query = query.where(
            sa.or_(
                col(LotRow.title).ilike(like), col(MarcheRow.title).ilike(like), col(LotRow.number) == asked
            )
        )
        labels["q"] = f"Marché ou lot : {asked}"
    columns = {
        "periode": col(DeclarationRow.period_start),
        "lot": col(LotRow.title),
        "heures": col(VersionRow.declared),
        "envoi": col(VersionRow.made_at),
    }
    total, found = fetch(db, query, listing, columns=columns, tie=col(DeclarationRow.id).desc())
    rows = tuple(
        ListedDeclaration(
            id=one[0],
            period=period_of(one[1], one[2]),
            lot=f"Lot {one[3]} – {one[4]}",
            marche=one[5],
            firm="" if one[6] == account.organisation_public_id else one[7],
            version=one[8],
            nothing=one[9],
            hours=one[10],
            accepted=one[11],
            state=TO_SEND_AGAIN if one[12] is State.BROUILLON else one[12].firm_label,
            tone="wait" if one[12] is State.BROUILLON else tone_of(one[12]),
            sent_at=one[13],
        )
        for one in found
    )
    return DeclarationsView(
        listing=listing.with_total(total, labels),
        rows=rows,
        states=tuple((s.value, s.firm_label) for s in STATES),
        time_zone=account.time_zone,
        several_firms=any(r.firm for r in rows),
    )


def period_of(first: date, last: date) -> str:
    """« janvier 2026 », « janvier 2026 à mars 2026 »."""
    if (first.year, first.month) == (last.year, last.month):
        return month_words(first)
    return f"{month_words(first)} à {month_words(last)}"


def declaration_file(db: Session, account: Account, declaration_id: str) -> DeclarationView:
    """One declaration as its firm sees it. Raises NotFound when it is not in its tier or below."""
    lot_row = db.scalar(
        sa.select(col(DeclarationRow.lot_id)).where(
            col(DeclarationRow.public_id) == declaration_id,
            col(DeclarationRow.territory_id) == account.territory_id,
        )
    )
    if lot_row is None:
        raise NotFound
    file = load_lot(db, lot_row)
    versions = [
        v
        for v in visible_versions(file, account.organisation_public_id)
        if v.declaration_id == declaration_id
    ]
    if not versions:
        raise NotFound
    return _view(file, account, versions, authors_of(db, versions))


def authors_of(db: Session, versions: Sequence[Declaration]) -> dict[str, str]:
    """The names of those who made and decided some versions, by public id."""
    ids = {v.author_id for v in versions} | {v.decided_by for v in versions if v.decided_by}
    rows = db.execute(
        sa.select(col(UserRow.public_id), col(UserRow.name)).where(col(UserRow.public_id).in_(sorted(ids)))
    )
    return {row.public_id: row.name for row in rows}


def _view(
    file: LotFile, account: Account, versions: Sequence[Declaration], authors: dict[str, str]
) -> DeclarationView:
    last = clauses.latest(tuple(versions))[0]
    own = last.company_id == account.organisation_public_id
    link, label = _edit(last) if own else ("", "")
    taken = clauses.recall(last, account.public_id, last.made_at, visa_given=visa_given(file, last))
    refusal = taken.reasons[0].sentence if isinstance(taken, clauses.Refused) else ""
    if label.startswith("Corriger"):
        link += f"&corriger={file.lot.id}" if last.state in ACCEPTED else ""
    return DeclarationView(
        id=last.declaration_id,
        period=period_of(last.period_start, last.period_end),
        lot_id=file.lot.id,
        lot=f"Lot {file.lot.number} – {file.lot.title}",
        marche=f"{file.marche.title} ({file.marche.reference})",
        firm=file.companies[last.company_id].name,
        own=own,
        deadline=clauses.add_days(last.period_end, file.lot.rules.deadline_days),
        current=version_of(last, authors),
        lines=lines_of(file, last),
        messages=messages_of(last.findings, None),
        versions=tuple(version_of(v, authors) for v in reversed(versions)),
        time_zone=account.time_zone,
        edit_link=link,
        edit_label=label,
        may_recall=own and not refusal,
        ask_instead=refusal if own and last.state in clauses.IN_HAND else "",
    )


def visa_given(file: LotFile, version: Declaration) -> bool:
    """One that no longer waits for the visa it was sent for has had it."""
    sent_on = version.made_at.astimezone(file.zone).date()
    return clauses.asks_visa(version.provenance, version.company_id, file.lot, file.parties, sent_on)


def _edit(last: Declaration) -> tuple[str, str]:
    link = f"/mes-declarations/mois?mois={last.period_start:%Y-%m}"
    if last.state is State.A_CORRIGER:
        return link, "Reprendre et renvoyer"
    if last.state is State.BROUILLON:
        return link, "Continuer et envoyer"
    if last.state in ACCEPTED:
        return link, "Corriger cette déclaration"
    return "", ""


def lines_of(file: LotFile, version: Declaration) -> tuple[FileLine, ...]:
    """The lines in the firm's words: the findings that cut are said by each line's own reason."""
    others = [f for f in version.findings if f.effect is not Effect.CUT]
    return tuple(
        FileLine(
            person=file.people[line.person_id].name,
            month_label=month_words(line.month),
            kind=line.kind.label,
            hours=line.hours,
            countable=line.countable,
            accepted=line.accepted,
            days=len(line.days),
            reason=line.reason,
            decision_reason=line.decision_reason,
            messages=messages_of(others, line.id),
        )
        for line in version.lines
    )


def version_of(version: Declaration, authors: dict[str, str]) -> FileVersion:
    """A version in the words of the firm."""
    decided = version.state in clauses.ACCEPTED or version.state is State.RECTIFIEE
    return FileVersion(
        id=version.id,
        version=version.version,
        state=TAKEN_BACK if clauses.is_taken_back(version) else version.state.firm_label,
        tone=tone_of(version.state),
        sent_at=version.made_at,
        author=authors.get(version.author_id, ""),
        provenance=version.provenance.label,
        nothing=version.nothing,
        hours=clauses.declared_hours(version),
        countable=clauses.countable_hours(version),
        accepted=clauses.validated_hours(version) if decided else None,
        decided_at=version.decided_at,
        decision_reason=version.decision_reason,
        correction_reason=version.correction_reason,
    )


def placement_dates(first: date, last: date | None) -> str:
    return f"du {day(first)} au {day(last)}" if last else f"depuis le {day(first)}"
