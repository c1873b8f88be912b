"""Invisible accidents: control characters, no-break and doubled spaces, a spreadsheet's text marks."""

from __future__ import annotations

from segmentation.intake.clean.context import Context

_INVISIBLE = (
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x{200b}\\x{200e}\\x{200f}\\x{2060}\\x{feff}\\x{ad}]|_x000[dD]_"
)
_WIDE = "\u00a0\u202f\u2007\u2009\u3000\t"
_MULTILINE = frozenset({"text", "address", "list"})


def _plain(x: str) -> str:
    """SQL: only ASCII, one byte per character; such a text needs none of the slow looks."""
    return f"strlen({x}) = length({x})"


def without_controls(x: str, _context: Context) -> str:
    """Control and zero-width characters, and Excel's ``_x000D_``, removed (the reader has dropped the ASCII
    ones).
    """
    clean = f"regexp_replace({x}, '{_INVISIBLE}', '', 'g')"
    return f"CASE WHEN {_plain(x)} AND NOT contains({x}, '_x000') THEN {x} ELSE {clean} END"


def single_spaces(x: str, context: Context) -> str:
    """Edges trimmed, any run of spaces one plain space; line breaks stay in free texts only."""
    lines = "" if context.type in _MULTILINE else "\n\r"
    tidy = f"{_plain(x)} AND NOT contains({x}, '  ') AND {x} NOT LIKE ' %' AND {x} NOT LIKE '% '"
    tidy += f" AND NOT contains({x}, '\n') AND NOT contains({x}, '\t') AND NOT contains({x}, '\r')"
    plain = f"trim(translate({x}, '{_WIDE}{lines}', '{' ' * len(_WIDE + lines)}'), ' \n\r')"
    return f"CASE WHEN {tidy} THEN {x} ELSE regexp_replace({plain}, ' {{2,}}', ' ', 'g') END"


def without_guard(x: str, _context: Context) -> str:
    """The apostrophe a spreadsheet puts before a number kept as text, removed."""
    return f"CASE WHEN {x} LIKE '''%' THEN regexp_replace({x}, '^''([=+@0-9＝＋－＠-])', '\\1') ELSE {x} END"


def empty_as_null(x: str, _context: Context) -> str:
    """Nothing left is no value."""
    return f"nullif({x}, '')"
