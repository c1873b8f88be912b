"""One choice among several pictures: the last marks clicked count, the other pictures let theirs go."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import state


def key(name: str, picture: str) -> str:
    """The widget key of a picture that takes part in the choice ``name``; a new one clears the picture."""
    return f"{name}_{picture}_{state.turn(f'{name}.{picture}')}"


def settle(name: str, marks: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """The picture that was clicked last and its marks; ("", ()) when nothing is chosen.

    ``marks`` is what each picture of this run holds, by the picture's name. When a second picture is clicked
    the page is drawn again, so that only one shows a choice.
    """
    before = _held(name)
    now = next(
        ((picture, held) for picture, held in marks.items() if held and (picture, held) != before),
        before if marks.get(before[0]) or before[0] not in marks else ("", ()),
    )
    state.put(f"choice.{name}", now)
    stale = [picture for picture, held in marks.items() if held and picture != now[0]]
    for picture in stale:
        state.next_turn(f"{name}.{picture}")
    if stale:
        st.rerun()
    return now


def pick(name: str, source: str, marks: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    """Choose ``marks`` from a button: ``source`` is no picture, and the pictures let theirs go."""
    state.put(f"choice.{name}", (source, marks))
    for picture in instead_of:
        state.next_turn(f"{name}.{picture}")


def clear(name: str, *, instead_of: tuple[str, ...]) -> None:
    """Let every choice go, the pictures' too."""
    pick(name, "", (), instead_of=instead_of)


def _held(name: str) -> tuple[str, tuple[str, ...]]:
    held = state.get(f"choice.{name}")
    return held if isinstance(held, tuple) else ("", ())
