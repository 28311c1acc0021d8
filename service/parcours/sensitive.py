"""Words of health and justice in a shared note: the person who writes is warned, never stopped.

Free text is the leak (domain/parcours.md §7): a note shared with the team says what to do, not why.
"""

import re

from matching import fold

# Beginnings of folded words. Drawn from the themes « santé » and « justice » of the list of contraintes
# personnelles (domain/parcours.md §4.1), widened by hand with how people say them.
HEALTH = (
    *("sante", "malad", "medic", "hopital", "hospitalis", "handicap", "rqth", "depress", "psych"),
    *("addict", "alcool", "cancer", "diabet", "epilep", "enceinte", "grossesse"),
    *("chirurg", "invalidite", "aah", "burn", "anxie", "suicid", "toxico", "drogue"),
    *("cannabis", "methadone", "douleur", "dos", "lombalg", "allerg", "asthme", "vih", "hepatite", "therap"),
)
JUSTICE = (
    *("prison", "detention", "incarcer", "judiciaire", "casier", "bracelet", "spip", "condamn"),
    *("tribunal", "juge", "plainte", "gendarm", "police", "delit", "garde a vue", "tig", "liberation"),
    *("violence", "probation", "avocat", "penal"),
)
# Short stems are whole words only: « dos » is not « dossier », « tig » is not « tige ».
WHOLE_WORDS = frozenset(("dos", "tig", "aah", "vih", "spip", "rqth", "juge", "burn"))
PATTERN = re.compile(
    r"\b(?:"
    + "|".join(stem + (r"s?\b" if stem in WHOLE_WORDS else r"\w*") for stem in (*HEALTH, *JUSTICE))
    + r")"
)


def sensitive_words(note: str) -> tuple[str, ...]:
    """The words of a note that speak of health or justice, folded, each once, in order."""
    return tuple(dict.fromkeys(PATTERN.findall(fold(note))))


def warning_for(note: str) -> str:
    """The sentence to show under a shared note; empty when there is nothing to say."""
    words = sensitive_words(note)
    if not words:
        return ""
    listed = ", ".join(f"« {word} »" for word in words[:5])
    return (
        f"Attention : la note partagée parle de santé ou de justice ({listed}). "
        "Toute l’équipe peut la lire ; vous pouvez la déplacer dans la note de travail."
    )
