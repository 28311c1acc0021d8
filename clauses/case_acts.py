"""Reading what is done in a case, day by day: declarations, decisions, hours shared between lots."""

from collections.abc import Iterable
from datetime import date

from clauses.case_events import SOME_DAY
from clauses.case_model import Act, Decide, Lifted, LineRef, PartAccepted, Send, ShareOut, TakeBack
from clauses.case_people import read_days
from clauses.case_sheet import Sheet
from clauses.case_values import (
    listed,
    mapped,
    one_of,
    quoted,
    read_day,
    read_flag,
    read_hours,
    read_month,
    read_name,
    read_signed_hours,
    read_text,
)
from clauses.case_world import TITULAIRE, lot_named
from clauses.days import add_days
from clauses.declaration import HourKind, LineEntry, Provenance
from clauses.marche import Calendar, Party, mandataire_at, period_of
from clauses.placement import Placement
from clauses.wording import NNBSP

KINDS = {kind.value: kind for kind in HourKind}
PROVENANCES = {origin.value: origin for origin in Provenance}
DECISIONS = {what: what for what in ("valider", "viser", "examiner", "rendre", "rejeter", "reprendre")}
DECISIONS_NAMED = {
    "validation": "valider",
    "visa": "viser",
    "examen": "examiner",
    "retour": "rendre",
    "rejet": "rejeter",
    "reprise": "reprendre",
}
ORDER: tuple[type[Act], ...] = (Send, Decide, ShareOut, TakeBack)


class Known:
    """What the acts may name: lots, companies, placements."""

    def __init__(
        self,
        lots: Iterable[str],
        parties: tuple[Party, ...],
        placements: tuple[Placement, ...],
        calendar: Calendar,
    ) -> None:
        self.lots, self.parties, self.placements = tuple(lots), parties, placements
        self.calendar = calendar

    def titulaire(self, lot: str, on: date) -> str:
        own = tuple(p for p in self.parties if p.lot_id == lot)
        head = mandataire_at(own, on) or next(iter(own), None)
        return head.company_id if head else TITULAIRE


def read_acts(root: Sheet, known: Known) -> tuple[Act, ...]:
    """All the acts in the order of their days; on one day: declarations, decisions, sharings, cancellations,
    each in the order of the file."""
    acts: list[Act] = []
    for sheet in root.children("declaration"):
        acts.extend(_declaration(sheet, known))
    sent = [act.id for act in acts if isinstance(act, Send)]
    for number, sheet in enumerate(root.children("decision"), 1):
        acts.append(_decision(sheet, number, sent))
    for number, sheet in enumerate(root.children("partage"), 1):
        acts.extend(_sharing(sheet, number, sent, known))
    for name in sorted({i for i in sent if sent.count(i) > 1}):
        root.fault("declaration", f"deux déclarations s’appellent {quoted(name)}{NNBSP}: donnez un « id ».")
    return tuple(sorted(acts, key=lambda act: (act.on, ORDER.index(type(act)))))


def _declaration(sheet: Sheet, known: Known) -> list[Act]:
    lot = lot_named(sheet, "lot", known.lots)
    start = sheet.need("periode", read_month, SOME_DAY)
    _, last = period_of(known.calendar, start)
    own_id = sheet.get("id", read_name, _name(start))
    sent_on = sheet.get("envoyee_le", read_day, add_days(last, 1))
    lines = _lines(sheet, own_id, lot, start, known)
    send = Send(
        id=own_id,
        on=sent_on,
        lot_id=lot,
        company_id=sheet.get("entreprise", read_name, known.titulaire(lot, last)),
        period_start=start,
        lines=lines,
        nothing=sheet.get("neant", read_flag, False),
        draft=sheet.get("brouillon", read_flag, False),
        provenance=sheet.get("saisie_par", one_of(PROVENANCES), Provenance.FIRM),
        reason=sheet.get("motif", read_text, ""),
    )
    accepted_on = sheet.maybe("validee_le", read_day)
    sheet.close()
    if accepted_on is None:
        return [send]
    return [send, _accepted(own_id, accepted_on)]


def _accepted(declaration: str, on: date) -> Decide:
    return Decide(
        id=f"{declaration} validée",
        on=on,
        declaration=declaration,
        what="valider",
        reason="",
        lines=(),
        waivers=(),
    )


def _name(start: date) -> str:
    return f"{start:%Y-%m}"


def _lines(sheet: Sheet, own_id: str, lot: str, start: date, known: Known) -> tuple[LineEntry, ...]:
    """[[declaration.ligne]], or in short heures = { Awa = "140" }."""
    found = []
    for who, hours in sheet.get("heures", mapped(read_signed_hours), dict[str, int]()).items():
        placement = _placement(sheet, "heures", who, lot, known)
        found.append((placement, start, HourKind.WORK, hours, ()))
    lines = [
        LineEntry(id=f"{own_id}/{n}", placement_id=p, month=m, kind=k, hours=h, days=d)
        for n, (p, m, k, h, d) in enumerate(found, 1)
    ]
    for child in sheet.children("ligne"):
        lines.append(_line(child, f"{own_id}/{len(lines) + 1}", lot, start, known))
    return tuple(lines)


