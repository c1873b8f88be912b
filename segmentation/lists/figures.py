"""The figures of a list: small tables, each with a chart that the spreadsheet draws from its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from segmentation.criteria.catalogue import Catalogue
from segmentation.i18n import Words
from segmentation.lists.safety import cell_text
from segmentation.lists.waterfall import Waterfall
from segmentation.results import Report, Value
from segmentation.traits.choices import choice_word

ACCENT = "#0F766E"
_HEIGHT = 16
"""Rows each block takes at least: its chart is that high."""


@dataclass(frozen=True, slots=True)
class Block:
    """A title, and lines of a label and a number of contacts; shares are of ``whole``, else of their sum."""

    title: str
    lines: Sequence[tuple[str, int]]
    whole: int | None = None


def figure_blocks(catalogue: Catalogue, pictures: Report, w: Words) -> tuple[Block, ...]:
    """The blocks of a report of breakdowns, in words, with those not shown and those not known."""
    blocks = []
    for code, chart in pictures.charts.items():
        known = catalogue.fields[code]
        labels, values, others, unknown = (
            chart.data[name] for name in ("labels", "values", "others", "unknown")
        )
        assert isinstance(labels, list) and isinstance(values, list)
        lines = [(_label(known, label, w), int(count)) for label, count in zip(labels, values, strict=True)]
        lines += [(w("list.figures.others"), int(str(others)))] if others else []
        lines += [(w("list.figures.unknown"), int(str(unknown)))] if unknown else []
        blocks.append(Block(known.label or w(f"field.{code}"), lines))
    return tuple(blocks)


def steps_block(found: Waterfall, w: Words) -> Block:
    """From the members to the list, as figures."""
    lines = [(w(f"list.step.{step.key}"), step.count) for step in found.steps]
    return Block(w("list.about.steps"), lines, found.members)


def _label(known: Any, label: Value, w: Words) -> str:
    if isinstance(label, tuple):
        low, high = (_end(end, w) for end in label)
        return low if low == high else f"{low} – {high}"
    if isinstance(label, bool):
        return w("value.yes" if label else "value.no")
    key = choice_word(known, str(label))
    return w(key) if key else str(label)


def _end(end: Value, w: Words) -> str:
    return w.date(end) if isinstance(end, date) else w.number(end)


def draw_figures(
    sheet: Any, book: Any, look: Callable[[str], Any], blocks: Sequence[Block], w: Words
) -> None:
    """Write the blocks one under the other, each chart at the right of its table."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 12)
    sheet.hide_gridlines(2)
    name, row = sheet.get_name().replace("'", "''"), 0
    for block in blocks:
        total = sum(count for _, count in block.lines) if block.whole is None else block.whole
        sheet.write_string(row, 0, cell_text(block.title), look("heading"))
        sheet.write_blank(row + 1, 0, None, look("header"))
        sheet.write_string(row + 1, 1, w("list.figures.contacts"), look("header"))
        sheet.write_string(row + 1, 2, w("list.figures.share"), look("header"))
        for place, (label, count) in enumerate(block.lines, start=row + 2):
            sheet.write_string(place, 0, cell_text(label), look("text"))
            sheet.write_number(place, 1, count, look("integer"))
            sheet.write_number(place, 2, count / total if total else 0, look("percent"))
        last = row + 1 + len(block.lines)
        chart = book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": f"='{name}'!$A${row + 1}",
                "categories": f"='{name}'!$A${row + 3}:$A${last + 1}",
                "values": f"='{name}'!$B${row + 3}:$B${last + 1}",
                "categories_data": [cell_text(label) for label, _ in block.lines],
                "values_data": [count for _, count in block.lines],
                "fill": {"color": ACCENT},
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        chart.set_title({"name": f"='{name}'!$A${row + 1}", "overlay": False, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 520, "height": 20 * (_HEIGHT - 1)})
        sheet.insert_chart(row, 4, chart)
        row += max(_HEIGHT, len(block.lines) + 3)
