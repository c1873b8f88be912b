"""A cell, a row or a column chosen by its name: a choice that stays while the keyboard goes to the buttons.

In the table the choice follows the focus, Tab included; in the picture there is only the mouse.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import TOTAL, Crossing
from segmentation.reports.crossing import BETWEEN


def draw(seen: Crossing, names: Names) -> tuple[str, ...]:
    """The two boxes; the key of what they name together, a whole row or column when one is left empty."""
    w, key = state.say(), f"{one_choice.key('crossing', 'names')}_{seen.shape}"
    picked: dict[str, str | None] = {}
    sides = (("row", seen.rows), ("column", seen.columns))
    for place, (name, side) in zip(st.columns(3), sides, strict=False):
        with place:
            said = {one.key: names.slice(one, side) for one in side.slices}
            picked[name] = st.selectbox(
                w(f"page.crossing.pick_{name}"),
                list(said),
                index=None,
                format_func=said.__getitem__,
                placeholder=w("page.crossing.pick_all"),
                key=f"{key}_{name}_{w.language}",
            )
    if not any(picked.values()):
        return ()
    return ((picked["row"] or TOTAL) + BETWEEN + (picked["column"] or TOTAL),)
