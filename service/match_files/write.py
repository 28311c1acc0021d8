"""A file appears only once whole: it is written beside, then renamed."""

import gzip
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

from service.match_files.read import STANDARD


def write_whole(blocks: Iterable[bytes], out: str) -> int:
    """Write the lines as they come; how many. `-` is the standard output, `.gz` is packed. Raises OSError."""
    if out == STANDARD:
        written = _pour(blocks, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return written
    target = Path(out)
    if target.is_dir():
        raise IsADirectoryError(0, "", out)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            if out.endswith(".gz"):
                # Neither name nor date inside: the same lines make the same file.
                with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                    written = _pour(blocks, cast("IO[bytes]", packed))
            else:
                written = _pour(blocks, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return written


def _pour(blocks: Iterable[bytes], file: IO[bytes]) -> int:
    written = 0
    for block in blocks:
        file.write(block)
        written += block.count(b"\n")
    return written
