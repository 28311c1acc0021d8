"""People and offers as rows, from the personas of matching: each test changes the one thing it speaks of."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matching.normalise import person_key
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.terms import Point
from service.tables import (
    OfferRow,
    OrganisationRow,
    PersonRow,
    ProfileRow,
    ProjectRow,
    SpellRow,
    TerritoryRow,
)
from service.vocabulary import OfferSource, OfferState, SpellState
from tests.matching.personas import offer, participant
from tests.world import Territory


def add_person(
    db: Session,
    territory: Territory,
    *,
    referent: str = "referent",
    first_name: str = "Amina",
    last_name: str = "Benali",
    state: SpellState = SpellState.ACTIVE,
    name_shared_on: date | None = None,
    told: Participant | None = None,
    person: dict[str, Any] | None = None,
) -> str:
    """A participant with a spell, a profile and the projects of `told`; returns her public id."""
    told = told or participant()
    row = PersonRow(
        territory_id=territory.id,
        first_name=first_name,
        last_name=last_name,
        name_key=person_key(first_name, last_name),
        **_place(told.home, ""),
        **(person or {}),
    )
    db.add(row)
    db.flush()
    db.add(
        SpellRow(
            territory_id=territory.id,
            person_id=row.id,
            referent_id=territory.users[referent],
            operator_id=territory.organisations["operator"],
            state=state,
            entered_on=date(2026, 1, 5),
            exited_on=date(2026, 1, 30) if state is SpellState.EXITED else None,
            name_shared_on=name_shared_on,
        )
    )
    fields = (
        *("drop_off_minutes", "pick_up_minutes", "availability", "care", "modes", "licences"),
        *("certificates", "language", "physical", "skills", "experience"),
    )
    db.add(
        ProfileRow(
            person_id=row.id,
            territory_id=territory.id,
            **_place(told.care_point, "care_"),
            **{name: getattr(told, name) for name in fields},
        )
    )
    for one in told.projects:
        db.add(
            ProjectRow(
                territory_id=territory.id,
                person_id=row.id,
                title="Entretien de locaux",
                **{name: getattr(one, name) for name in Project.__struct_fields__ if name != "id"},
            )
        )
    raise_stamp(db, territory, "participants_stamp")
    return row.public_id


def add_offer(
    db: Session,
    territory: Territory,
    *,
    title: str = "Agent·e d’entretien",
    employer: str | None = "firm",
    state: OfferState = OfferState.OPEN,
    closes_on: date | None = None,
    told: Offer | None = None,
) -> str:
    """An offer with the needs of `told`; returns its public id."""
    told = told or offer()
    fields = [name for name in Offer.__struct_fields__ if name not in ("id", "place")]
    row = OfferRow(
        territory_id=territory.id,
        employer_id=territory.organisations[employer] if employer else None,
        title=title,
        state=state,
        source=OfferSource.TYPED,
        place_label="Saint-Omer",
        closes_on=closes_on,
        **_place(told.place, ""),
        **{name: getattr(told, name) for name in fields},
    )
    db.add(row)
    db.flush()
    raise_stamp(db, territory, "offers_stamp")
    return row.public_id


def raise_stamp(db: Session, territory: Territory, name: str) -> None:
    row = db.get_one(TerritoryRow, territory.id)
    setattr(row, name, getattr(row, name) + 1)


def rename_employer(db: Session, territory: Territory, key: str, name: str) -> None:
    db.get_one(OrganisationRow, territory.organisations[key]).name = name


def _place(point: Point | None, prefix: str) -> dict[str, Any]:
    if point is None:
        return {}
    return {
        prefix + "insee": point.insee,
        prefix + "latitude": point.lat,
        prefix + "longitude": point.lon,
        prefix + "precision_m": point.precision_m,
    }
