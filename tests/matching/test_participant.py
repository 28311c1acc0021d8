"""The Structs that score hold nothing protected, and no default that could hide a missing column."""

import msgspec
import pytest

from matching.offer import Offer
from matching.participant import Participant, Project
from tests.matching.personas import offer, participant

# Words of the protected grounds (Code du travail, L1132-1), in English and in French.
PROTECTED = {
    "sex",
    "gender",
    "genre",
    "birth",
    "naissance",
    "age",
    "nationality",
    "nationalite",
    "qpv",
    "name",
    "nom",
    "address",
    "adresse",
    "family",
    "famille",
    "pregnancy",
    "health",
    "sante",
    "religion",
    "origin",
    "disability",
    "handicap",
}


def fields(kind: type) -> set[str]:
    """Names of every field, nested Structs included."""
    found: set[str] = set()
    _, components = msgspec.json.schema_components((kind,))
    for component in components.values():
        found |= set(component.get("properties", {}))
    return found


def test_nothing_protected_is_among_the_fields() -> None:
    for kind in (Participant, Offer):
        assert not [name for name in fields(kind) if PROTECTED & set(name.split("_"))]


@pytest.mark.parametrize("kind", [Participant, Project, Offer])
def test_no_field_has_a_default(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_defaults__ == ()


def test_both_survive_a_file() -> None:
    assert msgspec.json.decode(msgspec.json.encode(participant()), type=Participant) == participant()
    assert msgspec.json.decode(msgspec.json.encode(offer()), type=Offer) == offer()
