"""A column on its way through cleaning: where it comes from, what it becomes, what happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.clean import consent
from segmentation.intake.clean.context import Context

CONSENT_FIELDS = frozenset({*consent.OPT_IN, "optout", "email_bounced"})
"""Contact fields whose values are a consent, not a yes or no to keep."""

SEVERAL = frozenset({*CONSENT_FIELDS, "optout_date"})
"""Contact fields several columns of a file may speak of: each is read on its own, a refusal in any counts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column to clean: where it is staged, what it becomes, and what was asked for it.

    ``name`` is its name once clean: "entity.key", or "own.<n>" for the user's own column; a field of
    ``SEVERAL`` that an earlier column holds is "entity.key#<n>".
    """

    source: str
    header: str
    name: str
    type: str
    storage: str
    date_order: str | None = None
    decimal: str | None = None
    inverted: bool = False

    @property
    def key(self) -> str:
        """The field without its entity; the header of an own column."""
        return self.header if self.name.startswith("own.") else self.field.partition(".")[2]

    @property
    def field(self) -> str:
        """ "entity.key", whichever of the columns of that field it is; "own.<n>" for the user's own."""
        return self.name.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Repair:
    """What one rule changed in one column: how many cells, and the first of them before and after.

    ``examples`` are the first few different values: (row number in the file, before, after). They are shown
    once and never kept: a base must be able to forget a person.
    """

    rule: str
    field: str
    count: int
    before: str
    after: str
    examples: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """How many cells of a column could not be read as its type, with the first of them."""

    field: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A column's table of values: what joins it to the staged rows, and what happened to it.

    ``usual`` and ``usual_flag`` are the value and the flag of a cell that the table leaves out, as SQL over
    the cell ``{x}``; ``is_empty`` says that it leaves out all.
    """

    column: Column
    table: str
    by_row: bool
    by_country: bool
    repairs: tuple[Repair, ...]
    unread: Unread | None
    context: Context
    usual: str = "NULL"
    usual_flag: str = "NULL"
    is_empty: bool = False
