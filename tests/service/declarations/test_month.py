"""The month of a firm on one page: what is offered, what is typed and kept, what is refused, what is sent."""

from collections.abc import Callable
from datetime import date

import httpx
from sqlalchemy import func, select
from sqlmodel import col

from clauses import Calendar, State
from service.tables import DeclarationRow, DraftRow, LineRow, LotRow, PlacementRow, VersionRow
from service.tables.session import Database
from tests.service.declarations.site import (
    JANUARY,
    Site,
    accept,
    add_lot,
    add_marche,
    add_party,
    add_person,
    add_placement,
    build_site,
    cell,
    header_of,
    last_version,
    send,
)
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]
MONTH = "/mes-declarations/mois"


def recap(firm: Visitor, typed: dict[str, str]) -> httpx.Response:
    """What « Vérifier avant d’envoyer » leads to."""
    return firm.get(firm.post(MONTH, typed).headers["location"])


def count(database: Database, table: type) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_the_month_shows_its_people_and_nobody_else_s(firm: Visitor, site: Site) -> None:
    view = firm.json(f"{MONTH}?mois={JANUARY}")
    [section] = view["sections"]
    assert [row["person"] for row in section["rows"]] == ["Benali Nadia", "Traoré Omar"]
    # The marché gives 15 days after the end of the period: 31/01 + 15 days.
    assert section["deadline"] == "2026-02-15"
    assert section["rows"][1]["eligible"] == "éligible du 14/01/2026 au 31/12/2027"
    assert "Lecoq" not in firm.get(f"{MONTH}?mois={JANUARY}").text


def test_months_before_a_placement_or_to_come_are_not_offered(firm: Visitor) -> None:
    december = firm.json(f"{MONTH}?mois=2025-12")
    assert [row["person"] for row in december["sections"][0]["rows"]] == ["Benali Nadia"]
    assert [m["value"] for m in december["months"]] == ["2026-02", "2026-01", "2025-12", "2025-11", "2025-10"]
    assert firm.get(f"{MONTH}?mois=2026-03").status_code == 404
    assert firm.get(f"{MONTH}?mois=2025-09").status_code == 404
    assert firm.get(f"{MONTH}?mois=demain").status_code == 404


def test_a_quarterly_marche_shows_the_three_months_of_its_quarter(
    firm: Visitor, database: Database, world: World
) -> None:
    with database.write() as db:
        lot = add_lot(
            db, world.here, add_marche(db, world.here, "2025-T1", Calendar.QUARTERLY), "9", "Voirie"
        )
        add_party(db, world.here, lot, "firm")
        zoe = add_person(db, world.here, "Zoé", "Wils", date(1991, 1, 1))
        add_placement(db, world.here, lot, zoe, "firm", date(2025, 11, 3))
    view = firm.json(f"{MONTH}?mois=2025-11")
    quarter = next(s for s in view["sections"] if s["quarterly"])
    assert quarter["period"] == "octobre 2025 à décembre 2025"
    assert [row["month_label"] for row in quarter["rows"]] == ["novembre 2025", "décembre 2025"]
    # 31/12/2025 + 15 days.
    assert quarter["deadline"] == "2026-01-15"
    assert quarter["late"] is True


def test_the_page_opens_on_the_oldest_month_that_waits(firm: Visitor) -> None:
    assert firm.json(MONTH)["month"] == "2025-10"


def test_a_draft_is_kept_as_typed_with_the_value_read_beside(
    firm: Visitor, site: Site, database: Database
) -> None:
    typed = {"mois": JANUARY, "acte": "brouillon", cell(site.nadia): "7h30", cell(site.omar): "bonjour"}
    answer = firm.post(MONTH, typed)
    assert answer.status_code == 303
    page = firm.get(f"{MONTH}?mois={JANUARY}").text
    assert 'value="7h30"' in page
    assert "7,50\u202fh" in page
    assert 'value="bonjour"' in page
    assert "ne se lit pas comme un nombre d’heures" in page
    assert count(database, DeclarationRow) == 0


def test_all_the_faults_come_at_once_and_nothing_typed_is_lost(
    firm: Visitor, site: Site, database: Database
) -> None:
    typed = {
        "mois": JANUARY,
        "acte": "verifier",
        cell(site.nadia): "7h5",
        cell(site.omar): "800",
        f"j-{site.omar}-20260107": "7",
    }
    answer = firm.post(MONTH, typed)
    assert answer.status_code == 422
    assert "ambigu" in answer.text
    assert 'value="7h5"' in answer.text
    assert 'value="800"' in answer.text
    # With the cell that cannot be read, what can be read is judged: January has 31 days of 24 h, 744 h.
    assert "744" in answer.text
    assert count(database, DraftRow) == 1
    again = firm.post(MONTH, {**typed, cell(site.nadia): "7h30"})
    # And the days told make 7 h, not 800.
    assert again.status_code == 422
    assert "744" in again.text


