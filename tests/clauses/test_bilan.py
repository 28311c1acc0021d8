from datetime import date
from decimal import Decimal

from clauses import (
    Declaration,
    Difference,
    HourKind,
    bilan,
    differences,
    full_time_equivalents,
    supersede,
    totals_by,
)
from tests.clauses.personas import (
    AWA,
    BRUNO,
    COLAS,
    at,
    context,
    declared,
    line,
    notification,
    school_formula,
    validated,
)

EVENTS = (notification(school_formula(), on=date(2027, 1, 1), ends_on=date(2027, 12, 31)),)
Q1, Q2 = date(2027, 3, 31), date(2027, 6, 30)
MADE_Q1, MADE_Q2 = at(date(2027, 4, 15)), at(date(2027, 7, 15))


def march(hours: int, **changes: object) -> Declaration:
    month = date(2027, 3, 1)
    return declared(
        line(hours, month=month),
        line(5000, BRUNO, month=month),
        period_start=month,
        declaration_id="d-03",
        **changes,  # type: ignore[arg-type]
    )


def corrected() -> tuple[Declaration, ...]:
    """120 h in March accepted on 05/04, corrected to 102 h on 20/05."""
    first = validated(march(12000, with_context=context(on=date(2027, 4, 2))), date(2027, 4, 5))
    ctx = context(on=date(2027, 5, 18), history=(first,))
    second = validated(march(10200, id="v2", reason="Relevé erroné", with_context=ctx), date(2027, 5, 20))
    replaced = supersede(first)
    assert isinstance(replaced, Declaration)
    return (replaced, second)


def test_a_past_bilan_is_reproduced_after_a_correction() -> None:
    versions = corrected()
    before = bilan("lot-1", EVENTS, versions[:1], Q1, MADE_Q1)
    again = bilan("lot-1", EVENTS, versions, Q1, MADE_Q1)
    assert again == before
    assert again.validated == 17000


def test_the_correction_shows_as_minus_eighteen_in_the_next() -> None:
    versions = corrected()
    former = bilan("lot-1", EVENTS, versions, Q1, MADE_Q1)
    later = bilan("lot-1", EVENTS, versions, Q2, MADE_Q2)
    (change,) = differences(former, later)
    assert change == Difference(
        person_id=AWA,
        company_id=COLAS,
        placement_id="emploi-awa",
        month=date(2027, 3, 1),
        kind=HourKind.WORK,
        before=12000,
        after=10200,
    )
    assert change.after - change.before == -1800


def test_a_new_month_is_not_a_correction() -> None:
    april = date(2027, 4, 1)
    more = validated(
        declared(
            line(1000, month=april),
            period_start=april,
            declaration_id="d-04",
            with_context=context(on=date(2027, 5, 2)),
        ),
        date(2027, 5, 5),
    )
    former = bilan("lot-1", EVENTS, (), Q1, MADE_Q1)
    assert differences(former, bilan("lot-1", EVENTS, (more,), Q2, MADE_Q2)) == ()


def test_time_and_hours_are_in_the_bilan() -> None:
    # 31/03: 90 days of 365 = 24,65 %; 170 h of 833 = 20,40 %.
    picture = bilan("lot-1", EVENTS, corrected(), Q1, MADE_Q1)
    assert (picture.due, picture.time_share, picture.hours_share) == (83300, 2465, 2040)


def test_the_sum_is_the_same_by_person_and_by_firm() -> None:
    picture = bilan("lot-1", EVENTS, corrected(), Q2, MADE_Q2)
    assert totals_by(picture.lines, "person_id") == {AWA: 10200, BRUNO: 5000}
    assert totals_by(picture.lines, "company_id") == {COLAS: 15200}
    assert picture.validated == 15200


def test_full_time_equivalents_print_their_divisor() -> None:
    # 25 124 684 h ÷ 1 600 = 15 702,93 (AVE 2021 prints 15 703); 30 201 h ÷ 1 820 = 16,59.
    assert full_time_equivalents(2_512_468_400, 1600) == Decimal("15702.93")
    assert full_time_equivalents(3_020_100, 1820) == Decimal("16.59")
