"""« À faire cette semaine »: three things at most, each with its people and its list one click away.

Where nobody of them can be written to, the list is a working file.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.home import people
from segmentation.reports.to_do import CARE

MOST = 3


def draw() -> None:
    """Draw them; when nothing calls, say so."""
    w, report = state.say(), cached.to_do()
    st.header(w("page.home.to_do"), anchor=False)
    rows, criteria = report.sheets["to_do"].rows[:MOST], report.charts["to_do"].criteria
    if not rows:
        st.caption(w("page.home.to_do_nothing"))
    for key, contacts, reachable in rows:
        name, criterion = str(key), criteria[str(key)]
        assert isinstance(criterion, dict)
        care = name in CARE
        with st.container(border=True, gap="xsmall"):
            st.markdown(w(f"page.home.to_do.{name}", n=contacts))
            with st.container(horizontal=True, vertical_alignment="center"):
                named = w(f"page.home.to_do.{name}_name")
                repaired = name == "fix_emails"
                offered = care or not reachable
                people.buttons(f"to_do_{name}", criterion, named, care=offered, repaired=repaired)
                if not care:
                    st.caption(w("page.home.reachable", n=reachable), width="content")
