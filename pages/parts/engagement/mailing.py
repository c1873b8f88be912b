"""From sent to bought, campaign by campaign, the last sign of each, and when people click."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, one_choice, state
from pages.parts.charts import chart
from pages.parts.engagement.bands import Marks, bars, bars_table
from pages.parts.engagement.choice import hours, moment
from pages.parts.engagement.reading import Listening, rows
from pages.parts.ink import inked
from pages.parts.table import table
from pages.parts.text import escape
from segmentation.i18n import Words
from segmentation.reports.engagement_mail import CAMPAIGN_COLUMNS, LEAST_CLICKS, ONE_SLOT
from segmentation.reports.engagement_people import BOUGHT_WITHIN, CAMPAIGN_GROUPS
from segmentation.results import ChartSpec, Sheet


def funnel(seen: Listening) -> Marks:
    """Each step of the last twelve months."""
    w = state.say()
    st.caption(w("page.engagement.funnel_help", days=BOUGHT_WITHIN))
    steps = seen.bars("funnel")
    data = {
        "labels": [w(f"page.engagement.funnel.{key}") for key in steps.keys],
        "values": list(steps.values), "keys": list(steps.keys), "unit": "integer",
    }  # fmt: skip
    marks = chart(
        ChartSpec("funnel", data), w,
        key=one_choice.key("engagement", "funnel"), alt=w("page.engagement.funnel_alt"), select=True,
    )  # fmt: skip
    table_marks = bars_table("funnel", {"funnel": steps})
    return {"funnel": tuple(f"funnel|{mark}" for mark in marks), "funnel_table": table_marks}


def campaigns(seen: Listening) -> Marks:
    """The campaigns of the last twelve months; who of the chosen ones is taken."""
    w = state.say()
    if seen.campaigns is None or not seen.campaigns.rows:
        st.info(w("page.engagement.no_campaign"), icon=":material/label_off:")
        return {}
    st.caption(w("page.engagement.campaigns_help", days=BOUGHT_WITHIN))
    group = st.segmented_control(
        w("page.engagement.take"),
        CAMPAIGN_GROUPS,
        default=CAMPAIGN_GROUPS[1],
        required=True,
        format_func=inked(lambda name: w(f"page.engagement.campaign.{name}")),
        key=f"engagement_take_{w.language}",
    )
    known = rows(seen.campaigns)
    columns = [column for column in CAMPAIGN_COLUMNS if column.key != "key"]
    places = table(
        Sheet("campaigns", tuple(columns), [[row[column.key] for column in columns] for row in known]), w,
        key=one_choice.key("engagement", "campaigns"), alt=w("page.engagement.campaigns_alt"), select=True,
        currency=cached.workspace().settings.currency, widths={"campaign": 150},
    )  # fmt: skip
    found = tuple(f"campaign|{group}|{known[place]['key']}" for place in places if place < len(known))
    return {"campaigns": found}


def recency(seen: Listening) -> Marks:
    """Days since the last opening and since the last click."""
    w = state.say()
    st.caption(w("page.engagement.recency_help"))
    found: Marks = {}
    for column, kind in zip(st.columns(2), ("opened", "clicked"), strict=True):
        with column:
            st.markdown(f"**{w(f'page.engagement.{kind}')}**")
            found[kind] = bars(seen, kind)
    both = {kind: seen.bars(kind) for kind in ("opened", "clicked")}
    with st.expander(w("page.engagement.as_table")):
        found["recency_table"] = bars_table("recency", both)
    return found


def rates(seen: Listening) -> Marks:
    """How contacts are spread by their opening rate."""
    w = state.say()
    st.caption(w("page.engagement.rates_help", n=seen.rated))
    found = {"rates": bars(seen, "rates")}
    with st.expander(w("page.engagement.as_table")):
        found["rates_table"] = bars_table("rates", {"rates": seen.bars("rates")})
    return found


def moments(seen: Listening) -> Marks:
    """Who clicked by weekday and time of day, and what can be said of it."""
    w = state.say()
    st.markdown(_best(seen, w))
    spec = seen.charts["moments"]
    days: list[int] = list(spec.data["rows"])  # type: ignore[call-overload]
    starts: list[int] = list(spec.data["columns"])  # type: ignore[call-overload]
    data = {
        **spec.data,
        "rows": [w(f"page.engagement.day.{day}") for day in days],
        "columns": [hours(hour, w) for hour in starts],
        "row_height": 40,
    }
    marks = chart(
        ChartSpec("cross_tab", data), w,
        key=one_choice.key("engagement", "moments"), alt=w("page.engagement.moments_alt"), select=True,
    )  # fmt: skip
    key = f"engagement_moment_{w.language}"
    picked = st.multiselect(
        w("page.engagement.moment_pick"),
        [f"{day}-{hour}" for day in days for hour in starts],
        format_func=lambda slot: moment(*map(int, slot.split("-")), w),
        placeholder=w("page.engagement.moment_hint"),
        key=f"{key}_{one_choice.key('engagement', 'moment_pick')}",
    )
    return {
        "moments": tuple(f"moment|{mark}" for mark in marks),
        "moment_pick": tuple(f"moment|{mark}" for mark in picked),
    }


def _best(seen: Listening, w: Words) -> str:
    if seen.best is None:
        return w("page.engagement.few_clicks", n=seen.clicks, least=LEAST_CLICKS)
    said = w("page.engagement.best", when=escape(moment(*seen.best, w)), clicks=w.number(seen.clicks))
    if seen.one_slot >= ONE_SLOT:
        said += " " + w("page.engagement.one_slot", share=w.percent(seen.one_slot, digits=0))
    return said
