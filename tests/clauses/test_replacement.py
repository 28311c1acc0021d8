from datetime import date

from clauses import (
    Fixed,
    Party,
    PartyRole,
    Replacement,
    TransferMode,
    Withdrawal,
    lot_debts,
    parties_at,
    replaced,
    restored,
)
from tests.clauses.personas import COLAS, PEINTRE, at, notification, party

APRIL, MAY = date(2027, 4, 30), date(2027, 5, 1)
TAKEN_OVER = Replacement(
    id="r1",
    on=APRIL,
    known_at=at(date(2027, 5, 10)),
    leaving_company_id=COLAS,
    joining_company_id=PEINTRE,
    mode=TransferMode.SPLIT_BY_DATE,
)
TAKEN_BACK = Withdrawal(id="w1", on=APRIL, known_at=at(date(2027, 6, 1)), event_id="r1", reason="Jugement")


def dates(parties: tuple[Party, ...]) -> list[tuple[str, date, date | None]]:
    return [(p.company_id, p.starts_on, p.ends_on) for p in parties]


def test_who_leaves_is_there_up_to_that_day_and_who_joins_from_the_next() -> None:
    former = party()
    after = replaced((former,), TAKEN_OVER)
    assert dates(after) == [(COLAS, former.starts_on, APRIL), (PEINTRE, MAY, None)]
    assert restored(after, TAKEN_OVER) == (former,)


def test_dates_already_told_stay_as_they_are() -> None:
    told = (party(ends_on=date(2027, 4, 15)), party(PEINTRE, starts_on=date(2027, 5, 3)))
    assert replaced(told, TAKEN_OVER) == told


def test_a_subcontractor_of_that_name_is_not_the_titulaire() -> None:
    painter = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=party().id)
    after = replaced((party(), painter), TAKEN_OVER)
    assert painter in after
    assert restored(after, TAKEN_OVER) == (party(), painter)


def test_a_replacement_taken_back_leaves_no_trace_from_the_day_it_is_known() -> None:
    former = (party(),)
    events = (TAKEN_OVER, TAKEN_BACK)
    assert parties_at(former, events, at(date(2027, 5, 9))) == former
    assert len(parties_at(former, events, at(date(2027, 5, 31)))) == 2
    assert parties_at(former, events, at(date(2027, 6, 1))) == former


def test_the_debt_follows_the_titulaires_and_comes_back() -> None:
    # 365 h from 01/01 to 31/12, an hour a day: at the close of 30/04, 120 days, 120 h; 245 h are left.
    begun, end = date(2027, 1, 1), date(2027, 12, 31)
    told = notification(Fixed(hours=36500), on=begun, ends_on=end, known_at=at(begun))
    events = (told, TAKEN_OVER, TAKEN_BACK)

    def owed(known: date) -> dict[str, int]:
        tree = parties_at((party(),), events, at(known))
        debts = lot_debts(tree, events, {}, date(2027, 5, 31), at(known))
        assert debts is not None
        return {d.company_id: d.due for d in debts}

    assert owed(date(2027, 5, 31)) == {COLAS: 12000, PEINTRE: 24500}
    assert owed(date(2027, 6, 2)) == {COLAS: 36500}
