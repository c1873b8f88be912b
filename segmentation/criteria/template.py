"""What a ready-made segment is: a criterion whose blanks the base's own values fill, and what it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Json = Mapping[str, object]
Needs = tuple[tuple[str, ...], ...]


_BOUGHT = frozenset(
    {
        "orders_count",
        "total_spent",
        "average_basket",
        "m_score",
        "first_purchase_date",
        "last_purchase_date",
    }
)
_READ = frozenset({"emails_sent", "last_open_date", "last_click_date"})
"""Fields that a file of orders, or an export of an e-mail tool, brings."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A value to take from the base: the commonest of a field (``event.field`` for an event's), or one of
    ``large_order`` (the amount nine orders in ten stay under), ``basket_low`` and ``basket_high`` (the middle
    fifth of average baskets) and ``long_gap`` (twice the usual days between two orders of a customer)."""

    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """One ready-made segment. ``needs`` lists what the base must hold, each need as its alternatives: the
    code of a field with data, or ``event:<code>`` for an event that took place. ``least``: with fewer people
    it serves no purpose; ``silent``: they are people one does not write to."""

    code: str
    aim: str
    criterion: Json
    needs: Needs
    least: int = 1
    silent: bool = False


def filled(template: Template, usual: Mapping[str, object]) -> dict[str, object]:
    """The criterion with the base's own values in place; KeyError when one is not known."""
    found = _filled(template.criterion, usual)
    assert isinstance(found, dict)
    return found


def _filled(part: object, usual: Mapping[str, object]) -> object:
    if isinstance(part, Usual):
        return usual[part.name]
    if isinstance(part, Mapping):
        return {name: _filled(value, usual) for name, value in part.items()}
    return [_filled(item, usual) for item in part] if isinstance(part, (list, tuple)) else part


def lacking(template: Template, present: Collection[str]) -> Needs:
    """The needs that the base does not meet, each with its alternatives; empty when it can be asked."""
    return tuple(either for either in template.needs if not any(one in present for one in either))


def source(need: str) -> str:
    """The file that brings what a need names: ``orders``, ``emails``, ``events`` or ``contacts``."""
    if need in _BOUGHT or need in ("event:order", "order.channel"):
        return "orders"
    if need in _READ or need.startswith("event:email_"):
        return "emails"
    return "events" if need.startswith("event:") else "contacts"


def usuals(template: Template) -> tuple[str, ...]:
    """The names of the base's own values that a template takes."""

    def inside(part: object) -> tuple[str, ...]:
        if isinstance(part, Usual):
            return (part.name,)
        parts = (
            part.values() if isinstance(part, Mapping) else part if isinstance(part, (list, tuple)) else ()
        )
        return tuple(name for item in parts for name in inside(item))

    return inside(template.criterion)
