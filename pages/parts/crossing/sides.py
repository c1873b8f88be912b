"""Choosing the two sides of a crossing: any field that has data or a saved segment, and where bands stop."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import cached, state
from pages.parts.criterion_picker import FAMILIES, Askable
from pages.parts.crossing.reading import Side
from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.reports.crossing_bands import STEPS, Limit
from segmentation.reports.crossing_sides import SEGMENT

NAMES = ("rows", "columns")
FIRST: Mapping[str, tuple[str, ...]] = {
    "rows": ("rfm_segment", "acquisition_channel", "department", "city", "customer_type", "tags", "gender"),
    "columns": ("interests", "age_band", "purchase_channel", "gender", "acquisition_channel", "department",
                "city", "country", "total_spent", "created_at", "last_purchase_date"),
}  # fmt: skip
"""Fields a first visit shows, the most telling first; any two others when the base has none of them."""

ONE_EACH = frozenset("id email phone url address name".split())
"""Types of which nearly each contact has its own value: nothing meets there."""

Cuts = tuple[Limit | str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Two sides and the limits wanted for their bands (empty: those proposed)."""

    rows: str
    columns: str
    row_cuts: Cuts = ()
    column_cuts: Cuts = ()


def options(askable: Askable) -> dict[str, str]:
    """What a side can be of, by code, with its name; in the order of the families."""
    w = askable.words
    found: dict[str, str] = {}
    for family in FAMILIES:
        for code, field in askable.catalogue.fields.items():
            own = field.family if field.family in FAMILIES else "own"
            if own == family and field.type not in ONE_EACH and _varied(askable, code):
                found[code] = askable.label(field)
    for key, name in askable.segments.items():
        found[SEGMENT + key] = w("page.crossing.segment", name=plain(name))
    return found


def _varied(askable: Askable, code: str) -> bool:
    """Whether a field has data of more than one value."""
    field = askable.catalogue.fields[code]
    profile = askable.profiles.get(code)
    if profile is None or profile.filled <= 0:
        return False
    return field.kind == "boolean" or len(set(map(str, profile.typical))) > 1


def choose(known: Mapping[str, str], places: Sequence[DeltaGenerator]) -> Asked:
    """Two select boxes and between them a button that swaps them, in three ``places``.

    ``known`` has at least two options.
    """
    w = state.say()
    held = _held(known)
    places[1].button(
        "", icon=":material/swap_horiz:", key="crossing_swap", type="tertiary",
        help=w("page.crossing.swap"), on_click=_swap, args=(held,),
    )  # fmt: skip
    for name, place in zip(NAMES, (places[0], places[2]), strict=True):
        key = f"crossing_{name}_{w.language}_{state.turn('crossing.sides')}"
        place.selectbox(
            w(f"page.crossing.{name}"),
            list(known),
            index=list(known).index(held[name]),
            format_func=lambda code: known.get(code, code),
            key=key,
            on_change=partial(_keep, name, key),
            placeholder=w("page.crossing.choose_side"),
        )
    return Asked(held["rows"], held["columns"], cuts_of("rows"), cuts_of("columns"))


def _held(known: Mapping[str, str]) -> dict[str, str]:
    """The two sides of this session, else the first that tell something; never one thing with itself."""
    held = {name: str(state.get(f"crossing.{name}", "")) for name in NAMES}
    for name in NAMES:
        other = held["columns" if name == "rows" else "rows"]
        if held[name] not in known or held[name] == other:
            ranked = [code for code in (*FIRST[name], *known) if code in known and code != other]
            held[name] = ranked[0]
    return held


def _keep(name: str, key: str) -> None:
    other = "columns" if name == "rows" else "rows"
    chosen = state.widget(key)
    if chosen == state.get(f"crossing.{other}"):
        _swap({name: str(state.get(f"crossing.{name}", "")), other: str(chosen)})
        return
    state.put(f"crossing.{name}", chosen)
    state.drop(f"crossing.{name}.cuts")
    state.next_turn(f"crossing.{name}.cuts")


