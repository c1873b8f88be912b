"""What a definition gives, live: size, reach, weight, the sentence, warnings, pictures, first people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import streamlit as st

from pages.parts.charts import chart
from pages.parts.criterion_picker import Askable
from pages.parts.table import table
from pages.parts.text import escape
from segmentation.audience.counts import NodeCount
from segmentation.audience.evaluator import Look
from segmentation.criteria.catalogue import Field
from segmentation.criteria.describe import describe
from segmentation.criteria.segment import Segment
from segmentation.criteria.warnings import Facts, said, warnings
from segmentation.i18n import Words
from segmentation.lists.columns import list_columns, list_rows, usual_columns
from segmentation.results import ChartSpec, Column, Report, Sheet
from segmentation.traits.choices import names_of
from segmentation.workspace import Workspace

PREVIEWED = 50
SCROLLED, SCROLLED_HEIGHT = 14, 460
"""From so many rows on, the first people scroll in so many pixels."""
_PREVIEW = ("first_name", "last_name", "email", "city", "total_spent", "last_purchase_date", "rfm_segment")


@dataclass(eq=False)
class Living:
    """One definition evaluated: its look, and what it weighs in the base."""

    segment: Segment
    look: Look
    weight: Report
    base: Workspace

    @classmethod
    def of(cls, base: Workspace, segment: Segment) -> Living:
        """Evaluate; CriterionError names the faulty part."""
        look = base.evaluator.look(segment)
        return cls(segment, look, base.report("weight", look.mask), base)

    @property
    def count(self) -> int:
        """How many members."""
        return self.look.count

    @cached_property
    def nodes(self) -> dict[str, NodeCount]:
        """The count of each node, by its path."""
        return {node.path: node for node in self.look.nodes}


def figures(living: Living | None, w: Words, base: Workspace) -> None:
    """Size, who can be reached, what they have spent: one line, first on a phone."""
    with st.grid(4, min_column_width=150):
        if living is None:
            st.metric(w("panel.size"), "–", border=True)
            return
        look, weight = living.look, living.weight.figures
        share = look.count / look.base if look.base else 0.0
        _figure(w("panel.size"), w.number(look.count), w("panel.of_base", share=w.percent(share)))
        for channel in ("email", "sms"):
            reach = look.reach[channel]
            _figure(
                w(f"panel.{channel}"),
                w.number(reach.reachable),
                w("panel.confirm", n=reach.to_confirm) if reach.to_confirm else None,
                about=w("panel.email_help"),
            )
        part = weight["revenue_share"]
        _figure(
            w("panel.revenue"),
            w.money(weight["net"], base.settings.currency, digits=0),
            w("panel.of_revenue", share=w.percent(part)) if part is not None else None,
        )


def _figure(label: str, value: str, beside: str | None, *, about: str | None = None) -> None:
    st.metric(
        label, value, beside,
        delta_color="off", delta_arrow="off", border=True, height="stretch", help=about,
    )  # fmt: skip


def details(living: Living, w: Words, base: Workspace, askable: Askable) -> None:
    """The sentence, what may be wrong, the other channels and four small pictures."""
    catalogue = base.catalogue
    with st.container(border=True, gap="small"):
        st.markdown(f"**{w('panel.sentence')}**")
        st.markdown(escape(describe(living.segment, catalogue, w), longest=1200))
        others = [
            f"{w(f'panel.{channel}', n=reach.reachable)} · {w('panel.confirm', n=reach.to_confirm)}"
            for channel in ("phone", "post")
            for reach in (living.look.reach[channel],)
        ]
        st.caption(" — ".join(others))
    for warning in warnings(living.segment, catalogue, _facts(living, askable))[:4]:
        st.warning(
            escape(said(warning, living.segment, catalogue, w), longest=300), icon=":material/warning:"
        )
    if living.count:
        with st.grid(2, min_column_width=300):
            for code, spec in base.breakdowns(living.look.mask).charts.items():
                with st.container(gap="xsmall"):
                    st.caption(w(f"field.{code}"))
                    shown = _worded(spec, catalogue.fields[code], w)
                    currency = base.settings.currency
                    chart(shown, w, key=f"small_{code}", alt=w(f"field.{code}"), currency=currency)


def _facts(living: Living, askable: Askable) -> Facts:
    """What warnings need to know of the audience and of the fields it is asked by.

    Emptiness is told of what a file says of people: who bought nothing has no date of purchase, and lacks
    nothing.
    """
    fields = askable.catalogue.fields.items()
    filled = {code: askable.filled(field) for code, field in fields if field.relation == "contacts"}
    return Facts(living.count, living.look.base, filled=filled, idle=_idle(living))


def _idle(living: Living) -> tuple[str, ...]:
    """The rules that change nothing where all must hold; one that brings nobody to an « or » is no fault."""
    if not living.count:
        return ()
    paths = [node.path for node in living.look.nodes]
    groups = {path.rpartition(".")[0].rpartition(".")[0] for path in paths if path} | {
        path.removesuffix(".not") for path in paths if path.endswith(".not")
    }
    found = []
    for node in living.look.nodes:
        steps = [step for step in node.path.split(".") if step != "not"]
        if node.path in groups or steps[-2:-1] != ["all"]:
            continue
        if node.without == living.count and node.alone == 0:
            found.append(node.path)
    return tuple(found)


def _worded(spec: ChartSpec, field: Field, w: Words) -> ChartSpec:
    """The picture with its values in words, and bands as their two ends."""
    labels, told = [], [str(label) for label in spec.data["labels"]]
    names = names_of(field, told, w)
    for label in spec.data["labels"]:
        if isinstance(label, tuple):
            labels.append(
                " – ".join(w.date(end) if isinstance(end, date) else w.number(end) for end in label)
            )
        elif isinstance(label, bool):
            labels.append(w("input.yes" if label else "input.no"))
        else:
            labels.append(names[str(label)])
    return replace(spec, data={**spec.data, "labels": labels})


def preview(living: Living, w: Words, base: Workspace, askable: Askable) -> None:
    """The first members, in columns to choose."""
    st.header(w("panel.preview", n=min(PREVIEWED, living.count)), anchor=False)
    if not living.count:
        st.info(w("panel.nobody"), icon=":material/search_off:")
        return
    filled = [code for code, field in base.catalogue.fields.items() if askable.filled(field) > 0]
    usual = [code for code in (*_PREVIEW, *usual_columns("email")) if code in filled]
    chosen = st.multiselect(
        w("panel.columns"),
        filled,
        default=list(dict.fromkeys(usual))[:7],
        format_func=lambda code: askable.label(base.catalogue.fields[code]),
        key="preview_columns",
        placeholder=w("panel.columns_hint"),
        persist_state="session",
    )
    if not chosen:
        return
    columns = list_columns(base.catalogue, chosen, w)
    mask = living.look.mask.copy()
    ids = mask.nonzero()[0]
    mask[ids[PREVIEWED:]] = False
    with base.audience(mask) as session:
        rows = list(list_rows(session, base.catalogue, columns))
    table(
        Sheet(
            "preview", tuple(Column(one.code, one.header, one.type, literal=True) for one in columns), rows
        ),
        w,
        key="preview",
        alt=w("panel.preview", n=len(rows)),
        currency=base.settings.currency,
        height="content" if len(rows) < SCROLLED else SCROLLED_HEIGHT,
    )
