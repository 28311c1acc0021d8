"""The territory's frame: name, time zone, school zone, public holidays, communes."""

import re
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.accounts.sign_in import local_today
from service.accounts.views import CommuneChoice, TerritoryView
from service.forms import Form
from service.reference.communes import current_communes
from service.tables.accounts import TerritoryCommuneRow, TerritoryRow
from service.trace import record_act

# Public holidays differ in Alsace-Moselle and overseas (library `holidays`, subdivisions of FR).
HOLIDAY_REGIONS = (
    ("metropole", "Métropole"),
    ("57", "Moselle"),
    ("6AE", "Alsace"),
    ("GP", "Guadeloupe"),
    ("MQ", "Martinique"),
    ("GF", "Guyane"),
    ("RE", "La Réunion"),
    ("YT", "Mayotte"),
    ("NC", "Nouvelle-Calédonie"),
    ("PF", "Polynésie française"),
)
TIME_ZONES = (
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
)
SCHOOL_ZONES = (
    ("A", "Zone A"),
    ("B", "Zone B"),
    ("C", "Zone C"),
    ("martinique", "Martinique"),
    ("autre", "Autre calendrier"),
)
OPTIONS: dict[str, Any] = {
    "regions": HOLIDAY_REGIONS,
    "time_zones": [(zone, zone.split("/")[1].replace("_", " ")) for zone in TIME_ZONES],
    "school_zones": SCHOOL_ZONES,
}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    time_zone: str
    school_zone: str
    holiday_region: str
    communes: tuple[str, ...]


def read(db: Session, account: Account) -> TerritoryView:
    row = db.get_one(TerritoryRow, account.territory_id)
    codes = db.scalars(
        sa.select(col(TerritoryCommuneRow.insee))
        .where(col(TerritoryCommuneRow.territory_id) == row.id)
        .order_by(col(TerritoryCommuneRow.insee))
    ).all()
    table = current_communes()
    communes = []
    for insee in codes:
        commune = table.get(insee)
        communes.append(CommuneChoice(insee=insee, name=commune.name if commune else insee))
    return TerritoryView(
        name=row.name,
        time_zone=row.time_zone,
        school_zone=row.school_zone,
        holiday_region=row.holiday_region,
        today=local_today(row),
        stored_today=row.stored_today,
        communes=tuple(sorted(communes, key=lambda c: c.name)),
    )


def as_form(view: TerritoryView) -> dict[str, Any]:
    return {
        "name": view.name,
        "time_zone": view.time_zone,
        "school_zone": view.school_zone,
        "holiday_region": view.holiday_region,
        "communes": "\n".join(f"{c.insee} {c.name}" for c in view.communes),
    }


def read_form(form: Form) -> Wanted:
    name = form.text("name", "Nom du territoire", required=True, longest=120)
    time_zone = form.one_of("time_zone", "Fuseau horaire", TIME_ZONES) or ""
    school_zone = form.one_of("school_zone", "Zone scolaire", [key for key, _ in SCHOOL_ZONES]) or ""
    region = form.one_of("holiday_region", "Jours fériés", [key for key, _ in HOLIDAY_REGIONS]) or ""
    codes, table = [], current_communes()
    for number, line in enumerate(
        form.text("communes", "Communes", longest=60_000, lines=True).splitlines(), 1
    ):
        if not line.strip():
            continue
        code = re.match(r"[0-9AB]{5}", line.strip().upper())
        if code is None or table.get(code[0]) is None:
            form.fault(
                "communes",
                f"Communes : ligne {number}, « {line.strip()[:30]} » ne commence pas par un code INSEE.",
            )
        else:
            codes.append(code[0])
    return Wanted(
        name=name,
        time_zone=time_zone,
        school_zone=school_zone,
        holiday_region=region,
        communes=tuple(dict.fromkeys(codes)),
    )


def change(db: Session, account: Account, wanted: Wanted) -> None:
    row = db.scalars(
        sa.select(TerritoryRow).where(col(TerritoryRow.id) == account.territory_id).with_for_update()
    ).one()
    row.name = wanted.name
    row.time_zone = wanted.time_zone
    row.school_zone = wanted.school_zone
    row.holiday_region = wanted.holiday_region
    # Holidays and the school calendar enter the matching: what was encoded before is stale.
    row.offers_stamp += 1
    row.participants_stamp += 1
    db.execute(sa.delete(TerritoryCommuneRow).where(col(TerritoryCommuneRow.territory_id) == row.id))
    db.add_all(TerritoryCommuneRow(territory_id=row.id, insee=insee) for insee in wanted.communes)
    record_act(
        db, account, "territory.edit.act", "territoire", row.public_id, f"Territoire modifié : {wanted.name}."
    )
