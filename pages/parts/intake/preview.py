"""Step 3, « Avant d’enregistrer »: what would change, row by row of the account; nothing is written yet."""

from __future__ import annotations

import streamlit as st

from pages.parts import jobs, state
from pages.parts.intake import again, columns, draft, numbers_of, refusing, workbook
from pages.parts.intake.shown import left, shown
from pages.parts.intake.under_way import Draft
from pages.parts.intake.understood import lacks_amount, summary
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.intake.clean.columns import Repair
from segmentation.intake.report import Preview, said_of_money, said_of_returns

OUTCOMES = ("new", "updated", "unchanged", "merged", "rejected")
FIRST = ("email", "sms")
"""Channels told without opening anything."""
SHOWN = 50
WIDE = 150
"""Pixels of one figure: five abreast on a desk, two on a telephone."""


def step(now: Draft) -> None:
    """Draw the step: the account of what would change, and a yes to give."""
    w = state.say()
    if now.problem:
        show(now.problem)
    if now.recognition is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(summary(now))
            if st.button(w("page.import.change"), key=f"change_understood_{now.turn}", type="tertiary"):
                now.step = "understood"
                st.rerun()
    workbook.said(now)
    again.said(now)
    if now.prepared is None:
        if st.button(w("page.import.work_out"), type="primary", key=f"work_out_{now.turn}"):
            draft.prepare(now)
            st.rerun()
    else:
        _account(now, now.prepared.preview)


def _account(now: Draft, preview: Preview) -> None:
    w = state.say()
    with st.container(border=True):
        st.header(w("page.import.before", n=preview.rows_read), anchor=False)
        with st.container(horizontal=True):
            for name in OUTCOMES:
                st.metric(
                    w(f"page.import.outcome.{name}"),
                    w.number(getattr(preview, name), digits=0),
                    help=w(f"page.import.outcome.{name}.means"),
                    width=WIDE,
                )
        for line in people(preview):
            st.caption(line)
        if read := numbers_of.told(now):
            st.caption(read)
        lacks_amount(now)
        refusing.before(now, preview)
        _consents(preview)
        again.groups(now, preview)
        _save(now, kept(preview))
    _repairs(now, preview)
    _unread(preview)
    _refused(now, preview)


def kept(preview: Preview) -> int:
    """How many things are kept: people once each, however many rows speak of them; else rows."""
    return preview.rows_loaded - (preview.merged if preview.kind == "contacts" else 0)


def people(preview: Preview) -> list[str]:
    """What the rows say of people beyond their own count, one sentence each."""
    w = state.say()
    facts = {
        "near_duplicates": preview.near_duplicates,
        "held_back": preview.held_back,
        "shared_addresses": preview.shared_addresses,
        "spellings": preview.spellings,
    }
    if preview.kind != "contacts":
        facts = {
            "contacts_new": preview.contacts_new,
            "contacts_known": preview.contacts_known,
            "without_contact": preview.without_contact,
            **facts,
        }
    said = [w(f"page.import.{name}", n=count) for name, count in facts.items() if count]
    return [*said_of_returns(preview, w), *said, *said_of_money(preview, w)]


def _save(now: Draft, loaded: int) -> None:
    """The yes, and the no beside it."""
    w, preview = state.say(), now.prepared.preview if now.prepared else None
    if preview is not None and loaded and nothing_new(preview):
        _leave(now, loaded)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        label = w(f"page.import.save.{now.recognition.kind if now.recognition else 'contacts'}", n=loaded)
        if st.button(
            label, type="primary", key=f"save_{now.turn}", disabled=not loaded or jobs.running() is not None
        ):
            draft.save(now)
            st.rerun()
        if st.button(w("page.import.give_up"), type="tertiary", key=f"give_up_{now.turn}"):
            draft.following()
            st.rerun()
        st.caption(w("page.import.nothing_written"))


def nothing_new(preview: Preview) -> bool:
    """Whether the base says already all that the rows say, and nobody joins a group."""
    return not (preview.new or preview.updated or preview.joined)


