"""What a rule knows of the column it cleans: its field, its type, and what was decided for the whole
column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """A column under cleaning.

    ``field`` is "entity.key", or "" for the user's own column; ``key`` its last part. ``date_order`` is dmy,
    mdy or ymd; ``decimal`` is "," or "."; both are decided on the whole column. ``country`` is an SQL
    expression giving the row's ISO 3166 code in upper case, '' when unknown, '??' when a word was given that
    no list knows. ``share`` says that a percentage column is written 0-100, ``french`` that a column's
    postal codes without a country are French, ``tongue`` in which language its countries or titles are
    written ("fr", "en"; the file's until the column tells), ``home`` the country of a file whose columns do
    not say it ('' = France).
    """

    field: str
    type: str
    date_order: str = "dmy"
    decimal: str = "."
    country: str = "''"
    timezone: str = "Europe/Paris"
    today: date = date.max
    share: bool = False
    french: bool = False
    tongue: str = "fr"
    home: str = ""

    @property
    def key(self) -> str:
        """The field without its entity."""
        return self.field.rpartition(".")[2]


def literal(text: str) -> str:
    """``text`` as an SQL string: only for the program's own constants, never for a value of the user."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """The program's own words as the inside of an SQL ``IN (…)``."""
    return ", ".join(literal(text) for text in sorted(set(texts)))


def written(cell: str) -> str:
    """SQL: whether anything but spaces is written in a staged cell; only one that begins with a space, or a
    sign before it, is looked at as a whole.
    """
    return f"({cell} >= '!' OR trim({cell}) <> '')"
