"""What makes a line unreadable: nothing is then written, and every fault is told at once."""

from collections.abc import Iterator
from datetime import date

from clauses.days import last_day
from clauses.declaration import HourKind, LineEntry
from clauses.errors import Reason
from clauses.facts import Context
from clauses.hours import short_hours
from clauses.marche import mandataire_at
from clauses.placement import Placement
from clauses.wording import NNBSP, day, month, of_month

DAY_LONG = 2400


def line_faults(lines: tuple[LineEntry, ...], company_id: str, context: Context) -> tuple[Reason, ...]:
    """All the faults of all the lines."""
    placements = {p.id: p for p in context.placements}
    found: list[Reason] = []
    seen_ids: set[str] = set()
    seen: set[tuple[str, date, HourKind]] = set()
    for line in lines:
        key = (line.placement_id, line.month, line.kind)
        if line.id in seen_ids:
            found.append(
                Reason(code="ligne_double", sentence="Deux lignes ont le même identifiant.", line=line.id)
            )
        if key in seen:
            sentence = (
                f"{month(line.month)}{NNBSP}: cette personne a deux lignes de {line.kind.label.lower()}."
            )
            found.append(Reason(code="ligne_double", sentence=sentence, line=line.id))
        seen_ids.add(line.id)
        seen.add(key)
        found.extend(_faults(line, placements.get(line.placement_id), company_id, context))
    return tuple(found)


def _faults(
    line: LineEntry, placement: Placement | None, company_id: str, context: Context
) -> Iterator[Reason]:
    if placement is None or placement.lot_id != context.lot.id:
        yield _reason(line, "mise_a_l_emploi", "Cette personne n’a pas de mise à l’emploi sur ce lot.")
    elif not may_declare(placement, company_id, line.month, context):
        yield _reason(line, "autre_entreprise", "Cette mise à l’emploi est celle d’une autre entreprise.")
    if line.month.day != 1:
        yield _reason(line, "mois", f"Le mois se donne par son premier jour, pas par le {day(line.month)}.")
        return
    if line.month > context.on:
        yield _reason(line, "mois_futur", f"Le mois {of_month(line.month)} n’a pas encore commencé.")
    yield from _hours_faults(line)
    yield from _day_faults(line)


def may_declare(placement: Placement, company_id: str, month: date, context: Context) -> bool:
    """Who enters: the legal employer, the company where the person works, or a titulaire, that of the day or
    of the month told: who leaves still declares its last month."""
    days = (month, last_day(month), context.on)
    heads = {head.company_id for day in days if (head := mandataire_at(context.parties, day))}
    return company_id in {placement.legal_employer_id, placement.user_company_id, *heads}


def _hours_faults(line: LineEntry) -> Iterator[Reason]:
    most = last_day(line.month).day * DAY_LONG
    if line.hours < 0:
        yield _reason(line, "negatif", "Un nombre d’heures ne peut pas être négatif.")
    elif line.hours > most:
        sentence = (
            f"{short_hours(line.hours)}{NNBSP}: {month(line.month)} n’en compte que {short_hours(most)}."
        )
        yield _reason(line, "trop_d_heures", sentence)


def _day_faults(line: LineEntry) -> Iterator[Reason]:
    if not line.days:
        return
    days = [told.day for told in line.days]
    if any((d.year, d.month) != (line.month.year, line.month.month) for d in days):
        yield _reason(line, "jour_hors_mois", f"Un jour du relevé n’est pas en {month(line.month)}.")
    if len(set(days)) != len(days):
        yield _reason(line, "jour_double", "Un jour est donné deux fois dans le relevé.")
    if any(not 0 <= told.hours <= DAY_LONG for told in line.days):
        yield _reason(line, "heures_du_jour", f"Une journée va de 0 à 24{NNBSP}h.")
    total = sum(told.hours for told in line.days)
    # Each day was rounded to the hundredth: a total may differ by as many hundredths as there are days.
    if abs(total - line.hours) > len(line.days):
        sentence = f"Le relevé des jours fait {short_hours(total)}, le total saisi {short_hours(line.hours)}."
        yield _reason(line, "jours_et_total", sentence)


def _reason(line: LineEntry, code: str, sentence: str) -> Reason:
    return Reason(code=code, sentence=sentence, line=line.id)
