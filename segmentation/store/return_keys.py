"""Names returns: one that bears the number of an order has a key of its own, being no version of it.

Its ``order_key`` is that of the order, then its amount; rows of one number, amount and day are one return.
Without an order of that number, the number is its own: a credit note given again replaces the one before.
"""

from __future__ import annotations

from segmentation.results import Statement
from segmentation.store.session import Session, quoted

RETURN_KEY = r"/-[0-9.]+$"
"""How the key of such a return ends after that of its order."""

_ROWS = "import_id, row_number, order_key, order_id, contact_id, order_date"
_KEPT = f"SELECT {_ROWS}, coalesce(amount_total, amount_net, amount) AS amount FROM import_orders"
_LINES = (
    "SELECT import_id, order_key, sum(coalesce(line_amount, quantity * unit_price)) AS amount"
    " FROM import_order_lines GROUP BY ALL"
)
"""An order may be told by its lines alone."""


def part_returns(session: Session, touched_table: str, people: str | None) -> None:
    """Give each kept return its key, or take it back when the order is gone, before the orders are folded.

    What is renamed joins the temporary tables of touched keys and ``people``.
    """
    if not _rename(session, _KEPT):
        return
    same = " AND ".join(f"r.{name} = o.{name}" for name in ("import_id", "row_number", "order_key"))
    session.sql(f"UPDATE import_orders AS o SET order_key = wanted FROM renamed r WHERE {same}")
    for name in ("order_key", "wanted"):
        widen(session, touched_table, "order_key", f"SELECT {name} AS order_key FROM renamed")
    if people is not None:
        widen(session, people, "contact_id", "SELECT contact_id FROM renamed")


def part_new_returns(session: Session) -> None:
    """Give the returns of ``out_orders`` the keys they will have once the file is in."""
    given = {str(row[0]) for row in session.sql("DESCRIBE out_orders").rows}
    amounts = [name for name in ("amount_total", "amount_net") if name in given]
    if not amounts or "order_id" not in given:
        return
    day = "order_date" if "order_date" in given else "NULL::TIMESTAMP"
    fresh = (
        f"SELECT NULL::INTEGER AS import_id, row_number, order_key, order_id, NULL::INTEGER AS contact_id,"
        f" {day} AS order_date, coalesce({', '.join([*amounts, 'NULL'])}) AS amount FROM out_orders"
    )
    if session.scalar(Statement(f"SELECT count(*) FROM ({fresh}) WHERE amount < 0")) and _rename(
        session, f"{_KEPT} UNION ALL {fresh}"
    ):
        session.sql(
            "UPDATE out_orders AS o SET order_key = wanted FROM renamed r"
            " WHERE r.import_id IS NULL AND r.row_number = o.row_number"
        )


def widen(session: Session, table: str, column: str, select: str) -> None:
    """Add to a temporary table of one ``column`` the values of ``select`` that it lacks."""
    named = quoted(table)
    session.sql(
        f"INSERT INTO {named} SELECT DISTINCT {column} FROM ({select}) WHERE {column} IS NOT NULL"
        f" AND {column} NOT IN (SELECT {column} FROM {named})"
    )


def _rename(session: Session, rows: str) -> bool:
    """Make ``renamed``: the returns of ``rows`` that should have another key; whether there are any."""
    below = f"FROM ({rows}) WHERE amount < 0 AND order_id IS NOT NULL"
    if not session.scalar(Statement(f"SELECT count(*) {below}")):
        return False
    number = f"regexp_replace(order_key, '{RETURN_KEY}', '')"
    told = f"SELECT order_key, amount FROM ({rows}) UNION ALL SELECT order_key, amount FROM ({_LINES})"
    orders = f"FROM ({told}) WHERE amount > 0 AND order_key IN (SELECT {number} {below})"
    turn = "dense_rank() OVER (PARTITION BY number, amount ORDER BY order_date::DATE)"
    apart = f"number || '/' || amount || CASE WHEN {turn} = 1 THEN '' ELSE '.' || {turn} END"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE renamed AS SELECT * FROM (SELECT import_id, row_number, order_key,"
        f" contact_id, CASE WHEN number IN (SELECT order_key {orders}) THEN {apart} ELSE number END AS wanted"
        f" FROM (SELECT *, {number} AS number {below})) WHERE wanted <> order_key"
    )
    return bool(session.scalar(Statement("SELECT count(*) FROM renamed")))
