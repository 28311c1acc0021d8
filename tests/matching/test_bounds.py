"""Numbers, codes and texts that the engine cannot be given are told with their field."""

from typing import Any

import msgspec
import pytest

from matching.bounds import BOUNDS, fault_of, unknown_fields
from matching.offer import Offer, ShuttleStop
from matching.participant import Experience, Participant
from matching.terms import Point, RomeWeight
from tests.bench.worlds import SPARSE, offers_of, people_of
from tests.matching.personas import offer, participant, project


def far(**changes: Any) -> Point:
    base: dict[str, Any] = {"insee": "62765", "lat": 50.75, "lon": 2.25, "precision_m": 0}
    return Point(**{**base, **changes})


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (participant(drop_off_minutes=-1), "drop_off_minutes"),
        (participant(drop_off_minutes=10**30), "drop_off_minutes"),
        (participant(home=far(lat=91.0)), "home.lat"),
        (participant(home=far(lon=None)), "home"),
        (participant(home=far(insee=None, lat=None, lon=None)), "home"),
        (participant(home=far(insee="Arques")), "home.insee"),
        (participant(projects=(project(max_travel_minutes=2000),)), "projects[0].max_travel_minutes"),
        (
            participant(projects=(project(min_weekly_hours=3500, max_weekly_hours=2000),)),
            "projects[0] : min_weekly_hours",
        ),
        (participant(projects=(project(), project())), "deux projets"),
        (participant(experience=(Experience(rome="K22", months=2),)), "experience[0].rome"),
        (participant(skills=("",)), "skills[0]"),
        (participant(skills=("x",) * 501), "skills"),
        (participant(id=""), "id"),
        (participant(id="a\nb"), "id"),
        (offer(rome=(RomeWeight(rome="K2204", weight=0),)), "rome[0].weight"),
        (offer(hourly_wage_cents=-5), "hourly_wage_cents"),
        (offer(shuttle=(ShuttleStop(insee="62765", minutes=5000),)), "shuttle[0].minutes"),
        (offer(positions=0), "positions"),
    ],
)
def test_what_is_out_of_bounds_is_told_with_its_field(value: msgspec.Struct, field: str) -> None:
    told = fault_of(value)
    assert told is not None
    assert told.replace("\u202f", " ").startswith(field)


def test_plausible_lines_have_no_fault() -> None:
    assert {fault_of(one) for one in (*people_of(SPARSE, 200), *offers_of(SPARSE, 200))} == {None}


@pytest.mark.parametrize("kind", [Participant, Offer])
def test_every_number_of_a_line_has_its_bounds(kind: type) -> None:
    for shape in msgspec.json.schema(kind)["$defs"].values():
        for name, told in shape.get("properties", {}).items():
            types = {one.get("type") for one in told.get("anyOf", [told])}
            assert name in BOUNDS or not types & {"integer", "number"}, name


def test_fields_that_are_not_known_are_named_where_they_are() -> None:
    raw = msgspec.json.decode(msgspec.json.encode(participant()))
    assert list(unknown_fields(raw, participant())) == []
    raw["sex"] = "F"
    raw["projects"][0]["salary"] = {"deep": 1}
    assert sorted(unknown_fields(raw, participant())) == ["projects[].salary", "sex"]
