"""Every contact has exactly one stage of life, the one that plain Python gives, at any date."""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.compile import compile_whole
from segmentation.criteria.nodes import Condition
from segmentation.criteria.stored import contact_fields, event_sources
from segmentation.predictive.rfm import Cuts
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.settings import read_settings, write_setting
from segmentation.traits import features_statement, trait_fields, trait_relations
from segmentation.traits.life_cycle import (
    OUTSIDE,
    RELATION,
    STAGES,
    Limits,
    limits_from_json,
    limits_to_json,
)

NOW = date(2026, 11, 22)
Row = dict[str, Any]
Contact = dict[str, Any]


def at(days: int, hour: str = "23:59") -> str:
    return f"{NOW - timedelta(days=days)} {hour}"


def dated(base: Database, as_of: date = NOW, limits: Limits | None = None, last: date = NOW) -> Catalogue:
    return Catalogue(
        fields={**contact_fields(), **trait_fields()},
        events=event_sources(),
        as_of=as_of,
        relations=trait_relations(as_of=as_of, last_fact=last, cuts=Cuts(), scored_as_of=None, limits=limits),
    )


def stages(base: Database, catalogue: Catalogue) -> dict[int, tuple[Any, ...]]:
    made = catalogue.relations[RELATION].statement
    assert made is not None
    found = made(catalogue.as_of)
    rows = base.run(
        Statement(f"SELECT contact_id, stage, tier, kind FROM ({found.sql}) AS s", found.params)
    ).rows
    assert len(rows) == len({row[0] for row in rows})
    return {int(str(row[0])): tuple(row[1:]) for row in rows}


