"""A document as typed: its file, bounded before it is read whole, and what is said of it."""

from datetime import date
from typing import Any

import msgspec

from service.documents.media import media_of
from service.forms import Form
from service.vocabulary import DocumentKind, DocumentMedia

LARGEST = 10_000_000
TOO_LARGE = "{label} : ce fichier dépasse 10 Mo. Réduisez-le, ou déposez-le en plusieurs parties."
EMPTY = "{label} : ce fichier est vide."
OTHER = (
    "{label} : ce fichier n’est ni un PDF, ni un document Word, OpenDocument ou Excel sans macros, ni une "
    "image PNG ou JPEG. Enregistrez-le en PDF, puis recommencez."
)


class File(msgspec.Struct, frozen=True, kw_only=True):
    content: bytes
    media: DocumentMedia


class DocumentTyped(msgspec.Struct, frozen=True, kw_only=True):
    """`lot`: the public id of a lot of the marché, empty for the whole marché."""

    kind: DocumentKind
    label: str
    dated_on: date | None
    lot: str
    file: File


def read_document(form: Form, lots: list[str], today: date) -> DocumentTyped | None:
    """The form's values, or None when it has faults."""
    kind = form.choice("kind", "Nature", DocumentKind)
    label = form.text("label", "Intitulé", required=True)
    dated_on = form.day("dated_on", "Date du document")
    lot = form.one_of("lot", "Lot", lots, required=False) or ""
    file = read_file(form, "file", "Fichier", required=True)
    if dated_on and dated_on > today:
        form.fault("dated_on", "Date du document : cette date est à venir.")
    choose_again(form, "file", "Fichier")
    if form.faults or kind is None or file is None:
        return None
    return DocumentTyped(kind=kind, label=label, dated_on=dated_on, lot=lot, file=file)


def read_file(form: Form, name: str, label: str, *, required: bool) -> File | None:
    """The file sent, or None when there is none or it has a fault."""
    sent: Any = form.files.get(name)
    # A browser sends an empty part without a name when no file is chosen.
    if sent is None or not sent.filename:
        if required:
            form.fault(name, f"{label} : choisissez un fichier.")
        return None
    content = sent.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        form.fault(name, TOO_LARGE.format(label=label))
    elif not content:
        form.fault(name, EMPTY.format(label=label))
    elif (media := media_of(content)) is None:
        form.fault(name, OTHER.format(label=label))
    else:
        return File(content=content, media=media)
    return None


def choose_again(form: Form, name: str, label: str) -> None:
    """When other fields are at fault, say that the browser does not keep the file, whatever was typed."""
    sent = form.files.get(name)
    if form.faults and sent is not None and sent.filename:
        form.fault(name, f"{label} : choisissez-le de nouveau, le navigateur ne le garde pas.")


def weight(size: int) -> str:
    """« 240 Ko », « 1,4 Mo » (decimal units, as file managers show them)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} Ko"
    return f"{size / 1_000_000:.1f} Mo".replace(".", ",")
