"""A form to print: the few fields asked, an agreement per channel with its text, what the law asks to say.

One HTML page that needs nothing else: no script, no outside file; every text of the user is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from segmentation.i18n import Words

FIELDS: Final = (
    "civility",
    "first_name",
    "last_name",
    "email",
    "mobile",
    "address1",
    "postal_code",
    "city",
    "birth_date",
    "interests",
    "company_name",
    "job_title",
)
"""What a form may ask, in its order."""
USUAL: Final = ("first_name", "last_name", "email", "mobile", "postal_code")
CHANNELS: Final = ("email", "sms", "phone", "post")
LONG: Final = frozenset({"address1", "interests"})

_STYLE: Final = """
@page { size: A5; margin: 12mm }
body { font: 11pt/1.45 system-ui, sans-serif; color: #111; max-width: 150mm;
  margin: 8mm auto; padding: 0 4mm }
h1 { font-size: 16pt; margin: 0 0 2mm } h2 { font-size: 11pt; margin: 5mm 0 2mm }
.ask { display: flex; align-items: flex-end; gap: 3mm; margin: 2.5mm 0 }
.ask b { font-weight: 500; min-width: 38mm } .ask i { flex: 1; border-bottom: 1px solid #444; height: 6mm }
.yes { display: flex; gap: 3mm; margin: 2mm 0 } .yes i {
  flex: none; width: 4mm; height: 4mm; border: 1px solid #111 }
small { display: block; color: #333; font-size: 8pt; line-height: 1.35; margin-top: 4mm }
.sign { display: flex; gap: 8mm; margin-top: 5mm } .sign span {
  flex: 1; border-bottom: 1px solid #444; height: 8mm }
"""


def consent_text(channel: str, w: Words, *, owner: str) -> str:
    """The sentence a person agrees to for a channel: what is kept as the proof says which one it was."""
    return w(f"form.agree.{channel}", owner=owner)


def mentions(w: Words, *, owner: str, contact: str) -> str:
    """Who holds the data, why, how long, and what the person may ask."""
    return w("form.mentions", owner=owner, contact=contact or owner)


def paper_form(
    fields: Sequence[str],
    w: Words,
    *,
    owner: str,
    contact: str = "",
    channels: Sequence[str] = CHANNELS,
    title: str = "",
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """The page, in UTF-8. ``labels`` names fields that have no word of their own."""
    named = labels or {}
    asked = [field for field in FIELDS if field in fields]
    lines = [f'<p class="ask"><b>{escape(named.get(f) or w(f"field.{f}"))}</b><i></i></p>' for f in asked]
    lines += ['<p class="ask"><b></b><i></i></p>'] if LONG & set(asked) else []
    agreed = [
        f'<p class="yes"><i></i><span>{escape(consent_text(channel, w, owner=owner))}</span></p>'
        for channel in CHANNELS
        if channel in channels
    ]
    heading = escape(title or w("form.title", owner=owner))
    parts = [
        f'<!doctype html><html lang="{w.language}"><head><meta charset="utf-8"><title>{heading}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{heading}</h1><p>{escape(w('form.why'))}</p>",
        *lines,
        f"<h2>{escape(w('form.agree'))}</h2>" if agreed else "",
        *agreed,
        f'<p class="sign">{escape(w("form.date"))}<span></span>',
        f"{escape(w('form.signature'))}<span></span></p>",
        f"<small>{escape(mentions(w, owner=owner, contact=contact))}</small></body></html>",
    ]
    return "\n".join(part for part in parts if part).encode()
