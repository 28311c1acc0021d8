from datetime import date

import msgspec

from clauses import (
    Accept,
    Declaration,
    LineDecision,
    PartyRole,
    Provenance,
    Refused,
    Rules,
    State,
    Waiver,
    accept,
    declare,
    declared_hours,
    give_back,
    give_visa,
    is_taken_back,
    label_for_firm,
    latest,
    open_holds,
    recall,
    reject,
    supersede,
    take_back,
    take_up,
    validated_hours,
    waive,
)
from tests.clauses.personas import (
    BRUNO,
    ON,
    PEINTRE,
    at,
    codes,
    command,
    context,
    declared,
    line,
    lot,
    other,
    party,
    period,
    placement,
    validated,
)

INES = Accept(author_id="ines", at=at(ON))


def waiver(rule_id: str = "R05", reason: str = "Dérogation de l’inspection du travail") -> Waiver:
    return Waiver(rule_id=rule_id, line_id=None, reason=reason, author_id="ines", at=at(ON))


def partly(line_id: str, accepted: int, reason: str = "") -> Accept:
    decision = LineDecision(line_id=line_id, accepted=accepted, reason=reason)
    return Accept(author_id="ines", at=at(ON), lines=(decision,))


def test_accepting_takes_all_the_countable_hours_never_the_declared_ones() -> None:
    version = validated(
        declared(line(14000), with_context=context(periods=(period(starts_on=date(2027, 1, 13)),)))
    )
    assert version.state is State.VALIDEE
    assert (declared_hours(version), validated_hours(version)) == (14000, 9578)
    assert label_for_firm(version) == "Acceptée en partie"
    assert label_for_firm(validated(declared(line(14000)))) == "Acceptée"


def test_accepting_in_part_needs_a_reason_on_the_line() -> None:
    version = declared(line(14000), line(10000, BRUNO))
    first = version.lines[0].id
    assert codes(accept(version, partly(first, 12000))) == {"sans_motif"}
    result = accept(version, partly(first, 12000, "Deux jours d’absence"))
    assert isinstance(result, Declaration)
    assert result.state is State.PARTIELLEMENT_VALIDEE
    assert [x.accepted for x in result.lines] == [12000, 10000]
    assert result.lines[0].decision_reason == "Deux jours d’absence"


def test_no_more_than_the_countable_hours_can_be_accepted() -> None:
    version = declared(line(14000))
    assert codes(accept(version, partly(version.lines[0].id, 14001))) == {"au_dela_du_comptable"}
    assert codes(accept(version, partly("inconnue", 100))) == {"ligne_inconnue"}


def test_a_hold_stops_the_acceptance_until_it_is_waived_with_a_reason() -> None:
    version = declared(line(21000))
    assert [f.rule_id for f in open_holds(version)] == ["R05"]
    assert codes(accept(version, INES)) == {"retenue_R05"}
    bare = Accept(author_id="ines", at=at(ON), waivers=(waiver(reason=" "),))
    assert codes(accept(version, bare)) == {"levee_sans_motif"}
    result = accept(version, Accept(author_id="ines", at=at(ON), waivers=(waiver(),)))
    assert isinstance(result, Declaration)
    assert open_holds(result) == ()
    assert result.waivers[0].reason == "Dérogation de l’inspection du travail"


def test_a_cut_is_never_waived() -> None:
    version = declared(line(14000), with_context=context(periods=()))
    command = Accept(author_id="ines", at=at(ON), waivers=(waiver("R02"),))
    assert codes(accept(version, command)) == {"levee_interdite"}


def test_there_is_nothing_to_waive_where_nothing_was_found() -> None:
    command = Accept(author_id="ines", at=at(ON), waivers=(waiver("R09"),))
    assert codes(accept(declared(line(14000)), command)) == {"levee_sans_objet"}


def test_a_duplicate_is_held_until_a_source_is_chosen() -> None:
    version = declared(line(14000), with_context=context(others=(other(1000, lot_id="lot-1"),)))
    assert codes(accept(version, INES)) == {"retenue_R09"}


def test_a_hold_is_lifted_alone_and_stays_visible_with_its_reason() -> None:
    held = declared(line(21000))
    lifted = waive(held, waiver())
    assert isinstance(lifted, Declaration)
    assert (lifted.state, lifted.findings, open_holds(lifted)) == (held.state, held.findings, ())
    assert validated(lifted).waivers == (waiver(),)
    assert codes(waive(lifted, waiver())) == {"levee_sans_objet"}, "it holds nothing any more"
    assert codes(waive(held, waiver(reason=" "))) == {"levee_sans_motif"}
    assert codes(waive(held, waiver("R02"))) == {"levee_sans_objet"}
    cut = declared(line(14000), with_context=context(periods=()))
    assert codes(waive(cut, waiver("R02"))) == {"levee_interdite"}
    assert codes(waive(validated(lifted), waiver())) == {"etat"}


def test_a_newcomer_is_confirmed_before_any_of_her_hours_is_accepted() -> None:
    version = declared(line(14000), line(10000, BRUNO))
    first, second = version.lines
    waits = Accept(author_id="ines", at=at(ON), unconfirmed=frozenset({first.placement_id}))
    refusal = accept(version, waits)
    assert isinstance(refusal, Refused)
    assert [(r.code, r.line) for r in refusal.reasons] == [("a_confirmer", first.id)]
    none_of_hers = LineDecision(line_id=first.id, accepted=0, reason="Inconnue du chantier")
    done = accept(version, msgspec.structs.replace(waits, lines=(none_of_hers,)))
    assert isinstance(done, Declaration)
    assert [x.accepted for x in done.lines] == [0, second.countable]


