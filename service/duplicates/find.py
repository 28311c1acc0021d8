"""Pairs that may be one person or one firm, found with the keys of the one home of normalisation.

Two records are compared only when they share a key (name in any order, birth date, identifier, SIREN):
the work stays in proportion to the number of records.
"""

from collections.abc import Callable, Hashable, Iterable
from itertools import combinations
from typing import TypeVar

import msgspec

from matching.normalise import firm_key, fold, person_key
from service.participants.identity_match import Identity, Likeness, digits, likeness

T = TypeVar("T")
SIREN = 9


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A person on record. `id`: public."""

    id: str
    identity: Identity


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """A firm on record. `id`: public; `insee`: of its commune, None when it is not told."""

    id: str
    name: str
    siret: str | None
    insee: str | None


def pairs_of_persons(people: Iterable[Known]) -> list[tuple[Known, Known, Likeness]]:
    """Every pair with what makes it likely, the surest first, then by ids."""
    found = []
    for one, other in _sharing(people, _person_keys, lambda known: known.id):
        why = likeness(one.identity, other.identity)
        if why is not None:
            found.append((one, other, why))
    order = list(Likeness)
    return sorted(found, key=lambda pair: (order.index(pair[2]), pair[0].id, pair[1].id))


def pairs_of_firms(firms: Iterable[Firm]) -> list[tuple[Firm, Firm, str]]:
    """Every pair with a sentence: one SIREN, or one name that no SIRET nor commune tells apart."""
    found = []
    for one, other in _sharing(firms, _firm_keys, lambda firm: firm.id):
        if one.siret and other.siret:
            if one.siret[:SIREN] == other.siret[:SIREN]:
                found.append((one, other, "même SIREN"))
        elif one.insee is None or other.insee is None or one.insee == other.insee:
            found.append((one, other, "même nom, SIRET non renseigné d’un côté"))
    return sorted(found, key=lambda pair: (pair[2], pair[0].id, pair[1].id))


def _person_keys(known: Known) -> Iterable[Hashable]:
    who = known.identity
    yield "nom", person_key(who.first_name, who.last_name)
    if who.birth_name:
        yield "nom", person_key(who.first_name, who.birth_name)
        yield "nom", person_key(who.first_name, who.last_name, who.birth_name)
    if who.birth_date is not None:
        yield "naissance", who.birth_date
    if who.france_travail_id:
        yield "identifiant", who.france_travail_id
    if who.phone:
        yield "telephone", fold(who.first_name), digits(who.phone)
    if who.email:
        yield "mail", fold(who.first_name), who.email.lower()


def _firm_keys(firm: Firm) -> Iterable[Hashable]:
    yield "nom", firm_key(firm.name)
    if firm.siret:
        yield "siren", firm.siret[:SIREN]


def _sharing(
    records: Iterable[T], keys: Callable[[T], Iterable[Hashable]], name: Callable[[T], str]
) -> list[tuple[T, T]]:
    """Each pair that shares a key, once, in the order of their names."""
    buckets: dict[Hashable, dict[str, T]] = {}
    for one in records:
        for key in keys(one):
            buckets.setdefault(key, {})[name(one)] = one
    pairs = {
        (first, second): (held[first], held[second])
        for held in buckets.values()
        for first, second in combinations(sorted(held), 2)
    }
    return list(pairs.values())
