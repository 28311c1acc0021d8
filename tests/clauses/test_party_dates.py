from datetime import date

from clauses import (
    PartyRole,
    PlaceTaken,
    Replacement,
    ToldByReplacement,
    TransferMode,
    Withdrawal,
    dates_refused,
    replaced,
)
from tests.clauses.personas import COLAS, PEINTRE, RENOV, at, party

APRIL = date(2027, 4, 30)
TAKEN_OVER = Replacement(
    id="r1",
    on=APRIL,
    known_at=at(APRIL),
    leaving_company_id=COLAS,
    joining_company_id=PEINTRE,
    mode=TransferMode.SPLIT_BY_DATE,
)


def test_the_dates_of_a_replacement_are_changed_by_taking_it_back() -> None:
    left, joined = tree = replaced((party(),), TAKEN_OVER)
    told = (TAKEN_OVER,)
    assert dates_refused(left, left.starts_on, None, tree, told) == ToldByReplacement(field="ends_on")
    later = date(2027, 5, 3)
    assert dates_refused(joined, later, None, tree, told) == ToldByReplacement(field="starts_on")
    # Their other dates are free: the first one came a month later than told.
    assert dates_refused(left, date(2026, 2, 1), APRIL, tree, told) is None


def test_a_replacement_taken_back_holds_no_date() -> None:
    left = replaced((party(),), TAKEN_OVER)[0]
    back = Withdrawal(id="w1", on=APRIL, known_at=at(date(2027, 5, 2)), event_id="r1", reason="Jugement")
    assert dates_refused(left, left.starts_on, None, (left,), (TAKEN_OVER, back)) is None


def test_two_titulaires_never_overlap_even_by_a_day() -> None:
    first, second = party(ends_on=APRIL), party(PEINTRE, starts_on=date(2027, 5, 1))
    tree = (first, second)
    assert dates_refused(second, APRIL, None, tree, ()) == PlaceTaken(by=first)
    assert dates_refused(second, date(2027, 5, 1), None, tree, ()) is None


def test_a_company_is_told_once_at_a_place_but_may_hold_two_places() -> None:
    member = party(RENOV, role=PartyRole.COTRAITANT)
    again = party(RENOV, id="partie-2", role=PartyRole.COTRAITANT, starts_on=date(2027, 1, 1))
    below = party(RENOV, id="partie-3", role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=party().id)
    tree = (party(), member, again, below)
    assert dates_refused(again, again.starts_on, None, tree, ()) == PlaceTaken(by=member)
    assert dates_refused(below, below.starts_on, None, tree, ()) is None
