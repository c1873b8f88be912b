"""The list narrowed further: segments in and out, rest, one per home, control group; folded until wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.parts import cached, state
from pages.parts.lists.wanted import TURN, Wanted
from pages.parts.text import plain
from segmentation.lists.options import ONE_PER, PERSON, STRATA

DAYS = (0, 7, 15, 30, 60, 90)
SHARES = (0, 5, 10, 20, 50)


def ask(wanted: Wanted) -> None:
    """The settings, each off until it is touched; how many are on is said on the fold."""
    w, on = state.say(), _on(wanted)
    title = w("page.lists.refine_on", n=on) if on else w("page.lists.refine")
    with st.expander(title, key=f"list_refine_{state.turn(TURN)}"):
        left, right = st.columns(2, gap="medium")
        with left:
            _segments(wanted)
            if wanted.options.since is not None:
                st.checkbox(
                    w("page.lists.since"),
                    value=True,
                    key=_key("since"),
                    on_change=lambda: wanted.change(since=None),
                )
        with right:
            _rest(wanted)
            _control(wanted)


def _on(wanted: Wanted) -> int:
    options = wanted.options
    return sum(
        (
            bool(wanted.also),
            bool(options.without),
            options.since is not None,
            options.quiet_days > 0,
            options.one_per != PERSON,
            options.control > 0,
        )
    )


def _key(name: str) -> str:
    return f"list_{name}_{state.turn(TURN)}_{state.language()}"


def _segments(wanted: Wanted) -> None:
    w = state.say()
    names = {one.key: plain(one.name) for one in cached.workspace().segments.list()}
    if not names:
        st.caption(w("page.lists.no_segments"))
        return
    if wanted.joins() and wanted.segment != "":
        _several("also", names, [key for key in wanted.also if key in names], wanted.segment,
                 lambda keys: setattr(wanted, "also", keys))  # fmt: skip
    _several("without", names, [key for key in wanted.options.without if key in names], wanted.segment,
             lambda keys: wanted.change(without=keys))  # fmt: skip


def _several(
    name: str,
    names: Mapping[str, str],
    held: Sequence[str],
    main: str | None,
    keep: Callable[[tuple[str, ...]], None],
) -> None:
    w, key = state.say(), _key(name)

    def kept() -> None:
        chosen = state.widget(key)
        keep(tuple(str(one) for one in chosen) if isinstance(chosen, list) else ())

    st.multiselect(
        w(f"page.lists.{name}"),
        [option for option in names if option != main],
        default=held,
        format_func=lambda option: names.get(option, option),
        placeholder=w("page.lists.who_hint"),
        key=key,
        on_change=kept,
        help=w(f"page.lists.{name}_help"),
    )


def _rest(wanted: Wanted) -> None:
    w = state.say()
    days, one = _key("quiet"), _key("one_per")
    st.selectbox(
        w("page.lists.quiet"),
        sorted({*DAYS, wanted.options.quiet_days}),
        index=sorted({*DAYS, wanted.options.quiet_days}).index(wanted.options.quiet_days),
        format_func=lambda n: w("page.lists.quiet_days", n=n) if n else w("page.lists.quiet_none"),
        key=days,
        on_change=lambda: wanted.change(quiet_days=int(str(state.widget(days)))),
        help=w("page.lists.quiet_help"),
    )
    st.selectbox(
        w("page.lists.one_per"),
        ONE_PER,
        index=ONE_PER.index(wanted.options.one_per),
        format_func=lambda code: w(f"list.one_per.{code}"),
        key=one,
        on_change=lambda: wanted.change(one_per=str(state.widget(one))),
        help=w("page.lists.one_per_help"),
    )


def _control(wanted: Wanted) -> None:
    w, options = state.say(), wanted.options
    share, strata = _key("control"), _key("strata")
    shares = sorted({*SHARES, options.control})
    st.selectbox(
        w("page.lists.control"),
        shares,
        index=shares.index(options.control),
        format_func=lambda n: w("page.lists.control_share", n=n) if n else w("page.lists.control_none"),
        key=share,
        on_change=lambda: wanted.change(control=int(str(state.widget(share)))),
        help=w("page.lists.control_help"),
    )
    if not options.control:
        return
    st.selectbox(
        w("page.lists.strata"),
        STRATA,
        index=STRATA.index(options.strata),
        format_func=lambda code: w(f"field.{code}"),
        key=strata,
        on_change=lambda: wanted.change(strata=str(state.widget(strata))),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(w("page.lists.seed", seed=options.seed), width="stretch")
        st.button(
            w("page.lists.draw_again"),
            icon=":material/casino:",
            key=_key("seed"),
            on_click=lambda: wanted.change(seed=options.seed + 1),
        )
