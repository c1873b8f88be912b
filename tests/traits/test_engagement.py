"""Engagement from events of each kind, else from the file; nothing after the as-of day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segmentation.store.database import Database
from segmentation.traits import features_statement


@pytest.fixture(scope="module")
def base_with_events(base: Database, fill: Any) -> Database:
    said = {"emails_sent": 10, "emails_opened": 5, "emails_clicked": 1, "last_open_date": date(2020, 1, 1)}
    fill(
        "contacts",
        {"contact_id": 1, **said, "open_rate": 0.9},
        {"contact_id": 2, **said},
        {"contact_id": 3, "open_rate": 0.25, "visits_count": 7, "last_click_date": date(2025, 5, 5)},
        {"contact_id": 4},
    )
    kinds = [("email_sent", 1), ("email_sent", 2), ("email_sent", 9), ("email_open", 2), ("email_open", 9),
             ("site_visit", 3), ("unsubscribe", 8), ("form_submit", 4)]  # fmt: skip
    fill(
        "events",
        *(
            {
                "contact_id": 1,
                "event_key": f"{kind}{day}",
                "event_type": kind,
                "event_date": f"2026-01-0{day} 10:00",
            }
            for kind, day in kinds
        ),
    )
    fill("orders", {"contact_id": 1, "order_date": "2026-01-06", "amount": 4})
    return base


def features(base: Database, contact: int, as_of: date | None = None) -> dict[str, Any]:
    rows = base.run(features_statement(None, as_of))
    return next(dict(zip(rows.columns, row, strict=True)) for row in rows.rows if row[0] == contact)


def test_events_speak_for_their_own_kind(base_with_events: Database) -> None:
    one = features(base_with_events, 1)
    assert (one["emails_sent"], one["emails_opened"], one["emails_clicked"], one["visits_count"]) == (
        3,
        2,
        1,
        1,
    )
    assert one["open_rate"] == pytest.approx(2 / 3)
    assert (one["last_open_date"], one["last_click_date"]) == (date(2026, 1, 9), None)
    assert one["last_own_contact"] == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("day", "sent", "opened", "last_open", "own"),
    [(1, 1, 0, None, None), (2, 2, 1, date(2026, 1, 2), None), (4, 2, 1, date(2026, 1, 2), date(2026, 1, 4)),
     (8, 2, 1, date(2026, 1, 2), date(2026, 1, 6))],
)  # fmt: skip
def test_by_date(
    base_with_events: Database, day: int, sent: int, opened: int, last_open: date | None, own: date | None
) -> None:
    one = features(base_with_events, 1, date(2026, 1, day))
    assert (one["emails_sent"], one["emails_opened"], one["last_open_date"]) == (sent, opened, last_open)
    assert one["last_own_contact"] == own


def test_the_file_speaks_for_whom_no_event_is_known(base_with_events: Database) -> None:
    two, three, four = (features(base_with_events, contact) for contact in (2, 3, 4))
    assert (two["emails_sent"], two["open_rate"], two["click_rate"]) == (10, 0.5, 0.1)
    assert (three["open_rate"], three["visits_count"], three["emails_sent"]) == (0.25, 7, 0)
    assert three["last_own_contact"] == date(2025, 5, 5)
    assert (four["emails_sent"], four["emails_opened"], four["open_rate"], four["last_own_contact"]) == (
        0,
        0,
        None,
        None,
    )