def _line(sheet: Sheet, own_id: str, lot: str, start: date, known: Known) -> LineEntry:
    key = "mise_a_l_emploi" if sheet.has("mise_a_l_emploi") else "personne"
    who = sheet.need(key, read_name, "")
    placement = _placement(sheet, key, who, lot, known) if who else "?"
    if known.calendar is Calendar.QUARTERLY:
        month = sheet.need("mois", read_month, start)
    else:
        month = sheet.get("mois", read_month, start)
    days = read_days(sheet, month)
    kind = sheet.get("nature", one_of(KINDS), HourKind.WORK)
    if sheet.has("heures") or not days:
        hours = sheet.need("heures", read_signed_hours, 0)
    else:
        hours = sum(told.hours for told in days)
    sheet.close()
    return LineEntry(id=own_id, placement_id=placement, month=month, kind=kind, hours=hours, days=days)


def _placement(sheet: Sheet, key: str, who: str, lot: str, known: Known) -> str:
    """The placement of that id, else the only one of that person on the lot, else anywhere."""
    if any(p.id == who for p in known.placements):
        return who
    own = [p for p in known.placements if p.person_id == who]
    here = [p for p in own if p.lot_id == lot] or own
    if len(here) == 1:
        return here[0].id
    if here:
        ids = ", ".join(p.id for p in here)
        sheet.fault(
            key, f"{quoted(who)} a plusieurs mises à l’emploi{NNBSP}: {ids}. Nommez celle qui convient."
        )
    else:
        ids = ", ".join(p.id for p in known.placements)
        sheet.fault(key, f"{quoted(who)} n’a pas de mise à l’emploi (connues{NNBSP}: {ids or 'aucune'}).")
    return "?"


def read_line_ref(sheet: Sheet) -> LineRef | None:
    """« personne » or « mise_a_l_emploi », with « mois » and « nature » when need be; else None."""
    who = sheet.maybe("mise_a_l_emploi", read_name) or sheet.maybe("personne", read_name)
    month, kind = sheet.maybe("mois", read_month), sheet.maybe("nature", one_of(KINDS))
    return None if who is None else LineRef(who=who, month=month, kind=kind)


def named(sheet: Sheet, key: str, ids: list[str]) -> str:
    """The declaration a block is about: told, or the only one of the file."""
    if not sheet.has(key) and len(set(ids)) == 1:
        sheet.get(key, read_name, "")
        return ids[0]
    name = sheet.need(key, read_name, "")
    if name and name not in ids:
        sheet.fault(key, f"{quoted(name)} n’existe pas (connues{NNBSP}: {', '.join(ids) or 'aucune'}).")
    return name


def _decision(sheet: Sheet, number: int, sent: list[str]) -> Decide:
    lines, waivers = [], []
    for child in sheet.children("ligne"):
        hours = child.need("heures", read_hours, 0)
        ref = _needed_ref(child)
        lines.append(PartAccepted(line=ref, hours=hours, reason=child.get("motif", read_text, "")))
        child.close()
    for child in sheet.children("levee"):
        rule, reason = child.need("regle", read_name, "?"), child.need("motif", read_text, "?")
        waivers.append(Lifted(rule_id=rule.upper(), line=read_line_ref(child), reason=reason))
        child.close()
    decide = Decide(
        id=sheet.get("id", read_name, f"decision-{number}"),
        on=sheet.need("le", read_day, SOME_DAY),
        declaration=named(sheet, "declaration", sent),
        what=sheet.need("type", one_of(DECISIONS, DECISIONS_NAMED), "valider"),
        reason=sheet.get("motif", read_text, ""),
        lines=tuple(lines),
        waivers=tuple(waivers),
    )
    sheet.close()
    return decide


def _needed_ref(sheet: Sheet) -> LineRef:
    ref = read_line_ref(sheet)
    if ref is None:
        sheet.fault("", "il manque « personne » ou « mise_a_l_emploi ».")
    return ref or LineRef(who="?", month=None, kind=None)


def _sharing(sheet: Sheet, number: int, sent: list[str], known: Known) -> list[Act]:
    own_id = sheet.get("id", read_name, f"partage-{number}")
    share = ShareOut(
        id=own_id,
        on=sheet.need("le", read_day, SOME_DAY),
        declaration=named(sheet, "declaration", sent),
        line=read_line_ref(sheet),
        to_lot=lot_named(sheet, "vers_lot", known.lots),
        hours=sheet.need("heures", read_hours, 0),
        consents=frozenset(sheet.maybe("accords", listed(read_name)) or ()),
    )
    back_on = sheet.maybe("annule_le", read_day)
    reason = sheet.get("motif_annulation", read_text, "Partage annulé")
    sheet.close()
    if back_on is None:
        return [share]
    return [share, TakeBack(id=f"{own_id} annulé", on=back_on, sharing=own_id, reason=reason)]