def test_the_total_is_asked_even_when_days_are_told(firm: Visitor, site: Site) -> None:
    answer = firm.post(MONTH, {"mois": JANUARY, "acte": "verifier", f"j-{site.nadia}-20260105": "7"})
    assert answer.status_code == 422
    assert "saisissez aussi le total du mois" in answer.text


def test_the_recap_says_what_counts_and_why_before_anything_is_sent(
    firm: Visitor, site: Site, database: Database
) -> None:
    answer = recap(firm, {"mois": JANUARY, "acte": "verifier", cell(site.omar): "140"})
    # Omar works from Tuesday 06/01: 19 weekdays in January (4 + 5 + 5 + 5); eligible from the 14th: 13 of
    # them (3 + 5 + 5). 140 h × 13 / 19 = 95,789…, floored to 95,78 h.
    assert "13 jours sur 19" in answer.text
    assert "95,78\u202fh" in answer.text
    assert count(database, DeclarationRow) == 0


def test_back_after_sending_finds_the_month_sent_and_nothing_to_send_again(
    firm: Visitor, site: Site, database: Database
) -> None:
    checked = firm.post(MONTH, {"mois": JANUARY, "acte": "verifier", cell(site.nadia): "100"})
    # The recap is a page of its own, that « back » and « reload » show without asking to send again.
    assert (checked.status_code, checked.headers["location"]) == (303, f"{MONTH}?mois={JANUARY}&relire=1")
    assert "Envoyer la déclaration" in firm.get(checked.headers["location"]).text
    assert send(firm, {cell(site.nadia): "100"}).status_code == 303
    back = firm.get(checked.headers["location"])
    assert (back.status_code, back.headers["location"]) == (303, f"{MONTH}?mois={JANUARY}")
    assert "Envoyer la déclaration" not in firm.get(back.headers["location"]).text
    assert count(database, VersionRow) == 1


def test_the_recap_is_of_what_was_typed_never_of_what_was_emptied_of_a_declaration_given_back(
    firm: Visitor, visitor: Open, world: World, site: Site
) -> None:
    send(firm, {cell(site.nadia): "100"})
    facilitator = visitor(world.here.users["facilitator"])
    [row] = facilitator.json("/controle")["rows"]
    facilitator.post(f"/controle/{row['id']}/rendre", {"give_back_reason": "Nadia a aussi eu un congé."})
    assert 'value="100"' in firm.get(f"{MONTH}?mois={JANUARY}").text
    emptied = firm.post(MONTH, {"mois": JANUARY, "acte": "verifier", cell(site.nadia): ""})
    assert emptied.status_code == 422
    shown = firm.get(f"{MONTH}?mois={JANUARY}&relire=1")
    assert (shown.status_code, shown.headers["location"]) == (303, f"{MONTH}?mois={JANUARY}")


def test_sending_gives_a_receipt_and_one_version_whose_sums_are_those_of_its_lines(
    firm: Visitor, site: Site, database: Database
) -> None:
    typed = {cell(site.nadia): "151,67", cell(site.nadia, kind="f"): "7", cell(site.omar): "140"}
    answer = send(firm, typed)
    assert answer.status_code == 303
    receipt = firm.json(answer.headers["location"])
    # 151,67 + 7 + 140 = 298,67 h, two people.
    assert (receipt["hours"], receipt["lines"][0]["people"]) == (29867, 2)
    version = last_version(database, header_of(database))
    assert (version.public_id, version.state) == (receipt["number"], State.SOUMISE)
    with database.read() as db:
        lines = db.execute(select(col(LineRow.hours), col(LineRow.countable))).all()
    assert version.declared == sum(line.hours for line in lines) == 29867
    # Nadia's 158,67 h all count, Omar's 140 h for 95,78 h: 254,45 h.
    assert version.countable == sum(line.countable for line in lines) == 25445
    assert count(database, DraftRow) == 0


def test_none_is_an_answer(firm: Visitor, site: Site, database: Database) -> None:
    assert send(firm, {f"neant-{site.lot1}": "1"}).status_code == 303
    version = last_version(database, header_of(database))
    assert (version.nothing, version.declared, count(database, LineRow)) == (True, 0, 0)
    both = send(firm, {f"neant-{site.lot1}": "1", cell(site.nadia, "2025-12"): "7"}, "2025-12")
    assert both.status_code == 422
    assert "gardez l’un ou l’autre" in both.text


