"""What deserves an hour this week: people to whom something useful can be said now, counted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.codec import criterion_from_json
from segmentation.predictive.rfm import SMALL_CELL
from segmentation.results import ChartSpec, Column, Report, Sheet, Value

Json = Mapping[str, object]

_BOUGHT = "last_purchase_date"
_ONCE: Json = {"field": "orders_count", "op": "=", "value": 1}


def _days(count: int) -> Json:
    return {"n": count, "unit": "day"}


THINGS: Mapping[str, Json] = MappingProxyType(
    {
        "loyal_quiet": {
            "all": [
                {"field": "rfm_segment", "op": "in", "value": ["champions", "loyal"]},
                {"field": _BOUGHT, "op": "older_than", "value": _days(90)},
            ]
        },
        "first_order": {"all": [_ONCE, {"field": _BOUGHT, "op": "last", "value": _days(30)}]},
        "curious": {
            "all": [
                {"field": "orders_count", "op": "=", "value": 0},
                {
                    "event": "email_click",
                    "measure": "count",
                    "op": ">=",
                    "value": 1,
                    "within": {"last": 30, "unit": "day"},
                },
            ]
        },
        "fix_emails": {"field": "email_check", "op": "in", "value": ["slip", "impossible"]},
        "second_order": {
            "all": [
                _ONCE,
                {"field": _BOUGHT, "op": "older_than", "value": _days(30)},
                {"field": _BOUGHT, "op": "last", "value": _days(75)},
            ]
        },
        "birthday": {"field": "birth_date", "op": "anniversary", "value": _days(7)},
        "to_confirm": {
            "all": [
                {"field": "consent_email", "op": "is", "value": "unknown"},
                {"field": "email_check", "op": "is", "value": "right"},
            ]
        },
    }
)
"""Each thing and whom it is about, the most worth doing first."""

CARE: tuple[str, ...] = ("fix_emails", "to_confirm")
"""Things that repair the base: nobody is written to, so their list is a working file."""

COLUMNS = (
    Column("key", "report.to_do.key"),
    Column("contacts", "report.to_do.contacts", "integer"),
    Column("reachable", "report.to_do.reachable", "integer"),
)


def to_do(evaluator: Evaluator) -> Report:
    """Everything that can be done at the catalogue's date, the most worth doing first.

    sheet ``to_do``: key, contacts, how many of them can be written to by e-mail; things of nobody are left
    out, and groups of fewer than a handful come last. chart ``to_do`` ("bars"): the same, with the criterion
    of each.
    """
    rows: list[tuple[Value, ...]] = []
    for key, said in THINGS.items():
        look = evaluator.look(criterion_from_json(said))
        if look.count:
            rows.append((key, look.count, look.reach["email"].reachable))
    rows.sort(key=lambda row: int(str(row[1])) < SMALL_CELL)
    keys = [str(row[0]) for row in rows]
    data: dict[str, Value] = {
        "labels": keys,
        "keys": keys,
        "words": "page.home.to_do.",
        "values": [row[1] for row in rows],
        "unit": "integer",
    }
    chart = ChartSpec("bars", data, {key: dict(THINGS[key]) for key in keys})
    return Report("to_do", {"things": len(rows)}, {"to_do": Sheet("to_do", COLUMNS, rows)}, {"to_do": chart})
