"""A plain-Python reading of the JSON of a criterion, over lists of dicts: what SQL and bitmaps are held
against.

It shares no code with the compiler but the folding of text (held against SQL elsewhere): it reads JSON, walks
people one by one, and knows nothing of nodes, operators or statements.
"""

from __future__ import annotations

import calendar
import hashlib
import math
import re
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from segmentation.criteria.fold import fold_text

Row = dict[str, Any]
TEXT = {
    "id", "name", "text", "category", "email", "phone", "url", "address", "postal_code", "city", "code",
    "department", "region", "country", "company", "siren", "siret", "vat", "naf", "currency",
}  # fmt: skip


@dataclass
class World:
    """A base as lists of dicts. ``types`` gives each contact field its type; ``event_types`` those of each
    event table ("orders", "order_lines", "events"); rows carry contact_id, and counted / summed where it
    matters."""

    as_of: date
    types: dict[str, str]
    event_types: dict[str, dict[str, str]]
    contacts: list[Row]
    orders: list[Row] = field(default_factory=list)
    order_lines: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    segments: dict[str, Any] = field(default_factory=dict)
    near: Callable[[str, float], Iterable[tuple[str, str]]] = lambda of, km: ()
    spellings: Callable[[str], Iterable[str]] = lambda code: (fold_text(code),)
    country: str = "FR"
    first_day_of_week: int = 1
    _made: dict[str, Any] = field(default_factory=dict)
    _index: dict[str, dict[Any, list[Row]]] = field(default_factory=dict)

    def rows_of(self, code: str, contact: Any) -> list[Row]:
        """The rows of an event that belong to a contact."""
        if code not in self._index:
            found: dict[Any, list[Row]] = {}
            for row in event_rows(code, self):
                found.setdefault(row["contact_id"], []).append(row)
            self._index[code] = found
        return self._index[code].get(contact, [])

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, made once: it depends on the base alone."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def order_of(self, key: str) -> Row:
        """The order of a line, empty when it is not there."""
        if "#" not in self._index:
            self._index["#"] = {order["order_key"]: [order] for order in self.orders}
        return self._index["#"].get(key, [{}])[0]

    def lines_of(self, key: str) -> list[Row]:
        """The lines of an order."""
        if "##" not in self._index:
            found: dict[Any, list[Row]] = {}
            for line in self.order_lines:
                found.setdefault(line["order_key"], []).append(line)
            self._index["##"] = found
        return self._index["##"].get(key, [])

    def live(self) -> list[Row]:
        return [c for c in self.contacts if c["live"]]


def members(definition: dict[str, Any], world: World) -> list[int]:
    """The ids of the members of a saved segment or of a bare criterion, ascending."""
    if not ({"include", "version"} & set(definition)):
        definition = {"include": definition}
    include, exclude = definition.get("include", {"all": []}), definition.get("exclude")
    found = [c for c in world.live() if true(include, c, world)]
    if exclude is not None:
        found = [c for c in found if not true(exclude, c, world)]
    limit = definition.get("limit") or {}
    if "top" in limit:
        found = first(found, limit, world)
    if "sample" in limit:
        found = drawn(found, limit["sample"])
    ids = {c["contact_id"] for c in found}
    alive = {c["contact_id"] for c in world.live()}
    ids |= set(definition.get("added") or ()) & alive
    return sorted(ids - set(definition.get("removed") or ()))


def true(node: dict[str, Any], contact: Row, world: World) -> bool:
    """Whether a node is true of a contact."""
    if "all" in node:
        return all(true(child, contact, world) for child in node["all"])
    if "any" in node:
        return any(true(child, contact, world) for child in node["any"])
    if "not" in node:
        return not true(node["not"], contact, world)
    if "field" in node:
        value = contact.get(node["field"])
        if node["op"] in ("top_percent", "bottom_percent"):
            if value is None:
                return bool(node.get("unknown"))
            values = world.once(
                f"values {node['field']}",
                lambda: sorted(c[node["field"]] for c in world.live() if c.get(node["field"]) is not None),
            )
            return in_percent(value, values, node)
        return holds(node, value, world.types[node["field"]], contact, world.types, world)
    if "event" in node:
        return event_true(node, contact, world)
    if "segment" in node:
        key = f"segment {node['segment']}"
        return contact["contact_id"] in world.once(
            key, lambda: members(world.segments[node["segment"]], world)
        )
    if "group" in node:
        wanted = fold_text(node["group"])
        return any(i == contact["contact_id"] and fold_text(name) == wanted for i, name in world.groups)
    kept = world.once(
        repr(node),
        lambda: {
            c["contact_id"]
            for c in (
                first(world.live(), node, world) if "top" in node else drawn(world.live(), node["sample"])
            )
        },
    )
    return contact["contact_id"] in kept


