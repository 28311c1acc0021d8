"""The communes in force: the shipped table, or the official file that was imported over it."""

from functools import lru_cache
from pathlib import Path

from matching.communes import Communes, load_communes
from service.settings import read_settings

IMPORTED = "communes.tsv"


def current_communes(data_dir: Path | None = None) -> Communes:
    """The table in force. A file imported by another process is seen at the next call."""
    path = (data_dir or read_settings().data_dir) / IMPORTED
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return load_communes()
    return _with_imported(path, changed)


@lru_cache(maxsize=2)
def _with_imported(path: Path, _changed: int) -> Communes:
    return load_communes().with_rows(path.read_text(encoding="utf-8").splitlines()[1:])
