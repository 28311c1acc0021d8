"""The year of a territory: hours, heads and full-time equivalents worked by hand."""

from datetime import date
from decimal import Decimal

from clauses import Declaration, EmployerKind, EmploymentKind, supersede
from clauses.year import Dimension, YearLine, public_of, year_bilan, year_lines
from tests.clauses.personas import (
    AWA,
    BRUNO,
    COLAS,
    TREMPLIN,
    at,
    context,
    declared,
    line,
    period,
    placement,
    validated,
)

LATER = at(date(2030, 1, 1))


def one(person: str, hours: int, buyer: str = "ville", **changes: str) -> YearLine:
    told = {"company_id": COLAS, "public": "RSA", "modality": "embauche_directe", "employment": "cdd"}
    told |= changes
    return YearLine(
        month=date(2027, 1, 1),
        person_id=person,
        placement_id=f"emploi-{person}",
        buyer_id=buyer,
        hours=hours,
        **told,
    )


def versions() -> tuple[Declaration, ...]:
    """January: Awa 120 h direct, Bruno 60 h by an ETTI; Awa corrected to 100 h on 20/05."""
    people = (
        placement(),
        placement(
            BRUNO,
            legal_employer_id=TREMPLIN,
            legal_employer_kind=EmployerKind.ETTI,
            employment_kind=EmploymentKind.INTERIM,
        ),
    )
    first = validated(
        declared(line(12000), line(6000, BRUNO), with_context=context(placements=people)), date(2027, 2, 10)
    )
    ctx = context(on=date(2027, 5, 18), history=(first,), placements=people)
    told = declared(line(10000), line(6000, BRUNO), id="v2", reason="Erreur", with_context=ctx)
    replaced = supersede(first)
    assert isinstance(replaced, Declaration)
    return (replaced, validated(told, date(2027, 5, 20)))


PLACED = (
    placement(),
    placement(
        BRUNO,
        legal_employer_id=TREMPLIN,
        legal_employer_kind=EmployerKind.ETTI,
        employment_kind=EmploymentKind.INTERIM,
    ),
)
HELD = (period(), period(BRUNO, criterion="DELD"))


def test_the_year_is_told_by_buyer_firm_public_modality_and_employment() -> None:
    lines = year_lines(versions(), PLACED, HELD, {"lot-1": "ville"}, 2027, LATER)
    year = year_bilan(lines, 2027, 1600, 1)
    found = {t.dimension: {c.key: c.hours for c in t.cells} for t in year.tables}
    assert found == {
        Dimension.BUYER: {"ville": 16000},
        Dimension.COMPANY: {COLAS: 16000},
        Dimension.PUBLIC: {"RSA": 10000, "DELD": 6000},
        Dimension.MODALITY: {"embauche_directe": 10000, "mise_a_disposition": 6000},
        Dimension.EMPLOYMENT: {"cdd": 10000, "interim": 6000},
    }
    # 160 h ÷ 1 600 = 0,10 ETP; two people, two placements.
    assert (year.total.people, year.total.placements, year.etp, year.etp_hours) == (
        2,
        2,
        Decimal("0.10"),
        1600,
    )


def test_a_year_seen_from_before_the_correction_holds_the_first_hours() -> None:
    seen = year_lines(versions(), PLACED, HELD, {"lot-1": "ville"}, 2027, at(date(2027, 4, 15)))
    assert sum(x.hours for x in seen) == 18000  # 120 + 60
    assert year_lines(versions(), PLACED, HELD, {"lot-1": "ville"}, 2026, LATER) == ()


def test_the_divisor_changes_the_equivalents_not_the_hours() -> None:
    # 3 640 h ÷ 1 820 = 2 ETP; ÷ 1 600 = 2,275 -> 2,28.
    lines = (one("p", 364_000),)
    assert year_bilan(lines, 2027, 1820, 1).etp == Decimal("2.00")
    assert year_bilan(lines, 2027, 1600, 1).etp == Decimal("2.28")


def test_fewer_than_five_people_are_hidden_with_what_would_tell_them() -> None:
    # Ville 6 people, Département 5, Région 2: Région hides, and Département, the smallest other, with it.
    lines = (
        *(one(f"v{n}", 100) for n in range(6)),
        *(one(f"d{n}", 100, "departement") for n in range(5)),
        *(one(f"r{n}", 100, "region") for n in range(2)),
    )
    year = year_bilan(lines, 2027, 1600, 5)
    buyers = next(t for t in year.tables if t.dimension is Dimension.BUYER)
    assert {c.key: c.people for c in buyers.cells} == {"ville": 6, "departement": None, "region": None}
    assert set(buyers.etp) == {"ville"}
    assert year.total.people == 13
    few = year_bilan(lines[-2:], 2027, 1600, 5)
    assert (few.total.hours, few.etp) == (None, None)


def test_each_dimension_sums_to_the_same_total() -> None:
    lines = (one("p", 100), one("q", 250, "departement", public="DELD"), one("p", 50, employment="cdi"))
    year = year_bilan(lines, 2027, 1600, 1)
    assert {sum(c.hours or 0 for c in t.cells) for t in year.tables} == {400}
    assert year.total.people == 2


def test_the_public_is_the_period_of_the_day_then_the_one_a_cdi_prolongs() -> None:
    held = (
        period(id="1", criterion="DELD", starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31)),
        period(id="2", criterion="RSA", starts_on=date(2026, 6, 1), ends_on=date(2027, 3, 31)),
    )
    assert public_of(held, AWA, date(2026, 7, 1)) == "DELD"
    assert public_of(held, AWA, date(2027, 1, 5)) == "RSA"
    assert public_of(held, AWA, date(2028, 1, 5)) == "RSA"
    assert public_of(held, AWA, date(2024, 1, 5)) == ""
    assert public_of((period(revoked_on=date(2027, 1, 1)),), AWA, date(2027, 1, 5)) == ""
