"""Cases that a facilitator can read: a file tells a marché, what happened, and what must come out.

`read_case` reads the text strictly, `run_case` replays it through the core and compares. Pure: the caller
opens the files and gives the public holidays. The format is described in docs/clause-cases.md.
"""

import re
import tomllib
from decimal import Decimal

from clauses.case_acts import Known, read_acts
from clauses.case_compare import compare
from clauses.case_expected import Names, read_expected
from clauses.case_model import FOR_EVER, Act, Case, Gap, HolidaysOf, LotTold, Outcome, Unread, World
from clauses.case_penalty import read_penalties
from clauses.case_people import (
    read_ceilings,
    read_elsewhere,
    read_people,
    read_periods,
    read_placements,
)
from clauses.case_replay import Replay
from clauses.case_sheet import CaseFault, Sheet
from clauses.case_values import read_text
from clauses.case_world import MarcheTold, read_lots, read_marche, read_parties
from clauses.checks import RULES
from clauses.marche import Party
from clauses.replacement import parties_at
from clauses.rule import Rule
from clauses.wording import NNBSP

__all__ = ["Case", "Gap", "HolidaysOf", "Outcome", "Unread", "read_case", "run_case"]

_SLIPS = (
    ("overwrite a value", "une clé est donnée deux fois"),
    ("twice", "une table est donnée deux fois"),
    ("Unterminated string", "des guillemets ne sont pas refermés"),
    ("Illegal character", "des guillemets ne sont pas refermés, ou un caractère est interdit"),
    ("Expected ']'", "il manque un crochet « ] »"),
    ("array declaration", "il manque un crochet « ] »"),
    ("table declaration", "il manque un crochet « ] »"),
    ('Expected "\'"', "des guillemets ne sont pas refermés"),
    ("Unescaped", "une barre « \\\\ » dans un texte s’écrit deux fois"),
    ("after a statement", "il y a quelque chose de trop sur la ligne (« 7h30 », « 5 % » ont des guillemets)"),
    ("Unclosed", "un crochet ou une accolade n’est pas refermé"),
    ("Invalid value", "une valeur ne se lit pas (un texte se met entre guillemets droits)"),
    (
        "Expected '='",
        "il manque le signe « = » après une clé (sans accent), ou des guillemets à un nombre à virgule",
    ),
    (
        "initial character for a key",
        "une clé est attendue, sans accent ; une table { … } tient sur une ligne, sans virgule à la fin",
    ),
    ("Invalid statement", "une clé est attendue, sans accent"),
)

LONGEST = 1_000_000
"""Characters of a file; more is not a case that anyone reads."""


def read_case(text: str, name: str) -> Case | Unread:
    """A case from the text of its file, or all that keeps it from being read, in French."""
    if len(text) > LONGEST:
        return Unread(name=name, faults=("le fichier est trop long pour être un cas.",))
    text = text.replace("\u00a0", " ").replace(NNBSP, " ")  # keyboards put them where one sees a space
    if not text.strip():
        return Unread(name=name, faults=("le fichier est vide.",))
    try:
        held = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        return Unread(name=name, faults=(f"ce n’est pas du TOML{NNBSP}: {_french(str(fault))}.",))
    except (ValueError, ArithmeticError):  # a number of thousands of digits
        return Unread(name=name, faults=("un nombre est trop long.",))
    except RecursionError:
        return Unread(name=name, faults=("le fichier est trop imbriqué.",))
    faults: list[CaseFault] = []
    root = Sheet(held, "", faults)
    case = _case(root, name)
    root.close()
    if faults:
        return Unread(name=name, faults=tuple(f"{f.where}{NNBSP}: {f.sentence}" for f in faults))
    return case