def first(people: list[Row], limit: Row, world: World) -> list[Row]:
    ranked = [c for c in people if c.get(limit["by"]) is not None]
    ranked.sort(key=lambda c: c["contact_id"])
    ranked.sort(key=lambda c: c[limit["by"]], reverse=not limit.get("lowest"))
    return ranked[: limit["top"]]


def drawn(people: list[Row], sample: Row) -> list[Row]:
    def digest(contact: Row) -> str:
        text = f"{sample.get('seed', 0)}:{contact['contact_id']}"
        return hashlib.md5(text.encode()).hexdigest()[:8]

    if "n" in sample:
        return sorted(people, key=lambda c: (digest(c), c["contact_id"]))[: sample["n"]]
    return [c for c in people if int(digest(c), 16) < sample["percent"] / 100 * 2**32]


def in_percent(value: Any, values: list[Any], node: Row) -> bool:
    ordered = sorted(values, reverse=node["op"] == "top_percent")
    rank = math.ceil(Decimal(str(node["value"])) * len(ordered) / 100)
    cut = ordered[rank - 1]
    return value >= cut if node["op"] == "top_percent" else value <= cut


def blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip(" ")
    return value is None or value == []


def holds(node: Row, value: Any, kind: str, row: Row, types: dict[str, str], world: World) -> bool:
    """Whether an operator holds of a value; the other fields of its row are at hand."""
    op, wanted = node["op"], node.get("value")
    if op == "empty":
        return blank(value)
    if op == "not_empty":
        return not blank(value)
    if blank(value):
        return bool(node.get("unknown"))
    if kind in TEXT:
        return text_holds(op, wanted, value, bool(node.get("exact")), row, world)
    if kind == "list":
        return list_holds(op, wanted, value, bool(node.get("exact")))
    if kind == "boolean":
        return value is wanted
    if kind in ("date", "datetime"):
        return date_holds(op, wanted, value, row, world)
    return number_holds(op, wanted, value, row)


def text_holds(op: str, wanted: Any, value: str, exact: bool, row: Row, world: World) -> bool:
    if op == "matches":
        return re.search(wanted, value, 0 if exact else re.IGNORECASE) is not None
    if op == "within_km":
        country = row.get("country")
        country = world.country if blank(country) else country
        places = world.once(repr(wanted), lambda: set(world.near(wanted["of"], wanted["km"])))
        return any(code == value and fold_text(country) in world.spellings(place) for place, code in places)
    said = (lambda s: s) if exact else fold_text
    mine = said(value)
    if op in ("in", "not_in"):
        return (mine in {said(w) for w in wanted}) == (op == "in")
    other = said(wanted)
    return {
        "is": mine == other,
        "is_not": mine != other,
        "contains": other in mine,
        "not_contains": other not in mine,
        "starts_with": mine.startswith(other),
        "ends_with": mine.endswith(other),
    }[op]


def list_holds(op: str, wanted: Any, value: list[str], exact: bool) -> bool:
    said = (lambda s: s) if exact else fold_text
    mine = {said(item) for item in value}
    if op == "size":
        low, high = (wanted, wanted) if isinstance(wanted, int) else wanted
        return (low is None or len(mine) >= low) and (high is None or len(mine) <= high)
    others = {said(item) for item in wanted}
    return {
        "any_of": bool(mine & others),
        "all_of": others <= mine,
        "none_of": not mine & others,
        "exactly": mine == others,
    }[op]


def number_holds(op: str, wanted: Any, value: Any, row: Row) -> bool:
    if isinstance(wanted, dict):
        other = row.get(wanted["field"])
        if other is None:
            return False
        exact = isinstance(other, Decimal) and isinstance(wanted.get("times", 1), int)
        wanted = (other if exact else float(other)) * wanted.get("times", 1)
        value = value if exact else float(value)
    if isinstance(value, Decimal) and isinstance(wanted, float):
        wanted = Decimal(repr(wanted))
    if op in ("between", "not_between"):
        low, high = (
            None if w is None else Decimal(repr(w)) if isinstance(value, Decimal) else w for w in wanted
        )
        inside = (low is None or value >= low) and (high is None or value <= high)
        return inside == (op == "between")
    return {
        "=": value == wanted,
        "!=": value != wanted,
        "<": value < wanted,
        "<=": value <= wanted,
        ">": value > wanted,
        ">=": value >= wanted,
    }[op]


