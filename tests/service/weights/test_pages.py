"""The weights: read in words, tried before they are kept, kept as versions, each territory its own."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import col

from matching import default_parameters
from service.suggestions.around import chosen_by, world_of
from service.tables import AuditRow, ProposalRow, TerritoryRow, WeightsRow
from service.tables.session import Database
from service.weights.actions import shift_words
from tests.matching.personas import CENTRE, NORTH, offer, participant
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.visitor import Visitor
from tests.world import World

Open = Callable[[int], Visitor]
SHIPPED = {
    "fit_occupation": 35, "fit_required_skills": 25, "fit_wished_skills": 10, "fit_transferable": 10,
    "fit_experience": 15, "fit_language": 5,
    "wish_trade": 40, "wish_hours": 15, "wish_travel": 25, "wish_wage": 10, "wish_target": 10,
}  # fmt: skip
SKILLS_FIRST = SHIPPED | {"fit_occupation": 10, "fit_required_skills": 90}


def query(weights: dict[str, int]) -> str:
    return "/ponderations?" + "&".join(f"{name}={value}" for name, value in weights.items())


def kept(weights: dict[str, int], since: int = 0) -> dict[str, str]:
    return {name: str(value) for name, value in weights.items()} | {"since": str(since), "reason": "Essai"}


def test_the_weights_as_shipped_are_read_in_words_and_shares(visitor: Open, world: World) -> None:
    view = visitor(world.here.users["coordinator"]).json("/ponderations")
    assert (view["number"], view["version"], view["preview"]) == (0, "2026-11.3", None)
    # 35 of 35 + 25 + 10 + 10 + 15 + 5 = 100.
    first = view["fit"][0]
    assert (first["label"], first["weight"], first["percent"]) == ("Métier", 35, 35)
    assert {one["field"]: one["weight"] for one in (*view["fit"], *view["wish"])} == SHIPPED


def test_what_a_change_would_move_is_shown_and_nothing_is_written(
    visitor: Open, database: Database, world: World
) -> None:
    """Two people for one post that asks for one skill; by the trade one is first, by the skill the other."""
    with database.write() as db:
        post = add_offer(db, world.here, told=offer(place=CENTRE, required_skills=("nettoyer",)))
        near = add_person(db, world.here, told=participant(skills=()))
        far = add_person(db, world.here, told=participant(skills=("nettoyer",), home=NORTH))
    weights = SHIPPED | {"fit_required_skills": 0, "wish_travel": 90}
    coordinator = visitor(world.here.users["coordinator"])
    view = coordinator.json(query(weights))
    preview = view["preview"]
    # 35 of 75 is 46.7 %, 0 of 75, 90 of 40 + 15 + 90 + 10 + 10 = 165 is 54.5 %; in force 35, 25 and 25.
    shares = {one["field"]: (one["percent"], one["tried"]) for one in (*view["fit"], *view["wish"])}
    told = [shares[one] for one in ("fit_occupation", "fit_required_skills", "wish_travel")]
    assert told == [(35, 47), (25, 0), (25, 55)]
    assert [(one["label"], one["before"], one["after"]) for one in preview["changes"]] == [
        ("Compétences demandées", 25, 0),
        ("Trajet", 25, 90),
    ]
    assert (preview["participants"], preview["offers"]) == (2, 1)
    # Two people exchange the two first places: no entry, one place each.
    (moved,) = preview["by_offer"]["shown"]
    assert moved["about"]["id"] == post
    assert (moved["enters"], moved["leaves"], preview["by_offer"]["shift"]) == ([], [], "1\u202fplace")
    # Each person still has the one offer.
    assert (preview["by_person"]["lists"], preview["by_person"]["changed"]) == (2, 0)
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(WeightsRow)) == 0
    assert "Aperçu" in coordinator.get(query(weights)).text
    assert {near, far} == {near, far}


def test_a_version_kept_serves_the_lists_and_is_written_with_the_proposals(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        post = add_offer(db, world.here, told=offer(required_skills=("nettoyer",)))
        unskilled = add_person(db, world.here, told=participant(skills=()))
        add_offer(db, world.there)
    admin, liaison = visitor(world.here.users["admin"]), visitor(world.here.users["liaison"])
    before = liaison.json(f"/offres/{post}/candidats")["kept"][0]["fit"]["total"]
    stamps = read_stamps(database, world.here.id)
    assert admin.post("/ponderations", kept(SKILLS_FIRST)).status_code == 303
    assert read_stamps(database, world.here.id) == (stamps[0] + 1, stamps[1] + 1)
    after = liaison.json(f"/offres/{post}/candidats")["kept"][0]["fit"]["total"]
    # Known parts: occupation 10000, required skills 0. 35 × 10000 ÷ 60 = 5833; then 10 × 10000 ÷ 100 = 1000.
    assert (before, after) == (5833, 1000)
    liaison.post("/propositions", {"offre": post, "personne": unskilled})
    with database.read() as db:
        assert db.scalar(sa.select(col(ProposalRow.parameters))) == "2026-11.3/p1"
        act = db.scalars(sa.select(AuditRow).where(col(AuditRow.act) == "weights.save.act")).one()
        assert act.sentence == "Pondération 1 : Métier 35 → 10, Compétences demandées 25 → 90"
        assert world_of(db, world.here.id) is world_of(db, world.here.id)
        # The neighbours keep theirs.
        assert chosen_by(db, world.there.id)[1].version == default_parameters().version


def read_stamps(database: Database, territory: int) -> tuple[int, int]:
    with database.read() as db:
        row = db.get_one(TerritoryRow, territory)
        return row.offers_stamp, row.participants_stamp


def test_versions_follow_one_another_and_none_is_lost(visitor: Open, world: World) -> None:
    admin = visitor(world.here.users["admin"])
    admin.post("/ponderations", kept(SKILLS_FIRST))
    assert admin.post("/ponderations", kept(SHIPPED, since=1)).status_code == 303
    history = admin.json("/ponderations")["history"]
    assert [(one["number"], one["version"]) for one in history] == [(2, "2026-11.3/p2"), (1, "2026-11.3/p1")]
    assert history[0]["changes"][0] == {"label": "Métier", "before": 10, "after": 35}
    assert history[0]["reason"] == "Essai"


def test_two_who_change_the_weights_at_once_do_not_overwrite_one_another(visitor: Open, world: World) -> None:
    admin, coordinator = visitor(world.here.users["admin"]), visitor(world.here.users["coordinator"])
    assert admin.post("/ponderations", kept(SKILLS_FIRST)).status_code == 303
    late = coordinator.post("/ponderations", kept(SHIPPED | {"wish_wage": 50}))
    assert late.status_code == 409
    assert "entre-temps" in late.text
    assert admin.json("/ponderations")["number"] == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"fit_occupation": "beaucoup"}, "n’est pas un nombre entier"),
        ({"fit_occupation": "101"}, "entre 0 et 100"),
        ({"wish_trade": ""}, "à remplir"),
        ({name: "0" for name in SHIPPED if name.startswith("wish")}, "au moins un poids"),
        ({"reason": ""}, "Pourquoi ce changement"),
        ({"wish_wage": "10"}, "déjà ceux en vigueur"),
    ],
)
def test_a_refused_change_keeps_what_was_typed(
    visitor: Open, world: World, typed: dict[str, str], sentence: str
) -> None:
    changed = kept(SHIPPED if "wish_wage" in typed else SKILLS_FIRST) | typed
    answer = visitor(world.here.users["admin"]).post("/ponderations", changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "reason" not in typed and "wish_wage" not in typed:
        assert (
            visitor(world.here.users["admin"])
            .get(
                query({}) + "&".join(f"{name}={value}" for name, value in changed.items() if name in SHIPPED)
            )
            .status_code
            == 422
        )


def test_the_page_takes_a_fixed_number_of_queries(visitor: Open, database: Database, world: World) -> None:
    coordinator = visitor(world.here.users["coordinator"])

    def sent() -> int:
        with counted(database) as statements:
            coordinator.json(query(SKILLS_FIRST))
        return len(statements)

    with database.write() as db:
        add_person(db, world.here)
        add_offer(db, world.here)
    few = sent()
    with database.write() as db:
        for _ in range(6):
            add_person(db, world.here)
            add_offer(db, world.here)
    assert sent() == few


def test_a_mean_move_is_told_in_places() -> None:
    assert [shift_words(tenths) for tenths in (None, 0, 8, 10, 20, 35)] == [
        "", "0\u202fplace", "0,8\u202fplace", "1\u202fplace", "2\u202fplaces", "3,5\u202fplaces",
    ]  # fmt: skip
