"""A file appears only once whole, whatever stops the writing."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.match_files.write import write_whole


def test_lines_are_counted_and_the_file_is_there(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    assert write_whole([b"1\n2\n", b"", b"3\n"], str(out)) == 3
    assert out.read_bytes() == b"1\n2\n3\n"
    assert [path.name for path in tmp_path.iterdir()] == ["m.jsonl"]


def test_stopped_half_way_it_leaves_what_was_there_before(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    out.write_text("before\n")

    def half() -> Iterator[bytes]:
        yield b"1\n"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(half(), str(out))
    assert out.read_text() == "before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["m.jsonl"]


def test_the_same_lines_make_the_same_packed_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"
    for out in (one, two):
        write_whole([b"1\n", b"2\n"], str(out))
    os.utime(one, (0, 0))
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()) == b"1\n2\n"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_whole([b"1\n"], str(tmp_path))
    with pytest.raises(FileNotFoundError):
        write_whole([b"1\n"], str(tmp_path / "nowhere" / "m.jsonl"))
