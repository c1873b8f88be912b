"""Counts the orders of a file that stay out of the sums, and its returns: deducted, or out with them."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.tally import columns_in
from segmentation.results import Statement
from segmentation.store.returns import match_returns, standing
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class Undone:
    """How many orders are kept without counting, by their status; how many returns are deducted, and how many
    are not because their order is out already (``store.returns``)."""

    orders: int = 0
    returns: int = 0
    reversing: int = 0


def undone_of(session: Session, kind: str) -> Undone:
    """The counts of the ``out_orders`` of a kind of file, joined to the base by ``matched``.

    In a base without orders, amounts are taken to be in the money of the file.
    """
    if kind not in ("orders", "order_lines"):
        return Undone()
    given = frozenset(columns_in(session, "out_orders"))
    amounts = _amounts(session, kind, given)
    status = "order_status" if "order_status" in given else "NULL::VARCHAR"
    void = (
        f"SELECT count(DISTINCT order_key) FROM {amounts} WHERE coalesce(amount, 0) >= 0 AND {status} IN"
        f" (SELECT said FROM (SELECT DISTINCT {status} AS said FROM out_orders)"
        f" WHERE NOT {standing('fold_text(said)', '0', 'NULL')})"
    )
    orders = 0 if "order_status" not in given else int(session.scalar(Statement(void)))
    if not session.scalar(Statement(f"SELECT count(*) FROM {amounts} WHERE amount < 0")):
        return Undone(orders=orders)
    _seen(session, amounts, status, given)
    match_returns(session, "seen_orders")
    below = "FROM seen_orders WHERE amount < 0 AND fresh"
    row = session.sql(
        f"SELECT count(*) FILTER (summed AND order_key NOT IN (FROM reversing)),"
        f" count(*) FILTER (order_key IN (FROM reversing)) {below}"
    ).rows[0]
    return Undone(orders, int(row[0]), int(row[1]))


def _amounts(session: Session, kind: str, given: frozenset[str]) -> str:
    """``out_orders`` with an ``amount``: their total, else the sum of their lines."""
    told = [name for name in ("amount_total", "amount_net") if name in given]
    columns = "out_orders.* EXCLUDE (amount)" if "amount" in given else "out_orders.*"
    total = f"coalesce({', '.join([*told, 'NULL'])})::DECIMAL(18,4)"
    if kind == "orders" or "line_amount" not in columns_in(session, "out_order_lines"):
        return f"(SELECT {columns}, {total} AS amount FROM out_orders)"
    if not session.scalar(Statement("SELECT count(*) FROM out_order_lines WHERE line_amount < 0")):
        return f"(SELECT {columns}, {total} AS amount FROM out_orders)"
    lines = "SELECT order_key, sum(line_amount) AS worth FROM out_order_lines GROUP BY order_key"
    return (
        f"(SELECT {columns}, coalesce({total}, worth)::DECIMAL(18,4) AS amount"
        f" FROM out_orders LEFT JOIN ({lines}) USING (order_key))"
    )


def _seen(session: Session, amounts: str, status: str, given: frozenset[str]) -> None:
    """``seen_orders``: the orders of the file, ``fresh``, then those that only the base holds."""
    empty = not session.scalar(Statement("SELECT count(*) FROM orders"))
    currency = "currency" if "currency" in given and not empty else "NULL::VARCHAR"
    date = "order_date" if "order_date" in given else "NULL::TIMESTAMP"
    fresh = (
        f"SELECT order_key, any_value(person) AS contact_id, min({date}) AS order_date,"
        f" arg_max(amount, row_number) AS amount, fold_text(arg_max({status}, row_number)) AS"
        f" order_status__key, any_value({currency}) AS currency, TRUE AS fresh"
        f" FROM {amounts} LEFT JOIN matched USING (unit_id) GROUP BY order_key"
    )
    held = (
        "SELECT order_key, contact_id, order_date, amount, order_status__key, currency, FALSE AS fresh"
        " FROM orders ANTI JOIN out_orders USING (order_key)"
    )
    summed = standing("order_status__key", "amount", "currency")
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE seen_orders AS SELECT *, {summed} AS summed"
        f" FROM ({fresh} UNION ALL BY NAME {held})"
    )
