"""Names returns: one that bears the number of an order has a key of its own, being no version of it.

Its ``order_key`` is that of the order, then its turn among the returns of the order. An import that tells the
order too tells its returns anew, turn by turn: a day or an amount may have been corrected. One that tells
returns alone adds those of a day and amount not told yet; of several alike, the second is the second.
Without an order of that number, the number is its own: a credit note given again replaces the one before.
"""

from __future__ import annotations

from segmentation.results import Statement
from segmentation.store.fold import contact_rows
from segmentation.store.session import Session, quoted

RETURN_KEY = r"/-[0-9.]+$"
"""How the key of such a return ends after that of its order."""

_ROWS = "import_id, row_number, order_key, order_id, contact_id, order_date"
_LINES = (
    "SELECT import_id, order_key, sum(coalesce(line_amount, quantity * unit_price)) AS amount"
    " FROM import_order_lines GROUP BY ALL"
)
"""An order may be told by its lines alone."""


def part_returns(session: Session, touched_table: str, people: str | None) -> None:
    """Give each kept return its key, or take it back when the order is gone, before the orders are folded.

    What is renamed joins the temporary tables of touched keys and ``people``.
    """
    if not _rename(session, _kept(session)):
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
        session, f"{_kept(session)} UNION ALL {fresh}"
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


def _kept(session: Session) -> str:
    amount = "coalesce(amount_total, amount_net, amount) AS amount"
    return f"SELECT {_ROWS}, {amount} FROM {contact_rows(session, 'orders')}"


def _rename(session: Session, rows: str) -> bool:
    """Make ``renamed``: the returns of ``rows`` that should have another key; whether there are any."""
    below = f"FROM ({rows}) WHERE amount < 0 AND order_id IS NOT NULL"
    if not session.scalar(Statement(f"SELECT count(*) {below}")):
        return False
    session.sql(
        "CREATE OR REPLACE TEMP TABLE renamed AS SELECT * FROM (SELECT * EXCLUDE (number, sold, turn),"
        f" CASE WHEN sold THEN number || '/-' || turn ELSE number END AS wanted FROM ({_turns(rows)}))"
        " WHERE wanted <> order_key"
    )
    return bool(session.scalar(Statement("SELECT count(*) FROM renamed")))


def _turns(rows: str) -> str:
    """SQL of the returns of ``rows``: what they are, their ``number``, whether an order was ``sold`` under
    it, and their ``turn`` among its returns."""
    number = f"regexp_replace(order_key, '{RETURN_KEY}', '')"
    told = (
        f"SELECT {_ROWS}, amount, CASE WHEN amount < 0 THEN {number} ELSE order_key END AS number"
        f" FROM (FROM ({rows}) UNION ALL BY NAME FROM ({_LINES}))"
        " WHERE amount > 0 OR amount < 0 AND order_id IS NOT NULL"
    )
    by_import = "PARTITION BY number, import_id"
    whose = (
        "SELECT *, order_date::DATE AS day, bool_or(amount > 0) OVER (PARTITION BY number) AS sold,"
        f" bool_or(amount > 0) OVER ({by_import}) AS whole FROM ({told}) SEMI JOIN"
        f" (SELECT {number} AS number FROM ({rows}) WHERE amount < 0 AND order_id IS NOT NULL) USING (number)"
    )
    placed = (
        f"SELECT *, row_number() OVER ({by_import} ORDER BY row_number) AS place,"
        f" row_number() OVER ({by_import}, amount, day ORDER BY row_number) AS same"
        f" FROM ({whose}) WHERE amount < 0"
    )
    known = (
        "SELECT *, arg_max(place, coalesce(import_id, 2147483647)) FILTER (whole)"
        " OVER (PARTITION BY number, amount, day, same) AS known,"
        f" max(place) FILTER (whole) OVER (PARTITION BY number) AS places FROM ({placed})"
    )
    more = "dense_rank() OVER (PARTITION BY number, whole OR known IS NOT NULL ORDER BY day, amount, same)"
    turn = f"CASE WHEN whole THEN place ELSE coalesce(known, coalesce(places, 0) + {more}) END"
    return f"SELECT import_id, row_number, order_key, contact_id, number, sold, {turn} AS turn FROM ({known})"
