"""Sharing validated hours between lots: conservation, the receiving lot's rules, undo, every figure."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

import clauses
from clauses import EmployerKind, SurplusPolicy
from service.tables import (
    AllocationRow,
    AuditRow,
    EligibilityRow,
    LineRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    PartyRow,
    PersonRow,
    StepRow,
    TerritoryRow,
)
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.service.declarations.site import (
    Site,
    accept,
    add_lot,
    add_marche,
    add_party,
    build_site,
    cell,
    header_of,
    send,
)
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


@pytest.fixture
def site(database: Database, world: World) -> Site:
    """Lots 1 and 2 of one marché share between lots of one buyer. Lot 1 owes 100 h, lot 2 1 000 h."""
    site = build_site(database, world.here)
    with database.write() as db:
        for lot in db.scalars(select(LotRow).where(col(LotRow.public_id).in_([site.lot1, site.lot2]))):
            lot.rules = clauses.Rules(surplus_policy=SurplusPolicy.SAME_BUYER)
    return site


@pytest.fixture
def january(firm: Visitor, facilitator: Visitor, site: Site, database: Database) -> str:
    """Nadia's January on lot 1, 120 h validated; the public id of its declaration."""
    assert send(firm, {cell(site.nadia): "120"}).status_code == 303
    header = header_of(database)
    assert accept(facilitator, header).status_code == 303
    return header


def line_of(facilitator: Visitor, lot: str) -> str:
    return str(facilitator.json(f"/lots/{lot}/partage")["lines"][0]["id"])


def give(facilitator: Visitor, site: Site, hours: str, **more: str) -> httpx.Response:
    typed = {"vers": site.lot2, f"h-{line_of(facilitator, site.lot1)}": hours, **more}
    return facilitator.post(f"/lots/{site.lot1}/partage", typed)


def validated(facilitator: Visitor, site: Site) -> tuple[int, int]:
    one, two = (facilitator.json(f"/lots/{lot}")["line"]["validated"] for lot in (site.lot1, site.lot2))
    return one, two


