from datetime import date

import msgspec
import pytest

from clauses import (
    Calendar,
    Context,
    Declaration,
    Declare,
    Declared,
    HourKind,
    Party,
    PartyRole,
    Provenance,
    Rules,
    State,
    add_days,
    declare,
    give_back,
    parse_hours,
    reject,
    rejudge,
)
from tests.clauses.personas import (
    BRUNO,
    COLAS,
    ON,
    PEINTRE,
    RENOV,
    at,
    codes,
    command,
    context,
    declared,
    line,
    lot,
    marche,
    party,
    period,
    placement,
    validated,
)


def refusal(given: Declare, ctx: Context | None = None) -> set[str]:
    return codes(declare(given, ctx or context()))


def test_a_month_is_sent_to_the_facilitator_in_its_first_version() -> None:
    hours = parse_hours("140")
    assert isinstance(hours, int)
    version = declared(line(hours))
    assert (version.version, version.supersedes, version.state) == (1, None, State.SOUMISE)
    assert (version.period_start, version.period_end) == (date(2027, 1, 1), date(2027, 1, 31))
    assert version.lines[0].countable == 14000


def test_a_draft_is_kept_and_then_sent_under_its_own_number() -> None:
    draft = declared(line(10000), submit=False)
    assert draft.state is State.BROUILLON
    result = declare(command(line(14000), id="autre"), context(history=(draft,)))
    assert isinstance(result, Declared)
    assert result.replaces_draft
    assert (result.version.id, result.version.version, result.version.state) == (draft.id, 1, State.SOUMISE)


def test_an_empty_draft_may_be_kept_but_not_sent() -> None:
    assert declared(submit=False).lines == ()
    assert refusal(command()) == {"vide"}
    assert refusal(command(line(0))) == {"vide"}


def test_no_hour_this_month_is_an_explicit_answer() -> None:
    version = declared(nothing=True)
    assert (version.nothing, version.lines, version.state) == (True, (), State.SOUMISE)


def test_all_the_faults_come_at_once_each_with_its_line() -> None:
    awa = line(-100)
    bruno = line(80000, BRUNO)
    result = declare(command(awa, bruno, nothing=True), context())
    assert codes(result) == {"neant_et_heures", "negatif", "trop_d_heures"}
    assert not isinstance(result, Declared)
    assert {r.line for r in result.reasons} == {None, awa.id, bruno.id}


def test_sending_twice_is_refused_not_added() -> None:
    sent = declared(line(14000))
    assert refusal(command(line(14000)), context(history=(sent,))) == {"deja_envoyee"}


def test_a_declaration_given_back_is_sent_again_as_a_new_version_and_the_first_is_kept() -> None:
    back = give_back(declared(line(14000)), "ines", at(ON), "Les jours de Awa manquent.")
    assert isinstance(back, Declaration)
    again = declared(line(13000), id="version-2", with_context=context(history=(back,)))
    assert (again.version, again.supersedes, again.declaration_id) == (2, back.id, back.declaration_id)
    assert back.lines[0].hours == 14000


def test_an_accepted_month_is_corrected_with_a_reason() -> None:
    ctx = context(history=(validated(declared(line(14000))),))
    assert refusal(command(line(12000), id="v2"), ctx) == {"motif_de_correction"}
    version = declared(line(12000), id="v2", reason="Relevé erroné", with_context=ctx)
    assert (version.version, version.correction_reason) == (2, "Relevé erroné")


def test_a_draft_of_a_correction_asks_for_the_reason_when_it_is_sent() -> None:
    accepted = validated(declared(line(14000)))
    draft = declared(line(12000), id="v2", submit=False, with_context=context(history=(accepted,)))
    assert refusal(command(line(12000)), context(history=(accepted, draft))) == {"motif_de_correction"}


def test_a_rejected_month_is_closed_to_the_firm_and_open_to_the_facilitator() -> None:
    rejected = reject(declared(line(14000)), "ines", at(ON), "Chantier d’un autre marché.")
    assert isinstance(rejected, Declaration)
    ctx = context(history=(rejected,))
    assert refusal(command(line(14000), id="v2"), ctx) == {"rejetee"}
    again = declared(line(14000), id="v2", provenance=Provenance.FACILITATOR, with_context=ctx)
    assert (again.version, again.provenance) == (2, Provenance.FACILITATOR)


def test_a_period_that_has_not_begun_is_refused_with_its_dates() -> None:
    given = command(line(1000, month=date(2027, 3, 1)), period_start=date(2027, 3, 1))
    assert refusal(given) == {"periode_future", "mois_futur"}


