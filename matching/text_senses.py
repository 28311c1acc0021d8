"""Words of one family (« gérer », « gestion ») and words of near sense (« vérifier », « contrôler »).

`matching/data/senses.tsv` holds both, written for this project. A family that endings tell (« nettoyer »,
« nettoyage ») needs no line there. A word is read as its family, and as each group of near words that it is
in: two texts that share the word agree on all of these, two that hold near words on the groups alone.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from matching.normalise import neutral, words
from matching.text_features import Docs, Ids, word_id

_LONGEST = 3  # words of a phrase in the table
_LEAST = 4  # letters that an ending leaves
_PLAIN = (
    "ication iquer itrice atrice ienne ition iteur ation ateur aison iere rice iste euse eure ement elle "
    "ante ance ence ment ion age ure ite eur ier ien oir ant ent ive ale aux eux er ir re if el al ee ie e i"
)
_ENDINGS = {
    **dict.fromkeys(("uction", "ucteur", "uctrice", "uctif", "uire", "uite", "uit"), "u"),
    **dict.fromkeys(_PLAIN.split(), ""),
    "ique": "ic",
}
_LONGEST_FIRST = sorted(_ENDINGS.items(), key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What verbs and nouns of one family share most often: « nettoyer », « nettoyages » give « nettoy »."""
    if len(word) > 3 and word[-1] in "sx" and not word.endswith(("ss", "us", "eux", "aux")):
        word = word[:-1]
    for ending, replaced in _LONGEST_FIRST:
        if word.endswith(ending) and len(word) - len(ending) + len(replaced) >= _LEAST:
            word = word[: len(word) - len(ending)] + replaced
            break
    if word.endswith("qu"):
        word = word[:-2] + "c"
    if len(word) > _LEAST and (word[-1] in "ie" or word.endswith("gu")):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


class Senses:
    """`rows`: (« family » or « near », the words or short phrases of one line)."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        listed = [(kind, [words(one) for one in members]) for kind, members in rows]
        self.known = {word for _, members in listed for member in members for word in member}
        self._family: dict[str, str] = {}
        self._family_of_root: dict[str, str] = {}
        for kind, members in listed:
            for word in (word for member in members for word in member if kind == "family"):
                # the same root in two lines (« chauffeur », « chauffer »): each word keeps to its own line
                self._family.setdefault(neutral(word), members[0][0])
                self._family_of_root.setdefault(root(word), members[0][0])
        self._near: dict[tuple[str, ...], list[str]] = {}
        for number, (kind, members) in enumerate(listed):
            for member in members if kind == "near" else ():
                self._near.setdefault(tuple(map(self.family, member)), []).append(f"~{number}")

    def family(self, word: str) -> str:
        """A name for the family of a folded word: its line's first word, else its root."""
        stem = root(word)
        return self._family.get(neutral(word)) or self._family_of_root.get(stem) or stem

    def read(self, told: Sequence[str]) -> list[str]:
        """The families of the words of a text, and the groups that these words and their phrases are in."""
        families = [self.family(word) for word in told]
        found = dict.fromkeys("=" + family for family in families)
        for size in range(1, _LONGEST + 1):
            for first in range(len(families) - size + 1):
                found |= dict.fromkeys(self._near.get(tuple(families[first : first + size]), ()))
        return list(found)

    def features(self, documents: Sequence[Sequence[str]]) -> tuple[Ids, Docs]:
        """Ids of what each document (folded words) reads as, and beside each the document's number."""
        read = [self.read(told) for told in documents]
        ids = [word_id(one) for found in read for one in found]
        docs = np.repeat(np.arange(len(read), dtype=np.int32), [len(found) for found in read])
        return np.array(ids, dtype=np.int64), docs


@lru_cache(maxsize=1)
def load_senses() -> Senses:
    """The families and near words shipped in `matching/data/senses.tsv`."""
    table = files("matching").joinpath("data", "senses.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in table.splitlines()[1:])
    return Senses((kind, [one.strip() for one in members.split(",")]) for kind, _, members in lines)
