"""What an operator is asked of: one field in one scope, as fresh SQL expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlglot import exp

from segmentation.criteria.catalogue import Field
from segmentation.criteria.frame import Frame, either


class Scope(Protocol):
    """The rows a predicate speaks of: those of contacts, or those of an event."""

    @property
    def frame(self) -> Frame: ...

    def operand(self, code: str, path: str) -> Operand:
        """The field ``code`` of these rows; CriterionError when they have none."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A field over an alias; every call builds a new expression, since a tree holds each node once."""

    scope: Scope
    field: Field
    alias: str
    exact: bool = False
    path: str = ""

    @property
    def frame(self) -> Frame:
        return self.scope.frame

    def value(self) -> exp.Expr:
        """The value as stored."""
        return self.frame.read(self.field.expression, self.alias)

    def key(self) -> exp.Expr:
        """The text compared: folded, or as stored when the condition is exact; for a list, its elements'."""
        if self.exact:
            return self.value()
        if self.field.key is not None:
            return self.frame.read(self.field.key, self.alias)
        folded = exp.Anonymous(
            this="fold_text", expressions=[exp.column("x") if self._is_list else self.value()]
        )
        if not self._is_list:
            return folded
        element = exp.Lambda(this=folded, expressions=[exp.to_identifier("x")])
        return exp.Anonymous(this="list_transform", expressions=[self.value(), element])

    def blank(self) -> exp.Expr:
        """Whether there is no value: missing, an empty list, or nothing but spaces."""
        missing = exp.Is(this=self.value(), expression=exp.Null())
        if self._is_list:
            none = exp.EQ(this=exp.ArraySize(this=self.value()), expression=exp.Literal.number(0))
            return either(missing, none)
        if self.field.kind in ("text", "place"):
            return either(
                missing, exp.EQ(this=exp.Trim(this=self.value()), expression=exp.Literal.string(""))
            )
        return missing

    @property
    def _is_list(self) -> bool:
        return self.field.kind == "list"
