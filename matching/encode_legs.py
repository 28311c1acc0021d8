"""Minutes between distinct points and distinct places of work, by mode, as arrays.

The same integers as ``travel.leg``: distance × detour ÷ speed between two radii, the floor of one commune,
an imported matrix over them. A leg with timed services keeps the number of their list: the kernel waits at
the stop itself.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.distance import COSINE_SCALE, COSINES, METRES_PER_DEGREE, micro_degrees
from matching.encode_distinct import Ints
from matching.matrix import Service
from matching.offer import ShuttleStop
from matching.parameters import ModeFigures
from matching.terms import Mode, Point
from matching.travel import UNBOUNDED
from matching.world import World

MODES = tuple(Mode)
OUT, BACK = 0, 1
# What is not known of a duration: nothing, its exact value, or even a likely value.
EXACT, DOUBT, NO_LIKELY = 0, 1, 2
# No service at all: in place of the least minutes.
NONE = -1
_COSINES = np.array(COSINES, dtype=np.int64)
Long = NDArray[np.int64]
Place = tuple[Point | None, tuple[ShuttleStop, ...]]


class Legs(NamedTuple):
    """minutes[point, place, mode, way, least | likely | greatest]; doubt and services[…, way]; then, by
    point and place: metres, -1 when not known; stops, 1 where the employer's shuttle picks up."""

    minutes: Ints
    doubt: NDArray[np.uint8]
    services: Ints
    metres: Ints
    stops: NDArray[np.uint8]


def records(legs: Legs) -> Ints:
    """records[point, place, …]: mode × way × (least, likely, greatest, doubt, services), metres, stops."""
    shape = legs.metres.shape
    told = np.concatenate((legs.minutes, legs.doubt[..., None], legs.services[..., None]), axis=-1)
    ends = legs.metres[..., None], legs.stops[..., None]
    return np.concatenate((told.reshape(*shape, len(MODES) * 2 * 5), *ends), axis=-1, dtype=np.int32)


class Services:
    """Lists of imported services, numbered: departures (-1: at any hour) and minutes, end to end."""

    def __init__(self) -> None:
        self._at: dict[tuple[Service, ...], int] = {}
        self._starts, self._departures, self._minutes = [0], [0], [0]

    def put(self, services: tuple[Service, ...]) -> int:
        """The number of this list."""
        if services not in self._at:
            self._at[services] = len(self._at)
            self._departures += [-1 if one.departure is None else one.departure for one in services]
            self._minutes += [one.minutes for one in services]
            self._starts.append(len(self._minutes))
        return self._at[services]

    @property
    def count(self) -> int:
        """How many lists there are."""
        return len(self._at)

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """(where each list begins, departures, minutes)."""
        # A first service that belongs to no list keeps the arrays from being empty.
        starts = [1, *self._starts[1:]]
        return tuple(np.array(one, dtype=np.int32) for one in (starts, self._departures, self._minutes))  # type: ignore[return-value]


class _Points(NamedTuple):
    lat: Long
    lon: Long
    placed: NDArray[np.bool_]
    radius: Long
    commune: Long
    there: NDArray[np.bool_]


def _arrays(points: Sequence[Point | None], communes: dict[str, int]) -> _Points:
    def commune(point: Point | None) -> int:
        if point is None or point.insee is None:
            return -1
        return communes.setdefault(point.insee, len(communes))

    placed = [p is not None and p.lat is not None and p.lon is not None for p in points]
    return _Points(
        np.array([micro_degrees(p.lat) if p and p.lat is not None else 0 for p in points], dtype=np.int64),
        np.array([micro_degrees(p.lon) if p and p.lon is not None else 0 for p in points], dtype=np.int64),
        np.array(placed, dtype=np.bool_),
        np.array([p.precision_m if p else 0 for p in points], dtype=np.int64),
        np.array([commune(p) for p in points], dtype=np.int64),
        np.array([p is not None for p in points], dtype=np.bool_),
    )


