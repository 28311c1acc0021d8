"""A newcomer typed by a firm: the person and her placement, for the facilitator to confirm.

The firm never learns whether the person was known: her name comes back as she typed it, or as it stands.
"""

from collections.abc import Iterable
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import EmploymentKind
from service.accounts.account import Account
from service.declarations.month import lock_lots
from service.declarations.scope import lot_rows_of, own_placements
from service.declarations.sheet import window_of
from service.declarations.views import Choice
from service.errors import Conflict
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.load import load_portfolio
from service.ledger.lot_file import LotFile
from service.participants.identity_match import Identity, Likeness, find_alike, name_key_of
from service.tables import PersonRow, PlacementRow
from service.trace import record_act

# Stage and PMSMP are steps of a parcours, never insertion hours.
KINDS = tuple(k for k in EmploymentKind if k not in (EmploymentKind.STAGE, EmploymentKind.PMSMP))
SURE = (Likeness.FRANCE_TRAVAIL, Likeness.NAME_AND_BIRTH)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a newcomer may be put: a lot and the company she works for there."""

    value: str
    label: str
    file: LotFile
    user_company_id: str


class NewcomerView(msgspec.Struct, frozen=True, kw_only=True):
    places: tuple[Choice, ...]
    employers: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    month: str


def newcomer_view(db: Session, account: Account, month: str) -> NewcomerView:
    places = read_places(db, account)
    return NewcomerView(
        places=tuple(Choice(value=p.value, label=p.label) for p in places),
        employers=employers_of(account, places),
        kinds=tuple(Choice(value=k.value, label=k.label) for k in KINDS),
        month=month,
    )


def read_places(db: Session, account: Account) -> tuple[Place, ...]:
    """The open lots of the firm; for an employer that is no party, the companies it already lends to."""
    files = load_portfolio(db, lot_rows_of(db, account.territory_id, account.organisation_id))
    now, me = territory_now(account), account.organisation_public_id
    found = []
    for file in files.values():
        if file.closed or window_of(file, account.today, now).ends_on < account.today:
            continue
        users = {p.user_company_id for p in own_placements(file, me)}
        present = {p.company_id for p in file.parties if p.company_id == me}
        for company in sorted(users | present, key=lambda c: (c != me, file.companies[c].name)):
            where = "" if company == me else f", chez {file.companies[company].name}"
            label = f"Lot {file.lot.number} – {file.lot.title} ({file.marche.reference}){where}"
            found.append(
                Place(value=f"{file.lot.id}-{company}", label=label, file=file, user_company_id=company)
            )
    return tuple(found)


def employers_of(account: Account, places: Iterable[Place]) -> tuple[Choice, ...]:
    """Who may employ the newcomer: the firm, or an employer that already lends it somebody."""
    me = account.organisation_public_id
    names = {
        p.legal_employer_id: place.file.companies[p.legal_employer_id].name
        for place in places
        for p in own_placements(place.file, me)
        if p.legal_employer_id != me
    }
    others = sorted(names.items(), key=lambda pair: pair[1])
    return (
        Choice(value=me, label=f"{account.organisation_name} (nous)"),
        *(Choice(value=i, label=name) for i, name in others),
    )


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, read. Safe only when the form has no fault."""

    first_name: str
    last_name: str
    birth_date: date | None
    place: Place | None
    employer_id: str
    kind: EmploymentKind | None
    starts_on: date | None
    planned_ends_on: date | None
    weekly_hours: int | None


def read_newcomer(form: Form, account: Account, places: tuple[Place, ...]) -> Newcomer:
    """Read the form; all the faults go to it."""
    by_value = {p.value: p for p in places}
    where = form.one_of("place", "Lot", tuple(by_value))
    employer = form.one_of("employer", "Employeur", [c.value for c in employers_of(account, places)])
    kind = form.choice("kind", "Nature du contrat de travail", EmploymentKind)
    if kind is not None and kind not in KINDS:
        form.fault("kind", "Un stage ou une immersion n’ouvre pas d’heures d’insertion.")
    read = Newcomer(
        first_name=form.text("first_name", "Prénom", required=True, longest=80),
        last_name=form.text("last_name", "Nom", required=True, longest=80),
        birth_date=form.day("born", "Date de naissance", required=True),
        place=by_value.get(where or ""),
        employer_id=employer or "",
        kind=kind,
        starts_on=form.day("starts_on", "Premier jour de travail", required=True),
        planned_ends_on=form.day("planned_ends_on", "Fin prévue"),
        weekly_hours=form.hours("weekly_hours", "Durée hebdomadaire"),
    )
    _check_dates(form, account, read)
    return read