CASES: list[tuple[str, Contact, list[Row], list[Row], tuple[Any, ...]]] = [
    ("nothing known", {}, [], [], ("prospect", None, None)),
    ("first order today", {}, [{"order_date": at(0)}], [], ("new", None, None)),
    ("first order 30 days ago", {}, [{"order_date": at(30, "00:00")}], [], ("new", None, None)),
    ("first order 31 days ago", {}, [{"order_date": at(31)}], [], ("active", None, None)),
    ("last order 180 days ago", {}, [{"order_date": at(180, "00:00")}], [], ("active", None, None)),
    ("last order 181 days ago", {}, [{"order_date": at(181)}], [], ("inactive", "6_months", None)),
    ("365", {}, [{"order_date": at(365)}], [], ("inactive", "6_months", None)),
    ("366", {}, [{"order_date": at(366)}], [], ("inactive", "12_months", None)),
    (
        "old and new",
        {},
        [{"order_date": at(400)}, {"order_date": at(2)}],
        [],
        ("active", None, None),
    ),
    ("only a return", {}, [{"order_date": at(2), "amount": -5}], [], ("prospect", None, None)),
    ("an order to come", {}, [{"order_date": at(-1, "00:00")}], [], ("prospect", None, None)),
    (
        "a cancelled order silences the file",
        {"orders_count": 3, "last_purchase_date": NOW},
        [{"order_date": at(2), "counted": False, "summed": False}],
        [],
        ("prospect", None, None),
    ),
    (
        "file: one order",
        {"orders_count": 1, "last_purchase_date": NOW - timedelta(days=3)},
        [],
        [],
        ("new", None, None),
    ),
    (
        "file: two orders, first unknown",
        {"orders_count": 2, "last_purchase_date": NOW - timedelta(days=3)},
        [],
        [],
        ("active", None, None),
    ),
    ("file: spending alone", {"total_spent": 12}, [], [], ("active", None, None)),
    ("file: no order", {"orders_count": 0, "total_spent": 12}, [], [], ("prospect", None, None)),
    (
        "file: date alone",
        {"last_purchase_date": NOW - timedelta(days=200)},
        [],
        [],
        ("inactive", "6_months", None),
    ),
    (
        "asked for a demo",
        {},
        [],
        [{"event_type": "demo", "event_date": at(180, "00:00")}],
        ("maturing", None, None),
    ),
    ("asked long ago", {}, [], [{"event_type": "demo", "event_date": at(181)}], ("prospect", None, None)),
    ("will ask", {}, [], [{"event_type": "demo", "event_date": at(-1, "00:00")}], ("prospect", None, None)),
    (
        "clicked on the demo",
        {},
        [],
        [{"event_type": "email_click", "event_date": at(1), "url": "/Démo-gratuite"}],
        ("maturing", None, None),
    ),
    (
        "clicked on democracy",
        {},
        [],
        [{"event_type": "email_click", "event_date": at(1), "url": "/democratie"}],
        ("prospect", None, None),
    ),
    (
        "opened the demo's mail",
        {},
        [],
        [{"event_type": "email_open", "event_date": at(1), "url": "/demo"}],
        ("prospect", None, None),
    ),
    (
        "two guides",
        {},
        [],
        [{"event_type": "download", "event_date": at(n), "url": f"/g{n}"} for n in (1, 2)],
        ("maturing", None, None),
    ),
    (
        "one guide twice",
        {},
        [],
        [{"event_type": "download", "event_date": at(n), "url": "/g"} for n in (1, 2)],
        ("prospect", None, None),
    ),
    (
        "a customer with a demo",
        {},
        [{"order_date": at(31)}],
        [{"event_type": "demo", "event_date": at(1)}],
        ("active", None, None),
    ),
    ("relation", {"relation": "Fournisseurs"}, [{"order_date": at(1)}], [], ("outside", None, "supplier")),
    ("status", {"status": "PARTENAIRE"}, [], [], ("outside", None, "partner")),
    ("type", {"customer_type": "Salarié"}, [], [], ("outside", None, "staff")),
    ("relation first", {"relation": "ami", "status": "partenaire"}, [], [], ("outside", None, "friend")),
    ("other relation", {"relation": "client", "status": "actif"}, [], [], ("prospect", None, None)),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> Database:
    """The cases by rank from 1; then groups and silent readers from 101 on."""
    for rank, (_, contact, orders, events, _) in enumerate(CASES, start=1):
        fill("contacts", {"contact_id": rank, **contact})
        fill("orders", *[{"contact_id": rank, "amount": 10, **row} for row in orders])
        fill("events", *[{"contact_id": rank, "event_key": "e", **row} for row in events])
    fill("contacts", {"contact_id": 101}, {"contact_id": 102}, {"contact_id": 103, "live": False})
    fill("memberships", {"contact_id": 101, "name": "Anciens collègues"}, {"contact_id": 102, "name": "Thé"})
    for contact, sent, consent, opened, days in (
        (111, 5, "yes", 91, 61), (112, 5, "yes", 91, 60), (113, 5, "yes", 90, 61), (114, 4, "yes", None, 61),
        (115, 5, "no", None, 61), (116, 5, "unknown", None, 61), (117, 9, "customer", None, 61),
    ):  # fmt: skip
        fill("contacts", {"contact_id": contact, "email": f"a{contact}@example.org", "email_valid": True})
        fill("consents", {"contact_id": contact, "channel": "email", "state": consent})
        fill("orders", {"contact_id": contact, "amount": 10, "order_date": at(days)})
        kinds = [("email_sent", 100 + n) for n in range(sent)] + ([("email_open", opened)] if opened else [])
        fill(
            "events",
            *[
                {"contact_id": contact, "event_type": kind, "event_date": at(day), "event_key": "e"}
                for kind, day in kinds
            ],
        )
    features = features_statement()
    base.run(Statement(f"CREATE OR REPLACE TABLE contact_features AS {features.sql}", features.params))
    return base


@pytest.fixture(scope="module")
def found(shop: Database) -> tuple[dict[int, tuple[Any, ...]], ...]:
    """The stages by the stored totals, and by totals computed for the date."""
    return stages(shop, dated(shop)), stages(shop, dated(shop, last=date.max))


@pytest.mark.parametrize(("rank", "expected"), [(n, case[4]) for n, case in enumerate(CASES, start=1)])
def test_each_case(
    found: tuple[dict[int, tuple[Any, ...]], ...], rank: int, expected: tuple[Any, ...]
) -> None:
    assert [rows[rank] for rows in found] == [expected, expected], CASES[rank - 1][0]


def test_groups_and_erased_contacts(shop: Database) -> None:
    found = stages(shop, dated(shop))
    assert found[101] == ("outside", None, "colleague")
    assert found[102] == ("prospect", None, None)
    assert 103 not in found


def test_silence_makes_inactive_sooner_for_who_could_still_read(shop: Database) -> None:
    found = stages(shop, dated(shop))
    silent = {contact: found[contact][0] for contact in range(111, 118)}
    assert silent == {
        111: "inactive", 112: "active", 113: "active", 114: "active", 115: "active", 116: "active",
        117: "inactive",
    }  # fmt: skip
    assert found[111][1] == found[117][1] == "2_months"


def test_thresholds_move_the_stages(shop: Database) -> None:
    moved = stages(shop, dated(shop, limits=Limits(new=31, inactive=365, maturing=181)))
    cases = {case[0]: rank for rank, case in enumerate(CASES, start=1)}
    assert moved[cases["first order 31 days ago"]][0] == "new"
    assert moved[cases["365"]][0] == "active"
    assert moved[cases["366"]][0] == "inactive"
    assert moved[cases["asked long ago"]][0] == "maturing"


@pytest.mark.parametrize("days", [1, 20, 61, 300])
def test_who_is_inactive_by_any_limit_has_the_tier_of_their_days(shop: Database, days: int) -> None:
    found = stages(shop, dated(shop, limits=Limits(new=1, inactive=days, quiet=days)))
    away = {contact: row for contact, row in found.items() if row[0] == "inactive"}
    assert away
    assert None not in {row[1] for row in away.values()}
    assert {row[1] for row in found.values() if row[0] != "inactive"} == {None}
    last = {rank: case[2][0]["order_date"] for rank, case in enumerate(CASES, start=1) if len(case[2]) == 1}
    for contact in away.keys() & last.keys():
        gone = (NOW - datetime.fromisoformat(last[contact]).date()).days
        bounds = {60: "recent", 180: "2_months", 365: "6_months"}
        expected = next((tier for most, tier in bounds.items() if gone <= most), "12_months")
        assert away[contact][1] == expected


def test_stages_are_criteria(shop: Database) -> None:
    catalogue = dated(shop)
    by_stage = {
        stage: {
            row[0] for row in shop.run(compile_whole(Condition("life_cycle", "is", stage), catalogue)).rows
        }
        for stage in STAGES
    }
    found = stages(shop, catalogue)
    assert by_stage == {stage: {c for c, row in found.items() if row[0] == stage} for stage in STAGES}
    away = shop.run(compile_whole(Condition("inactive_tier", "is", "12_months"), catalogue)).rows
    assert {row[0] for row in away} == {c for c, row in found.items() if row[1] == "12_months"}
    friends = shop.run(compile_whole(Condition("outside_kind", "is", "friend"), catalogue)).rows
    assert {row[0] for row in friends} == {c for c, row in found.items() if row[2] == "friend"}


def test_limits_are_kept_as_json_and_odd_values_have_their_default(base: Database) -> None:
    assert limits_from_json(limits_to_json(Limits(new=45))) == Limits(new=45)
    odd = {"new": -1, "inactive": "90", "quiet": True, "guides": 3, "other": 5}
    assert limits_from_json(odd) == Limits(guides=3)
    before = base.version
    with base.session() as session, session.transaction(write=True):
        write_setting(session, "life_cycle", {"inactive": 90})
    assert base.version > before
    assert limits_from_json(read_settings(base).life_cycle) == Limits(inactive=90)


# A whole base drawn at random, against plain Python


def drawn(rng: random.Random, contact: int) -> tuple[Contact, list[Row], list[Row], list[str], str]:
    """One contact with what is known of them."""
    day = lambda most: at(rng.randrange(-5, most), f"{rng.randrange(24):02}:{rng.randrange(60):02}")  # noqa: E731
    own: Contact = {
        "contact_id": contact,
        "email": f"c{contact}@example.org",
        "email_valid": rng.random() < 0.9,
    }
    if rng.random() < 0.3:
        own |= {"orders_count": rng.choice([None, 0, 1, 4]), "total_spent": rng.choice([None, 0, 25])}
        own["last_purchase_date"] = rng.choice([None, NOW - timedelta(days=rng.randrange(500))])
        own["first_purchase_date"] = rng.choice([None, NOW - timedelta(days=rng.randrange(900))])
    if rng.random() < 0.15:
        own[rng.choice(["relation", "status", "customer_type"])] = rng.choice(
            ["Partenaire", "Anciens collègues", "ancien collegue", "client", "STAFF"]
        )
    orders = [
        {"order_date": day(500), "amount": rng.choice([20, 35, -5])}
        for _ in range(rng.choice([0, 0, 1, 1, 3]))
    ]
    events = [
        {
            "event_type": rng.choice(
                ["email_sent", "email_sent", "email_sent", "email_open", "email_click", "download", "demo"]
            ),
            "event_date": day(400),
            "url": rng.choice([None, "/a", "/b", "/demo"]),
        }
        for _ in range(rng.choice([0, 1, 2, 12]))
    ]
    groups = ["Fournisseurs"] if rng.random() < 0.05 else ["Thé"] if rng.random() < 0.3 else []
    return own, orders, events, groups, rng.choice(["yes", "customer", "professional", "unknown", "no"])


def plain(text: str) -> str:
    return text.lower().replace("é", "e").replace("è", "e").replace("-", " ")


KINDS = {plain(text): kind for kind, texts in OUTSIDE.items() for text in texts}


def told(known: tuple[Contact, list[Row], list[Row], list[str], str], as_of: date) -> str:
    """The stage of a contact by the definition, in plain Python."""
    own, orders, events, groups, consent = known
    said = [own.get(name) for name in ("relation", "status", "customer_type")]
    if any(plain(text) in KINDS for text in [*filter(None, said), *groups]):
        return "outside"

    def day(row: Row, name: str) -> date:
        return datetime.fromisoformat(row[name]).date()

    past = [row for row in events if day(row, "event_date") <= as_of]
    bought = [day(row, "order_date") for row in orders if row["amount"] > 0]
    bought = [when for when in bought if when <= as_of]
    if orders:
        buyer, first, last = bool(bought), min(bought, default=None), max(bought, default=None)
    else:
        count, spent = own.get("orders_count"), own.get("total_spent")
        first, last = own.get("first_purchase_date"), own.get("last_purchase_date")
        any_said = any(value is not None for value in (count, spent, first, last))
        if not any_said:
            count, spent = 0, 0
        buyer = count > 0 if count is not None else bool((spent or 0) > 0 or last is not None)
        first = first or (last if count == 1 else None)
        buyer = buyer and not (first is not None and first > as_of)
    if buyer:
        away = (as_of - last).days if last else -1
        received = len([row for row in past if row["event_type"] == "email_sent"])
        answered = [
            row
            for row in past
            if row["event_type"] in ("email_open", "email_click")
            and (as_of - day(row, "event_date")).days <= 90
        ]
        can_read = own["email_valid"] and consent in ("yes", "customer", "professional")
        if away > 180 or (away > 60 and received >= 5 and not answered and can_read):
            return "inactive"
        return "new" if first and (as_of - first).days <= 30 else "active"
    lately = [row for row in past if (as_of - day(row, "event_date")).days <= 180]
    demo = [
        row
        for row in lately
        if row["event_type"] == "demo"
        or (row["event_type"] == "email_click" and re.search("demo", row["url"] or ""))
    ]
    guides = {row["url"] for row in lately if row["event_type"] == "download"}
    return "maturing" if demo or len(guides) >= 2 else "prospect"


def test_a_drawn_base_at_several_dates(shop: Database, fill: Any) -> None:
    rng = random.Random(20261122)
    people = {contact: drawn(rng, contact) for contact in range(1001, 1161)}
    for contact, (own, orders, events, groups, consent) in people.items():
        fill("contacts", own)
        fill("orders", *[{"contact_id": contact, **row} for row in orders])
        fill("events", *[{"contact_id": contact, "event_key": "e", **row} for row in events])
        fill("memberships", *[{"contact_id": contact, "name": name} for name in groups])
        fill("consents", {"contact_id": contact, "channel": "email", "state": consent})
    for day in (NOW, NOW - timedelta(days=45), NOW - timedelta(days=200)):
        found = stages(shop, dated(shop, day, last=date.max))
        expected = {contact: told(known, day) for contact, known in people.items()}
        assert {contact: found[contact][0] for contact in people} == expected
        assert set(expected.values()) >= set(STAGES) - {"new"}
