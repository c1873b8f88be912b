"""A sensitive column can be masked: what is left is enough to work with, the rest is never stored.

A mask is a mapping's value, like a field: ``~last`` keeps the last four letters or figures (a bank account
is recognised by them), ``~filled`` only that something is written there. It applies to the staged text,
before anything reads it: cleaning, refused rows and examples only ever see what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from segmentation.store.session import Session

SIGN: Final = "~"
"""How a mask begins; alone, it is the mask its kind of data asks for."""

LAST: Final = "~last"
FILLED: Final = "~filled"

TYPES: Final[Mapping[str, str]] = MappingProxyType({LAST: "text", FILLED: "boolean"})
"""Each mask and the type of what is left."""

BY_KIND: Final[Mapping[str, str]] = MappingProxyType({"bank": LAST})
"""The mask of a kind of sensitive data; ``~filled`` for the others."""

_SHORT: Final = 8
"""Signs under which the last four would say too much."""

_LEFT: Final[Mapping[str, str]] = MappingProxyType(
    {
        LAST: "'…' || CASE WHEN length({bare}) >= " + str(_SHORT) + " THEN {bare}[-4:] ELSE '' END",
        FILLED: "'true'",
    }
)


class Asked(Protocol):
    """What masking needs of an import: its table's columns and what each becomes."""

    @property
    def mapping(self) -> Mapping[int, str | None]: ...


def is_mask(target: str | None) -> bool:
    """Whether a mapping's value is a mask."""
    return target in TYPES


def mask_of(target: str, sensitive: str) -> str:
    """The mask meant by ``~``, ``~last`` or ``~filled`` for a column of a kind of sensitive data."""
    return target if target in TYPES else BY_KIND.get(sensitive, FILLED)


def masked_header(header: str) -> str:
    """The name of what is left of a column."""
    return f"{header} (…)"


def mask_staged(session: Session, asked: Asked, columns: tuple[str, ...]) -> None:
    """Mask the columns of ``staged`` that ask for it; ``columns`` are their names there."""
    for index, target in asked.mapping.items():
        if target is not None and target in _LEFT:
            name = columns[index]
            bare = f"regexp_replace({name}, '[^\\pL\\pN]', '', 'g')"
            left = _LEFT[target].replace("{bare}", bare)
            session.sql(f"UPDATE staged SET {name} = {left} WHERE trim({name}) <> ''")
