"""The codes of ROME 4.0 with their labels, as shipped: what works before any import."""

from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@lru_cache(maxsize=1)
def load_rome_codes() -> MappingProxyType[str, str]:
    """Code -> label (masculine / feminine), in the order of the codes; 1,584 of them."""
    table = files("matching").joinpath("data", "rome_codes.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in table.splitlines()[1:])
    return MappingProxyType({code: label for code, _, label in rows})


def rome_label(code: str) -> str:
    """The label of a code, or the code itself when it is not one of ROME 4.0's."""
    return load_rome_codes().get(code, code)
