"""What an operator says of a value: « est Lyon ou Paris », “is at least €200”, « remonte à plus de 60 jours
(…) ».

``phrase`` follows a field (« la ville est Lyon »); ``quantity`` follows a verb (« ont dépensé au moins 200 €
»)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.criteria.nodes import Other, Place
from segmentation.criteria.time_phrases import relative
from segmentation.i18n import Words

MOST_NAMED = 6
"""How many values of a list a sentence names before it counts them."""

_COMPARED = ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Saying:
    """The field a value belongs to, and how to say it; ``said`` says another field of the same rows by its
    code; ``event`` is the event that the value counts or measures."""

    catalogue: Catalogue
    w: Words
    field: Field
    said: Callable[[str], str]
    event: str | None = None

    def one(self, value: object) -> str:
        """A value as its field writes it: money, percentage, number with its unit, date, or text."""
        w, field = self.w, self.field
        if isinstance(value, Other):
            other = self.said(value.field)
            return (
                other if value.times == 1 else w("sentence.times", times=w.number(value.times), field=other)
            )
        if isinstance(value, date):
            return w.date(value)
        if field.kind == "number":
            return self._number(value)
        for key in (
            f"choice.{field.code}.{value}",
            f"rfm.{value}",
            f"consent.{value}",
            f"{field.code}.{value}",
        ):
            if value in field.choices and w.has(key):
                return w("sentence.quoted", text=w(key))
        return self.catalogue.named(str(value), w.language) if field.type == "country" else str(value)

    def _number(self, value: object) -> str:
        w, field = self.w, self.field
        if self.event is not None and field.code == "count":
            return w(f"sentence.noun.{self.event}", n=value)
        if field.type == "money":
            whole = float(str(value)).is_integer()
            return w.money(value, self.catalogue.currency, digits=0 if whole else 2)
        if field.type == "percent":
            return w.percent(value)
        unit = f"sentence.value.{field.code}"
        return w(unit, n=value) if w.has(unit) else w.number(value)

    def start(self, value: object) -> str:
        """The first end of a range: without the unit that its other end carries."""
        has_unit = self.w.has(f"sentence.value.{self.field.code}") or self.event is not None
        plain = has_unit and self.field.type not in ("money", "percent") and self.field.kind == "number"
        return self.w.number(value) if plain else self.one(value)

    def several(self, values: object, *, style: str = "or") -> str:
        """Values joined by « ou » (or « et »), counted when they are many."""
        texts = list(dict.fromkeys(self.one(value) for value in cast(Sequence[object], values)))
        if len(texts) > MOST_NAMED:
            shown = ", ".join(texts[: MOST_NAMED - 1])
            return self.w("sentence.many", shown=shown, n=len(texts) - MOST_NAMED + 1)
        return self.w.listing(texts, style=style)


def quantity(op: str, value: object, saying: Saying) -> str | None:
    """« au moins 200 € », « entre 2 et 5 commandes »; None for an operator that says no quantity."""
    if op in _COMPARED:
        counted = f"sentence.count.{op}"
        is_count = saying.event is not None and saying.field.code == "count"
        key = counted if is_count and saying.w.has(counted) else f"sentence.quantity.{op}"
        return saying.w(key, value=saying.one(value))
    if op == "between":
        low, high = cast(tuple[object, object], value)
        if low is None or high is None:
            return quantity("<=" if low is None else ">=", high if low is None else low, saying)
        return saying.w("sentence.quantity.between", low=saying.start(low), high=saying.one(high))
    return None


def phrase(op: str, value: object, saying: Saying) -> str:
    """What the operator says after the field."""
    return _SAID.get((saying.field.kind, op), _SAID.get(("", op), _simple))(op, value, saying)


def _key(op: str, saying: Saying) -> str:
    kind = "text" if saying.field.kind == "place" else saying.field.kind
    own = f"sentence.{kind}.{op}"
    return own if saying.w.has(own) else f"sentence.any.{op}"


def _simple(op: str, value: object, saying: Saying) -> str:
    return saying.w(_key(op, saying), value="" if value is None else saying.one(value))


def _listed(op: str, value: object, saying: Saying) -> str:
    values = cast(Sequence[object], value)
    if len(values) == 1:
        single = {"in": "is", "not_in": "is_not", "none_of": "none_of_one"}.get(op, op)
        return saying.w(_key(single, saying), value=saying.one(values[0]))
    if op in ("not_in", "none_of"):
        nor = saying.w("sentence.nor")
        texts = [saying.one(item) for item in values]
        return saying.w(
            _key(op, saying), value=saying.several(values) if len(texts) > MOST_NAMED else nor.join(texts)
        )
    return saying.w(
        _key(op, saying), value=saying.several(values, style="or" if op in ("in", "any_of") else "and")
    )


def _ranged(op: str, value: object, saying: Saying) -> str:
    low, high = cast(tuple[object, object], value)
    if low is None or high is None:
        key = f"{op}_to" if low is None else f"{op}_from"
        return saying.w(_key(key, saying), value=saying.one(high if low is None else low))
    return saying.w(_key(op, saying), low=saying.start(low), high=saying.one(high))


def _sized(op: str, value: object, saying: Saying) -> str:
    w = saying.w
    low, high = cast(tuple[int | None, int | None], value)
    if low == high:
        return w("sentence.list.size", n=low)
    if low is None or high is None:
        return w(
            "sentence.list.size_to" if low is None else "sentence.list.size_from",
            n=high if low is None else low,
        )
    return w("sentence.list.size_between", low=low, n=high)


def _percent(op: str, value: object, saying: Saying) -> str:
    return saying.w(f"sentence.number.{op}", value=saying.w.number(value))


def _boolean(_op: str, value: object, saying: Saying) -> str:
    return saying.w("sentence.boolean.true" if value else "sentence.boolean.false")


def _near(op: str, value: object, saying: Saying) -> str:
    place = cast(Place, value)
    return saying.w("sentence.place.within_km", km=saying.w.number(place.km), of=place.of)


def _months(_op: str, value: object, saying: Saying) -> str:
    names = [saying.w(f"month.{rank}") for rank in cast(tuple[int, ...], value)]
    return saying.w("sentence.date.month", value=saying.w.listing(names, style="or"))


def _weekdays(_op: str, value: object, saying: Saying) -> str:
    names = [saying.w(f"weekday.{rank}") for rank in cast(tuple[int, ...], value)]
    return saying.w("sentence.date.weekday", value=saying.w.listing(names, style="or"))


def _relative(op: str, value: object, saying: Saying) -> str:
    return relative(op, value, saying.catalogue, saying.w)


def _hours(_op: str, value: object, saying: Saying) -> str:
    start, end = cast(tuple[int, int], value)
    return saying.w("sentence.date.hours", low=start, high=end)


_SAID: dict[tuple[str, str], Callable[[str, object, Saying], str]] = {
    ("", "in"): _listed,
    ("", "not_in"): _listed,
    ("", "any_of"): _listed,
    ("", "all_of"): _listed,
    ("", "none_of"): _listed,
    ("", "exactly"): _listed,
    ("", "size"): _sized,
    ("", "between"): _ranged,
    ("", "not_between"): _ranged,
    ("", "top_percent"): _percent,
    ("", "bottom_percent"): _percent,
    ("boolean", "is"): _boolean,
    ("", "within_km"): _near,
    ("", "month"): _months,
    ("", "weekday"): _weekdays,
    ("", "hours"): _hours,
    **{
        ("date", op): _relative
        for op in (
            "last",
            "older_than",
            "ago_between",
            "next",
            "this",
            "previous",
            "following",
            "anniversary",
        )
    },
}
"""Operators whose value needs more than to be named; all others are said by ``_simple``."""
