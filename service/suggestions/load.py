"""From the database to what matching may know: columns read straight into its Structs.

Fixed numbers of queries: one for the stamps, two for the people of a territory, one for its offers. What
was read is kept per process under (database, territory, stamp). The stamp is read first, in the session
that asks: a write raises it in its own transaction, so an older set is never served, by any worker.
A column that is missing is an error: the Structs of matching have no defaults.
"""

from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import Offer, Participant, Point, Project
from service.reference.communes import current_communes
from service.tables import OfferRow, PersonRow, ProfileRow, ProjectRow, SpellRow, TerritoryRow
from service.vocabulary import OfferState, SpellState

# Whom an offer may be proposed to: a parcours that is open and not already in a job or suspended.
PROPOSABLE = (SpellState.VALIDATED, SpellState.ACTIVE)

T = TypeVar("T")


class Stamps(msgspec.Struct, frozen=True):
    """The versions of a territory's offers and participants, as this session sees them."""

    key: str
    offers: int
    participants: int


class OpenOffer(msgspec.Struct, frozen=True):
    """An open offer, with the day after which it is no longer proposed."""

    offer: Offer
    closes_on: date | None


class _Kept(Generic[T]):
    """The last set read for each territory, with its stamp: another stamp reads again."""

    def __init__(self) -> None:
        self._sets: dict[str, tuple[int, T]] = {}
        self._lock = Lock()

    def get(self, key: str, stamp: int) -> T | None:
        with self._lock:
            kept = self._sets.get(key)
        return kept[1] if kept is not None and kept[0] == stamp else None

    def keep(self, key: str, stamp: int, found: T) -> None:
        with self._lock:
            self._sets[key] = (stamp, found)


_PARTICIPANTS: _Kept[dict[str, Participant]] = _Kept()
_OFFERS: _Kept[dict[str, OpenOffer]] = _Kept()


def read_stamps(db: Session, territory_id: int) -> Stamps:
    """One query, before anything that is kept is used."""
    public_id, offers, participants = db.execute(
        sa.select(
            col(TerritoryRow.public_id), col(TerritoryRow.offers_stamp), col(TerritoryRow.participants_stamp)
        ).where(col(TerritoryRow.id) == territory_id)
    ).one()
    return Stamps(f"{db.get_bind().engine.url}|{public_id}", offers, participants)


def participants_of(db: Session, territory_id: int, stamps: Stamps) -> dict[str, Participant]:
    """Everybody to whom an offer of the territory may be proposed, by public id; kept under the stamp."""
    found = _PARTICIPANTS.get(stamps.key, stamps.participants)
    if found is None:
        found = read_participants(
            db,
            col(SpellRow.territory_id) == territory_id,
            col(SpellRow.state).in_(PROPOSABLE),
        )
        _PARTICIPANTS.keep(stamps.key, stamps.participants, found)
    return found


def offers_of(db: Session, territory_id: int, stamps: Stamps, on: date) -> dict[str, Offer]:
    """The offers that may be proposed on that day, by public id; kept under the stamp."""
    found = _OFFERS.get(stamps.key, stamps.offers)
    if found is None:
        found = read_offers(
            db, col(OfferRow.territory_id) == territory_id, col(OfferRow.state) == OfferState.OPEN
        )
        _OFFERS.keep(stamps.key, stamps.offers, found)
    return {key: one.offer for key, one in found.items() if one.closes_on is None or one.closes_on >= on}


# --- people ------------------------------------------------------------------------------------------
_PROFILE = (
    ("drop_off_minutes", ProfileRow.drop_off_minutes),
    ("pick_up_minutes", ProfileRow.pick_up_minutes),
    ("availability", ProfileRow.availability),
    ("care", ProfileRow.care),
    ("modes", ProfileRow.modes),
    ("licences", ProfileRow.licences),
    ("certificates", ProfileRow.certificates),
    ("language", ProfileRow.language),
    ("physical", ProfileRow.physical),
    ("skills", ProfileRow.skills),
    ("experience", ProfileRow.experience),
)
_PROJECT = (
    ("wanted", ProjectRow.wanted),
    ("max_travel_minutes", ProjectRow.max_travel_minutes),
    ("radius_km", ProjectRow.radius_km),
    ("min_weekly_hours", ProjectRow.min_weekly_hours),
    ("max_weekly_hours", ProjectRow.max_weekly_hours),
    ("employment_kinds", ProjectRow.employment_kinds),
    ("earliest_start", ProjectRow.earliest_start),
    ("min_hourly_wage_cents", ProjectRow.min_hourly_wage_cents),
    ("target_rome", ProjectRow.target_rome),
)


