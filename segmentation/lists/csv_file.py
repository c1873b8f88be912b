"""A list as CSV: ``;`` and UTF-8 with its mark, which French spreadsheets open at once; no cell can run.

Every cell is quoted. Dates are written 2026-11-22, moments 2026-11-22 14:05:00, lists joined by commas, yes
and no in words; numbers and E.164 phones stay plain.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from segmentation.i18n import Words
from segmentation.lists.safety import csv_text, plain_number
from segmentation.results import Value


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written. The default opens in a French spreadsheet; ``SCRIPT`` suits programs."""

    delimiter: str = ";"
    mark: bool = True
    decimal: str = ","
    yes: str = "oui"
    no: str = "non"
    end: str = "\r\n"


SCRIPT = Dialect(",", mark=False, decimal=".", yes="true", no="false", end="\n")


def write_csv(
    out: BinaryIO,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    dialect: Dialect = Dialect(),
) -> int:
    """Write the table; the number of rows below the header. ``out`` stays open."""
    text = io.TextIOWrapper(
        out, encoding="utf-8-sig" if dialect.mark else "utf-8", newline="", errors="replace"
    )
    say = _writer_of(dialect)
    writer = csv.writer(
        text, delimiter=dialect.delimiter, quoting=csv.QUOTE_ALL, lineterminator=dialect.end, doublequote=True
    )
    writer.writerow([csv_text(header) for header in headers])
    count = 0
    for row in rows:
        writer.writerow([csv_text(say(value)) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def dialect_of(w: Words) -> Dialect:
    """How a CSV for people is written in a language."""
    return Dialect(decimal="," if w.language == "fr" else ".", yes=w("value.yes"), no=w("value.no"))


def _writer_of(dialect: Dialect) -> Callable[[Value], str]:
    def say(value: Value) -> str:
        match value:
            case None:
                return ""
            case str():
                return value
            case bool():
                return dialect.yes if value else dialect.no
            case int() | float() | Decimal():
                return plain_number(value, dialect.decimal) if value == value else ""
            case datetime():
                return value.isoformat(sep=" ", timespec="seconds")
            case date():
                return value.isoformat()
            case list() | tuple():
                return ", ".join(say(one) for one in value)
        return str(value)

    return say
