"""The sizes beyond which a file is refused: each with its reason."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 300_000_000
"""A larger file does not come from a small business's tool; the screen's own limit sits just above."""

MAX_DISK_BYTES: Final = 2_000_000_000
"""Of a file read from the disk itself, by the command line or from the inbox."""

MAX_FORM_BYTES: Final = 60_000_000
"""A web page, XML, JSON or an address book is held whole while it is read."""

MAX_COLUMNS: Final = 1_000
"""Beyond this every later step (types, mapping, storage) is linear in columns and useless to a person."""

MAX_RECORD_BYTES: Final = 1_000_000
"""A longer record is an unclosed quote or no table at all; DuckDB itself stops at 2 MiB."""

MAX_CELLS: Final = 10_000_000
"""Largest extent (rows x columns) of a sheet that is parsed: one far cell makes readers allocate it all."""

MAX_INFLATED_BYTES: Final = 600 * 1024 * 1024
"""Largest sum of the inflated parts of a workbook (10M ordinary cells are about 500 MB of XML)."""

MAX_INFLATION: Final = 100
"""Largest inflated / stored ratio of a workbook; ordinary sheets stay under 30."""

WORKBOOK_MEMORY_BYTES: Final = 3 * 1024**3
"""Address space of the process that parses a workbook."""

WORKBOOK_SECONDS: Final = 180
"""Wall and processor time of the process that parses a workbook."""

SAMPLE_BYTES: Final = 1 << 18
"""What is looked at to decide encoding, dialect and header."""

BLOCK_BYTES: Final = 1 << 19
"""What is read at once: fits the processor's cache; an irregular record slows one block only."""
