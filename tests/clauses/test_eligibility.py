from datetime import date

import msgspec
import pytest

from clauses import (
    EndRule,
    Interval,
    OpenPeriod,
    Period,
    Refused,
    Rules,
    default_grid,
    expiry_alerts,
    interval_for,
    intervals_for,
    open_period,
)
from tests.clauses.personas import AWA, codes, lot, period

ASKED = OpenPeriod(
    id="p1",
    person_id=AWA,
    criterion="RSA",
    asked_from=date(2027, 1, 3),
    proof_label="Attestation CAF ou MSA",
    proof_dated_on=date(2026, 12, 20),
    opinion="",
    fixed_end=None,
)


def opened(grace_days: int | None = None, **changes: object) -> Period:
    result = open_period(msgspec.structs.replace(ASKED, **changes), default_grid(), grace_days)
    assert not isinstance(result, Refused)
    return result


def test_an_eligibility_lasts_twenty_four_months_from_the_hire() -> None:
    made = opened()
    assert (made.starts_on, made.ends_on) == (date(2027, 1, 3), date(2029, 1, 2))
    assert made.end_rule is EndRule.MONTHS


def test_the_attestation_expires_three_months_after_its_date() -> None:
    # 20/12/2026 + 3 months = 20/03/2027: valid through the 19th.
    assert opened().proof_expires_on == date(2027, 3, 19)


@pytest.mark.parametrize(
    ("grace_days", "starts_on"),
    # Hired on the 3rd, attestation dated the 20th (brief 8b, case 6).
    [(None, date(2027, 1, 20)), (10, date(2027, 1, 10)), (30, date(2027, 1, 3))],
)
def test_a_late_proof_moves_the_start_as_the_marche_allows(grace_days: int | None, starts_on: date) -> None:
    assert opened(grace_days, proof_dated_on=date(2027, 1, 20)).starts_on == starts_on


def test_a_proof_beyond_the_grace_is_worth_from_the_day_asked_with_a_reason_kept() -> None:
    # Asked from 03/01, proof of 20/03, 10 days of grace: 10/03 without a reason.
    late = date(2027, 3, 20)
    assert opened(10, proof_dated_on=late).starts_on == date(2027, 3, 10)
    waived = opened(10, proof_dated_on=late, override=" Délai de la CAF ")
    assert waived.starts_on == date(2027, 1, 3)
    assert waived.opinion == "Justificatif tardif admis : Délai de la CAF"
    assert opened(10, proof_dated_on=late, override="  ").starts_on == date(2027, 3, 10)


def test_a_reason_for_a_proof_that_is_not_late_is_refused() -> None:
    # Asked from 03/01, proof of 10/01 within the 10 days of grace: the period starts on 03/01 anyway.
    asked = msgspec.structs.replace(ASKED, proof_dated_on=date(2027, 1, 10), override="Délai de la CAF")
    assert codes(open_period(asked, default_grid(), 10)) == {"derogation_sans_objet"}


def test_a_criterion_that_the_grid_does_not_hold_is_refused() -> None:
    result = open_period(msgspec.structs.replace(ASKED, criterion="XXX"), default_grid(), None)
    assert codes(result) == {"critere_inconnu"}


def test_a_reasoned_opinion_needs_its_author_and_motive() -> None:
    asked = msgspec.structs.replace(ASKED, criterion="AVIS")
    assert codes(open_period(asked, default_grid(), None)) == {"avis_manquant"}
    assert opened(criterion="AVIS", opinion="Mission locale, rupture de parcours").criterion == "AVIS"


def test_an_end_before_the_start_is_refused() -> None:
    asked = msgspec.structs.replace(ASKED, fixed_end=date(2027, 1, 1))
    assert codes(open_period(asked, default_grid(), None)) == {"fin_avant_debut"}


def test_a_cdi_counts_to_the_end_of_the_marche() -> None:
    # Period to 30/06/2027, CDI on 01/05/2027, lot to 31/12/2027: four years would go further than the lot.
    held = period(ends_on=date(2027, 6, 30), cdi_hired_on=date(2027, 5, 1))
    assert interval_for(held, lot()) == Interval(first=date(2027, 1, 1), last=date(2027, 12, 31))


def test_a_cdi_counts_four_years_at_most() -> None:
    # CDI on 01/05/2027 + 48 months: through 30/04/2031, on a lot that lasts to 2035.
    held = period(ends_on=date(2027, 6, 30), cdi_hired_on=date(2027, 5, 1))
    interval = interval_for(held, lot(ends_on=date(2035, 12, 31)))
    assert interval is not None
    assert interval.last == date(2031, 4, 30)
    short = interval_for(held, lot(ends_on=date(2035, 12, 31), rules=Rules(cdi_cap_months=12)))
    assert short is not None
    assert short.last == date(2028, 4, 30)


def test_a_cdi_signed_after_the_end_extends_nothing() -> None:
    held = period(ends_on=date(2027, 6, 30), cdi_hired_on=date(2027, 7, 1))
    interval = interval_for(held, lot())
    assert interval is not None
    assert interval.last == date(2027, 6, 30)


def test_a_revoked_period_stops_the_day_before() -> None:
    interval = interval_for(period(revoked_on=date(2027, 3, 10)), lot())
    assert interval is not None
    assert interval.last == date(2027, 3, 9)
    assert interval_for(period(revoked_on=date(2027, 1, 1)), lot()) is None


def test_one_period_serves_every_lot_whose_grid_holds_its_criterion() -> None:
    held = (period(),)
    here = intervals_for(held, AWA, lot(), default_grid())
    there = intervals_for(held, AWA, lot(id="lot-9", marche_id="marche-9"), default_grid())
    assert here == there == (Interval(first=date(2027, 1, 1), last=date(2028, 12, 31)),)
    narrow = msgspec.structs.replace(default_grid(), criteria=default_grid().criteria[:1])
    assert intervals_for(held, AWA, lot(), narrow) == ()


def test_a_period_may_last_as_long_as_the_lot() -> None:
    held = period(ends_on=None, end_rule=EndRule.LOT_END)
    interval = interval_for(held, lot())
    assert interval is not None
    assert interval.last == date(2027, 12, 31)


def test_periods_and_proofs_that_end_soon_are_announced_soonest_first() -> None:
    held = (
        period(ends_on=date(2027, 3, 1), proof_expires_on=date(2027, 2, 12)),
        period("bruno", ends_on=date(2028, 1, 1)),
    )
    alerts = expiry_alerts(held, date(2027, 2, 5), 30, 15)
    assert [(a.ends_on, a.of_proof) for a in alerts] == [(date(2027, 2, 12), True), (date(2027, 3, 1), False)]
    assert alerts[0].sentence == "Le justificatif expire le 12/02/2027 (dans 7 jours)."


def test_a_lot_may_count_a_period_for_twelve_months_only() -> None:
    held = period()  # 01/01/2027 to 31/12/2028, by duration
    twelve = lot(ends_on=date(2030, 1, 1), rules=Rules(eligibility_months=12))
    interval = interval_for(held, twelve)
    assert interval is not None
    assert interval.last == date(2027, 12, 31)
    fixed = interval_for(msgspec.structs.replace(held, end_rule=EndRule.DATE), twelve)
    assert fixed is not None
    assert fixed.last == date(2028, 12, 31)
