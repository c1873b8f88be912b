"""The owner's own validation rules: what must be true of a contact, and who breaks it.

A rule is a criterion that must hold (« the customer number begins with C », « the basket is under 5,000 »). A
contact breaks it when it does not hold though one of the fields it reads has a value: what is missing is no
mistake, and is counted elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.check import check
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_whole
from segmentation.errors import CarnetError
from segmentation.results import Column, Sheet, Statement, Value
from segmentation.store.session import Session

SETTING: Final = "own_rules"
"""The setting of a base that keeps its rules, each the JSON of a criterion."""
COLUMNS = (
    Column("rule", "report.quality.rule"),
    Column("contacts", "report.quality.contacts", "integer"),
    Column("read", "report.quality.filled", "integer"),
)
Json = Mapping[str, Any]


def rules_from_json(kept: object) -> tuple[Json, ...]:
    """The rules a base keeps; what is no criterion is left out."""
    rows = kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
    found = []
    for row in rows:
        try:
            criterion_from_json(row)
        except CarnetError:
            continue
        found.append(row)
    return tuple(found)


def breakable(rule: Json) -> bool:
    """Whether anybody can ever break a rule: what is missing is no mistake, so « is filled » cannot be."""
    return any(op not in ("not_empty", "empty") for op in _said(rule, "op"))


def broken(rule: Json) -> Json:
    """The criterion of who breaks a rule."""
    return {"all": [*_filled(rule), {"not": rule}]}


def concerned(rule: Json) -> Json:
    """The criterion of who can be judged: one of the fields has a value."""
    return {"all": _filled(rule)}


def _filled(rule: Json) -> list[Json]:
    """That one of the fields a rule reads has a value; nothing when it reads none."""
    fields = dict.fromkeys(_said(rule, "field", events=False))
    return [{"any": [{"field": code, "op": "not_empty"} for code in fields]}] if fields else []


def _said(rule: Any, key: str, *, events: bool = True) -> Iterator[str]:
    """Every text a criterion gives for ``key``, however deep; without ``events``, of contact fields alone."""
    if isinstance(rule, Mapping) and (events or "event" not in rule):
        if isinstance(rule.get(key), str):
            yield rule[key]
        for part in rule.values():
            yield from _said(part, key, events=events)
    elif isinstance(rule, list):
        for part in rule:
            yield from _said(part, key, events=events)


def own_rules(session: Session, catalogue: Catalogue, kept: object) -> Sheet:
    """Each rule (as JSON text) with how many of ``audience(contact_id)`` break it, and can be judged.

    A rule about a field the base has no more breaks nobody.
    """
    rows: list[tuple[Value, ...]] = []
    for rule in rules_from_json(kept):
        counts = [_count(session, catalogue, said) for said in (broken(rule), concerned(rule))]
        rows.append((json.dumps(rule, ensure_ascii=False), *counts))
    return Sheet("own", COLUMNS, rows)


def _count(session: Session, catalogue: Catalogue, said: Json) -> int:
    asked = criterion_from_json(said)
    try:
        check(asked, catalogue)
    except CarnetError:
        return 0
    whole = compile_whole(asked, catalogue)
    sql = f"SELECT count(*) FROM audience SEMI JOIN ({whole.sql}) USING (contact_id)"
    return int(str(session.scalar(Statement(sql, whole.params))))
