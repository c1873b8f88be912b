"""Folds orders with their lines: an order's amount may come from its lines, a line's date from its order.

amount = total paid, else net, else the sum of its lines, else what the import computed; less what its own row
says was given back of it (``amount_refunded``), when that is a part. ``summed``: in the base's currency and,
by its status and that sum, neither undone nor never made (``store.returns``; none = paid); a return, below
zero, is summed unless the order it reverses is out, or less by as much, already. ``counted``: summed and
amount > 0.
"""

from __future__ import annotations

from segmentation.results import Statement
from segmentation.store.fold import folded_rows, twins_of
from segmentation.store.reading import Reader
from segmentation.store.replacing import replace_rows
from segmentation.store.return_keys import part_returns
from segmentation.store.returns import kept, settle_returns, standing
from segmentation.store.session import Session, quoted

SUMS_RULES = "1"
"""The version of the rules of what is summed: with another, a base folds its orders again when opened."""


def refold_orders(session: Session, touched_table: str, *, people: str | None = None) -> None:
    """Fold ``orders`` and ``order_lines`` for the ``order_key`` of a temporary table, in date order.

    The contacts of other orders that count, or no longer do, because of these join the temporary table
    ``people``.
    """
    if not session.scalar(Statement(f"SELECT count(*) FROM {quoted(touched_table)}")):
        return
    part_returns(session, touched_table, people)
    _fold_lines(session, touched_table)
    _fold_orders(session, touched_table)
    orders = "SELECT * FROM fresh_orders"
    replace_rows(session, "orders", touched_table, "order_key", orders, "order_date, order_key")
    lines = (
        "SELECT l.* EXCLUDE (contact_id), coalesce(o.contact_id, l.contact_id) AS contact_id, o.order_date,"
        " coalesce(o.counted, FALSE) AS counted, coalesce(o.summed, FALSE) AS summed"
        " FROM fresh_lines l LEFT JOIN fresh_orders o USING (order_key)"
    )
    replace_rows(session, "order_lines", touched_table, "order_key", lines, "order_date, order_key, line_key")
    settle_returns(session, people)


def refold_every_order(session: Session) -> None:
    """Fold all orders again: the base's currency or the rules have changed, and with it what is summed."""
    session.sql("CREATE OR REPLACE TEMP TABLE every_order AS SELECT order_key FROM orders")
    refold_orders(session, "every_order")
    session.sql("DELETE FROM meta WHERE key = 'sums_rules'")
    session.sql("INSERT INTO meta VALUES ('sums_rules', ?)", SUMS_RULES)


def follows_rules(reader: Reader) -> bool:
    """Whether the orders of a base were all folded by the rules of this program."""
    return bool(reader.scalar(Statement("SELECT value FROM meta WHERE key = 'sums_rules'")) == SUMS_RULES)


def _fold_orders(session: Session, touched_table: str) -> None:
    """The folded touched orders, apart, with their amount and whether they count."""
    needed = ("contact_id", "order_date", "amount_total", "amount_net", "amount", "order_status", "currency")
    folded = folded_rows(session, "orders", touched_table, by="order_key", needed=needed)
    keys = twins_of(session, "orders", touched_table, folded)
    back = "amount_refunded" if "amount_refunded" in folded.filled else "NULL"
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE fresh_orders AS"
        f" SELECT *, summed AND coalesce(amount > 0, FALSE) AS counted"
        f" FROM (SELECT * EXCLUDE (gross), {kept('order_status__key', 'gross', back)} AS amount,"
        f" {standing('order_status__key', 'gross', 'currency', back)} AS summed"
        " FROM (SELECT f.* EXCLUDE (first_import, last_import, amount),"
        f" coalesce(f.amount_total, f.amount_net, l.amount, f.amount) AS gross{keys.columns}"
        f" FROM ({folded.sql}) f LEFT JOIN (SELECT order_key, sum(line_amount)::DECIMAL(18,4) AS amount"
        f" FROM fresh_lines GROUP BY order_key) l USING (order_key){keys.joins}))"
    )


def _fold_lines(session: Session, touched_table: str) -> None:
    """The folded lines of touched orders, apart; a line without amount is worth quantity × price."""
    needed = ("contact_id", "order_key", "quantity", "unit_price", "line_amount")
    folded = folded_rows(session, "order_lines", touched_table, by="order_key", needed=needed)
    keys = twins_of(session, "order_lines", touched_table, folded)
    session.sql(
        "CREATE OR REPLACE TEMP TABLE fresh_lines AS"
        " SELECT f.* EXCLUDE (first_import, last_import, line_amount),"
        " coalesce(f.line_amount, (f.quantity * f.unit_price)::DECIMAL(18,4)) AS line_amount"
        f"{keys.columns} FROM ({folded.sql}) f{keys.joins}"
    )
