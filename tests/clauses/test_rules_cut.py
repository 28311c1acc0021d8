from datetime import date

import pytest

from clauses import (
    Effect,
    EmployerKind,
    EmploymentKind,
    HourKind,
    LotStanding,
    Modality,
    Rules,
    Window,
)
from tests.clauses.personas import (
    AWA,
    BRUNO,
    RENOV,
    TREMPLIN,
    context,
    declared,
    line,
    lot,
    party,
    period,
    placement,
    rules_of,
)

FIFTEEN_OF_NINETEEN = Window(starts_on=date(2027, 1, 11), ends_on=date(2027, 12, 31))


def test_hours_before_the_notification_are_cut() -> None:
    # Notified on Monday 11/01: 11-15, 18-22, 25-29 = 15 days of 19. 19 000 × 15 ÷ 19 = 15 000.
    version = declared(line(19000), with_context=context(window=FIFTEEN_OF_NINETEEN))
    assert version.lines[0].countable == 15000
    finding = version.findings[0]
    assert (finding.rule_id, finding.effect, finding.waivable) == ("R01", Effect.CUT, False)
    assert "le lot s’exécute du 11/01/2027 au 31/12/2027\u202f: 15 jours sur 19" in finding.firm


def test_someone_never_eligible_counts_nothing() -> None:
    version = declared(line(14000), with_context=context(periods=()))
    assert version.lines[0].countable == 0
    assert version.lines[0].covered == ()
    assert "non éligible en janvier 2027" in version.findings[0].firm


def test_a_criterion_outside_the_grid_of_the_lot_does_not_serve() -> None:
    version = declared(line(14000), with_context=context(periods=(period(criterion="CRITERE_LOCAL"),)))
    assert version.lines[0].countable == 0


def test_the_firm_never_reads_the_ground_of_eligibility() -> None:
    version = declared(line(14000), with_context=context(periods=(period(starts_on=date(2027, 1, 13)),)))
    for finding in version.findings:
        assert "RSA" not in finding.firm
        assert "CAF" not in finding.firm


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "phrase"),
    [
        (date(2027, 1, 13), date(2027, 12, 31), "éligible à partir du 13"),
        (date(2026, 1, 1), date(2027, 1, 12), "éligible jusqu’au 12"),
        (date(2027, 1, 11), date(2027, 1, 20), "éligible du 11 au 20"),
    ],
)
def test_the_reason_says_the_days_of_eligibility(starts_on: date, ends_on: date, phrase: str) -> None:
    version = declared(
        line(14000), with_context=context(periods=(period(starts_on=starts_on, ends_on=ends_on),))
    )
    assert version.lines[0].reason.startswith(phrase)


def test_a_company_without_acte_special_counts_nothing() -> None:
    ctx = context(placements=(placement(legal_employer_id=RENOV, user_company_id=RENOV),))
    version = declared(line(14000), with_context=ctx, company_id=RENOV)
    assert version.lines[0].countable == 0
    assert rules_of(version) == ["R03"]
    assert "l’entreprise n’est pas déclarée sur ce lot" in version.findings[0].firm


def test_an_interim_of_insertion_need_not_be_a_party_where_the_user_company_is_one() -> None:
    person = placement(legal_employer_id=TREMPLIN, legal_employer_kind=EmployerKind.ETTI)
    version = declared(line(14000), with_context=context(placements=(person,)), company_id=TREMPLIN)
    assert version.lines[0].countable == 14000


@pytest.mark.parametrize(
    "changes", [{"legal_employer_kind": EmployerKind.ESAT}, {"employment_kind": EmploymentKind.STAGE}]
)
def test_an_employer_or_an_employment_that_the_marche_does_not_count_is_cut(
    changes: dict[str, object],
) -> None:
    version = declared(line(14000), with_context=context(placements=(placement(AWA, **changes),)))
    assert version.lines[0].countable == 0
    assert rules_of(version) == ["R04"]


def test_a_marche_may_count_direct_hires_only() -> None:
    rules = lot(rules=Rules(accepted_modalities=frozenset({Modality.DIRECT})))
    lent = placement(legal_employer_id=TREMPLIN, legal_employer_kind=EmployerKind.ETTI)
    version = declared(line(14000), with_context=context(lot=rules, placements=(lent,)))
    assert version.lines[0].countable == 0
    assert "Mise à disposition" in version.findings[0].firm


def test_a_marche_may_accept_an_esat() -> None:
    rules = Rules(accepted_employers=frozenset({EmployerKind.ESAT}))
    ctx = context(lot=lot(rules=rules), placements=(placement(legal_employer_kind=EmployerKind.ESAT),))
    assert declared(line(14000), with_context=ctx).lines[0].countable == 14000


def test_training_counts_up_to_a_fifth_of_the_work_of_the_lot() -> None:
    # Work: 300 h before + 100 h here = 400 h; 20 % = 80 h; 50 h of training before: 30 h left of 45 h.
    standing = LotStanding(work_countable=30000, training_countable=5000)
    version = declared(
        line(10000), line(4500, kind=HourKind.TRAINING), with_context=context(standing=standing)
    )
    assert [x.countable for x in version.lines] == [10000, 3000]
    finding = version.findings[0]
    assert (finding.rule_id, finding.cut) == ("R18", 1500)
    assert "20\u202f% des heures de travail du lot, soit 80\u202fh" in finding.firm


def test_training_may_not_count_at_all() -> None:
    rules = lot(rules=Rules(training_countable=False))
    version = declared(line(10000), line(4500, kind=HourKind.TRAINING), with_context=context(lot=rules))
    assert [x.countable for x in version.lines] == [10000, 0]


def test_a_cut_of_one_person_leaves_the_other_whole() -> None:
    version = declared(line(14000), line(14000, BRUNO), with_context=context(periods=(period(BRUNO),)))
    assert [x.countable for x in version.lines] == [0, 14000]


def test_a_party_that_left_counts_until_its_last_day() -> None:
    # Present until Friday 15/01: 5-8 (4) and 11-15 (5) = 9 of 19; 19 000 × 9 ÷ 19 = 9 000.
    ctx = context(parties=(party(ends_on=date(2027, 1, 15)),))
    assert declared(line(19000), with_context=ctx).lines[0].countable == 9000


def test_a_marche_that_does_not_count_cdi_cuts_from_the_day_the_placement_becomes_one() -> None:
    # From Tuesday 05/01/2027; a CDI from Monday 18/01: 5-8 and 11-15, 9 days of 19 (05/01 to 29/01, no public
    # holiday). 19 000 × 9 ÷ 19 = 9 000.
    hired = placement(cdi_from=date(2027, 1, 18))
    without = lot(rules=Rules(accepted_employments=frozenset({EmploymentKind.CDD})))
    version = declared(line(19000), with_context=context(lot=without, placements=(hired,)))
    assert (version.lines[0].countable, rules_of(version)[0]) == (9000, "R04")
    assert "CDI, à partir du 18" in version.findings[0].firm
    # A CDI from before the month: none; from after it: all.
    for day, countable in ((date(2026, 12, 31), 0), (date(2027, 2, 1), 19000)):
        moved = context(lot=without, placements=(placement(cdi_from=day, starts_on=date(2026, 12, 1)),))
        first = declared(line(19000), with_context=moved)
        assert first.lines[0].countable == countable