def straight(lat_a: Long, lon_a: Long, lat_b: Long, lon_b: Long) -> Long:
    """``distance.straight_metres`` on arrays."""
    tenth = np.minimum(900, np.abs(lat_a + lat_b) // 200_000)
    north = (lat_a - lat_b) * METRES_PER_DEGREE // 1_000_000
    east = (lon_a - lon_b) * METRES_PER_DEGREE // 1_000_000 * _COSINES[tenth] // COSINE_SCALE
    square = north * north + east * east
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    root += (root + 1) * (root + 1) <= square
    return np.asarray(root, dtype=np.int64)


def _road(metres: Long, figures: ModeFigures, detour: int) -> Long:
    """``distance.road_minutes`` on arrays."""
    road = -(-metres * detour // 100)
    near = np.minimum(road, figures.near_metres)
    hours = near * figures.far_speed + (road - near) * figures.near_speed
    minutes: Long = -(-hours * 60 // (figures.near_speed * figures.far_speed)) + figures.fixed_minutes
    return minutes


def legs_between(points: Sequence[Point], places: Sequence[Place], world: World, services: Services) -> Legs:
    """Legs of every point to every place (way 0) and back (way 1)."""
    communes: dict[str, int] = {}
    ends = _across(_arrays(points, communes), 1), _across(_arrays([one for one, _ in places], communes), 0)
    legs = _legs(*ends, world)
    if len(world.matrix):
        for rank, point in enumerate(points):
            for column, (place, _) in enumerate(places):
                _import(legs, (rank, column), point, place, world, services)
    _shuttles(legs, points, places)
    return legs


def legs_of_pairs(pairs: Sequence[tuple[Point, Point]], world: World, services: Services) -> Legs:
    """Legs of each pair of points, as those of one point to one place: [pair, 0]. No shuttle stops there."""
    communes: dict[str, int] = {}
    one, two = (_across(_arrays(points, communes), 1) for points in zip(*pairs, strict=True))
    legs = _legs(one, two, world)
    if len(world.matrix):
        for rank, (point, place) in enumerate(pairs):
            _import(legs, (rank, 0), point, place, world, services)
    return legs


def _across(points: _Points, axis: int) -> _Points:
    """Arrays laid along the points (axis 1 added) or along the places (axis 0 added)."""
    laid: list[Any] = [np.expand_dims(told, axis) for told in points]
    return _Points(*laid)


def _legs(one: _Points, two: _Points, world: World) -> Legs:
    """What is computed, nothing imported yet, between ends that numpy lays side by side."""
    ends = np.broadcast_shapes(one.lat.shape, two.lat.shape)
    shape = (*ends, len(MODES), 2)
    legs = Legs(
        np.zeros((*shape, 3), dtype=np.int32),
        np.zeros(shape, dtype=np.uint8),
        np.full(shape, -1, dtype=np.int32),
        np.full(ends, -1, dtype=np.int32),
        np.zeros(ends, dtype=np.uint8),
    )
    placed = one.placed & two.placed
    same = (one.commune == two.commune) & (one.commune >= 0)
    radius = one.radius + two.radius
    for way in (OUT, BACK):
        a, b = (one.lat, one.lon), (two.lat, two.lon)
        metres = straight(*a, *b) if way == OUT else straight(*b, *a)
        if way == OUT:
            # Told from home to work, as the readable path does.
            legs.metres[:] = np.where(placed, metres, -1)
        for rank, mode in enumerate(MODES):
            if mode is not Mode.SHUTTLE:
                values, doubt = _computed(mode, metres, radius, same, placed, world)
                legs.minutes[:, :, rank, way] = np.where(two.there[..., None], values, (0, 0, UNBOUNDED))
                legs.doubt[:, :, rank, way] = np.where(two.there, doubt, NO_LIKELY)
    legs.minutes[:, :, MODES.index(Mode.SHUTTLE)] = NONE
    return legs


def _computed(
    mode: Mode, metres: Long, radius: Long, same: NDArray[np.bool_], placed: NDArray[np.bool_], world: World
) -> tuple[Long, Long]:
    """``travel._computed`` on arrays: minutes[…, 3] and doubt."""
    travel = world.parameters.travel
    if mode is Mode.TRANSIT:
        nearest = np.maximum(0, metres - radius) * 60 // travel.transit_bound_metres_per_hour
        bound = np.where(placed, nearest, 0)
        unknown = np.full_like(bound, UNBOUNDED)
        return np.stack((bound, bound, unknown), axis=-1), np.full_like(bound, NO_LIKELY)
    figures = travel.modes[mode]
    floor = np.where(same, figures.same_commune_minutes, 0)
    least, likely, greatest = (
        np.maximum(floor, _road(one, figures, travel.detour_percent))
        for one in (np.maximum(0, metres - radius), metres, metres + radius)
    )
    lost = np.where(same, floor, UNBOUNDED)
    values = np.stack(
        (
            np.where(placed, least, floor),
            np.where(placed, likely, floor),
            np.where(placed, greatest, lost),
        ),
        axis=-1,
    )
    unplaced = np.where(same, EXACT, NO_LIKELY)
    return values, np.where(placed, np.where(least < greatest, DOUBT, EXACT), unplaced)


def _import(
    legs: Legs, cell: tuple[int, int], point: Point, place: Point | None, world: World, services: Services
) -> None:
    """What an imported matrix says stands over the computation."""
    if place is None or point.insee is None or place.insee is None:
        return
    for way, start, end in ((OUT, point.insee, place.insee), (BACK, place.insee, point.insee)):
        for rank, mode in enumerate(MODES):
            found = world.matrix.services(start, end, mode)
            if found and mode is not Mode.SHUTTLE:
                timed = any(one.departure is not None for one in found)
                least = min(one.minutes for one in found)
                at = (*cell, rank, way)
                legs.minutes[at] = (least, least, UNBOUNDED if timed else least)
                legs.doubt[at] = DOUBT if timed else EXACT
                legs.services[at] = services.put(found) if timed else -1


def _shuttles(legs: Legs, points: Sequence[Point], places: Sequence[Place]) -> None:
    """The employer's shuttle: minutes where it stops."""
    rank = MODES.index(Mode.SHUTTLE)
    for column, (place, stops) in enumerate(places):
        for row, point in enumerate(points):
            minutes = [stop.minutes for stop in stops if stop.insee == point.insee]
            if minutes:
                legs.minutes[row, column, rank] = min(minutes)
                legs.stops[row, column] = 1
        if place is None:
            legs.minutes[:, column, rank] = (0, 0, UNBOUNDED)
            legs.doubt[:, column, rank] = NO_LIKELY
