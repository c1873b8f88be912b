"""The frame around every screen: the menu, whose data these are, the language, a title, one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.parts import cached, demonstration, jobs, state
from pages.parts.ink import inked
from pages.parts.ink import tabs as inked_tabs
from pages.parts.problem import caught
from pages.parts.text import escape
from segmentation.i18n import LANGUAGES

LOGO = Path(__file__).parents[2] / "static" / "carnet.png"


@dataclass(frozen=True, slots=True)
class Screen:
    """One line of the menu: its name (``page.<name>.menu`` in words, ``/<name>`` as address), its drawing."""

    name: str
    render: Callable[[], None]
    icon: str


def open_screen(menu: Mapping[str, tuple[Screen, ...]], above: Callable[[str], None]) -> None:
    """Draw the menu (group key → its screens; the first one is the start), then the screen asked for.

    ``above(name)`` draws what stands over every screen.
    """
    with caught():
        _settle_language()
        page = _menu(menu)
        with st.sidebar:
            _sidebar()
        above(_name(page))
        page.run()


def _settle_language() -> None:
    """The language of this session: the address's, else the one last chosen on this base."""
    kept = cached.workspace().settings.language
    if kept in LANGUAGES and state.get("language") is None and "lang" not in st.query_params:
        state.put("language", kept)
    if isinstance(state.get("language"), str) and "lang" not in st.query_params:
        st.query_params["lang"] = state.language()


def _menu(menu: Mapping[str, tuple[Screen, ...]]) -> st.Page:
    """The menu; its first screen stands at "/", and its own name leads there."""
    w = state.say()
    first, *_ = next(iter(menu.values()))
    pages = {
        screen.name: st.Page(
            screen.render,
            title=w(f"page.{screen.name}.menu"),
            icon=screen.icon,
            url_path="start" if screen is first else screen.name,
            default=screen is first,
        )
        for screens in menu.values()
        for screen in screens
    }
    state.put("pages", pages)
    st.logo(str(LOGO), size="large")
    shown = {w(group): [pages[screen.name] for screen in screens] for group, screens in menu.items()}
    named = st.Page(lambda: go(first.name), url_path=first.name, visibility="hidden")
    shown[next(iter(shown))].append(named)
    return st.navigation(shown, expanded=True)  # a long menu is never folded: Lists is at its end


def _name(page: st.Page) -> str:
    """The name of a page of the menu."""
    pages = state.get("pages")
    known = pages.items() if isinstance(pages, dict) else ()
    return next((name for name, one in known if one.url_path == page.url_path), "")


def built(name: str) -> bool:
    """Whether the screen ``name`` is in the menu: a link to one that is not is never drawn."""
    pages = state.get("pages")
    return isinstance(pages, dict) and name in pages


def go(name: str, **params: str) -> None:
    """Open the screen ``name``; ``params`` go to its address. Nothing happens when it is not in the menu."""
    pages = state.get("pages")
    if isinstance(pages, dict) and name in pages:
        st.switch_page(pages[name], query_params={**params, "lang": state.language()})


@contextmanager
def head(title: str, sentence: str) -> Iterator[None]:
    """The top of a screen: title, one sentence, and inside the block its one primary button, top right."""
    text, action = st.columns([3, 1], vertical_alignment="bottom")
    with text:
        st.title(title, anchor=False)
        st.markdown(sentence)
    with action, st.container(horizontal=True, horizontal_alignment="right"):
        yield
    with st.container():  # its place is kept, so that nothing below moves when work begins
        jobs.bar()


def tabs(screen: str, parts: Mapping[str, Callable[[], None]]) -> None:
    """The parts of a screen, each under its tab: ``page.<screen>.tab.<part>`` in words.

    Their key keeps the tab chosen whatever comes or goes above them.
    """
    w = state.say()
    drawn = inked_tabs([w(f"page.{screen}.tab.{part}") for part in parts], key=f"{screen}_tabs_{w.language}")
    for tab, draw in zip(drawn, parts.values(), strict=True):
        with tab:
            draw()


def _sidebar() -> None:
    """Whose data: the base's name, size and date; the language; the way back from the demonstration."""
    w, base = state.say(), cached.workspace()
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escape(cached.workspace().settings.name or w('frame.mine'))}**")
        if state.in_demo():
            st.badge(w("frame.demo"), color="gray")
        count = base.contacts
        st.caption(w("frame.size", n=count) if count else w("frame.empty"))
        if count:
            st.caption(w("frame.as_of", date=w.date(base.as_of)))
        if state.in_demo() and st.button(
            w("frame.leave_demo"), icon=":material/arrow_back:", key="leave_demo"
        ):
            state.look_at(demo=False)
            st.rerun()
    demonstration.door()
    _languages()


def _languages() -> None:
    now, key = state.language(), f"lang_{state.language()}"
    st.segmented_control(
        state.say()("frame.language"),
        list(LANGUAGES),
        default=now,
        required=True,
        format_func=inked(lambda code: LANGUAGES[code]),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _speak(str(state.widget(key))),
    )


def _speak(code: str) -> None:
    """Change the language, for this session and for the next ones on this base."""
    state.choose_language(code)
    if jobs.running() is None:
        cached.workspace().set("language", code)
