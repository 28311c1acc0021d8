from datetime import date

from clauses import EmployerKind, Modality, is_running, modality
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
