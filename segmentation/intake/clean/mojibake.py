"""Text decoded with the wrong table (« Ã‰lodie », « Ren√© »): put right where it is recognisable."""

from __future__ import annotations

from ftfy import TextFixerConfig, fix_text

SUSPECT = "[ÃÂÅâ€√]"
"""Characters without which no text is looked at: the repair is slow and could touch what is right."""

TYPES = frozenset("name text category address city department region country company list".split())
"""The types of columns that hold words."""

_CONFIG = TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    unescape_html=False,
    normalization="NFC",
)


def repaired(text: str, _country: str) -> str:
    """``text`` with wrongly decoded characters put right; unchanged when that is not certain."""
    fixed = fix_text(text, _CONFIG)
    return text if "\ufffd" in fixed else fixed
