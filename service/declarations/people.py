"""Salariés en insertion: who works for the firm, until when, and eligible from when to when. No ground."""

from datetime import date

import msgspec
from sqlalchemy.orm import Session

import clauses
from matching.normalise import fold
from service.accounts.account import Account
from service.declarations.files import placement_dates
from service.declarations.month_view import eligible_words
from service.declarations.scope import lot_rows_of, own_placements
from service.declarations.sheet import window_of
from service.ledger.clock import territory_now
from service.ledger.load import load_lots
from service.ledger.lot_file import LotFile
from service.listing import PAGE_SIZE, Listing


class WorkerView(msgspec.Struct, frozen=True, kw_only=True):
    """`validated` hundredths so far. `eligible`: the periods on this lot, in words."""

    person: str
    lot_id: str
    lot: str
    firm: str
    employment: str
    dates: str
    at_work: bool
    confirmed: bool
    eligible: str
    is_eligible_today: bool
    validated: int


class PeopleView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    rows: tuple[WorkerView, ...]
    newcomer_address: str


def list_people(db: Session, account: Account, listing: Listing) -> PeopleView:
    """The placements of the firm and of its subcontractors: a fixed number of queries."""
    files = load_lots(db, lot_rows_of(db, account.territory_id, account.organisation_id))
    now = territory_now(account)
    rows = [
        row
        for file in files.values()
        for row in workers(
            file, account.organisation_public_id, account.today, window_of(file, account.today, now)
        )
    ]
    if (present := listing.filter("present")) == "oui":
        rows = [r for r in rows if r.at_work]
    if asked := listing.filter("q"):
        rows = [r for r in rows if fold(asked) in fold(f"{r.person} {r.lot}")]
    keys = {"nom": lambda r: (r.person, r.lot), "lot": lambda r: (r.lot, r.person)}
    rows.sort(key=keys[listing.sort], reverse=listing.descending)
    labels = {"q": f"Recherche : {asked}", "present": "Au travail en ce moment"}
    if present != "oui":
        labels.pop("present")
    listing = listing.with_total(len(rows), labels)
    start = (listing.page - 1) * PAGE_SIZE
    return PeopleView(
        listing=listing,
        rows=tuple(rows[start : start + PAGE_SIZE]),
        newcomer_address="/mes-declarations/nouveau-salarie",
    )


def workers(file: LotFile, company_id: str, on: date, window: clauses.Window) -> list[WorkerView]:
    """The people of a firm and of its subcontractors on one lot."""
    below = clauses.companies_below(file.parties, company_id)
    own = {p.id for p in own_placements(file, company_id)}
    validated: dict[str, int] = {}
    for version in clauses.latest(tuple(v for v in file.versions if v.state in clauses.ACCEPTED)):
        for line in version.lines:
            validated[line.placement_id] = validated.get(line.placement_id, 0) + (line.accepted or 0)
    found = []
    for placement in file.placements:
        if placement.id not in own and placement.user_company_id not in below:
            continue
        intervals = clauses.intervals_for(
            file.periods,
            placement.person_id,
            file.lot,
            file.grid_at(on),
            window.ends_on,
            cdi=clauses.is_ever_cdi(placement),
        )
        found.append(
            WorkerView(
                person=file.people[placement.person_id].name,
                lot_id=file.lot.id,
                lot=f"Lot {file.lot.number} – {file.lot.title}",
                firm="" if placement.id in own else file.companies[placement.user_company_id].name,
                employment=clauses.employment_words(placement, on),
                dates=placement_dates(placement.starts_on, placement.ended_on or placement.planned_ends_on),
                at_work=clauses.is_running(placement, on),
                confirmed=placement.id not in file.unconfirmed,
                eligible=eligible_words(intervals),
                is_eligible_today=any(i.first <= on and (i.last is None or on <= i.last) for i in intervals),
                validated=validated.get(placement.id, 0),
            )
        )
    return found
