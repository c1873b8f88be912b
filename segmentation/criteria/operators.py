"""The operators: one row each — key, kinds of field, shape of its value, SQL. To add one, add a row and its
words.

A row's words are ``operator.<kind>.<key>`` when a kind says it its own way, else ``operator.<key>`` (the
menu), and ``sentence.<kind>.<key>`` (the sentence). Builders speak of a value that is there; ``predicate``
adds what an operator says of a missing value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from segmentation.criteria import date_sql as dates
from segmentation.criteria import operator_sql as sql
from segmentation.criteria.catalogue import Field
from segmentation.criteria.nodes import Value, joined
from segmentation.criteria.operand import Operand
from segmentation.criteria.shapes import READERS
from segmentation.errors import CriterionError

Builder = Callable[[Operand, object], exp.Expr]


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to ask a field.

    ``guarded``: its SQL may be true of a blank value, which must stay out (negations, patterns).
    ``ranks``: it compares a contact with all the others, so it cannot be asked of one row of an event.
    ``types`` narrows ``kinds`` to some field types (hours need a datetime).
    """

    key: str
    kinds: tuple[str, ...]
    shape: str
    build: Builder
    guarded: bool = False
    ranks: bool = False
    types: tuple[str, ...] = ()

    @property
    def arity(self) -> str:
        """How many values it takes: none, one, two or many."""
        return _ARITY.get(self.shape, "one")

    def takes(self, field: Field) -> bool:
        """Whether it can be asked of ``field``."""
        return field.kind in self.kinds and (not self.types or field.type in self.types)

    def read(self, value: Value, field: Field, path: str) -> object:
        """The typed value; CriterionError with the field and the path when the shape is not its own."""
        try:
            return READERS[self.shape](value, field)
        except (ValueError, TypeError, ArithmeticError):
            raise CriterionError(
                f"error.criterion.value.{self.shape}",
                path=joined(path, "value"),
                field=field.code,
                op=self.key,
            ) from None


_ARITY = MappingProxyType(
    {"none": "none", "range": "two", "days": "two", "hours": "two", "ages": "two", "size": "two"}
    | dict.fromkeys(("texts", "months", "weekdays"), "many")
)
_TEXT = ("text", "place")
_EVERY = ("text", "place", "number", "date", "list", "boolean")

OPERATORS: tuple[Operator, ...] = (
    Operator("is", _TEXT, "text", sql.is_text),
    Operator("is_not", _TEXT, "text", sql.is_not_text, guarded=True),
    Operator("in", _TEXT, "texts", sql.in_texts),
    Operator("not_in", _TEXT, "texts", sql.not_in_texts, guarded=True),
    Operator("contains", _TEXT, "text", sql.contains),
    Operator("not_contains", _TEXT, "text", sql.not_contains, guarded=True),
    Operator("starts_with", _TEXT, "text", sql.starts_with),
    Operator("ends_with", _TEXT, "text", sql.ends_with),
    Operator("matches", _TEXT, "pattern", sql.matches, guarded=True),
    Operator("within_km", ("place",), "place", sql.within_km),
    Operator("=", ("number",), "number", sql.compared(exp.EQ)),
    Operator("!=", ("number",), "number", sql.compared(exp.NEQ)),
    Operator("<", ("number",), "number", sql.compared(exp.LT)),
    Operator("<=", ("number",), "number", sql.compared(exp.LTE)),
    Operator(">", ("number",), "number", sql.compared(exp.GT)),
    Operator(">=", ("number",), "number", sql.compared(exp.GTE)),
    Operator("between", ("number",), "range", sql.between),
    Operator("not_between", ("number",), "range", sql.not_between),
    Operator("top_percent", ("number",), "percent", sql.in_top_percent, ranks=True),
    Operator("bottom_percent", ("number",), "percent", sql.in_top_percent, ranks=True),
    Operator("last", ("date",), "span", dates.last),
    Operator("older_than", ("date",), "span", dates.older_than),
    Operator("ago_between", ("date",), "ages", dates.ago_between),
    Operator("next", ("date",), "span", dates.following_days),
    Operator("this", ("date",), "unit", dates.this_period),
    Operator("previous", ("date",), "unit", dates.previous_period),
    Operator("following", ("date",), "unit", dates.following_period),
    Operator("on", ("date",), "day", dates.on_day),
    Operator("before", ("date",), "day", dates.before),
    Operator("after", ("date",), "day", dates.after),
    Operator("between", ("date",), "days", dates.between_days),
    Operator("month", ("date",), "months", dates.in_months),
    Operator("weekday", ("date",), "weekdays", dates.on_weekdays),
    Operator("hours", ("date",), "hours", dates.in_hours, types=("datetime",)),
    Operator("anniversary", ("date",), "span", dates.anniversary),
    Operator("any_of", ("list",), "texts", sql.any_of),
    Operator("all_of", ("list",), "texts", sql.all_of),
    Operator("none_of", ("list",), "texts", sql.none_of, guarded=True),
    Operator("exactly", ("list",), "texts", sql.exactly),
    Operator("size", ("list",), "size", sql.size, guarded=True),
    Operator("is", ("boolean",), "boolean", sql.is_boolean),
    Operator("empty", _EVERY, "none", sql.empty),
    Operator("not_empty", _EVERY, "none", sql.not_empty),
)
"""Every operator, in the order a menu shows them."""


def _by_kind() -> Mapping[tuple[str, str], Operator]:
    return MappingProxyType({(kind, row.key): row for row in OPERATORS for kind in row.kinds})


_BY_KIND = _by_kind()


def operators_for(field_type: str) -> tuple[Operator, ...]:
    """The operators a field of this type takes, in menu order; the first is a menu's own choice."""
    field = Field("", field_type, "", "", "")
    return tuple(row for row in OPERATORS if row.takes(field))


def operator_of(field: Field, key: str, path: str) -> Operator:
    """The operator ``key`` of a field; CriterionError when its type does not take it."""
    row = _BY_KIND.get((field.kind, key))
    if row is None or not row.takes(field):
        raise CriterionError(
            "error.criterion.unknown_operator", path=path, field=field.code, op=key, type=field.type
        )
    return row
