"""The project's own lexicon: what people call their trades, and the ROME code that each name means."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def load_lexicon() -> tuple[tuple[str, str], ...]:
    """(phrase, ROME code) pairs, as shipped in `matching/data/lexicon.tsv`."""
    table = files("matching").joinpath("data", "lexicon.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in table.splitlines()[1:])
    return tuple((phrase, code) for phrase, _, code in rows)
