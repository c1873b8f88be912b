"""The outlines of the French départements on a flat map, and points spread inside them.

Coordinates are kilometres of Lambert-93 with a moved origin; overseas départements are drawn in boxes on the
left, Paris and its neighbours a second time enlarged, both not to scale: for showing, never for measuring.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from segmentation.reference.files import DEPARTMENT_MAP

Point = tuple[float, float]
Ring = tuple[Point, ...]

STEP = 19.0
"""Distance between two points inside an outline."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One shape of a département: its rings, and points inside it (one at least)."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    inside: tuple[Point, ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """Every shape, in the order to draw them: enclaves after what surrounds them, the enlarged ones last."""
    content: Mapping[str, Any] = json.loads(DEPARTMENT_MAP.read_text(encoding="utf-8"))
    names = {row["code"]: str(row["name"]) for row in content["departements"]}
    enlarged = [row | {"name": names[row["code"]]} for row in content["zoom_paris"]["departements"]]
    return tuple(_outline(row) for row in (*content["departements"], *enlarged))


@cache
def size() -> tuple[float, float]:
    """Width and height of the map."""
    content = json.loads(DEPARTMENT_MAP.read_text(encoding="utf-8"))
    return float(content["width"]), float(content["height"])


def _outline(row: Mapping[str, Any]) -> Outline:
    rings = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in row["rings"])
    label = (float(row["label"][0]), float(row["label"][1]))
    return Outline(row["code"], row["name"], rings, _spread(rings, label))


def _spread(rings: tuple[Ring, ...], label: Point) -> tuple[Point, ...]:
    """The points of a regular grid that lie inside, and the place of the name."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    found = [label]
    for row in range(int(min(ys) // STEP), int(max(ys) // STEP) + 1):
        for column in range(int(min(xs) // STEP), int(max(xs) // STEP) + 1):
            point = (column * STEP + STEP / 2 * (row % 2), row * STEP)
            if any(_holds(ring, point) for ring in rings):
                found.append(point)
    return tuple(found)


def _holds(ring: Ring, point: Point) -> bool:
    """Whether a ring holds a point: a line from it crosses the border an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
