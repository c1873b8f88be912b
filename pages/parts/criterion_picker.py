"""What can be asked, to choose from: fields by family and by search, how full each is; what contacts did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from pages.parts import state
from pages.parts.criterion_tree import MEMBER, SAMPLE, SEGMENT, TOP, Node, event_rule, field_rule, leaf_rule
from pages.parts.text import escape, plain
from segmentation.criteria.catalogue import Catalogue, EventSource, Field
from segmentation.criteria.fields import canonical_fields
from segmentation.criteria.fold import fold_text
from segmentation.criteria.operators import operators_for
from segmentation.i18n import Words
from segmentation.reports.fields import Profile
from segmentation.traits.choices import names_of

FAMILIES = (
    "identity",
    "contact",
    "socio_demographic",
    "geographic",
    "psychographic",
    "behavioural",
    "value",
    "status",
    "engagement",
    "consent",
    "firmographic",
    "own",
)
DID, SETS = "did", "sets"


@dataclass(frozen=True, slots=True)
class Askable:
    """What a base lets ask, ready for menus: its catalogue, how full its fields are, its events."""

    catalogue: Catalogue
    profiles: Mapping[str, Profile]
    events: Mapping[str, int]
    segments: Mapping[str, str]
    groups: tuple[str, ...]
    words: Words

    def label(self, field: Field) -> str:
        """A field's name: the user's own words, else the catalogue's."""
        return plain(field.label) if field.label else self.words(f"field.{field.code}")

    def usual(self, field: Field) -> Mapping[str, str]:
        """The commonest texts of a contact's or an event's field → how each is shown."""
        key = field.code if field.entity == "contacts" else f"{field.relation}.{field.code}"
        profile = self.profiles.get(key)
        values = [str(value) for value in profile.typical] if profile else []
        return names_of(field, values, self.words)

    def filled(self, field: Field) -> float:
        """The share of contacts (of rows for an event's field) that have a value; 0 when it says nothing."""
        key = field.code if field.entity == "contacts" else f"{field.relation}.{field.code}"
        profile = self.profiles.get(key)
        return profile.filled if profile and profile.told else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the picker: its label, what it adds, a hint, and why it cannot be chosen when it cannot.

    ``also``: the names the field bears in people's files, to be found by.
    """

    key: str
    family: str
    label: str
    hint: str
    make: Callable[[], Node]
    usable: bool = True
    also: str = ""


def choices(askable: Askable) -> list[Choice]:
    """Everything a rule can be about, in the order of the families."""
    found = [_field_choice(askable, field) for field in askable.catalogue.fields.values()]
    found += [_event_choice(askable, source) for source in askable.catalogue.events.values()]
    return found + _set_choices(askable)


def _field_choice(askable: Askable, field: Field) -> Choice:
    w, filled = askable.words, askable.filled(field)
    usual = list(askable.usual(field).values())[:3] if filled else []
    typical = ", ".join(plain(text, longest=24) for text in usual)
    hint = w("picker.filled", share=w.percent(filled, digits=0)) if filled else w("picker.no_data")
    if typical and field.kind in ("text", "place"):
        hint = f"{hint} · {typical}"
    first = operators_for(field.type)[0].key
    return Choice(
        f"f_{field.code}",
        field.family if field.family in FAMILIES else "own",
        askable.label(field),
        hint,
        lambda: field_rule(field.code, first, True if field.kind == "boolean" else None),
        usable=filled > 0,
        also=_in_files().get((field.entity, field.code), ""),
    )


@lru_cache(maxsize=1)
def _in_files() -> Mapping[tuple[str, str], str]:
    """The names each canonical field bears in files, folded."""
    return {
        (entity, row.key): " · ".join(fold_text(name) or "" for name in row.synonyms)
        for entity, rows in canonical_fields().items()
        for row in rows
    }


def _event_choice(askable: Askable, source: EventSource) -> Choice:
    w, count = askable.words, askable.events.get(source.code, 0)
    hint = w("picker.events", n=count) if count else w("picker.no_data")
    return Choice(
        f"e_{source.code}",
        DID,
        w(f"event.{source.code}"),
        hint,
        lambda: event_rule(source.code),
        usable=count > 0,
    )


def _set_choices(askable: Askable) -> list[Choice]:
    w = askable.words
    ranked = [f for f in askable.catalogue.fields.values() if f.kind == "number" and askable.filled(f) > 0]
    first = next((f.code for f in ranked if f.code == "total_spent"), ranked[0].code if ranked else "")
    segment = next(iter(askable.segments), None)
    group = next(iter(askable.groups), None)
    return [
        Choice(
            "s_segment",
            SETS,
            w("picker.segment"),
            w("picker.segment_hint"),
            lambda: leaf_rule(SEGMENT, key=segment),
            usable=bool(segment),
        ),
        Choice(
            "s_group",
            SETS,
            w("picker.group"),
            w("picker.group_hint"),
            lambda: leaf_rule(MEMBER, name=group),
            usable=bool(group),
        ),
        Choice(
            "s_top",
            SETS,
            w("picker.top"),
            w("picker.top_hint"),
            lambda: leaf_rule(TOP, n=100, by=first, lowest=False),
            usable=bool(first),
        ),
        Choice(
            "s_sample",
            SETS,
            w("picker.sample"),
            w("picker.sample_hint"),
            lambda: leaf_rule(SAMPLE, percent=10, seed=1),
        ),
    ]


def picker(askable: Askable, key: str, add: Callable[[Node], None], *, first: bool = False) -> None:
    """The button « + critère » and what it opens: a search, the families, and a line per thing to ask.

    That of the ``first`` group, with which everything begins, stands out.
    """
    w, turn = askable.words, state.turn(f"picker_{key}")
    box = st.popover(
        w("picker.add"),
        icon=":material/add:",
        key=f"pick_{key}_{turn}",
        on_change="rerun",
        type="secondary" if first else "tertiary",
    )
    if not box.open:
        return
    with box, st.container(width=440, gap="small"):
        typed = st.text_input(
            w("picker.search"),
            key=f"search_{key}_{turn}",
            placeholder=w("picker.search_hint"),
            icon=":material/search:",
            label_visibility="collapsed",
        )
        found = choices(askable)
        if typed.strip():
            wanted = fold_text(typed) or ""
            shown = [one for one in found if wanted in (fold_text(one.label) or "")]
            shown += [one for one in found if one not in shown and len(wanted) > 3 and wanted in one.also]
        else:
            present = [
                name for name in (*FAMILIES, DID, SETS) if any(c.family == name and c.usable for c in found)
            ]
            start = DID if DID in present else present[0]
            family = st.selectbox(
                w("picker.family"),
                present,
                index=present.index(start),
                key=f"family_{key}_{turn}",
                format_func=lambda name: w(f"family.{name}"),
                label_visibility="collapsed",
            )
            shown = [one for one in found if one.family == family]
        _lines(shown, key, turn, add, w)


def _lines(shown: list[Choice], key: str, turn: int, add: Callable[[Node], None], w: Words) -> None:
    ready = [one for one in shown if one.usable]
    with st.container(height=300 if len(shown) > 5 else "content", border=False, gap="xsmall"):
        if not shown:
            st.caption(w("picker.nothing"))
        for one in [*ready, *(one for one in shown if not one.usable)]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    escape(one.label),
                    key=f"add_{key}_{turn}_{one.key}",
                    disabled=not one.usable,
                    on_click=_chosen,
                    args=(key, add, one.make),
                )
                st.caption(escape(one.hint))


def _chosen(key: str, add: Callable[[Node], None], make: Callable[[], Node]) -> None:
    add(make())
    state.next_turn(f"picker_{key}")
