"""Random sequences of imports, merges and undos say what a plain-Python fold of the same rows says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.imports import Import, record_import, undo
from segmentation.store.session import Session
from segmentation.store.touched import KEPT, note_touched, refold_touched

CONTACTS = range(1, 6)
ORDERS = ("a", "b", "c")
maybe = lambda values: st.one_of(st.none(), st.sampled_from(values))  # noqa: E731

contact_row = st.fixed_dictionaries(
    {
        "contact_id": st.sampled_from(CONTACTS),
        "external_id": maybe(["x1", "x2"]),
        "city": maybe(["Lyon", "Saint-Étienne", "L’Haÿ"]),
        "last_name": maybe(["Dupont", "Œuf"]),
        "email": maybe(["a@b.example", "c@d.example"]),
        "interests": maybe([["Thé"], ["café", "Noël"]]),
        "age": maybe([30, 40]),
    }
)
consent_row = st.fixed_dictionaries(
    {
        "contact_id": st.sampled_from(CONTACTS),
        "channel": st.sampled_from(["email", "sms"]),
        "state": st.sampled_from(["yes", "customer", "professional", "unknown", "no"]),
    }
)
order_row = st.fixed_dictionaries(
    {
        "order_key": st.sampled_from(ORDERS),
        "contact_id": maybe(list(CONTACTS)),
        "order_date": maybe([datetime(2024, 1, 1), datetime(2024, 5, 6, 7, 8)]),
        "amount_total": maybe([Decimal("10.5"), Decimal(0), Decimal("-4.25")]),
        "amount_net": maybe([Decimal("8")]),
        "order_status": maybe(["Payée", "Annulée", "Partiellement remboursée", "REFUNDED"]),
        "currency": maybe(["EUR", "USD"]),
    }
)
line_row = st.fixed_dictionaries(
    {
        "line_key": st.sampled_from(["l1", "l2", "l3"]),
        "order_key": st.none(),
        "contact_id": maybe(list(CONTACTS)),
        "quantity": maybe([Decimal(2), Decimal(-1)]),
        "unit_price": maybe([Decimal("1.5")]),
        "line_amount": maybe([Decimal("7")]),
    }
).map(lambda row: {**row, "order_key": {"l1": "a", "l2": "a", "l3": "b"}[row["line_key"]]})
event_row = st.fixed_dictionaries(
    {
        "event_key": st.sampled_from(["e1", "e2"]),
        "contact_id": maybe(list(CONTACTS)),
        "event_type": maybe(["email_open"]),
        "event_date": maybe([datetime(2024, 2, 3)]),
    }
)
membership_row = st.fixed_dictionaries(
    {"contact_id": st.sampled_from(CONTACTS), "name": st.sampled_from(["VIP", "vip", "Noël"])}
)
some = lambda rows: st.lists(rows, max_size=4)  # noqa: E731
batch = st.fixed_dictionaries(
    {
        "contacts": some(contact_row),
        "consents": some(consent_row),
        "memberships": some(membership_row),
        "orders": some(order_row),
        "order_lines": some(line_row),
        "events": some(event_row),
        "merges": st.lists(st.sampled_from([(1, 2), (2, 3), (4, 3)]), max_size=1).map(
            lambda pairs: [{"contact_id": a, "into_id": b} for a, b in pairs]
        ),
    }
)
step = st.one_of(batch, st.integers(min_value=0, max_value=3))


@dataclass
class Plain:
    """The same base in plain Python: every import's rows, folded from scratch when asked."""

    batches: dict[int, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def rows(self, entity: str) -> list[dict[str, Any]]:
        kept = [
            {**row, "import_id": number}
            for number, content in sorted(self.batches.items())
            for row in content[entity]
        ]
        became = {row["contact_id"]: row["into_id"] for row in kept} if entity == "merges" else self._became()
        if entity != "merges":
            for row in kept:
                while row.get("contact_id") in became:
                    row["contact_id"] = became[row["contact_id"]]
        return kept

    def _became(self) -> dict[int, int]:
        return {row["contact_id"]: row["into_id"] for row in self.rows("merges")}

    def fold(self, entity: str, key: str) -> dict[Any, dict[str, Any]]:
        folded: dict[Any, dict[str, Any]] = defaultdict(dict)
        for row in self.rows(entity):
            target = folded[row[key]]
            target.setdefault("first_import", row["import_id"])
            target["last_import"] = row["import_id"]
            for name, value in row.items():
                if value is not None and name != "import_id":
                    target[name] = value
        return folded

    def contacts(self) -> set[tuple[Any, ...]]:
        names = ("contact_id", "city", "last_name", "email", "age", "first_import", "last_import")
        return {
            (
                *(row.get(name) for name in names),
                _key(row.get("city")),
                tuple(map(fold_text, row.get("interests") or ())),
            )
            for row in self.fold("contacts", "contact_id").values()
        }

    def consents(self) -> set[tuple[Any, ...]]:
        states: dict[tuple[int, str], str] = {}
        for row in self.rows("consents"):
            key = (row["contact_id"], row["channel"])
            old = states.get(key, "unknown")
            states[key] = old if old == "no" or row["state"] == "unknown" else row["state"]
        return {(*key, state) for key, state in states.items()}

    def memberships(self) -> set[tuple[Any, ...]]:
        names = {(row["contact_id"], fold_text(row["name"])): row["name"] for row in self.rows("memberships")}
        return {(contact, name, key) for (contact, key), name in names.items()}

    def lines(self) -> dict[str, dict[str, Any]]:
        folded = self.fold("order_lines", "line_key")
        for row in folded.values():
            if "line_amount" not in row and {"quantity", "unit_price"} <= row.keys():
                row["line_amount"] = row["quantity"] * row["unit_price"]
        return folded

    def orders(self) -> set[tuple[Any, ...]]:
        sums: dict[str, Decimal] = {}
        for line in self.lines().values():
            if "line_amount" in line:
                sums[line["order_key"]] = sums.get(line["order_key"], Decimal(0)) + line["line_amount"]
        result = set()
        for key, row in self.fold("orders", "order_key").items():
            amount = row.get("amount_total", row.get("amount_net", sums.get(key)))
            back = amount is not None and amount < 0
            paid = back or row.get("order_status") not in ("Annulée", "REFUNDED")
            summed = paid and row.get("currency", "EUR") == "EUR"
            counted = summed and amount is not None and amount > 0
            result.add((key, row.get("contact_id"), row.get("order_date"), amount, summed, counted))
        return result

    def order_lines(self) -> set[tuple[Any, ...]]:
        orders = {order[0]: order for order in self.orders()}
        result = set()
        for key, row in self.lines().items():
            _, contact, date, _, summed, counted = orders.get(
                row["order_key"], (None, None, None, None, False, False)
            )
            contact = contact if contact is not None else row.get("contact_id")
            result.add((key, row["order_key"], contact, date, row.get("line_amount"), summed, counted))
        return result

    def events(self) -> set[tuple[Any, ...]]:
        return {
            (key, row.get("contact_id"), row.get("event_type"), row.get("event_date"))
            for key, row in self.fold("events", "event_key").items()
        }


def _key(text: str | None) -> str | None:
    return None if text is None else fold_text(text)


def _insert(session: Session, table: str, rows: list[dict[str, Any]], number: int) -> None:
    for index, row in enumerate(rows):
        values = {"import_id": number, **({} if table == "merges" else {"row_number": index}), **row}
        session.sql(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            *values.values(),
        )


def _load(base: Database, number: int, content: dict[str, list[dict[str, Any]]]) -> None:
    with base.session() as session, session.transaction(write=True):
        record_import(session, Import(number, "contacts", source="shop"))
        for entity, rows in content.items():
            _insert(session, "merges" if entity == "merges" else f"import_{entity}", rows, number)
        note_touched(session, number, prefix="touched")
        refold_touched(session, prefix="touched")
        session.bump()


def _rows(base: Database, sql: str) -> set[tuple[Any, ...]]:
    found = base.run(Statement(sql)).rows
    assert len(found) == len(set(found)), "no row twice"
    return set(found)


def _assert_same(base: Database, plain: Plain) -> None:
    names = "contact_id, city, last_name, email, age, first_import, last_import, city__key"
    contacts = base.run(Statement(f"SELECT {names}, interests__key FROM contacts WHERE live")).rows
    assert {(*row[:-1], tuple(row[-1] or ())) for row in contacts} == plain.contacts()
    assert base.scalar(Statement("SELECT count(city) FROM contacts WHERE NOT live")) == 0
    assert _rows(base, "SELECT contact_id, channel, state FROM consents") == plain.consents()
    assert _rows(base, "SELECT contact_id, name, name__key FROM memberships") == plain.memberships()
    orders = "SELECT order_key, contact_id, order_date, amount, summed, counted FROM orders"
    assert _rows(base, orders) == plain.orders()
    lines = (
        "SELECT line_key, order_key, contact_id, order_date, line_amount, summed, counted FROM order_lines"
    )
    assert _rows(base, lines) == plain.order_lines()
    assert _rows(base, "SELECT event_key, contact_id, event_type, event_date FROM events") == plain.events()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_base(tmp_path_factory.mktemp("fold") / "b.duckdb") as database:
        yield database


def _empty(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        for table in (
            *KEPT,
            "imports",
            "contacts",
            "consents",
            "memberships",
            "orders",
            "order_lines",
            "events",
        ):
            session.sql(f"DELETE FROM {table}")


@settings(max_examples=20)
@given(steps=st.lists(step, min_size=1, max_size=5))
def test_a_base_is_the_plain_fold_of_what_it_keeps(shared: Database, steps: list[Any]) -> None:
    base = shared
    _empty(base)
    plain, number, version = Plain(), 0, base.version
    for action in steps:
        if isinstance(action, int):
            if action >= len(plain.batches):
                continue
            gone = sorted(plain.batches)[action]
            del plain.batches[gone]
            with base.session() as session, session.transaction(write=True):
                undo(session, gone)
        else:
            merged = {row["contact_id"] for row in plain.rows("merges")}
            action["merges"] = [row for row in action["merges"] if row["contact_id"] not in merged]
            number += 1
            plain.batches[number] = action
            _load(base, number, action)
        assert base.version > version
        version = base.version
        _assert_same(base, plain)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["yes", "no"], "no"),
        (["no", "yes"], "no"),
        (["no", "unknown", "yes", "customer"], "no"),
        (["yes", "unknown"], "yes"),
        (["yes", "customer"], "customer"),
        (["professional", "yes", "unknown"], "yes"),
        (["unknown"], "unknown"),
    ],
)
def test_a_refusal_wins_for_ever_else_the_last_state_known(
    base: Database, said: list[str], state: str
) -> None:
    for number, one in enumerate(said, start=1):
        _load(base, number, {"consents": [{"contact_id": 1, "channel": "email", "state": one}]})
    found = base.run(Statement("SELECT state, import_id FROM consents")).rows
    assert found == [(state, len(said) - said[::-1].index(state))]


