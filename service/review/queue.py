"""The facilitator's queue: what was sent, by whom, since when, with its alerts; the oldest first.

What waits for a decision is judged again as it is shown: an eligibility, a date or another declaration may
have changed since it was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import AWAITING_CONTROL, IN_HAND, Effect, State
from service.accounts.account import Account
from service.declarations.files import is_last_version, period_of
from service.declarations.month_view import tone_of
from service.declarations.views import Choice
from service.listing import Listing, fetch
from service.lots.scope import visible_to
from service.review.again import Again, Findings, alerts_of, judge_again
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
MOST_JUDGED = 400
"""The oldest, judged again to filter them by alert; the others keep the alerts of their sending."""
STATES = (State.VISA_MANDATAIRE, State.VALIDEE, State.PARTIELLEMENT_VALIDEE, State.A_CORRIGER, State.REJETEE)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """`rules`: the titles of what was found, each once."""

    label: str
    tone: str
    count: int
    rules: tuple[str, ...]


class QueuedDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration. `days` since it was sent; `late`: examined later than the marché gives. `clean`: it
    may be accepted with others, and `key` tells what was read of it."""

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
    clean: bool
    key: str


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    rows: tuple[QueuedDeclaration, ...]
    states: tuple[Choice, ...]
    alerts: tuple[Choice, ...]
    firms: tuple[Choice, ...]
    time_zone: str
    clean: int
    partly: bool


def queue(db: Session, account: Account, listing: Listing) -> QueueView:
    """Seventeen queries, whatever the length. Without a filter on the state: what waits for control."""
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
            is_last_version(),
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
    asked = Effect(listing.filter("alerte")) if "alerte" in labels else None
    if asked is None:
        total, found = fetch(db, query, listing, columns=columns, tie=col(DeclarationRow.id))
        again, partly = judge_again(db, account, _opened(found)), False
    else:
        column = columns[listing.sort]
        order = (sa.desc(column) if listing.descending else sa.asc(column), col(DeclarationRow.id))
        everything = db.execute(query.order_by(*order)).all()
        opened = sorted((x for x in everything if x[1].state in IN_HAND), key=lambda x: x[1].made_at)
        again, partly = judge_again(db, account, _opened(opened[:MOST_JUDGED])), len(opened) > MOST_JUDGED
        kept = [x for x in everything if _alerts(x, again).get(asked)]
        total = len(kept)
        page = min(listing.page, max(1, -(-total // listing.size)))
        found = kept[(page - 1) * listing.size : page * listing.size]
    rows = tuple(_row(account, one, again) for one in found)
    return QueueView(
        listing=listing.with_total(total, labels),
        rows=rows,
        clean=sum(row.clean for row in rows),
        partly=partly,
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
        told = sa.type_coerce(col(VersionRow.findings), sa.Text).like(f'%"effect":"{alert}"%')
        query = query.where(sa.or_(col(VersionRow.state).in_(IN_HAND), told))
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


def _opened(found: Sequence[Any]) -> dict[str, int]:
    return {one[0].public_id: one[0].lot_id for one in found if one[1].state in IN_HAND}


def _alerts(one: Any, again: Mapping[str, Again]) -> dict[Effect, Findings]:
    known = again.get(one[0].public_id)
    return alerts_of(known.judged if known else None, one[1].findings)


def _title(finding: clauses.Finding) -> str:
    rule = clauses.rule_of(finding.rule_id)
    return rule.title if rule else finding.rule_id


def _row(account: Account, one: Any, again: Mapping[str, Again]) -> QueuedDeclaration:
    header, version, number, title, rules, marche, firm, author = one
    known, alerts = again.get(header.public_id), _alerts(one, again)
    countable = clauses.countable_hours(known.judged) if known else version.countable
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
        countable=countable,
        state=version.state.facilitator_label,
        tone="wait" if awaits else tone_of(version.state),
        author=author,
        provenance=version.provenance.label if version.provenance is not clauses.Provenance.FIRM else "",
        sent_at=version.made_at,
        days=max(0, since),
        late=awaits and since > rules.control_days,
        alerts=tuple(
            Alert(
                label=label,
                tone="stop" if e is Effect.HOLD else "warn",
                count=len(alerts[e]),
                rules=tuple(dict.fromkeys(_title(f) for f in alerts[e])),
            )
            for e, label in ALERTS.items()
            if alerts.get(e)
        ),
        clean=known is not None and known.clean,
        key=f"{header.public_id}:{version.public_id}:{countable}",
    )
