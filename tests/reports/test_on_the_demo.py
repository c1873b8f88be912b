"""Crossing and engagement on the demonstration shop: every mark's criterion, and plain pandas of its rows."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

import pandas as pd
import pytest

from pages.parts.home.stories import FIRST_TEA
from segmentation.criteria.codec import criterion_from_json
from segmentation.reports.crossing import BETWEEN, TOTAL
from segmentation.reports.engagement_people import SIGNALLED, TIERS, of_campaign
from segmentation.results import Report, Statement
from segmentation.workspace import Workspace

PAIRS = (
    ("rfm_segment", "age_band"),
    ("rfm_segment", "engagement_tier"),
    ("city", "total_spent"),
    ("interests", "acquisition_channel"),
    ("created_at", "orders_count"),
    ("life_cycle", "department"),
    ("open_rate", "segment:lyon"),
)


def rows(shop: Workspace, sql: str) -> pd.DataFrame:
    found = shop.database.run(Statement(sql))
    return pd.DataFrame(found.rows, columns=list(found.columns))


def bare(text: object) -> str:
    """A text as people compare it: no case, no accent, no hyphen."""
    if not isinstance(text, str):
        return ""
    letters = unicodedata.normalize("NFD", text.lower().replace("-", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def people(shop: Workspace) -> pd.DataFrame:
    return rows(shop, "SELECT * FROM contacts WHERE live").set_index("contact_id")


@pytest.fixture(scope="module")
def orders(shop: Workspace) -> pd.DataFrame:
    return rows(shop, "SELECT contact_id, order_date, amount FROM orders WHERE counted AND contact_id > 0")


@pytest.fixture(scope="module")
def events(shop: Workspace) -> pd.DataFrame:
    sql = "SELECT contact_id, event_type AS kind, event_date, campaign FROM events WHERE contact_id > 0"
    return rows(shop, sql)


@pytest.fixture(scope="module")
def report(shop: Workspace) -> Report:
    return shop.report("engagement")


@pytest.mark.parametrize("pair", PAIRS, ids="×".join)
def test_the_criterion_of_each_mark_of_a_crossing_holds_who_it_shows(
    shop: Workspace, pair: tuple[str, str]
) -> None:
    key = ""
    if "lyon" in pair[1]:
        key = shop.segments.save("Lyon", {"field": "city", "op": "is", "value": "Lyon"}).key
    found = shop.report("crossing", rows=pair[0], columns=pair[1].replace("lyon", key))
    cells = {(row[0], row[1]): row[2] for row in found.sheets["cells"].rows}
    evaluator = shop.evaluator
    for mark, criterion in found.charts["cells"].criteria.items():
        row, _, column = mark.partition(BETWEEN)
        assert evaluator.count(criterion_from_json(criterion)) == cells[row, column], mark
    if not (found.figures["rows_overlaps"] or found.figures["columns_overlaps"]):
        inner = sum(n for (row, column), n in cells.items() if TOTAL not in (row, column))  # type: ignore[misc]
        assert inner == cells[TOTAL, TOTAL] == shop.contacts


def test_a_crossing_of_the_demo_is_that_of_pandas(
    shop: Workspace, people: pd.DataFrame, orders: pd.DataFrame
) -> None:
    found = shop.report("crossing", rows="acquisition_channel", columns="city", most_columns=4)
    net = rows(shop, "SELECT contact_id, amount FROM orders WHERE summed AND contact_id > 0")
    spent = net.groupby("contact_id").amount.sum().reindex(people.index, fill_value=Decimal(0))
    count = orders.groupby("contact_id").size().reindex(people.index, fill_value=0)
    gross = orders.groupby("contact_id").amount.sum().reindex(people.index, fill_value=Decimal(0))
    told = 0
    for row, column, contacts, _, revenue, basket, *_ in found.sheets["cells"].rows:
        if not (str(row).startswith("=") and str(column).startswith("=")):
            continue
        same = (people.acquisition_channel.map(bare) == bare(str(row)[1:])) & (
            people.city.map(bare) == bare(str(column)[1:])
        )
        one = people[same].index
        assert (contacts, revenue) == (len(one), sum(spent[one], Decimal(0)))
        if count[one].sum():
            mean = sum(gross[one], Decimal(0)) / int(count[one].sum())
            assert abs(Decimal(str(basket)) - mean) < Decimal("0.0001")
        told += contacts
    assert told > 1000


def tiers_on(
    day: date, scale: float, people: pd.DataFrame, orders: pd.DataFrame, events: pd.DataFrame
) -> pd.Series:
    """The tier of each contact on a day, contact by contact; every date comes from a row of the base."""
    end = pd.Timestamp(day) + pd.Timedelta(days=1)
    past = events[events.event_date < end]
    last = {
        kind: past[past.kind == kind].groupby("contact_id").event_date.max().dt.date.to_dict()
        for kind in ("email_click", "email_open")
    }
    bought = orders[orders.order_date < end].groupby("contact_id").order_date.max().dt.date.to_dict()
    sent = past[past.kind == "email_sent"].groupby("contact_id").size().to_dict()
    limit = {n: int(n * scale) for n in (15, 30, 90, 180)}
    tiers = {}
    for contact, joined in people.created_at.items():
        strong = [d for d in (last["email_click"].get(contact), bought.get(contact)) if d is not None]
        s = min(((day - d).days for d in strong), default=10**6)
        o = (day - last["email_open"][contact]).days if contact in last["email_open"] else 10**6
        came = joined is not None and joined == joined and pd.Timestamp(joined).date()
        if s <= limit[30]:
            tiers[contact] = "very"
        elif s <= limit[90] or o <= limit[30]:
            tiers[contact] = "engaged"
        elif s <= limit[180] or o <= limit[90]:
            tiers[contact] = "warm"
        elif o <= limit[180]:
            tiers[contact] = "cold"
        elif min(s, o) < 10**6:
            tiers[contact] = "dormant"
        elif came and came > day:
            tiers[contact] = "absent"
        elif came and 0 <= (day - came).days <= limit[15]:
            tiers[contact] = "new"
        else:
            tiers[contact] = "never" if sent.get(contact, 0) >= 5 else "unknown"
    return pd.Series(tiers)


def test_the_demo_writes_about_once_a_month_so_thresholds_are_doubled(
    report: Report, events: pd.DataFrame
) -> None:
    as_of = pd.Timestamp(report.figures["as_of"])
    inside = events[(events.kind == "email_sent") & (events.event_date >= as_of - pd.DateOffset(years=1))]
    days = sorted(set(inside.groupby("campaign").event_date.min().dt.date))
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert report.figures["gap"] == pd.Series(gaps).median()
    assert report.figures["scale"] == 2.0


@pytest.mark.parametrize("place", [0, 6, 11, 12])
def test_tiers_of_a_month_are_those_of_pandas(
    report: Report, people: pd.DataFrame, orders: pd.DataFrame, events: pd.DataFrame, place: int
) -> None:
    data: Any = report.charts["tiers"].data
    day = date.fromisoformat(data["labels"][place])
    expected = tiers_on(day, 2.0, people, orders, events).value_counts()
    assert {tier: values[place] for tier, values in data["series"].items()} == {
        tier: int(expected.get(tier, 0)) for tier in data["series"]
    }


def test_moves_of_the_last_month_are_those_of_pandas(
    report: Report, people: pd.DataFrame, orders: pd.DataFrame, events: pd.DataFrame
) -> None:
    data: Any = report.charts["tiers"].data
    before, after = (
        tiers_on(date.fromisoformat(data["labels"][place]), 2.0, people, orders, events) for place in (11, 12)
    )
    rank = {tier: place for place, tier in enumerate(SIGNALLED)}
    down = sum(rank.get(one, 9) < rank.get(other, -1) for one, other in zip(before, after, strict=True))
    up = sum(
        one in rank and other in rank and rank[one] > rank[other]
        for one, other in zip(before, after, strict=True)
    )
    moved: Any = report.sheets["moves"].rows[-1]
    assert (moved[1], moved[2]) == (up, down)
    back = sum(
        one in ("cold", "dormant") and other in ("very", "engaged", "warm")
        for one, other in zip(before, after, strict=True)
    )
    assert report.charts["moved"].data["values"] == [down, up, back]
    first = sum(
        one not in (*rank, "absent") and other in rank for one, other in zip(before, after, strict=True)
    )
    came = sum(one == "absent" != other for one, other in zip(before, after, strict=True))
    assert (moved[3], moved[4]) == (first, came)
    today = sum(data["series"][tier][-1] for tier in TIERS)
    assert sum(moved[1:]) == sum(after != "absent") == today


def test_the_criterion_of_each_mark_of_engagement_holds_who_it_shows(shop: Workspace, report: Report) -> None:
    evaluator = shop.evaluator
    for name, spec in report.charts.items():
        data: Any = spec.data
        if name == "tiers":
            shown = {
                f"{tier}|{day}": n
                for tier, values in data["series"].items()
                for day, n in zip(data["labels"], values, strict=True)
            }
        elif name == "moments":
            shown = dict(
                zip(chain.from_iterable(data["keys"]), chain.from_iterable(data["values"]), strict=True)
            )
        else:
            shown = dict(zip(data["keys"], data["values"], strict=True))
        for mark, criterion in spec.criteria.items():
            assert evaluator.count(criterion_from_json(criterion)) == shown[mark], (name, mark)
    silent = report.figures["silent_criterion"]
    assert evaluator.count(criterion_from_json(silent)) == report.figures["silent"]


def test_the_evaluator_of_an_earlier_day_gives_the_tiers_of_that_day(
    shop: Workspace, report: Report, people: pd.DataFrame, orders: pd.DataFrame, events: pd.DataFrame
) -> None:
    day = date(2026, 5, 31)
    shop.chosen = day
    try:
        scale = shop.report("engagement").figures["scale"]
        expected = tiers_on(day, float(str(scale)), people, orders, events).value_counts()
        for tier in (*SIGNALLED, "new", "never"):
            asked = criterion_from_json({"field": "engagement_tier", "op": "is", "value": tier})
            assert shop.evaluator.count(asked) == int(expected.get(tier, 0)), tier
    finally:
        shop.chosen = None


@pytest.fixture(scope="module")
def year(events: pd.DataFrame, report: Report) -> pd.DataFrame:
    as_of = pd.Timestamp(report.figures["as_of"])
    start, end = as_of - pd.DateOffset(years=1), as_of + pd.Timedelta(days=1)
    return events[(events.event_date >= start) & (events.event_date < end)]


def test_the_funnel_is_that_of_pandas(report: Report, year: pd.DataFrame, orders: pd.DataFrame) -> None:
    kinds = {
        kind: set(year[year.kind == kind].contact_id)
        for kind in ("email_sent", "email_bounce", "email_open", "email_click")
    }
    sent, signs = kinds["email_sent"], kinds["email_open"] | kinds["email_click"]
    clicks = year[year.kind == "email_click"][["contact_id", "event_date"]].merge(orders, on="contact_id")
    gap = clicks.order_date.dt.normalize() - clicks.event_date.dt.normalize()
    fruit = clicks[(clicks.order_date > clicks.event_date) & (gap <= pd.Timedelta(days=7))]
    expected = [
        len(sent),
        len(sent & ((sent - kinds["email_bounce"]) | signs)),
        len(sent & signs),
        len(sent & kinds["email_click"]),
        len(sent & set(fruit.contact_id)),
    ]
    assert report.charts["funnel"].data["values"] == expected
    assert expected == sorted(expected, reverse=True) and expected[-1] > 0


def test_campaigns_are_those_of_pandas(
    shop: Workspace, report: Report, year: pd.DataFrame, orders: pd.DataFrame
) -> None:
    clicks = year[year.kind == "email_click"].sort_values("event_date")
    fruit = pd.merge_asof(
        orders.sort_values("order_date"), clicks[["contact_id", "event_date", "campaign"]],
        left_on="order_date", right_on="event_date", by="contact_id", allow_exact_matches=False,
    )  # fmt: skip
    gap = fruit.order_date.dt.normalize() - fruit.event_date.dt.normalize()
    fruit = fruit[gap <= pd.Timedelta(days=7)]
    found = report.sheets["campaigns"].rows
    assert len(found) == year[year.kind == "email_sent"].campaign.nunique()
    for key, name, day, sent, bounced, opened, rate, clicked, click_rate, left, buyers, revenue in found:
        one = year[year.campaign == name]

        def who(*kinds: str, one: pd.DataFrame = one) -> int:
            return int(one[one.kind.isin(kinds)].contact_id.nunique())

        assert (sent, bounced, clicked) == (who("email_sent"), who("email_bounce"), who("email_click")), key
        assert (opened, left) == (who("email_open", "email_click"), who("unsubscribe", "spam_complaint"))
        assert day == one[one.kind == "email_sent"].event_date.min().date()
        assert rate == pytest.approx(opened / (sent - bounced))
        assert click_rate == pytest.approx(clicked / (sent - bounced))
        mine = fruit[fruit.campaign == name]
        assert (buyers, revenue) == (mine.contact_id.nunique(), sum(mine.amount, Decimal(0)))
    newest: Any = found[0]
    groups = of_campaign(newest[1])
    count = shop.evaluator.count
    assert count(criterion_from_json(groups["sent"])) == newest[3]
    assert count(criterion_from_json(groups["opened"])) == newest[5]
    assert count(criterion_from_json(groups["clicked"])) == newest[7]


def test_moments_recency_and_silence_are_those_of_pandas(
    report: Report, year: pd.DataFrame, events: pd.DataFrame, shop: Workspace
) -> None:
    clicks = year[year.kind == "email_click"]
    slots = clicks.groupby([clicks.event_date.dt.isocalendar().day, clicks.event_date.dt.hour // 4 * 4])
    expected = slots.contact_id.nunique().to_dict()
    data: Any = report.charts["moments"].data
    shown = {
        (day, hour): n
        for day, line in zip(data["rows"], data["values"], strict=True)
        for hour, n in zip(data["columns"], line, strict=True)
        if n
    }
    assert shown == expected and report.figures["clicks"] == len(clicks)
    assert report.figures["best"] == max(expected, key=lambda slot: expected[slot])
    for name, kind in (("opened", "email_open"), ("clicked", "email_click")):
        last = events[events.kind == kind].groupby("contact_id").event_date.max().dt.date
        ages = last.map(lambda day: (report.figures["as_of"] - day).days)  # type: ignore[operator]
        received = set(events[events.kind == "email_sent"].contact_id)
        bands = [(0, 30), (31, 90), (91, 180), (181, 365), (366, 10**6)]
        counts = [int(ages.between(*band).sum()) for band in bands]
        assert report.charts[name].data["values"] == [*counts, len(received - set(last.index))]
    sent = events[events.kind == "email_sent"].groupby("contact_id").size()
    signs = set(events[events.kind.isin(["email_open", "email_click"])].contact_id)
    silent = set(sent[sent >= 5].index) - signs
    mails = year[(year.kind == "email_sent") & year.contact_id.isin(silent)]
    assert (report.figures["silent"], report.figures["silent_mails"]) == (len(silent), len(mails))
    told = sum(int(str(report.figures[name])) for name in ("silent_buyers", "silent_new"))
    never = shop.evaluator.count(
        criterion_from_json({"field": "engagement_tier", "op": "is", "value": "never"})
    )
    assert len(silent) == told + never, "they add up to the level of those who never read or bought"


def test_the_three_stories_told_of_the_shop_are_true(
    shop: Workspace, people: pd.DataFrame, events: pd.DataFrame
) -> None:
    every = rows(shop, "SELECT order_date, counted FROM orders")
    month = every["order_date"].dt.to_period("M").astype(str)
    failed = 1 - every.groupby(month)["counted"].mean()
    assert failed["2026-03"] > 0.4
    assert failed.drop("2026-03").max() < 0.2

    lines = rows(
        shop, "SELECT contact_id, category, order_date FROM order_lines WHERE counted AND contact_id > 0"
    )
    bought = lines.groupby("contact_id")["order_date"].nunique()
    began = lines[lines["order_date"] == lines.groupby("contact_id")["order_date"].transform("min")]
    tea = set(began.loc[began["category"] == "Thé", "contact_id"])
    back = bought > 1
    first, others = back[back.index.isin(tea)].mean(), back[~back.index.isin(tea)].mean()
    assert first > others + 0.1
    asked = criterion_from_json(dict(FIRST_TEA))
    assert set(shop.evaluator.ids(asked).tolist()) == tea & set(people.index)

    town = events["contact_id"].map(people["city"]) == "Villeurbanne"

    def opened(kept: pd.Series) -> float:
        kinds = events.loc[kept, "kind"].value_counts()
        return float(kinds["email_open"] / kinds["email_sent"])

    assert 0.45 < opened(town) < 0.55
    assert 0.2 < opened(~town) < 0.3
