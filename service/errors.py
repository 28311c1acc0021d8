"""What can go wrong in an act, worded for the person who reads it.

Refused                 base: a French sentence and an HTTP status
├── NotFound       404  no such thing, or not yours: the two are not told apart
├── Forbidden      403  your role does not do this
├── Conflict       409  somebody was faster, or the state does not allow it
└── Invalid        422  what was typed cannot be read; carries one sentence a field
"""

from collections.abc import Mapping

from service.formats import typographic


class Refused(Exception):
    """An act that the service declines, with the sentence to show."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = typographic(sentence)


class NotFound(Refused):
    """Raised alike for what does not exist and what is not open to the reader: ids tell nothing."""

    status = 404

    def __init__(self, sentence: str = "Cette page n’existe pas, ou ne vous est pas ouverte.") -> None:
        super().__init__(sentence)


class Forbidden(Refused):
    status = 403

    def __init__(self, sentence: str = "Votre rôle ne donne pas accès à cette page.") -> None:
        super().__init__(sentence)


class Conflict(Refused):
    status = 409


class Invalid(Refused):
    """Faults by field name; the empty name is for the form as a whole."""

    status = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = {name: typographic(sentence) for name, sentence in faults.items()}