def back(day: date, n: int, unit: str) -> date:
    """``n`` units before a day (after, when negative)."""
    if unit in ("day", "week"):
        return day - timedelta(days=n * {"day": 1, "week": 7}[unit])
    months = n * {"month": 1, "quarter": 3, "year": 12}[unit]
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def same_period(day: date, as_of: date, unit: str, offset: int, first: int) -> bool:
    """Whether a day is in the calendar unit of ``as_of`` moved by ``offset`` (−1, 0, 1)."""

    def number(d: date) -> int:
        if unit == "week":
            return (d.toordinal() - date(2024, 1, first).toordinal()) // 7  # 1 January 2024 is a Monday
        return {
            "day": d.toordinal(),
            "month": d.year * 12 + d.month,
            "quarter": d.year * 4 + (d.month - 1) // 3,
            "year": d.year,
        }[unit]

    return number(day) == number(as_of) + offset


def date_holds(op: str, wanted: Any, value: Any, row: Row, world: World) -> bool:
    as_of = world.as_of
    day = value.date() if isinstance(value, datetime) else value
    if op in ("on", "before", "after"):
        if isinstance(wanted, dict):
            other = row.get(wanted["field"])
            if other is None:
                return False
            limit = other.date() if isinstance(other, datetime) else other
        else:
            limit = date.fromisoformat(wanted)
        return {"on": day == limit, "before": day < limit, "after": day > limit}[op]
    if op == "between":
        low, high = (None if w is None else date.fromisoformat(w) for w in wanted)
        return (low is None or day >= low) and (high is None or day <= high)
    if op == "last":
        latest = as_of - timedelta(days=1) if wanted.get("today") is False else as_of
        return back(as_of, wanted["n"], wanted["unit"]) <= day <= latest
    if op == "older_than":
        return day < back(as_of, wanted["n"], wanted["unit"])
    if op == "ago_between":
        unit = wanted["unit"]
        return back(as_of, wanted["to"], unit) <= day <= back(as_of, wanted["from"], unit)
    if op == "next":
        soonest = as_of if wanted.get("today") else as_of + timedelta(days=1)
        return soonest <= day <= back(as_of, -wanted["n"], wanted["unit"])
    if op in ("this", "previous", "following"):
        offset = {"this": 0, "previous": -1, "following": 1}[op]
        return same_period(day, as_of, wanted, offset, world.first_day_of_week)
    if op == "month":
        return day.month in wanted
    if op == "weekday":
        return day.isoweekday() in wanted
    if op == "hours":
        start, end = wanted
        return start <= value.hour < end if start < end else value.hour >= start or value.hour < end
    assert op == "anniversary"
    return anniversary(day, as_of, back(as_of, -wanted["n"], wanted["unit"]))


def anniversary(day: date, as_of: date, last: date) -> bool:
    for year in (as_of.year, as_of.year + 1):
        short = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        next_one = date(year, 2, 28) if short else date(year, day.month, day.day)
        if next_one >= as_of:
            return next_one <= last
    raise AssertionError


def table_of(code: str) -> tuple[str, str]:
    """The table of an event and the column of its moment."""
    if code in ("order", "order_first", "order_last"):
        return "orders", "order_date"
    return ("order_lines", "order_date") if code == "order_line" else ("events", "event_date")


def event_rows(code: str, world: World) -> list[Row]:
    """The rows of an event; one per contact for a first or a last order."""
    if code == "order":
        return world.orders
    if code in ("order_first", "order_last"):
        best: dict[Any, Row] = {}
        seen = [
            r
            for r in world.orders
            if r["counted"] and r["order_date"] and r["order_date"].date() <= world.as_of
        ]
        for row in sorted(seen, key=lambda r: (r["order_date"], r["order_key"])):
            if code == "order_last" or row["contact_id"] not in best:
                best[row["contact_id"]] = row
        return list(best.values())
    if code == "order_line":
        return world.order_lines
    return [{**r, "counted": True, "summed": True} for r in world.events if r["event_type"] == code]


def row_true(node: Row, row: Row, table: str, world: World) -> bool:
    """Whether a ``where`` is true of an event's row."""
    if "all" in node:
        return all(row_true(child, row, table, world) for child in node["all"])
    if "any" in node:
        return any(row_true(child, row, table, world) for child in node["any"])
    if "not" in node:
        return not row_true(node["not"], row, table, world)
    code, types = node["field"], world.event_types
    if table == "order_lines":
        row = {**world.order_of(row["order_key"]), **row}
    if code in types[table]:
        return holds(node, row.get(code), types[table][code], row, types[table], world)
    if table == "orders":
        kind = types["order_lines"][code]
        lines = world.lines_of(row["order_key"])
        return any(
            holds(node, line.get(code), kind, {**row, **line}, types["order_lines"], world) for line in lines
        )
    assert table == "order_lines"
    return holds(node, row.get(code), types["orders"][code], row, types["orders"], world)


