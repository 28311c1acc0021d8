"""Who owes what inside a groupement: the internal key, and the replacement of a titulaire.

Towards the buyer nothing changes: the lot owes its hours. Inside, the due is split by key to the hundredth
by the largest remainder, so that the parts always add up.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec

from clauses.errors import BadGroup
from clauses.events import Event, Replacement, TransferMode, known_events
from clauses.hours import Hundredths
from clauses.marche import Party, PartyRole, is_present
from clauses.obligation import hours_due_at, hours_expected_at


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """One company's part of the due, what it did, what is left, what it did beyond."""

    company_id: str
    due: Hundredths
    done: Hundredths
    remaining: Hundredths
    surplus: Hundredths


def split_by_key(total: Hundredths, keys: Mapping[str, Decimal]) -> dict[str, Hundredths]:
    """Share `total` by keys (any positive unit): largest remainder, ties by company id.

    Raises BadGroup when no key is positive or one is negative.
    """
    if not keys or any(k < 0 for k in keys.values()) or not any(keys.values()):
        raise BadGroup("a groupement needs keys that are not negative, one at least above zero")
    weight = sum((Fraction(k) for k in keys.values()), Fraction(0))
    exact = {c: Fraction(total) * Fraction(k) / weight for c, k in keys.items()}
    parts = {c: int(share) for c, share in exact.items()}
    missing = total - sum(parts.values())
    by_remainder = sorted(keys, key=lambda c: (parts[c] - exact[c], c))
    for company in by_remainder[:missing]:
        parts[company] += 1
    return parts


def groupement_debts(
    parties: tuple[Party, ...], due: Hundredths, done: Mapping[str, Hundredths], on: date
) -> tuple[Debt, ...]:
    """The internal debts on a day. A member who has left owes what it did, no more; the rest is split anew
    between those present, by their keys. The sum is always the due. `done` also holds the hours that
    subcontractors did for a member, credited to it by the caller."""
    members = [p for p in parties if p.role is not PartyRole.SOUS_TRAITANT and p.starts_on <= on]
    present = {p.company_id: p.key_share or Decimal(0) for p in members if is_present(p, on)}
    left = due
    parts: dict[str, Hundredths] = {}
    for company in sorted({p.company_id for p in members} - set(present)):
        parts[company] = min(left, done.get(company, 0))
        left -= parts[company]
    if len(present) == 1:
        present = dict.fromkeys(present, Decimal(1))
    if present:
        parts |= split_by_key(left, present)
    return tuple(_debt(company, parts[company], done.get(company, 0)) for company in sorted(parts))


def titulaire_debts(
    events: tuple[Event, ...], titulaire_id: str, done: Mapping[str, Hundredths], on: date, known_at: datetime
) -> tuple[Debt, ...] | None:
    """The debts of successive titulaires after replacements; None while the due is unknown.

    All to the new one: the first owes what it did. Split by date: it owes what was expected of it that
    day. Hours stay with who did them, and so do penalties.
    """
    due = hours_due_at(events, on, known_at).hours
    if due is None:
        return None
    parts: dict[str, Hundredths] = {}
    left, current = due, titulaire_id
    for event in known_events(events, on, known_at):
        if not isinstance(event, Replacement):
            continue
        kept = done.get(current, 0)
        if event.mode is TransferMode.SPLIT_BY_DATE:
            expected = hours_expected_at(events, event.on, known_at).hours or 0
            kept = max(0, expected - sum(parts.values()))
        part = min(left, kept)
        parts[current] = parts.get(current, 0) + part
        left -= part
        current = event.joining_company_id
    parts[current] = parts.get(current, 0) + left
    return tuple(_debt(company, part, done.get(company, 0)) for company, part in parts.items())


def lot_debts(
    parties: tuple[Party, ...],
    events: tuple[Event, ...],
    done: Mapping[str, Hundredths],
    on: date,
    known_at: datetime,
) -> tuple[Debt, ...] | None:
    """Who owes what on a lot: by successive titulaires once a sole one was replaced, else by the keys of
    the groupement (the successor takes the key); None while the due is unknown. Raises BadGroup when
    several share without a key."""
    replacements = [e for e in known_events(events, on, known_at) if isinstance(e, Replacement)]
    if replacements and not any(p.role is PartyRole.COTRAITANT for p in parties):
        heads = sorted((p for p in parties if p.role is PartyRole.MANDATAIRE), key=lambda p: p.starts_on)
        first = heads[0].company_id if heads else replacements[0].leaving_company_id
        return titulaire_debts(events, first, done, on, known_at)
    due = hours_due_at(events, on, known_at).hours
    return None if due is None else groupement_debts(parties, due, done, on)


def _debt(company_id: str, due: Hundredths, done: Hundredths) -> Debt:
    return Debt(
        company_id=company_id, due=due, done=done, remaining=max(0, due - done), surplus=max(0, done - due)
    )