def test_hours_leave_one_lot_for_the_other_and_the_sum_stays(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    before = facilitator.json(f"/lots/{site.lot1}/partage?vers={site.lot2}")
    # By default every hour is counted where it was declared.
    assert (before["validated"], before["given"], before["here"]) == (12000, 0, 12000)
    assert before["lines"][0]["room"] == 12000
    assert give(facilitator, site, "30").status_code == 303
    # 120 − 30 = 90 h on lot 1, 0 + 30 = 30 h on lot 2; 90 + 30 = 120 h.
    assert validated(facilitator, site) == (9000, 3000)
    after = facilitator.json(f"/lots/{site.lot1}/partage?vers={site.lot2}")
    assert (after["validated"], after["given"], after["here"]) == (12000, 3000, 9000)
    # The file of the marché reads sums of its own: it says the same.
    marche = facilitator.json("/marches")["marches"][0]["id"]
    lots = {x["id"]: x["validated"] for x in facilitator.json(f"/marches/{marche}")["lots"]}
    assert (lots[site.lot1], lots[site.lot2]) == (9000, 3000)
    # The person's step stays where she worked, with all its hours.
    with database.read() as db:
        assert db.scalars(select(col(StepRow.hours))).all() == [12000]
        act = db.scalars(select(col(AuditRow.sentence)).where(col(AuditRow.act) == "sharing.share.act")).one()
    assert act.startswith("30\u202fh partagées")
    assert "Benali" not in act


def test_a_successor_reads_as_its_own_the_hours_received_from_a_firm_off_the_lot(
    facilitator: Visitor, visitor: Open, site: Site, january: str, database: Database, world: World
) -> None:
    """Nord Peinture took lot 2 over from another titulaire on 15/01, with all it owes: 1 000 h, 30 h received
    from Bâti Audomarois, which is not on the lot: 970 h left, as the debts of the lot say."""
    with database.write() as db:
        lot = db.get_one(LotRow, site.lot2_row)
        heir = db.scalars(select(PartyRow).where(col(PartyRow.lot_id) == lot.id)).one()
        heir.starts_on = date(2026, 1, 15)
        gone = OrganisationRow(territory_id=world.here.id, name="Ancien Peintre", kind=OrganisationKind.FIRM)
        db.add(gone)
        db.flush()
        db.add(
            PartyRow(
                territory_id=world.here.id,
                lot_id=lot.id,
                company_id=gone.id,
                role=clauses.PartyRole.MANDATAIRE,
                starts_on=date(2025, 10, 1),
                ends_on=date(2026, 1, 14),
            )
        )
        told = clauses.Replacement(
            id="remplacant",
            on=date(2026, 1, 14),
            known_at=datetime(2026, 1, 14, 9, tzinfo=UTC),
            leaving_company_id=gone.public_id,
            joining_company_id=world.here.organisation_ids["firm2"],
            mode=clauses.TransferMode.ALL_TO_NEW,
        )
        db.add(
            LotEventRow(
                public_id=told.id,
                territory_id=world.here.id,
                lot_id=lot.id,
                on=told.on,
                known_at=told.known_at,
                event=told,
            )
        )
    assert give(facilitator, site, "30").status_code == 303
    heir_page = visitor(world.here.users["contractor2"]).json(f"/mes-lots/{site.lot2}")
    own = {key: heir_page[key] for key in ("due", "validated", "remaining", "moved_in")}
    assert own == {"due": 100_000, "validated": 3000, "remaining": 97_000, "moved_in": 3000}
    debts = facilitator.json(f"/lots/{site.lot2}")["debts"]
    assert 3000 in [line["done"] for line in debts["lines"]]


def test_the_year_counts_shared_hours_once(facilitator: Visitor, site: Site, january: str) -> None:
    before = facilitator.json("/bilans/annuel?annee=2026")
    give(facilitator, site, "30")
    after = facilitator.json("/bilans/annuel?annee=2026")
    assert (before["total"]["hours"], after["total"]["hours"]) == (12000, 12000)
    assert after["sums"] == [12000, 12000, 12000]
    assert (before["lots"], after["lots"]) == (1, 2)


def test_more_than_what_is_left_is_refused_and_nothing_typed_is_lost(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    give(facilitator, site, "100")
    refused = give(facilitator, site, "20,01")
    # 120 − 100 = 20 h left.
    assert refused.status_code == 422
    text = refused.text.replace("\u202f", " ")
    assert "Il reste 20 h à partager sur cette ligne, pas 20,01 h." in text
    assert 'value="20,01"' in text
    assert validated(facilitator, site) == (2000, 10000)
    with database.read() as db:
        assert len(db.scalars(select(AllocationRow)).all()) == 1


def test_the_receiving_lot_judges_by_its_own_dates_and_employers(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    with database.write() as db:
        lot2 = db.scalars(select(LotRow).where(col(LotRow.public_id) == site.lot2)).one()
        lot2.rules = clauses.Rules(
            surplus_policy=SurplusPolicy.SAME_BUYER, accepted_employers=frozenset({EmployerKind.ETTI})
        )
    page = facilitator.json(f"/lots/{site.lot1}/partage?vers={site.lot2}")
    assert page["lines"][0]["room"] == 0
    assert page["lines"][0]["why"]
    refused = give(facilitator, site, "10")
    assert refused.status_code == 422
    assert "ne peut recevoir que 0" in refused.text


def test_a_person_is_eligible_on_the_receiving_lot_by_her_own_periods(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    """Nadia never worked on lot 2. Eligible since 22/01/2026: 7 of the 21 weekdays of January less the
    1st (22, 23, 26, 27, 28, 29, 30); 120 × 7 ÷ 21 = 40 h may be received."""
    with database.write() as db:
        nadia = db.scalars(select(PersonRow).where(col(PersonRow.first_name) == "Nadia")).one()
        period = db.scalars(select(EligibilityRow).where(col(EligibilityRow.person_id) == nadia.id)).one()
        period.starts_on = date(2026, 1, 22)
    page = facilitator.json(f"/lots/{site.lot1}/partage?vers={site.lot2}")
    assert page["lines"][0]["room"] == 4000
    assert "7 jours" in page["lines"][0]["why"]
    assert give(facilitator, site, "40,01").status_code == 422
    assert give(facilitator, site, "40").status_code == 303
    assert validated(facilitator, site) == (8000, 4000)


def test_a_lot_that_shares_nothing_says_so(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    with database.write() as db:
        db.scalars(select(LotRow).where(col(LotRow.public_id) == site.lot1)).one().rules = clauses.Rules()
    page = facilitator.json(f"/lots/{site.lot1}/partage")
    assert page["refusal"].startswith("Les règles de ce lot ne permettent pas")
    refused = give(facilitator, site, "10")
    assert refused.status_code == 422
    assert "Les règles d’un des deux lots ne permettent pas" in refused.text


def test_between_two_buyers_both_agree_and_the_agreement_has_a_reference(
    facilitator: Visitor, site: Site, january: str, database: Database, world: World
) -> None:
    pool = clauses.Rules(surplus_policy=SurplusPolicy.POOL)
    with database.write() as db:
        other = OrganisationRow(
            territory_id=world.here.id, name="Département", kind=OrganisationKind.BUYER, insee="62765"
        )
        db.add(other)
        db.flush()
        other_id = other.public_id
        marche: MarcheRow = add_marche(db, world.here, "2026-D01")
        marche.buyer_id = other.id
        lot = add_lot(db, world.here, marche, "9", "Espaces verts", pool)
        add_party(db, world.here, lot, "firm2")
        to = lot.public_id
        db.scalars(select(LotRow).where(col(LotRow.public_id) == site.lot1)).one().rules = pool
    mine = world.here.organisation_ids["buyer"]
    address, line = f"/lots/{site.lot1}/partage", line_of(facilitator, site.lot1)
    typed = {"vers": to, f"h-{line}": "30"}
    one = facilitator.post(address, {**typed, f"accord-{mine}": "1", "reason": "Courriel du 01/02/2026"})
    assert one.status_code == 422
    assert "Il manque l’accord d’un acheteur" in one.text
    both = {**typed, f"accord-{mine}": "1", f"accord-{other_id}": "1"}
    silent = facilitator.post(address, both)
    assert silent.status_code == 422
    assert "Référence de l’accord" in silent.text
    assert facilitator.post(address, {**both, "reason": "Courriels du 01/02/2026"}).status_code == 303
    with database.read() as db:
        row = db.scalars(select(AllocationRow)).one()
        assert (set(row.consents), row.reason) == ({mine, other_id}, "Courriels du 01/02/2026")
    year = facilitator.json("/bilans/annuel?annee=2026")
    assert {p["label"]: p["hours"] for p in year["by_buyer"]} == {
        "Communauté d’agglomération": 9000,
        "Département": 3000,
    }


def test_a_share_is_taken_back_with_a_reason_and_nothing_is_erased(
    facilitator: Visitor, site: Site, january: str, database: Database
) -> None:
    give(facilitator, site, "30")
    share = facilitator.json(f"/lots/{site.lot1}/partage")["shares"][0]["id"]
    address = f"/lots/{site.lot1}/partage/{share}/annuler"
    assert facilitator.post(address, {"reason": ""}).status_code == 422
    assert facilitator.post(address, {"reason": "Erreur de lot"}).status_code == 303
    assert validated(facilitator, site) == (12000, 0)
    told = facilitator.json(f"/lots/{site.lot1}/partage")["shares"][0]
    assert (told["live"], told["cancelled_by"], told["cancel_reason"]) == (
        False,
        "Farid Facilitateur",
        "Erreur de lot",
    )
    assert facilitator.post(address, {"reason": "Encore"}).status_code == 409


def test_a_correction_cancels_what_no_longer_fits_and_says_so(
    firm: Visitor, facilitator: Visitor, site: Site, january: str
) -> None:
    """120 h validated, 70 h shared; corrected to 60 h: 70 > 60, the share is cancelled, 60 h stay here."""
    give(facilitator, site, "70")
    send(firm, {"corriger": site.lot1, cell(site.nadia): "60", f"motif-{site.lot1}": "Relevé erroné"})
    page = facilitator.get(f"/controle/{january}").text.replace("\u202f", " ")
    assert "70 h de cette déclaration sont comptées sur 2025-M07, lot 2" in page
    assert accept(facilitator, january).status_code == 303
    assert validated(facilitator, site) == (6000, 0)
    share = facilitator.json(f"/lots/{site.lot1}/partage")["shares"][0]
    assert not share["live"]
    assert "ne compte plus assez" in share["cancel_reason"]


def test_a_correction_that_still_holds_keeps_the_share(
    firm: Visitor, facilitator: Visitor, site: Site, january: str
) -> None:
    """120 h, 30 h shared; corrected to 100 h: 100 − 30 = 70 h here, 30 h there, the line is the new one."""
    give(facilitator, site, "30")
    send(firm, {"corriger": site.lot1, cell(site.nadia): "100", f"motif-{site.lot1}": "Relevé erroné"})
    assert accept(facilitator, january).status_code == 303
    assert validated(facilitator, site) == (7000, 3000)
    assert facilitator.json(f"/lots/{site.lot1}/partage")["here"] == 7000


def test_a_frozen_bilan_keeps_its_figures_and_the_next_shows_the_difference(
    facilitator: Visitor, site: Site, january: str, database: Database, world: World
) -> None:
    """The 2026 quarter is frozen in April with 120 h; 30 h leave in May; the next bilan says −30 h."""
    on(database, world, date(2026, 4, 20))
    first = frozen(facilitator, site.lot1, "2026-T1")
    assert facilitator.json(first)["head"]["validated"] == 12000
    on(database, world, date(2026, 5, 4))
    give(facilitator, site, "30")
    again = facilitator.json(first)
    assert (again["head"]["validated"], again["reproduced"]) == (12000, True)
    on(database, world, date(2026, 7, 20))
    second = facilitator.json(frozen(facilitator, site.lot1, "2026-T2"))
    # 120 − 30 = 90 h; the difference of January is 90 − 120 = −30 h.
    assert (second["head"]["validated"], second["reproduced"]) == (9000, True)
    assert [(c["before"], c["after"], c["change"]) for c in second["corrections"]] == [(12000, 9000, -3000)]
    received = facilitator.json(frozen(facilitator, site.lot2, "2026-T2"))
    assert (received["head"]["validated"], received["reproduced"]) == (3000, True)
    assert [(x["name"], x["hours"]) for x in received["lines"]] == [("Benali Nadia", 3000)]
    assert any("30" in alert and "par partage" in alert for alert in received["head"]["alerts"])


def on(database: Database, world: World, day: date) -> None:
    with database.write() as db:
        db.get_one(TerritoryRow, world.here.id).stored_today = day


def frozen(facilitator: Visitor, lot: str, quarter: str) -> str:
    answer = facilitator.post(f"/lots/{lot}/bilans", {"quarter": quarter})
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"])


def test_the_firm_sees_the_figures_of_its_lot_and_no_other_lot(
    firm: Visitor, facilitator: Visitor, site: Site, january: str
) -> None:
    give(facilitator, site, "30")
    lot = firm.json(f"/mes-lots/{site.lot1}")
    assert (lot["validated"], lot["moved_out"]) == (9000, 3000)
    assert firm.json("/")["lots"][0]["validated"] == 9000
    page = firm.get(f"/mes-lots/{site.lot1}").text
    assert site.lot2 not in page
    assert "Peinture" not in page
    # What was validated in the declaration itself does not change.
    assert firm.json(f"/mes-declarations/{january}")["current"]["accepted"] == 12000


def test_another_territory_shares_nothing(visitor: Open, world: World, site: Site, january: str) -> None:
    stranger = visitor(world.there.users["facilitator"])
    assert stranger.get(f"/lots/{site.lot1}/partage").status_code == 404
    assert stranger.post(f"/lots/{site.lot1}/partage", {"vers": site.lot2}).status_code == 404


def test_two_facilitators_at_once_never_give_more_than_there_is(
    visitor: Open, facilitator: Visitor, site: Site, january: str, database: Database, world: World
) -> None:
    """Eight at once each give 50 of 120 h: two pass (100 h), six are refused, 20 h stay."""
    line, crowd = line_of(facilitator, site.lot1), 8
    visitors = [visitor(world.here.users["facilitator"]) for _ in range(crowd)]
    gate = Barrier(crowd)

    def go(one: Visitor) -> int:
        gate.wait()
        return one.post(f"/lots/{site.lot1}/partage", {"vers": site.lot2, f"h-{line}": "50"}).status_code

    with ThreadPoolExecutor(crowd) as pool:
        answers = sorted(pool.map(go, visitors))
    assert answers == [303, 303] + [422] * (crowd - 2)
    with database.read() as db:
        assert db.scalars(select(col(AllocationRow.hours))).all() == [5000, 5000]
        assert db.scalars(select(col(LineRow.accepted))).all() == [12000]


def test_what_changed_since_it_was_read_is_not_shared(facilitator: Visitor, site: Site, january: str) -> None:
    seen = facilitator.json(f"/lots/{site.lot1}/partage?vers={site.lot2}")["seen"]
    assert give(facilitator, site, "30", seen=seen).status_code == 303
    again = give(facilitator, site, "30", seen=seen)
    assert again.status_code == 409
    assert validated(facilitator, site) == (9000, 3000)
