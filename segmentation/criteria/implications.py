"""What two rules on one field say of each other: that they exclude one another, or that one covers the
other."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.criteria.fold import fold_text
from segmentation.criteria.nodes import Condition, Criterion

Interval = tuple[float, bool, float, bool]
"""low, low is in, high, high is in."""


def disjoint(first: Criterion, second: Criterion) -> bool:
    """Whether two rules on the same field can never both be true."""
    if not _same_field(first, second):
        return False
    assert isinstance(first, Condition) and isinstance(second, Condition)
    if {first.op, second.op} == {"empty", "not_empty"}:
        return True
    ours, theirs = _texts(first), _texts(second)
    if ours is not None and theirs is not None:
        return not ours & theirs
    one, other = _interval(first), _interval(second)
    if one is None or other is None:
        return False
    low, low_is_out = max((one[0], not one[1]), (other[0], not other[1]))
    high, high_is_in = min((one[2], one[3]), (other[2], other[3]))
    return low > high or (low == high and (low_is_out or not high_is_in))


def covered(inner: Criterion, outer: Criterion) -> bool:
    """Whether ``inner`` true makes ``outer`` true, as far as values tell."""
    if inner == outer:
        return True
    if not _same_field(inner, outer):
        return False
    assert isinstance(inner, Condition) and isinstance(outer, Condition)
    ours, theirs = _texts(inner), _texts(outer)
    if ours is not None and theirs is not None:
        return ours <= theirs
    one, other = _interval(inner), _interval(outer)
    if one is None or other is None:
        return False
    above = one[0] > other[0] or (one[0] == other[0] and (other[1] or not one[1]))
    below = one[2] < other[2] or (one[2] == other[2] and (other[3] or not one[3]))
    return above and below


def _same_field(first: Criterion, second: Criterion) -> bool:
    """Two conditions on one field that read values alike and leave unknown ones out."""
    return (
        isinstance(first, Condition)
        and isinstance(second, Condition)
        and first.field == second.field
        and first.exact == second.exact
        and not first.unknown
        and not second.unknown
    )


def _texts(condition: Condition) -> frozenset[str] | None:
    values = condition.value if condition.op == "in" else (condition.value,) if condition.op == "is" else None
    if not isinstance(values, tuple) or isinstance(values[0] if values else None, bool):
        return None
    return frozenset(str(value) if condition.exact else fold_text(str(value)) for value in values)


def _interval(condition: Condition) -> Interval | None:
    value, infinite = condition.value, float("inf")
    if condition.op == "between" and isinstance(value, tuple) and len(value) == 2:
        low, high = value
        if all(
            end is None or (isinstance(end, (int, float)) and not isinstance(end, bool))
            for end in (low, high)
        ):
            return (
                -infinite if low is None else float(low),
                True,
                infinite if high is None else float(high),
                True,
            )
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    shapes: Mapping[str, Interval] = {
        "=": (value, True, value, True),
        "<": (-infinite, True, value, False),
        "<=": (-infinite, True, value, True),
        ">": (value, False, infinite, True),
        ">=": (value, True, infinite, True),
    }
    return shapes.get(condition.op)
