"""The facilitator's queue: what was sent, by whom, since when, with its alerts; the oldest first."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

import clauses
from clauses import AWAITING_CONTROL, Effect, State
from service.accounts.account import Account
from service.declarations.files import period_of
from service.declarations.month_view import tone_of
from service.declarations.views import Choice
from service.listing import Listing, fetch
from service.lots.scope import visible_to
from service.tables import (
    DeclarationRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    PartyRow,
    PlacementRow,
    UserRow,
    VersionRow,
)

SORTS = ("envoi", "periode", "entreprise", "heures")
FILTERS = ("q", "etat", "alerte", "entreprise")
ALERTS = {Effect.HOLD: "À vérifier", Effect.CUT: "Heures coupées", Effect.WARN: "Alerte"}
WAITING = "a_controler"
STATES = (State.VISA_MANDATAIRE, State.VALIDEE, State.PARTIELLEMENT_VALIDEE, State.A_CORRIGER, State.REJETEE)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    tone: str
    count: int


class QueuedDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration. `days` since it was sent; `late`: examined later than the marché gives."""

    id: str
    firm: str
    lot: str
    marche: str
    period: str
    version: int
    nothing: bool
    hours: int
    countable: int
    state: str
    tone: str
    author: str
    provenance: str
    sent_at: datetime
    days: int
    late: bool
    alerts: tuple[Alert, ...]


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    rows: tuple[QueuedDeclaration, ...]
    states: tuple[Choice, ...]
    alerts: tuple[Choice, ...]
    firms: tuple[Choice, ...]
    time_zone: str


def queue(db: Session, account: Account, listing: Listing) -> QueueView:
    """Four queries, whatever the length. Without a filter on the state: what waits for control."""
    later = aliased(VersionRow)
    query = (
        sa.select(
            DeclarationRow,
            VersionRow,
            col(LotRow.number),
            col(LotRow.title),
            col(LotRow.rules),
            col(MarcheRow.title),
            col(OrganisationRow.name),
            col(UserRow.name),
        )
        .join(VersionRow, col(VersionRow.declaration_id) == col(DeclarationRow.id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .join(UserRow, col(UserRow.id) == col(VersionRow.author_id))
        .where(
            visible_to(account),
            col(DeclarationRow.territory_id) == account.territory_id,
            ~sa.exists().where(
                col(later.declaration_id) == col(DeclarationRow.id),
                col(later.version) > col(VersionRow.version),
            ),
        )
    )
    firms = firms_of(db, account)
    query, labels = _filtered(query, listing, firms)
    columns = {
        "envoi": col(VersionRow.made_at),
        "periode": col(DeclarationRow.period_start),
        "entreprise": col(OrganisationRow.name),
        "heures": col(VersionRow.declared),
    }
    total, found = fetch(db, query, listing, columns=columns, tie=col(DeclarationRow.id))
    return QueueView(
        listing=listing.with_total(total, labels),
        rows=tuple(_row(account, one) for one in found),
        states=(
            Choice(value=WAITING, label="À contrôler"),
            *(Choice(value=s.value, label=s.facilitator_label) for s in STATES),
            Choice(value="toutes", label="Toutes"),
        ),
        alerts=tuple(Choice(value=e.value, label=label) for e, label in ALERTS.items()),
        firms=firms,
        time_zone=account.time_zone,
    )


def _filtered(
    query: sa.Select[Any], listing: Listing, firms: tuple[Choice, ...]
) -> tuple[sa.Select[Any], dict[str, str]]:
    labels: dict[str, str] = {}
    asked = listing.filter("etat") or WAITING
    if asked in {s.value for s in STATES}:
        query = query.where(col(VersionRow.state) == State(asked))
        labels["etat"] = f"État : {State(asked).facilitator_label}"
    elif asked == "toutes":
        labels["etat"] = "État : toutes"
    else:
        query = query.where(col(VersionRow.state).in_(AWAITING_CONTROL))
    if (alert := listing.filter("alerte")) in {e.value for e in ALERTS}:
        # Findings are kept as JSON with sorted keys and no space: their effect is found as it is written.
        query = query.where(sa.type_coerce(col(VersionRow.findings), sa.Text).like(f'%"effect":"{alert}"%'))
        labels["alerte"] = f"Alerte : {ALERTS[Effect(alert)]}"
    if firm := next((f for f in firms if f.value == listing.filter("entreprise")), None):
        query = query.where(col(OrganisationRow.public_id) == firm.value)
        labels["entreprise"] = f"Entreprise : {firm.label}"
    if words := listing.filter("q"):
        like = f"%{words.replace('%', '').replace('_', '')}%"
        query = query.where(
            sa.or_(
                col(OrganisationRow.name).ilike(like),
                col(MarcheRow.title).ilike(like),
                col(MarcheRow.reference).ilike(like),
                col(LotRow.title).ilike(like),
                col(OrganisationRow.siret) == words.replace(" ", ""),
            )
        )
        labels["q"] = f"Recherche : {words}"
    return query, labels


def firms_of(db: Session, account: Account) -> tuple[Choice, ...]:
    """The firms that have a part in a lot of the territory, by name: for the filter and for « saisir »."""
    named = sa.union(
        sa.select(col(PartyRow.company_id)).where(col(PartyRow.territory_id) == account.territory_id),
        sa.select(col(PlacementRow.legal_employer_id)).where(
            col(PlacementRow.territory_id) == account.territory_id
        ),
    )
    rows = db.execute(
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name))
        .where(col(OrganisationRow.id).in_(named), col(OrganisationRow.territory_id) == account.territory_id)
        .order_by(col(OrganisationRow.name), col(OrganisationRow.id))
    )
    return tuple(Choice(value=public_id, label=name) for public_id, name in rows)


def _row(account: Account, one: Any) -> QueuedDeclaration:
    header, version, number, title, rules, marche, firm, author = one
    counts = {e: sum(1 for f in version.findings if f.effect is e) for e in ALERTS}
    sent = version.made_at.astimezone(ZoneInfo(account.time_zone)).date()
    since = (account.today - sent).days
    awaits = version.state in AWAITING_CONTROL
    return QueuedDeclaration(
        id=header.public_id,
        firm=firm,
        lot=f"Lot {number} – {title}",
        marche=marche,
        period=period_of(header.period_start, header.period_end),
        version=version.version,
        nothing=version.nothing,
        hours=version.declared,
        countable=version.countable,
        state=version.state.facilitator_label,
        tone="wait" if awaits else tone_of(version.state),
        author=author,
        provenance=version.provenance.label if version.provenance is not clauses.Provenance.FIRM else "",
        sent_at=version.made_at,
        days=max(0, since),
        late=awaits and since > rules.control_days,
        alerts=tuple(
            Alert(label=ALERTS[e], tone="stop" if e is Effect.HOLD else "warn", count=n)
            for e, n in counts.items()
            if n
        ),
    )
