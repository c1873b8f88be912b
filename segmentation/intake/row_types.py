"""Reads the column that tells sales from refunds: a refund written above zero is taken below it.

Tills, banks of cards and invoicing tools put them in one file, told apart by a word (« Type : Avoir »,
"Transaction type: Refund"). Some write the refund below zero: a file that does so for at least half of them
writes its signs, and keeps them. Rows that are neither (a payout, a fee, a quote) are refused with that
reason. Only columns kept as they are or left out are read so: one that is given a field is that field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from segmentation.intake.clean.account import EXAMPLES
from segmentation.intake.clean.columns import Cleaned, Column, Repair
from segmentation.intake.ledger import is_ledger
from segmentation.intake.plan import ImportRequest
from segmentation.intake.recognise.row_words import NEITHER, REFUND, UNSURE, kinds_of_rows, names_rows
from segmentation.results import Statement
from segmentation.store.session import Session, quoted

RULE: Final = "refund_rows"
_TOTALS: Final = ("orders.amount_total", "orders.amount_net")
_LINE, _QUANTITY, _PRICE = "order_lines.line_amount", "order_lines.quantity", "order_lines.unit_price"
_MOST: Final = 60
"""The different words of such a column are few."""


def sign_refunds(session: Session, request: ImportRequest, cleaned: Sequence[Cleaned]) -> tuple[Cleaned, ...]:
    """Take below zero, in ``clean``, the refunds of ``staged`` that their type tells; ``cleaned`` with that
    line of the account under the amount.

    Makes ``no_sales (row_number)`` of the rows that are neither a sale nor a refund; an empty one when the
    rule ``refund_rows`` is off.
    """
    session.sql("CREATE OR REPLACE TEMP TABLE row_types (row_number BIGINT, word VARCHAR, kind VARCHAR)")
    if request.kind in ("orders", "order_lines") and RULE not in request.rules_off and not is_ledger(request):
        _read(session, request, cleaned)
    sums = _sums({one.column.name: one.column for one in cleaned})
    below = f"{sums.worth} < 0" if sums and request.kind == "orders" else "FALSE"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE no_sales AS SELECT row_number FROM row_types JOIN clean"
        f" USING (row_number) GROUP BY row_number HAVING bool_and(kind = $1 OR (kind = $2 AND {below}))",
        NEITHER,
        UNSURE,
    )
    if sums is None or not _above(session, sums.worth):
        return tuple(cleaned)
    session.sql(
        "CREATE OR REPLACE TEMP TABLE refund_rows AS SELECT row_number, min(word) AS word FROM row_types"
        f" JOIN clean USING (row_number) WHERE kind = ? AND {sums.worth} > 0 GROUP BY row_number",
        REFUND,
    )
    repair = _accounted(session, sums.shown)
    below = ", ".join(f"{quoted(one)} = -abs({sql})" for one, sql in sums.signed.items())
    session.sql(f"UPDATE clean SET {below} FROM refund_rows r WHERE r.row_number = clean.row_number")
    return tuple(
        replace(one, repairs=(*one.repairs, repair)) if one.column == sums.shown else one for one in cleaned
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """SQL over ``clean`` of what a row is ``worth``, the columns ``signed`` with the SQL of their size, and
    the one whose cells are ``shown``."""

    worth: str
    signed: dict[str, str]
    shown: Column


def _sums(columns: dict[str, Column]) -> _Sums | None:
    """A line is worth its amount, else its price by its quantity; None for a file without amounts."""
    signed = {name: quoted(name) for name in (_LINE, *_TOTALS) if name in columns}
    worth = list(signed.values())
    if _LINE not in columns and _PRICE in columns:
        count = f"coalesce({quoted(_QUANTITY)}, 1)" if _QUANTITY in columns else "1"
        worth.insert(0, f"{quoted(_PRICE)} * {count}")
        name = _QUANTITY if _QUANTITY in columns else _PRICE
        signed = {name: count if name == _QUANTITY else quoted(_PRICE), **signed}
    if not signed:
        return None
    return _Sums(f"coalesce({', '.join([*worth, 'NULL'])})", signed, columns[next(iter(signed))])


def _read(session: Session, request: ImportRequest, cleaned: Sequence[Cleaned]) -> None:
    """Fill ``row_types`` with what the rows are, once per column that says it."""
    given = {one.column.source for one in cleaned if not one.column.name.startswith("own.")}
    for source, header in zip(request.table.columns, request.table.headers, strict=True):
        if source in given or not names_rows(header):
            continue
        words = f"SELECT DISTINCT {source} FROM staged WHERE trim({source}) <> '' LIMIT {_MOST + 1}"
        found = [str(row[0]) for row in session.sql(words).rows]
        kinds = kinds_of_rows(found) if len(found) <= _MOST else {}
        for word, kind in kinds.items():
            session.sql(
                "INSERT INTO row_types SELECT CAST(_row AS BIGINT), trim(?), ? FROM staged"
                f" WHERE {source} = ?",
                *(word, kind, word),
            )


def _above(session: Session, worth: str) -> bool:
    """Whether most refunds of the file are written above zero."""
    row = session.sql(
        f"SELECT count(DISTINCT row_number) FILTER ({worth} > 0), count(DISTINCT row_number) FILTER"
        f" ({worth} < 0) FROM row_types JOIN clean USING (row_number) WHERE kind = ?",
        REFUND,
    ).rows[0]
    return int(row[0]) > int(row[1])


def _accounted(session: Session, shown: Column) -> Repair:
    """The line of the account: « Avoir · 30,00 » → « -30,00 »."""
    count = int(session.scalar(Statement("SELECT count(*) FROM refund_rows")))
    rows = session.sql(
        f"SELECT row_number, word, coalesce(trim({shown.source}), '') FROM refund_rows JOIN staged"
        f" ON CAST(_row AS BIGINT) = row_number ORDER BY row_number LIMIT {EXAMPLES}"
    ).rows
    examples = tuple((int(row), f"{word} · {raw}", f"-{str(raw).lstrip('+')}") for row, word, raw in rows)
    return Repair(RULE, shown.field, count, *examples[0][1:], examples=examples)
