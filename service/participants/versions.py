"""Two people who edit one record at once: the second to send is told, and loses nothing that she typed.

A form carries the fingerprint of the record as it was shown; the act compares it under lock.
"""

import hashlib
from typing import Any

import msgspec
import sqlalchemy as sa

from service.forms import Form

CHANGED = (
    "Quelqu’un a enregistré cette page pendant votre saisie. Rien de ce que vous avez tapé n’est perdu. "
    "Comparez avec la fiche enregistrée, puis envoyez de nouveau pour la remplacer."
)


def fingerprint(row: Any | None) -> str:
    """A digest of every column of a row; "new" when there is none yet. Equal contents are equal digests."""
    if row is None:
        return "new"
    columns = sa.inspect(row).mapper.column_attrs
    values = {column.key: getattr(row, column.key) for column in columns}
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()[:16]


def was_changed(form: Form, row: Any | None) -> bool:
    """True, with a fault on the form, when the record is not the one that was shown."""
    if form.raw("version") == fingerprint(row):
        return False
    form.fault("", CHANGED)
    return True
