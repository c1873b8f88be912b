"""The home page's figures on the demonstration shop, counted again in pandas from what the base holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from segmentation.reference.email_domains import corrections
from segmentation.reports.to_do import CARE, THINGS, to_do
from segmentation.results import Statement
from segmentation.workspace import Workspace


def table(shop: Workspace, name: str) -> pd.DataFrame:
    found = shop.database.run(Statement(f"SELECT * FROM {name}"))
    return pd.DataFrame(found.rows, columns=list(found.columns), dtype=object)


@pytest.fixture(scope="module")
def people(shop: Workspace) -> pd.DataFrame:
    """One row per living contact with their orders before the end of the base's day, from the stored rows."""
    contacts = table(shop, "contacts")
    contacts = contacts[contacts["live"] == True].set_index("contact_id")  # noqa: E712
    orders = table(shop, "orders")
    orders = orders[(orders["counted"] == True) & orders["contact_id"].notna()]  # noqa: E712
    orders = orders.assign(day=[moment.date() for moment in orders["order_date"]])
    orders = orders[orders["day"] <= shop.as_of]
    by = orders.groupby("contact_id")["day"]
    kept = contacts[["email", "email_valid", "birth_date", "created_at"]]
    return kept.assign(orders=by.size(), first=by.min(), last=by.max()).fillna({"orders": 0})


def agreed(shop: Workspace, people: pd.DataFrame) -> pd.Series:
    said = table(shop, "consents")
    return said[said["channel"] == "email"].set_index("contact_id")["state"].reindex(people.index)


def month_ends(as_of: date) -> list[date]:
    """The first day after each of the last twelve months, the running one cut the day after ``as_of``."""
    months = pd.period_range(end=pd.Period(as_of, "M"), periods=12, freq="M")
    return [*((month + 1).start_time.date() for month in months[:-1]), as_of + timedelta(days=1)]


def expected(shop: Workspace, people: pd.DataFrame) -> dict[str, int]:
    today = shop.as_of
    days = pd.Series([(today - last).days if isinstance(last, date) else None for last in people["last"]],
                     index=people.index, dtype=float)  # fmt: skip
    scores = table(shop, "rfm_scores").set_index("contact_id")["rfm_segment"].reindex(people.index)
    domain = people["email"].fillna("").str.partition("@")[2].str.lower()
    valid = people["email_valid"].fillna(False).astype(bool)
    wrong = people["email"].notna() & (~valid | domain.isin(list(corrections())))
    events = table(shop, "events")
    since = today - timedelta(days=30)
    clicked = {
        who
        for who, what, when in zip(
            events["contact_id"], events["event_type"], events["event_date"], strict=True
        )
        if what == "email_click" and since <= when.date() <= today
    }
    window = {((today + timedelta(days=n)).month, (today + timedelta(days=n)).day) for n in range(8)}
    born = [
        (day.month, day.day) in window if isinstance(day, date) else False for day in people["birth_date"]
    ]
    state = agreed(shop, people)
    counts = {
        "loyal_quiet": scores.isin(["champions", "loyal"]) & (days > 90),
        "first_order": (people["orders"] == 1) & (days <= 30),
        "curious": (people["orders"] == 0) & people.index.isin(list(clicked)),
        "fix_emails": wrong,
        "second_order": (people["orders"] == 1) & (days > 30) & (days <= 75),
        "birthday": pd.Series(born, index=people.index),
        "to_confirm": (state.isna() | (state == "unknown")) & people["email"].notna() & ~wrong,
    }
    return {name: int(who.sum()) for name, who in counts.items()}


def test_every_thing_to_do_is_counted_as_by_hand(shop: Workspace, people: pd.DataFrame) -> None:
    report = to_do(shop.evaluator)
    told = {str(key): contacts for key, contacts, _ in report.sheets["to_do"].rows}
    assert told == {name: count for name, count in expected(shop, people).items() if count}
    assert len(told) >= 5, "the demonstration has too little to do"
    chart = report.charts["to_do"]
    assert chart.data["keys"] == list(told)
    assert all(chart.criteria[key] == THINGS[key] for key in told)
    assert set(CARE) <= set(THINGS)


def test_the_four_lines_of_the_year(shop: Workspace, people: pd.DataFrame) -> None:
    charts = shop.overview().charts
    edges = month_ends(shop.as_of)
    created = [day.date() if hasattr(day, "date") else day for day in people["created_at"]]
    came = [
        next((day for day in days if isinstance(day, date) and day <= shop.as_of), None)
        for days in zip(created, people["first"], strict=True)
    ]
    reachable = agreed(shop, people).isin(["yes", "customer", "professional"]) & people["email_valid"].eq(
        True
    )
    for name, who in (("contacts", [True] * len(came)), ("reachable_email", list(reachable))):
        counted = [
            sum(inside and (day is None or day < edge) for inside, day in zip(who, came, strict=True))
            for edge in edges
        ]
        assert charts[name].data["values"] == counted, name
    orders = table(shop, "orders")
    active = []
    for edge in edges[:-1]:
        start = date(edge.year - 1, edge.month, 1)
        inside = orders["order_date"].map(lambda moment: start <= moment.date() < edge)  # noqa: B023
        kept = orders[inside & orders["counted"].eq(True) & orders["contact_id"].isin(list(people.index))]
        active.append(kept["contact_id"].nunique())
    assert charts["active_customers"].data["values"][:-1] == active
    for name, chart in charts.items():
        assert len(chart.data["labels"]) == len(chart.data["values"]) == 12, name


def test_few_people_come_last_and_nobody_not_at_all(tmp_path: Path) -> None:
    rows = ["prénom;e-mail;date de naissance;newsletter"]
    rows += [f"A{n};a{n}@gmial.com;;oui" for n in range(2)]
    rows += [f"B{n};b{n}@example.com;0{n}/12/1980;oui" for n in range(1, 7)]
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 30)) as base:
        path = base.database.workdir / "f.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        read = base.read(path)
        with base.prepare(base.request(read, base.recognise(read, kind="contacts"))) as prepared:
            base.commit(prepared)
        rows_told = [row[:2] for row in to_do(base.evaluator).sheets["to_do"].rows]
    assert rows_told == [("birthday", 6), ("fix_emails", 2)]
