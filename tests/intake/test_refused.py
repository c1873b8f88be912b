from __future__ import annotations

import io

import openpyxl
import pytest

from segmentation.i18n import words
from segmentation.intake.refused import refused_workbook
from segmentation.store.imports import Reject, read_rejects


@pytest.mark.parametrize("language", ["fr", "en"])
def test_refused_rows_come_back_with_the_reason_last(base, language: str) -> None:  # type: ignore[no-untyped-def]
    w = words(language)
    headers = {"Nom": "contacts.last_name", "Ville": "contacts.city"}
    report = base.load("contacts", headers, [["Roy", "Lyon"], ["", "Nulle part"]])
    rejects = read_rejects(base.database, report.import_id)
    book = openpyxl.load_workbook(io.BytesIO(refused_workbook(list(headers), rejects, w)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows == [
        [w("reject.row_number"), "Nom", "Ville", w("reject.reason")],
        [3, None, "Nulle part", w("reject.no_identity")],
    ]


def test_no_cell_runs_and_a_wider_record_keeps_its_reason_last() -> None:
    rejects = [Reject(7, "reject.width", ("=1+1", "http://x.example", "a\x01b"))]
    book = openpyxl.load_workbook(io.BytesIO(refused_workbook(["A"], rejects, words("fr"))))
    cells = list(book.active.iter_rows())[1]
    assert [cell.data_type for cell in cells] == ["n", "s", "s", "s", "s"]
    assert [cell.value for cell in cells][1:4] == ["=1+1", "http://x.example", "ab"]
    assert cells[1].hyperlink is None
    assert cells[4].value == words("fr")("reject.width")


def test_a_row_whose_cells_are_not_kept_says_why() -> None:
    w = words("fr")
    book = openpyxl.load_workbook(io.BytesIO(refused_workbook(["A"], [Reject(7, "reject.width", ())], w)))
    cells = [cell.value for cell in list(book.active.iter_rows())[1]]
    assert cells == [7, None, f"{w('reject.width')}\n{w('reject.unkept')}"]
