"""A CSV for people: the columns chosen, as a spreadsheet of their language opens it."""

from __future__ import annotations

from typing import BinaryIO

from segmentation.lists.csv_file import dialect_of, write_csv
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.waterfall import NO_CHANNEL
from segmentation.traits.consent import CHANNELS


def write(out: BinaryIO, content: Content) -> int:
    """Write the file."""
    headers = [column.header for column in content.columns]
    return write_csv(out, headers, content.rows(), dialect=dialect_of(content.w))


CSV = ListFormat("csv", "csv", "text/csv", (*CHANNELS, NO_CHANNEL), write)
