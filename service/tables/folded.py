"""Text as people compare it, inside the database: É is E, whatever the case.

`lower` of SQLite leaves É as it is, and neither database puts accented letters among the others.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from matching.normalise import strip_accents

SQLITE_NAME = "without_accents"
_ACCENTED, _PLAIN = "àâäçéèêëîïôöùûüÿñ", "aaaceeeeiioouuuyn"


class folded(sa.sql.functions.GenericFunction[str]):
    """`folded(column)`: in lower case, without French accents nor the point of « hôte·sse »."""

    type = sa.Text()
    inherit_cache = True


@compiles(folded, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **asked: Any) -> str:
    return f"{SQLITE_NAME}({compiler.process(element.clauses, **asked)})"


@compiles(folded, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **asked: Any) -> str:
    text = compiler.process(element.clauses, **asked)
    # A database in the C locale has no lower case for É: its plain letter comes first. What translate has no
    # plain letter for, it drops: the point of « hôte·sse ».
    plain = f"translate({text}, '{_ACCENTED}{_ACCENTED.upper()}·', '{_PLAIN}{_PLAIN}')"
    return f"lower(replace(replace(replace(replace({plain}, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'))"


def without_accents(text: str | None) -> str | None:
    """What SQLite calls under SQLITE_NAME."""
    return None if text is None else strip_accents(text).lower().replace("·", "")