def test_what_is_accepted_once_is_not_accepted_twice() -> None:
    assert codes(accept(validated(declared(line(14000))), INES)) == {"etat"}


def test_giving_back_needs_a_reason_and_keeps_what_was_sent() -> None:
    version = declared(line(14000))
    assert codes(give_back(version, "ines", at(ON), "  ")) == {"sans_motif"}
    back = give_back(version, "ines", at(ON), "Précisez les jours.")
    assert isinstance(back, Declaration)
    assert (back.state, back.lines) == (State.A_CORRIGER, version.lines)
    assert back.state.firm_label == "À corriger"
    assert back.state.facilitator_label == "Rendue à l’entreprise"


def test_a_return_is_undone_only_by_who_gave_it_back_and_leaves_no_trace_of_a_decision() -> None:
    version = declared(line(14000))
    back = give_back(version, "ines", at(ON), "Précisez les jours.")
    assert not isinstance(back, Refused)
    assert codes(take_back(back, "denis")) == {"etat"}
    assert take_back(back, "ines") == version
    assert codes(take_back(version, "ines")) == {"etat"}


def recalled(version: Declaration, **changes: bool) -> Declaration | Refused:
    return recall(version, "chef-de-chantier", at(ON, 10), **{"visa_given": False, **changes})


def test_a_firm_takes_back_what_nobody_has_begun_to_examine_and_it_stays_as_it_was_sent() -> None:
    version = declared(line(14000))
    back = recalled(version)
    assert isinstance(back, Declaration)
    assert is_taken_back(back)
    assert (back.state, back.decided_at, back.decided_by) == (
        State.BROUILLON,
        at(ON, 10),
        "chef-de-chantier",
    )
    assert (back.lines, back.made_at, back.version) == (version.lines, version.made_at, 1)
    # A visa that was given is somebody's examination; one that is still awaited is nobody's.
    waits = msgspec.structs.replace(version, state=State.VISA_MANDATAIRE)
    awaited = recalled(waits, visa_given=True)
    assert isinstance(awaited, Declaration)
    assert is_taken_back(awaited)
    assert codes(recalled(version, visa_given=True)) == {"visa"}
    assert codes(recalled(back)) == {"deja_reprise"}
    assert codes(accept(back, INES)) == codes(give_back(back, "ines", at(ON), "Encore")) == {"etat"}
    assert codes(recalled(validated(version))) == codes(recalled(examined(version))) == {"etat"}
    typed_for_it = msgspec.structs.replace(version, provenance=Provenance.FACILITATOR)
    assert codes(recalled(typed_for_it)) == {"saisie_pour_vous"}
    assert codes(recalled(msgspec.structs.replace(version, waivers=(waiver(),)))) == {"examen"}


def examined(version: Declaration) -> Declaration:
    taken = take_up(version)
    assert isinstance(taken, Declaration)
    return taken


def test_what_is_sent_after_a_declaration_taken_back_is_a_new_version_that_corrects_the_accepted_one() -> (
    None
):
    first = validated(declared(line(14000)))
    ctx = context(history=(first,))
    second = declared(line(12000), id="v2", reason="Erreur", with_context=ctx)
    back = recalled(second)
    assert isinstance(back, Declaration)
    assert latest((first, back)) == (first,)
    assert latest((back,)) == (back,)
    again = context(history=(first, back))
    # The correction still asks why; its number follows the one taken back, which keeps its own.
    assert codes(declare(command(line(13000), id="v3"), again)) == {"motif_de_correction"}
    third = declared(line(13000), id="v3", reason="Erreur", with_context=again)
    assert (third.version, third.supersedes, third.declaration_id) == (3, "v2", first.declaration_id)
    twice = recalled(third)
    assert isinstance(twice, Declaration)
    more = context(history=(first, back, twice))
    assert codes(declare(command(line(13000), id="v4"), more)) == {"motif_de_correction"}


def test_rejecting_is_final() -> None:
    rejected = reject(declared(line(14000)), "ines", at(ON), "Autre marché.")
    assert isinstance(rejected, Declaration)
    assert codes(accept(rejected, INES)) == {"etat"}
    assert codes(give_back(rejected, "ines", at(ON), "Encore")) == {"etat"}


def test_the_mandataire_sees_a_subcontractor_before_the_facilitator() -> None:
    head = party()
    sub = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=head.id)
    ctx = context(
        lot=lot(rules=Rules(visa_required=True)),
        parties=(head, sub),
        placements=(placement(legal_employer_id=PEINTRE, user_company_id=PEINTRE),),
    )
    version = declared(line(14000), company_id=PEINTRE, with_context=ctx)
    assert codes(accept(version, INES)) == {"etat"}
    seen = give_visa(version)
    assert isinstance(seen, Declaration)
    assert seen.state is State.SOUMISE
    assert codes(give_visa(seen)) == {"etat"}


def test_a_version_in_hand_can_be_examined_then_accepted() -> None:
    taken = take_up(declared(line(14000)))
    assert isinstance(taken, Declaration)
    assert taken.state is State.EN_CONTROLE
    assert validated(taken).state is State.VALIDEE


def test_no_hour_this_month_is_accepted_like_any_answer() -> None:
    assert validated(declared(nothing=True)).state is State.VALIDEE


def test_a_replaced_version_changes_its_state_and_nothing_else() -> None:
    accepted = validated(declared(line(14000)))
    replaced = supersede(accepted)
    assert isinstance(replaced, Declaration)
    assert replaced.state is State.RECTIFIEE
    assert (replaced.lines, replaced.decided_at) == (accepted.lines, accepted.decided_at)
    assert codes(supersede(declared(line(14000)))) == {"etat"}
