"""Metres between two points and minutes over metres, in integers only.

Every path of the engine (readable, numpy, compiled) must find the same minutes, so no trigonometry is
done on pairs: the cosine of the latitude comes from a table of integers, one step a tenth of a degree.
"""

from math import cos, isqrt, radians

from matching.parameters import ModeFigures

# One degree of a great circle, in metres: π × 6,371,008.8 ÷ 180 (mean Earth radius, IUGG).
METRES_PER_DEGREE = 111_195
COSINE_SCALE = 1 << 20
# cos(0.0°), cos(0.1°) … cos(90.0°), scaled.
COSINES = tuple(round(cos(radians(tenth / 10)) * COSINE_SCALE) for tenth in range(901))


def micro_degrees(degrees: float) -> int:
    """Decimal degrees as whole millionths (about 11 cm), ties to even."""
    return round(degrees * 1_000_000)


def straight_metres(lat_a: int, lon_a: int, lat_b: int, lon_b: int) -> int:
    """Straight line in whole metres, floored, from micro-degrees.

    Equirectangular at the mean latitude: within 0.3 % below 200 km in France, far under the detour's error.
    """
    tenth = min(900, abs(lat_a + lat_b) // 200_000)
    north = (lat_a - lat_b) * METRES_PER_DEGREE // 1_000_000
    east = (lon_a - lon_b) * METRES_PER_DEGREE // 1_000_000 * COSINES[tenth] // COSINE_SCALE
    return isqrt(north * north + east * east)


def road_minutes(metres: int, figures: ModeFigures, detour_percent: int) -> int:
    """Minutes of one mode over a straight line: detour, two speeds, rounded up, plus the fixed minutes."""
    road = -(-metres * detour_percent // 100)
    near = min(road, figures.near_metres)
    far = road - near
    # near ÷ near_speed + far ÷ far_speed hours, on one denominator, rounded up to the minute.
    hours = near * figures.far_speed + far * figures.near_speed
    return -(-hours * 60 // (figures.near_speed * figures.far_speed)) + figures.fixed_minutes
