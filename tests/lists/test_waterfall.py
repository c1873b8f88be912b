"""Who stays at each step, for each channel: steps add up, opposition wins over any reason."""

from __future__ import annotations

from typing import Any

import pytest

from segmentation.errors import ListError
from segmentation.i18n import LANGUAGES, words
from segmentation.lists.waterfall import NO_CHANNEL, Waterfall, waterfall
from segmentation.store.database import Database
from segmentation.traits.consent import CHANNELS, STATES
from tests.reports.conftest import hear

ADDRESSES: dict[str, dict[str, Any]] = {
    "email": {"email": "a@example.org", "email_valid": True},
    "sms": {"sms_number": "+33639980001"},
    "phone": {"phone": "+33199000001"},
    "post": {"address1": "1 rue A", "postal_code": "69003", "city": "Lyon"},
}
PEOPLE = {
    channel: [(100 * place + rank, state, works) for rank, (state, works) in enumerate(
        (state, works) for state in (*STATES, None) for works in (True, True, False)
    )]
    for place, channel in enumerate(CHANNELS, start=1)
}  # fmt: skip
"""For each channel, two people it works for and one it does not, in every state."""


@pytest.fixture(scope="module")
def crowd(base: Database, fill: Any) -> Database:
    for channel, people in PEOPLE.items():
        fill(
            "contacts",
            *({"contact_id": i, **(ADDRESSES[channel] if works else {})} for i, _, works in people),
        )
        fill(
            "consents",
            *({"contact_id": i, "channel": channel, "state": state} for i, state, _ in people if state),
        )
    return base


def asked(base: Database, channel: str, reason: str | None = None) -> Waterfall:
    place = CHANNELS.index(channel) + 1
    with base.session() as session:
        hear(session, f"SELECT contact_id FROM contacts WHERE contact_id // 100 = {place}")
        return waterfall(session, channel, confirm_reason=reason)


@pytest.mark.parametrize(
    ("channel", "reason", "counts", "removed"),
    [
        ("email", None, [18, 12, 9, 6, 6], {"unknown": 6, "opposed": 3, "invalid": 3}),
        ("email", "  ", [18, 12, 9, 6, 6], {"unknown": 6, "opposed": 3, "invalid": 3}),
        ("email", "salon", [18, 18, 15, 10, 10], {"opposed": 3, "invalid": 5}),
        ("sms", None, [18, 9, 6, 4, 4], {"unknown": 9, "opposed": 3, "invalid": 2}),
        ("sms", "salon", [18, 15, 12, 8, 8], {"unknown": 3, "opposed": 3, "invalid": 4}),
        ("phone", None, [18, 9, 6, 4, 4], {"unknown": 9, "opposed": 3, "invalid": 2}),
        ("post", None, [18, 18, 15, 10, 10], {"opposed": 3, "invalid": 5}),
        ("post", "salon", [18, 18, 15, 10, 10], {"opposed": 3, "invalid": 5}),
    ],
)
def test_each_channel(
    crowd: Database, channel: str, reason: str | None, counts: list[int], removed: dict[str, int]
) -> None:
    found = asked(crowd, channel, reason)
    assert [step.key for step in found.steps] == ["members", "consent", "opposed", "address", "list"]
    assert [step.count for step in found.steps] == counts
    assert dict(found.exclusions) == removed
    assert found.members - sum(removed.values()) == len(found.ids)
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.count - after.removed == after.count
        assert bool(after.reason) == bool(after.removed)
    named = {i: state for i, state, works in PEOPLE[channel] if works}
    assert set(found.ids.tolist()) <= set(named)
    assert "no" not in {named[i] for i in found.ids.tolist()}
    added = reason == "salon" and channel != "post"
    assert found.confirmed == (4 if added else 0)


def test_it_agrees_with_reach(crowd: Database) -> None:
    from segmentation.traits import consents_statement

    for channel in CHANNELS:
        inner = consents_statement()
        rows = crowd.run(inner).rows
        at = crowd.run(inner).columns.index(f"{channel}_reachable")
        place = CHANNELS.index(channel) + 1
        reachable = {row[0] for row in rows if row[at] and int(str(row[0])) // 100 == place}
        assert set(asked(crowd, channel).ids.tolist()) == reachable


def test_a_working_file_keeps_everyone(crowd: Database) -> None:
    with crowd.session() as session:
        hear(session)
        found = waterfall(session, NO_CHANNEL)
    assert [(step.key, step.count) for step in found.steps] == [("members", 72), ("list", 72)]
    assert (len(found.ids), dict(found.exclusions)) == (72, {})


def test_nobody_and_an_unknown_channel(crowd: Database) -> None:
    with crowd.session() as session:
        hear(session, "SELECT 1 AS contact_id WHERE FALSE")
        found = waterfall(session, "email")
        assert ([step.count for step in found.steps], found.ids.tolist()) == ([0] * 5, [])
        with pytest.raises(ListError, match=r"error\.list\.channel"):
            waterfall(session, "fax")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_reason_has_its_words(language: str) -> None:
    w = words(language)
    assert all(w.has(f"list.step.{key}") for key in ("members", "consent", "opposed", "address", "list"))
    assert all(w.has(f"list.reason.{key}") for key in ("unknown", "opposed", "invalid"))
