"""Contacts side by side: every value they have, the one a merge would keep and why, and another choice.

A telephone is too narrow for two sides: there, what differs is read one value under the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import cached
from pages.parts.contacts.values import label, said
from pages.parts.table import table
from pages.parts.text import escape, plain
from segmentation.i18n import Words
from segmentation.results import Column, Sheet, Value

_PLACES = {"only": 1, "same": 2}
"""What differs is read first."""
MOST = 260
"""Pixels of a value, at most."""
NARROW = 640
"""Pixels of a window up to which the table gives way to the list."""


def _hidden(list_or_table: str, when: str) -> str:
    own = f'[class*="st-key-twins_{list_or_table}_"]'
    return f"@media ({when}) {{ {own}, [data-testid='stLayoutWrapper']:has(> {own}) {{ display: none }} }}"


STYLE = (
    f"<style>{_hidden('wide', f'max-width: {NARROW}px')}"
    f"{_hidden('narrow', f'min-width: {NARROW + 1}px')}</style>"
)


def compare(ids: tuple[int, ...], w: Words) -> dict[str, int]:
    """Draw them; the values chosen over those proposed, field → whose. Raises CarnetError."""
    found = cached.report("merge_preview", ids=ids).sheets["values"].rows
    key = "_".join(map(str, ids))
    chosen = _choices(found, ids, key, w)
    rows: list[tuple[Value, ...]] = []
    for field, *values, kept, reason, value in sorted(found, key=lambda row: _PLACES.get(str(row[-2]), 0)):
        each = [plain(said(str(field), one, w)) if one is not None else "" for one in values]
        whose = chosen.get(str(field), kept)
        kept_text = plain(said(str(field), value, w)) if value is not None else ""
        stays = each[ids.index(int(str(whose)))] if str(field) in chosen else kept_text
        why = "chosen" if str(field) in chosen and whose != kept else str(reason)
        rows.append((label(str(field), w), *each, stays, w(f"page.quality.reason.{why}")))
    columns = (
        Column("field", "report.quality.field"),
        *(Column(f"c{one}", w("page.quality.contact_no", number=w.number(one)), literal=True) for one in ids),
        Column("stays", "page.quality.stays"),
        Column("why", "page.quality.why"),
    )
    st.html(STYLE)
    with st.container(key=f"twins_wide_{key}"):
        table(
            Sheet("twins", columns, rows),
            w,
            key=f"quality_twins_{key}",
            alt=w("page.quality.table_alt"),
            widths={"field": 130, "why": 140} | _widths(columns[1:-1], [row[1:-1] for row in rows]),
            height=280 if len(rows) > 7 else "content",
        )
    with st.container(key=f"twins_narrow_{key}"):
        st.markdown(listed(columns[1:-1], rows, w))
    return chosen


def listed(columns: Sequence[Column], rows: Sequence[Sequence[Value]], w: Words) -> str:
    """What differs, field by field, one value under the other and why the last one stays; Markdown."""
    parts = []
    for field, *values, why in rows:
        if len(set(values)) > 1:
            named = zip((c.label if c.literal else w(c.label) for c in columns), values, strict=True)
            said = [f"- {name}\u00a0: {escape(value) if value else '–'}" for name, value in named]
            parts.append("\n".join([f"**{escape(field)}**\n", *said]) + f" ({why})")
    return "\n\n".join(parts)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> dict[str, int]:
    """Room for the longest value of each: addresses nearly alike differ in one letter, which must be seen."""
    longest = (max(len(str(value)) for value in values) for values in zip(*rows, strict=True))
    return {
        column.key: min(max(110, 7 * letters + 20), MOST)
        for column, letters in zip(columns, longest, strict=True)
    }


def _choices(found: Sequence[Sequence[Value]], ids: tuple[int, ...], key: str, w: Words) -> dict[str, int]:
    """Other values than those proposed, field by field, where the contacts differ."""
    differing = [row for row in found if row[-2] not in ("only", "same", "both", "sum", "orders")]
    if not differing:
        return {}
    chosen: dict[str, int] = {}
    with st.popover(w("page.quality.choose"), icon=":material/tune:"):
        for field, *values, kept, _reason, _value in differing:
            options = [one for one, value in zip(ids, values, strict=True) if value is not None]
            texts = {one: said(str(field), v, w) for one, v in zip(ids, values, strict=True) if v is not None}
            picked = st.radio(
                label(str(field), w),
                options,
                index=options.index(int(str(kept))),
                format_func=lambda one, texts=texts: plain(texts[one]),  # type: ignore[misc]
                key=f"quality_choice_{key}_{field}",
            )
            if picked is not None and picked != kept:
                chosen[str(field)] = int(picked)
    return chosen
