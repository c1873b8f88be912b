"""The tiers: a stacked bar a month, the table of today for the keyboard, and who moved month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.engagement.bands import bars, bars_table
from pages.parts.engagement.reading import Listening
from pages.parts.table import table
from segmentation.i18n import Words
from segmentation.reports.engagement_people import SIGNALLED
from segmentation.results import ChartSpec, Column, Sheet
from segmentation.traits.tier import FRESH, SILENT_SENT, STRONG, TIERS, WEAK, Rhythm

SHADES = (1.0, 0.75, 0.5, 0.3, 0.12, 3, 1, None)
"""Of each tier: the more engaged, the stronger; those without a sign have a colour of their own."""
COLUMNS = (
    Column("tier", "page.engagement.tier"),
    Column("contacts", "page.engagement.contacts", "integer"),
    Column("share", "page.engagement.share", "percent"),
    Column("change", "page.engagement.change", literal=True),
    Column("rule", "page.engagement.rule"),
)


def draw(seen: Listening) -> dict[str, tuple[str, ...]]:
    """What is chosen in the picture and in the table."""
    w = state.say()
    first, last = (w(f"choice.engagement_tier.{tier}") for tier in (SIGNALLED[0], SIGNALLED[-1]))
    st.caption(w("page.engagement.tiers_help", first=first, last=last))
    with st.popover(w("page.engagement.tiers_what"), icon=":material/help:", type="tertiary"):
        st.markdown(_rules(seen, w))
    spec = seen.charts["tiers"]
    shown = [tier for tier in TIERS if any(spec.data["series"][tier])]  # type: ignore[index]
    data = {
        "labels": [_month(day, seen, w) for day in seen.days],
        "keys": list(seen.days),
        "series": {tier: spec.data["series"][tier] for tier in shown},  # type: ignore[index]
        "series_words": "choice.engagement_tier.",
        "shades": [SHADES[TIERS.index(tier)] for tier in shown],
        "unit": "integer",
    }
    marks = chart(
        ChartSpec("stacked", data), w,
        key=one_choice.key("engagement", "tiers"), alt=w("page.engagement.tiers_alt"), select=True,
    )  # fmt: skip
    found = {"tiers": tuple(f"tier|{mark}" for mark in marks), "tiers_table": _table(seen, w)}
    return found | _moves(seen, w)


def _month(day: str, seen: Listening, w: Words) -> str:
    if day == seen.days[-1]:
        return w("page.engagement.today")
    return w.month(date.fromisoformat(day)).split()[0]


def _rules(seen: Listening, w: Words) -> str:
    lines = [w("page.engagement.tiers_rhythm", times=w.number(seen.scale))] if seen.scale != 1 else []
    lines += [f"- **{w(f'choice.engagement_tier.{tier}')}** : {rule(tier, seen.scale, w)}" for tier in TIERS]
    return "\n".join([w("page.engagement.tiers_rules"), "", *lines])


def rule(tier: str, scale: float, w: Words) -> str:
    """What puts a contact in a tier, in days."""
    rhythm = Rhythm(scale)
    strong, weak = [rhythm.days(n) for n in STRONG], [rhythm.days(n) for n in WEAK]
    values = {
        "very": {"strong": strong[0]},
        "engaged": {"strong": strong[1], "weak": weak[0]},
        "warm": {"strong": strong[2], "weak": weak[1]},
        "cold": {"weak": weak[2]},
        "new": {"fresh": rhythm.days(FRESH)},
        "never": {"sent": SILENT_SENT},
    }.get(tier, {})
    return w(f"page.engagement.rule.{tier}", **values)


def _table(seen: Listening, w: Words) -> tuple[str, ...]:
    now, before = seen.tiers(), seen.tiers(-2)
    shown = [tier for tier in TIERS if now[tier] or before[tier]]
    lines = [
        (
            w(f"choice.engagement_tier.{tier}"),
            now[tier],
            now[tier] / seen.contacts if seen.contacts else None,
            _signed(now[tier] - before[tier], w),
            rule(tier, seen.scale, w),
        )
        for tier in shown
    ]
    since = w("page.engagement.change", day=w.date(date.fromisoformat(seen.days[-2])))
    columns = [replace(column, label=since) if column.key == "change" else column for column in COLUMNS]
    places = table(
        Sheet("tiers", tuple(columns), lines), w,
        key=one_choice.key("engagement", "tiers_table"), alt=w("page.engagement.tiers_table_alt"),
        select=True,
        widths={"tier": 152, "contacts": 80, "share": 70, "change": 150, "rule": 364},
    )  # fmt: skip
    return tuple(f"tier|{shown[place]}|{seen.days[-1]}" for place in places if place < len(shown))


def _signed(number: int, w: Words) -> str:
    return f"+{w.number(number)}" if number > 0 else w.number(number).replace("-", "−")


def _moves(seen: Listening, w: Words) -> dict[str, tuple[str, ...]]:
    """Who rose and fell this month, to choose; the months before, to read."""
    if seen.moves is None or seen.since is None or not seen.mailed:
        return {}
    with st.expander(w("page.engagement.moves")):
        st.caption(w("page.engagement.moves_help"))
        table(seen.moves, w, key="engagement_moves", alt=w("page.engagement.moves"))
        st.markdown(w("page.engagement.moved_since", day=w.date(seen.since)))
        return {
            "moved": bars(seen, "moved"),
            "moved_table": bars_table("moved", {"moved": seen.bars("moved")}),
        }
