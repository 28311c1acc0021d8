"""What a firm sees of the due of a lot: 100 h over the 365 days of 2026."""

from datetime import date
from decimal import Decimal

import msgspec

from clauses import (
    Declaration,
    Event,
    Fixed,
    PartBasis,
    Party,
    PartyRole,
    PercentOfHoursWorked,
    Replacement,
    TransferMode,
    done_by_member,
    firm_part,
    replaced,
)
from tests.clauses.personas import (
    COLAS,
    PEINTRE,
    RENOV,
    TREMPLIN,
    at,
    declared,
    line,
    notification,
    party,
    placement,
    validated,
)

ON = date(2026, 9, 1)
LATER = at(date(2026, 12, 1))
NOTIFIED = notification(Fixed(hours=10_000))


def handed_over(mode: TransferMode = TransferMode.SPLIT_BY_DATE) -> Replacement:
    """The 30th of June: 181 days of 365."""
    return Replacement(
        id="r1",
        on=date(2026, 6, 30),
        known_at=at(date(2026, 6, 25)),
        leaving_company_id=COLAS,
        joining_company_id=RENOV,
        mode=mode,
    )


def of(
    company_id: str,
    parties: tuple[Party, ...],
    *events: Event,
    done: dict[str, int] | None = None,
    on: date = ON,
    due: int | None = 10_000,
) -> tuple[PartBasis, int | None]:
    part = firm_part(company_id, due, parties, (NOTIFIED, *events), done or {}, on, LATER)
    return part.basis, part.due


def group(*keys: str | None) -> tuple[Party, ...]:
    first, second = (None if k is None else Decimal(k) for k in keys)
    return (
        party(COLAS, key_share=first),
        party(RENOV, role=PartyRole.COTRAITANT, key_share=second),
        party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=f"partie-{RENOV}"),
    )


def test_the_mandataire_answers_for_the_whole_lot_and_a_member_for_its_key() -> None:
    both = group("60", "40")
    assert of(COLAS, both) == (PartBasis.WHOLE_LOT, 10_000)
    assert of(RENOV, both) == (PartBasis.BY_KEY, 4000)
    assert of(PEINTRE, both) == (PartBasis.CARRIED, None)
    assert of(TREMPLIN, both) == (PartBasis.CARRIED, None)


def test_without_a_key_the_part_of_a_member_is_not_known() -> None:
    assert of(RENOV, group(None, None)) == (PartBasis.NO_KEY, None)


def test_nobody_has_a_part_of_a_due_that_is_not_known() -> None:
    assert of(RENOV, group("60", "40"), due=None) == (PartBasis.UNKNOWN, None)
    assert of(COLAS, group("60", "40"), due=None) == (PartBasis.WHOLE_LOT, None)


def test_after_a_replacement_shared_by_date_each_titulaire_sees_its_own_part() -> None:
    # 10 000 × 181 ÷ 365 = 4 958,9: 49,58 h expected of the first; the rest, 50,42 h, of the second.
    alone, event = (party(COLAS),), handed_over()
    after = replaced(alone, event)
    done = {COLAS: 2000, RENOV: 1000}
    assert of(COLAS, after, event, done=done) == (PartBasis.SUCCESSIVE, 4958)
    assert of(RENOV, after, event, done=done) == (PartBasis.SUCCESSIVE, 5042)
    # Before that day nothing has changed.
    assert of(COLAS, after, event, done=done, on=date(2026, 6, 1)) == (PartBasis.WHOLE_LOT, 10_000)


def test_when_all_goes_to_the_new_titulaire_it_owes_what_the_first_did_not_do() -> None:
    event = handed_over(TransferMode.ALL_TO_NEW)
    after = replaced((party(COLAS),), event)
    assert of(COLAS, after, event, done={COLAS: 2000}) == (PartBasis.SUCCESSIVE, 2000)
    assert of(RENOV, after, event, done={COLAS: 2000}) == (PartBasis.SUCCESSIVE, 8000)


def test_a_successor_of_a_due_not_known_does_not_see_the_whole_lot() -> None:
    event = handed_over()
    unknown = notification(PercentOfHoursWorked(rate=Decimal("0.05")))
    part = firm_part(RENOV, None, replaced((party(),), event), (unknown, event), {}, ON, LATER)
    assert (part.basis, part.due) == (PartBasis.UNKNOWN, None)


def test_the_successor_in_a_groupement_answers_for_the_whole_lot() -> None:
    event = msgspec.structs.replace(handed_over(), joining_company_id=TREMPLIN)
    after = replaced(group("60", "40"), event)
    assert of(TREMPLIN, after, event) == (PartBasis.WHOLE_LOT, 10_000)
    assert of(RENOV, after, event) == (PartBasis.BY_KEY, 4000)


def accepted(company_id: str) -> Declaration:
    """140 h told by that company, all of them validated."""
    own = msgspec.structs.replace(validated(declared(line())), company_id=company_id)
    return msgspec.structs.replace(own, declaration_id=f"declaration-{company_id}")


def test_the_hours_told_by_a_lender_are_those_of_the_member_where_they_were_worked() -> None:
    # Awa is lent by Tremplin (ETTI) to Peintre, a subcontractor of Rénov: Rénov did the 140 h, whoever tells.
    lent = placement(legal_employer_id=TREMPLIN, user_company_id=PEINTRE)
    for teller in (TREMPLIN, COLAS, PEINTRE):
        assert done_by_member(group("60", "40"), (lent,), (accepted(teller),), (), ON) == {RENOV: 14_000}


def test_the_hours_of_a_subcontractor_are_those_of_the_member_above_it() -> None:
    done = done_by_member(group("60", "40"), (), (accepted(PEINTRE), accepted(COLAS)), (), ON)
    assert done == {RENOV: 14_000, COLAS: 14_000}


def test_hours_received_from_a_stranger_go_to_the_mandataire() -> None:
    moved = ((TREMPLIN, 3000), (PEINTRE, -1000))
    assert done_by_member(group("60", "40"), (), (), moved, ON) == {COLAS: 3000, RENOV: -1000}
