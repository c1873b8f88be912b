"""The largest table of a web page, as many programs write one and name it .xls."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

_MOST_SPAN: Final = 1_000
"""A cell that claims to cover more rows or columns than this covers one."""

_BREAKS: Final = frozenset(("br", "p", "div", "li"))
_HIDDEN: Final = frozenset(("script", "style", "template", "title"))


def largest_table(text: str) -> Sequence[Sequence[str]]:
    """The rows of the table with most filled cells; none when no table has two rows. Nested tables apart.

    A cell over several columns or rows is said once, at its top left corner, and leaves the others empty.
    """
    page = _Page()
    page.feed(text)
    page.close()
    table: list[list[str]] = max((found for found in page.tables if len(found) > 1), key=_weight, default=[])
    width = max(map(len, table), default=0)
    return [[*row, *[""] * (width - len(row))] for row in table]


def _weight(table: Sequence[Sequence[str]]) -> int:
    return sum(1 for row in table for cell in row if cell)


class _Page(HTMLParser):
    """Collects the tables of a page while it is read; scripts and styles are never text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[_Grid] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._open.append(_Grid())
            self.tables.append(self._open[-1].rows)
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].row()
        elif tag in ("td", "th"):
            said = dict(attrs)
            self._open[-1].cell(_span(said.get("colspan")), _span(said.get("rowspan")))
        elif tag in _BREAKS:
            self._open[-1].text(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif self._open and tag in ("td", "th"):
            self._open[-1].end()
        elif self._open and tag == "table":
            self._open.pop().end()

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].text(data)


class _Grid:
    """One table being read: its rows so far, and the columns that cells of rows above still cover."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._above: frozenset[int] = frozenset()
        self._below: dict[int, int] = {}
        self._at: int | None = None

    def row(self) -> None:
        """A new row begins."""
        self.end()
        self._skip()
        self._above = frozenset(self._below)
        self._below = {column: left - 1 for column, left in self._below.items() if left > 1}
        self.rows.append([])

    def cell(self, columns: int, rows: int) -> None:
        """A new cell begins; it covers so many columns and rows."""
        self.end()
        if not self.rows:
            self.rows.append([])
        self._skip()
        self._at = len(self.rows[-1])
        self.rows[-1].extend([""] * columns)
        if rows > 1:
            self._below |= dict.fromkeys(range(self._at, self._at + columns), rows - 1)

    def text(self, data: str) -> None:
        """Text of the cell that is open; text between cells means nothing."""
        if self._at is not None:
            self.rows[-1][self._at] += data

    def end(self) -> None:
        """The cell is over: its text is set on one line."""
        if self._at is not None:
            self.rows[-1][self._at] = " ".join(self.rows[-1][self._at].split())
        self._at = None

    def _skip(self) -> None:
        while self.rows and len(self.rows[-1]) in self._above:
            self.rows[-1].append("")


def _span(said: str | None) -> int:
    number = int(said) if said and said.isascii() and said.isdigit() and len(said) < 5 else 1
    return number if 1 <= number <= _MOST_SPAN else 1
