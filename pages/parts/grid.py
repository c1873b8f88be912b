"""The one adapter of AgGrid: a page of rows, formatted here, sorted by the database, chosen by id.

The grid receives text and ids only, and sends back ids and the sort asked for: never the rows.
Its JavaScript is constant; no word of the user enters it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import phonenumbers
from st_aggrid import AgGrid, DataReturnMode, JsCode

from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.reference.countries import shown
from segmentation.results import Column, Sheet

PAGE = 100
"""Rows of one page; more would slow the browser down."""

ROW = 34
"""Height of a row, in pixels, header included."""

LETTER, AROUND = 8, 34
"""Pixels of a letter of a heading, and around it: a heading goes on two lines, never cut inside a word."""

_ID = JsCode("function(p){return String(p.data.id)}")
_KEEP_ORDER = JsCode("function(){return 0}")
_ENTER_OPENS = JsCode("function(p){if(p.event.key==='Enter')p.event.target.click()}")
_COLLECT = JsCode(
    "function({streamlitRerunEventTriggerName,eventData}){const a=eventData.api;return {"
    "sort:a.getColumnState().filter(c=>c.sort).sort((x,y)=>x.sortIndex-y.sortIndex)"
    ".map(c=>({column:c.colId,descending:c.sort==='desc'})),"
    "opened:streamlitRerunEventTriggerName==='cellClicked'&&eventData.colDef&&eventData.colDef.field"
    "?eventData.data.id:null,"
    "ids:a.getSelectedNodes().map(n=>n.data.id)};}"
)

_WIDTHS = MappingProxyType({"email": 220, "phone": 150, "url": 180, "address": 180})
"""Least width of a column in pixels, by type: what is cut in the middle cannot be read."""
_NUMERIC = frozenset({"integer", "number", "money", "percent"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader did: the ids of the chosen rows, the sort asked for as (column key, descending), the id
    of the row just clicked. ``heard`` is False as long as the reader has done nothing."""

    ids: tuple[str, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    opened: str | None = None
    heard: bool = False


def grid(
    sheet: Sheet,
    ids: Sequence[object],
    w: Words,
    *,
    key: str,
    select: str = "none",
    height: int = 420,
    currency: str = "EUR",
    sort: tuple[str, bool] | None = None,
    opens: bool = False,
) -> Answer:
    """Show one page of ``sheet`` (at most ``PAGE`` rows; ``ids`` names each row).

    ``select`` is "none", "single" or "multiple". The answer's sort is for the next query; ``sort`` is the one
    the rows are in, marked on its column. With ``opens``, a click or Enter on a row is told.
    From the keyboard, Tab walks all the cells: what a screen offers beside a grid stands before it.
    """
    names = [f"c{position}" for position in range(len(sheet.columns))]
    frame = pd.DataFrame(
        [
            [str(row_id), *cells(sheet.columns, row, w, currency)]
            for row_id, row in zip(ids, sheet.rows[:PAGE], strict=False)
        ],
        columns=["id", *names],
        dtype=object,
    )
    options: dict[str, Any] = {
        "columnDefs": [
            {"field": "id", "hide": True},
            *(_definition(name, column, w, sort) for name, column in zip(names, sheet.columns, strict=True)),
        ],
        "defaultColDef": {
            "comparator": _KEEP_ORDER,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
        },
        "getRowId": _ID,
        "localeText": {"noRowsToShow": w("grid.empty")},
        "suppressFieldDotNotation": True,
        "suppressCellFocus": False,
    }
    if opens:
        options["onCellKeyDown"] = _ENTER_OPENS
    if select != "none":
        options["rowSelection"] = {
            "mode": "multiRow" if select == "multiple" else "singleRow",
            "checkboxes": True,
        }
    answer = AgGrid(
        frame,
        gridOptions=options,
        height=min(height, ROW * (len(frame) + 2)) if len(frame) else ROW * 4,
        key=key,
        theme="streamlit",
        allow_unsafe_jscode=True,
        enable_enterprise_modules=False,
        data_return_mode=DataReturnMode.CUSTOM,
        custom_jscode_for_grid_return=_COLLECT,
        update_on=["selectionChanged", "sortChanged", *(["cellClicked"] if opens else [])],
        server_sync_strategy="server_wins",
        show_toolbar=False,
        show_search=False,
        show_download_button=False,
    )
    return _answer(getattr(answer, "raw_data", None), dict(zip(names, sheet.columns, strict=True)))


def cells(columns: Sequence[Column], row: Sequence[object], w: Words, currency: str = "EUR") -> list[str]:
    """One row as the reader sees it, by the type of each column."""
    return [
        "" if value is None else plain(WRITERS.get(column.type, _text)(value, w, currency), longest=200)
        for column, value in zip(columns, row, strict=True)
    ]


def _text(value: Any, w: Words, _currency: str) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


WRITERS: Mapping[str, Callable[[Any, Words, str], str]] = MappingProxyType(
    {
        "integer": lambda value, w, _: w.number(value, digits=0),
        "number": lambda value, w, _: w.number(value),
        "money": lambda value, w, currency: w.money(value, currency),
        "percent": lambda value, w, _: w.percent(value),
        "date": lambda value, w, _: w.date(value),
        "datetime": lambda value, w, _: w.moment(value),
        "boolean": lambda value, w, _: w("value.yes" if value else "value.no"),
        "phone": lambda value, w, _: spaced(str(value)),
        "country": lambda value, w, _: shown(str(value), w.language),
    }
)
"""Type of a column → how its values are written; any other type is text."""


def spaced(number: str) -> str:
    """A number kept as +33639981649, spaced as people read it; any other text as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _definition(name: str, column: Column, w: Words, sort: tuple[str, bool] | None) -> dict[str, Any]:
    title = plain(column.label if column.literal else w(column.label))
    word = max(map(len, title.split()), default=0)
    return {
        "field": name,
        "headerName": title,
        "type": "rightAligned" if column.type in _NUMERIC else None,
        "initialSort": ("desc" if sort[1] else "asc") if sort and sort[0] == column.key else None,
        "minWidth": max(_WIDTHS.get(column.type, 110), LETTER * word + AROUND),
        "flex": 1,
    }


def _answer(raw: object, columns: Mapping[str, Column]) -> Answer:
    if not isinstance(raw, dict):
        return Answer()
    sort = tuple(
        (columns[part["column"]].key, bool(part.get("descending")))
        for part in raw.get("sort") or ()
        if part.get("column") in columns
    )
    opened = raw.get("opened")
    return Answer(
        tuple(map(str, raw.get("ids") or ())), sort, None if opened is None else str(opened), heard=True
    )
