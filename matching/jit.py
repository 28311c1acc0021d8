"""Compilation of the kernel, when numba is there and is not refused by ``PASSERELLE_NUMBA=0``.

Functions marked ``inner`` stay plain Python, and are compiled inside those that ``compiled`` makes. What is
compiled is kept in a folder named after all the kernel's sources: a change in any of them makes another.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

numba: Any
try:
    numba = import_module("numba")
except ImportError:  # no wheel for this machine: the numpy path serves
    numba = None

_HERE = Path(__file__).parent


# Compiling takes tens of seconds once in a new installation: nobody waits for it in front of a page. Below
# this many pairs the numpy path serves, until `engine.warm_up` has brought the compiled kernel.
COMPILED_FROM = 100_000


def available() -> bool:
    """Whether the kernel may be compiled in this process."""
    return numba is not None and os.environ.get("PASSERELLE_NUMBA", "1") != "0"


def worth_it(pairs: int, *, ready: bool) -> bool:
    """Whether a block of so many pairs goes through the compiled kernel (`always` never waits for warmth)."""
    return available() and (ready or pairs >= COMPILED_FROM or os.environ.get("PASSERELLE_NUMBA") == "always")


def inner(function: F) -> F:
    """A function of the kernel, which compiled functions may call."""
    if numba is None:
        return function
    marked: F = import_module("numba.extending").register_jitable(error_model="numpy", _nrt=False)(function)
    return marked


def once(function: F) -> F:
    """A function of the kernel called in one place: it is put there, not handed dozens of words."""
    if numba is None:
        return function
    options = {"error_model": "numpy", "_nrt": False, "forceinline": True}
    marked: F = import_module("numba.extending").register_jitable(**options)(function)
    return marked


def _of_a_word(name: str, *more: Any) -> Any:
    """A function of one 64-bit word that the processor has, for compiled code."""
    ir = import_module("llvmlite.ir")

    def typed(_: Any, word: Any) -> Any:
        def code(__: Any, builder: Any, ___: Any, values: Any) -> Any:
            return getattr(builder, name)(values[0], *(ir.Constant(ir.IntType(1), one) for one in more))

        return numba.types.int64(numba.types.int64), code

    return import_module("numba.extending").intrinsic(typed)


if numba is None:

    def lowest_bit(word: int) -> int:
        """Rank of the lowest bit of a word that is not 0."""
        return (word & -word).bit_length() - 1

    def bits_in(word: int) -> int:
        """How many bits are set."""
        return (word & (1 << 64) - 1).bit_count()

else:
    lowest_bit, bits_in = _of_a_word("cttz", 1), _of_a_word("ctpop")


def compiled(function: F) -> F:
    """The same function compiled, at its first call."""
    folder = _cache_folder()
    if folder is None:
        made: F = numba.njit(nogil=True, error_model="numpy", _nrt=False)(function)
        return made
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        made = numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function)
    finally:
        numba.config.CACHE_DIR = before
    return made


def _cache_folder() -> Path | None:
    """Beside the sources, else in the user's cache; None when neither may be written (never a shared one)."""
    told = sha256()
    for path in sorted([*_HERE.glob("engine_*.py"), _HERE / "encode_block.py", _HERE / "jit.py"]):
        told.update(path.read_bytes())
    name = f"kernel-{told.hexdigest()[:16]}"
    for parent in (_HERE / "__pycache__", Path.home() / ".cache" / "passerelle"):
        folder = parent / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None
