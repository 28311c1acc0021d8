"""Reading an eligibility grid from TOML: the default one is shipped, others are made from it."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from clauses.eligibility import Criterion, Grid, Proof
from clauses.errors import BadGrid


class _ProofText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    label: str
    valid_months: int | None = None


class _CriterionText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    label: str
    source: str
    proofs: tuple[_ProofText, ...]
    needs_opinion: bool = False
    historic: bool = False


class _GridText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    version: int
    label: str
    in_force_from: date
    period_months: int
    criteria: tuple[_CriterionText, ...]


@cache
def default_grid() -> Grid:
    """The grid shipped with the core."""
    return read_grid(files("clauses").joinpath("data/grid_default.toml").read_text(encoding="utf-8"))


def read_grid(text: str) -> Grid:
    """A grid from TOML text. Raises BadGrid when it is unreadable, empty, or names a code twice."""
    try:
        told = msgspec.convert(tomllib.loads(text), _GridText)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadGrid(str(fault)) from fault
    codes = [c.code for c in told.criteria]
    if not codes or len(set(codes)) != len(codes) or told.period_months <= 0:
        raise BadGrid(f"grid {told.id!r}: no criterion, a code told twice, or no duration")
    return Grid(
        id=told.id,
        version=told.version,
        label=told.label,
        in_force_from=told.in_force_from,
        period_months=told.period_months,
        criteria=tuple(
            Criterion(
                code=c.code,
                label=c.label,
                proofs=tuple(Proof(label=p.label, valid_months=p.valid_months) for p in c.proofs),
                needs_opinion=c.needs_opinion,
                historic=c.historic,
                source=c.source,
            )
            for c in told.criteria
        ),
    )
