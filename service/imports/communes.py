"""The official communes over the shipped table: a file kept beside the database, seen at once by all.

Accepted: CSV or JSON with the INSEE code, the name, and what more there is of postcodes, département,
population and coordinates (geo.api.gouv.fr, « communes-france » of data.gouv.fr, La Poste).
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from matching import Commune, fold, load_communes
from service.imports.clean import one_line
from service.imports.csv_rows import open_table, read_rows
from service.imports.files import read_text
from service.imports.report import FileRefused, Report, RowRefused
from service.reference.communes import IMPORTED

# An official centre: within it, the town hall of an ordinary commune.
OFFICIAL_M = 500
HEADER = "insee\tname\tpostcodes\tdepartement\tlatitude\tlongitude\tpopulation\tprecision_m\tkind"
_NAMES: dict[str, tuple[str, ...]] = {
    "insee": ("code insee", "insee", "code commune insee", "code", "com", "code commune", "codgeo"),
    "nom": ("nom", "nom commune", "nom standard", "nom de la commune", "libelle", "nom commune complet"),
    "codes_postaux": ("code postal", "codes postaux", "codespostaux"),
    "departement": ("departement", "dep", "dep code", "code departement", "codedepartement"),
    "latitude": ("latitude", "latitude mairie", "latitude centre", "lat"),
    "longitude": ("longitude", "longitude mairie", "longitude centre", "lon", "lng"),
    "population": ("population", "pop", "population municipale"),
}
ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases}


def import_communes(path: Path, data_dir: Path) -> Report:
    """Write the rows that can be read under `data_dir`; the table in force is replaced in one stroke.

    Raises FileRefused when no row can be read.
    """
    text, notes = read_text(path)
    report = Report(notes=notes)
    shipped = load_communes()
    found: dict[str, Commune] = {}
    for line, cells in _rows(text, report):
        try:
            commune = _read(cells)
        except RowRefused as refusal:
            report.refuse(line, refusal.column, refusal.sentence)
            continue
        earlier = found.get(commune.insee)
        found[commune.insee] = _merged(commune, earlier or shipped.get(commune.insee), again=bool(earlier))
    if not found:
        raise FileRefused("aucune commune n’a pu être lue ; la table en service est gardée.")
    target = data_dir / IMPORTED
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    after = "\n".join([HEADER, *(_line(one) for _, one in sorted(found.items()))]) + "\n"
    old = {line.split("\t", 1)[0]: line for line in before.splitlines()[1:]}
    for code, one in found.items():
        if code not in old:
            report.added += 1
        elif old[code] == _line(one):
            report.same += 1
        else:
            report.changed += 1
    if after != before:
        _replace(target, after)
    return report


def _replace(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)


def _rows(text: str, report: Report) -> Iterator[tuple[int, Mapping[str, str]]]:
    if text.lstrip()[:1] == "[":
        yield from _json_rows(text)
        return
    table = open_table(text, ALIASES, ("insee", "nom"))
    for row in read_rows(table):
        if row.fault:
            report.refuse(row.line, "", row.fault)
        else:
            yield row.line, row.cells


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        listed = msgspec.json.decode(text.encode())
    except msgspec.DecodeError as fault:
        raise FileRefused(f"le JSON des communes est mal formé ({fault}).") from fault
    for number, one in enumerate(listed):
        told = one if isinstance(one, dict) else {}
        cells = {ALIASES[fold(key)]: _text(value) for key, value in told.items() if fold(key) in ALIASES}
        centre = told.get("centre") or told.get("mairie")
        if isinstance(centre, dict) and isinstance(centre.get("coordinates"), list):
            longitude, latitude = (*centre["coordinates"], "", "")[:2]
            cells |= {"latitude": str(latitude), "longitude": str(longitude)}
        yield number + 1, cells


def _text(value: Any) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else one_line(value)


def _read(cells: Mapping[str, str]) -> Commune:
    insee, name = cells.get("insee", "").upper().zfill(5), one_line(cells.get("nom", ""), 120)
    if len(insee) != 5 or not insee.isalnum() or insee == "00000":
        raise RowRefused("insee", f"« {cells.get('insee', '')[:20]} » n’est pas un code INSEE de commune.")
    if not name:
        raise RowRefused("nom", "le nom manque.")
    postcodes = tuple(
        code.strip().zfill(5)
        for code in cells.get("codes_postaux", "").replace(",", "|").replace(" ", "|").split("|")
        if code.strip()
    )
    if any(not code.isdigit() or len(code) != 5 for code in postcodes):
        raise RowRefused(
            "codes_postaux", f"« {cells['codes_postaux'][:40]} » : cinq chiffres par code postal."
        )
    latitude = _degrees(cells.get("latitude", ""), "latitude", 90)
    longitude = _degrees(cells.get("longitude", ""), "longitude", 180)
    known = latitude is not None and longitude is not None
    people = cells.get("population", "").replace(" ", "").split(".")[0]
    return Commune(
        insee=insee,
        name=name,
        postcodes=postcodes,
        departement=cells.get("departement", "") or (insee[:3] if insee.startswith("97") else insee[:2]),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        population=int(people) if people.isdigit() else 0,
        precision_m=OFFICIAL_M if known else None,
        kind="imported" if known else "none",
    )


def _degrees(text: str, column: str, most: int) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise RowRefused(column, f"« {text[:20]} » n’est pas une coordonnée.")
    return value


def _merged(read: Commune, known: Commune | None, *, again: bool) -> Commune:
    """What the file does not tell is kept; `again`: a second row (La Poste) adds its postcode."""
    if known is None or known.insee != read.insee:
        return read
    has_point = read.latitude is not None
    earlier = known.postcodes if again or not read.postcodes else ()
    return Commune(
        insee=read.insee,
        name=read.name,
        postcodes=tuple(dict.fromkeys([*earlier, *read.postcodes])),
        departement=read.departement or known.departement,
        latitude=read.latitude if has_point else known.latitude,
        longitude=read.longitude if has_point else known.longitude,
        population=read.population or known.population,
        precision_m=read.precision_m if has_point else known.precision_m,
        kind="imported" if has_point else known.kind,
    )


def _line(one: Commune) -> str:
    latitude = "" if one.latitude is None else f"{one.latitude:.5f}"
    longitude = "" if one.longitude is None else f"{one.longitude:.5f}"
    precision = "" if one.precision_m is None else str(one.precision_m)
    cells = (one.insee, one.name, "|".join(one.postcodes), one.departement, latitude, longitude)
    return "\t".join((*cells, str(one.population), precision, one.kind))
