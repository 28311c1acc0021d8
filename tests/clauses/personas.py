"""The people, firms and lot that the clause tests share. All invented; all dates fixed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from clauses import (
    Accept,
    Buyer,
    Calendar,
    Calibration,
    Context,
    DayHours,
    Declaration,
    Declare,
    Declared,
    EmployerKind,
    EmploymentKind,
    EndRule,
    Formula,
    GroupementKind,
    HourKind,
    LegalBasis,
    LineEntry,
    Lot,
    LotStanding,
    Marche,
    Notification,
    OtherLine,
    Party,
    PartyRole,
    Period,
    Placement,
    Provenance,
    Refused,
    Rounding,
    Rules,
    accept,
    declare,
    default_grid,
    legal_limits,
)

COLAS, RENOV, TREMPLIN, PEINTRE = "colas-du-marais", "renov-audomarois", "etti-tremplin", "peintre-aa"
AWA, BRUNO, CHLOE = "awa", "bruno", "chloe"
ON = date(2027, 2, 5)
HOLIDAYS = frozenset(
    {date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8)}
)


def at(day: date, hour: int = 9) -> datetime:
    """That day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def marche(**changes: object) -> Marche:
    base = Marche(
        id="marche-1",
        territory_id="saint-omer",
        reference="2026-BAT-014",
        title="Réhabilitation de l’école du Marais",
        buyer=Buyer(id="ville", name="Ville de Saint-Omer"),
        ordering_entities=(),
        legal_bases=(LegalBasis.CONDITION_EXECUTION,),
        groupement=GroupementKind.NONE,
        calendar=Calendar.MONTHLY,
        perimeter="Lots 1 à 4",
        facilitator_contact="Inès Delattre, 03 00 00 00 00",
        eligible_profiles="Publics de la grille par défaut",
        exemption=None,
        exemption_note="",
    )
    return msgspec.structs.replace(base, **changes)


def lot(**changes: object) -> Lot:
    base = Lot(
        id="lot-1",
        marche_id="marche-1",
        buyer_id="ville",
        number="1",
        title="Gros œuvre",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        volume="833 heures",
        grid_id="grille-nationale",
        rules=Rules(),
    )
    return msgspec.structs.replace(base, **changes)


def party(company_id: str = COLAS, **changes: object) -> Party:
    base = Party(
        id=f"partie-{company_id}",
        lot_id="lot-1",
        company_id=company_id,
        role=PartyRole.MANDATAIRE,
        tier=0,
        parent_id=None,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        key_share=None,
        acte_special=None,
    )
    return msgspec.structs.replace(base, **changes)


def placement(person_id: str = AWA, **changes: object) -> Placement:
    base = Placement(
        id=f"emploi-{person_id}",
        person_id=person_id,
        lot_id="lot-1",
        legal_employer_id=COLAS,
        legal_employer_kind=EmployerKind.ENTREPRISE,
        user_company_id=COLAS,
        employment_kind=EmploymentKind.CDD,
        starts_on=date(2027, 1, 5),
        planned_ends_on=date(2027, 6, 30),
        ended_on=None,
        end_reason=None,
        weekly_hours=3500,
    )
    return msgspec.structs.replace(base, **changes)


def period(person_id: str = AWA, **changes: object) -> Period:
    base = Period(
        id=f"periode-{person_id}",
        person_id=person_id,
        grid_id="grille-nationale",
        grid_version=1,
        criterion="RSA",
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
        end_rule=EndRule.MONTHS,
        cdi_hired_on=None,
        proof_label="Attestation CAF ou MSA",
        proof_dated_on=date(2026, 12, 20),
        proof_expires_on=None,
        opinion="",
        revoked_on=None,
        revoked_reason="",
    )
    return msgspec.structs.replace(base, **changes)


def context(**changes: object) -> Context:
    base = Context(
        marche=marche(),
        lot=lot(),
        grid=default_grid(),
        window=None,
        parties=(party(),),
        placements=(placement(), placement(BRUNO)),
        periods=(period(), period(BRUNO)),
        history=(),
        others=(),
        ceilings=(),
        birth_dates={},
        standing=LotStanding(),
        limits=legal_limits(ON),
        holidays=HOLIDAYS,
        on=ON,
    )
    return msgspec.structs.replace(base, **changes)


def line(
    hours: int = 14000,
    person_id: str = AWA,
    month: date = date(2027, 1, 1),
    days: dict[int, int] | None = None,
    kind: HourKind = HourKind.WORK,
) -> LineEntry:
    """A line of a person for a month; `days` gives hundredths by day number."""
    detail = tuple(DayHours(day=month.replace(day=d), hours=h) for d, h in (days or {}).items())
    return LineEntry(
        id=f"ligne-{person_id}-{month:%m}-{kind.value}",
        placement_id=f"emploi-{person_id}",
        month=month,
        kind=kind,
        hours=hours,
        days=detail,
    )


def command(*lines: LineEntry, **changes: object) -> Declare:
    base = Declare(
        id="version-1",
        declaration_id="declaration-2027-01",
        lot_id="lot-1",
        company_id=COLAS,
        period_start=date(2027, 1, 1),
        lines=lines,
        nothing=False,
        provenance=Provenance.FIRM,
        author_id="chef-de-chantier",
        at=at(ON),
        submit=True,
        reason="",
    )
    return msgspec.structs.replace(base, **changes)


def other(hours: int, company_id: str = RENOV, **changes: object) -> OtherLine:
    """A line of Awa elsewhere, in January."""
    base = OtherLine(
        person_id=AWA,
        placement_id="emploi-ailleurs",
        lot_id="lot-ailleurs",
        company_id=company_id,
        month=date(2027, 1, 1),
        hours=hours,
        days=(),
    )
    return msgspec.structs.replace(base, **changes)


def declared(*lines: LineEntry, with_context: Context | None = None, **changes: object) -> Declaration:
    """The version that a declaration makes; the test fails when it is refused."""
    result = declare(command(*lines, **changes), with_context or context())
    assert isinstance(result, Declared), result
    return result.version


def validated(version: Declaration, on: date = date(2027, 2, 10), **changes: object) -> Declaration:
    """The version accepted in full by the facilitator."""
    result = accept(version, msgspec.structs.replace(Accept(author_id="ines", at=at(on)), **changes))
    assert not isinstance(result, Refused), result
    return result


def codes(result: object) -> set[str]:
    """The codes of a refusal."""
    assert isinstance(result, Refused), result
    return {reason.code for reason in result.reasons}


def rules_of(version: Declaration) -> list[str]:
    """The ids of the rules that spoke."""
    return [finding.rule_id for finding in version.findings]


def school_formula(amount: int = 1_000_000) -> Formula:
    """1,000,000 € × 50 % × 5 % ÷ 30 € (MEF Sud 77)."""
    return Formula(
        amount=Decimal(amount), labour_share=Decimal("0.5"), rate=Decimal("0.05"), hourly_cost=Decimal(30)
    )


def notification(method: object, rounding: Rounding = Rounding.FLOOR_HOUR, **changes: object) -> Notification:
    calibration = Calibration(version=1, method=method, rounding=rounding)  # type: ignore[arg-type]
    base = Notification(
        id="notification",
        on=date(2026, 1, 1),
        known_at=at(date(2026, 1, 1)),
        ends_on=date(2026, 12, 31),
        calibration=calibration,
    )
    return msgspec.structs.replace(base, **changes)