def _leave(now: Draft, loaded: int) -> None:
    """Nothing to change: the way out first, the import noted all the same beside."""
    w = state.say()
    st.info(w("page.import.nothing_new", n=loaded), icon=":material/done_all:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(w("page.import.leave"), type="primary", key=f"give_up_{now.turn}"):
            draft.following()
            st.rerun()
        if st.button(
            w("page.import.note_anyway"),
            type="tertiary",
            key=f"save_{now.turn}",
            disabled=jobs.running() is not None,
            help=w("page.import.note_anyway_means"),
        ):
            draft.save(now)
            st.rerun()


def _consents(preview: Preview) -> None:
    """Who may be written to after this import, as lists count them; then what the file itself says."""
    w = state.say()
    held = [
        w("page.import.consent_count", channel=w(f"channel.{channel}"), state=w(f"consent.{code}"), n=count)
        for (channel, code), count in preview.consents.items()
        if count
    ]
    people = preview.contacts_new + preview.contacts_known
    if not people or not (held or any(preview.reachable.values())):
        return
    reach = {
        channel: w("page.import.reach", channel=w(f"channel.{channel}"), n=n, of=w.number(people, digits=0))
        for channel, n in preview.reachable.items()
    }
    some = [reach[channel] for channel in FIRST if preview.reachable.get(channel)]
    with st.expander(" · ".join([w("page.import.consents"), *(some or [w("page.import.reach_nobody")])])):
        st.markdown("\n".join(f"- {line}" for line in reach.values()))
        st.caption(w("page.import.reach_means"))
        if held:
            st.markdown(w("page.import.reach_said") + "\n" + "\n".join(f"- {line}" for line in held))


def _repairs(now: Draft, preview: Preview) -> None:
    """What was put right, by kind, each with one example and a switch."""
    w = state.say()
    groups: dict[str, list[Repair]] = {}
    for repair in preview.repairs:
        groups.setdefault(repair.rule, []).append(repair)
    if not groups and not now.off:
        return
    total = sum(repair.count for repair in preview.repairs)
    with st.container(border=True):
        st.header(w("page.import.repairs", n=total), anchor=False)
        st.caption(w("page.import.repairs_help"))
        for rule in sorted({*groups, *now.off}, key=lambda name: -sum(r.count for r in groups.get(name, ()))):
            _repair(now, rule, groups.get(rule, []))


def _repair(now: Draft, rule: str, repairs: list[Repair]) -> None:
    w, key = state.say(), f"repair_{now.turn}_{rule}"
    on, about = st.columns(2, vertical_alignment="center")
    count = sum(repair.count for repair in repairs)
    with on:
        st.toggle(
            w(f"repair.{rule}") + (f"\u00a0·\u00a0{w.number(count, digits=0)}" if count else ""),
            value=rule not in now.off,
            key=key,
            on_change=lambda: _switch(now, rule, bool(state.widget(key))),
            wrap=True,
        )
    with about:
        if repairs:
            st.text(f"{shown(repairs[0].before)}  →  {left(repairs[0].after, repairs[0].before, w)}")


def _switch(now: Draft, rule: str, on: bool) -> None:
    (now.off.discard if on else now.off.add)(rule)
    draft.prepare(now)


def _refused(now: Draft, preview: Preview) -> None:
    """The rows that cannot be used: how many for each reason, and the first damaged ones."""
    w = state.say()
    if not preview.rejected:
        return
    with st.expander(w("page.import.refused", n=preview.rejected)):
        st.caption(w("page.import.refused_later"))
        reasons = [
            w("page.import.refused_for", reason=w(reason), count=w.number(count, digits=0))
            for reason, count in preview.rejects.items()
        ]
        st.markdown("\n".join(reasons))
        damaged = now.table.refused[:SHOWN] if now.table else ()
        if damaged:
            st.dataframe(
                [
                    {
                        w("page.import.refused.row"): str(row.row_number),
                        w("page.import.refused.reason"): w(row.reason),
                        w("page.import.refused.content"): plain(
                            "  ·  ".join(filter(None, row.values)), longest=160
                        ),
                    }
                    for row in damaged
                ],
                hide_index=True,
            )


def _unread(preview: Preview) -> None:
    """The cells that could not be read: kept as they are, out of calculations."""
    w = state.say()
    if not preview.unread:
        return
    with st.expander(w("page.import.unread", n=sum(cell.count for cell in preview.unread))):
        st.caption(w("page.import.unread_means"))
        lines = [
            w(
                "page.import.unread_cell",
                column=escape(columns.column_name(cell.field)),
                n=cell.count,
                example=escape(cell.example),
            )
            for cell in preview.unread
        ]
        st.markdown("\n".join(lines))
