"""« Mes participants »: the caseload, the structure, or the territory; filters, order and page in the URL."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.normalise import person_key
from matching.participant import Modes
from matching.terms import Answer
from matching.week import AvailabilityUnknown, CareUnknown
from service.accounts.account import Account
from service.forms import whole_number
from service.listing import Listing, fetch
from service.names_in_lists import read_by_name
from service.page import AppRequest
from service.participants import choices
from service.participants.constraint_form import MODES
from service.participants.file_view import commune_name, full_name
from service.participants.scope import current_spell, left_to, structure_of, visible_to
from service.participants.views import Choice, ColleagueLine, Line, ListView
from service.tables import ContactRow, PersonRow, ProfileRow, ProjectRow, SpellRow, StepRow, UserRow
from service.tables.folded import folded
from service.vocabulary import Role, SpellState, StepState

FILTERS = ("q", "vue", "etat", "sans_etape", "sans_contact", "fin", "manque", "sorti", "referent")
SORTS = ("nom", "etat", "entree", "contact", "prochain", "etape")
NEVER, SOME_DAY = date(1900, 1, 1), date(2999, 12, 31)
STATES = frozenset(state.value for state in SpellState)
NO_MODE_TOLD = Modes(**{mode.value: Answer.UNKNOWN for mode in MODES})


def last_contact() -> sa.ScalarSelect[Any]:
    """The day of the latest contact of the current spell."""
    return (
        sa.select(sa.func.max(col(ContactRow.on)))
        .where(col(ContactRow.spell_id) == col(SpellRow.id))
        .correlate(SpellRow)
        .scalar_subquery()
    )


def next_contact() -> sa.ScalarSelect[Any]:
    """The day that was agreed at the latest contact; null when none was."""
    return (
        sa.select(col(ContactRow.next_on))
        .where(col(ContactRow.spell_id) == col(SpellRow.id))
        .order_by(col(ContactRow.on).desc(), col(ContactRow.id).desc())
        .limit(1)
        .correlate(SpellRow)
        .scalar_subquery()
    )


def last_step() -> sa.ScalarSelect[Any]:
    """The first day of the latest step that was begun."""
    return (
        sa.select(sa.func.max(col(StepRow.starts_on)))
        .where(
            col(StepRow.spell_id) == col(SpellRow.id),
            col(StepRow.state).not_in((StepState.PLANNED, StepState.REFUSED)),
        )
        .correlate(SpellRow)
        .scalar_subquery()
    )


def without_step_since(on: date, days: int) -> sa.ColumnElement[bool]:
    """In the PLIE for that long, and no step that lasted on any of the last days."""
    since = on - timedelta(days=days)
    lived = sa.exists().where(
        col(StepRow.spell_id) == col(SpellRow.id),
        col(StepRow.state).not_in((StepState.PLANNED, StepState.REFUSED)),
        col(StepRow.starts_on) <= on,
        sa.or_(col(StepRow.ended_on).is_(None), col(StepRow.ended_on) >= since),
    )
    return sa.and_(sa.not_(lived), col(SpellRow.entered_on) <= since)


def without_contact_since(on: date, days: int) -> sa.ColumnElement[bool]:
    """No contact for more than that many days, since her arrival if there was none, and none to come."""
    latest = sa.func.coalesce(last_contact(), col(SpellRow.entered_on), col(SpellRow.prescribed_on))
    to_come = next_contact()
    return sa.and_(
        sa.or_(latest.is_(None), latest < on - timedelta(days=days)),
        sa.or_(to_come.is_(None), to_come < on),
    )


def step_ending_before(on: date, days: int) -> sa.ColumnElement[bool]:
    """A step under way ends within that many days, or should already have ended."""
    return sa.exists().where(
        col(StepRow.spell_id) == col(SpellRow.id),
        col(StepRow.state).in_((StepState.PLANNED, StepState.ONGOING)),
        col(StepRow.ended_on).is_(None),
        col(StepRow.planned_ends_on) <= on + timedelta(days=days),
    )


def data_missing() -> sa.ColumnElement[bool]:
    """What matching needs first is not told: commune, availability, care, transport, a project."""
    told = sa.exists().where(
        col(ProfileRow.person_id) == col(PersonRow.id),
        col(ProfileRow.availability) != AvailabilityUnknown(),
        col(ProfileRow.care) != CareUnknown(),
        col(ProfileRow.modes) != NO_MODE_TOLD,
    )
    wanted = sa.exists().where(
        col(ProjectRow.person_id) == col(PersonRow.id), col(ProjectRow.active).is_(True)
    )
    return sa.or_(col(PersonRow.insee).is_(None), sa.not_(told), sa.not_(wanted))


def read_listing(request: AppRequest) -> Listing:
    return read_by_name(request, sorts=SORTS, default="nom", filters=FILTERS)


def list_view(db: Session, account: Account, listing: Listing) -> ListView:
    """The page asked for, in a fixed number of queries."""
    structure = _of_structure(account, listing)
    referents = () if structure else _referents(db, account)
    columns = (
        (col(PersonRow.first_name), col(PersonRow.last_name), col(PersonRow.insee), col(SpellRow.state))
        if structure
        else _columns()
    )
    query = _over(account, listing, (*columns, sa.func.coalesce(col(UserRow.name), "").label("referent")))
    total, rows = fetch(db, query, listing, columns=_orders(detailed=not structure), tie=col(PersonRow.id))
    return ListView(
        options=choices.LIST,
        listing=listing.with_total(total, _labels(listing, referents)),
        today=account.today,
        rows=() if structure else tuple(map(_line, rows)),
        colleagues=tuple(map(_colleague, rows)) if structure else (),
        structure=structure,
        referents=referents,
    )


def listed_people(account: Account, listing: Listing) -> sa.Select[Any]:
    """The row ids of everybody in the list, all its pages."""
    return _over(account, listing, (col(PersonRow.id),))


def _of_structure(account: Account, listing: Listing) -> bool:
    return account.role is Role.REFERENT and listing.filter("vue") == "structure"


def _over(account: Account, listing: Listing, columns: tuple[Any, ...]) -> sa.Select[Any]:
    structure = _of_structure(account, listing)
    return (
        sa.select(*columns)
        .select_from(PersonRow)
        .join(SpellRow, current_spell())
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .where(
            structure_of(account) if structure else visible_to(account),
            *_conditions(listing, account.today, detailed=not structure),
        )
    )


def _columns() -> tuple[Any, ...]:
    return (
        col(PersonRow.public_id),
        col(PersonRow.first_name),
        col(PersonRow.last_name),
        col(PersonRow.insee),
        col(SpellRow.state),
        col(SpellRow.entered_on),
        last_contact().label("last_contact"),
        next_contact().label("next_contact"),
        last_step().label("last_step"),
        data_missing().label("missing"),
    )


def _orders(*, detailed: bool) -> dict[str, Any]:
    by_name = folded(col(PersonRow.last_name) + sa.literal(" ") + col(PersonRow.first_name))
    orders: dict[str, Any] = dict.fromkeys(SORTS, by_name) | {"etat": col(SpellRow.state)}
    if detailed:
        never = sa.literal(NEVER, sa.Date)
        orders |= {
            "entree": sa.func.coalesce(col(SpellRow.entered_on), never),
            "contact": sa.func.coalesce(last_contact(), never),
            # Nobody waits for those without a day: they come after all the others.
            "prochain": sa.func.coalesce(next_contact(), sa.literal(SOME_DAY, sa.Date)),
            "etape": sa.func.coalesce(last_step(), never),
        }
    return orders


def _conditions(listing: Listing, on: date, *, detailed: bool) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    for word in person_key(listing.filter("q")).split():
        found.append(col(PersonRow.name_key).contains(word, autoescape=True))
    if listing.filter("etat") in STATES:
        found.append(col(SpellRow.state) == SpellState(listing.filter("etat")))
    elif not listing.filter("sorti"):
        found.append(col(SpellRow.exited_on).is_(None))
    if not detailed:
        return found
    if days := _days(listing, "sans_etape"):
        found.append(without_step_since(on, days))
    if days := _days(listing, "sans_contact"):
        found.append(without_contact_since(on, days))
    if days := _days(listing, "fin"):
        found.append(step_ending_before(on, days))
    if listing.filter("manque"):
        found.append(data_missing())
    if listing.filter("referent").isalnum():
        found.append(col(UserRow.public_id) == listing.filter("referent"))
    return found


def _days(listing: Listing, name: str) -> int:
    return min(whole_number(listing.filter(name)) or 0, 3650)


def _labels(listing: Listing, referents: tuple[Choice, ...]) -> dict[str, str]:
    """The wording of each active filter; what was not understood has no chip, since it does nothing."""
    labels = {}
    if listing.filter("q"):
        labels["q"] = f"Nom : {listing.filter('q')}"
    if listing.filter("etat") in STATES:
        labels["etat"] = f"État : {SpellState(listing.filter('etat')).label}"
    elif listing.filter("sorti"):
        labels["sorti"] = "Avec les parcours terminés"
    if days := _days(listing, "sans_etape"):
        labels["sans_etape"] = f"Sans étape depuis {days} jours"
    if days := _days(listing, "sans_contact"):
        labels["sans_contact"] = f"Sans contact depuis {days} jours"
    if days := _days(listing, "fin"):
        labels["fin"] = f"Étape qui finit sous {days} jours"
    if listing.filter("manque"):
        labels["manque"] = "Données manquantes"
    names = {one.value: one.label for one in referents}
    if listing.filter("referent") in names:
        labels["referent"] = f"Référent : {names[listing.filter('referent')]}"
    return labels


def _referents(db: Session, account: Account) -> tuple[Choice, ...]:
    """Whose the files listed may be; empty when all are the reader’s own."""
    asked = [col(UserRow.territory_id) == account.territory_id, col(UserRow.role) == Role.REFERENT]
    if account.role is Role.REFERENT:
        asked.append(sa.or_(col(UserRow.id) == account.id, col(UserRow.id).in_(left_to(account))))
    rows = db.execute(
        sa.select(col(UserRow.public_id), col(UserRow.name))
        .where(*asked)
        .order_by(folded(col(UserRow.name)), col(UserRow.id))
    )
    found = tuple(Choice(public_id, name) for public_id, name in rows)
    return found if account.role is Role.COORDINATOR or len(found) > 1 else ()


def _line(row: Any) -> Line:
    return Line(
        id=row.public_id,
        name=full_name(row.first_name, row.last_name),
        commune=commune_name(row.insee),
        state=row.state.value,
        state_label=row.state.label,
        referent=row.referent,
        entered_on=row.entered_on,
        last_contact=row.last_contact,
        next_contact=row.next_contact,
        last_step=row.last_step,
        missing=bool(row.missing),
    )


def _colleague(row: Any) -> ColleagueLine:
    return ColleagueLine(
        name=full_name(row.first_name, row.last_name),
        commune=commune_name(row.insee),
        state=row.state.value,
        state_label=row.state.label,
        referent=row.referent,
    )
