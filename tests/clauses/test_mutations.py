"""The cases are worth what they catch: each rule is broken in turn, and a named case must then differ."""

from dataclasses import replace as with_changes
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from clauses import RULES, Effect, LotStanding, Rule
from clauses.facts import Facts
from tests.clauses import broken_acts, broken_counting, broken_due
from tests.clauses.breaking import FOLDER, SWAPS, differs, home_of, true_one

SOURCES = (broken_due, broken_counting, broken_acts)

# Each rule of the pack, and the case that falls when the rule is taken out.
WITHOUT_RULE = {
    "R01": "compte-hors-des-dates-du-marche",
    "R02": "limite-05-eligible-en-cours-de-mois",
    "R03": "limite-09-sous-traitants-en-chaine",
    "R04": "compte-employeur-non-accepte",
    "R05": "limite-04-maximum-legal",
    "R06": "limite-03-deux-marches-un-mois",
    "R07": "regle-jour-et-semaine",
    "R08": "regle-jour-et-semaine",
    "R09": "limite-02-declaration-en-double",
    "R10": "declaration-hors-de-la-mise-a-l-emploi",
    "R11": "regle-temps-partiel-et-paie",
    "R12": "regle-temps-partiel-et-paie",
    "R13": "regle-echeances-proches",
    "R14": "regle-echeances-proches",
    "R15": "regle-declaration-en-retard",
    "R16": "regle-trois-neants-et-rythme",
    "R17": "regle-trois-neants-et-rythme",
    "R18": "compte-plafond-de-formation",
    "R19": "regle-ligne-recopiee",
    "R20": "du-pourcentage-des-heures",
    "R22": "regle-personne-mineure",
}


@pytest.mark.parametrize("rule", [r for r in RULES if r.id != "R21"], ids=lambda rule: rule.id)
def test_without_a_rule_its_named_case_differs(rule: Rule) -> None:
    """R21 is held by the allocation ledger itself: it is broken in broken_acts.py."""
    assert differs(WITHOUT_RULE[rule.id], tuple(r for r in RULES if r.id != rule.id))


def replaced_rule(rule_id: str, **changes: Any) -> tuple[Rule, ...]:
    return tuple(with_changes(r, **changes) if r.id == rule_id else r for r in RULES)


# Each rule whose lifting is allowed, or forbidden, and the case that falls when it is the other way.
LIFTED = {
    "R01": "regle-une-coupe-ne-se-leve-jamais",
    "R02": "regle-ce-qui-se-leve",
    "R03": "regle-une-coupe-ne-se-leve-jamais",
    "R04": "regle-une-coupe-ne-se-leve-jamais",
    "R05": "regle-ce-qui-se-leve",
    "R06": "regle-une-coupe-ne-se-leve-jamais",
    "R09": "bilan-trois-additions",
    "R10": "declaration-hors-de-la-mise-a-l-emploi",
    "R18": "regle-une-coupe-ne-se-leve-jamais",
    "R22": "regle-mineur-levee",
}


@pytest.mark.parametrize("rule_id", LIFTED)
def test_a_rule_lifted_against_the_pack_is_caught(rule_id: str) -> None:
    (rule,) = (r for r in RULES if r.id == rule_id)
    assert differs(LIFTED[rule_id], replaced_rule(rule_id, waivable=not rule.waivable))


@pytest.mark.parametrize("rule", [r for r in RULES if r.id not in ("R20", "R21")], ids=lambda rule: rule.id)
def test_a_rule_of_another_effect_is_caught(rule: Rule) -> None:
    """R20 only speaks at the closing, where any finding holds."""
    other = Effect.CUT if rule.effect is not Effect.CUT else Effect.HOLD
    assert differs(WITHOUT_RULE[rule.id], replaced_rule(rule.id, effect=other))


def training_alone(facts: Facts, lines: Any) -> Any:
    (rule,) = (r for r in RULES if r.id == "R18")
    assert rule.trim is not None
    context = msgspec.structs.replace(facts.context, standing=LotStanding())
    return rule.trim(msgspec.structs.replace(facts, context=context), lines)


def always_owing(facts: Facts) -> Any:
    (rule,) = (r for r in RULES if r.id == "R16")
    assert rule.find is not None
    standing = msgspec.structs.replace(
        facts.context.standing, remaining=facts.context.standing.remaining or 100
    )
    context = msgspec.structs.replace(facts.context, standing=standing)
    return rule.find(msgspec.structs.replace(facts, context=context))


