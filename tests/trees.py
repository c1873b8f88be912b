"""Random criteria, as JSON, over the fields of ``tests.worlds``: what hypothesis feeds to the three readings.

One strategy per shape of value, drawn through the registries: an operator or a measure added there is
generated here without a change, or fails for want of a strategy.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from segmentation.criteria.fields import kind_of
from segmentation.criteria.measures import MEASURES
from segmentation.criteria.operators import operators_for
from tests.worlds import CITIES, EVENT_CODES, EVENT_TYPES, NAMES, POSTAL, TYPES, world

Json = dict[str, Any]
AS_OF = world(1).as_of
TEXTS = st.sampled_from(
    [text for text in [*CITIES, *NAMES, *POSTAL, "VIP", "o", "l'", "web", "A"] if text and text.strip(" 🙂%")]
)
NUMBERS = st.sampled_from(
    [-1, 0, 0.1, 0.3, 0.5, 1, 1.5, 2, 3, 10, 19.99, 20, 30, 50, 99.9999, 100, 200, 200.5]
)
DAYS = st.sampled_from(
    [(AS_OF - timedelta(days=ago)).isoformat() for ago in (-31, -8, 0, 1, 28, 30, 31, 59, 60, 90, 365)]
)
UNITS = st.sampled_from(["day", "week", "month", "quarter", "year"])
COUNTS = st.sampled_from([0, 1, 2, 7, 28, 30, 31, 60, 90])


def _open_range(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    def tidy(pair: tuple[Any, Any]) -> list[Any]:
        low, high = pair
        if low is None and high is None:
            return [None, 1] if not isinstance(low, str) else [low, None]
        return sorted(pair) if low is not None and high is not None else [low, high]

    return (
        st.tuples(items, items).map(lambda p: sorted(p))
        | items.map(lambda x: [x, None])
        | items.map(lambda x: [None, x])
    )


SHORT = st.sampled_from([1, 2, 3, 4])
SPANS = st.fixed_dictionaries(
    {"n": COUNTS, "unit": UNITS.filter(lambda u: u in ("day", "week", "month"))},
    optional={"today": st.booleans()},
)
SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "none": st.none(),
    "text": TEXTS,
    "texts": st.lists(TEXTS, min_size=1, max_size=3),
    "pattern": st.sampled_from(["a", "^l", "n$", "[0-9]+", "(?:yon|aris)", ".", "t.é", r"\%"]),
    "number": NUMBERS,
    "range": _open_range(NUMBERS),
    "percent": st.sampled_from([0.5, 1, 10, 33.3, 50, 99.9, 100]),
    "boolean": st.booleans(),
    "day": DAYS,
    "days": _open_range(DAYS),
    "span": SPANS,
    "ages": st.tuples(COUNTS, COUNTS, UNITS).map(
        lambda t: {"from": min(t[:2]), "to": max(t[:2]), "unit": t[2]}
    ),
    "unit": UNITS,
    "months": st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True),
    "weekdays": st.lists(st.integers(1, 7), min_size=1, max_size=4, unique=True),
    "hours": st.tuples(st.integers(0, 23), st.integers(0, 24)).filter(lambda p: p[0] != p[1]).map(list),
    "place": st.sampled_from(
        [{"of": "69003", "km": 15}, {"of": "69003", "km": 1}, {"of": "BE-1000", "km": 2}]
    ),
    "size": st.integers(0, 3) | _open_range(st.integers(0, 3)),
}


def _condition(types: dict[str, str], *, ranks: bool) -> st.SearchStrategy[Json]:
    choices = [
        (code, row) for code, kind in types.items() for row in operators_for(kind) if ranks or not row.ranks
    ]

    def value(choice: tuple[str, Any]) -> st.SearchStrategy[Json]:
        code, row = choice
        asked: dict[str, st.SearchStrategy[Any]] = {"field": st.just(code), "op": st.just(row.key)}
        if row.shape != "none":
            asked["value"] = SHAPES[row.shape]
        if row.shape in ("number", "day"):
            same = [c for c, k in types.items() if kind_of(k) == kind_of(types[code])]
            other = {"field": st.sampled_from(same)} | (
                {"times": st.sampled_from([2, 0.5])} if row.shape == "number" else {}
            )
            asked["value"] = SHAPES[row.shape] | st.fixed_dictionaries(other)
        optional = {"unknown": st.booleans()}
        if kind_of(types[code]) in ("text", "place", "list"):
            optional["exact"] = st.booleans()
        return st.fixed_dictionaries(asked, optional=optional)

    return st.sampled_from(choices).flatmap(value)


def _tree(leaves: st.SearchStrategy[Json], *, depth: int) -> st.SearchStrategy[Json]:
    """Groups of groups of leaves, at most ``depth`` deep; empty groups too."""
    if depth == 0:
        return leaves
    inner = _tree(leaves, depth=depth - 1)
    many = st.lists(inner, max_size=3)
    groups = many.map(lambda c: {"all": c}) | many.map(lambda c: {"any": c}) | inner.map(lambda c: {"not": c})
    return leaves | groups


FIELDS = _condition(TYPES, ranks=True)
WINDOWS = (
    st.fixed_dictionaries({"last": COUNTS, "unit": UNITS})
    | _open_range(DAYS).map(lambda p: {"between": p})
    | UNITS.map(lambda u: {"this": u})
    | UNITS.map(lambda u: {"previous": u})
    | st.fixed_dictionaries({"older_than": COUNTS, "unit": UNITS})
    | st.tuples(COUNTS, COUNTS, UNITS).map(lambda t: {"ago_between": sorted(t[:2]), "unit": t[2]})
)
TABLES = {"order": "orders", "order_first": "orders", "order_last": "orders", "order_line": "order_lines"}
EVENTS = st.sampled_from([*TABLES, *EVENT_CODES])


def _where(event: str) -> st.SearchStrategy[Json]:
    table = TABLES.get(event, "events")
    types = dict(EVENT_TYPES[table])
    if table == "order_lines":
        types = {**EVENT_TYPES["orders"], **types}
    own = _condition(types, ranks=False)
    if table == "orders":
        own = own | _condition(
            {c: k for c, k in EVENT_TYPES["order_lines"].items() if c not in types}, ranks=False
        )
    return _tree(own, depth=2)


def _of(event: str, row: Any) -> st.SearchStrategy[Any]:
    table = TABLES.get(event, "events")
    types = (
        EVENT_TYPES[table]
        if table != "order_lines"
        else {**EVENT_TYPES["orders"], **EVENT_TYPES["order_lines"]}
    )
    if row.of == "criterion":
        return _where(event)
    wanted = [c for c, k in types.items() if row.of == "any" or kind_of(k) == "number"]
    return st.sampled_from(wanted)


@st.composite
def events(draw: st.DrawFn) -> Json:
    """An event condition: any event, measure, operator, window, where and follow-up."""
    event, row = draw(EVENTS), draw(st.sampled_from(MEASURES))
    node: Json = {"event": event, "measure": row.key}
    if row.of:
        node["of"] = draw(_of(event, row))
    operator = draw(st.sampled_from(operators_for("number")))
    node["op"] = operator.key
    if operator.shape != "none":
        node["value"] = draw(SHAPES[operator.shape])
    if draw(st.booleans()):
        node["within"] = draw(WINDOWS)
    if draw(st.booleans()):
        node["where"] = draw(_where(event))
    if draw(st.integers(0, 3)) == 0:
        after = draw(EVENTS)
        node["then"] = {"event": after, "within": {"n": draw(COUNTS), "unit": draw(UNITS)}}
        if draw(st.booleans()):
            node["then"]["where"] = draw(_where(after))
        if draw(st.booleans()):
            node["then"]["absent"] = True
    if not row.zero and draw(st.booleans()):
        node["at_least"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        node["unknown"] = draw(st.booleans())
    return node


RANKED = [code for code, kind in TYPES.items() if kind_of(kind) in ("number", "date")]
TOPS = st.fixed_dictionaries(
    {"top": st.integers(1, 20), "by": st.sampled_from(RANKED)}, optional={"lowest": st.booleans()}
)
SAMPLES = st.integers(0, 9).flatmap(
    lambda seed: st.sampled_from(
        [
            {"percent": 10, "seed": seed},
            {"percent": 66.6, "seed": seed},
            {"percent": 100},
            {"n": 7, "seed": seed},
        ]
    )
)
OTHERS = (
    st.sampled_from(
        [
            {"group": "vip"},
            {"group": "Amis d'ici"},
            {"group": "nobody"},
            {"segment": "lyon"},
            {"segment": "best"},
        ]
    )
    | SAMPLES.map(lambda s: {"sample": s})
    | TOPS
)
LEAVES = FIELDS | FIELDS | events() | OTHERS
TREES = _tree(LEAVES, depth=3)
IDS = st.lists(st.integers(0, 75), max_size=4, unique=True).map(sorted)


@st.composite
def segments(draw: st.DrawFn) -> Json:
    """A saved segment with every part it may have."""
    limit = draw(
        st.none()
        | TOPS
        | SAMPLES.map(lambda s: {"sample": s})
        | st.tuples(TOPS, SAMPLES).map(lambda p: {**p[0], "sample": p[1]})
    )
    segment = {
        "version": 1, "include": draw(TREES), "exclude": draw(st.none() | TREES), "limit": limit,
        "added": draw(IDS), "removed": draw(IDS),
    }  # fmt: skip
    return {key: value for key, value in segment.items() if value not in (None, [])}
