"""The first filled sheet of Excel's XML of 2003, which many programs still write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from segmentation.errors import InputError
from segmentation.intake.read.limits import MAX_COLUMNS

_NAMESPACE: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"


def sheet_rows(text: str) -> list[list[str]]:
    """The rows of the first sheet with rows, all of one width; none when this is not such a workbook.

    A document type is refused (``error.read.xml``): it is how a small text grows without end.
    """
    rows = list(_rows(text))
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _rows(text: str) -> Iterator[list[str]]:
    if "<!DOCTYPE" in text[:4096] or "<!ENTITY" in text:
        raise InputError("error.read.xml")
    parser: XMLPullParser[Element] = XMLPullParser(events=("end",))
    written = 0
    try:
        for start in range(0, len(text), 1 << 16):
            parser.feed(text[start : start + (1 << 16)])
            for element in _ended(parser):
                if element.tag == f"{_NAMESPACE}Row":
                    written += 1
                    yield from _blank_before(element, written)
                    yield _cells(element)
                    element.clear()
                elif element.tag == f"{_NAMESPACE}Table" and written:
                    return
    except ParseError as error:
        raise InputError("error.read.xml") from error


def _ended(parser: XMLPullParser[Element]) -> Iterator[Element]:
    """The elements whose end has been read."""
    for event in parser.read_events():
        if isinstance(event[-1], Element):
            yield event[-1]


def _blank_before(row: Element, written: int) -> Iterator[list[str]]:
    """Rows that are skipped by number are blank; only their place counts, so one stands for all."""
    place = row.get(f"{_NAMESPACE}Index", "")
    if place.isdigit() and int(place) > written:
        yield [""]


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_NAMESPACE}Cell"):
        place = cell.get(f"{_NAMESPACE}Index", "")
        if place.isdigit() and len(cells) < int(place) - 1 < MAX_COLUMNS:
            cells.extend([""] * (int(place) - 1 - len(cells)))
        data = cell.find(f"{_NAMESPACE}Data")
        cells.append(_plain(data) if data is not None else "")
        merged = cell.get(f"{_NAMESPACE}MergeAcross", "")
        if merged.isdigit():
            cells.extend([""] * min(int(merged), MAX_COLUMNS))
    return cells


def _plain(data: Element) -> str:
    text = "".join(data.itertext())
    if data.get(f"{_NAMESPACE}Type") == "DateTime":
        return text.removesuffix(".000").replace("T00:00:00", "").replace("T", " ")
    if data.get(f"{_NAMESPACE}Type") == "Error":
        return ""
    return text
