"""The refused rows of a file as a workbook: its own columns, then why each row was refused."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from segmentation.i18n import Words
from segmentation.store.imports import Reject

_WIDEST = 32_767
"""Characters an Excel cell can hold."""


def refused_workbook(
    headers: Sequence[str], rejects: Iterable[Reject], w: Words, *, import_id: int | None = None
) -> bytes:
    """An .xlsx of refused rows: row in the file, the raw cells as text, the reason last.

    The sheet is named after ``import_id``: corrected, the file is known again (``workspace.again``).
    A row of which no cell was kept (``write``: nothing told what was masked or left out) says so.
    A cell never runs: everything is written as a string, formulas and links included.
    """
    memory = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(memory, options) as book:
        sheet = book.add_worksheet(" ".join(filter(None, (w("reject.sheet"), str(import_id or "")))))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        listed = list(rejects)
        width = max([len(headers), *(len(row.raw) for row in listed)])
        titles = [w("reject.row_number"), *headers, *[""] * (width - len(headers)), w("reject.reason")]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
        for line, row in enumerate(listed, 1):
            sheet.write_number(line, 0, row.row_number)
            for column, cell in enumerate(row.raw, 1):
                if cell:
                    sheet.write_string(line, column, _printable(cell))
            reasons = [w(row.reason), *([] if row.raw else [w("reject.unkept")])]
            sheet.write_string(line, width + 1, "\n".join(reasons), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, width, 18)
        sheet.set_column(width + 1, width + 1, 60)
        sheet.autofilter(0, 0, max(len(listed), 1), width + 1)
    return memory.getvalue()


def _printable(cell: str) -> str:
    return "".join(c for c in cell[:_WIDEST] if c >= " " or c in "\n\t")
