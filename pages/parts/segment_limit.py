"""At most so many members: the first ones by a number or a date of their own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import state
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_slot import fitted
from pages.parts.segment_draft import Draft

USUAL = ("total_spent", "last_purchase_date", "orders_count", "last_click_date", "created_at")
"""What a limit starts by: the first of these that the base knows."""

MOST = 100


def limit(draft: Draft, askable: Askable) -> None:
    """The switch and, when it is on, how many and by what; the draft holds what they say."""
    w, turn = state.say(), state.turn("draft")
    measures = _measures(askable)
    held = draft.rest.get("limit")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        asked = st.toggle(
            w("page.segments.limit"),
            value=held is not None,
            key=f"limit_{turn}",
            disabled=held is None and not measures,
            help=w("page.segments.limit_help" if measures else "page.segments.limit_none"),
        )
        wanted = _wanted(held, measures, askable) if asked else None
    draft.rest.pop("limit", None)
    if wanted is not None:
        draft.rest["limit"] = wanted


def _measures(askable: Askable) -> list[str]:
    """The fields a limit can be by, the usual ones first: numbers and dates that hold data."""
    fields = askable.catalogue.fields
    known = [
        code for code, field in fields.items() if field.kind in ("number", "date") and askable.filled(field)
    ]
    return [*(code for code in USUAL if code in known), *(code for code in known if code not in USUAL)]


def _wanted(held: object, measures: list[str], askable: Askable) -> dict[str, object]:
    """The limit the widgets show now; a limit that is only a sample stays as it is."""
    w, turn = state.say(), state.turn("draft")
    now: dict[str, object] = dict(held) if isinstance(held, Mapping) else {}
    if now and "top" not in now:
        return now
    by = str(now.get("by", measures[0] if measures else ""))
    options = list(dict.fromkeys([by, *measures]))
    fields = askable.catalogue.fields
    number = st.number_input(
        w("page.segments.limit_n"),
        min_value=1,
        value=int(str(now.get("top", MOST))),
        step=50,
        key=f"limit_n_{turn}",
        label_visibility="collapsed",
        width=fitted(str(now.get("top", MOST)), least=80),
    )
    st.text(w("page.segments.limit_by"))
    chosen = st.selectbox(
        w("page.segments.limit_field"),
        options,
        index=options.index(by),
        key=f"limit_by_{turn}",
        format_func=lambda code: _label(code, askable),
        label_visibility="collapsed",
        width=fitted(_label(by, askable), most=230),
    )
    kind = "date" if chosen in fields and fields[chosen].kind == "date" else "number"
    words = {end: w(f"page.segments.limit_{kind}_{end}") for end in ("highest", "lowest")}
    end = st.selectbox(
        w("page.segments.limit_end"),
        list(words),
        index=1 if now.get("lowest") else 0,
        key=f"limit_end_{turn}",
        format_func=words.__getitem__,
        label_visibility="collapsed",
        width=fitted(max(words.values(), key=len)),
    )
    rest = {name: now[name] for name in ("sample",) if name in now}
    return {"top": int(number), "by": chosen, **({"lowest": True} if end == "lowest" else {}), **rest}


def _label(code: str, askable: Askable) -> str:
    """A field's name, its code when the base no longer has it."""
    field = askable.catalogue.fields.get(code)
    return askable.label(field) if field else code