def test_nothing_typed_is_refused_with_what_to_do(firm: Visitor, site: Site) -> None:
    answer = send(firm, {})
    assert answer.status_code == 422
    assert "cochez «\u202fAucune heure\u202f»" in answer.text


def test_the_same_month_cannot_be_sent_twice(firm: Visitor, site: Site, database: Database) -> None:
    assert send(firm, {cell(site.nadia): "100"}).status_code == 303
    again = send(firm, {cell(site.nadia): "100"})
    assert again.status_code == 409
    assert "vient d’être envoyée" in again.text
    assert "n’est pas gardée" not in again.text
    assert count(database, VersionRow) == 1
    # In another tab, other hours were typed: they are told, since the page no longer shows them.
    typed = {cell(site.nadia): "120", cell(site.omar): "7", "lot": site.lot1}
    other = firm.post(MONTH, {"mois": JANUARY, "acte": "verifier", **typed})
    assert "n’est pas gardée\u202f: Benali Nadia 120, Traoré Omar 7." in other.text
    assert "Rien de ce que vous avez saisi n’est perdu" not in other.text


def test_the_month_before_is_copied_into_the_cells_still_empty(firm: Visitor, site: Site) -> None:
    send(firm, {cell(site.nadia, "2025-12"): "120,50"}, "2025-12")
    answer = firm.post(MONTH, {"mois": JANUARY, "acte": "copier", cell(site.omar): "12"})
    assert answer.status_code == 303
    page = firm.get(f"{MONTH}?mois={JANUARY}").text
    assert 'value="120,50"' in page
    assert 'value="12"' in page


def test_the_same_month_again_takes_three_acts_and_no_typing(firm: Visitor, site: Site) -> None:
    """From the first page: « Déclarer », « Même chose que le mois précédent », « Envoyer »."""
    send(firm, {cell(site.nadia, "2025-12"): "120,50"}, "2025-12")
    [to_do] = [t for t in firm.json("/")["to_do"] if "janvier" in t["sentence"]]
    assert "Même chose que le mois précédent" in firm.get(to_do["address"]).text
    page = recap(firm, {"mois": JANUARY, "acte": "comme_avant"})
    assert f'name="{cell(site.nadia)}" value="120,50"' in page.text
    sent = send(firm, {cell(site.nadia): "120,50"})
    assert sent.headers["location"].startswith("/mes-declarations/recu/")


def test_a_late_declaration_is_flagged_and_goes_through(
    firm: Visitor, site: Site, database: Database
) -> None:
    answer = recap(firm, {"mois": "2025-12", "acte": "verifier", cell(site.nadia, "2025-12"): "100"})
    # Awaited before 15/01/2026 (31/12 + 15 days); 3 February is 19 days after.
    assert "19 jours de retard" in answer.text
    assert send(firm, {cell(site.nadia, "2025-12"): "100"}, "2025-12").status_code == 303


def test_another_firm_s_cells_do_not_exist(
    firm: Visitor, visitor: Open, site: Site, world: World, database: Database
) -> None:
    there = build_site(database, world.there, "AILLEURS")
    for typed in (
        {cell(site.paul): "10"},
        {f"neant-{site.lot2}": "1"},
        {cell(there.nadia): "10"},
        {"lot": site.lot2, cell(site.nadia): "10"},
        {f"j-{site.paul}-20260105": "7"},
    ):
        assert send(firm, typed).status_code == 404
        assert firm.post(MONTH, {"mois": JANUARY, "acte": "brouillon", **typed}).status_code == 404
    assert count(database, VersionRow) == 0
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    other = visitor(world.here.users["contractor2"])
    foreigner = visitor(world.there.users["contractor"])
    receipt = last_version(database, header).public_id
    for stranger in (other, foreigner):
        assert stranger.get(f"/mes-declarations/{header}").status_code == 404
        assert stranger.get(f"/mes-declarations/recu/{receipt}").status_code == 404
        assert stranger.get(f"/mes-lots/{site.lot1}").status_code == 404
        assert stranger.json("/mes-declarations")["rows"] == []


def test_a_cell_no_longer_offered_is_a_fault(firm: Visitor, site: Site) -> None:
    answer = send(firm, {cell(site.omar, "2025-12"): "10"}, "2025-12")
    assert answer.status_code == 422
    assert "n’est plus proposée" in answer.text


