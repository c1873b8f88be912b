"""Who was written to lately: messages and lists of every channel, day by day at both ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segmentation.lists.recent import written_to
from segmentation.store.database import Database
from segmentation.store.journal import Export, write_export

NOW = date(2026, 11, 22)
OWN: dict[str, object] = {"version": 1, "include": {"all": []}}
OTHER: dict[str, object] = {"field": "city", "op": "is", "value": "Évry"}


def left(session: Any, day: date, ids: list[int], **changes: Any) -> None:
    said: dict[str, Any] = {"definition": OTHER, "channel": "email", "as_of": day, **changes}
    control = said.pop("control_ids", [])
    usual: dict[str, Any] = {"author": "", "segment_key": None, "segment_version": None, "format": "csv"}
    usual |= {"columns": [], "exclusions": {}, "reason": None, "file_name": "f.csv", "version": 1}
    export = Export(rows=len(ids), **usual, **said)
    write_export(session, export, ids, control=control)


@pytest.fixture(scope="module")
def written(base: Database, fill: Any) -> Database:
    fill("contacts", *({"contact_id": one} for one in range(1, 60)))
    for one, kind, day in (
        (1, "email_sent", "2026-11-12 00:00:00"),
        (2, "email_sent", "2026-11-11 23:59:59"),
        (3, "sms_sent", "2026-11-22 23:59:59"),
        (4, "email_sent", "2026-11-23 00:00:00"),
        (5, "email_open", "2026-11-20 10:00:00"),
        (6, "call", "2026-11-20 10:00:00"),
    ):
        fill("events", {"contact_id": one, "event_type": kind, "event_date": day})
    with base.session() as session, session.transaction(write=True):
        left(session, date(2026, 11, 12), [11])
        left(session, date(2026, 11, 11), [12])
        left(session, NOW, [13], channel="none")
        left(session, NOW, [14], channel="post", control_ids=[15])
        left(session, NOW, [16], definition=OWN)
        left(session, NOW, [17], definition=OWN, channel="post")
        left(session, date(2026, 11, 20), [18], definition=OWN)
        left(session, NOW, [20])
        session.sql("INSERT INTO merges VALUES (20, 21, 9)")
    return base


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (10, {1, 3, 6, 11, 14, 17, 18, 21}),
        (11, {1, 2, 3, 6, 11, 12, 14, 17, 18, 21}),
        (0, {3, 14, 17, 21}),
    ],
)
def test_who(written: Database, days: int, expected: set[int]) -> None:
    with written.session() as session:
        found = written_to(session, NOW, days, definition=OWN, channel="email")
    assert set(found.tolist()) == expected