def _swap(held: Mapping[str, str]) -> None:
    cuts = {name: cuts_of(name) for name in NAMES}
    for name, other in zip(NAMES, reversed(NAMES), strict=True):
        state.put(f"crossing.{name}", held[other])
        state.put(f"crossing.{name}.cuts", cuts[other])
        state.next_turn(f"crossing.{name}.cuts")
    state.next_turn("crossing.sides")


def cuts_of(name: str) -> Cuts:
    """The limits wanted on a side, () for those proposed."""
    held = state.get(f"crossing.{name}.cuts", ())
    return held if isinstance(held, tuple) else ()


def bands(name: str, side: Side) -> None:
    """What moves the limits of a side's bands; nothing for a side without any."""
    w = state.say()
    if not side.banded:
        return
    turn = state.turn(f"crossing.{name}.cuts")
    box = st.popover(
        w(f"page.crossing.bands.{name}"), icon=":material/straighten:", key=f"crossing_bands_{name}_{turn}"
    )
    with box:
        if side.kind == "date":
            st.markdown(w("page.crossing.bands.by"))
            with st.container(horizontal=True):
                for step in STEPS:
                    st.button(
                        w(f"page.crossing.bands.{step}"), key=f"crossing_step_{name}_{step}",
                        on_click=_move, args=(name, (step,)),
                    )  # fmt: skip
        key = f"crossing_limits_{name}_{turn}_{w.language}"
        typed = st.text_input(
            w("page.crossing.bands.days" if side.kind == "date" else "page.crossing.bands.limits"),
            value=" ; ".join(_shown(cut, side, w) for cut in side.cuts),
            key=key,
            help=w("page.crossing.bands.help"),
        )
        wanted = limits(typed, side.kind, side.type)
        if wanted is None:
            st.caption(w("page.crossing.bands.unread"))
        with st.container(horizontal=True):
            st.button(
                w("page.crossing.bands.apply"), key=f"crossing_apply_{name}", type="primary",
                disabled=not wanted, on_click=_move, args=(name, wanted or ()),
            )  # fmt: skip
            st.button(
                w("page.crossing.bands.reset"), key=f"crossing_reset_{name}", type="tertiary",
                disabled=not cuts_of(name), on_click=_move, args=(name, ()),
            )  # fmt: skip


def _move(name: str, cuts: Cuts) -> None:
    state.put(f"crossing.{name}.cuts", cuts)
    state.next_turn(f"crossing.{name}.cuts")


def _shown(cut: Limit, side: Side, w: Words) -> str:
    if isinstance(cut, date):
        return f"{cut:%d/%m/%Y}"
    value = float(cut) * (100 if side.type == "percent" else 1)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if w.language == "fr" else text


def limits(typed: str, kind: str, field_type: str) -> Cuts | None:
    """The limits a person wrote, in order, days as YYYY-MM-DD; None when a part is no limit, or none is."""
    parts = [part for part in re.split(r"[;\n]| {2,}", typed) if part.strip()]
    read = [_day(part) if kind == "date" else _number(part, field_type) for part in parts]
    if not read or None in read:
        return None
    return tuple(sorted({one for one in read if one is not None}))  # type: ignore[type-var]


def _number(text: str, field_type: str) -> float | None:
    plain_text = re.sub(r"[\s\u00a0\u202f%€]", "", text).replace(",", ".")
    try:
        value = float(plain_text)
    except ValueError:
        return None
    if abs(value) > 1e12 or value != value:
        return None
    return round(value / 100, 9) if field_type == "percent" else value


def _day(text: str) -> str | None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%m/%Y", "%Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date().isoformat()
        except ValueError:
            continue
    return None


def askable() -> Askable:
    """What the base lets ask."""
    return cached.askable(state.say())