def test_a_quarterly_marche_takes_three_months_in_one_declaration() -> None:
    ctx = context(marche=marche(calendar=Calendar.QUARTERLY), on=date(2027, 4, 3))
    lines = [line(10000, month=date(2027, m, 1)) for m in (1, 2, 3)]
    version = declared(*lines, with_context=ctx)
    assert (version.period_start, version.period_end) == (date(2027, 1, 1), date(2027, 3, 31))
    assert refusal(command(*lines, period_start=date(2027, 2, 1)), ctx) == {"periode", "mois_hors_periode"}


def test_a_line_outside_the_period_is_refused() -> None:
    assert refusal(command(line(1000, month=date(2026, 12, 1)))) == {"mois_hors_periode"}


def test_a_person_without_placement_on_the_lot_is_refused() -> None:
    elsewhere = placement(lot_id="lot-2")
    assert refusal(command(line(1000)), context(placements=(elsewhere,))) == {"mise_a_l_emploi"}


def test_a_company_does_not_declare_the_people_of_another() -> None:
    assert refusal(command(line(1000), company_id=RENOV)) == {"autre_entreprise"}


def test_who_was_titulaire_in_the_month_declares_it_for_its_subcontractor_though_replaced_since() -> None:
    # Told on 05/02/2027 for January. Colas left on 31/01: it answered for January; on 31/12: it did not.
    below = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=f"partie-{COLAS}")
    theirs = placement(legal_employer_id=PEINTRE, user_company_id=PEINTRE)

    def told_by_one_who_left(on: date) -> Context:
        heads = (party(ends_on=on), party(RENOV, starts_on=add_days(on, 1)))
        return context(parties=(*heads, below), placements=(theirs,))

    assert isinstance(declare(command(line(1000)), told_by_one_who_left(date(2027, 1, 31))), Declared)
    assert refusal(command(line(1000)), told_by_one_who_left(date(2026, 12, 31))) == {"autre_entreprise"}


def test_two_lines_of_work_for_one_person_and_month_are_refused() -> None:
    twice = msgspec.structs.replace(line(1000), id="autre")
    assert refusal(command(line(1000), twice)) == {"ligne_double"}
    training = msgspec.structs.replace(twice, kind=HourKind.TRAINING)
    assert isinstance(declare(command(line(1000), training), context()), Declared)


@pytest.mark.parametrize(
    ("days", "hours", "code"),
    [
        ({11: 700, 12: 700}, 1500, "jours_et_total"),  # 14 h in days, 15 h in total
        ({11: 2500}, 2500, "heures_du_jour"),
    ],
)
def test_a_daily_record_must_agree_with_itself(days: dict[int, int], hours: int, code: str) -> None:
    assert refusal(command(line(hours, days=days))) == {code}


def test_rounded_days_may_differ_from_the_total_by_a_hundredth_each() -> None:
    # 7h20 three times is 22 h; read day by day 7,33 × 3 = 21,99.
    assert isinstance(declare(command(line(2200, days={11: 733, 12: 733, 13: 733})), context()), Declared)


def test_a_day_of_another_month_is_refused() -> None:
    entry = line(700, days={11: 700})
    moved = msgspec.structs.replace(entry.days[0], day=date(2027, 2, 1))
    assert refusal(command(msgspec.structs.replace(entry, days=(moved,)))) == {"jour_hors_mois"}


def visa_group() -> tuple[Party, ...]:
    head = party()
    peintre = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=head.id, acte_special="AS-1")
    return (head, peintre)


def test_a_subcontractor_waits_for_the_visa_of_the_mandataire() -> None:
    person = placement(legal_employer_id=PEINTRE, user_company_id=PEINTRE)
    ctx = context(lot=lot(rules=Rules(visa_required=True)), parties=visa_group(), placements=(person,))
    assert declared(line(), company_id=PEINTRE, with_context=ctx).state is State.VISA_MANDATAIRE
    filled = declared(line(), company_id=PEINTRE, provenance=Provenance.FACILITATOR, with_context=ctx)
    assert filled.state is State.SOUMISE


def test_the_mandataire_needs_no_visa_of_its_own() -> None:
    ctx = context(lot=lot(rules=Rules(visa_required=True)), parties=visa_group())
    assert declared(line(), company_id=COLAS, with_context=ctx).state is State.SOUMISE


def test_an_open_version_is_judged_again_when_an_eligibility_comes() -> None:
    sent = declared(line(14000), with_context=context(periods=()))
    assert sent.lines[0].countable == 0
    again = rejudge(sent, context(periods=(period(),)))
    assert again.lines[0].countable == 14000
    assert again.findings == ()


def test_an_accepted_version_is_never_judged_again() -> None:
    accepted = validated(declared(line(14000)))
    assert rejudge(accepted, context(periods=())) is accepted


def test_waiting_for_control_makes_nobody_late() -> None:
    sent = declared(line(14000))
    again = rejudge(sent, context(on=date(2027, 4, 1)))
    assert "R15" not in {f.rule_id for f in again.findings}
