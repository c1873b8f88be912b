"""The people found: a search, whom it is about, the columns, a page of the grid, and what to do with them."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, state
from pages.parts.contacts import columns, done, tag
from pages.parts.grid import Answer, grid
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Column, Report, Sheet
from segmentation.traits.choices import choice_word

TURN = "contacts"
LATEST = ("last_purchase_date", True)
"""The order of people whom nothing names: the last who bought first."""


def draw() -> None:
    """The search, then the page of people it finds."""
    w = state.say()
    done.bar()
    left, middle, right = st.columns([5, 4, 3], vertical_alignment="bottom")
    with left:
        text = _search(w)
    with middle:
        whom = about_whom.choose("contacts")
    with right:
        columns.ask(w)
    page = state.get("contacts.page", 1)
    sort = state.get("contacts.sort")
    usual = LATEST if cached.unnamed() and not text.strip() else None
    try:
        report = cached.report(
            "contacts",
            whom,
            text=text,
            columns=columns.chosen(),
            sort=sort if isinstance(sort, tuple) else usual,
            page=page if isinstance(page, int) else 1,
        )
    except CarnetError as problem:
        show(problem)
        return
    _said(report, text, w)
    if report.figures["total"]:
        _page(report, text, whom, w)


def _search(w: Words) -> str:
    """What is looked for; it stays when a card has been looked at."""
    held = state.get("contacts.text", "")
    key = f"contacts_text_{state.turn(TURN)}"

    def typed() -> None:
        state.put("contacts.text", state.widget(key))
        state.put("contacts.page", 1)
        state.drop("contacts.sort")
        state.next_turn("contacts_grid")

    said = st.text_input(
        w("page.contacts.search"),
        value=held if isinstance(held, str) else "",
        key=key,
        placeholder=w("page.contacts.search_hint"),
        icon=":material/search:",
        on_change=typed,
    )
    return said or ""


def _said(report: Report, text: str, w: Words) -> None:
    """How many, and how close."""
    same, close = report.figures["same"], report.figures["close"]
    if not text.strip():
        st.caption(w("count.contacts", n=same))
    elif not report.figures["total"]:
        st.info(w("page.contacts.nobody", text=escape(text)), icon=":material/search_off:")
    elif close:
        st.caption(
            w("page.contacts.close" if same else "page.contacts.only_close", n=close, same=w.number(same))
        )
    else:
        st.caption(w("page.contacts.found", n=same))


def _page(report: Report, text: str, whom: str, w: Words) -> None:
    base = cached.workspace()
    sheet = in_words(report.sheets["people"], w)
    ids = [row[0] for row in report.sheets["people"].rows]
    sort = state.get("contacts.sort")
    _by_name(report, w)
    answer = grid(
        sheet,
        ids,
        w,
        key=f"contacts_grid_{state.turn('contacts_grid')}_{w.language}",
        select="multiple",
        height=560,
        currency=base.settings.currency,
        sort=sort if isinstance(sort, tuple) else None,
        opens=True,
    )
    _follow(answer)
    _pages(report)
    tag.ask(tuple(int(number) for number in answer.ids), report, text, whom, w)


def in_words(sheet: Sheet, w: Words) -> Sheet:
    """The page without the contact's number, its choices in the reader's words."""
    fields = cached.workspace().catalogue.fields
    told = []
    for row in sheet.rows:
        cells = []
        for column, value in zip(sheet.columns[1:], row[1:], strict=True):
            word = choice_word(fields[column.key], value) if isinstance(value, str) else None
            cells.append(w(word) if word else value)
        told.append(cells)
    kept = [
        Column(c.key, c.label, "text" if fields[c.key].choices else c.type, literal=c.literal)
        for c in sheet.columns[1:]
    ]
    return Sheet(sheet.title, tuple(kept), told)


def _follow(answer: Answer) -> None:
    """A click opens a card; another sort asks the database again."""
    if answer.opened is not None:
        state.next_turn("contacts_grid")
        st.query_params["contact"] = answer.opened
        st.rerun()
    asked = answer.sort[0] if answer.sort else None
    if answer.heard and asked != state.get("contacts.sort"):
        state.put("contacts.sort", asked)
        state.put("contacts.page", 1)
        st.rerun()


def _pages(report: Report) -> None:
    pages, page = int(str(report.figures["pages"])), int(str(report.figures["page"]))
    if pages < 2:
        return
    key = f"contacts_page_{state.turn('contacts_grid')}_{pages}"
    asked = st.pagination(pages, default=page, key=key)
    if asked != page:
        state.put("contacts.page", asked)
        st.rerun()


def _by_name(report: Report, w: Words) -> None:
    """The keyboard's way to a card, among the people of this page."""
    names = {row[0]: _name(row) for row in report.sheets["people"].rows}
    chosen = st.selectbox(
        w("page.contacts.open"),
        list(names),
        index=None,
        format_func=lambda number: names.get(number, ""),
        placeholder=w("page.contacts.open_hint"),
        key=f"contacts_open_{state.turn('contacts_grid')}_{report.figures['page']}",
        width=420,
    )
    if chosen is not None:
        state.next_turn("contacts_grid")
        st.query_params["contact"] = str(chosen)
        st.rerun()


def _name(row: object) -> str:
    assert isinstance(row, (tuple, list))
    said = [plain(value, longest=40) for value in row[1:4] if isinstance(value, str)]
    return " ".join(said) or f"n° {row[0]}"
