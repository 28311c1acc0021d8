"""All tables, imported together so that the metadata is whole."""

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

from service.tables.absences import AbsenceRow  # noqa: E402
from service.tables.accounts import (  # noqa: E402
    AuditRow,
    ListWordsRow,
    OneTimeLinkRow,
    OrganisationRow,
    ReadJournalRow,
    SignInRow,
    TerritoryCommuneRow,
    TerritoryRow,
    UserRow,
)
from service.tables.bilans import BilanRow, PenaltyRow  # noqa: E402
from service.tables.declarations import (  # noqa: E402
    DeclarationRow,
    DraftRow,
    LineRow,
    LotProjectionRow,
    VersionRow,
)
from service.tables.documents import DocumentContentRow, DocumentRow  # noqa: E402
from service.tables.grids import GridVersionRow, LotGridRow  # noqa: E402
from service.tables.imports import ImportBatchRow, ImportLineRow  # noqa: E402
from service.tables.marches import (  # noqa: E402
    EligibilityRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    PartyRow,
    PlacementRow,
    TrancheRow,
)
from service.tables.merges import MergeRow  # noqa: E402
from service.tables.offers import OfferRow, ProposalEventRow, ProposalRow, SetAsideRow  # noqa: E402
from service.tables.people import (  # noqa: E402
    ContactRow,
    DistinctRow,
    PersonRow,
    ProfileRow,
    ProjectRow,
    SpellRow,
    StepRow,
)
from service.tables.sharing import AllocationRow  # noqa: E402
from service.tables.weights import WeightsRow  # noqa: E402

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "AbsenceRow",
    "AllocationRow",
    "AuditRow",
    "BilanRow",
    "ContactRow",
    "DeclarationRow",
    "DistinctRow",
    "DocumentContentRow",
    "DocumentRow",
    "DraftRow",
    "EligibilityRow",
    "GridVersionRow",
    "ImportBatchRow",
    "ImportLineRow",
    "LineRow",
    "ListWordsRow",
    "LotEventRow",
    "LotGridRow",
    "LotProjectionRow",
    "LotRow",
    "MarcheRow",
    "MergeRow",
    "OfferRow",
    "OneTimeLinkRow",
    "OrganisationRow",
    "PartyRow",
    "PenaltyRow",
    "PersonRow",
    "PlacementRow",
    "ProfileRow",
    "ProjectRow",
    "ProposalEventRow",
    "ProposalRow",
    "ReadJournalRow",
    "SetAsideRow",
    "SignInRow",
    "SpellRow",
    "StepRow",
    "TerritoryCommuneRow",
    "TerritoryRow",
    "TrancheRow",
    "UserRow",
    "VersionRow",
    "WeightsRow",
]