def run_case(case: Case, holidays: HolidaysOf, rules: tuple[Rule, ...] = RULES) -> Outcome | Unread:
    """Replay a case and compare. Unread when its region has no known holidays."""
    region = case.world.region
    probe = next(iter(case.world.lots.values())).lot.starts_on
    if case.world.own_holidays is None and holidays(region, probe, probe) is None:
        sentence = f"marche, jours_feries{NNBSP}: la région «{NNBSP}{region}{NNBSP}» n’est pas connue."
        return Unread(name=case.name, faults=(sentence,))
    replay = Replay(case.world, case.acts, holidays, rules)
    replay.run()
    compared, gaps = compare(case, replay)
    return Outcome(case=case, compared=compared, gaps=gaps)


def _case(root: Sheet, name: str) -> Case:
    title = root.need("titre", read_text, "")
    calculation = root.need("calcul", read_text, "")
    if root.has("calcul") and not calculation:
        root.fault("calcul", "écrivez le calcul à la main qui mène au résultat attendu.")
    told = read_marche(root.child("marche") or Sheet({}, "marche", root.faults))
    world = _world(root, told)
    parties = _succeeding(world.parties, world.lots)
    known = Known(world.lots, parties, world.placements, world.marche.calendar)
    acts = read_acts(root, known)
    periods = {p.id for p in world.periods} | {a.command.id for a in world.asked}
    names = Names(tuple(world.lots), acts, periods, world.people)
    expected = tuple(read_expected(sheet, names) for sheet in root.children("attendu"))
    if not expected:
        root.fault("", "il manque au moins un bloc [[attendu]].")
    _unique(acts, root)
    return Case(
        name=name,
        title=title,
        calculation=calculation,
        world=world,
        acts=acts,
        expected=expected,
    )


def _unique(acts: tuple[Act, ...], root: Sheet) -> None:
    ids = [(type(act), act.id) for act in acts]
    for kind, own_id in sorted(set(ids), key=str):
        if ids.count((kind, own_id)) > 1 and kind.__name__ != "Send":
            root.fault("", f"deux actes s’appellent «{NNBSP}{own_id}{NNBSP}»{NNBSP}: donnez un « id ».")


def _world(root: Sheet, told: MarcheTold) -> World:
    lots = read_lots(root.children("lot"), root.children("evenement"), root, told)
    parties, parties_known = read_parties(root.children("entreprise"), lots)
    placements, placements_known = read_placements(
        root.children("mise_a_l_emploi"), lots, _succeeding(parties, lots)
    )
    people = read_people(
        root.children("personne"), root.children("parcours"), [p.person_id for p in placements]
    )
    periods = read_periods(root.children("eligibilite"), lots, people.names)
    return World(
        marche=told.marche,
        lots=lots,
        parties=parties,
        placements=placements,
        periods=periods.periods,
        asked=periods.asked,
        people=people.names,
        spells=people.spells,
        birth_dates=people.birth_dates,
        elsewhere=read_elsewhere(root.children("ailleurs"), people.names),
        ceilings=read_ceilings(root.children("paie"), placements),
        known_from={**parties_known, **placements_known, **periods.known},
        penalties=read_penalties(root.children("penalite"), lots),
        region=told.region,
        own_holidays=told.own_holidays,
    )


def _succeeding(parties: tuple[Party, ...], lots: dict[str, LotTold]) -> tuple[Party, ...]:
    """The companies with those that replacements bring in: who is titulaire when a block does not say."""
    found: list[Party] = []
    for name, told in lots.items():
        own = tuple(p for p in parties if p.lot_id == name)
        found.extend(parties_at(own, told.events, FOR_EVER))
    return tuple(found)


def _french(fault: str) -> str:
    """What tomllib says, in French: where, and the commonest slips."""
    place = re.search(r"line ([0-9]+), column ([0-9]+)", fault)
    where = f"ligne {place[1]}, colonne {place[2]}" if place else "à la fin du fichier"
    for words, french in _SLIPS:
        if words in fault:
            return f"{where}, {french}"
    return f"{where}, l’écriture n’est pas valide"
