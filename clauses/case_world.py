"""Reading the marché of a case: its lots with their rules and events, and the companies on them."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from clauses.case_events import SOME_DAY, read_event
from clauses.case_model import LotTold, learnt
from clauses.case_sheet import Sheet
from clauses.case_values import (
    fold,
    listed,
    one_of,
    read_count,
    read_day,
    read_flag,
    read_key,
    read_name,
    read_percent,
    read_text,
)
from clauses.eligibility import Criterion, Grid
from clauses.events import Event, Notification, Withdrawal
from clauses.grids import default_grid
from clauses.marche import (
    Buyer,
    Calendar,
    CutPolicy,
    GroupementKind,
    HoursBasis,
    LegalBasis,
    Lot,
    Marche,
    Party,
    PartyRole,
    Rules,
    SurplusPolicy,
)
from clauses.placement import EmployerKind, EmploymentKind, Modality
from clauses.wording import NNBSP

LEGAL_BASES = {basis.value: basis for basis in LegalBasis}
OLD_ARTICLES = {basis.alias: basis.value for basis in LegalBasis if basis.alias} | {
    basis.article: basis.value for basis in LegalBasis if basis.article
}
GROUPEMENTS = {kind.value: kind for kind in GroupementKind}
GROUPEMENTS_IN_FULL = {"groupement conjoint": "conjoint", "groupement solidaire": "solidaire"}
RHYTHMS = {"mensuel": Calendar.MONTHLY, "trimestriel": Calendar.QUARTERLY}
RHYTHMS_OF_A_DECLARATION = {"mensuelle": "mensuel", "trimestrielle": "trimestriel"}
CUTS = {
    "prorata": CutPolicy.PRORATA,
    "relevé journalier": CutPolicy.DAILY_REQUIRED,
    "tout ou rien": CutPolicy.ALL_OR_NOTHING,
}
SHARINGS = {
    "aucun": SurplusPolicy.NONE,
    "même acheteur": SurplusPolicy.SAME_BUYER,
    "entre acheteurs": SurplusPolicy.POOL,
}
ROLES = {
    "titulaire": PartyRole.MANDATAIRE,
    "mandataire": PartyRole.MANDATAIRE,
    "cotraitant": PartyRole.COTRAITANT,
    "sous-traitant": PartyRole.SOUS_TRAITANT,
}
EMPLOYERS = {kind.value: kind for kind in EmployerKind}
EMPLOYMENTS = {kind.value: kind for kind in EmploymentKind}
MODALITIES = {kind.value: kind for kind in Modality}
BASES = {"travaillées": HoursBasis.WORKED, "payées": HoursBasis.PAID}
TITULAIRE = "titulaire"
REGIONS_SAID_OTHERWISE = {"france": "metropole", "la-reunion": "reunion", "alsace-moselle": "alsace"}
"""Alsace and Moselle have the same public holidays."""
SINCE_EVER = date(1900, 1, 1)
"""A company without a first day was always there: the dates of the lot alone cut its hours."""


class MarcheTold(msgspec.Struct, frozen=True, kw_only=True):
    """The marché, its rules for all lots, and its public holidays: a region, or days of its own."""

    marche: Marche
    rules: Rules
    criteria: tuple[str, ...] | None
    region: str
    own_holidays: frozenset[date] | None


def read_marche(sheet: Sheet) -> MarcheTold:
    """[marche]; every key has a default."""
    buyer = sheet.get("acheteur", read_name, "acheteur")
    region, days = _holidays(sheet)
    marche = Marche(
        id="marche",
        territory_id="territoire",
        reference=sheet.get("reference", read_name, "marche"),
        title=sheet.get("objet", read_text, ""),
        buyer=Buyer(id=buyer, name=buyer),
        ordering_entities=(),
        legal_bases=(
            sheet.get("base_juridique", one_of(LEGAL_BASES, OLD_ARTICLES), LegalBasis.CONDITION_EXECUTION),
        ),
        groupement=sheet.get("groupement", one_of(GROUPEMENTS, GROUPEMENTS_IN_FULL), GroupementKind.NONE),
        calendar=sheet.get("rythme", one_of(RHYTHMS, RHYTHMS_OF_A_DECLARATION), Calendar.MONTHLY),
        perimeter=sheet.get("perimetre", read_text, ""),
        facilitator_contact=sheet.get("contact_facilitateur", read_text, ""),
        eligible_profiles=sheet.get("publics", read_text, ""),
        exemption=None,
        exemption_note="",
    )
    rules, criteria = _rules(sheet, Rules(), None)
    sheet.close()
    return MarcheTold(marche=marche, rules=rules, criteria=criteria, region=region, own_holidays=days)


def _holidays(sheet: Sheet) -> tuple[str, frozenset[date] | None]:
    if isinstance(sheet.held.get("jours_feries"), list):
        days = sheet.maybe("jours_feries", listed(read_day))
        return "metropole", frozenset(days or ())
    region = fold(sheet.get("jours_feries", read_name, "metropole")).replace("_", "-")
    return REGIONS_SAID_OTHERWISE.get(region, region), None


def _rules(sheet: Sheet, base: Rules, codes: tuple[str, ...] | None) -> tuple[Rules, tuple[str, ...] | None]:
    """[marche.regles] or [lot.regles]: what is not told stays as in `base`."""
    child = sheet.child("regles")
    if child is None:
        return base, codes
    employers = child.maybe("employeurs_acceptes", listed(one_of(EMPLOYERS)))
    employments = child.maybe("emplois_acceptes", listed(one_of(EMPLOYMENTS)))
    modalities = child.maybe("modalites_acceptees", listed(one_of(MODALITIES)))
    rules = Rules(
        accepted_employers=base.accepted_employers if employers is None else frozenset(employers),
        accepted_employments=base.accepted_employments if employments is None else frozenset(employments),
        accepted_modalities=base.accepted_modalities if modalities is None else frozenset(modalities),
        cut_policy=child.get("coupe", one_of(CUTS), base.cut_policy),
        surplus_policy=child.get("partage", one_of(SHARINGS), base.surplus_policy),
        hours_basis=child.get("heures", one_of(BASES), base.hours_basis),
        training_countable=child.get("formation_comptee", read_flag, base.training_countable),
        training_cap_percent=child.get("plafond_formation", read_percent, base.training_cap_percent),
        eligibility_months=child.get("mois_eligibilite", read_count, base.eligibility_months),
        cdi_cap_months=child.get("mois_cdi", read_count, base.cdi_cap_months),
        late_proof_grace_days=child.maybe("jours_de_grace", read_count)
        if child.has("jours_de_grace")
        else base.late_proof_grace_days,
        visa_required=child.get("visa", read_flag, base.visa_required),
        deadline_days=child.get("delai_declaration", read_count, base.deadline_days),
        control_days=child.get("delai_controle", read_count, base.control_days),
    )
    codes = child.get("criteres", listed(read_name), codes) if child.has("criteres") else codes
    child.close()
    return rules, codes


def read_lots(sheets: list[Sheet], events: list[Sheet], root: Sheet, told: MarcheTold) -> dict[str, LotTold]:
    """[[lot]] and [[evenement]]; without any [[lot]], there is one, number 1."""
    names = [sheet.need("numero", read_name, "1") for sheet in sheets] or ["1"]
    for name in sorted({n for n in names if names.count(n) > 1}):
        root.fault("lot", f"deux lots portent le numéro «{NNBSP}{name}{NNBSP}».")
    by_lot = _events(events, names)
    found = {}
    for index, name in enumerate(names):
        sheet = sheets[index] if sheets else Sheet({}, "lot", root.faults)
        found[name] = _lot(sheet, name, by_lot[name], told)
    return found


def _events(sheets: list[Sheet], names: list[str]) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {name: [] for name in names}
    ids: set[str] = set()
    read: list[tuple[Sheet, str, Event]] = []
    for number, sheet in enumerate(sheets, 1):
        lot = lot_named(sheet, "lot", names)
        event = read_event(sheet, number)
        if event is None:
            continue
        if event.id in ids:
            sheet.fault("id", f"deux événements s’appellent «{NNBSP}{event.id}{NNBSP}».")
        ids.add(event.id)
        found[lot].append(event)
        read.append((sheet, lot, event))
    for sheet, lot, event in read:
        if isinstance(event, Withdrawal) and not any(e.id == event.event_id for e in found[lot]):
            told = f"«{NNBSP}{event.event_id}{NNBSP}»"
            sheet.fault("evenement", f"aucun événement du lot ne s’appelle {told}.")
        if isinstance(event, Notification) and _notified_before(event, found[lot]):
            sheet.fault(
                "type", "le lot est déjà notifié : retirez la première notification par une « annulation »."
            )
    return {name: tuple(events) for name, events in found.items()}


def _notified_before(event: Notification, events: list[Event]) -> bool:
    """Whether another notification that nobody took back was told earlier in the file."""
    withdrawn = {e.event_id for e in events if isinstance(e, Withdrawal)}
    former = events[: events.index(event)]
    return event.id not in withdrawn and any(
        isinstance(e, Notification) and e.id not in withdrawn for e in former
    )


def lot_named(sheet: Sheet, key: str, names: Iterable[str]) -> str:
    """The lot of a block: told, or the only one of the file."""
    known = list(names)
    if not sheet.has(key):
        sheet.get(key, read_name, "")
        if len(known) > 1:
            sheet.fault("", f"il manque la clé «{NNBSP}{key}{NNBSP}»{NNBSP}: le fichier a plusieurs lots.")
        return known[0]
    name = sheet.get(key, read_name, known[0])
    if name not in known:
        sheet.fault(key, f"le lot «{NNBSP}{name}{NNBSP}» n’existe pas (lots{NNBSP}: {', '.join(known)}).")
        return known[0]
    return name


def _lot(sheet: Sheet, name: str, events: tuple[Event, ...], told: MarcheTold) -> LotTold:
    notified = next((e for e in events if isinstance(e, Notification)), None)
    starts_on, ends_on = sheet.maybe("debut", read_day), sheet.maybe("fin", read_day)
    sheet.in_order(starts_on, "fin", ends_on)
    if notified is None and (starts_on is None or ends_on is None):
        sheet.fault(
            "",
            f"le lot {name} n’a pas de dates{NNBSP}: racontez sa notification (un [[evenement]]), "
            "ou donnez « debut » et « fin ».",
        )
    rules, codes = _rules(sheet, told.rules, told.criteria)
    grid = _grid(codes)
    lot = Lot(
        id=name,
        marche_id="marche",
        buyer_id=sheet.get("acheteur", read_name, told.marche.buyer.id),
        number=name,
        title=sheet.get("intitule", read_text, ""),
        starts_on=starts_on or (notified.on if notified else SOME_DAY),
        ends_on=ends_on or (notified.ends_on if notified else SOME_DAY),
        volume=sheet.get("volume", read_text, ""),
        grid_id=grid.id,
        rules=rules,
    )
    sheet.close()
    return LotTold(lot=lot, grid=grid, events=events)


def _grid(codes: tuple[str, ...] | None) -> Grid:
    """The default grid, or the part of it that is named; a code it does not hold is taken as it is told."""
    grid = default_grid()
    if codes is None:
        return grid
    held = {c.code: c for c in grid.criteria}
    criteria = tuple(held.get(code, _local(code)) for code in codes)
    return msgspec.structs.replace(grid, criteria=criteria)


def _local(code: str) -> Criterion:
    return Criterion(code=code, label=code, proofs=(), needs_opinion=False, historic=False, source="")


def read_parties(
    sheets: list[Sheet], lots: dict[str, LotTold]
) -> tuple[tuple[Party, ...], dict[object, datetime]]:
    """[[entreprise]]; a lot where none is told has one titulaire, named « titulaire »."""
    parties: list[Party] = []
    known: dict[object, datetime] = {}
    for number, sheet in enumerate(sheets, 1):
        lot = lot_named(sheet, "lot", lots)
        parent = _parent(sheet, [p for p in parties if p.lot_id == lot])
        role = sheet.get("role", one_of(ROLES), PartyRole.MANDATAIRE)
        if role is PartyRole.SOUS_TRAITANT and parent is None:
            parent = next((p for p in parties if p.lot_id == lot and p.role is PartyRole.MANDATAIRE), None)
        party = Party(
            id=f"entreprise-{number}",
            lot_id=lot,
            company_id=sheet.need("nom", read_name, TITULAIRE),
            role=role,
            tier=parent.tier + 1 if parent and role is PartyRole.SOUS_TRAITANT else 0,
            parent_id=parent.id if parent and role is PartyRole.SOUS_TRAITANT else None,
            starts_on=sheet.get("du", read_day, SINCE_EVER),
            ends_on=sheet.maybe("au", read_day),
            key_share=sheet.maybe("cle", read_key),
            acte_special=sheet.maybe("acte_special", read_name),
        )
        told_on = sheet.maybe("connu_le", read_day)
        if told_on is not None:
            known[party] = learnt(told_on, 0)
        sheet.in_order(party.starts_on, "au", party.ends_on)
        sheet.close()
        parties.append(party)
    for name in lots:
        if not any(p.lot_id == name for p in parties):
            parties.append(_titulaire(name))
    return tuple(parties), known


def _parent(sheet: Sheet, parties: list[Party]) -> Party | None:
    name = sheet.maybe("donneur_d_ordre", read_name)
    if name is None:
        return None
    parent = next((p for p in parties if p.company_id == name), None)
    if parent is None:
        sheet.fault(
            "donneur_d_ordre",
            f"l’entreprise «{NNBSP}{name}{NNBSP}» doit être racontée plus haut, sur le même lot.",
        )
    return parent


def _titulaire(lot_id: str) -> Party:
    return Party(
        id=f"titulaire-{lot_id}",
        lot_id=lot_id,
        company_id=TITULAIRE,
        role=PartyRole.MANDATAIRE,
        tier=0,
        parent_id=None,
        starts_on=SINCE_EVER,
        ends_on=None,
        key_share=None,
        acte_special=None,
    )
