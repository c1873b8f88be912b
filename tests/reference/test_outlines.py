"""Every département has a shape, drawn after what surrounds it, and points that lie inside."""

from __future__ import annotations

from collections import Counter

import numpy as np

from segmentation.reference.geography import departments
from segmentation.reference.outlines import outlines, size


def test_the_shapes_are_those_of_the_101_departements_and_four_enlarged() -> None:
    found = Counter(shape.code for shape in outlines())
    assert len(found) == 101
    assert {code for code, times in found.items() if times == 2} == {"75", "92", "93", "94"}
    assert all(departments()[shape.code].name == shape.name for shape in outlines())


def test_everything_is_on_the_map_and_every_shape_can_be_clicked() -> None:
    width, height = size()
    for shape in outlines():
        points = np.array([point for ring in shape.rings for point in ring])
        assert points.min() >= 0 and points[:, 0].max() <= width and points[:, 1].max() <= height
        low, high = points.min(axis=0), points.max(axis=0)
        inside = np.array(shape.inside)
        assert len(inside) and (inside >= low).all() and (inside <= high).all(), shape.code
    assert len(next(shape for shape in outlines() if shape.code == "33").inside) > 10


def test_a_point_belongs_to_one_departement_or_to_the_enclave_in_it() -> None:
    """By angles instead of crossings: the sum of the turns around a point is a whole turn when inside."""
    for shape in outlines()[::7]:
        for point in shape.inside[1:]:
            assert any(abs(_turns(np.array(ring), np.array(point))) > 0.5 for ring in shape.rings), shape.code


def _turns(ring: np.ndarray, point: np.ndarray) -> float:
    angles = np.arctan2(*(ring - point).T[::-1])
    steps = np.diff(np.append(angles, angles[0]))
    return float(((steps + np.pi) % (2 * np.pi) - np.pi).sum() / (2 * np.pi))
