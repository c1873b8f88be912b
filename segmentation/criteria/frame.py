"""One SQL statement in the making: its bound values, its aliases, and the rows it reads.

Values never enter the SQL text: each is a token that becomes a ``?`` when the statement is rendered, and the
parameters follow the order of the text. Aliases are unique in a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.dialects import DuckDB

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Statement, Value

_TOKEN = re.compile("\x00([0-9]+)\x00")
TRUE = exp.true
FALSE = exp.false


@dataclass(eq=False, slots=True)
class Frame:
    """The values and aliases of one statement over one catalogue."""

    catalogue: Catalogue
    values: list[Value] = field(default_factory=list)
    aliases: int = 0

    def bind(self, value: Value) -> exp.Expr:
        """``value`` as an expression; it stays out of the SQL text."""
        self.values.append(value)
        return exp.Var(this=f"\x00{len(self.values) - 1}\x00")

    def bind_day(self, day: date) -> exp.Expr:
        """A day typed DATE, for functions that must know."""
        return exp.cast(self.bind(day), "DATE")

    def alias(self) -> str:
        """A new alias, unique in the statement."""
        self.aliases += 1
        return f"t{self.aliases}"

    @property
    def end(self) -> datetime:
        """The first moment that is not seen: midnight after the as-of date."""
        return datetime.combine(self.catalogue.as_of + timedelta(days=1), time.min)

    def read(self, sql: str, alias: str) -> exp.Expr:
        """An SQL text of the catalogue over ``alias`` in place of ``r``, ``:as_of`` bound."""
        tree = _parsed(sql).copy()
        for column in list(tree.find_all(exp.Column)):
            if column.table == "r":
                column.set("table", exp.to_identifier(alias))
        return self._bound(tree, {"as_of": self.catalogue.as_of})

    def rows(self, relation: str, alias: str) -> exp.Expr:
        """A relation of the catalogue as a table, or as the query made for the as-of date."""
        known = self.catalogue.relations.get(relation)
        if known is None or known.statement is None:
            name = exp.to_identifier(relation, quoted=True)
            return exp.Table(this=name, alias=exp.TableAlias(this=exp.to_identifier(alias)))
        statement = known.statement(self.catalogue.as_of)
        named = {f"carnet{rank}": value for rank, value in enumerate(statement.params)}
        tree = self._bound(_parsed(_with_names(statement.sql)).copy(), named)
        return aliased(tree, alias)

    def render(self, tree: exp.Expr) -> Statement:
        """The statement: DuckDB's dialect, ``?`` in place of every value, values in the order of the text."""
        text = tree.sql(dialect="duckdb")
        order = [int(rank) for rank in _TOKEN.findall(text)]
        return Statement(_TOKEN.sub("?", text), tuple(self.values[rank] for rank in order))

    def _bound(self, tree: exp.Expr, named: dict[str, Value]) -> exp.Expr:
        found = [node for node in tree.find_all(exp.Placeholder) if node.name in named]
        for node in found:
            value = named[node.name]
            is_day = isinstance(value, date) and not isinstance(value, datetime)
            bound = self.bind_day(cast(date, value)) if is_day else self.bind(value)
            if node is tree:
                return bound
            node.replace(bound)
        return tree


def aliased(query: exp.Expr, alias: str) -> exp.Subquery:
    """A query between brackets under an alias."""
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias)))


def column(alias: str, name: str) -> exp.Column:
    """``alias."name"``."""
    return exp.Column(this=exp.to_identifier(name, quoted=True), table=exp.to_identifier(alias))


def both(*parts: exp.Expr) -> exp.Expr:
    """All the parts true, between brackets; TRUE when there is none."""
    return _joined(exp.And, parts) or exp.true()


def either(*parts: exp.Expr) -> exp.Expr:
    """One part at least true, between brackets; FALSE when there is none."""
    return _joined(exp.Or, parts) or exp.false()


def negated(part: exp.Expr) -> exp.Expr:
    """NOT (part)."""
    return exp.Not(this=exp.Paren(this=part))


def sure(part: exp.Expr) -> exp.Expr:
    """COALESCE(part, FALSE): a leaf is true or false, never unknown."""
    return exp.Coalesce(this=part, expressions=[exp.false()])


def one_of(value: exp.Expr, items: Sequence[exp.Expr]) -> exp.Expr:
    """``value IN (items)``; FALSE for no item."""
    return exp.In(this=value, expressions=list(items)) if items else exp.false()


def select(*columns: exp.Expr) -> exp.Select:
    """A SELECT of these columns."""
    return exp.Select(expressions=list(columns))


def named(value: exp.Expr, name: str) -> exp.Expr:
    """``value AS name``."""
    return exp.alias_(value, name, copy=False)


def _joined(kind: type[exp.And] | type[exp.Or], parts: Sequence[exp.Expr]) -> exp.Expr | None:
    """A balanced tree: a long chain of ANDs would nest as deep as it is long."""
    if not parts:
        return None
    if len(parts) == 1:
        return exp.Paren(this=parts[0])
    middle = len(parts) // 2
    left, right = _joined(kind, parts[:middle]), _joined(kind, parts[middle:])
    return exp.Paren(this=kind(this=left, expression=right))


@lru_cache(maxsize=4096)
def _parsed(sql: str) -> exp.Expr:
    return sqlglot.parse_one(sql, dialect="duckdb")


@lru_cache(maxsize=256)
def _with_names(sql: str) -> str:
    """``?`` placeholders, strings and comments left alone, as ``:carnet0``, ``:carnet1``…"""
    parts: list[str] = []
    at = count = 0
    for token in DuckDB().tokenize(sql):
        if token.token_type.name == "PLACEHOLDER":
            parts.append(f"{sql[at : token.start]}:carnet{count}")
            at, count = token.end + 1, count + 1
    return "".join(parts) + sql[at:]
