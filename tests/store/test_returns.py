"""Which returns are deducted: cases, a plain-Python account of any rows, imports in any order, undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.fold_orders import refold_orders
from segmentation.store.imports import Import, record_import, undo
from segmentation.store.session import Session
from segmentation.store.touched import note_touched, refold_touched

PAID, REFUNDED, CANCELLED, FAILED = "Payée", "Remboursée", "Annulée", "Échec"


@dataclass(frozen=True)
class Row:
    """One row of an order file; ``number`` None has no order number."""

    number: str | None
    contact: int | None
    day: int | None
    amount: int
    status: str | None = PAID
    currency: str | None = None
    place: int = 0
    back: int | None = None

    @property
    def key(self) -> str:
        return f"shop:{self.number}" if self.number else f"shop#{self.place}"


def _placed(rows: Sequence[Row]) -> list[Row]:
    return [Row(**{**vars(row), "place": place}) for place, row in enumerate(rows)]


def _insert(session: Session, number: int, rows: Sequence[Row]) -> None:
    for row in rows:
        date = None if row.day is None else datetime(2024, 1, row.day, 23 - row.place % 20)
        session.sql(
            "INSERT INTO import_orders (import_id, row_number, order_key, order_id, contact_id, order_date,"
            " amount_total, order_status, currency, amount_refunded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(number, row.place, row.key, row.number, row.contact, date),
            *(Decimal(row.amount), row.status, row.currency),
            row.back if row.back is None else Decimal(row.back),
        )


def _fold(session: Session, keys: Sequence[str]) -> None:
    session.sql("CREATE OR REPLACE TEMP TABLE touched (order_key VARCHAR)")
    for key in sorted(set(keys)):
        session.sql("INSERT INTO touched VALUES (?)", key)
    refold_orders(session, "touched")


def _said(session: Session) -> list[tuple[object, ...]]:
    sql = "SELECT order_key, contact_id, amount, summed, counted FROM orders ORDER BY order_key"
    return list(session.sql(sql).rows)


def _net(session: Session) -> Decimal:
    return Decimal(str(session.sql("SELECT coalesce(sum(amount) FILTER (summed), 0) FROM orders").rows[0][0]))


CASES: Sequence[tuple[str, Sequence[Row], int]] = (
    ("a return with a status is deducted", [Row("1", 1, 1, 50), Row("2", 1, 2, -50, REFUNDED)], 0),
    ("a return without one too", [Row("1", 1, 1, 50), Row("2", 1, 2, -50, None)], 0),
    ("of an older order, not in the base", [Row("2", 1, 2, -50, REFUNDED)], -50),
    ("of a part", [Row("1", 1, 1, 50), Row("2", 1, 2, -20, REFUNDED)], 30),
    ("nothing came of it", [Row("1", 1, 1, 50), Row("2", 1, 2, -50, FAILED)], 50),
    ("an order marked refunded is no revenue", [Row("1", 1, 1, 50, REFUNDED)], 0),
    ("written twice", [Row("1", 1, 1, 50, REFUNDED), Row("2", 1, 2, -50, REFUNDED)], 0),
    ("written twice, paid out", [Row("1", 1, 1, 50, "refunded"), Row("2", 1, 2, -50, "completed")], 0),
    ("written twice, cancelled", [Row("1", 1, 1, 50, CANCELLED), Row("2", 1, 2, -50, REFUNDED)], 0),
    ("a counter-entry of a paid order", [Row("1", 1, 1, 50), Row("2", 1, 2, -50, CANCELLED)], 0),
    ("one refunded order answers for one return",
     [Row("1", 1, 1, 50, REFUNDED), Row("2", 1, 2, -50), Row("3", 1, 3, -50), Row("4", 1, 1, 50)], 0),
    ("the order came after", [Row("1", 1, 3, 50, REFUNDED), Row("2", 1, 2, -50, REFUNDED)], -50),
    ("the same day, whatever the hour", [Row("2", 1, 2, -50, REFUNDED), Row("1", 1, 2, 50, REFUNDED)], 0),
    ("somebody else's", [Row("1", 1, 1, 50, REFUNDED), Row("2", 2, 2, -50, REFUNDED)], -50),
    ("another amount", [Row("1", 1, 1, 60, REFUNDED), Row("2", 1, 2, -50, REFUNDED)], -50),
    ("nobody's, both marked", [Row("1", None, 1, 50, REFUNDED), Row("2", None, 2, -50, REFUNDED)], 0),
    ("nobody's, only cancelled", [Row("1", None, 1, 50, CANCELLED), Row("2", None, 2, -50, REFUNDED)], -50),
    ("cancelled, ordered again, given back",
     [Row("1", 1, 1, 50, CANCELLED), Row("2", 1, 2, 50), Row("3", 1, 3, -50, REFUNDED)], 0),
    ("every month, one of them cancelled and given back",
     [Row("1", 1, 1, 50), Row("2", 1, 2, 50, CANCELLED), Row("3", 1, 3, -50), Row("4", 1, 4, 50)], 100),
    ("under the number of its order", [Row("1", 1, 1, 50), Row("1", 1, 2, -50, REFUNDED)], 0),
    ("under it, in parts",
     [Row("1", 1, 1, 50), Row("1", 1, 2, -20), Row("1", 1, 3, -10), Row("1", 1, 4, -10)], 10),
    ("under it, in parts, the order marked",
     [Row("1", 1, 1, 50, REFUNDED), Row("1", 1, 2, -20, REFUNDED), Row("1", 1, 3, -30, REFUNDED)], 0),
    ("under it, two alike on one day", [Row("1", 1, 1, 50), Row("1", 1, 2, -20), Row("1", 1, 2, -20)], 10),
    ("the number decides before the amount",
     [Row("1", 1, 1, 50), Row("2", 1, 1, 50, REFUNDED), Row("1", 1, 2, -50, REFUNDED)], 0),
    ("a credit note given twice, corrected", [Row("9", 1, 2, -50), Row("9", 1, 2, -40)], -40),
    ("partly refunded stays, its return is deducted",
     [Row("1", 1, 1, 50, "Partially refunded"), Row("2", 1, 2, -50)], 0),
    ("another currency", [Row("1", 1, 1, 50, REFUNDED, "USD"), Row("2", 1, 2, -50, REFUNDED)], -50),
    ("a part given back, on the order's own row", [Row("1", 1, 1, 50, back=20)], 30),
    ("nothing given back", [Row("1", 1, 1, 50, back=0)], 50),
    ("all of it, whatever the status", [Row("1", 1, 1, 50, back=50), Row("2", 1, 2, 10, None)], 10),
    ("more than all of it", [Row("1", 1, 1, 50, back=60)], 0),
    ("a part, the order marked partly refunded", [Row("1", 1, 1, 50, "partially_refunded", back=20)], 30),
    ("a part, the order marked refunded", [Row("1", 1, 1, 50, REFUNDED, back=45)], 0),
    ("a part, the order cancelled", [Row("1", 1, 1, 50, CANCELLED, back=45)], 0),
    ("a part, and its return under its number", [Row("1", 1, 1, 50, back=20), Row("1", 1, 2, -20)], 30),
    ("a part, in two returns under its number",
     [Row("1", 1, 1, 50, back=20), Row("1", 1, 2, -15), Row("1", 1, 3, -5, REFUNDED)], 30),
    ("a part, then more under its number",
     [Row("1", 1, 1, 50, back=20), Row("1", 1, 2, -20), Row("1", 1, 3, -10)], 20),
    ("all of it, and its return under its number", [Row("1", 1, 1, 50, back=50), Row("1", 1, 2, -50)], 0),
    ("a part, and its return under another number",
     [Row("1", 1, 1, 50, back=20), Row("2", 1, 2, -20, REFUNDED)], 30),
    ("a part answers for one return",
     [Row("1", 1, 1, 50, back=20), Row("2", 1, 2, -20), Row("3", 1, 3, -20)], 10),
    ("a part, another amount came back", [Row("1", 1, 1, 50, back=20), Row("2", 1, 2, -30)], 0),
    ("a part, somebody else's return", [Row("1", 1, 1, 50, back=20), Row("2", 2, 2, -20)], 10),
    ("all of it, and its return under another number", [Row("1", 1, 1, 50, back=50), Row("2", 1, 2, -50)], 0),
    ("cancelled and given back", [Row("1", 1, 1, 50, CANCELLED, back=45), Row("2", 1, 2, -45)], 0),
    ("what is left of a part is given back, beside a cancelled order of as much",
     [Row("1", 1, 1, 30, CANCELLED), Row("2", 1, 2, 50, back=20), Row("3", 1, 3, -30)], 0),
    ("on a return, it says nothing", [Row("1", 1, 1, -50, back=50)], -50),
    ("a credit note", [Row("1", 1, 1, 50, "Avoir"), Row("2", 1, 1, 50, "Credit note 12")], 0),
    ("a credit note and its return", [Row("1", 1, 1, 50, "Facture d’avoir"), Row("2", 1, 2, -50)], 0),
    ("a credit note that paid",
     [Row("1", 1, 1, 50, "Payée par avoir"), Row("2", 1, 1, 40, "Avoir utilisé"),
      Row("3", 1, 1, 3, "Paid with credit note"), Row("4", 1, 1, 2, "Credit note used")], 95),
    ("told again once given back", [Row("1", 1, 1, 50), Row("1", 1, 1, 50, back=20)], 30),
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_base(tmp_path_factory.mktemp("returns") / "b.duckdb") as database:
        yield database


def _clear(session: Session) -> None:
    for table in ("import_orders", "orders", "import_order_lines", "order_lines"):
        session.sql(f"DELETE FROM {table}")


def test_what_is_left_of_each_case(shared: Database) -> None:
    wrong = []
    with shared.session() as session, session.transaction(write=True):
        for name, rows, left in CASES:
            _clear(session)
            placed = _placed(rows)
            _insert(session, 1, placed)
            _fold(session, [row.key for row in placed])
            if (net := _net(session)) != left:
                wrong.append((name, net, left))
    assert wrong == []


ORDER = Row("1", 1, 1, 100)
AGAIN: Sequence[tuple[str, Sequence[Sequence[Row]], int]] = (
    ("the same file", [[ORDER, Row("1", 1, 2, -20)], [ORDER, Row("1", 1, 2, -20)]], 80),
    ("another day", [[ORDER, Row("1", 1, 2, -20)], [ORDER, Row("1", 1, 3, -20)]], 80),
    ("another amount", [[ORDER, Row("1", 1, 2, -20)], [ORDER, Row("1", 1, 2, -25)]], 75),
    ("one more, in a file of returns", [[ORDER, Row("1", 1, 2, -20)], [Row("1", 1, 5, -20)]], 60),
    ("the same, in a file of returns", [[ORDER, Row("1", 1, 2, -20)], [Row("1", 1, 2, -20)]], 80),
    ("one alike more", [[ORDER, Row("1", 1, 2, -20)], [ORDER, *[Row("1", 1, 2, -20)] * 2]], 60),
    ("the same two alike", [[ORDER, *[Row("1", 1, 2, -20)] * 2], [*[Row("1", 1, 2, -20)] * 2]], 60),
    ("files of returns, month by month, then all",
     [[ORDER], [Row("1", 1, 2, -20)], [Row("1", 1, 5, -10)],
      [ORDER, Row("1", 1, 2, -20), Row("1", 1, 5, -10)]], 70),
)  # fmt: skip


def test_a_return_told_by_several_imports_is_deducted_once(shared: Database) -> None:
    """In one import after another, folded at each; folding again changes nothing."""
    wrong = []
    with shared.session() as session, session.transaction(write=True):
        for name, parts, left in AGAIN:
            _clear(session)
            for number, rows in enumerate(parts, 1):
                _insert(session, number, _placed(rows))
                _fold(session, [row.key for row in rows])
            if (net := _net(session)) != left:
                wrong.append((name, net, left))
            before = _said(session)
            _fold(session, [str(row[0]) for row in session.sql("SELECT order_key FROM orders").rows])
            assert _said(session) == before
    assert wrong == []


def _plain(rows: Sequence[Row], cut: int) -> list[tuple[object, ...]]:
    """The same answer from lists and loops alone."""
    orders = _things(rows, cut)
    out: set[str] = set()
    waiting = []
    told: dict[str, int] = {}
    for key, row in sorted(orders.items(), key=_by_day):
        if row.amount < 0 and row.status != FAILED and row.currency != "USD":
            parent = orders.get(key.split("/")[0]) if "/" in key else None
            if parent is None:
                waiting.append(key)
            elif _void(parent) and parent.currency != "USD":
                out.add(key)
            elif parent.back and parent.currency != "USD":
                told[parent.key] = told.get(parent.key, 0) - row.amount
                if told[parent.key] <= parent.back:
                    out.add(key)
    answered = {key.split("/")[0] for key in orders if "/" in key and orders[key].status != FAILED
                and orders[key].currency != "USD"}  # fmt: skip
    free = {
        key: row
        for key, row in sorted(orders.items(), key=_by_day)
        if row.amount > 0 and row.currency != "USD" and key not in answered
    }
    given = {
        o: replace(row, amount=row.back or row.amount)
        for o, row in free.items()
        if row.status == REFUNDED or row.back
    }
    free = {
        o: replace(row, amount=_left(row))
        for o, row in free.items()
        if row.status in (PAID, None, CANCELLED) and (_stands(row) or not row.back)
    }
    for key in list(waiting):
        found = next((o for o in given if _fits(given[o], orders[key])), None)
        if found is not None:
            out.add(key)
            waiting.remove(key)
            del given[found]
    for key in waiting:
        fitting = [o for o in free if _fits(free[o], orders[key])]
        if orders[key].contact is not None and fitting:
            if free.pop(fitting[-1]).status == CANCELLED:
                out.add(key)
    return [
        (
            key,
            row.contact,
            Decimal(_left(row)),
            key not in out and _stands(row),
            _stands(row) and row.amount > 0,
        )
        for key, row in sorted(orders.items())
    ]


def _things(rows: Sequence[Row], cut: int) -> dict[str, Row]:
    """Orders and returns by key; the last row of each says what it is. Import 2 starts at ``cut``."""
    sold = {row.key for row in rows if row.number and row.amount > 0}
    turns: dict[int, str] = {}
    for number in sold:
        imports = [[row for row in part if row.key == number] for part in (rows[:cut], rows[cut:])]
        whole, alone = [], []
        for part in imports:
            told, back = any(row.amount > 0 for row in part), [row for row in part if row.amount < 0]
            alike = [sum(_alike(row) == _alike(other) for other in back[:i]) for i, row in enumerate(back)]
            (whole if told else alone).append([(*_alike(row), n) for row, n in zip(back, alike, strict=True)])
            turns |= {row.place: f"{number}/-{i}" for i, row in enumerate(back, 1) if told}
            turns |= {row.place: repr(i) for i, row in enumerate(back) if not told}
        known = {label: turn for labels in whole for turn, label in enumerate(labels, 1)}
        more = sorted({label for labels in alone for label in labels} - set(known))
        places = max(map(len, whole), default=0)
        known |= {label: turn for turn, label in enumerate(more, places + 1)}
        for part in imports:
            if not any(row.amount > 0 for row in part):
                labels = alone.pop(0)
                for row in (row for row in part if row.amount < 0):
                    turns[row.place] = f"{number}/-{known[labels[int(turns[row.place])]]}"
    things: dict[str, Row] = {}
    for row in rows:
        key = turns.get(row.place, row.key)
        given = {name: value for name, value in vars(row).items() if value is not None}
        things[key] = Row(**{**vars(things.get(key, row)), **given})
    return things


def _alike(row: Row) -> tuple[int, int]:
    return row.day or 99, row.amount


def _by_day(item: tuple[str, Row]) -> tuple[int, bool, str]:
    key, row = item
    return (row.day or (0 if row.amount > 0 else 99), row.amount < 0, key)


def _fits(order: Row, back: Row) -> bool:
    return (order.contact, order.amount) == (back.contact, -back.amount) and (order.day or 0) <= (
        back.day or 99
    )


def _left(row: Row) -> int:
    """The amount of an order less the part given back, if it is a part and the order stands."""
    part = row.back is not None and row.amount > row.back and not _void(row)
    return row.amount - (row.back or 0) if part else row.amount


def _void(row: Row) -> bool:
    if row.back and 0 < row.amount <= row.back:
        return True
    return row.status in ((FAILED,) if row.amount < 0 else (REFUNDED, CANCELLED, FAILED))


def _stands(row: Row) -> bool:
    return row.currency != "USD" and not _void(row)


a_row = st.builds(
    Row,
    number=st.sampled_from([None, "1", "2", "3", "4", "5"]),
    contact=st.sampled_from([1, 1, 1, 2, None]),
    day=st.sampled_from([None, 1, 2, 3, 4]),
    amount=st.sampled_from([50, 50, 50, -50, -50, 20, -20]),
    status=st.sampled_from([PAID, REFUNDED, REFUNDED, CANCELLED, None, FAILED]),
    currency=st.sampled_from([None, None, None, None, "USD"]),
    back=st.sampled_from([None, None, None, 0, 20, 20, 30, 50]),
)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(a_row, min_size=2, max_size=12), cut=st.integers(min_value=0, max_value=12))
def test_any_rows_in_any_two_imports_say_what_plain_python_says(
    shared: Database, rows: list[Row], cut: int
) -> None:
    placed = _placed(rows)
    first, second = placed[:cut], placed[cut:]
    with shared.session() as session, session.transaction(write=True):
        _clear(session)
        _insert(session, 1, first)
        _fold(session, [row.key for row in first])
        alone = _said(session)
        assert alone == _plain(first, cut)
        _insert(session, 2, second)
        _fold(session, [row.key for row in second])
        assert _said(session) == _plain(placed, cut)
        gone = session.sql("SELECT order_key FROM import_orders WHERE import_id = 2").rows
        session.sql("DELETE FROM import_orders WHERE import_id = 2")
        _fold(session, [str(row[0]) for row in gone])
        assert _said(session) == alone


def test_undo_gives_back_what_an_import_had_turned(base: Database) -> None:
    """The return of one contact bears the number of another's order: both are touched, whoever came first."""
    back, order = [Row("1", 2, 2, -50, REFUNDED)], [Row("1", 1, 1, 50, REFUNDED, place=1)]
    with base.session() as session, session.transaction(write=True):
        for number, rows in ((1, back), (2, order)):
            record_import(session, Import(number, "orders", source="shop"))
            _insert(session, number, rows)
            note_touched(session, number, prefix="touched")
            refold_touched(session, prefix="touched")
            assert _net(session) == (-50 if number == 1 else 0)
        assert (2,) in session.sql("SELECT contact_id FROM touched_contacts").rows
        undo(session, 2)
        assert (2,) in session.sql("SELECT contact_id FROM undone_contacts").rows
        assert _said(session) == [("shop:1", 2, Decimal(-50), True, False)]
