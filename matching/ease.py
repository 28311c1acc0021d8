"""How easy it is to lift what is broken: the order of the *presque* list."""

from matching.parameters import NearFigures
from matching.verdict import Broken, Judgement


def cost(broken: Broken, figures: NearFigures) -> int:
    """base + per_unit × missing ÷ unit, floored; divided when a lever is within what may move."""
    price = figures.cost[broken.reason.code]
    total = price.base + price.per_unit * (broken.reason.missing or 0) // price.unit
    if any(lever.within for lever in broken.levers):
        return total // figures.within_divisor
    return total


def ease(judgements: tuple[Judgement, ...], figures: NearFigures) -> int:
    """Sum of the costs of what is broken; 0 when nothing is."""
    return sum(cost(one.verdict, figures) for one in judgements if isinstance(one.verdict, Broken))
