"""Before writing: which past import the file is like, and which groups its people join."""

from __future__ import annotations

import streamlit as st

from pages.parts import joining, state
from pages.parts.intake import draft, to_ask
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape
from segmentation.intake.joining import OF_FILE, OWN
from segmentation.intake.report import Preview


def said(now: Draft) -> None:
    """« Comme clients.xlsx du 21 oct. : mêmes choix repris », nothing for a new kind of file."""
    w, past = state.say(), now.past
    if past is None:
        return
    name, day = escape(past.file_name), w.date(past.created_at) if past.created_at else ""
    if past.corrects:
        st.info(w("page.import.again_corrects", name=name, date=day), icon=":material/healing:")
        return
    text = w("page.import.again", name=name, date=day)
    if now.recognition is not None and now.consent is not None and to_ask.asks_consent(now):
        taken = now.consent == past.consent_for(now.recognition)
        key = "page.import.again_consent" if taken else "page.import.again_consent_given"
        text += " " + w(key, answer=w(f"page.import.consent.{now.consent.state}"))
    st.info(text, icon=":material/history:")


def consent_left(now: Draft) -> None:
    """Beside the question of consent: what was answered for the earlier file, shown and not chosen."""
    w, past = state.say(), now.past
    left = past.consent_left(now.recognition) if past is not None and now.recognition is not None else None
    if past is None or left is None:
        return
    day = w.date(past.created_at) if past.created_at else ""
    answer = w(f"page.import.consent.{left}")
    st.info(
        w("page.import.consent.left", name=escape(past.file_name), date=day, answer=answer),
        icon=":material/history:",
    )


def groups(now: Draft, preview: Preview) -> None:
    """Who joins which group by the rules of the base, and the line that makes a rule for this file."""
    w = state.say()
    if not preview.contacts_new and not preview.contacts_known:
        return
    total = len(preview.joined)
    label = w("page.import.joined", n=total) if total else w("page.import.join")
    with st.expander(label):
        for name, people in preview.joined.items():
            st.markdown(f"- **{escape(name)}** · {w('count.contacts', n=people)}")
        st.caption(w("page.import.join_means"))
        stem = now.dropped.name.rpartition(".")[0] if now.dropped else ""
        start = {"what": "file", "how": "contains", "text": stem, "group": ""}
        if joining.ask(f"import_{now.turn}", start=start, options=_readable(now)):
            draft.prepare(now)
            st.rerun()


def _readable(now: Draft) -> list[str]:
    """What a rule may read of this file: the file itself, then its columns of text."""
    if now.recognition is None:
        return list(OF_FILE)
    found = []
    for guess in now.recognition.columns:
        held = to_ask.column_field(now, guess)
        entity, _, key = (held or "").partition(".")
        if held is None and guess.own_type in ("text", "list"):
            found.append(f"{OWN}{guess.header}")
        elif entity == "contacts" and key in joining.readable():
            found.append(key)
    files = [what for what in OF_FILE if what != "sheet" or (now.table is not None and now.table.sheet)]
    return [*sorted(files, key=lambda what: what != "file"), *dict.fromkeys(found)]
