"""What can be asked of one base at one date: fields, events, the relations that hold them, saved segments.

Only what the catalogue names can be asked. SQL texts here come from the program, never from a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from segmentation.criteria.fields import kind_of
from segmentation.criteria.fold import fold_text
from segmentation.criteria.segment import Segment
from segmentation.results import Statement

Near = Callable[[str, float], Iterable[tuple[str, str]]]
"""(postal code such as "69003" or "BE-1000", km) → (country code, postal code) pairs whose centre is at most
km away, the code itself included; empty when the code is unknown."""

Spellings = Callable[[str], Iterable[str]]
"""Country code → every folded way of writing that country, as contact files hold it."""

Named = Callable[[str, str], str]
"""(a country as it is kept, a language) → its name there; a text that is no country, as it is."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be asked.

    ``expression`` is SQL over its relation aliased ``r``; ``:as_of`` in it is the as-of DATE.
    ``key`` is the SQL of the folded text (text and list fields). ``label`` is a user column's own words;
    without it the words are those of ``field.<code>``. ``choices`` lists the values of a closed field.
    """

    code: str
    type: str
    family: str
    relation: str
    expression: str
    key: str | None = None
    label: str | None = None
    entity: str = "contacts"
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The family of operators it takes: text, place, number, date, list or boolean."""
        return kind_of(self.type)


@dataclass(frozen=True, slots=True)
class EventSource:
    """A kind of event: dated rows of ``relation`` that belong to a contact (column ``contact_id``).

    ``moment``, ``counted``, ``summed``, ``identity`` and ``link`` are SQL over the relation aliased ``r``:
    its timestamp; which rows count; which rows sum; what tells rows apart; what ties lines to their parent.
    ``parent`` is the code of the event whose rows hold these (order_line → order).
    ``pick`` keeps one counted row per contact, "first" or "last".
    ``amount`` is the field measured when a measure names none.
    """

    code: str
    relation: str
    moment: str
    counted: str
    summed: str
    fields: Mapping[str, Field]
    parent: str | None = None
    identity: str = "r.event_key"
    link: str | None = None
    pick: str | None = None
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Where rows are: the stored table of that name, or (``statement``) a query made for the as-of date."""

    name: str
    statement: Callable[[date], Statement] | None = None


def _none() -> Mapping[str, Segment]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything a criterion may name, at one version of the base and one as-of date.

    A relation that is not listed is the stored table of that name. ``country`` codes the contacts' postal
    codes are read in when their own country is unknown.
    """

    fields: Mapping[str, Field]
    events: Mapping[str, EventSource]
    as_of: date
    relations: Mapping[str, Relation] = field(default_factory=dict)
    segments: Mapping[str, Segment] = field(default_factory=_none)
    segment_names: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    first_day_of_week: int = 1
    currency: str = "EUR"
    country: str = "FR"
    near: Near | None = None
    spellings: Spellings = lambda code: (fold_text(code),)
    named: Named = lambda kept, language: kept

    def children(self, event: str) -> tuple[EventSource, ...]:
        """The events whose rows belong to a row of ``event`` (an order's lines)."""
        family = self.events[event]
        named = {event, "order"} if family.relation == "orders" else {event}
        return tuple(source for source in self.events.values() if source.parent in named)

    def event_field(self, event: str, code: str) -> Field | None:
        """A field asked of an event: its own, else its lines', else its parent's."""
        source = self.events[event]
        if code in source.fields:
            return source.fields[code]
        for child in self.children(event):
            if code in child.fields:
                return child.fields[code]
        parent = self.events.get(source.parent or "")
        return parent.fields.get(code) if parent else None
