from datetime import date

from clauses import EmployerKind, Modality, employment_words, is_ever_cdi, is_running, modality
from tests.clauses.personas import COLAS, TREMPLIN, placement


def test_the_modality_is_read_from_the_two_companies() -> None:
    assert modality(placement()) is Modality.DIRECT
    lent = placement(legal_employer_id=TREMPLIN, legal_employer_kind=EmployerKind.ETTI)
    assert modality(lent) is Modality.MISE_A_DISPOSITION
    own = placement(legal_employer_id=COLAS, legal_employer_kind=EmployerKind.EI)
    assert modality(own) is Modality.SOUS_TRAITANCE_SIAE


def test_what_happened_outweighs_what_was_planned() -> None:
    left = placement(ended_on=date(2027, 3, 10))
    assert is_running(left, date(2027, 3, 10))
    assert not is_running(left, date(2027, 3, 11))
    assert is_running(placement(planned_ends_on=None), date(2030, 1, 1))
    assert not is_running(placement(), date(2027, 1, 4))


def test_a_cdi_dated_ahead_is_one_from_its_day_and_its_planned_end_holds_no_more() -> None:
    # A CDD of 05/01 to 30/06/2027 that becomes a CDI on 15/03.
    hired = placement(cdi_from=date(2027, 3, 15))
    assert employment_words(hired, date(2027, 3, 14)) == "CDD (CDI à partir du 15/03/2027)"
    assert employment_words(hired, date(2027, 3, 15)) == "CDI"
    assert is_running(hired, date(2027, 7, 1))
    assert not is_running(placement(), date(2027, 7, 1))
    assert (is_ever_cdi(hired), is_ever_cdi(placement())) == (True, False)
    assert not is_running(placement(cdi_from=date(2027, 3, 15), ended_on=date(2027, 4, 2)), date(2027, 4, 3))
