"""A file brought from elsewhere as text: bounded, decoded, what was odd about it told."""

from pathlib import Path

from service.imports.report import FileRefused

LARGEST = 256_000_000


def read_text(path: Path) -> tuple[str, list[str]]:
    """The text, and notes on how it was read. Raises FileRefused when it cannot or must not be read.

    UTF-8 with or without its mark; UTF-16 by its mark (« texte Unicode » of spreadsheets); else
    Windows-1252, which holds Latin-1: said, because an accent may then be wrong.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileRefused(
                f"{path.name} pèse {size // 1_000_000} Mo, pour {LARGEST // 1_000_000} au plus ; découpez-le."
            )
        raw = path.read_bytes()
    except IsADirectoryError as fault:
        raise FileRefused(f"{path} est un dossier ; donnez un fichier.") from fault
    except OSError as fault:
        raise FileRefused(f"{path} ne peut pas être ouvert ({fault.strerror}).") from fault
    if raw[:4] == b"PK\x03\x04":
        raise FileRefused(
            f"{path.name} est un classeur ou une archive, non un texte ; enregistrez-le en CSV UTF-8."
        )
    if not raw.strip():
        raise FileRefused(f"{path.name} est vide.")
    return decode(raw)


def decode(raw: bytes) -> tuple[str, list[str]]:
    """The text of some bytes, and what was odd about it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), ["Fichier en UTF-16 : lu comme tel."]
        except UnicodeDecodeError as fault:
            raise FileRefused(
                "Le fichier se dit en UTF-16 mais ne l’est pas ; enregistrez-le en UTF-8."
            ) from fault
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        note = (
            f"Le fichier n’est pas en UTF-8 (ligne {line}) : il est lu en Windows-1252 (Latin-1). "
            "Vérifiez les accents, ou enregistrez-le en UTF-8."
        )
        return raw.decode("cp1252", errors="replace"), [note]