def read_participants(db: Session, *where: sa.ColumnElement[bool]) -> dict[str, Participant]:
    """People with an open spell and a profile, under conditions on spell and person: two queries."""
    people = (
        sa.select(PersonRow, ProfileRow)
        .select_from(SpellRow)
        .join(PersonRow, col(PersonRow.id) == col(SpellRow.person_id))
        .join(ProfileRow, col(ProfileRow.person_id) == col(PersonRow.id))
        .where(col(SpellRow.exited_on).is_(None), *where)
    )
    rows = db.execute(
        people.with_only_columns(
            col(PersonRow.id),
            col(PersonRow.public_id),
            *_point_columns(PersonRow, ""),
            *_point_columns(ProfileRow, "care_"),
            *(col(column) for _, column in _PROFILE),
        )
    ).all()
    projects = _read_projects(db, people.with_only_columns(col(PersonRow.id)))
    found = {}
    for person_id, public_id, *values in rows:
        fields = dict(zip((name for name, _ in _PROFILE), values[8:], strict=True))
        found[public_id] = Participant(
            id=public_id,
            home=point(*values[:4]),
            care_point=point(*values[4:8]),
            projects=tuple(projects.get(person_id, ())),
            **fields,
        )
    return found


def _point_columns(row: Any, prefix: str) -> tuple[Any, ...]:
    return tuple(
        col(getattr(row, prefix + name)) for name in ("insee", "latitude", "longitude", "precision_m")
    )


def _read_projects(db: Session, people: sa.Select[Any]) -> dict[int, list[Project]]:
    rows = db.execute(
        sa.select(
            col(ProjectRow.person_id), col(ProjectRow.public_id), *(col(column) for _, column in _PROJECT)
        )
        .where(col(ProjectRow.active).is_(True), col(ProjectRow.person_id).in_(people))
        .order_by(col(ProjectRow.id))
    ).all()
    found: dict[int, list[Project]] = {}
    for person_id, public_id, *values in rows:
        fields = dict(zip((name for name, _ in _PROJECT), values, strict=True))
        found.setdefault(person_id, []).append(Project(id=public_id, **fields))
    return found


# --- offers ------------------------------------------------------------------------------------------
_OFFER = (
    ("rome", OfferRow.rome),
    ("schedule", OfferRow.schedule),
    ("weekly_hours", OfferRow.weekly_hours),
    ("employment_kind", OfferRow.employment_kind),
    ("starts_on", OfferRow.starts_on),
    ("ends_on", OfferRow.ends_on),
    ("hourly_wage_cents", OfferRow.hourly_wage_cents),
    ("required_skills", OfferRow.required_skills),
    ("wished_skills", OfferRow.wished_skills),
    ("licences", OfferRow.licences),
    ("vehicle_required", OfferRow.vehicle_required),
    ("certificates", OfferRow.certificates),
    ("language", OfferRow.language),
    ("demands", OfferRow.demands),
    ("experience_months", OfferRow.experience_months),
    ("beginners", OfferRow.beginners),
    ("positions", OfferRow.positions),
    ("shuttle", OfferRow.shuttle),
    ("flexibilities", OfferRow.flexibilities),
)


def read_offers(db: Session, *where: sa.ColumnElement[bool]) -> dict[str, OpenOffer]:
    """Offers under conditions, by public id, in one query."""
    rows = db.execute(
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.closes_on),
            *_point_columns(OfferRow, ""),
            *(col(column) for _, column in _OFFER),
        ).where(*where)
    ).all()
    found = {}
    for public_id, closes_on, *values in rows:
        fields = dict(zip((name for name, _ in _OFFER), values[4:], strict=True))
        offer = Offer(id=public_id, place=point(*values[:4]), **fields)
        found[public_id] = OpenOffer(offer, closes_on)
    return found


def point(
    insee: str | None, latitude: float | None, longitude: float | None, precision_m: int | None
) -> Point | None:
    """A place from its columns; None when nothing is told.

    A commune without coordinates takes those of the table in force, with their precision: an approximate
    point stays approximate. Coordinates without a precision are those of an address.
    """
    if insee is None and latitude is None:
        return None
    if latitude is None and insee is not None:
        commune = current_communes().get(insee)
        if commune is not None:
            latitude, longitude, precision_m = commune.latitude, commune.longitude, commune.precision_m
    return Point(insee=insee, lat=latitude, lon=longitude, precision_m=precision_m or 0)
