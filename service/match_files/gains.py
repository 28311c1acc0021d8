"""The lines of `passerelle levers`, by register.

`full` and `person` name the changes and what they open. `liaison` reads the person's changes as one phrase,
and never who is opened by what tells of health or of French; `employer` reads counts, about groups only
(semantics.md, Rights).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from matching import (
    LeverCode,
    LeverGain,
    Names,
    Offer,
    Participant,
    Register,
    World,
    levers_for_offer,
    levers_for_participant,
    load_communes,
    offers_gained,
    people_gained,
)
from matching.verdict import Lever

# A figure about fewer people is not told where it might tell of one of them.
LEAST_GROUP = 5


class GainLine(Struct, frozen=True, kw_only=True):
    """Registers `full` and `person`. participant or offer: whose lever it is, the other is null.

    opens: ids of the offers (or participants) opened. Gains of two lines overlap: they are never added.
    """

    participant: str | None
    offer: str | None
    place: int
    levers: tuple[Lever, ...]
    opens: tuple[str, ...]
    in_trade: int
    settled: int
    text: str


class CountLine(Struct, frozen=True, kw_only=True):
    """Registers `liaison` and `employer`. opens: how many offers (or participants) the change opens."""

    participant: str | None
    offer: str | None
    place: int
    opens: int
    text: str


SHAPES: dict[Register, type[Struct]] = {
    Register.FULL: GainLine,
    Register.PERSON: GainLine,
    Register.LIAISON: CountLine,
    Register.EMPLOYER: CountLine,
}


class AskedLevers(Struct, frozen=True, kw_only=True):
    """What the command was asked: at most ``top`` changes for each participant or offer."""

    on: date
    top: int
    register: Register


def gains_of_people(
    people: Sequence[Participant], offers: dict[str, Offer], world: World, asked: AskedLevers
) -> list[GainLine | CountLine]:
    """What would open offers to each of these people, the most opening first."""
    lines: list[GainLine | CountLine] = []
    for one in people:
        gains = levers_for_participant(one, offers.values(), world, on=asked.on)
        told = ((gain, offers_gained(gain, asked.register)) for gain in gains)
        lines += _lines(told, one.id, None, asked)
    return lines


def gains_of_offer(
    offer: Offer, people: dict[str, Participant], world: World, asked: AskedLevers
) -> list[GainLine | CountLine]:
    """What would open this offer to people, the most opening first."""
    gains = levers_for_offer(offer, people.values(), world, on=asked.on)
    may = [gain for gain in gains if _may_be_told(gain, asked)]
    names = Names(labels=_communes(may))
    told = ((gain, people_gained(gain, offer, asked.register, names)) for gain in may)
    return _lines(told, None, offer.id, asked)


def _communes(gains: Iterable[LeverGain]) -> dict[str, str]:
    """The names of those from which a shuttle would leave."""
    levers = (lever for gain in gains for lever in gain.levers if lever.code is LeverCode.SHUTTLE)
    codes = {lever.item for lever in levers if lever.item}
    known = load_communes() if codes else None
    return {code: found.name for code in codes if known and (found := known.get(code))}


def _may_be_told(gain: LeverGain, asked: AskedLevers) -> bool:
    alone = len(gain.opens) < LEAST_GROUP
    if asked.register is Register.EMPLOYER:
        return not alone
    return not (asked.register is Register.LIAISON and alone and gain.tells_a_limit)


def _lines(
    told: Iterable[tuple[LeverGain, str]], participant: str | None, offer: str | None, asked: AskedLevers
) -> list[GainLine | CountLine]:
    if asked.register in (Register.FULL, Register.PERSON):
        return [
            GainLine(
                participant=participant,
                offer=offer,
                place=place,
                levers=gain.levers,
                opens=gain.opens,
                in_trade=gain.in_trade,
                settled=gain.settled,
                text=text,
            )
            for place, (gain, text) in zip(range(1, asked.top + 1), told, strict=False)
        ]
    # Several changes of a person read as one phrase: each text is told once.
    texts = {text: len(gain.opens) for gain, text in told}
    return [
        CountLine(participant=participant, offer=offer, place=place, opens=opens, text=text)
        for place, (text, opens) in zip(range(1, asked.top + 1), texts.items(), strict=False)
    ]
