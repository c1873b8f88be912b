"""Accueil: where do we stand; an empty base offers the drop zone and the demonstration shop."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, jobs, state
from pages.parts.intake import drop
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.errors import CancelledError, CarnetError
from segmentation.jobs import Job
from segmentation.results import Report

FIGURES = ("contacts", "reachable_email", "active_customers", "revenue")
LIGHTS = ("contacts", "orders", "events")
SEGMENTS = 6
AT_ONCE = 0.5
"""Seconds a demonstration that is nearly ready is waited for."""
DEMO_STOPPED = "demo_stopped"
"""Under this name a session keeps why the demonstration could not be made: not tried again until asked."""


def render() -> None:
    """Draw the screen."""
    if cached.workspace().contacts:
        _stand()
    else:
        _welcome()


def _welcome() -> None:
    """Nothing yet: bring a file, or look around in the demonstration."""
    w = state.say()
    _await_demo()
    with frame.head(w("page.home.welcome"), w("page.home.welcome_sentence")):
        pass
    left, right = st.columns([4, 3], gap="large")
    with left:
        if drop.zone():
            frame.go("import")
        drop.recipes()
    with right:
        _demo()
        st.markdown("\n".join(f"- {w(f'page.home.lights.{kind}')}" for kind in LIGHTS))


def _await_demo() -> None:
    """Have the demonstration made ready while the page is read; once asked for and ready, look at it."""
    wanted, held = bool(state.get(jobs.DEMO_WANTED)), state.get("demo_job")
    if state.get(DEMO_STOPPED) is not None and not wanted:
        return
    job = held if isinstance(held, Job) else jobs.ready_demo()
    if not wanted:
        return
    if job is not None and not job.wait(AT_ONCE):
        state.put("demo_job", job)
        return
    state.drop("demo_job")
    state.drop(jobs.DEMO_WANTED)
    if job is not None and job.status != "done":
        state.put(DEMO_STOPPED, job.error)
        return
    state.put("demo", True)
    state.drop("draft")
    st.rerun()


def _want_demo() -> None:
    state.drop(DEMO_STOPPED)
    state.put(jobs.DEMO_WANTED, True)


def _demo() -> None:
    """The way into the demonstration, and why it did not open when it could not."""
    w = state.say()
    with st.container(border=True):
        st.subheader(w("page.home.demo_title"), anchor=False)
        st.markdown(w("page.home.demo_sentence"))
        st.button(
            w("page.home.demo_button"),
            icon=":material/storefront:",
            key="demo",
            width="stretch",
            on_click=_want_demo,
            disabled=bool(state.get(jobs.DEMO_WANTED)),
        )
        stopped = state.get(DEMO_STOPPED)
        if stopped is not None and not isinstance(stopped, CancelledError):
            show(stopped if isinstance(stopped, CarnetError) else CarnetError("error.unexpected"))


def _stand() -> None:
    """Four figures, the last import, my segments, one next step."""
    w = state.say()
    with frame.head(w("page.home.title"), _last_import()):
        if st.button(w("page.home.import"), type="primary", icon=":material/upload_file:", key="home_import"):
            frame.go("import")
    report = cached.overview()
    _figures(report)
    _segments()
    _next(report)


def _last_import() -> str:
    w = state.say()
    imports = [row for row in cached.workspace().imports() if row.undone_at is None]
    if not imports or state.in_demo():
        return w("page.home.sentence")
    last = imports[0]
    name = escape(last.file_name or w(f"kind.{last.kind}"))
    if last.kind != "contacts":
        return w("page.home.last_rows", date=w.date(last.created_at), name=name, n=last.rows_loaded)
    return w(
        "page.home.last_import",
        date=w.date(last.created_at),
        name=name,
        new=w.number(last.new_rows, digits=0),
        updated=w.number(last.updated_rows, digits=0),
    )


def _figures(report: Report) -> None:
    w = state.say()
    for column, name in zip(st.columns(4), FIGURES, strict=True):
        share, beside, months = _context(name, report)
        with column:
            st.metric(
                w(f"page.home.figure.{name}"),
                _written(name, report.figures.get(name)),
                delta=share,
                delta_description=beside,
                delta_color="normal" if name == "revenue" else "off",
                delta_arrow="auto" if name == "revenue" else "off",
                chart_data=months,
                help=w(f"page.home.figure.{name}.means"),
                border=True,
                height="stretch",
            )


def _context(name: str, report: Report) -> tuple[str | None, str | None, list[float] | None]:
    """What gives a figure its meaning: a share of the base, or the year before and the months."""
    w, figures = state.say(), report.figures
    value, contacts = figures.get(name), figures.get("contacts")
    if name in ("reachable_email", "active_customers") and contacts:
        return w.percent(float(str(value)) / float(str(contacts)), digits=0), w("page.home.of_base"), None
    if name == "revenue" and "revenue" in report.charts:
        before, months = float(str(figures["revenue_before"])), report.charts["revenue"].data["values"]
        change = float(str(value)) / before - 1 if before > 0 else None
        sign = "-" if change is not None and change < 0 else "+"  # Streamlit looks for an ASCII minus
        shown = None if change is None else sign + w.percent(abs(change), digits=0)
        return shown, w("page.home.on_year_before") if shown else None, [float(month) for month in months]
    return None, None, None


def _written(name: str, value: object) -> str:
    w = state.say()
    if value is None:
        return "–"
    if name == "revenue":
        return w.money(value, cached.workspace().settings.currency, digits=0)
    return w.number(value, digits=0)


def _segments() -> None:
    """My segments, when there are any: name and size today."""
    w, base = state.say(), cached.workspace()
    saved = base.segments.list() if frame.built("segments") else ()
    if not saved:
        return
    st.subheader(w("page.home.segments"), anchor=False)
    for segment in saved[:SEGMENTS]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escape(segment.name)}**")
            st.caption(w("count.contacts", n=cached.size_of(segment.key)[0]))
            if st.button(w("page.home.segment_open"), key=f"segment_{segment.key}", type="tertiary"):
                frame.go("segments", segment=segment.key)


def _next(report: Report) -> None:
    """One next step, the one that the data call for."""
    w = state.say()
    if not report.figures.get("orders"):
        step, screen = "orders", "import"
    elif frame.built("rfm"):
        step, screen = "rfm", "rfm"
    else:
        step, screen = "segments", "segments"
    if not frame.built(screen):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(w(f"page.home.next.{step}"))
        if st.button(w(f"page.home.next.{step}_button"), key="home_next", icon=":material/arrow_forward:"):
            frame.go(screen)
