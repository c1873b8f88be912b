"""Counts the orders of a file that stay out of the sums, and its returns: deducted, or out with them."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.tally import columns_in
from segmentation.results import Statement
from segmentation.store.return_keys import RETURN_KEY
from segmentation.store.returns import kept, match_returns, standing
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class Undone:
    """How many orders are kept without counting, by their status or given back whole; how many returns are
    deducted, and how many are not because their order is out, or less, already (``store.returns``); how many
    orders count for less, a part of them given back."""

    orders: int = 0
    returns: int = 0
    reversing: int = 0
    parts: int = 0


def undone_of(session: Session, kind: str) -> Undone:
    """The counts of the ``out_orders`` of a kind of file, joined to the base by ``matched``.

    In a base without orders, amounts are taken to be in the money of the file.
    """
    if kind not in ("orders", "order_lines"):
        return Undone()
    given = frozenset(columns_in(session, "out_orders"))
    amounts = _amounts(session, kind, given)
    orders, parts = _out_and_less(session, amounts, given)
    if not session.scalar(Statement(f"SELECT count(*) FROM {amounts} WHERE amount < 0")):
        return Undone(orders=orders, parts=parts)
    _seen(session, amounts, given)
    match_returns(session, "seen_orders")
    row = session.sql(
        "SELECT count(*) FILTER (summed AND order_key NOT IN (FROM reversing)),"
        " count(*) FILTER (order_key IN (FROM reversing)) FROM seen_orders WHERE amount < 0 AND fresh"
    ).rows[0]
    return Undone(orders, int(row[0]), int(row[1]), parts)


def _out_and_less(session: Session, amounts: str, given: frozenset[str]) -> tuple[int, int]:
    """How many orders of the file are out of the sums, and how many are in them less a part given back."""
    if not given & {"order_status", "amount_refunded"}:
        return 0, 0
    status = "order_status" if "order_status" in given else "NULL::VARCHAR"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE said_statuses AS"
        f" SELECT DISTINCT {status} AS order_status FROM out_orders"
    )  # apart: in one statement, each row would be folded
    session.sql(
        "CREATE OR REPLACE TEMP TABLE void_statuses AS SELECT order_status FROM said_statuses"
        f" WHERE NOT {standing('fold_text(order_status)', '0', 'NULL')}"
    )
    if "amount_refunded" not in given:
        void = f"SELECT count(DISTINCT order_key) FROM {amounts} SEMI JOIN void_statuses USING (order_status)"
        return int(session.scalar(Statement(f"{void} WHERE coalesce(amount, 0) >= 0"))), 0
    void = f"coalesce({status} IN (FROM void_statuses), FALSE)"
    row = session.sql(
        "SELECT count(DISTINCT order_key) FILTER (coalesce(amount, 0) >= 0 AND (void OR whole)),"
        " count(DISTINCT order_key) FILTER (amount > 0 AND back > 0 AND NOT void AND NOT whole)"
        f" FROM (SELECT order_key, amount, amount_refunded AS back, {void} AS void,"
        f" coalesce(amount > 0 AND amount_refunded >= amount, FALSE) AS whole FROM {amounts})"
    ).rows[0]
    return int(row[0]), int(row[1])


def _amounts(session: Session, kind: str, given: frozenset[str]) -> str:
    """``out_orders`` with an ``amount``: their total, else the sum of their lines."""
    told = [name for name in ("amount_total", "amount_net") if name in given]
    columns = "out_orders.* EXCLUDE (amount)" if "amount" in given else "out_orders.*"
    total = f"coalesce({', '.join([*told, 'NULL'])})::DECIMAL(18,4)"
    if kind == "orders" or "line_amount" not in columns_in(session, "out_order_lines"):
        return f"(SELECT {columns}, {total} AS amount FROM out_orders)"
    needed = "amount_refunded" in given or session.scalar(
        Statement("SELECT count(*) FROM out_order_lines WHERE line_amount < 0")
    )
    if not needed:
        return f"(SELECT {columns}, {total} AS amount FROM out_orders)"
    lines = "SELECT order_key, sum(line_amount) AS worth FROM out_order_lines GROUP BY order_key"
    return (
        f"(SELECT {columns}, coalesce({total}, worth)::DECIMAL(18,4) AS amount"
        f" FROM out_orders LEFT JOIN ({lines}) USING (order_key))"
    )


def _seen(session: Session, amounts: str, given: frozenset[str]) -> None:
    """``seen_orders``: the returns of the file and the orders they may reverse, ``fresh`` or of the base."""
    empty = not session.scalar(Statement("SELECT count(*) FROM orders"))
    currency = "any_value(currency)" if "currency" in given and not empty else "NULL::VARCHAR"
    date = "min(order_date)" if "order_date" in given else "NULL::TIMESTAMP"
    status = "arg_max(order_status, row_number)" if "order_status" in given else "NULL::VARCHAR"
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE backs AS SELECT person, abs(amount) AS worth,"
        f" regexp_replace(order_key, '{RETURN_KEY}', '') AS number"
        f" FROM {amounts} LEFT JOIN matched USING (unit_id) WHERE amount < 0"
    )
    told = "amount_refunded" in given
    back = "arg_max(amount_refunded, row_number)" if told else "NULL::DECIMAL(18,4)"
    near = _near(*(("amount_refunded", "amount - amount_refunded") if told else ()))
    fresh = (
        f"SELECT order_key, any_value(contact_id) AS contact_id, {date} AS order_date,"
        f" arg_max(amount, row_number) AS gross, {back} AS amount_refunded,"
        f" fold_text({status}) AS order_status__key,"
        f" {currency} AS currency, TRUE AS fresh FROM (SELECT *, person AS contact_id FROM {amounts}"
        f" LEFT JOIN matched USING (unit_id)) WHERE {near} GROUP BY order_key"
    )
    status = "order_status__key"
    fresh = (
        f"SELECT * EXCLUDE (gross), {kept(status, 'gross', 'amount_refunded')} AS amount,"
        f" {standing(status, 'gross', 'currency', 'amount_refunded')} AS summed FROM ({fresh})"
    )
    held = (
        "SELECT order_key, contact_id, order_date, amount, amount_refunded, order_status__key, currency,"
        " summed, FALSE AS fresh FROM orders ANTI JOIN out_orders USING (order_key)"
        f" WHERE {_near('amount_refunded')}"
    )
    session.sql(f"CREATE OR REPLACE TEMP TABLE seen_orders AS {fresh} UNION ALL BY NAME {held}")


def _near(*sums: str) -> str:
    """SQL: whether a return of ``backs`` may reverse an order, by its number, its amount, other ``sums``."""
    alike = " OR ".join(
        f"EXISTS (SELECT 1 FROM backs WHERE worth = {worth} AND person IS NOT DISTINCT FROM contact_id)"
        for worth in ("abs(amount)", *sums)
    )
    return f"({alike} OR order_key IN (SELECT number FROM backs))"
