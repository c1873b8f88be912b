"""The rows a tree speaks of, and the joins its leaves need: contacts, or the rows of one event.

Anything that is not a column of the row itself (a line of an order, a measure of events, a ranking, a
segment) is a LEFT JOIN on a distinct identity that carries a flag, so that no row repeats and nothing is NOT
IN."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.frame import Frame, aliased, column, named, select, sure
from segmentation.criteria.operand import Operand
from segmentation.errors import CriterionError


@dataclass(eq=False, slots=True)
class Joined:
    """What contact and event scopes share: rows under an alias, and what is joined to them."""

    frame: Frame
    alias: str
    joins: list[exp.Join] = field(default_factory=list)

    def flag(self, members: exp.Select, on: exp.Expr) -> exp.Expr:
        """Whether ``on`` is among ``members`` (one column named ``id``), as TRUE or FALSE."""
        alias, inner = self.frame.alias(), self.frame.alias()
        distinct = select(column(inner, "id"), named(exp.true(), "inside")).from_(
            aliased(members, inner), copy=False
        )
        distinct.set("distinct", exp.Distinct())
        self.join(aliased(distinct, alias), exp.EQ(this=column(alias, "id"), expression=on))
        return sure(column(alias, "inside"))

    def join(self, rows: exp.Expr, on: exp.Expr) -> None:
        """LEFT JOIN rows that match at most once."""
        self.joins.append(exp.Join(this=rows, side="LEFT", on=on))

    def query(self, rows: exp.Expr, where: exp.Expr, *columns: exp.Expr) -> exp.Select:
        """SELECT columns FROM rows, with the joins asked so far, WHERE."""
        query = select(*columns)
        query.set("from_", exp.From(this=rows))
        query.set("joins", list(self.joins))
        query.set("where", exp.Where(this=where))
        return query


@dataclass(eq=False, slots=True)
class ContactScope(Joined):
    """One row per contact: ``relation`` under the scope's alias, other relations joined once each."""

    relation: str = "contacts"
    relations: dict[str, str] = field(default_factory=dict)

    def contact(self) -> exp.Column:
        """The contact id of the row."""
        return column(self.alias, "contact_id")

    def rows(self) -> exp.Expr:
        """The relation the scope starts from."""
        return self.frame.rows(self.relation, self.alias)

    def known(self, code: str, path: str) -> Field:
        """The catalogue's field, or ``error.criterion.unknown_field``."""
        found = self.frame.catalogue.fields.get(code)
        if found is None:
            raise CriterionError("error.criterion.unknown_field", path=path, field=code)
        return found

    def operand(self, code: str, path: str) -> Operand:
        """A contact's field, its relation joined when it is another one."""
        found = self.known(code, path)
        return Operand(self, found, self._alias_of(found.relation), path=path)

    def _alias_of(self, relation: str) -> str:
        if relation == self.relation:
            return self.alias
        if relation not in self.relations:
            alias = self.frame.alias()
            same = exp.EQ(this=column(alias, "contact_id"), expression=self.contact())
            self.join(self.frame.rows(relation, alias), same)
            self.relations[relation] = alias
        return self.relations[relation]


@dataclass(eq=False, slots=True)
class EventScope(Joined):
    """One row per event of a source; its parent (a line's order) joined when asked."""

    source: EventSource | None = None
    parent_alias: str | None = None

    def known(self, code: str, path: str) -> Field:
        """The event's own field, its lines' or its parent's, or ``error.criterion.unknown_field``."""
        assert self.source is not None
        found = self.frame.catalogue.event_field(self.source.code, code)
        if found is None:
            raise CriterionError(
                "error.criterion.unknown_field", path=path, field=code, event=self.source.code
            )
        return found

    def child_of(self, code: str) -> EventSource | None:
        """The lines that hold the field, when it is neither the event's own nor its parent's."""
        assert self.source is not None
        if code in self.source.fields:
            return None
        children = self.frame.catalogue.children(self.source.code)
        return next((child for child in children if code in child.fields), None)

    def operand(self, code: str, path: str) -> Operand:
        """A field of the event's row or of its parent's; a line's field is no value of its order."""
        assert self.source is not None
        found = self.known(code, path)
        if self.child_of(code) is not None:
            raise CriterionError(
                "error.criterion.unknown_field", path=path, field=code, event=self.source.code
            )
        own = code in self.source.fields
        return Operand(self, found, self.alias if own else self._parent(), path=path)

    def _parent(self) -> str:
        assert self.source is not None and self.source.parent is not None
        if self.parent_alias is None:
            parent = self.frame.catalogue.events[self.source.parent]
            alias = self.frame.alias()
            theirs = self.frame.read(parent.link or parent.identity, alias)
            mine = self.frame.read(self.source.link or "", self.alias)
            self.join(self.frame.rows(parent.relation, alias), exp.EQ(this=theirs, expression=mine))
            self.parent_alias = alias
        return self.parent_alias
