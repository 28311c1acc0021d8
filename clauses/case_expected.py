"""Reading what a case expects: [[attendu]] blocks, about a lot, a declaration, a decision, a person…"""

from collections.abc import Callable

from clauses.case_acts import KINDS, PROVENANCES
from clauses.case_model import Act, Block, Decide, Expected, Send, ShareOut, close_of
from clauses.case_sheet import Sheet
from clauses.case_values import (
    fold,
    listed,
    mapped,
    one_of,
    quoted,
    read_count,
    read_day,
    read_day_or_open,
    read_flag,
    read_fraction_of_days,
    read_hours,
    read_hours_or_unknown,
    read_money,
    read_month,
    read_name,
    read_refusals,
    read_rule,
    read_signed_hours,
    read_signed_or_unknown,
    read_ten_thousandths,
    read_text,
)
from clauses.case_world import lot_named
from clauses.declaration import State
from clauses.next_action import Actor, Task
from clauses.parcours import StepChangeKind
from clauses.progress import Health
from clauses.wording import NNBSP

Readers = dict[str, Callable[[object], object]]

HEALTHS = {fold(health.label): health for health in Health}
STATES = {state.value: state for state in State}
ACTORS = {actor.value: actor for actor in Actor}
TASKS = {task.value: task for task in Task}
CHANGES = {kind.value: kind for kind in StepChangeKind}
PENALTIES = {mode: fold(mode) for mode in ("par heure", "multiple du plafond", "par jour")}

LOT: Readers = {
    "du": read_hours_or_unknown,
    "du_previsionnel": read_hours_or_unknown,
    "heures_attendues": read_hours_or_unknown,
    "declarees": read_hours,
    "comptables": read_hours,
    "validees": read_signed_hours,
    "reste": read_hours_or_unknown,
    "surplus": read_hours_or_unknown,
    "rythme": read_signed_or_unknown,
    "part_temps": read_ten_thousandths,
    "part_heures": read_ten_thousandths,
    "sante": one_of(HEALTHS),
    "debut": read_day,
    "fin": read_day,
    "historique": listed(read_hours_or_unknown),
    "explication": listed(read_text),
    "dettes": mapped(read_hours),
    "faites": mapped(read_hours),
    "restes": mapped(read_hours),
    "excedents": mapped(read_hours),
    "partages_recus": read_hours,
    "partages_donnes": read_hours,
    "personnes": read_count,
    "cloture": listed(read_rule),
    "bilan_declare": read_hours,
    "bilan_comptable": read_hours,
    "bilan_valide": read_hours,
    "par_personne": mapped(read_hours),
    "par_entreprise": mapped(read_hours),
    "alertes": listed(read_text),
    "champs_manquants": listed(read_text),
}
DECLARATION: Readers = {
    "etat": one_of(STATES),
    "refus": read_refusals,
    "refus_dit": listed(read_text),
    "version": read_count,
    "saisie_par": one_of(PROVENANCES),
    "declarees": read_hours,
    "comptables": read_hours,
    "validees": read_hours,
    "effets": listed(read_rule),
    "effets_comprennent": listed(read_rule),
    "effets_absents": listed(read_rule),
    "retenues": listed(read_rule),
    "non_verifiables": listed(read_rule),
    "entreprise_lit": listed(read_text),
    "entreprise_ne_lit_pas": listed(read_text),
    "facilitateur_lit": listed(read_text),
}
ACT: Readers = {"refus": read_refusals, "refus_dit": listed(read_text)}
ELIGIBILITY: Readers = {**ACT, "du": read_day, "au": read_day_or_open}
PERSON: Readers = {
    "etapes": read_count,
    "changements": listed(one_of(CHANGES)),
    "eligible_du": read_day,
    "eligible_au": read_day_or_open,
}
REF: Readers = {
    "personne": read_name,
    "mise_a_l_emploi": read_name,
    "mois": read_month,
    "nature": one_of(KINDS),
}
BLOCKS: dict[str, dict[str, Readers]] = {
    "lot": {
        "penalite": {
            "mode": one_of(PENALTIES),
            "taux": read_money,
            "multiple": read_money,
            "plafond_horaire": read_money,
            "heures_manquantes": read_hours,
            "mise_en_demeure": read_day,
            "arret": read_day,
            "montant": read_money,
        },
        "prochaine_action": {
            "qui": one_of(ACTORS),
            "quoi": one_of(TASKS),
            "entreprise": read_name,
            "depuis": read_day,
            "avant": read_day,
            "en_retard": read_flag,
        },
        "bilan_precedent": {"le": read_day, "connu_le": read_day},
        "ecart": {**REF, "entreprise": read_name, "avant": read_hours, "apres": read_hours}
        | {"ecart": read_signed_hours},
    },
    "declaration": {
        "ligne": {
            **REF,
            "comptables": read_hours,
            "validees": read_hours,
            "jours": read_fraction_of_days,
            "raison": listed(read_text),
            "effets": listed(read_rule),
            "effets_comprennent": listed(read_rule),
            "effets_absents": listed(read_rule),
        }
    },
    "personne": {
        "etape": {
            "mise_a_l_emploi": read_name,
            "debut": read_day,
            "fin": read_day_or_open,
            "heures": read_hours,
            "mois": read_count,
        }
    },
}
NEEDED = {
    "penalite": ("montant",),
    "bilan_precedent": ("le",),
    "prochaine_action": ("qui", "quoi"),
}
SUBJECTS: dict[str, Readers] = {
    "declaration": DECLARATION,
    "decision": ACT,
    "partage": ACT,
    "eligibilite": ELIGIBILITY,
    "personne": PERSON,
}


