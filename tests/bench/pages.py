"""The pages of the matching through the real service: HTTP, SQLite, template, with 5,000 open offers.

A page is asked again and again by one worker whose kernel is ready: what it takes once warm. The core's own
share, without database nor page, is told beside it.
"""

import gc
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from litestar.testing import TestClient

import matching
from matching.offer import Offer
from matching.participant import Participant
from matching.terms import Point
from matching.world import world
from service.app import create_app
from service.migrations.run import upgrade
from service.settings import read_settings
from service.suggestions.warm import warm
from service.tables import (
    OfferRow,
    OrganisationRow,
    PersonRow,
    ProfileRow,
    ProjectRow,
    SpellRow,
    TerritoryRow,
    UserRow,
)
from service.tables.session import Database
from service.vocabulary import OfferSource, OfferState, OrganisationKind, Role, SpellState
from tests.bench.worlds import ON, SPARSE, offers_of, people_of
from tests.visitor import BASE, HTML, Visitor

OFFERS, PEOPLE, KEPT, RUNS, WARM = 5_000, 2_000, 20, 30, 3


def main() -> None:
    """Medians in milliseconds, by the clock and of processor."""
    logging.disable(logging.INFO)
    people, offers = people_of(SPARSE, PEOPLE), offers_of(SPARSE, OFFERS)
    print(f"\nUne personne × {OFFERS} offres, un cœur, médiane de {RUNS} lectures :")
    surroundings = world()
    matching.warm_up(people[0], offers[:1], surroundings, on=ON)

    def told_whole() -> None:
        found = matching.offers_for(people[1], offers, surroundings, on=ON, kept=KEPT, near=KEPT)
        by_id = {one.id: one for one in offers}
        for match in found.kept:
            matching.explain(
                match, people[1], by_id[match.offer], surroundings, matching.Register.FULL, matching.Names()
            )

    _tell(f"les {KEPT} meilleures et {KEPT} presque, les {KEPT} expliquées", _median(told_whole))
    with tempfile.TemporaryDirectory() as folder:
        database = _filled(f"sqlite:///{Path(folder) / 'bench.sqlite'}", people, offers)
        settings = read_settings({"PASSERELLE_DATABASE_URL": database.url, "PASSERELLE_DATA": folder})
        with TestClient(create_app(settings, database), base_url=BASE) as client:
            warm(database)
            referent, liaison = Visitor(client, database, 1), Visitor(client, database, 2)
            gc.freeze()  # as service.asgi does
            for name, visitor, path in (
                ("page des suggestions, 10 montrées", referent, "/participants/p000001/suggestions"),
                (f"page des candidats parmi {PEOPLE}", liaison, "/offres/o000001/candidats"),
            ):
                _tell(name, _median(partial(_asked, visitor, path)))
        database.dispose()


def _asked(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(path, headers=HTML)
    assert answer.status_code == 200, (path, answer.status_code)


def _median(act: Callable[[], None]) -> tuple[float, float]:
    walls, processors = [], []
    for _ in range(WARM + RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        act()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
    return statistics.median(walls[WARM:]), statistics.median(processors[WARM:])


def _tell(name: str, took: tuple[float, float]) -> None:
    print(f"  {name:62}{took[0]:>6.0f} ms, processeur {took[1]:.0f} ms", flush=True)


def _filled(url: str, people: list[Participant], offers: list[Offer]) -> Database:
    """A territory with these people, all followed by one référent, and these offers."""
    upgrade(url)
    database = Database(url)
    with database.write() as db:
        territory = TerritoryRow(name="Mesures", school_zone="B", stored_today=ON, is_demo=True)
        db.add(territory)
        db.flush()
        here = territory.id
        firm = OrganisationRow(territory_id=here, kind=OrganisationKind.FIRM, name="Employeur")
        db.add(firm)
        db.flush()
        for role in (Role.REFERENT, Role.LIAISON):
            db.add(
                UserRow(
                    territory_id=here, organisation_id=firm.id, role=role, name=role.value, email=role.value
                )
            )
            db.flush()
        for offer in offers:
            db.add(_offer(offer, here, firm.id))
        for person in people:
            row = PersonRow(
                public_id=person.id,
                territory_id=here,
                first_name="Une",
                last_name=person.id,
                name_key=person.id,
                **_place(person.home),
            )
            db.add(row)
            db.flush()
            _told_of(db.add, person, row.id, here)
    return database


def _offer(offer: Offer, here: int, firm: int) -> OfferRow:
    fields = {name: getattr(offer, name) for name in offer.__struct_fields__ if name not in ("id", "place")}
    return OfferRow(
        public_id=offer.id,
        territory_id=here,
        employer_id=firm,
        title=f"Poste {offer.id}",
        state=OfferState.OPEN,
        source=OfferSource.TYPED,
        **_place(offer.place),
        **fields,
    )


def _told_of(add: Callable[[object], None], person: Participant, key: int, here: int) -> None:
    left_out = ("id", "home", "care_point", "projects")
    fields = {name: getattr(person, name) for name in person.__struct_fields__ if name not in left_out}
    care = {f"care_{name}": value for name, value in _place(person.care_point).items()}
    add(SpellRow(territory_id=here, person_id=key, referent_id=1, state=SpellState.ACTIVE, entered_on=ON))
    add(ProfileRow(person_id=key, territory_id=here, **care, **fields))
    for project in person.projects:
        told = msgspec.structs.asdict(project)
        del told["id"]
        add(ProjectRow(territory_id=here, person_id=key, title="Projet", **told))


def _place(point: Point | None) -> dict[str, Any]:
    if point is None:
        return {}
    return {
        "insee": point.insee,
        "latitude": point.lat,
        "longitude": point.lon,
        "precision_m": point.precision_m,
    }


if __name__ == "__main__":
    main()
