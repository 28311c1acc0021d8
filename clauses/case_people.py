"""Reading the people of a case: who they are, when they are eligible, where they work."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from clauses.case_events import SOME_DAY
from clauses.case_model import Asked, LotTold, learnt
from clauses.case_sheet import Sheet
from clauses.case_values import (
    mapped,
    one_of,
    quoted,
    read_count,
    read_day,
    read_flag,
    read_hours,
    read_month,
    read_name,
    read_text,
)
from clauses.case_world import EMPLOYERS, EMPLOYMENTS, TITULAIRE, lot_named
from clauses.days import end_of_months, last_day
from clauses.declaration import DayHours
from clauses.eligibility import EndRule, OpenPeriod, Period
from clauses.facts import Ceiling, OtherLine
from clauses.marche import Party, mandataire_at
from clauses.parcours import Spell
from clauses.placement import EmployerKind, EmploymentKind, EndReason, Placement
from clauses.wording import NNBSP

LENDERS = frozenset(
    {EmployerKind.ETTI, EmployerKind.ETT, EmployerKind.EATT, EmployerKind.AI, EmployerKind.GEIQ}
)
END_REASONS = {reason.value: reason for reason in EndReason}


class PeopleTold(msgspec.Struct, frozen=True, kw_only=True):
    """Persons by name, with their births and stays in the PLIE."""

    names: frozenset[str]
    birth_dates: dict[str, date]
    spells: tuple[Spell, ...]


def read_people(sheets: list[Sheet], spells: list[Sheet], placed: Iterable[str]) -> PeopleTold:
    """[[personne]] and [[parcours]]; a person who has a [[mise_a_l_emploi]] needs no [[personne]]."""
    names, births, stays = set(placed), {}, []
    for sheet in sheets:
        name = sheet.need("nom", read_name, "?")
        names.add(name)
        born = sheet.maybe("naissance", read_day)
        if born is not None:
            births[name] = born
        entered, left = sheet.maybe("entree_plie", read_day), sheet.maybe("sortie_plie", read_day)
        sheet.in_order(entered, "sortie_plie", left)
        if entered is not None:
            stays.append(Spell(id=f"{name}-plie", person_id=name, starts_on=entered, ends_on=left))
        elif left is not None:
            sheet.fault("sortie_plie", "une sortie du PLIE demande aussi « entree_plie ».")
        sheet.close()
    for number, sheet in enumerate(spells, 1):
        name = person_named(sheet, "personne", names)
        first, last = sheet.need("du", read_day, SOME_DAY), sheet.maybe("au", read_day)
        sheet.in_order(first, "au", last)
        stays.append(Spell(id=f"{name}-plie-{number}", person_id=name, starts_on=first, ends_on=last))
        sheet.close()
    return PeopleTold(names=frozenset(names), birth_dates=births, spells=tuple(stays))


def person_named(sheet: Sheet, key: str, names: Iterable[str]) -> str:
    name = sheet.need(key, read_name, "?")
    known = sorted(names)
    if name not in known and name != "?":
        told = f"connues{NNBSP}: {', '.join(known)}" if known else "aucune ne l’est"
        sheet.fault(
            key,
            f"personne inconnue «{NNBSP}{name}{NNBSP}» ({told}){NNBSP}: une [[personne]] ou une "
            "[[mise_a_l_emploi]] la raconte.",
        )
    return name


def read_placements(
    sheets: list[Sheet], lots: dict[str, LotTold], parties: tuple[Party, ...]
) -> tuple[tuple[Placement, ...], dict[object, datetime]]:
    """[[mise_a_l_emploi]]; its id is the person's name unless it is told."""
    found: list[Placement] = []
    known: dict[object, datetime] = {}
    for sheet in sheets:
        lot = lot_named(sheet, "lot", lots)
        person = sheet.need("personne", read_name, "?")
        placement = _placement(sheet, lot, person, [p for p in parties if p.lot_id == lot])
        if any(p.id == placement.id for p in found):
            sheet.fault(
                "id",
                f"«{NNBSP}{placement.id}{NNBSP}» a déjà une mise à l’emploi{NNBSP}: donnez-lui un « id ».",
            )
        told_on = sheet.maybe("connu_le", read_day)
        if told_on is not None:
            known[placement] = learnt(told_on, 0)
        sheet.close()
        found.append(placement)
    return tuple(found), known