def test_a_draft_outlives_the_placement_it_speaks_of(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    firm.post(MONTH, {"mois": JANUARY, "acte": "brouillon", cell(site.nadia): "7", cell(site.omar): "8"})
    with database.write() as db:
        row = db.scalars(select(PlacementRow).where(col(PlacementRow.public_id) == site.omar)).one()
        row.legal_employer_id = row.user_company_id = world.here.organisations["firm2"]
    page = firm.get(f"{MONTH}?mois={JANUARY}")
    assert page.status_code == 200
    assert 'value="7"' in page.text
    assert "Traoré" not in page.text


def test_the_ground_of_eligibility_is_nowhere(firm: Visitor, site: Site) -> None:
    send(firm, {cell(site.omar): "140"})
    for path in (
        f"{MONTH}?mois={JANUARY}",
        "/mes-salaries",
        f"/mes-lots/{site.lot1}",
        "/mes-declarations",
        "/",
    ):
        page = firm.get(path)
        assert page.status_code == 200
        assert "RSA" not in page.text
        assert "critère" not in page.text.lower()


def test_the_page_makes_as_many_queries_for_ten_lots_as_for_one(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    def queries(path: str) -> int:
        firm.get(path)
        with counted(database) as sent:
            assert firm.get(path).status_code == 200
        return len(sent)

    paths = [f"{MONTH}?mois={JANUARY}", "/", "/mes-salaries", "/mes-declarations", f"/mes-lots/{site.lot1}"]
    before = {path: queries(path) for path in paths}
    with database.write() as db:
        marche = add_marche(db, world.here, "2025-M99")
        for n in range(9):
            lot = add_lot(db, world.here, marche, str(n), f"Lot {n}")
            add_party(db, world.here, lot, "firm")
            who = add_person(db, world.here, "Zoé", f"Wils{n}", date(1991, 1, 1))
            add_placement(db, world.here, lot, who, "firm", date(2025, 11, 3))
    assert {path: queries(path) for path in paths} == before


def test_a_lot_to_fill_in_comes_before_one_already_sent_and_the_sent_one_may_be_taken_back(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    assert send(firm, {f"neant-{site.lot1}": "1"}).status_code == 303
    with database.write() as db:
        lot = add_lot(db, world.here, add_marche(db, world.here, "2025-T2"), "9", "Voirie")
        add_party(db, world.here, lot, "firm")
    modes = [section["mode"] for section in firm.json(f"{MONTH}?mois={JANUARY}")["sections"]]
    assert modes == ["a_remplir", "envoyee"]
    assert "Reprendre ma déclaration" in firm.get(f"/mes-declarations/{header_of(database)}").text


def test_a_correction_begun_by_mistake_is_given_up_and_the_accepted_declaration_stands(
    firm: Visitor, visitor: Open, world: World, site: Site, database: Database
) -> None:
    send(firm, {cell(site.nadia): "100"})
    header = header_of(database)
    accept(visitor(world.here.users["facilitator"]), header)
    begun = {"mois": JANUARY, "corriger": site.lot1, cell(site.nadia): "90"}
    firm.post(MONTH, {**begun, "acte": "brouillon"})
    assert "Abandonner cette correction" in firm.get(f"{MONTH}?mois={JANUARY}").text
    given_up = firm.post(MONTH, {**begun, "acte": f"abandonner-{site.lot1}"})
    assert (given_up.status_code, given_up.headers["location"]) == (303, f"{MONTH}?mois={JANUARY}")
    assert "Abandonner cette correction" not in firm.get(f"{MONTH}?mois={JANUARY}").text
    assert (count(database, DraftRow), last_version(database, header).declared) == (0, 10000)


def test_a_closed_lot_is_told_as_such_and_its_months_are_awaited_no_more(
    firm: Visitor, site: Site, database: Database
) -> None:
    late = firm.json(f"{MONTH}?mois=2025-12")["sections"][0]
    assert (late["late"], late["closed"]) == (True, False)
    with database.write() as db:
        db.get_one(LotRow, site.lot1_row).closed_on = date(2026, 2, 2)
    home = firm.json("/")
    assert (home["to_do"], home["lots"]) == ([], [])
    assert [lot["id"] for lot in home["closed"]] == [site.lot1]
    page = firm.get(f"/mes-lots/{site.lot1}").text
    assert "Ce lot est clos" in page
    assert "Déclarer un mois" not in page
    shown = firm.json(f"{MONTH}?mois=2025-12")["sections"][0]
    assert (shown["late"], shown["closed"]) == (False, True)
    # No month is chosen for a lot that awaits none: the one before the current one.
    assert firm.json(MONTH)["month"] == JANUARY