def _check_dates(form: Form, account: Account, read: Newcomer) -> None:
    if read.birth_date is not None and read.birth_date > clauses.add_months(account.today, -12 * 14):
        form.fault("born", "Date de naissance : la personne aurait moins de 14 ans ; vérifiez l’année.")
    if read.starts_on is not None and (read.planned_ends_on or read.starts_on) < read.starts_on:
        form.fault("planned_ends_on", "Fin prévue : elle précède le premier jour de travail.")
    if read.weekly_hours is not None and not 0 < read.weekly_hours <= 4800:
        form.fault("weekly_hours", "Durée hebdomadaire : entre 1 et 48 heures.")


def add_newcomer(db: Session, account: Account, form: Form) -> Newcomer:
    """Write the person, unless she is surely known, and her placement, to be confirmed.

    Nothing is written when the form has faults.
    """
    lock_lots(db, lot_rows_of(db, account.territory_id, account.organisation_id))
    read = read_newcomer(form, account, read_places(db, account))
    if form.faults or read.place is None or read.kind is None or read.starts_on is None:
        return read
    file = read.place.file
    person_id = _person(db, account, read)
    if _already_there(db, read, person_id):
        form.fault("last_name", "Cette personne est déjà dans votre grille pour ce lot et cette date.")
        return read
    row = PlacementRow(
        territory_id=account.territory_id,
        person_id=person_id,
        lot_id=file.row_id,
        legal_employer_id=_company_row(file, account, read.employer_id),
        user_company_id=_company_row(file, account, read.place.user_company_id),
        employment_kind=read.kind,
        starts_on=read.starts_on,
        planned_ends_on=read.planned_ends_on,
        weekly_hours=read.weekly_hours,
        confirmed=False,
    )
    db.add(row)
    try:
        db.flush()
    except IntegrityError as error:
        raise Conflict("Cette personne vient d’être ajoutée : rechargez la page du mois.") from error
    record_act(
        db,
        account,
        "declarations.newcomer.act",
        "placement",
        row.public_id,
        f"Nouvelle mise à l’emploi à confirmer : lot {file.lot.number}, {read.kind.label}.",
    )
    return read


def _company_row(file: LotFile, account: Account, company_id: str) -> int:
    if company_id == account.organisation_public_id:
        return account.organisation_id
    return file.companies[company_id].row_id


def _person(db: Session, account: Account, read: Newcomer) -> int:
    typed = Identity(
        first_name=read.first_name,
        last_name=read.last_name,
        birth_name="",
        birth_date=read.birth_date,
        phone="",
        email="",
        france_travail_id=None,
    )
    sure = [a for a in find_alike(db, account.territory_id, typed) if a.likeness in SURE]
    if sure:
        return sure[0].person_id
    person = PersonRow(
        territory_id=account.territory_id,
        first_name=read.first_name,
        last_name=read.last_name,
        name_key=name_key_of(read.first_name, read.last_name, ""),
        birth_date=read.birth_date,
    )
    db.add(person)
    db.flush()
    return person.id


def _already_there(db: Session, read: Newcomer, person_id: int) -> bool:
    """The same person, lot and company, at work on that day: only the firm's own placements are asked."""
    if read.place is None or read.starts_on is None:
        return False
    company = read.place.file.companies.get(read.place.user_company_id)
    if company is None:
        return False
    end = sa.func.coalesce(col(PlacementRow.ended_on), col(PlacementRow.planned_ends_on), date(9999, 12, 31))
    found = db.scalar(
        sa.select(col(PlacementRow.id)).where(
            col(PlacementRow.person_id) == person_id,
            col(PlacementRow.lot_id) == read.place.file.row_id,
            col(PlacementRow.user_company_id) == company.row_id,
            end >= read.starts_on,
        )
    )
    return found is not None
