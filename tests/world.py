"""The world of the service's tests: two territories that must never see each other.

Each has a PLIE, an operator, a facilitation body, a buyer and two firms, and one user a role
(two référents and two contractors). Fixed names, fixed day: Tuesday 3 February 2026.
"""

from datetime import date

import msgspec
from sqlalchemy.orm import Session

from service.tables import OrganisationRow, TerritoryCommuneRow, TerritoryRow, UserRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind, Role

TODAY = date(2026, 2, 3)


class Territory(msgspec.Struct, kw_only=True):
    """Database ids; users by a short name: referent, referent2, liaison, facilitator, contractor,
    contractor2, coordinator, admin; organisations: plie, operator, facilitation, buyer, firm, firm2."""

    id: int
    users: dict[str, int]
    organisations: dict[str, int]
    organisation_ids: dict[str, str]


class World(msgspec.Struct, kw_only=True):
    here: Territory
    there: Territory


ORGANISATIONS = {
    "plie": ("PLIE", OrganisationKind.PLIE, None),
    "operator": ("Opérateur Tremplin", OrganisationKind.OPERATOR, None),
    "facilitation": ("Maison de l’emploi", OrganisationKind.FACILITATION, None),
    "buyer": ("Communauté d’agglomération", OrganisationKind.BUYER, None),
    "firm": ("Bâti Audomarois", OrganisationKind.FIRM, "73282932000074"),
    "firm2": ("Nord Peinture", OrganisationKind.FIRM, "55210055400013"),
}
USERS = {
    "referent": ("Claire Référente", Role.REFERENT, "operator"),
    "referent2": ("Denis Référent", Role.REFERENT, "operator"),
    "liaison": ("Lila Liaison", Role.LIAISON, "plie"),
    "facilitator": ("Farid Facilitateur", Role.FACILITATOR, "facilitation"),
    "contractor": ("Chantal Chantier", Role.CONTRACTOR, "firm"),
    "contractor2": ("Paul Peinture", Role.CONTRACTOR, "firm2"),
    "coordinator": ("Coralie Coordination", Role.COORDINATOR, "plie"),
    "admin": ("Anne Administration", Role.ADMIN, "plie"),
}


def build_world(database: Database) -> World:
    with database.write() as db:
        return World(here=_territory(db, "ici"), there=_territory(db, "la-bas"))


def _territory(db: Session, slug: str) -> Territory:
    territory = TerritoryRow(name=f"Territoire {slug}", stored_today=TODAY)
    db.add(territory)
    db.flush()
    for insee in ("62765", "62040"):
        db.add(TerritoryCommuneRow(territory_id=territory.id, insee=insee))
    organisations = {
        key: OrganisationRow(territory_id=territory.id, name=name, kind=kind, siret=siret, insee="62765")
        for key, (name, kind, siret) in ORGANISATIONS.items()
    }
    db.add_all(organisations.values())
    db.flush()
    users = {
        key: UserRow(
            territory_id=territory.id,
            organisation_id=organisations[place].id,
            email=f"{key}@{slug}.test",
            name=name,
            role=role,
        )
        for key, (name, role, place) in USERS.items()
    }
    db.add_all(users.values())
    db.flush()
    return Territory(
        id=territory.id,
        users={key: user.id for key, user in users.items()},
        organisations={key: row.id for key, row in organisations.items()},
        organisation_ids={key: row.public_id for key, row in organisations.items()},
    )