def _placement(sheet: Sheet, lot: str, person: str, parties: list[Party]) -> Placement:
    starts_on = sheet.need("debut", read_day, SOME_DAY)
    head = mandataire_at(tuple(parties), starts_on) or next(iter(parties), None)
    titulaire = head.company_id if head else TITULAIRE
    employer = sheet.get("employeur", read_name, titulaire)
    kind = sheet.get("type_employeur", one_of(EMPLOYERS), EmployerKind.ENTREPRISE)
    ended_on = sheet.maybe("fin_reelle", read_day)
    reason = sheet.maybe("motif_fin", one_of(END_REASONS))
    employment = sheet.get("emploi", one_of(EMPLOYMENTS), EmploymentKind.CDD)
    planned = sheet.maybe("fin_prevue", read_day)
    cdi_from = sheet.maybe("cdi_le", read_day)
    sheet.in_order(starts_on, "cdi_le", cdi_from)
    sheet.in_order(starts_on, "fin_prevue", planned)
    sheet.in_order(starts_on, "fin_reelle", ended_on)
    return Placement(
        id=sheet.get("id", read_name, person),
        person_id=person,
        lot_id=lot,
        legal_employer_id=employer,
        legal_employer_kind=kind,
        user_company_id=sheet.get("entreprise", read_name, titulaire if kind in LENDERS else employer),
        employment_kind=employment,
        starts_on=starts_on,
        planned_ends_on=planned,
        cdi_from=cdi_from,
        ended_on=ended_on,
        end_reason=reason or (EndReason.UNKNOWN if ended_on else None),
        weekly_hours=sheet.get("heures_hebdo", read_hours, 3500),
    )


class PeriodsTold(msgspec.Struct, frozen=True, kw_only=True):
    periods: tuple[Period, ...]
    asked: tuple[Asked, ...]
    known: dict[object, datetime]


def read_periods(sheets: list[Sheet], lots: dict[str, LotTold], names: frozenset[str]) -> PeriodsTold:
    """[[eligibilite]]: told as it is (« du »), or asked of the core (« demandee_du »). Told again under the
    same id, what is known later replaces."""
    periods: list[Period] = []
    asked: list[Asked] = []
    known: dict[object, datetime] = {}
    for number, sheet in enumerate(sheets, 1):
        person = person_named(sheet, "personne", names)
        own_id = sheet.get("id", read_name, f"{person}-eligibilite-{number}")
        told_on = sheet.maybe("connu_le", read_day)
        if told_on is None and own_id in {*(p.id for p in periods), *(a.command.id for a in asked)}:
            sheet.fault("id", f"deux éligibilités s’appellent {quoted(own_id)}{NNBSP}: donnez « connu_le ».")
        told: Period | OpenPeriod
        if sheet.has("demandee_du"):
            told = _asked(sheet, own_id, person)
            asked.append(Asked(command=told, lot_id=lot_named(sheet, "lot", lots)))
        else:
            told = _period(sheet, own_id, person)
            periods.append(told)
        if told_on is not None:
            known[told] = learnt(told_on, 0)
        sheet.close()
    return PeriodsTold(periods=tuple(periods), asked=tuple(asked), known=known)


def _asked(sheet: Sheet, own_id: str, person: str) -> OpenPeriod:
    return OpenPeriod(
        id=own_id,
        person_id=person,
        criterion=sheet.get("critere", read_name, "RSA"),
        asked_from=sheet.need("demandee_du", read_day, SOME_DAY),
        proof_label=sheet.get("justificatif", read_text, ""),
        proof_dated_on=sheet.maybe("justificatif_du", read_day),
        opinion=sheet.get("avis", read_text, ""),
        fixed_end=sheet.maybe("au", read_day),
        override=sheet.get("derogation_motif", read_text, ""),
    )


