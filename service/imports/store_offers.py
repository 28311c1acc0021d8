"""Records into rows: added, changed when the source has changed, otherwise left as people made them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import Answer, HoursNotTold, firm_key
from service.imports.offer_record import NOTHING_MOVES, OfferRecord, digest_of, told_occupation
from service.imports.report import Report
from service.offers.scope import raise_offers_stamp
from service.tables import AuditRow, OfferRow, OrganisationRow, TerritoryRow
from service.tables.columns import now_utc
from service.tables.session import Database
from service.vocabulary import OccupationSource, OfferState, OrganisationKind

BATCH = 500
PLAIN = (
    *("title", "description", "rome", "schedule", "weekly_hours", "employment_kind", "starts_on", "ends_on"),
    *(
        "hourly_wage_cents",
        "required_skills",
        "wished_skills",
        "licences",
        "vehicle_required",
        "certificates",
    ),
    *("language", "demands", "experience_months", "beginners", "positions", "shuttle", "flexibilities"),
    *("published_on", "closes_on"),
)


def store_offers(
    database: Database, territory_id: int, rows: Iterable[tuple[int, OfferRecord]], report: Report
) -> None:
    """Write the records by batches, each its own transaction: an interrupted import is taken up again.

    `rows`: (line, record). An identifier met twice in one file counts once, the last one.
    """
    seen: set[str] = set()
    for batch in _batches(rows, BATCH):
        kept: dict[str, tuple[int, OfferRecord]] = {}
        for line, record in batch:
            if record.source_id in seen or record.source_id in kept:
                report.remark(line, "id", f"l’offre {record.source_id} est plusieurs fois dans le fichier.")
            kept[record.source_id] = (line, record)
        seen.update(kept)
        with database.write() as db:
            outcomes = store_batch(db, territory_id, [record for _, record in kept.values()])
        for outcome in outcomes:
            setattr(report, outcome, getattr(report, outcome) + 1)


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def store_batch(db: Session, territory_id: int, records: list[OfferRecord]) -> list[str]:
    """« added », « changed » or « same » for each record; no two of them have one identifier."""
    # One writer at a time in a territory: two imports at once do not add an offer twice.
    db.execute(sa.select(col(TerritoryRow.id)).where(col(TerritoryRow.id) == territory_id).with_for_update())
    known = {
        row.source_id: row
        for row in db.scalars(
            sa.select(OfferRow).where(
                col(OfferRow.territory_id) == territory_id,
                col(OfferRow.source) == records[0].source,
                col(OfferRow.source_id).in_([record.source_id for record in records]),
            )
        )
    }
    employers = _Employers(db, territory_id)
    outcomes = []
    for record in records:
        digest = digest_of(record)
        row = known.get(record.source_id)
        if row is not None and row.source_digest == digest:
            outcomes.append("same")
            continue
        employer_id = employers.find(record)
        if row is None:
            db.add(_new(territory_id, record, employer_id, digest))
            outcomes.append("added")
        else:
            _update(row, record, employer_id, digest)
            outcomes.append("changed")
    if set(outcomes) - {"same"}:
        db.flush()
        raise_offers_stamp(db, territory_id)
    return outcomes


def record_import(db: Session, territory_id: int, sentence: str) -> None:
    """The audit's line for a command: no user signed in."""
    db.add(
        AuditRow(territory_id=territory_id, act="import", noun="import", noun_id="", sentence=sentence[:400])
    )


def _new(territory_id: int, record: OfferRecord, employer_id: int | None, digest: str) -> OfferRow:
    return OfferRow(
        territory_id=territory_id,
        employer_id=employer_id,
        state=OfferState.OPEN,
        source=record.source,
        source_id=record.source_id,
        source_digest=digest,
        place_label=record.place.label,
        insee=record.place.insee,
        latitude=record.place.latitude,
        longitude=record.place.longitude,
        precision_m=record.place.precision_m,
        rome_source=occupation_source(record),
        **{name: getattr(record, name) for name in PLAIN},
    )


def _update(row: OfferRow, record: OfferRecord, employer_id: int | None, digest: str) -> None:
    """What the source tells replaces; the rest stays as people found it out. Never the state."""
    settled = row.rome_source in (OccupationSource.CONFIRMED, OccupationSource.TYPED)
    for name in PLAIN:
        value = getattr(record, name)
        if not _untold(name, value) and not (settled and name == "rome"):
            setattr(row, name, value)
    if not settled:
        row.rome_source = occupation_source(record)
    if record.place.insee or (record.place.latitude is not None and row.insee is None):
        row.place_label, row.insee = record.place.label, record.place.insee
        row.latitude, row.longitude = record.place.latitude, record.place.longitude
        row.precision_m = record.place.precision_m
    if employer_id is not None:
        row.employer_id = employer_id
    row.source_digest = digest
    row.updated_at = now_utc()


def occupation_source(record: OfferRecord) -> OccupationSource:
    """Told by the source when it gives a code that ROME knows, else read from the title."""
    known = told_occupation(record.told_code) is not None
    return OccupationSource.IMPORTED if known else OccupationSource.PROPOSED


def _untold(name: str, value: Any) -> bool:
    if name == "vehicle_required":
        return value is False
    return (
        value is None
        or value in ("", (), Answer.UNKNOWN)
        or isinstance(value, HoursNotTold)
        or value == NOTHING_MOVES
    )


class _Employers:
    """Firms of the territory by SIRET, then by folded name; a firm that is not there is added."""

    def __init__(self, db: Session, territory_id: int) -> None:
        self._db, self._territory_id = db, territory_id
        self._by_siret: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        rows = db.execute(
            sa.select(
                col(OrganisationRow.id),
                col(OrganisationRow.name),
                col(OrganisationRow.siret),
                col(OrganisationRow.kind),
            )
            .where(col(OrganisationRow.territory_id) == territory_id)
            .order_by(col(OrganisationRow.id))
        )
        for row_id, name, siret, kind in rows:
            if siret:
                self._by_siret[siret] = row_id
            if kind is OrganisationKind.FIRM:
                self._by_key.setdefault(firm_key(name), row_id)

    def find(self, record: OfferRecord) -> int | None:
        if record.siret and record.siret in self._by_siret:
            return self._by_siret[record.siret]
        if not record.employer:
            return None
        key = firm_key(record.employer)
        if record.siret is None and key in self._by_key:
            return self._by_key[key]
        row = OrganisationRow(
            territory_id=self._territory_id,
            kind=OrganisationKind.FIRM,
            name=record.employer,
            siret=record.siret,
            insee=None,
        )
        self._db.add(row)
        self._db.flush()
        self._by_key.setdefault(key, row.id)
        if record.siret:
            self._by_siret[record.siret] = row.id
        return row.id
