"""Who may say what of a proposal, and when."""

from datetime import date

import pytest

from service.proposals.states import MOTIVES, Motive, answer_label, is_late, next_states, refusal, waits_for
from service.vocabulary import ProposalState, Role

S, LIA, REF = ProposalState, Role.LIAISON, Role.REFERENT


def test_nothing_is_presented_without_the_referent_s_agreement() -> None:
    told = refusal(S.PROPOSED, S.PRESENTED, LIA, agreed=False, motive=None)
    assert told is not None
    assert "accord" in told
    assert refusal(S.PROPOSED, S.PRESENTED, LIA, agreed=True, motive=None) is None
    assert S.PRESENTED not in next_states(S.PROPOSED, LIA, agreed=False)


def test_the_referent_declines_and_notes_a_hiring_and_leaves_the_rest_to_the_liaison() -> None:
    assert next_states(S.PROPOSED, REF, agreed=True) == (S.DECLINED,)
    assert next_states(S.PRESENTED, REF, agreed=True) == (S.DECLINED,)
    assert next_states(S.ACCEPTED, REF, agreed=True) == (S.HIRED, S.DECLINED)


@pytest.mark.parametrize("state", [S.REFUSED, S.DECLINED, S.HIRED])
@pytest.mark.parametrize("target", list(S))
def test_what_has_ended_does_not_start_again(state: ProposalState, target: ProposalState) -> None:
    assert refusal(state, target, LIA, agreed=True, motive=Motive.NO_POSITION) is not None


def test_a_hiring_goes_through_a_choice_by_the_employer() -> None:
    assert refusal(S.PRESENTED, S.HIRED, LIA, agreed=True, motive=None) is not None
    assert refusal(S.ACCEPTED, S.HIRED, LIA, agreed=True, motive=None) is None


@pytest.mark.parametrize("target", [S.REFUSED, S.DECLINED])
def test_an_end_needs_a_motive_of_its_own_list(target: ProposalState) -> None:
    assert refusal(S.PRESENTED, target, LIA, agreed=True, motive=None) == "Choisissez le motif dans la liste."
    for motive in Motive:
        told = refusal(S.PRESENTED, target, LIA, agreed=True, motive=motive)
        assert (told is None) == (motive in MOTIVES[target])


def test_before_the_employer_has_read_anything_only_the_post_can_be_gone() -> None:
    for motive in Motive:
        told = refusal(S.PROPOSED, S.REFUSED, LIA, agreed=False, motive=motive)
        assert (told is None) == (motive is Motive.NO_POSITION)
    assert answer_label(S.PROPOSED, S.REFUSED) == "Le poste n’est plus à pourvoir"
    assert answer_label(S.PRESENTED, S.REFUSED) == "Refusée par l’employeur"


def test_an_answer_is_late_after_ten_whole_days() -> None:
    """Since 3 February: ten days on 13 February, more than ten on the 14th."""
    since = date(2026, 2, 3)
    assert not is_late(S.PRESENTED, since, date(2026, 2, 13))
    assert is_late(S.PRESENTED, since, date(2026, 2, 14))
    assert not is_late(S.HIRED, since, date(2026, 6, 1))


def test_a_list_says_whom_it_waits_for() -> None:
    assert waits_for(S.PROPOSED, Role.LIAISON, agreed=False) == "l’accord du référent"
    assert waits_for(S.PROPOSED, Role.REFERENT, agreed=False) == "votre accord"
    assert waits_for(S.PROPOSED, Role.LIAISON, agreed=True) == "vous (à présenter)"
    assert waits_for(S.PROPOSED, Role.REFERENT, agreed=True) == "les relations entreprises (à présenter)"
    assert waits_for(S.PRESENTED, Role.LIAISON, agreed=True) == "la réponse de l’employeur"
    assert waits_for(S.DECLINED, Role.LIAISON, agreed=True) == ""
