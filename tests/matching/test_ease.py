"""What a near-miss costs: base + per unit of what is missing, divided when it is already negotiable."""

from matching.constraints_post import certificates
from matching.ease import cost
from matching.parameters import default_parameters
from matching.verdict import Broken, Lever, LeverCode, LeverSide, Reason, ReasonCode
from tests.matching.personas import ON, offer, participant

FIGURES = default_parameters().near


def broken(code: ReasonCode, missing: int, within: bool = False) -> Broken:
    lever = Lever(code=LeverCode.START_LATER, side=LeverSide.OFFER, within=within)
    return Broken(reason=Reason(code=code, missing=missing), levers=(lever,))


def test_a_quarter_of_an_hour_of_care_is_easier_than_an_hour() -> None:
    # 10 + 15 and 10 + 60.
    assert cost(broken(ReasonCode.CARE_MISSING, 15), FIGURES) == 25
    assert cost(broken(ReasonCode.CARE_MISSING, 60), FIGURES) == 70


def test_three_certificates_cost_as_three() -> None:
    post = offer(certificates=("SST", "HACCP", "CACES R489-3"))
    lacking = certificates(participant(certificates=()), post, ON)
    assert isinstance(lacking, Broken)
    assert cost(lacking, FIGURES) == 3 * 40
    one = certificates(participant(certificates=()), offer(certificates=("SST",)), ON)
    assert isinstance(one, Broken)
    assert cost(one, FIGURES) == 40


def test_what_the_employer_already_accepts_costs_a_quarter() -> None:
    # 70 ÷ 4 = 17, floored.
    assert cost(broken(ReasonCode.CARE_MISSING, 60, within=True), FIGURES) == 17


def test_hundredths_and_cents_are_counted_in_their_units() -> None:
    # 4 h a week = 400 hundredths: 20 + 10 × 4. 98 cents: 20 + 98 ÷ 5 = 39.
    assert cost(broken(ReasonCode.TOO_FEW_HOURS, 400), FIGURES) == 60
    assert cost(broken(ReasonCode.WAGE_TOO_LOW, 98), FIGURES) == 39
