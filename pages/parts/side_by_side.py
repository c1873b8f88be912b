"""Contacts side by side: every value they have, the one a merge would keep and why, and another choice.

A telephone is too narrow for two sides: there, what differs is read one value under the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import cached
from pages.parts.contacts.values import label, said
from pages.parts.text import escape, plain
from segmentation.i18n import Words
from segmentation.results import Column, Value

_PLACES = {"only": 1, "same": 2}
"""What differs is read first."""
LONGEST = 200
"""Letters of a value."""
TALL, MANY = 280, 7
"""Pixels of a table of more rows than so many, which scrolls."""
NARROW = 640
"""Pixels of a window up to which the table gives way to the list."""


def _hidden(list_or_table: str, when: str) -> str:
    own = f'[class*="st-key-twins_{list_or_table}_"]'
    return f"@media ({when}) {{ {own}, [data-testid='stLayoutWrapper']:has(> {own}) {{ display: none }} }}"


_OWN = '[class*="st-key-twins_wide_"]'
_VALUES = (
    f"{_OWN} :is(td, th) {{ font-size: 0.875rem; line-height: 1.35; padding-inline: 0.5rem }}"
    f"{_OWN} td:is(:first-child, :last-child) {{ min-width: 6rem }}"
    f"{_OWN} td:not(:first-child, :last-child) {{ overflow-wrap: anywhere }}"
)
"""Addresses nearly alike differ in one letter, which must be seen: a long one goes on two lines, and what is
kept of it, and why, stays in sight."""
STYLE = (
    f"<style>{_VALUES}{_hidden('wide', f'max-width: {NARROW}px')}"
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
    with st.container(key=f"twins_wide_{key}", height=TALL if len(rows) > MANY else "content", border=False):
        st.markdown(abreast(columns, rows, w))
    with st.container(key=f"twins_narrow_{key}"):
        st.markdown(listed(columns[1:-1], rows, w))
    return chosen


def abreast(columns: Sequence[Column], rows: Sequence[Sequence[Value]], w: Words) -> str:
    """Every field, its values side by side, the one that stays and why; a Markdown table."""
    heads = [c.label if c.literal else w(c.label) for c in columns]
    lines = [[escape(cell, longest=LONGEST) if cell else "–" for cell in row] for row in (heads, *rows)]
    lines.insert(1, ["---"] * len(columns))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def listed(columns: Sequence[Column], rows: Sequence[Sequence[Value]], w: Words) -> str:
    """What differs, field by field, one value under the other and why the last one stays; Markdown."""
    parts = []
    for field, *values, why in rows:
        if len(set(values)) > 1:
            named = zip((c.label if c.literal else w(c.label) for c in columns), values, strict=True)
            said = [f"- {name}\u00a0: {escape(value) if value else '–'}" for name, value in named]
            parts.append("\n".join([f"**{escape(field)}**\n", *said]) + f" ({why})")
    return "\n\n".join(parts)


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
