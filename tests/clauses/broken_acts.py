"""Wrong ways to receive, decide, share, owe and record, each with the cases that catch it."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import msgspec

from clauses import State, TransferMode
from clauses.declaration import EVER_ACCEPTED, Declaration
from clauses.events import Event, Replacement, Withdrawal
from tests.clauses.breaking import none_of, swap, true_one

groupement_debts = true_one("clauses.debt.groupement_debts")
accepted_at = true_one("clauses.declaration.accepted_at")


def every_version(versions: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    return tuple(v for v in versions if v.state in EVER_ACCEPTED)


swap(
    "clauses.declare._version_faults",
    none_of,
    "a declaration may be sent twice",
    "limite-02-declaration-en-double",
    "limite-01-correction-apres-validation",
    "declaration-rendue-puis-renvoyee",
)
swap(
    "clauses.declare._first_state",
    lambda command, context: State.SOUMISE,
    "no visa is asked",
    "limite-09-sous-traitants-en-chaine",
)
swap("clauses.declare.line_faults", none_of, "an impossible line is written", "declaration-illisible")
swap(
    "clauses.decision._open_holds",
    none_of,
    "a hold holds nothing",
    "limite-02-declaration-en-double",
    "limite-04-maximum-legal",
    "declaration-hors-de-la-mise-a-l-emploi",
)
swap(
    "clauses.decision._waiver_faults", none_of, "a hold is lifted without a reason", "limite-04-maximum-legal"
)
swap(
    "clauses.decision._line_faults",
    none_of,
    "more than the countable is accepted",
    "declaration-acceptee-en-partie",
)
swap(
    "clauses.case_replay.rejudge",
    lambda version, context, rules: version,
    "news changes no open version",
    "eligibilite-apprise-apres-l-envoi",
)
swap(
    "clauses.progress.standing_accepted",
    every_version,
    "a correction is added to what it corrects",
    "limite-01-correction-apres-validation",
)
swap(
    "clauses.bilan.accepted_at",
    lambda versions, at: accepted_at(versions, at.replace(year=9000)),
    "a past bilan sees later corrections",
    "limite-01-correction-apres-validation",
)
swap(
    "clauses.case_replay.health_limits",
    lambda on: msgspec.structs.replace(true_one("clauses.parameters.health_limits")(on), late_points=33),
    "a lot is late from 33 points only",
    "limite-07-avenant-1041-heures",
)
swap(
    "clauses.next_action._reports",
    none_of,
    "silence asks for nothing",
    "limite-15-neant-et-silence",
)
swap(
    "clauses.case_lot.missing_mandatory_fields",
    none_of,
    "a marché may say nothing",
    "marche-champs-obligatoires",
)

simulate = true_one("clauses.case_lot.simulate")
titulaire_debts = true_one("clauses.debt.titulaire_debts")


def floored(total: int, keys: Any) -> dict[str, int]:
    weight = sum(Fraction(k) for k in keys.values())
    return {c: int(total * Fraction(k) / weight) for c, k in keys.items()}


def other_mode(events: tuple[Event, ...], *told: Any) -> Any:
    turned = {
        TransferMode.ALL_TO_NEW: TransferMode.SPLIT_BY_DATE,
        TransferMode.SPLIT_BY_DATE: TransferMode.ALL_TO_NEW,
    }
    changed = tuple(
        msgspec.structs.replace(e, mode=turned[e.mode]) if isinstance(e, Replacement) else e for e in events
    )
    return titulaire_debts(changed, *told)


def never_stopped(rule: Any, missing: int, on: date) -> Any:
    changes = {"stopped_on": None} if hasattr(rule, "stopped_on") else {}
    return simulate(msgspec.structs.replace(rule, **changes), missing, on)


swap(
    "clauses.allocation.moved_hours",
    lambda line_id, made: 0,
    "R21: an hour is given twice",
    "limite-14-surplus-et-partage",
)
swap(
    "clauses.allocation._policy_faults",
    none_of,
    "the policy of the lots is ignored",
    "partage-entre-acheteurs",
)
swap(
    "clauses.case_replay.cancel",
    lambda held, at, reason: held,
    "a cancelled sharing gives nothing back",
    "limite-14-surplus-et-partage",
)
swap(
    "clauses.debt.split_by_key",
    floored,
    "a hundredth is lost between members",
    "limite-10-un-cotraitant-quitte-le-groupement",
)
swap(
    "clauses.debt.is_present",
    lambda party, on: True,
    "who left still owes by its key",
    "limite-10-un-cotraitant-quitte-le-groupement",
)
swap(
    "clauses.debt.titulaire_debts",
    other_mode,
    "the two modes of replacement are exchanged",
    "limite-08-titulaire-remplace",
)
swap(
    "clauses.case_lot.simulate",
    never_stopped,
    "a néant does not stop the clock",
    "limite-15-neant-et-silence",
)
swap(
    "clauses.case_lot.simulate",
    lambda rule, missing, on: simulate(rule, missing, on + timedelta(days=1)),
    "a day of penalty too many",
    "limite-15-neant-et-silence",
)
swap(
    "clauses.case_lot.simulate",
    lambda rule, missing, on: simulate(rule, missing // 100 * 100, on),
    "the penalty forgets the hundredths",
    "penalites-par-heure",
)
swap(
    "clauses.parcours.hours_within",
    lambda line, spell, off: (line.accepted or 0, line.month),
    "a step holds the hours before the entry",
    "etape-entree-au-plie-en-cours-de-mois",
)
swap(
    "clauses.declare.period_of",
    lambda calendar, on: true_one("clauses.marche.period_of")(type(calendar).MONTHLY, on),
    "every marché is monthly",
    "declaration-trimestrielle",
)

swap("clauses.next_action._declarations", none_of, "nobody is asked to examine", "prochaine-action")
swap(
    "clauses.progress.IN_HAND",
    frozenset(State),
    "a draft is counted as declared",
    "declaration-brouillon",
)
swap(
    "clauses.case_moves.recall",
    lambda version, author, at, visa_given: version,
    "what is taken back stays sent",
    "declaration-reprise-puis-renvoyee",
)
swap(
    "clauses.declare.is_taken_back",
    lambda version: False,
    "what is sent after a taking back has its number",
    "declaration-reprise-puis-renvoyee",
)
swap(
    "clauses.debt.groupement_debts",
    lambda parties, due, done, on: groupement_debts(
        parties, due, {p.company_id: done.get(p.company_id, 0) for p in parties if p.tier == 1}, on
    ),
    "the hours of a subcontractor are nobody's",
    "dette-du-groupement-et-sous-traitant",
)

swap(
    "clauses.case_replay.restated",
    lambda former, version, made, at: made,
    "a correction leaves what was shared as it was",
    "partage-et-correction",
)

known_events = true_one("clauses.replacement.known_events")
swap(
    "clauses.replacement.replaced",
    lambda parties, event: parties,
    "who is replaced stays",
    "dette-remplacement-annule",
)
swap(
    "clauses.replacement.known_events",
    lambda events, on, at: known_events(tuple(e for e in events if not isinstance(e, Withdrawal)), on, at),
    "a replacement taken back still holds",
    "dette-remplacement-annule",
)
swap(
    "clauses.next_action._penalties",
    none_of,
    "a formal notice asks for nothing",
    "prochaine-action-mise-en-demeure",
)
swap(
    "clauses.next_action._must_answer",
    lambda *_: True,
    "a subcontractor without anybody must answer",
    "prochaine-action-d-un-sous-traitant",
)
swap(
    "clauses.entry_faults.may_declare",
    lambda *_: True,
    "anyone declares the people of another",
    "prochaine-action-d-un-sous-traitant",
)
may_declare = true_one("clauses.entry_faults.may_declare")
swap(
    "clauses.entry_faults.may_declare",
    lambda placement, company, month, context: may_declare(placement, company, context.on, context),
    "a titulaire that was replaced no longer tells its last month",
    "dette-l-ancien-titulaire-saisit-son-dernier-mois",
)
done_by_member = true_one("clauses.firm_part.done_by_member")
swap(
    "clauses.case_lot.done_by_member",
    lambda parties, placements, *told: done_by_member(parties, (), *told),
    "hours are credited to whoever told them",
    "dette-qui-a-fait-les-heures",
)
swap(
    "clauses.case_lot.done_by_member",
    lambda parties, placements, versions, moved, on: done_by_member(parties, placements, versions, (), on),
    "hours shared with another lot stay a member's",
    "dette-qui-a-fait-les-heures",
)
swap(
    "clauses.decision._is_waived",
    lambda finding, waivers: finding.waivable and any(w.rule_id == finding.rule_id for w in waivers),
    "one lifted line lifts them all",
    "regle-levee-d-une-seule-personne",
)
swap(
    "clauses.rules_follow._was_sent",
    lambda version, declaration_id: False,
    "a correction is late by itself",
    "regle-declaration-en-retard",
)
swap(
    "clauses.allocation.CUT_RULES",
    (),
    "the receiving lot judges nothing",
    "partage-entre-acheteurs",
    "partage-vers-un-lot-plus-severe",
)
