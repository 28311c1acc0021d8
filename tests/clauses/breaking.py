"""Breaking the core on purpose: a function replaced by a wrong one, and what the cases say of it."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

from clauses import RULES, Rule
from clauses.cases import Case, Outcome, read_case, run_case
from service.commands.clauses_check import territory_holidays

FOLDER = Path(__file__).parents[2] / "fixtures" / "clauses"
SWAPS: list[tuple[str, str, Any, tuple[str, ...]]] = []


def swap(target: str, value: Any, name: str, *cases: str) -> None:
    """A function of the core to replace by a wrong one, and the cases that must then all differ."""
    SWAPS.append((name, target, value, cases))


def home_of(target: str) -> tuple[Any, str]:
    """The module or class that holds a name. Several modules are hidden behind the function of their name
    in the package, so they are imported by their path."""
    where, _, name = target.rpartition(".")
    try:
        return importlib.import_module(where), name
    except ModuleNotFoundError:
        outer, inner = home_of(where)
        return getattr(outer, inner), name


def true_one(target: str) -> Any:
    """The function that a mutation changes, as it is today."""
    home, name = home_of(target)
    return getattr(home, name)


def none_of(*_: Any) -> tuple[()]:
    """A function that finds nothing."""
    return ()


@cache
def case_of(name: str) -> Case:
    case = read_case((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)
    assert isinstance(case, Case), case
    return case


def differs(name: str, rules: tuple[Rule, ...] = RULES) -> bool:
    """Whether the named case no longer comes out as it was worked by hand."""
    outcome = run_case(case_of(name), territory_holidays, rules)
    assert isinstance(outcome, Outcome)
    return bool(outcome.gaps)
