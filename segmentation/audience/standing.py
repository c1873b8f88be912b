"""Where one contact stands in saved segments: in, nearly in (one rule away), or out; and which rule decides.

Distance is the least number of rules whose answer would have to change for the contact to be a member: all
of what « and » still lacks, the easiest branch of « or », the reverse under « not ». Who was added or removed
by hand, or left out by a limit, is at no distance of rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from segmentation.audience.algebra import bitmaps_by_path, members
from segmentation.audience.bitmaps import Bits
from segmentation.audience.reading import Reading
from segmentation.criteria.nodes import Any, Criterion, Leaf, Not, child_paths
from segmentation.criteria.segment import Segment
from segmentation.errors import CriterionError


@dataclass(frozen=True, slots=True)
class Standing:
    """One contact in one segment. ``by_hand`` is "added", "removed" or "".

    ``missing`` holds the rules that would have to change, at least, to become a member (none for a member),
    each with its path in the tree; None when no change of rules would do.
    """

    key: str
    inside: bool
    missing: tuple[tuple[str, Leaf], ...] | None = ()
    by_hand: str = ""


def standings(contact: int, segments: Mapping[str, Segment], reading: Reading) -> tuple[Standing, ...]:
    """Where ``contact`` stands in each of ``segments``, in order; one that cannot be asked is left out."""
    found = []
    for key, segment in segments.items():
        with suppress(CriterionError):
            found.append(_standing(key, contact, segment, reading))
    return tuple(found)


def _standing(key: str, contact: int, segment: Segment, reading: Reading) -> Standing:
    inside = _has(members(segment, reading), contact)
    by_hand = "removed" if contact in segment.removed else "added" if contact in segment.added else ""
    if inside:
        return Standing(key, True, (), by_hand)
    if by_hand == "removed":
        return Standing(key, False, None, by_hand)
    wanted = _needed(segment.include, True, "", contact, bitmaps_by_path(segment.include, reading))
    if segment.exclude is not None:
        known = bitmaps_by_path(segment.exclude, reading, "exclude")
        wanted = _both(wanted, _needed(segment.exclude, False, "exclude", contact, known))
    limited = wanted is not None and not wanted
    return Standing(key, False, None if limited else wanted, by_hand)


Missing = tuple[tuple[str, Leaf], ...] | None


def _needed(node: Criterion, truth: bool, path: str, contact: int, known: Mapping[str, Bits]) -> Missing:
    """The fewest leaves to change for ``node`` to be ``truth`` of the contact; None when none would do."""
    children = child_paths(node, path)
    if not children and not _is_group(node):
        return () if _has(known[path], contact) == truth else ((path, node),)  # type: ignore[return-value]
    if isinstance(node, Not):
        ((below, child),) = children
        return _needed(child, not truth, below, contact, known)
    parts = [_needed(child, truth, below, contact, known) for below, child in children]
    if isinstance(node, Any) == truth:
        found = [part for part in parts if part is not None]
        return min(found, key=len) if found else None
    total: Missing = ()
    for part in parts:
        total = _both(total, part)
    return total


def _is_group(node: Criterion) -> bool:
    return hasattr(node, "children")


def _both(one: Missing, other: Missing) -> Missing:
    return None if one is None or other is None else (*one, *other)


def _has(bits: Bits, contact: int) -> bool:
    word, bit = divmod(contact, 64)
    return word < len(bits) and bool(bits[word] >> np.uint64(bit) & np.uint64(1))
