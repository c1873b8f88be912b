"""An address book of vCards (2.1, 3.0, 4.0; RFC 6350) as rows, one a card."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.i18n import LANGUAGES, words

_FOLD: Final = re.compile(r"\r?\n[ \t]")
_SOFT: Final = re.compile(r"=\r?\n")
_PARTS: Final = re.compile(r"(?<!\\);")
_ESCAPED: Final = re.compile(r"\\([,;:\\])")

_PLAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FN": "field.full_name",
        "NICKNAME": "vcard.nickname",
        "BDAY": "field.birth_date",
        "TITLE": "field.job_title",
        "ROLE": "vcard.role",
        "URL": "field.website",
        "NOTE": "field.notes",
        "CATEGORIES": "field.tags",
        "UID": "field.contact_id",
        "GENDER": "field.gender",
        "LANG": "field.language",
        "REV": "field.updated_at",
    }
)
"""Property of a card → the word that names its column: that of the field it is, where there is one."""

_ADDRESS: Final = (
    "vcard.po_box",
    "field.address2",
    "field.address1",
    "field.city",
    "field.region",
    "field.postal_code",
    "field.country",
)
_NAME: Final = (
    "field.last_name",
    "field.first_name",
    "vcard.middle_name",
    "field.civility",
    "vcard.suffix",
)
_COMPANY: Final = ("field.company_name", "field.department_service")
_MANY: Final = ("field.email", "field.mobile", "field.phone")
_WORDS: Final = (*_PLAIN.values(), *_ADDRESS, *_NAME, *_COMPANY, *_MANY)
"""The words that name every column."""
_FREE: Final = ("field.notes", "field.tags")
"""Columns of free words: what they tell is looked at before they are kept."""


def card_rows(text: str, language: str) -> Iterator[Sequence[str]]:
    """The names in ``language`` of the columns that some card fills, then one row a card; nothing without
    a card.

    A property said several times fills columns "E-mail", "E-mail 2"…; pictures and keys are left out.
    """
    cards = [card for card in _cards(text) if card]
    columns = list(dict.fromkeys(column for card in cards for column in card))
    w = words(language)
    if cards:
        yield [" ".join([w(word), *turn]) for word, *turn in map(str.split, columns)]
    for card in cards:
        yield [card.get(column, "") for column in columns]


def card_fields(headers: Sequence[str]) -> dict[str, str | None]:
    """What the columns of an address book hold, whichever language named them: header → field (None = own).

    Not those of free words, nor those that come after the first of a property, but a second e-mail.
    """
    meant: dict[str, str | None] = {}
    for w in map(words, LANGUAGES):
        for word in _WORDS:
            entity, _, key = word.partition(".")
            if word not in _FREE:
                meant[w(word)] = f"contacts.{key}" if entity == "field" else None
        meant[f"{w('field.email')} 2"] = "contacts.email_secondary"
    return {header: meant[header] for header in headers if header in meant}


def card_layout(headers: Sequence[str]) -> tuple[str, ...]:
    """The columns of an address book as French names them, whichever language did: one book, one layout.

    A second e-mail keeps its number; any other name is left.
    """
    french = words("fr")
    named = {words(language)(word): french(word) for language in LANGUAGES for word in _WORDS}
    layout = []
    for header in headers:
        name, _, turn = header.rpartition(" ")
        several = turn.isdecimal() and name in named
        layout.append(f"{named[name]} {turn}" if several else named.get(header, header))
    return tuple(layout)


def _cards(text: str) -> Iterator[dict[str, str]]:
    card: dict[str, str] | None = None
    for line in _lines(text):
        head, colon, value = _split(line)
        name, *settings = head.upper().split(";")
        name = name.rsplit(".", 1)[-1]
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            card = {}
        elif name == "END" and card is not None:
            yield card
            card = None
        elif card is not None and colon:
            _take(card, name, " ".join(settings), _decoded(value, settings))


def _lines(text: str) -> Iterator[str]:
    """The lines, unfolded: a line that begins with a space, or follows a soft break, goes on."""
    unfolded = _FOLD.sub("", text)
    line = ""
    for piece in unfolded.splitlines():
        line += piece
        if "QUOTED-PRINTABLE" in line.upper() and line.endswith("="):
            line = line[:-1]
            continue
        yield line
        line = ""


def _split(line: str) -> tuple[str, str, str]:
    """Name and settings, colon, value; a colon inside quotes belongs to a setting."""
    quoted = False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _decoded(value: str, settings: Sequence[str]) -> str:
    if any("QUOTED-PRINTABLE" in setting for setting in settings):
        charset = next((s.removeprefix("CHARSET=") for s in settings if s.startswith("CHARSET=")), "utf-8")
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            return raw.decode("utf-8", "replace")
    return value


def _take(card: dict[str, str], name: str, settings: str, value: str) -> None:
    if name == "N":
        _put_parts(card, _NAME, value)
    elif name == "ORG":
        _put_parts(card, _COMPANY, value)
    elif name == "ADR":
        if not any(column in card for column in _ADDRESS):
            _put_parts(card, _ADDRESS, value)
    elif name == "EMAIL":
        _put_next(card, "field.email", value)
    elif name == "TEL":
        mobile = "CELL" in settings or "MOBILE" in settings
        _put_next(card, "field.mobile" if mobile else "field.phone", value.removeprefix("tel:"))
    elif name in _PLAIN:
        _put_next(card, _PLAIN[name], _day(value) if name == "BDAY" else value)


def _day(value: str) -> str:
    """A date written 19800131 as 1980-01-31; any other as it is."""
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if len(value) == 8 and value.isdigit() else value


def _put_parts(card: dict[str, str], columns: Sequence[str], value: str) -> None:
    for column, part in zip(columns, _PARTS.split(value), strict=False):
        if text := _plain(part):
            card.setdefault(column, text)


def _put_next(card: dict[str, str], column: str, value: str) -> None:
    text = _plain(value)
    if not text or text in (held for key, held in card.items() if key.startswith(column)):
        return
    name, turn = column, 2
    while name in card:
        name, turn = f"{column} {turn}", turn + 1
    card[name] = text


def _plain(value: str) -> str:
    text = _ESCAPED.sub(r"\1", value.replace("\\n", "\n").replace("\\N", "\n"))
    return text.strip()
