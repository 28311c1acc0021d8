"""Every page of the application for every role: the routes, and addresses that fit them over the demo."""

from typing import Any

import sqlalchemy as sa
from litestar import Litestar
from sqlalchemy.orm import Session
from sqlmodel import col

from service.guards import route_name
from service.rights import PUBLIC
from service.tables import (
    AllocationRow,
    BilanRow,
    ContactRow,
    DeclarationRow,
    DocumentRow,
    EligibilityRow,
    ImportBatchRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    OfferRow,
    OrganisationRow,
    PartyRow,
    PenaltyRow,
    PersonRow,
    PlacementRow,
    ProjectRow,
    ProposalRow,
    StepRow,
    TrancheRow,
    UserRow,
    VersionRow,
)
from service.vocabulary import Role

LOGINS = {
    Role.REFERENT: "referente",
    Role.LIAISON: "liaison",
    Role.FACILITATOR: "facilitatrice",
    Role.CONTRACTOR: "batisseurs",
    Role.COORDINATOR: "coordination",
    Role.ADMIN: "admin",
}
SINGLE: dict[str, Any] = {
    "user_id": UserRow,
    "person_id": PersonRow,
    "import_id": ImportBatchRow,
    "offer_id": OfferRow,
    "proposal_id": ProposalRow,
    "organisation_id": OrganisationRow,
    "employer_id": OrganisationRow,
    "company_id": OrganisationRow,
    "marche_id": MarcheRow,
    "lot_id": LotRow,
    "placement_id": PlacementRow,
    "declaration_id": DeclarationRow,
    "bilan_id": BilanRow,
    "penalty_id": PenaltyRow,
    "document_id": DocumentRow,
    "version_id": VersionRow,
    "number": VersionRow,
}
# The second parameter of a nested address: its table, and the column that points at the first one's row.
NESTED: dict[tuple[str, str], tuple[Any, Any]] = {
    ("person_id", "project_id"): (ProjectRow, ProjectRow.person_id),
    ("person_id", "step_id"): (StepRow, StepRow.person_id),
    ("person_id", "contact_id"): (ContactRow, ContactRow.person_id),
    ("person_id", "period_id"): (EligibilityRow, EligibilityRow.person_id),
    ("lot_id", "event_id"): (LotEventRow, LotEventRow.lot_id),
    ("lot_id", "party_id"): (PartyRow, PartyRow.lot_id),
    ("lot_id", "tranche_id"): (TrancheRow, TrancheRow.lot_id),
    ("lot_id", "allocation_id"): (AllocationRow, AllocationRow.from_lot_id),
    ("declaration_id", "placement_id"): (PlacementRow, None),
}
# Pages that show nothing without a question.
ASKED: dict[str, tuple[str, Any]] = {"/controle/saisie": ("entreprise", OrganisationRow)}


def routes(app: Litestar) -> list[tuple[str, str, str, list[str]]]:
    """(path, name, method, parameters) of every route but the public ones and the automatic OPTIONS."""
    found = []
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            name = route_name(handler)
            for method in handler.http_methods:
                if name and name not in PUBLIC and method in ("GET", "POST"):
                    names = [c.name for c in route.path_components if not isinstance(c, str)]
                    found.append((route.path, name, method, names))
    return sorted(found)


def addresses(db: Session, territory: int, path: str, names: list[str]) -> list[str]:
    """The addresses of a route over the rows of a territory."""
    if not names:
        if path in ASKED:
            name, row = ASKED[path]
            return [f"{path}?{name}={one}" for one in db.scalars(_ids(row, territory))]
        return [path]
    if len(names) == 1:
        ids = db.scalars(_ids(SINGLE[names[0]], territory)).all()
        return [fill(path, [one]) for one in ids]
    first, second = names
    pairs: list[tuple[str, str]]
    if (first, second) in NESTED and NESTED[first, second][1] is not None:
        row, pointer = NESTED[first, second]
        parent = SINGLE[first]
        nested = (
            sa.select(col(parent.public_id), col(row.public_id))
            .join(row, col(pointer) == col(parent.id))
            .where(col(row.territory_id) == territory)
        )
        pairs = [(one, other) for one, other in db.execute(nested)]
    else:
        kind = SINGLE.get(second) or NESTED[first, second][0]
        seconds = db.scalars(_ids(kind, territory)).all()
        firsts = db.scalars(_ids(SINGLE[first], territory)).all()
        pairs = [(one, seconds[number % len(seconds)]) for number, one in enumerate(firsts)]
    return [fill(path, list(pair)) for pair in pairs]


def _ids(row: Any, territory: int) -> Any:
    return sa.select(col(row.public_id)).where(col(row.territory_id) == territory).order_by(col(row.id))


def fill(path: str, ids: list[str]) -> str:
    parts = []
    for part in path.split("/"):
        parts.append(ids.pop(0) if part.startswith("{") else part)
    return "/".join(parts)
