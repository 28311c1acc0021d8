"""What holds over any tree of firms and any set of lots: the invariants I5 and I7, and the internal debts."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clauses import (
    Accept,
    BadGroup,
    Bilan,
    Declaration,
    Declared,
    Party,
    PartyRole,
    Replacement,
    TransferMode,
    accept,
    bilan,
    companies_below,
    declare,
    groupement_debts,
    parties_at,
    replaced,
    restored,
    totals_by,
)
from tests.clauses.personas import at, command, context, line, lot, party, period, placement

FIRST = date(2027, 1, 1)
FIRMS = [f"firm-{n}" for n in range(6)]
PEOPLE = ["awa", "bruno", "chloe"]


@st.composite
def trees(draw: st.DrawFn) -> tuple[Party, ...]:
    """A mandataire, cotraitants with keys, subcontractors of anybody above, each with its dates."""
    found: list[Party] = []
    for index in range(draw(st.integers(1, 8))):
        start = FIRST + timedelta(days=draw(st.integers(0, 20)))
        stay = draw(st.one_of(st.none(), st.integers(0, 40)))
        role = PartyRole.MANDATAIRE
        if found:
            role = draw(st.sampled_from([PartyRole.COTRAITANT, PartyRole.SOUS_TRAITANT]))
        parent = draw(st.sampled_from(found)) if role is PartyRole.SOUS_TRAITANT else None
        found.append(
            party(
                draw(st.sampled_from(FIRMS)),
                id=f"p{index}",
                role=role,
                tier=parent.tier + 1 if parent else 0,
                parent_id=parent.id if parent else None,
                starts_on=start,
                ends_on=None if stay is None else start + timedelta(days=stay),
                key_share=None if parent else Decimal(draw(st.integers(1, 9))),
            )
        )
    return tuple(found)


@given(trees(), st.sampled_from(FIRMS))
@settings(max_examples=300, deadline=None)
def test_a_firm_sees_its_own_tier_and_below(tree: tuple[Party, ...], viewer: str) -> None:
    """I7: whoever is seen climbs, subcontractor by subcontractor, to the one who looks; nobody else is."""
    by_id = {p.id: p for p in tree}

    def climbs(one: Party) -> bool:
        if one.company_id == viewer:
            return True
        return one.role is PartyRole.SOUS_TRAITANT and climbs(by_id[one.parent_id or ""])

    expected = {p.company_id for p in tree if climbs(p)}
    assert companies_below(tree, viewer) | {viewer} == expected | {viewer}


done_by = st.dictionaries(st.sampled_from(FIRMS), st.integers(0, 50_000))


@given(trees(), st.integers(0, 200_003), done_by, st.integers(0, 70))
@settings(max_examples=300, deadline=None)
def test_the_internal_debts_add_up_to_the_due_whoever_left(
    tree: tuple[Party, ...], due: int, done: dict[str, int], days: int
) -> None:
    on = FIRST + timedelta(days=days)
    try:
        debts = groupement_debts(tree, due, done, on)
    except BadGroup:
        return
    present = {p.company_id for p in tree if p.tier == 0 and p.starts_on <= on <= (p.ends_on or date.max)}
    if present:
        assert sum(d.due for d in debts) == due
    for debt in debts:
        assert debt.due - debt.done == debt.remaining - debt.surplus
        assert min(debt.remaining, debt.surplus) == 0


@given(trees(), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_a_replacement_taken_back_gives_the_tree_back(tree: tuple[Party, ...], days: int) -> None:
    event = Replacement(
        id="r",
        on=FIRST + timedelta(days=days),
        known_at=at(FIRST),
        leaving_company_id=tree[0].company_id,
        joining_company_id="new-firm",
        mode=TransferMode.ALL_TO_NEW,
    )
    after = replaced(tree, event)
    assert after == parties_at(tree, (event,), at(FIRST))
    before = {p.id: p for p in tree}
    for one in after:
        if one.id == event.id:
            assert (one.company_id, one.starts_on) == ("new-firm", event.on + timedelta(days=1))
        elif one != before[one.id]:
            assert (one.role, one.ends_on) == (PartyRole.MANDATAIRE, event.on)
    if tree[0].ends_on is None:
        assert restored(after, event) == tree


@st.composite
def declared_lots(draw: st.DrawFn) -> tuple[dict[str, Bilan], tuple[Declaration, ...]]:
    """Three lots, three people, three firms: any declarations, accepted in full; the bilan of each lot."""
    versions: list[Declaration] = []
    for index in range(draw(st.integers(1, 9))):
        own, firm = f"lot-{draw(st.integers(1, 3))}", draw(st.sampled_from(FIRMS[:3]))
        person, month = draw(st.sampled_from(PEOPLE)), draw(st.integers(1, 3))
        start = date(2027, month, 1)
        if any((v.lot_id, v.company_id, v.period_start) == (own, firm, start) for v in versions):
            continue
        job = placement(person, lot_id=own, legal_employer_id=firm, user_company_id=firm)
        eligible = FIRST + timedelta(days=draw(st.integers(0, 60)))
        ctx = context(
            lot=lot(id=own),
            parties=(party(firm, lot_id=own),),
            placements=(job,),
            periods=(period(person, starts_on=eligible),),
            on=date(2027, 12, 31),
        )
        entry = line(draw(st.integers(1, 20_000)), person, month=start)
        told = command(
            entry,
            id=f"v{index}",
            declaration_id=f"d{index}",
            lot_id=own,
            company_id=firm,
            period_start=start,
        )
        made = declare(told, ctx)
        assert isinstance(made, Declared)
        done = accept(made.version, Accept(author_id="ines", at=at(date(2027, 6, 1))))
        if isinstance(done, Declaration):
            versions.append(done)
    held = tuple(versions)
    known = at(date(2027, 12, 31))
    pictures = {f"lot-{n}": bilan(f"lot-{n}", (), held, date(2027, 12, 31), known) for n in (1, 2, 3)}
    return pictures, held


@given(declared_lots())
@settings(max_examples=80, deadline=None)
def test_the_sum_by_lot_is_the_sum_by_person_and_by_firm(
    told: tuple[dict[str, Bilan], tuple[Declaration, ...]],
) -> None:
    """I5, over several lots: added straight from the lines that were accepted."""
    pictures, versions = told
    people: dict[str, int] = defaultdict(int)
    firms: dict[str, int] = defaultdict(int)
    for version in versions:
        for judged in version.lines:
            people[judged.person_id] += judged.accepted or 0
            firms[version.company_id] += judged.accepted or 0
    for field, expected in (("person_id", people), ("company_id", firms)):
        found: dict[str, int] = defaultdict(int)
        for picture in pictures.values():
            for name, hours in totals_by(picture.lines, field).items():
                found[name] += hours
        assert dict(found) == dict(expected)
    assert sum(p.validated for p in pictures.values()) == sum(people.values()) == sum(firms.values())
