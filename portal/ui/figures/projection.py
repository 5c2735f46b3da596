"""Where a place on earth lies on the map: Lambert's conformal conic projection of a sphere, as Europe's maps use it."""

import math

STANDARD_PARALLELS = (43.0, 62.0)
ORIGIN = (50.0, 9.0)  # latitude, longitude
SCALE = 1350.0  # map units for an earth radius


def _stretch(latitude: float) -> float:
    return math.tan(math.pi / 4 + math.radians(latitude) / 2)


_first, _second = (math.radians(parallel) for parallel in STANDARD_PARALLELS)
_CONE = math.log(math.cos(_first) / math.cos(_second)) / math.log(
    _stretch(STANDARD_PARALLELS[1]) / _stretch(STANDARD_PARALLELS[0])
)
_FACTOR = math.cos(_first) * _stretch(STANDARD_PARALLELS[0]) ** _CONE / _CONE


def _radius(latitude: float) -> float:
    return _FACTOR / _stretch(latitude) ** _CONE


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The point on the map of a place in degrees, in map units, x to the east and y to the south of the origin."""
    angle = _CONE * math.radians(longitude - ORIGIN[1])
    radius = _radius(latitude)
    return SCALE * radius * math.sin(angle), SCALE * (radius * math.cos(angle) - _radius(ORIGIN[0]))