class Names:
    """What an expectation may name."""

    def __init__(
        self, lots: tuple[str, ...], acts: tuple[Act, ...], periods: set[str], people: frozenset[str]
    ) -> None:
        self.lots = lots
        self.by_subject = {
            "declaration": [a.id for a in acts if isinstance(a, Send)],
            "decision": [a.id for a in acts if isinstance(a, Decide)],
            "partage": [a.id for a in acts if isinstance(a, ShareOut)],
            "eligibilite": sorted(periods),
            "personne": sorted(people),
        }


def read_expected(sheet: Sheet, names: Names) -> Expected:
    """One [[attendu]]; the first of « declaration », « decision », « partage », « eligibilite », « personne »
    says what it is about, else it is about a lot."""
    subject = next((s for s in SUBJECTS if sheet.has(s)), "lot")
    on = sheet.maybe("le", read_day)
    known_on = sheet.maybe("connu_le", read_day)
    if subject == "lot":
        own_id = lot_named(sheet, "lot", names.lots)
        if on is None and not sheet.has("le"):
            sheet.fault("", f"il manque la clé «{NNBSP}le{NNBSP}»{NNBSP}: à quelle date{NNBSP}?")
    else:
        own_id = sheet.get(subject, read_name, "")
        known = names.by_subject[subject]
        if own_id not in known:
            sheet.fault(
                subject, f"{quoted(own_id)} n’existe pas (connus{NNBSP}: {', '.join(known) or 'aucun'})."
            )
        if subject in ("eligibilite", "personne"):
            _lot_of(sheet, names)
    of_line = subject == "declaration" and (sheet.has("personne") or sheet.has("mise_a_l_emploi"))
    readers = LOT if subject == "lot" else SUBJECTS[subject]
    values = {} if of_line else _values(sheet, readers)
    if subject in ("eligibilite", "personne") and sheet.has("lot"):
        values["lot"] = sheet.get("lot", read_name, "")
    blocks = _blocks(sheet, BLOCKS.get(subject, {}))
    if of_line:  # a line told in the block itself
        told = _values(sheet, BLOCKS["declaration"]["ligne"])
        blocks = (*blocks, Block(where=sheet.where, name="ligne", values=told))
    sheet.close()
    if not values and not blocks:
        sheet.fault("", "ce bloc n’attend rien.")
    return Expected(
        where=sheet.where,
        subject=subject,
        id=own_id,
        on=on,
        known_at=close_of(known_on) if known_on else None,
        values=values,
        blocks=blocks,
    )


def _lot_of(sheet: Sheet, names: Names) -> None:
    if sheet.has("lot"):
        lot_named(sheet, "lot", names.lots)


def _values(sheet: Sheet, readers: Readers) -> dict[str, object]:
    found = {}
    for key, read in readers.items():
        present = sheet.has(key)
        value = sheet.maybe(key, read)
        if present:
            found[key] = value
    return found


def _blocks(sheet: Sheet, kinds: dict[str, Readers]) -> tuple[Block, ...]:
    found = []
    for name, readers in kinds.items():
        for child in sheet.children(name):
            values = _values(child, readers)
            for key in NEEDED.get(name, ()):
                if key not in values:
                    child.fault("", f"il manque la clé «{NNBSP}{key}{NNBSP}».")
            if name in ("ligne", "ecart") and not {"personne", "mise_a_l_emploi"} & set(values):
                child.fault("", "il manque « personne » ou « mise_a_l_emploi ».")
            child.close()
            found.append(Block(where=child.where, name=name, values=values))
    return tuple(found)
