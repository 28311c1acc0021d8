"""Vectors of a table of labels, for the extra `semantic`: made once, kept by what the table says.

meaning/<digest of the labels>/   under the data directory; the latest few are kept
"""

import shutil
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from service.settings import read_settings

if TYPE_CHECKING:  # what reads texts is imported where it is used: no start pays for numpy
    from matching.text_meaning import Meaning

_MOST_KEPT = 5


def meaning_of(labels: Sequence[str], data_dir: Path | None = None) -> "Meaning | None":
    """The meaning of these labels, read with a progress bar or taken from an earlier run.

    None without the extra. A label takes some 20 ms of processor.
    """
    from matching.text_meaning import Meaning, encoder

    encode = encoder()
    if encode is None:
        return None
    root = (data_dir or read_settings().data_dir) / "meaning"
    folder = root / sha256("\n".join(labels).encode()).hexdigest()[:32]
    found = Meaning.load(folder)
    if found is not None:
        return found
    from tqdm import tqdm

    with tqdm(total=len(labels), desc="Lecture du sens", unit=" libellés", file=sys.stderr) as bar:

        def told(done: int, _: int) -> None:
            bar.update(done - bar.n)

        read = Meaning.of(labels, encode, told)
    making = folder.with_suffix(".new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    read.save(making)
    making.rename(folder)
    for old in sorted(root.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[_MOST_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return read