def _period(sheet: Sheet, own_id: str, person: str) -> Period:
    starts_on = sheet.need("du", read_day, SOME_DAY)
    fixed = sheet.maybe("au", read_day)
    sheet.in_order(starts_on, "au", fixed)
    months = sheet.get("mois", read_count, 24)
    to_the_end = sheet.get("jusqu_a_la_fin_du_lot", read_flag, False)
    if to_the_end:
        ends_on, rule = None, EndRule.LOT_END
    elif fixed is not None:
        ends_on, rule = fixed, EndRule.DATE
    else:
        ends_on, rule = end_of_months(starts_on, months), EndRule.MONTHS
    return Period(
        id=own_id,
        person_id=person,
        grid_id="grille-nationale",
        grid_version=1,
        criterion=sheet.get("critere", read_name, "RSA"),
        starts_on=starts_on,
        ends_on=ends_on,
        end_rule=rule,
        cdi_hired_on=sheet.maybe("cdi_le", read_day),
        proof_label=sheet.get("justificatif", read_text, ""),
        proof_dated_on=sheet.maybe("justificatif_du", read_day),
        proof_expires_on=sheet.maybe("justificatif_expire_le", read_day),
        opinion=sheet.get("avis", read_text, ""),
        revoked_on=sheet.maybe("revoquee_le", read_day),
        revoked_reason=sheet.get("motif_revocation", read_text, ""),
    )


def read_days(sheet: Sheet, month: date) -> tuple[DayHours, ...]:
    """« jours »: { 2 = "7", 3 = "7h30" } by number in the month, or by date."""
    told = sheet.get("jours", mapped(read_hours), dict[str, int]())
    found = []
    for key, hours in told.items():
        on = _day_of(key, month)
        if on is None:
            sheet.fault("jours", f"«{NNBSP}{key}{NNBSP}» n’est pas un jour du mois.")
        else:
            found.append(DayHours(day=on, hours=hours))
    return tuple(found)


def _day_of(key: str, month: date) -> date | None:
    if key.isdigit():
        number = int(key)
        return month.replace(day=number) if 1 <= number <= last_day(month).day else None
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def read_elsewhere(sheets: list[Sheet], names: frozenset[str]) -> tuple[OtherLine, ...]:
    """[[ailleurs]]: hours of a person that stand on another lot or at another company, out of this file."""
    found = []
    for sheet in sheets:
        month = sheet.need("mois", read_month, SOME_DAY)
        found.append(
            OtherLine(
                person_id=person_named(sheet, "personne", names),
                placement_id="ailleurs",
                lot_id=sheet.get("lot", read_name, "ailleurs"),
                company_id=sheet.get("entreprise", read_name, "autre entreprise"),
                month=month,
                hours=sheet.need("heures", read_hours, 0),
                days=read_days(sheet, month),
            )
        )
        sheet.close()
    return tuple(found)


def read_ceilings(sheets: list[Sheet], placements: tuple[Placement, ...]) -> tuple[Ceiling, ...]:
    """[[paie]]: hours paid in a month for a placement."""
    found = []
    ids = [p.id for p in placements]
    for sheet in sheets:
        placement = sheet.need("mise_a_l_emploi", read_name, "?")
        if placement not in ids and placement != "?":
            sheet.fault("mise_a_l_emploi", f"«{NNBSP}{placement}{NNBSP}» n’existe pas ({', '.join(ids)}).")
        month = sheet.need("mois", read_month, SOME_DAY)
        found.append(Ceiling(placement_id=placement, month=month, hours=sheet.need("heures", read_hours, 0)))
        sheet.close()
    return tuple(found)
