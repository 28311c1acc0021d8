"""The four readers of an explanation, and the names that the words may use."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct


class Register(StrEnum):
    """Who reads.

    PERSON: the participant herself, with her référent (« vous »). FULL: the référent, all causes.
    LIAISON: consequences only — never childcare, health, language, nor their dates.
    EMPLOYER: what the post needs, and nothing of the person's constraints.
    """

    PERSON = "person"
    LIAISON = "liaison"
    EMPLOYER = "employer"
    FULL = "full"


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Names(Struct, frozen=True, kw_only=True):
    """Words for codes: labels of skills and certificates, and how to name the place of care."""

    care_place: str = "la crèche"
    labels: Mapping[str, str] = _NO_NAMES

    def of(self, code: str) -> str:
        """The label of a code, or the code itself."""
        return self.labels.get(code, code)


NO_NAMES = Names()
STUDY = "solution à étudier avec le référent"
