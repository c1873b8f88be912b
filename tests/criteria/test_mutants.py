"""The compiler broken on purpose, one way at a time: the oracle must notice each."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest
from sqlglot import exp

from segmentation.criteria import compile as compiler
from segmentation.criteria import (
    date_sql,
    event_sql,
    frame,
    limits,
    operator_sql,
    operators,
    predicates,
    scopes,
    windows,
)
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.nodes import Span
from segmentation.criteria.operand import Operand
from segmentation.criteria.windows import Days
from tests.oracle import members
from tests.worlds import opened


def span(n: int, unit: str = "day") -> dict[str, Any]:
    return {"n": n, "unit": unit}


def has(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value} | more


DEFINITIONS: list[dict[str, Any]] = [
    has("city", "is", "LYÖN"), {"not": has("mood", "is", "lyon")}, {"not": has("score", ">", 0)},
    has("city", "is_not", "lyon"), has("mood", "not_contains", "o"), has("notes", "contains", "_"),
    has("notes", "matches", "."), has("city", "empty"), has("interests", "exactly", ["the", "cafe"]),
    has("interests", "size", [2, None]), has("city", "is_not", "lyon", unknown=True),
    has("created_at", "last", span(30)), has("created_at", "last", span(1, "month")), has("updated_at", "older_than", span(30)),
    has("updated_at", "ago_between", {"from": 28, "to": 31, "unit": "day"}), has("updated_at", "next", span(7)),
    has("last_seen", "on", "2026-03-31"), has("last_seen", "hours", [22, 6]), has("birth_date", "anniversary", span(7)),
    has("total_spent", "between", [20, 100]), has("loyalty_points", "top_percent", 40), has("created_at", "this", "week"),
    has("birth_date", "anniversary", span(0)), has("total_spent", ">", 99.9999), has("total_spent", "bottom_percent", 10),
    {"event": "order", "op": "<=", "value": 2}, {"event": "order", "measure": "sum", "op": "<", "value": 100},
    {"event": "order", "within": {"last": 60, "unit": "day"}}, {"event": "order", "measure": "days_since_last", "op": "<", "value": 30},
    {"event": "order", "measure": "days_since_first", "op": ">", "value": 300},
    {"event": "order_last", "measure": "sum", "op": ">", "value": 50}, {"event": "order", "measure": "median_gap", "op": ">", "value": 30},
    {"event": "order", "where": {"not": has("category", "is", "the")}, "op": ">=", "value": 3},
    {"event": "order_line", "measure": "sum", "where": has("channel", "is", "web"), "op": ">", "value": 100},
    {"event": "site_visit", "then": {"event": "order", "within": span(30)}},
    {"event": "purchase", "then": {"event": "purchase", "within": span(60)}},
    {"event": "site_visit", "then": {"event": "order", "within": span(30), "absent": True}},
    *(has(field, op, span(n)) for field in ("created_at", "updated_at") for op in ("last", "older_than") for n in (2, 9)),
    *({"event": code, "within": {"ago_between": [2, 9]}} for code in ("site_visit", "email_open", "order_line")),
    {"event": "site_visit", "within": {"this": "week"}},
    {"event": "site_visit", "within": {"previous": "week"}},
    {"sample": {"percent": 40, "seed": 3}}, {"sample": {"n": 9, "seed": 3}}, {"top": 9, "by": "total_spent"},
    {"top": 9, "by": "total_spent", "lowest": True}, {"segment": "best"}, {"group": "VIP"},
]  # fmt: skip


@lru_cache(maxsize=1)
def expected() -> list[list[int]]:
    base, _, _ = opened(1)
    return [members(definition, base) for definition in DEFINITIONS]


def noticed() -> bool:
    """Whether one definition at least no longer names the people the oracle names."""
    _, database, known = opened(1)
    for definition, people in zip(DEFINITIONS, expected(), strict=True):
        statement = compiler.compile_whole(criterion_from_json(definition), known)
        found = [row[0] for row in database.run(statement).rows]
        if found != people:
            return True
    return False


Patch = tuple[Any, str, Callable[[Any], Any]]
MUTANTS: dict[str, Patch] = {
    "a leaf may be NULL": (predicates, "sure", lambda old: lambda part: part),
    "text is not folded": (operator_sql, "said", lambda old: lambda operand, text: str(text)),
    "contains reads wildcards": (
        operators,
        "_BY_KIND",
        lambda old: old | {("text", "contains"): replace(old["text", "contains"], build=_like)},
    ),
    "blank text is a value": (Operand, "blank", lambda old: lambda self: exp.Is(this=self.value(), expression=exp.Null())),
    "not is forgotten": (predicates, "negated", lambda old: lambda part: part),
    "and is or": (predicates, "both", lambda old: frame.either),
    "last leaves today out": (windows, "last", lambda old: lambda d, s: replace(old(d, s), end=d)),
    "last is a day short": (windows, "last", lambda old: lambda d, s: Days(old(d, s).start + timedelta(1), old(d, s).end)),
    "older than takes the day itself": (windows, "older_than", lambda old: lambda d, s: Days(None, old(d, s).end + timedelta(1))),
    "ago between is open": (windows, "ago_between", lambda old: lambda d, s: Days(old(d, s).start, old(d, s).end - timedelta(1))),
    "next takes today": (windows, "following", lambda old: lambda d, s: Days(d, old(d, s).end)),
    "months are 30 days": (windows, "shifted", lambda old: lambda d, n, u: d + timedelta(n * {"day": 1, "week": 7}.get(u, 30))),
    "weeks start on Sunday": (windows, "period", lambda old: lambda d, u, o=0, **k: old(d, u, o, first_day_of_week=7)),
    "29 February has no birthday in short years": (windows, "anniversaries", lambda old: lambda d, s: tuple(p for p in old(d, s) if p != (2, 29)) if d.month == 2 else old(d, Span(max(s.n - 1, 0), s.unit))),
    "hours do not cross midnight": (date_sql, "either", lambda old: frame.both),
    "the future is seen": (frame.Frame, "end", lambda old: property(lambda self: datetime(9999, 1, 1))),
    "undated events are lost": (event_sql, "either", lambda old: lambda first, *rest: first),
    "erased contacts are members": (compiler, "live", lambda old: lambda scope: exp.true()),
    "ties are cut": (compiler, "_ranked", lambda old: lambda *a, **k: _row_numbers(old(*a, **k))),
    "top is lowest": (limits, "ranking", lambda old: lambda order, *a: old(replace(order, lowest=not order.lowest) if hasattr(order, "lowest") else order, *a)),
    "the sample forgets its seed": (limits, "_hash", lambda old: lambda seed, scope: old(0, scope)),
    "flags keep only those inside": (scopes.Joined, "join", lambda old: lambda self, rows, on: self.joins.append(exp.Join(this=rows, on=on))),
    "first is last": (event_sql, "event_rows", lambda old: lambda source, *a: old(replace(source, pick={"last": "first"}.get(source.pick, source.pick)), *a)),
    "then may be at the same moment": (exp, "GT", lambda old: exp.GTE),
    "then is never absent": (event_sql, "_followed", lambda old: lambda then, *a: old(replace(then, absent=False), *a)),
}  # fmt: skip


def _like(operand: Operand, value: object) -> exp.Expr:
    return exp.Like(this=operand.key(), expression=operand.frame.bind(f"%{value}%"))


def _row_numbers(query: exp.Select) -> exp.Select:
    for call in list(query.find_all(exp.Anonymous)):
        if call.name == "RANK":
            call.replace(exp.Anonymous(this="ROW_NUMBER"))
    return query


def test_the_definitions_agree_when_nothing_is_broken() -> None:
    assert not noticed()


@pytest.mark.parametrize("name", MUTANTS)
def test_the_oracle_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, broken = MUTANTS[name]
    old = owner.__dict__[attribute]
    monkeypatch.setattr(owner, attribute, broken(old))
    assert noticed()
