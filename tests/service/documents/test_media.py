"""A file is told by its bytes, whatever its name says."""

import io
import zipfile

import pytest

from service.documents.media import MIMES, media_of
from service.vocabulary import DocumentMedia


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return target.getvalue()


def office(part: str, *more: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, b"<x/>")
    return target.getvalue()


def open_document(mime: str) -> bytes:
    return zipped(mimetype=mime.encode(), content_DOT_xml=b"<x/>")


ODT = open_document(MIMES[DocumentMedia.ODT])


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7\n...", DocumentMedia.PDF),
        (b"\x89PNG\r\n\x1a\n...", DocumentMedia.PNG),
        (b"\xff\xd8\xff\xe0...", DocumentMedia.JPEG),
        (office("word/document.xml"), DocumentMedia.DOCX),
        (office("xl/workbook.xml"), DocumentMedia.XLSX),
        (ODT, DocumentMedia.ODT),
    ],
)
def test_each_kind_of_file_taken_is_told_by_its_bytes(content: bytes, media: DocumentMedia) -> None:
    assert media_of(content) is media


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"MZ\x90\x00",
        # A PDF that begins with something else would be read as that something by a browser.
        b"<script></script>%PDF-1.4",
        office("word/document.xml", "word/vbaProject.bin"),
        office("ppt/presentation.xml"),
        open_document("application/vnd.oasis.opendocument.spreadsheet"),
        zipped(readme=b"x"),
        ODT[: len(ODT) // 2],
        b"PK\x03\x04 and nothing more",
    ],
)
def test_another_file_is_none_of_them(content: bytes) -> None:
    assert media_of(content) is None
