"""The engagement tier: each limit at its last day, the rhythm of campaigns, what is known without a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import Rhythm, features_statement, rhythm_of, rhythm_statement
from segmentation.traits.tier import scale_of, tiers_statement

NOW = date(2026, 11, 22)


def ago(days: int) -> date:
    return NOW - timedelta(days=days)


CASES: list[tuple[dict[str, object], str]] = [
    ({"last_click_date": ago(30)}, "very"),
    ({"last_purchase_date": ago(0)}, "very"),
    ({"last_click_date": ago(31)}, "engaged"),
    ({"last_click_date": ago(90)}, "engaged"),
    ({"last_open_date": ago(30)}, "engaged"),
    ({"last_open_date": ago(31)}, "warm"),
    ({"last_open_date": ago(90)}, "warm"),
    ({"last_purchase_date": ago(180)}, "warm"),
    ({"last_open_date": ago(91)}, "cold"),
    ({"last_open_date": ago(180)}, "cold"),
    ({"last_click_date": ago(181)}, "dormant"),
    ({"last_open_date": ago(181), "emails_sent": 9}, "dormant"),
    ({"last_click_date": ago(400), "last_open_date": ago(100)}, "cold"),
    ({"created_at": ago(15)}, "new"),
    ({"created_at": ago(16)}, "unknown"),
    ({"created_at": ago(-1), "emails_sent": 5}, "never"),
    ({"emails_sent": 5}, "never"),
    ({"emails_sent": 4}, "unknown"),
    ({"emails_sent": 50, "emails_opened": 1}, "unknown"),
    ({"emails_sent": 50, "open_rate": 0.1, "created_at": ago(3)}, "unknown"),
    ({"last_click_date": ago(-2)}, "unknown"),
    ({}, "unknown"),
]


@pytest.fixture(scope="module")
def people(base: Database, fill: Any) -> Database:
    fill("contacts", *({"contact_id": rank, **said} for rank, (said, _) in enumerate(CASES, start=1)))
    return base


def tiers(base: Database, rhythm: Rhythm) -> dict[int, str | None]:
    return dict(base.run(tiers_statement(NOW, rhythm, features_statement(None, NOW))).rows)  # type: ignore[arg-type]


def test_every_limit(people: Database) -> None:
    found = tiers(people, Rhythm())
    for rank, (said, expected) in enumerate(CASES, start=1):
        assert found[rank] == expected, said


def test_a_slow_rhythm_stretches_every_limit(people: Database) -> None:
    found = tiers(people, Rhythm(scale=2.0))
    doubled = {"last_click_date": ago(31)}, {"last_open_date": ago(91)}, {"created_at": ago(16)}
    expected = ("very", "warm", "new")
    for said, tier in zip(doubled, expected, strict=True):
        rank = next(rank for rank, (case, _) in enumerate(CASES, start=1) if case == said)
        assert found[rank] == tier, said


def test_a_base_that_knows_nothing_of_its_e_mails_gives_no_tier(people: Database) -> None:
    assert set(tiers(people, Rhythm(heard=False)).values()) == {None}


@pytest.mark.parametrize(
    ("gap", "scale"),
    [(None, 1.0), (1, 1.0), (18.7, 1.0), (18.75, 1.5), (28, 2.0), (30, 2.0), (45, 3.0), (400, 4.0)],
)
def test_the_scale_of_a_gap(gap: float | None, scale: float) -> None:
    assert scale_of(gap) == scale


def test_the_rhythm_is_the_median_gap_between_campaigns_of_the_year(people: Database, fill: Any) -> None:
    assert rhythm_of(*people.run(rhythm_statement(NOW)).rows[0]) == Rhythm(1.0, True)
    sent = [("a", 300), ("b", 270), ("b", 268), ("c", 240), (None, 210), (None, 210), ("old", 500)]
    fill(
        "events",
        *(
            {"contact_id": 1, "event_key": f"e{rank}", "event_type": "email_sent", "campaign": name,
             "event_date": f"{ago(days)} 10:00"}
            for rank, (name, days) in enumerate(sent)
        ),
    )  # fmt: skip
    assert people.run(rhythm_statement(NOW)).rows == [(30.0, True)]
    assert people.run(rhythm_statement(ago(600))).rows == [(None, True)]
    people.run(Statement("DELETE FROM events"))
    people.run(
        Statement("UPDATE contacts SET emails_sent = NULL, emails_opened = NULL, last_open_date = NULL")
    )
    people.run(Statement("UPDATE contacts SET last_click_date = NULL"))
    assert people.run(rhythm_statement(NOW)).rows == [(None, False)]