def test_a_large_change_keeps_the_tables_in_order(base: Database) -> None:
    rows = [{"order_key": f"o{i}", "order_date": datetime(2024, 1, 28 - i)} for i in range(20)]
    _load(base, 1, {"orders": rows[10:]})
    _load(base, 2, {"orders": rows[:10], "contacts": [{"contact_id": 7}, {"contact_id": 3}]})
    dates = [row[0] for row in base.run(Statement("SELECT order_date FROM orders")).rows]
    assert dates == sorted(dates)
    assert len(dates) == 20


@pytest.mark.parametrize(
    ("status", "summed"),
    [
        (None, True),
        ("Payée", True),
        ("processing", True),
        ("Annulée", False),
        ("cancelled", False),
        ("wc-cancelled", False),
        ("Échec du paiement", False),
        ("FAILED", False),
        ("Brouillon", False),
        ("checkout-draft", False),
        ("Remboursé", False),
        ("Partiellement remboursée", True),
        ("partially_refunded", True),
        ("refunded", False),
        ("voided", False),
    ],
)
def test_words_of_status_decide_what_is_summed(base: Database, status: str | None, summed: bool) -> None:
    _load(base, 1, {"orders": [{"order_key": "a", "amount_total": Decimal(3), "order_status": status}]})
    assert base.run(Statement("SELECT summed, counted FROM orders")).rows == [(summed, summed)]
