"""Reading a file the way it was meant: bytes in, a table of text out, nothing lost silently."""

from segmentation.intake.read.file import read_file, sheets
from segmentation.intake.read.paste import read_pasted
from segmentation.intake.read.table import ReadOptions, RefusedRow, Table

__all__ = ["ReadOptions", "RefusedRow", "Table", "read_file", "read_pasted", "sheets"]