def window_holds(window: Row, moment: Any, world: World) -> bool:
    if moment is None:
        return False
    unit = window.get("unit", "day")
    if "last" in window:
        said: Row = {"n": window["last"], "unit": unit}
        return date_holds("last", said, moment, {}, world)
    if "older_than" in window:
        return date_holds("older_than", {"n": window["older_than"], "unit": unit}, moment, {}, world)
    if "ago_between" in window:
        low, high = window["ago_between"]
        return date_holds("ago_between", {"from": low, "to": high, "unit": unit}, moment, {}, world)
    ((op, wanted),) = window.items()
    return date_holds(op, wanted, moment, {}, world)


def kept_rows(node: Row, contact: Row, world: World, which: str) -> list[Row]:
    table, moment = table_of(node["event"])
    kept = []
    for row in world.rows_of(node["event"], contact["contact_id"]):
        if not row[which]:
            continue
        at = row[moment]
        if at is not None and at.date() > world.as_of:
            continue
        if node.get("within") and not window_holds(node["within"], at, world):
            continue
        if node.get("where") and not row_true(node["where"], row, table, world):
            continue
        if node.get("then") and followed(node["then"], at, contact, world) == bool(
            node["then"].get("absent")
        ):
            continue
        kept.append(row)
    return kept


def followed(then: Row, at: Any, contact: Row, world: World) -> bool:
    table, moment = table_of(then["event"])
    if at is None:
        return False
    limit = back(at.date(), -then["within"]["n"], then["within"]["unit"])
    return any(
        row["counted"]
        and row[moment] is not None
        and row[moment] > at
        and row[moment].date() <= min(limit, world.as_of)
        and (not then.get("where") or row_true(then["where"], row, table, world))
        for row in world.rows_of(then["event"], contact["contact_id"])
    )


def of_row(code: str, row: Row, table: str, world: World) -> Any:
    if code in world.event_types[table]:
        return row.get(code)
    return world.order_of(row["order_key"]).get(code)


def measure(node: Row, contact: Row, world: World) -> Any:
    """The measure of a contact's events; None when it has no value."""
    key = node.get("measure", "count")
    rows = kept_rows(node, contact, world, "summed" if key == "sum" else "counted")
    table, moment = table_of(node["event"])
    if key == "count":
        return len(rows)
    if key == "median_gap":
        rows = [row for row in rows if row[moment] is not None]
    if key not in ("sum", "count_distinct") and len(rows) < (node.get("at_least") or 1):
        return None
    if key in ("days_since_first", "days_since_last"):
        moments = [row[moment] for row in rows if row[moment] is not None]
        if not moments:
            return None
        return (world.as_of - (min if key.endswith("first") else max)(moments).date()).days
    if key == "median_gap":
        days = sorted({row[moment].date() for row in rows if row[moment] is not None})
        gaps = [(b - a).days for a, b in pairwise(days)]
        return float(statistics.median(gaps)) if gaps else None
    if key == "share":
        return sum(row_true(node["of"], row, table, world) for row in rows) / len(rows)
    default = {"orders": "amount", "order_lines": "line_amount", "events": "value"}[table]
    values = [of_row(node.get("of", default), row, table, world) for row in rows]
    values = [value for value in values if value is not None]
    if key == "count_distinct":
        return len({fold_text(v) if isinstance(v, str) else v for v in values})
    if key == "sum":
        return sum(values)
    if not values:
        return None
    if key == "avg":
        return float(sum(values)) / len(values)
    if key == "median":
        return float(statistics.median(float(v) for v in values))
    return min(values) if key == "min" else max(values)


def event_true(node: Row, contact: Row, world: World) -> bool:
    node = node if "op" in node else {**node, "op": ">=", "value": 1}
    value = measure(node, contact, world)
    if node["op"] in ("top_percent", "bottom_percent"):
        key = node.get("measure", "count")
        which = "summed" if key == "sum" else "counted"
        ranked = [c for c in world.live() if kept_rows(node, c, world, which)]
        values = [v for c in ranked if (v := measure(node, c, world)) is not None]
        if value is None or contact["contact_id"] not in {c["contact_id"] for c in ranked}:
            return False
        return in_percent(value, values, node)
    return holds(node, value, "number", contact, world.types, world)
