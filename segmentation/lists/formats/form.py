"""What a list format is: its name, its file, the channels it serves, how it writes the people of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from segmentation.audience.evaluator import Evaluator
from segmentation.i18n import Words
from segmentation.lists.about import About
from segmentation.lists.columns import ListColumn, list_columns, list_rows
from segmentation.results import Value
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class Content:
    """A list ready to be written: its people are the session's audience.

    ``columns`` are those chosen, in order.
    """

    session: Session
    evaluator: Evaluator
    columns: tuple[ListColumn, ...]
    about: About
    currency: str
    w: Words

    @property
    def channel(self) -> str:
        """The channel the list is for."""
        return self.about.found.channel

    def rows(self, columns: Sequence[ListColumn] | None = None) -> Iterator[tuple[Value, ...]]:
        """The values of each person, by ascending id, of the columns chosen or of these."""
        return list_rows(self.session, self.evaluator.catalogue, self.columns if columns is None else columns)

    def of(self, codes: Sequence[str]) -> tuple[ListColumn, ...]:
        """The columns of these fields."""
        return list_columns(self.evaluator.catalogue, codes, self.w)


@dataclass(frozen=True, slots=True)
class ListFormat:
    """``code`` names it in words (``list.format.<code>``, ``list.after.<code>``) and on the command line.

    ``write`` writes the file to a stream that stays open and gives back how many people are in it.
    """

    code: str
    suffix: str
    mime: str
    channels: tuple[str, ...]
    write: Callable[[BinaryIO, Content], int]
