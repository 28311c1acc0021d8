from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clauses import FOR_THE_FACILITATOR, DayHours, Effect, FirmFinding, for_firm
from tests.clauses.personas import RENOV, TREMPLIN, context, declared, line, other


def test_a_firm_reads_one_sentence_for_two_matters_of_others() -> None:
    # 140 h here and 140 h declared on this lot by another: R05 and R09, both for the facilitator.
    version = declared(line(14000), with_context=context(others=(other(14000, lot_id="lot-1"),)))
    assert [f.rule_id for f in version.findings] == ["R05", "R09"]
    assert for_firm(version.findings) == (
        FirmFinding(effect=Effect.HOLD, line_id=version.lines[0].id, sentence=FOR_THE_FACILITATOR),
    )


@given(st.integers(10000, 30000), st.integers(10000, 30000), st.sampled_from([RENOV, TREMPLIN]))
def test_what_a_firm_reads_does_not_change_with_the_hours_or_the_name_of_another(
    some: int, more: int, company_id: str
) -> None:
    """140 h here, and anything above 100 h elsewhere, is more than 208 h in all."""

    def read(hours: int, company: str) -> tuple[FirmFinding, ...]:
        days = (DayHours(day=date(2027, 1, 12), hours=1100),)
        ctx = context(others=(other(hours, company, days=days),))
        return for_firm(
            declared(line(14000, days=dict.fromkeys(range(5, 25), 700)), with_context=ctx).findings
        )

    assert read(some, RENOV) == read(more, company_id)
