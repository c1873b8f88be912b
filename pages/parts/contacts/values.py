"""What is known of a person, value by value, and which file, row and day gave it; what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from pages.parts import cached, state
from pages.parts.contacts import scores
from pages.parts.grid import cells
from pages.parts.joining import sentence
from pages.parts.table import table
from pages.parts.text import escape, plain
from segmentation.i18n import Words
from segmentation.intake.by_hand import KIND
from segmentation.intake.clean.fill_names import PARTS, WHOLE
from segmentation.intake.merging import KIND as MERGE
from segmentation.results import Column, Report, Sheet, Value
from segmentation.traits.choices import choice_word
from segmentation.traits.deductions import LIKELY, deduced
from segmentation.workspace.joining import rule_of

HIDDEN = frozenset({"sms_number", "contact_id", "optout", "email_bounced", "gender_source"})


def draw(report: Report, known: Mapping[object, Value]) -> None:
    """Gaps first, then each value with its origin, then what is worked out from it."""
    w = state.say()
    gaps = report.figures["gaps"]
    if isinstance(gaps, tuple) and gaps:
        st.info(
            w("page.contact.gaps", fields=w.listing([w(f"field.{code}") for code in gaps])),
            icon=":material/help:",
        )
    given = [row for row in report.sheets["values"].rows if row[0] not in HIDDEN]
    rows = [(label(str(row[0]), w), said(str(row[0]), row[1], w), _whence(row, w)) for row in given]
    st.header(w("page.contact.given"), anchor=False)
    _table(("what", "value", "from"), rows, w, key="contact_values")
    for field, cell, *_ in report.sheets["unread"].rows:
        st.caption(w("page.contact.unread", field=escape(_column(str(field), w)), value=escape(cell)))
    for group, rule, file, at in report.sheets["joined"].rows:
        st.caption(_joined(group, rule, file, at, w))
    scores.draw(known)
    found = [
        (label(str(code), w), said(str(code), value, w), _deduced(str(code), value, known, w))
        for code, value in report.sheets["computed"].rows
        if _worth(str(code), value)
    ]
    if found:
        with st.expander(w("page.contact.computed")):
            _table(("what", "value", "from"), found, w, key="contact_computed")


def _joined(group: Value, rule: Value, file: Value, at: Value, w: Words) -> str:
    """« Groupe Salon : le nom du fichier contient « salon » (salon.csv, 22 nov.) », safe for Markdown."""
    found = rule_of(str(rule))
    why = sentence(found, w) if found is not None else escape(group)
    day = w.date(at) if isinstance(at, datetime) else ""
    where = w("page.contact.from_file", name=plain(file, longest=40), date=day) if file else day
    return w("page.contact.joined", rule=why, where=escape(where))


def consents(report: Report, _known: Mapping[object, Value]) -> None:
    """Each channel: what was agreed, when, how it is proved, and who said so."""
    w = state.say()
    rows = []
    for channel, status, day, source, proof, number, kind, *rest in report.sheets["consents"].rows:
        given = origin((number, None, kind, *rest), w) if number else ""
        date = w.date(day) if isinstance(day, datetime) or hasattr(day, "year") else ""
        rows.append(
            (w(f"channel.{channel}"), w(f"consent.{status}"), date, _source(source, w), plain(proof), given)
        )
    _table(("channel", "consent", "date", "source", "proof", "from"), rows, w, key="contact_consents")
    st.caption(w("page.contact.consents_help"))


def label(code: str, w: Words) -> str:
    """How a field is called."""
    field = cached.workspace().catalogue.fields[code]
    return plain(field.label) if field.label else w(f"field.{code}")


def _column(name: str, w: Words) -> str:
    """A column of a file: a field in words, or the file's own header."""
    return label(name, w) if name in cached.workspace().catalogue.fields else name


def said(code: str, value: Any, w: Words) -> str:
    """A value of a field in the reader's words."""
    base = cached.workspace()
    field = base.catalogue.fields[code]
    word = choice_word(field, value) if isinstance(value, str) else None
    if word:
        return w(word)
    (cell,) = cells((Column(code, code, field.type),), (value,), w, base.settings.currency)
    return cell


def _whence(row: Sequence[Any], w: Words) -> str:
    """Where a value comes from, and what it was deduced from when no column of that file gave it."""
    told = origin(row[2:], w)
    if row[0] in PARTS and row[2] is not None:
        held = cached.workspace().imported(int(row[2])).mapping.values()
        if WHOLE & set(held) and f"contacts.{row[0]}" not in held:
            return f"{w('deduction.whole_name.from')} · {w(f'deduction.confidence.{LIKELY}')} · {told}"
    return told


def origin(given: Sequence[Any], w: Words) -> str:
    """Where a value comes from: the file, its row, the day; or the hand that wrote it."""
    number, row, kind, file, author, at = given
    if number is None:
        return ""
    day = w.date(at) if at is not None else ""
    if kind in (KIND, MERGE):
        return (
            w("page.contact.by_hand_of", author=plain(author), date=day)
            if author
            else w("page.contact.by_hand", date=day)
        )
    if row is None:
        return w("page.contact.from_file", name=plain(file, longest=40), date=day)
    return w("page.contact.from_row", name=plain(file, longest=40), row=w.number(row), date=day)


def _source(source: object, w: Words) -> str:
    """How a consent came: a kind of action, a word of ours, else the file's own."""
    for key in (f"event.{source}", f"page.contact.source.{source}"):
        if w.has(key):
            return w(key)
    return plain(source)


def _deduced(code: str, value: object, known: Mapping[object, Value], w: Words) -> str:
    """« déduit du code postal · sûr », "" for what was given or added up."""
    one = deduced(code, value, known)
    if one is None:
        return ""
    return f"{w(f'deduction.{one.code}.from')} · {w(f'deduction.confidence.{one.confidence}')}"


def _worth(code: str, value: Any) -> bool:
    """Whether a computed value tells something of this person."""
    return bool(value) and not code.startswith(("consent_", "reachable_", "optin_")) and code not in HIDDEN


def _table(names: Sequence[str], rows: Sequence[Sequence[Value]], w: Words, *, key: str) -> None:
    columns = tuple(Column(name, f"page.contact.column.{name}") for name in names)
    table(
        Sheet(key, columns, rows),
        w,
        key=key,
        alt=w("page.contact.table_alt"),
        widths={"what": 200, "from": 320},
    )
