"""A group rule in words, and the line that makes one: « si le fichier s’appelle…, alors le groupe… »."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, state
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.intake.joining import HOWS, LONGEST, OF_FILE, OWN, JoinRule, make_rule
from segmentation.workspace.joining import add_rule

FIRST = ("conversion_page", "acquisition_channel", "consent_source", "persona", "interests")
"""Fields that usually say where somebody comes from, offered before the others."""
KINDS = frozenset({"text", "place", "list"})


def sentence(rule: JoinRule, w: Words) -> str:
    """« Le fichier contient « salon » → groupe Salon », safe for Markdown."""
    return w(
        f"joining.says.{rule.how}",
        what=escape(name_of(rule.what, w)),
        text=escape(rule.text),
        group=escape(rule.group),
    )


def name_of(what: str, w: Words) -> str:
    """What a rule reads: the file, its source, its sheet, a field, or a column of one's own."""
    if what in OF_FILE:
        return w(f"joining.what.{what}")
    if what.startswith(OWN):
        return what.removeprefix(OWN)
    return w(f"field.{what}") if w.has(f"field.{what}") else what


def readable() -> list[str]:
    """All a rule may read in this base, what says where people come from first."""
    fields = cached.workspace().catalogue.fields
    texts = [f.code for f in fields.values() if f.kind in KINDS and f.relation == "contacts" and not f.label]
    own = [f"{OWN}{f.label}" for f in fields.values() if f.label and f.kind in KINDS]
    first = [code for code in FIRST if code in fields]
    return [*OF_FILE, *dict.fromkeys((*first, *own, *texts))]


def ask(key: str, *, start: Mapping[str, str] | None = None, options: list[str] | None = None) -> bool:
    """Draw the line that makes a rule; True once one was kept. ``start`` fills it in."""
    w, said, turn = state.say(), dict(start or {}), state.turn(f"joining_{key}")
    options = options or readable()
    row = st.form(f"joining_{key}_{turn}", border=False)
    with row.container(horizontal=True, vertical_alignment="bottom"):
        what = st.selectbox(
            w("joining.ask.what"),
            options,
            index=options.index(said["what"]) if said.get("what") in options else 0,
            format_func=lambda code: plain(name_of(code, w)),
            key=f"joining_what_{key}_{turn}",
            width=240,
        )
        how = st.selectbox(
            w("joining.ask.how"),
            HOWS,
            index=HOWS.index(said.get("how", "contains")),
            format_func=lambda code: w(f"joining.how.{code}"),
            key=f"joining_how_{key}_{turn}",
            width=160,
        )
        text = st.text_input(
            w("joining.ask.text"), said.get("text", ""), max_chars=LONGEST,
            key=f"joining_text_{key}_{turn}", width=230,
        )  # fmt: skip
        group = st.text_input(
            w("joining.ask.group"), said.get("group", ""), max_chars=100,
            key=f"joining_group_{key}_{turn}", width=230,
        )  # fmt: skip
        sent = st.form_submit_button(w("joining.ask.keep"), icon=":material/add:")
    if not sent:
        return False
    try:
        add_rule(cached.workspace(), make_rule(str(what), str(how), str(text), str(group)))
    except CarnetError as problem:
        show(problem)
        return False
    state.next_turn(f"joining_{key}")
    return True