def a_day_later(facts: Facts) -> Any:
    (rule,) = (r for r in RULES if r.id == "R15")
    assert rule.find is not None
    return rule.find(msgspec.structs.replace(facts, sent_on=facts.sent_on + timedelta(days=1)))


def test_a_training_cap_that_forgets_the_rest_of_the_lot_is_caught() -> None:
    assert differs("compte-plafond-de-formation", replaced_rule("R18", trim=training_alone))


def test_silence_after_the_due_is_done_is_no_alert() -> None:
    assert differs("regle-neant-apres-le-du-fait", replaced_rule("R16", find=always_owing))


def test_a_deadline_one_day_too_short_is_caught() -> None:
    assert differs("regle-declaration-en-retard", replaced_rule("R15", find=a_day_later))


legal_limits = true_one("clauses.case_replay.legal_limits")
LIMITS: tuple[tuple[str, int, str], ...] = (
    (
        "month_hold",
        20799,
        "limite-04-maximum-legal",
    ),
    (
        "month_hold",
        21000,
        "limite-04-maximum-legal",
    ),
    ("month_hold", 20801, "regle-mois-legal-au-centieme"),
    ("month_warn", 19066, "regle-mois-legal-au-centieme"),
    ("month_warn", 19068, "regle-mois-legal-au-centieme"),
    ("month_warn", 19100, "limite-03-deux-marches-un-mois"),
    ("month_warn", 18999, "limite-03-deux-marches-un-mois"),
    ("day", 999, "regle-jour-et-semaine"),
    ("day", 1001, "regle-semaine-a-cheval-sur-deux-mois"),
    ("week", 4805, "regle-semaine-a-cheval-sur-deux-mois"),
    ("day", 1050, "regle-jour-et-semaine"),
    ("week", 4799, "regle-jour-et-semaine"),
    ("week", 4850, "regle-jour-et-semaine"),
    ("minor_day", 801, "regle-mineur-jusqu-a-ses-dix-huit-ans"),
    ("minor_week", 3499, "regle-mineur-jusqu-a-ses-dix-huit-ans"),
    ("minor_week", 3501, "regle-mineur-levee"),
    ("minor_day", 850, "regle-personne-mineure"),
    ("minor_week", 3550, "regle-personne-mineure"),
    ("full_time_week", 2000, "regle-temps-partiel-et-paie"),
    ("expiry_days", 29, "regle-echeances-proches"),
    ("expiry_days", 31, "regle-echeances-proches"),
    ("proof_days", 14, "regle-echeances-proches"),
    ("proof_days", 16, "regle-echeances-proches"),
    ("gap_points", 24, "regle-rythme-vingt-cinq-points"),
    ("gap_points", 26, "regle-trois-neants-et-rythme"),
    ("gap_points", 16, "regle-trois-neants-et-rythme"),
    ("same_months", 2, "regle-ligne-recopiee"),
    ("same_months", 4, "regle-ligne-recopiee"),
    ("nothing_periods", 2, "regle-trois-neants-et-rythme"),
    ("nothing_periods", 4, "regle-trois-neants-et-rythme"),
)


@pytest.mark.parametrize(("figure", "value", "name"), LIMITS)
def test_a_limit_one_notch_off_is_caught(
    figure: str, value: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "clauses.case_replay.legal_limits",
        lambda on: msgspec.structs.replace(legal_limits(on), **{figure: value}),
    )
    assert differs(name)


@pytest.mark.parametrize(("name", "target", "value", "cases"), SWAPS, ids=[swapped[0] for swapped in SWAPS])
def test_a_core_that_is_broken_is_caught_by_each_named_case(
    name: str, target: str, value: Any, cases: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, attribute = home_of(target)
    monkeypatch.setattr(home, attribute, value)
    assert [case for case in cases if not differs(case)] == []


def test_each_source_of_mutations_is_read() -> None:
    assert all(source.__name__ for source in SOURCES)
    assert len(SWAPS) >= 50


def test_every_name_of_a_case_is_a_file() -> None:
    told = {case for *_, cases in SWAPS for case in cases} | set(WITHOUT_RULE.values())
    assert told <= {path.stem for path in FOLDER.glob("*.toml")}
