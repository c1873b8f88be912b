"""What a browser session remembers between two runs: the only file that touches ``st.session_state``.

Every entry stands under a key of our own, never a widget's: it survives a change of page.
It holds ids, paths and small values, never tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from segmentation.i18n import LANGUAGES, Words, words

Kept = TypeVar("Kept")

_PREFIX = "carnet."
_OF_EVERY_BASE = frozenset(("language", "pages"))
"""Entries that stay whatever base is looked at, with the turns of widgets."""


def get(name: str, default: object = None) -> object:
    """The value kept under ``name``, or ``default``."""
    return st.session_state.get(_PREFIX + name, default)


def put(name: str, value: object) -> None:
    """Keep ``value`` under ``name`` for the rest of the session."""
    st.session_state[_PREFIX + name] = value


def drop(name: str) -> None:
    """Forget ``name``."""
    st.session_state.pop(_PREFIX + name, None)


def kept(name: str, make: Callable[[], Kept]) -> Kept:
    """The object kept under ``name``, made once."""
    key = _PREFIX + name
    if key not in st.session_state:
        st.session_state[key] = make()
    return st.session_state[key]


def widget(key: str) -> object:
    """What a widget holds now, for the callbacks that copy it under a key of our own."""
    return st.session_state.get(key)


def turn(name: str) -> int:
    """The current turn of a widget's key; a new turn makes a fresh, empty widget."""
    return int(str(get(f"turn.{name}", 0)))


def next_turn(name: str) -> None:
    """Replace the widgets keyed with ``turn(name)`` by fresh ones."""
    put(f"turn.{name}", turn(name) + 1)


def language() -> str:
    """The session's language: ``?lang=`` in the address, else the chosen one, else the browser's."""
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        put("language", asked)
    chosen = get("language")
    if isinstance(chosen, str):
        return chosen
    first = (st.context.locale or "").split("-")[0].lower()
    return first if first in LANGUAGES else next(iter(LANGUAGES))


def choose_language(code: str) -> None:
    """Speak ``code`` from now on, in the address too so that a shared link keeps it."""
    put("language", code)
    st.query_params["lang"] = code


def say() -> Words:
    """The words of the session's language."""
    return words(language())


def look_at(*, demo: bool) -> None:
    """Look at the demonstration shop, or back at the user's own base.

    What was being done in the other one is forgotten, in the address too: its numbers and keys name something
    else here.
    """
    for name in [name for name in st.query_params if name != "lang"]:
        del st.query_params[name]
    for key in [str(key) for key in st.session_state if str(key).startswith(_PREFIX)]:
        name = key.removeprefix(_PREFIX)
        if name not in _OF_EVERY_BASE and not name.startswith("turn."):
            drop(name)
    if demo:
        put("demo", True)


def of_base(key: str) -> str:
    """The key of a widget that shows a value of the base: the demonstration's are others than one's own."""
    return f"{key}_demo" if in_demo() else key


def in_demo() -> bool:
    """Whether the session looks at the demonstration shop instead of the user's own base."""
    return bool(get("demo", False))
