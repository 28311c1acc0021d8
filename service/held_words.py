"""Words searched as people type them: « employe d'etage » finds « Employé·e d’étage »."""

from typing import Any

import sqlalchemy as sa

from matching.normalise import fold
from service.tables.folded import folded


def holds_words(typed: str, *columns: Any) -> sa.ColumnElement[bool]:
    """Every word typed is in one of the columns, whatever the order, the accents and the apostrophes."""
    words = fold(typed).split()
    if not words:
        # Nothing but signs was typed: nothing holds it.
        return sa.false()
    texts = [folded(sa.func.coalesce(column, "")) for column in columns]
    return sa.and_(*(sa.or_(*(text.contains(word, autoescape=True) for text in texts)) for word in words))
