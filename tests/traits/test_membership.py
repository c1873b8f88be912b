"""Groups and tags as one list per contact, in folded order."""

from __future__ import annotations

from datetime import date
from typing import Any

from segmentation.store.database import Database
from segmentation.traits.membership import tags_at


def test_tags_are_one_list_per_contact(base: Database, fill: Any) -> None:
    fill(
        "memberships",
        {"contact_id": 1, "name": "Élite", "name__key": "elite"},
        {"contact_id": 1, "name": "Amis", "name__key": "amis"},
        {"contact_id": 2, "name": "VIP", "name__key": "vip"},
    )
    rows = sorted(base.run(tags_at(date(2026, 1, 1))).rows, key=lambda row: int(str(row[0])))
    assert rows == [(1, ["Amis", "Élite"], ["amis", "elite"]), (2, ["VIP"], ["vip"])]
