"""The rows below the header, checked and written to the normalised file, or refused with their reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from segmentation.intake.read.blocks import regular
from segmentation.intake.read.footer import TAIL, is_footer, is_total
from segmentation.intake.read.limits import MAX_RECORD_BYTES
from segmentation.intake.read.records import Dialect, Record, cells_of, grammar, split, written
from segmentation.intake.read.table import RefusedRow

_WAITING: Final = 4_096
"""How many rows wait at most before they are written together."""

_STARTS: Final = frozenset(bytes([code]) for code in b"\"' ,;\t|sgtmSGTM")
"""How a line of a total begins: looked at first, for it is quick."""
_MAYBE_TOTAL: Final = re.compile(rb"[\"' ,;\t|]*(?:sous[- ]|grand|sub|tot|somme|sum|moyenne)", re.I)


@dataclass(slots=True)
class RowWriter:
    """Writes rows of one width. ``accepted`` holds the widths that are right; short ones are padded.

    ``row`` is the row number, in the file, of the next record. Records at the very end wait in ``_tail``
    until it is known that they are not the file's footer.
    """

    out: BinaryIO
    dialect: Dialect
    width: int
    accepted: frozenset[int]
    row: int
    kept: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    _tail: list[tuple[int, bytes]] = field(default_factory=list)

    delimiter: bytes = field(init=False)
    mark: bytes = field(init=False)
    own: bool = field(init=False)
    """Delimiter and quote of the normalised file; whether they are the file's, hence lines copied."""

    def __post_init__(self) -> None:
        own = self.dialect.delimiter
        self.own = bool(own) and own != " " and self.dialect.escape is None
        self.delimiter = own.encode() if own and own != " " else b","
        self.mark = (self.dialect.quote or '"').encode()

    def feed(self, blocks: Iterable[bytes]) -> None:
        """Takes the whole text below the header."""
        rest = b""
        for block in blocks:
            rest = self._take(rest + block)
        for record in split(rest, self.dialect, final=True, widths=self.accepted):
            self._one(record)
        self._end()

    def _take(self, data: bytes) -> bytes:
        """Handles the complete records of ``data`` and gives back the unfinished rest."""
        if self.own and (self.dialect.quote or b'"' not in data):
            block = regular(data, delimiter=self.delimiter, mark=(self.dialect.quote or "").encode())
            if block is not None:
                self._many(block.records, block.widths, block.folded)
                return data[block.end :]
        end = 0
        for record in split(data, self.dialect, final=False, widths=self.accepted):
            self._one(record)
            end = record.end
        return data[end:]

    def _many(self, records: list[bytes], widths: list[int], folded: frozenset[int]) -> None:
        """Copies the regular records of a block and looks at the others one by one."""
        width, sizes = self.width, list(map(len, records))
        odd = {i for i, record in enumerate(records) if record[:1] in _STARTS and _MAYBE_TOTAL.match(record)}
        odd |= folded
        if widths.count(width) != len(widths):
            odd.update(index for index, found in enumerate(widths) if found != width)
        if sizes and (min(sizes) < 3 * width or max(sizes) > MAX_RECORD_BYTES):
            odd.update(i for i, size in enumerate(sizes) if size < 3 * width or size > MAX_RECORD_BYTES)
        start = 0
        empty = b" \t" + self.delimiter + self.mark
        for index in sorted(odd):
            if start < index:
                self._copy(records[start:index])
            start = index + 1
            if not records[index].strip(empty):
                self.row += 1
                continue
            for record in split(records[index], self.dialect, final=True, widths=self.accepted):
                self._one(record)
        self._copy(records[start:] if start else records)

    def _copy(self, lines: list[bytes]) -> None:
        """Writes lines that are right as they are; the last ones wait."""
        if not lines:
            return
        first, cut = self.row, self.delimiter
        self.row += len(lines)
        waiting = lines[-TAIL:]
        through = lines[: len(lines) - len(waiting)]
        self._flush(max(0, len(self._tail) + len(waiting) - TAIL))
        if through:
            self.out.write(b"".join([b"%d%b%b\n" % (n, cut, line) for n, line in enumerate(through, first)]))
            self.kept += len(through)
        self._tail.extend(enumerate(waiting, first + len(through)))

    def _flush(self, count: int) -> None:
        """Writes the first ``count`` waiting rows."""
        cut = self.delimiter
        self.out.write(b"".join([b"%d%b%b\n" % (number, cut, line) for number, line in self._tail[:count]]))
        self.kept += min(count, len(self._tail))
        del self._tail[:count]

    def _one(self, record: Record) -> None:
        """Keeps or refuses one record; a blank one only counts as a row number."""
        number, line = self.row, record.line
        self.row += 1
        if line is not None and self._plain(line, record.width):
            self._tail.append((number, line))
            if len(self._tail) >= _WAITING:
                self._flush(_WAITING - TAIL)
            return
        if record.blank:
            return
        cells = record.cells
        if len(cells) not in self.accepted:
            self._refuse(number, cells, "reject.quote" if record.stray else "reject.width")
        elif sum(map(len, cells)) > MAX_RECORD_BYTES:
            self._refuse(number, [cell[:200] for cell in cells], "reject.too_long")
        elif is_total(list(_texts(cells))):
            self._refuse(number, cells, "reject.footer")
        else:
            if record.stray:
                self.notes.add("read.stray_quote")
            filled = [*cells, *[b""] * (self.width - len(cells))]
            self._tail.append((number, written(filled, self.delimiter, self.mark)))
            if len(self._tail) >= _WAITING:
                self._flush(_WAITING - TAIL)

    def _plain(self, line: bytes, width: int) -> bool:
        """Whether a line is surely a row of the table, and written as the normalised file is."""
        return (
            width == self.width
            and 3 * width <= len(line) <= MAX_RECORD_BYTES
            and self.own
            and (self.dialect.quote is not None or self.mark not in line)
            and not _MAYBE_TOTAL.match(line)
        )

    def _refuse(self, number: int, cells: list[bytes], reason: str) -> None:
        self.refused.append(RefusedRow(number, _texts(cells), reason))

    def _end(self) -> None:
        """Refuses the footer among the waiting rows, from the last row up, and writes the others."""
        rules = grammar(Dialect(self.delimiter.decode(), self.mark.decode()))
        while self._tail:
            number, line = self._tail[-1]
            cells = cells_of(line, rules)
            if not is_footer(list(_texts(cells)), self.width):
                break
            self._refuse(number, cells, "reject.footer")
            self._tail.pop()
        self._flush(len(self._tail))
        self._signatures()
        self.refused.sort(key=lambda row: row.row_number)

    def _signatures(self) -> None:
        """Refused rows of another width after the last kept one that read like a signature are footers."""
        for index, row in enumerate(self.refused):
            if row.reason == "reject.width" and row.row_number > self.row - TAIL:
                cells = [*row.values, *[""] * max(0, 3 - len(row.values))]
                if is_footer(cells, 3) or is_total(cells):
                    self.refused[index] = RefusedRow(row.row_number, row.values, "reject.footer")


def _texts(cells: list[bytes]) -> tuple[str, ...]:
    return tuple(cell.decode("utf-8", "replace") for cell in cells)
