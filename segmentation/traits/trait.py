"""What a trait is: fields to ask, the SQL that computes them, and the data that lights it up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from segmentation.criteria.catalogue import Field
from segmentation.reference.countries import is_french, spellings
from segmentation.results import Value
from segmentation.store.settings import BASE_CURRENCY

AT_HOME: Final = f"coalesce(currency = {BASE_CURRENCY}, TRUE)"
"""SQL: an order is in the base's currency, as it is when it says none. One in another currency says nothing
of what is spent in this one.
"""


@dataclass(eq=False, slots=True)
class Sight:
    """What a computation may see: facts up to ``as_of`` (its whole day; None = all), and whom it is for.

    ``touched`` names a table with a ``contact_id`` column: only these contacts are computed. Values are
    collected in the order of the text, so each piece of SQL must be placed where it was asked for.
    """

    as_of: date | None = None
    touched: str | None = None
    values: list[Value] = field(default_factory=list)

    def seen(self, moment: str) -> str:
        """SQL: the fact at this timestamp is not after the as-of day."""
        if self.as_of is None:
            return "TRUE"
        self.values.append(datetime.combine(self.as_of + timedelta(days=1), time.min))
        return f"{moment} < ?"

    def concerned(self, contact: str = "contact_id") -> str:
        """SQL: the contact is one of those computed."""
        if self.touched is None:
            return f"{contact} IS NOT NULL"
        return f'{contact} IN (SELECT contact_id FROM "{self.touched}")'


@dataclass(frozen=True, slots=True)
class Step:
    """One aggregate by contact (a CTE): its name and its SQL for a sight; it has a ``contact_id`` column."""

    name: str
    sql: Callable[[Sight], str]


@dataclass(frozen=True, slots=True)
class LookUp:
    """A small table read beside each contact (a CTE): its name, its SQL for a sight, and what finds its row.

    ``on`` is SQL over the contact ``c`` and the look-ups before it; it finds one row at most.
    """

    name: str
    sql: Callable[[Sight], str]
    on: Callable[[], str]


@cache
def french_code() -> str:
    """SQL over a contact's row: its postal code in five figures, NULL when its country is said to be another
    than France."""
    french = ", ".join(text(name) for name, country in spellings().items() if is_french(country))
    figures = "replace(postal_code, ' ', '')"
    return (
        f"CASE WHEN length({figures}) = 5 AND coalesce(country__key, 'fr') IN ({french}) THEN {figures} END"
    )


def text(value: str) -> str:
    """``value`` of a reference table as an SQL text."""
    return "'" + value.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Trait:
    """One idea about contacts.

    ``needs``: the data of which any one gives it values, as "orders", "events" or "contacts.<field>".
    ``given``, ``steps``, ``look_ups`` and ``columns`` are its part of ``contact_features``. ``given``: SQL
    over a row of ``contacts`` alone, read as a column of ``c``; in a column's SQL ``c`` is the contact, each
    step and look-up has its own name as alias (absent rows are NULL). They are called for each statement.
    """

    code: str
    fields: tuple[Field, ...]
    needs: tuple[str, ...]
    given: Callable[[], dict[str, str]] = dict
    steps: tuple[Step, ...] = ()
    look_ups: tuple[LookUp, ...] = ()
    columns: Callable[[], dict[str, str]] = dict
