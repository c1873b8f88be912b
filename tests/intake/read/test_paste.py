"""Rows pasted from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import InputError
from segmentation.intake.read import read_pasted


def test_rows_copied_from_a_spreadsheet(tmp_path: Path) -> None:
    found = read_pasted('Nom\tVille\tNote\nZoé\tLyon\t"a\nb"\nJean\tNice\t12,5\n', workdir=tmp_path)
    assert (found.format, found.delimiter, found.encoding) == ("paste", "\t", None)
    assert found.sample(2) == [["Zoé", "Lyon", "a\nb"], ["Jean", "Nice", "12,5"]]


def test_a_pasted_column_of_addresses(tmp_path: Path) -> None:
    found = read_pasted("a@x.fr\nb@x.fr\n", workdir=tmp_path)
    assert (found.headers, found.header_row, found.rows_read) == (("A",), 0, 2)


def test_nothing_pasted_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"error\.read\.empty_paste"):
        read_pasted(" \n", workdir=tmp_path)
