"""What was told of a company on a lot, corrected from a day on: the former value stands for the days before,
and who changed it stays in the journal of acts, which the page of the lot shows."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Party, PartyRole
from service.accounts.account import Account
from service.errors import Invalid
from service.forms import Form
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.read_lots import KEY_UNIT
from service.lots.parties import find_party
from service.lots.scope import find_lot
from service.lots.views import PartyActView
from service.tables import AuditRow, LotRow, MarcheRow, PartyRow, UserRow
from service.trace import record_act

HISTORY = ("lots.party", "lots.party.end", "lots.party.correct", "marches.groupement")
REPLACED = "Cette date vient du remplacement du titulaire : annulez-le dans le registre des évènements."


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """The party as it reads from `from_on`; its dates are worth for all its time."""

    from_on: date
    starts_on: date
    ends_on: date | None
    key_share: Decimal | None
    acte_special: str
    reason: str


def read_correction(form: Form, party: Party) -> Corrected | None:
    """The form's values, or None when it has faults."""
    below = party.role is PartyRole.SOUS_TRAITANT
    starts_on = form.day("starts_on", "Arrivée", required=True)
    ends_on = form.day("ends_on", "Dernier jour")
    key = None if below else form.decimal("key_share", "Clé de répartition", places=4, high=Decimal(100))
    acte = form.text("acte_special", "Acte spécial", longest=60) if below else ""
    from_on = form.day("from_on", "Valable à partir du", required=True)
    reason = form.text("reason", "Motif", required=True, longest=150)
    if starts_on and ends_on and ends_on < starts_on:
        form.fault("ends_on", "Dernier jour : cette date tombe avant l’arrivée.")
    elif from_on and ends_on and ends_on < from_on:
        form.fault("from_on", "Valable à partir du : l’entreprise est déjà partie ce jour-là.")
    if form.faults or starts_on is None or from_on is None:
        return None
    return Corrected(
        from_on=max(from_on, starts_on),
        starts_on=starts_on,
        ends_on=ends_on,
        key_share=key,
        acte_special=acte,
        reason=reason,
    )


def party_of(file: LotFile, party_id: str) -> Party | None:
    return next((p for p in file.parties if p.id == party_id), None)


def correct_party(db: Session, account: Account, lot_id: str, party_id: str, typed: Corrected) -> str:
    """The name of the company. The row keeps its id with the new values; the days before `from_on` are kept
    by a row of their own. Raises NotFound, and Invalid when nothing changes or dates collide."""
    lot = find_lot(db, account, lot_id, lock=True)
    row, file = find_party(db, lot, party_id), load_lot(db, lot.id)
    party = next(p for p in file.parties if p.id == party_id)
    name = file.companies[party.company_id].name
    told = _changes(party, typed)
    if not told:
        raise Invalid({"": "Rien n’est changé : corrigez au moins une valeur."})
    _check_dates(file, party, typed)
    valued = (party.key_share, party.acte_special or "") != (typed.key_share, typed.acte_special)
    key = None if typed.key_share is None else int(typed.key_share * KEY_UNIT)
    if valued and typed.from_on > typed.starts_on:
        db.add(
            PartyRow(
                territory_id=row.territory_id,
                lot_id=row.lot_id,
                company_id=row.company_id,
                role=row.role,
                tier=row.tier,
                parent_id=row.parent_id,
                starts_on=typed.starts_on,
                ends_on=typed.from_on - timedelta(days=1),
                key_share=row.key_share,
                acte_special=row.acte_special,
            )
        )
    row.starts_on = typed.from_on if valued else typed.starts_on
    row.ends_on, row.key_share, row.acte_special = typed.ends_on, key, typed.acte_special or None
    since = f", à partir du {typed.from_on:%d/%m/%Y}" if valued else ""
    sentence = f"Lot {lot.number} : {name}{since} : {', '.join(told)}. Motif : {typed.reason}"
    record_act(db, account, "lots.party.correct", "lot", lot_id, sentence)
    return name


def _changes(party: Party, typed: Corrected) -> list[str]:
    """Each value that changes, with the one it had."""
    pairs = (
        ("arrivée le", _day(party.starts_on), _day(typed.starts_on)),
        ("dernier jour", _day(party.ends_on), _day(typed.ends_on)),
        ("clé", _key(party.key_share), _key(typed.key_share)),
        ("acte spécial", party.acte_special or "aucun", typed.acte_special or "aucun"),
    )
    return [f"{what} {after} au lieu de {before}" for what, before, after in pairs if before != after]


def _day(value: date | None) -> str:
    return "non fixé" if value is None else f"{value:%d/%m/%Y}"


def _key(value: Decimal | None) -> str:
    return "aucune" if value is None else f"{value.normalize():f}".replace(".", ",")


def _check_dates(file: LotFile, party: Party, typed: Corrected) -> None:
    """Raises Invalid where the core refuses the dates."""
    refused = clauses.dates_refused(party, typed.starts_on, typed.ends_on, file.parties, file.events)
    match refused:
        case clauses.ToldByReplacement():
            raise Invalid({refused.field: REPLACED})
        case clauses.PlaceTaken():
            name, since = file.companies[refused.by.company_id].name, _day(refused.by.starts_on)
            raise Invalid({"starts_on": f"Arrivée : {name} tient déjà cette place à ces dates (du {since})."})


def party_history(db: Session, lot: LotRow) -> tuple[PartyActView, ...]:
    """Every act on the companies of a lot, and on the kind of its groupement, the latest first. One query."""
    marche = sa.select(col(MarcheRow.public_id)).where(col(MarcheRow.id) == lot.marche_id).scalar_subquery()
    query = (
        sa.select(col(AuditRow.at), col(AuditRow.sentence), sa.func.coalesce(col(UserRow.name), ""))
        .outerjoin(UserRow, col(UserRow.id) == col(AuditRow.user_id))
        .where(
            col(AuditRow.territory_id) == lot.territory_id,
            col(AuditRow.noun_id).in_([lot.public_id, marche]),
            col(AuditRow.act).in_(HISTORY),
        )
        .order_by(col(AuditRow.at).desc(), col(AuditRow.id).desc())
    )
    return tuple(
        PartyActView(at=at, sentence=sentence, author=name) for at, sentence, name in db.execute(query)
    )
