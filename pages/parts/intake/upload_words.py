"""The drop zone in the reader's language: Streamlit writes « Upload » and a size of its own there.

Style alone: the words of Streamlit are not drawn and ours come after them. The button's own word stays in
the page, of no size: without it the button has no name for the tools that read it. Should Streamlit name its
parts otherwise one day, its own words are back.
"""

from __future__ import annotations

import json

import streamlit as st

from pages.parts import state

_ZONE, _SIZE = '[data-testid="stFileUploaderDropzone"]', '[data-testid="stFileUploaderDropzoneInstructions"]'
_BUTTON = f'{_ZONE} button [data-testid="stMarkdownContainer"] p'
_OVER = f"{_ZONE} > div:not([data-testid])"
"""What covers the zone while a file is held over it."""


def style(choose: str, drop: str) -> str:
    """The sheet that writes these words; the largest size is said under the zone, in our figure."""
    return (
        f"{_SIZE}, {_OVER} * {{ display: none }}\n"
        f"{_BUTTON} {{ font-size: 0 }}\n"
        f"{_BUTTON}::after {{ content: {_quoted(choose)}; font-size: 0.875rem }}\n"
        f"{_OVER}::after {{ content: {_quoted(drop)} }}"
    )


def draw() -> None:
    """Say it on this page."""
    w = state.say()
    st.html(f"<style>{style(w('upload.choose'), w('upload.drop'))}</style>")


def _quoted(words: str) -> str:
    """A CSS string."""
    return json.dumps(words.replace("<", ""), ensure_ascii=False)
