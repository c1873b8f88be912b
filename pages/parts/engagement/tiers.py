"""The tiers: a stacked bar a month, the table of today for the keyboard, and who moved month by month.

Without e-mails of the last twelve months only today is true: the past of a last date is not known.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.engagement.bands import bars, bars_table
from pages.parts.engagement.reading import Listening, rows
from pages.parts.table import table
from segmentation.i18n import Words
from segmentation.reports.engagement_people import SIGNALLED
from segmentation.results import ChartSpec, Column, Sheet, Value
from segmentation.traits.tier import FRESH, SILENT_SENT, STRONG, TIERS, WEAK, Rhythm

SHADES = (1.0, 0.75, 0.5, 0.3, 0.12, 3, 1, None)
"""Of each tier: the more engaged, the stronger; those without a sign have a colour of their own."""
TIER, RULE = Column("tier", "page.engagement.tier"), Column("rule", "page.engagement.rule")
NOW = (
    Column("contacts", "page.engagement.now", "integer"),
    Column("share", "page.engagement.share", "percent"),
)


def draw(seen: Listening) -> dict[str, tuple[str, ...]]:
    """What is chosen in the picture and in the table."""
    w = state.say()
    st.markdown(w("page.engagement.tiers_help" if seen.mailed else "page.engagement.tiers_help_now"))
    with st.popover(w("page.engagement.tiers_what"), icon=":material/help:", type="tertiary"):
        st.markdown(_rules(seen, w))
    spec = seen.charts["tiers"]
    days = seen.days if seen.mailed else seen.days[-1:]
    shown = [tier for tier in TIERS if any(spec.data["series"][tier])]  # type: ignore[index]
    data = {
        "labels": [_month(day, seen, w) for day in days],
        "keys": list(days),
        "series": {tier: spec.data["series"][tier][-len(days) :] for tier in shown},  # type: ignore[index]
        "series_words": "choice.engagement_tier.",
        "shades": [SHADES[TIERS.index(tier)] for tier in shown],
        "unit": "integer",
    }
    marks = chart(
        ChartSpec("stacked", data), w,
        key=one_choice.key("engagement", "tiers"), alt=w("page.engagement.tiers_alt"), select=True,
    )  # fmt: skip
    if seen.mailed and (sums := _sums(seen, w)):
        st.markdown(sums)
    found = {"tiers": tuple(f"tier|{mark}" for mark in marks), "tiers_table": _table(seen, w)}
    return found | _moves(seen, w)


def _sums(seen: Listening, w: Words) -> str:
    """Where everyone of today was at the end of last month: parts that add up to the total."""
    if seen.moves is None or seen.since is None:
        return ""
    moved, last, whole = seen.bars("moved"), rows(seen.moves)[-1], sum(seen.tiers().values())
    parts = {"down": moved["down"], "up": moved["up"], "first": last["first"], "came": last["came"]}
    parts = {"stayed": whole - sum(parts.values()), **parts}
    said = [w(f"page.engagement.sums.{name}", number=w.number(n)) for name, n in parts.items() if n]
    return w(
        "page.engagement.sums", day=w.date(seen.since), parts=" + ".join(said),
        everyone=w("count.contacts", n=whole),
    )  # fmt: skip


def _month(day: str, seen: Listening, w: Words) -> str:
    if day == seen.days[-1]:
        return w("page.engagement.today")
    return w.month(date.fromisoformat(day)).split()[0]


def _rules(seen: Listening, w: Words) -> str:
    lines = [w("page.engagement.tiers_rhythm", times=w.number(seen.scale))] if seen.scale != 1 else []
    lines += [
        "- "
        + w(
            "page.engagement.part",
            what=f"**{w(f'choice.engagement_tier.{tier}')}**",
            said=rule(tier, seen.scale, w),
        )
        for tier in TIERS
    ]
    first, last = (w(f"choice.engagement_tier.{tier}") for tier in (SIGNALLED[0], SIGNALLED[-1]))
    past = ["", w("page.engagement.tiers_past", first=first, last=last)] if seen.mailed else []
    return "\n".join([w("page.engagement.tiers_rules"), "", *lines, *past])


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
    """Today by tier, what they were at the end of last month, and the totals."""
    now, before = seen.tiers(), seen.tiers(-2) if seen.mailed else dict.fromkeys(TIERS, 0)
    shown = [tier for tier in TIERS if now[tier] or before[tier]]
    whole, columns = sum(now.values()), [TIER, *NOW]
    lines: list[list[Value]] = [
        [w(f"choice.engagement_tier.{tier}"), now[tier], now[tier] / whole if whole else None]
        for tier in shown
    ]
    lines.append([w("page.engagement.total"), whole, 1.0 if whole else None])
    if seen.mailed:
        since = w("page.engagement.on", day=w.date(date.fromisoformat(seen.days[-2])))
        columns.append(Column("before", since, "integer", literal=True))
        for line, count in zip(lines, [*(before[tier] for tier in shown), sum(before.values())], strict=True):
            line.append(count)
    for line, said in zip(lines, [*(rule(tier, seen.scale, w) for tier in shown), ""], strict=True):
        line.append(said)
    places = table(
        Sheet("tiers", (*columns, RULE), lines), w,
        key=one_choice.key("engagement", "tiers_table"), alt=w("page.engagement.tiers_table_alt"),
        select=True,
        widths={"tier": 152, "contacts": 90, "share": 70, "before": 135, "rule": 370},
    )  # fmt: skip
    return tuple(f"tier|{shown[place]}|{seen.days[-1]}" for place in places if place < len(shown))


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
