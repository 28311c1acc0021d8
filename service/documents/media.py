"""What a file is, told by its bytes and never by its name. Nothing is unpacked but one short line."""

import io
import zipfile

from service.vocabulary import DocumentMedia

MIMES = {
    DocumentMedia.PDF: "application/pdf",
    DocumentMedia.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentMedia.ODT: "application/vnd.oasis.opendocument.text",
    DocumentMedia.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentMedia.PNG: "image/png",
    DocumentMedia.JPEG: "image/jpeg",
}
MOST_PARTS = 5_000
MACROS = "vbaProject.bin"


def media_of(content: bytes) -> DocumentMedia | None:
    """The kind of file, or None when it is not one of those taken, or carries macros."""
    if content.startswith(b"%PDF-"):
        return DocumentMedia.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return DocumentMedia.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return DocumentMedia.JPEG
    return _office(content) if content.startswith(b"PK\x03\x04") else None


def _office(content: bytes) -> DocumentMedia | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if len(names) > MOST_PARTS or any(name.endswith(MACROS) for name in names):
                return None
            if "[Content_Types].xml" in names:
                if "word/document.xml" in names:
                    return DocumentMedia.DOCX
                return DocumentMedia.XLSX if "xl/workbook.xml" in names else None
            # OpenDocument stores its type as the first part, uncompressed (ODF 1.2, part 3, section 3.3).
            if names[:1] == ["mimetype"] and parts.infolist()[0].file_size <= 100:
                odt = parts.read("mimetype").decode("ascii", "replace").strip() == MIMES[DocumentMedia.ODT]
                return DocumentMedia.ODT if odt else None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return None
    return None
