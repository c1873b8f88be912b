"""Values of the user made safe for sentences: what a cell holds is shown as it is, never obeyed.

Streamlit reads Markdown in labels, alerts, metrics and toasts; a contact named ``![](…)`` must stay a name.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!:$<>|~&\"'=^@/])")
_COLON = re.compile(r":(?=\S)")
_BLANKS = re.compile(r"\s+")
_WORD_JOINER = "\u2060"
LONGEST = 80


def escape(value: object, *, longest: int = LONGEST) -> str:
    """``value`` for a Markdown sentence: one line, at most ``longest`` characters, every mark neutralised.

    An invisible word joiner breaks what Streamlit replaces after parsing: icon names, bare addresses.
    """
    text = _BLANKS.sub(" ", str(value)).strip()
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = _COLON.sub(":" + _WORD_JOINER, text)
    text = re.sub(r"(?i)\b(www)\.", rf"\1{_WORD_JOINER}.", text)
    text = text.replace("@", _WORD_JOINER + "@")
    return _MARKS.sub(r"\\\1", text)


def inside(name: str) -> str:
    """A name of the catalogue as it stands inside a sentence: e-mail, courrier; SMS stays."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def plain(value: object, *, longest: int = LONGEST) -> str:
    """``value`` on one line for a cell, a select box or ``st.text``, where nothing is interpreted."""
    text = _BLANKS.sub(" ", "" if value is None else str(value)).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"
