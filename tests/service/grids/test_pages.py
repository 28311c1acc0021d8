"""The own grid of a territory: copied from the shipped one, changed by versions, followed from a day on."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

import clauses
from service.tables import EligibilityRow, GridVersionRow, LotGridRow
from service.tables.session import Database
from tests.service.ledger.clause_world import ClauseWorld, build_clause_world
from tests.visitor import Visitor
from tests.world import World

INPUT = re.compile(r'<input[^>]*?name="(?P<name>[^"]+)"[^>]*>')
VALUE = re.compile(r'value="([^"]*)"')


@pytest.fixture
def clause(database: Database, world: World) -> ClauseWorld:
    return build_clause_world(database, world.here)


@pytest.fixture
def facilitator(visitor: Callable[..., Visitor], world: World) -> Visitor:
    signed_in: Visitor = visitor(world.here.users["facilitator"])
    return signed_in


def as_shown(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them back."""
    form = page[page.index('<form class="card-form"') :]
    typed: dict[str, str] = {}
    for found in INPUT.finditer(form):
        checkbox = 'type="checkbox"' in found[0]
        if checkbox and " checked" not in found[0]:
            continue
        value = VALUE.search(found[0])
        typed[found["name"]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        typed[name] = unescape(text)
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        typed[name] = unescape(chosen[1]) if chosen else ""
    return typed


def row_of(typed: dict[str, str], code: str) -> str:
    return next(name.removeprefix("code_") for name, value in typed.items() if value == code)


def saved(facilitator: Visitor, **changes: str) -> Any:
    """Copies the latest version, changes it, reads what it changes, confirms; the page that told."""
    typed = as_shown(facilitator.get("/grilles/modifier").text)
    typed |= {"reason": "Liste du CCAP 2026", "in_force_from": "2026-02-01"}
    for name, value in changes.items():
        what, _, code = name.partition("__")
        typed[f"{what}_{row_of(typed, code)}" if code else what] = value
    told = facilitator.post("/grilles/modifier", typed)
    assert told.status_code == 200, told.text
    seen = re.search(r'name="seen" value="([^"]+)"', told.text)
    assert seen is not None
    kept = facilitator.post("/grilles/modifier", typed | {"seen": seen[1], "confirm": "1"})
    assert kept.status_code == 303, kept.text
    return unescape(told.text.replace("\u202f", " ").replace("\u00a0", " "))


def follows(facilitator: Visitor, lot: str, **typed: str) -> Any:
    asked = {"grid": "1", "from_on": "2026-02-01", "reason": "Avenant 2"} | typed
    told = facilitator.post(f"/lots/{lot}/grille", asked)
    assert told.status_code == 200, told.text
    seen = re.search(r'name="seen" value="([^"]+)"', told.text)
    assert seen is not None
    kept = facilitator.post(f"/lots/{lot}/grille", asked | {"seen": seen[1], "confirm": "1"})
    assert kept.status_code == 303
    return unescape(told.text)


def test_the_shipped_grid_copied_as_it_is_holds_the_same_criteria(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    assert "Aucun critère ne change" in saved(facilitator)
    with database.read() as db:
        grid = db.scalars(sa.select(col(GridVersionRow.grid))).one()
    assert grid.criteria == clauses.default_grid().criteria
    assert (grid.version, grid.period_months) == (1, 24)


def test_what_a_version_would_change_is_said_before_it_is_kept(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    with database.read() as db:
        codes = db.scalars(sa.select(col(EligibilityRow.criterion))).all()
    (code,) = set(codes)
    label = next(c.label for c in clauses.default_grid().criteria if c.code == code)
    running = f"{len(codes)} période{'s' if len(codes) > 1 else ''} ouverte"
    page = saved(
        facilitator,
        **{f"state__{code}": "retire", "period_months": "18", "proofs__ASS": "Attestation ; 6 mois"},
    )
    assert f"« {label} » est retiré : {running}" in page
    assert "Durée d’une éligibilité : 24 mois, puis 18 mois pour celles qui s’ouvriront." in page
    assert "justificatifs Attestation France Travail (3 mois), puis Attestation (6 mois)" in page


def test_a_new_version_leaves_lots_and_periods_on_theirs(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    before = facilitator.json(f"/lots/{clause.lot}")
    with database.read() as db:
        periods = db.scalars(sa.select(EligibilityRow)).all()
        code = periods[0].criterion
        stored = [(p.grid_id, p.grid_version, p.ends_on) for p in periods]
    saved(facilitator, **{f"state__{code}": "retire"})
    after = facilitator.json(f"/lots/{clause.lot}")
    assert (after["grid"], after["workers"]) == (before["grid"], before["workers"])
    with database.read() as db:
        again = db.scalars(sa.select(EligibilityRow)).all()
        assert [(p.grid_id, p.grid_version, p.ends_on) for p in again] == stored
    follows(facilitator, clause.lot)
    with database.read() as db:
        again = db.scalars(sa.select(EligibilityRow)).all()
        assert [(p.grid_id, p.grid_version, p.ends_on) for p in again] == stored


def test_a_lot_changes_grid_at_the_start_of_a_period_and_tells_who_is_concerned(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    with database.read() as db:
        code = db.scalars(sa.select(col(EligibilityRow.criterion))).first()
    saved(facilitator, **{f"state__{code}": "retire"})
    middle = facilitator.post(
        f"/lots/{clause.lot}/grille", {"grid": "1", "from_on": "2026-02-10", "reason": "Avenant 2"}
    )
    assert middle.status_code == 422
    assert "choisissez le 01/02/2026 ou le 01/03/2026" in unescape(middle.text)
    had = [w["name"] for w in facilitator.json(f"/lots/{clause.lot}")["workers"] if w["eligible"]]
    page = follows(facilitator, clause.lot)
    assert all(f"<strong>{name}</strong>" in page and "pas éligible" in page for name in had)
    told = facilitator.json(f"/lots/{clause.lot}")
    assert told["grid"] == "Grille du territoire (version 1)"
    assert [w for w in told["workers"] if w["eligible"]] == []
    # Back to the shipped grid from the same day: the later act stands, and both are kept.
    follows(facilitator, clause.lot, grid="0", reason="Erreur de version")
    told = facilitator.json(f"/lots/{clause.lot}")
    assert [w["name"] for w in told["workers"] if w["eligible"]] == had
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(LotGridRow)) == 2


def test_the_months_before_the_change_are_judged_by_the_former_grid(
    facilitator: Visitor, clause: ClauseWorld, database: Database
) -> None:
    with database.read() as db:
        code = db.scalars(sa.select(col(EligibilityRow.criterion))).first()
    saved(facilitator, **{f"state__{code}": "retire"})
    follows(facilitator, clause.lot, from_on="2026-03-01")
    told = facilitator.json(f"/lots/{clause.lot}")
    assert told["grid"] == (
        "Grille par défaut (version 1), puis Grille du territoire (version 1) à partir du 01/03/2026"
    )
    assert [w for w in told["workers"] if w["eligible"]]


def test_the_next_version_cannot_begin_before_the_one_that_it_follows(facilitator: Visitor) -> None:
    saved(facilitator)
    typed = as_shown(facilitator.get("/grilles/modifier").text)
    answer = facilitator.post("/grilles/modifier", typed | {"reason": "x", "in_force_from": "2026-01-31"})
    assert answer.status_code == 422
    assert "la version précédente commence après ce jour" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code_0": "a"}, "de 2 à 20 lettres sans accent ou chiffres"),
        ({"label_0": ""}, "écrivez ce qui rend la personne éligible"),
        ({"proofs_0": ""}, "indiquez-en au moins un"),
        ({"proofs_0": "Attestation ; 0 mois"}, "un justificatif par ligne"),
        ({"code_1": "DELD", "code_0": "DELD"}, "Le code DELD est donné à deux critères"),
        ({"reason": ""}, "Motif : à remplir"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    facilitator: Visitor, changes: dict[str, str], sentence: str
) -> None:
    typed = as_shown(facilitator.get("/grilles/modifier").text) | {"reason": "Essai"} | changes
    answer = facilitator.post("/grilles/modifier", typed)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text).replace("\u202f", " ")
    assert as_shown(answer.text) == typed


def test_a_grid_of_another_territory_is_not_followed(
    facilitator: Visitor, visitor: Callable[..., Visitor], world: World, clause: ClauseWorld
) -> None:
    saved(visitor(world.there.users["facilitator"]))
    assert facilitator.json("/grilles")["own"] is False
    refused = facilitator.post(
        f"/lots/{clause.lot}/grille", {"grid": "1", "from_on": "2026-02-01", "reason": "x"}
    )
    assert refused.status_code == 422
    elsewhere = visitor(world.there.users["facilitator"])
    assert elsewhere.get(f"/lots/{clause.lot}/grille").status_code == 404
