from datetime import date

import pytest

from clauses import (
    Calendar,
    LegalBasis,
    PartyRole,
    companies_below,
    mandataire_at,
    missing_mandatory_fields,
    party_at,
    period_of,
)
from tests.clauses.personas import COLAS, PEINTRE, RENOV, lot, marche, party


def test_people_who_say_article_14_or_30_find_their_legal_basis() -> None:
    assert LegalBasis.CONDITION_EXECUTION.alias == "article 14"
    assert LegalBasis.MARCHE_INSERTION.alias == "article 30"
    assert LegalBasis.CONDITION_EXECUTION.label == "Condition d’exécution"
    assert LegalBasis.CONDITION_EXECUTION.article == "L2112-2"
    assert all(basis.label for basis in LegalBasis)


def test_the_four_mandatory_fields_of_the_ccag_are_asked_for() -> None:
    assert missing_mandatory_fields(marche(), (lot(),)) == ()
    bare = marche(perimeter=" ", facilitator_contact="", eligible_profiles="")
    assert missing_mandatory_fields(bare, (lot(volume=""),)) == (
        "le périmètre de la clause",
        "le contact du facilitateur",
        "les publics éligibles",
        "le volume d’heures",
    )
    assert missing_mandatory_fields(marche(), ()) == ("le volume d’heures",)


def test_the_mandataire_of_a_day_follows_a_replacement() -> None:
    first = party(ends_on=date(2027, 3, 14))
    second = party(RENOV, starts_on=date(2027, 3, 15))
    assert mandataire_at((first, second), date(2027, 3, 14)) == first
    assert mandataire_at((first, second), date(2027, 3, 15)) == second
    assert mandataire_at((first,), date(2027, 3, 15)) is None


def test_a_company_is_found_at_its_highest_tier() -> None:
    head = party()
    also = party(id="aussi", role=PartyRole.SOUS_TRAITANT, tier=1)
    assert party_at((also, head), COLAS, date(2027, 1, 5)) == head
    assert party_at((head,), RENOV, date(2027, 1, 5)) is None


def test_a_firm_sees_its_own_tier_and_below_never_beside() -> None:
    head = party()
    beside = party(RENOV, role=PartyRole.COTRAITANT)
    under = party("etancheur", role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=beside.id)
    lower = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=2, parent_id=under.id)
    tree = (head, beside, under, lower)
    assert companies_below(tree, RENOV) == {RENOV, "etancheur", PEINTRE}
    assert companies_below(tree, "etancheur") == {"etancheur", PEINTRE}
    assert companies_below(tree, COLAS) == {COLAS}
    assert companies_below(tree, "inconnue") == {"inconnue"}


@pytest.mark.parametrize(
    ("calendar", "first", "last"),
    [
        (Calendar.MONTHLY, date(2028, 2, 1), date(2028, 2, 29)),
        (Calendar.QUARTERLY, date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_day_belongs_to_a_period_of_its_calendar(calendar: Calendar, first: date, last: date) -> None:
    assert period_of(calendar, date(2028, 2, 29)) == (first, last)


def test_the_last_quarter_ends_with_the_year() -> None:
    assert period_of(Calendar.QUARTERLY, date(2027, 12, 31)) == (date(2027, 10, 1), date(2027, 12, 31))
