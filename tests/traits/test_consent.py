"""Five states, four channels: who can be reached, who is to confirm, and the views of consent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segmentation.store.database import Database
from segmentation.traits import consents_statement
from segmentation.traits.consent import CHANNELS, CONSENT, STATES

ADDRESSES = {
    "email": {"email": "a@example.org", "email_valid": True},
    "sms": {"sms_number": "+33639980001"},
    "phone": {"phone": "+33199000001"},
    "post": {"address1": "1 rue A", "postal_code": "69003", "city": "Lyon"},
}
ALLOWED = {
    "email": {"yes", "customer", "professional"},
    "sms": {"yes", "customer"},
    "phone": {"yes", "customer"},
    "post": {"yes", "customer", "professional", "unknown", None},
}
CASES = [
    (channel, state, there) for channel in CHANNELS for state in (*STATES, None) for there in (True, False)
]


@pytest.fixture(scope="module")
def found(base: Database, fill: Any) -> list[dict[str, Any]]:
    for rank, (channel, state, there) in enumerate(CASES):
        fill("contacts", {"contact_id": rank, **(ADDRESSES[channel] if there else {})})
        if state:
            fill("consents", {"contact_id": rank, "channel": channel, "state": state})
    fill(
        "contacts",
        {"contact_id": 100, "email": "a@b", "email_valid": False},
        {"contact_id": 101, "mobile": "+33639980002"},
        {"contact_id": 102, "address1": "1 rue A", "city": "Lyon"},
    )
    fill(
        "consents",
        {"contact_id": 100, "channel": "email", "state": "yes", "consent_date": date(2024, 1, 1),
         "consent_source": "site"},
        {"contact_id": 100, "channel": "sms", "state": "customer", "consent_date": date(2025, 1, 1),
         "consent_source": "caisse"},
        {"contact_id": 100, "channel": "post", "state": "no", "consent_date": date(2026, 1, 1),
         "consent_source": "email_bounced"},
        {"contact_id": 101, "channel": "phone", "state": "yes"},
    )  # fmt: skip
    rows = base.run(consents_statement())
    by_id = {row[0]: dict(zip(rows.columns, row, strict=True)) for row in rows.rows}
    return [by_id.get(rank, {}) for rank in range(103)]


@pytest.mark.parametrize("rank", range(len(CASES)))
def test_each_state_of_each_channel(found: list[dict[str, Any]], rank: int) -> None:
    channel, state, there = CASES[rank]
    row = found[rank]
    assert row[f"{channel}_state"] == (state or "unknown")
    assert row[f"{channel}_valid"] is there
    assert row[f"{channel}_reachable"] is (there and state in ALLOWED[channel])
    assert row[f"{channel}_confirm"] is (there and state in ("unknown", None) and channel != "post")
    assert not [other for other in CHANNELS if other != channel and row[f"{other}_reachable"]]


def test_an_address_that_does_not_work_reaches_nobody(found: list[dict[str, Any]]) -> None:
    assert found[100]["email_reachable"] is False
    assert found[101]["phone_reachable"] is True
    assert found[102]["post_reachable"] is False


def test_dates_and_sources(found: list[dict[str, Any]]) -> None:
    row = found[100]
    assert (row["consent_date"], row["consent_source"], row["optout_date"]) == (
        date(2025, 1, 1), "caisse", date(2026, 1, 1),
    )  # fmt: skip
    assert (row["bounced"], row["refused"], row["known"]) == (True, True, True)


def test_fields_cover_every_channel() -> None:
    codes = {field.code for field in CONSENT.fields}
    assert {f"consent_{channel}" for channel in CHANNELS} <= codes
    assert {f"reachable_{channel}" for channel in CHANNELS} <= codes
    assert {"optin_email", "optin_sms", "optin_phone", "optin_mail", "optout", "email_bounced"} <= codes
