"""Reading the official ROME 4.0 archive, bounded before it is opened: a zip of CSV tables in UTF-8."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

MEGABYTE = 1 << 20
# The official archive holds 29 files, 3.3 MB packed and 20 MB unpacked, the largest table 3 MB.
MOST_FILES = 200
MOST_PACKED = 60 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE
MOST_OF_ONE = 60 * MEGABYTE
MOST_RATIO = 60

_TABLE = re.compile(r"(?:.*/)?unix_(?P<table>[a-z_]+?)_v(?P<version>\d+)_utf8\.csv")
COLUMNS: dict[str, tuple[str, ...]] = {
    "referentiel_code_rome": ("code_rome", "libelle_rome", "code_rome_parent"),
    "referentiel_appellation": ("code_ogr", "libelle_appellation_long", "code_rome"),
    "referentiel_competence": ("code_ogr", "libelle_competence"),
    "referentiel_savoir": ("code_ogr_savoir", "libelle_savoir"),
    "referentiel_contexte_travail": ("code_ogr", "libelle_cont_travail", "libelle_type_cont_trav"),
    "coherence_item": ("code_rome", "code_ogr", "coeur_metier"),
    "rubrique_mobilite": ("code_rome", "code_rome_cible", "numero_ordre"),
}


class ArchiveError(Exception):
    """The archive cannot be used; the message is a French sentence for the operator."""


class RomeTables(msgspec.Struct, frozen=True):
    """What the product keeps of ROME, as (key, …) rows in the order of the archive.

    codes: (code, label, parent code); appellations: (code, label); skills: (id, label, « compétence » or
    « savoir »); contexts: (id, label, kind); links: (code, skill or context id, « Principale », « Émergente »
    or « »); mobilities: (code, target code, order).
    """

    version: str
    fingerprint: str
    codes: list[tuple[str, str, str]]
    appellations: list[tuple[str, str]]
    skills: list[tuple[str, str, str]]
    contexts: list[tuple[str, str, str]]
    links: list[tuple[str, str, str]]
    mobilities: list[tuple[str, str, int]]


def read_archive(path: Path) -> RomeTables:
    """Read the tables that the product needs; the others may be absent.

    Raises ArchiveError for what is not a zip, is too large, or lacks a table or a column.
    """
    try:
        if path.stat().st_size > MOST_PACKED:
            raise ArchiveError(
                f"{path.name} dépasse {MOST_PACKED // MEGABYTE} Mo : ce n’est pas l’archive ROME."
            )
        fingerprint = sha256(path.read_bytes()).hexdigest()
        with zipfile.ZipFile(path) as archive:
            members = _bounded(archive)
            version = _version(members)
            rows = {table: list(_rows(archive, members, table)) for table in COLUMNS}
    except FileNotFoundError:
        raise ArchiveError(f"Le fichier {path} n’existe pas.") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"{path.name} n’est pas une archive zip lisible ({error}).") from error
    return _tables(version, fingerprint, rows)


def _bounded(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The tables of the archive by name, once its sizes are known to be reasonable."""
    listed = archive.infolist()
    if len(listed) > MOST_FILES:
        raise ArchiveError(f"L’archive contient {len(listed)} fichiers ; {MOST_FILES} au plus sont acceptés.")
    unpacked = sum(one.file_size for one in listed)
    packed = sum(one.compress_size for one in listed)
    largest = max((one.file_size for one in listed), default=0)
    if unpacked > MOST_UNPACKED or largest > MOST_OF_ONE:
        raise ArchiveError(f"Décompressée, l’archive ferait {unpacked // MEGABYTE} Mo : elle est refusée.")
    if unpacked > MEGABYTE and unpacked > MOST_RATIO * max(packed, 1):
        raise ArchiveError("L’archive se décompresse de façon anormale (taux trop élevé) : elle est refusée.")
    found = ((_TABLE.fullmatch(one.filename), one) for one in listed)
    return {match["table"]: one for match, one in found if match}


def _version(members: dict[str, zipfile.ZipInfo]) -> str:
    versions = {
        match["version"] for one in members.values() if (match := _TABLE.fullmatch(one.filename)) is not None
    }
    if not versions:
        raise ArchiveError(
            "Aucune table « unix_…_utf8.csv » dans l’archive : ce n’est pas l’archive ROME 4.0."
        )
    if len(versions) > 1:
        raise ArchiveError(f"L’archive mêle plusieurs versions du ROME : {', '.join(sorted(versions))}.")
    return versions.pop()


def _rows(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], table: str
) -> Iterator[tuple[str, ...]]:
    """The wanted columns of a table, in the order of COLUMNS, spaces trimmed."""
    member = members.get(table)
    if member is None:
        present = ", ".join(sorted(members))
        raise ArchiveError(f"La table « {table} » manque dans l’archive. Tables trouvées : {present}.")
    with archive.open(member) as raw:
        content = raw.read(MOST_OF_ONE + 1)
    if len(content) > MOST_OF_ONE:
        raise ArchiveError(f"La table « {table} » est plus grande qu’annoncé : l’archive est refusée.")
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header = next(lines, [])
        missing = [column for column in COLUMNS[table] if column not in header]
        if missing:
            raise ArchiveError(
                f"La table « {table} » n’a pas la colonne « {missing[0]} ». "
                f"Colonnes trouvées : {', '.join(header)}."
            )
        places = [header.index(column) for column in COLUMNS[table]]
        for row in lines:
            if len(row) == len(header):
                yield tuple(" ".join(row[place].split()) for place in places)
    except UnicodeDecodeError:
        raise ArchiveError(f"La table « {table} » n’est pas en UTF-8.") from None
    except csv.Error as error:
        raise ArchiveError(f"La table « {table} » est illisible ({error}).") from error


def _tables(version: str, fingerprint: str, rows: dict[str, list[tuple[str, ...]]]) -> RomeTables:
    codes = [(code, label, parent or code) for code, label, parent in rows["referentiel_code_rome"]]
    known = {code for code, _, _ in codes}
    skills = [(one, label, "compétence") for one, label in rows["referentiel_competence"]]
    skills += [(one, label, "savoir") for one, label in rows["referentiel_savoir"]]
    for name, kept in (("referentiel_code_rome", codes), ("referentiel_competence", skills)):
        if not kept:
            raise ArchiveError(f"La table « {name} » est vide.")
    return RomeTables(
        version=version,
        fingerprint=fingerprint,
        codes=sorted(codes),
        appellations=[(code, label) for _, label, code in rows["referentiel_appellation"] if code in known],
        skills=skills,
        contexts=[(one, label, kind) for one, label, kind in rows["referentiel_contexte_travail"]],
        links=[(code, one, core) for code, one, core in rows["coherence_item"] if code in known],
        mobilities=[
            (code, target, int(order))
            for code, target, order in rows["rubrique_mobilite"]
            if code in known and order.isdigit()
        ],
    )
