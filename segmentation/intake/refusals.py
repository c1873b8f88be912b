"""Which clean rows cannot be used, each with its reason; everything else is kept, whatever it lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from segmentation.errors import InputError
from segmentation.intake.ledger import is_ledger, read_ledger
from segmentation.intake.plan import LEFT_OUT, ImportRequest
from segmentation.store.session import Session, quoted

_PEOPLE: Final = (
    "contacts.contact_id",
    "contacts.first_name",
    "contacts.last_name",
    "contacts.full_name",
    "contacts.email",
    "contacts.email_secondary",
    "contacts.phone",
    "contacts.mobile",
    "contacts.company_name",
)
_SOLD: Final = tuple(
    f"order_lines.{key}"
    for key in ("sku", "product_name", "category", "quantity", "unit_price", "line_amount")
)

_DATED: Final = (("order_lines.order_id", "orders.order_id", "orders.order_date"), "error.import.no_order")
_NEEDED: Final[Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]] = MappingProxyType(
    {
        "contacts": ((_PEOPLE, "error.import.nobody"),),
        "orders": ((("orders.order_date",), "error.import.no_date"),),
        "order_lines": (_DATED, (_SOLD, "error.import.nothing_sold")),
        "events": ((("events.event_date",), "error.import.no_date"),),
    }
)
"""Per kind, groups of columns of which a file must have one, with the error of a file that has none."""


def check_columns(request: ImportRequest, names: Collection[str]) -> None:
    """Raises InputError ``error.import.*`` when the file cannot be of its kind: no date, nobody, no sale."""
    for group, code in _NEEDED[request.kind]:
        if not any(name in names for name in group):
            raise InputError(code)


def make_rejected(session: Session, request: ImportRequest, names: Collection[str]) -> None:
    """Make ``rejected``(row_number, reason, raw) from ``clean``, with the cells of ``staged``: nothing of a
    column left out is kept."""
    cases = "".join(f" WHEN {sql} THEN '{reason}'" for reason, sql in _reasons(request, names))
    reason = f"CASE{cases} END" if cases else "NULL::VARCHAR"
    rows = "clean"
    if is_ledger(request):
        read_ledger(session, request, names)
        rows, reason = "clean JOIN ledger USING (row_number)", f"coalesce(ledger.reason, {reason})"
    left_out = {request.table.columns[index] for index, to in request.mapping.items() if to == LEFT_OUT}
    cells = ", ".join("''" if n in left_out else f"coalesce(s.{n}, '')" for n in request.table.columns)
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE rejected AS SELECT r.row_number, r.reason, [{cells}] AS raw FROM"
        f" (SELECT row_number, {reason} AS reason FROM {rows}) r JOIN staged s ON CAST(s._row AS BIGINT) ="
        " r.row_number"
        " WHERE r.reason IS NOT NULL"
    )


def _reasons(request: ImportRequest, names: Collection[str]) -> list[tuple[str, str]]:
    """The reasons to refuse a row of this kind, in order, each with its SQL over ``clean``."""

    def missing(*wanted: str) -> str:
        present = [f"{quoted(name)} IS NULL" for name in wanted if name in names]
        return "(" + (" AND ".join(present) or "TRUE") + ")"

    if request.kind == "contacts":
        return [("reject.no_identity", missing(*_PEOPLE))]
    no_sale = ("reject.no_sale", "row_number IN (FROM no_sales)")
    if request.kind == "orders":
        needed = [("reject.order_no_date", missing("orders.order_date"))]
        amounts = ("orders.amount_total", "orders.amount_net")
        if any(name in names for name in amounts):
            needed.append(("reject.order_no_amount", missing(*amounts)))
        lacking = [(reason, f"{lacks}{_said_elsewhere(lacks, names)}") for reason, lacks in needed]
        return [no_sale, *lacking]
    if request.kind == "order_lines":
        links = ("order_lines.order_id", "orders.order_id", "orders.order_date")
        return [no_sale, ("reject.line_no_order", missing(*links)), ("reject.line_empty", missing(*_SOLD))]
    reasons = [("reject.event_no_date", missing("events.event_date"))]
    if request.event_type is None:
        reasons.append(("reject.event_no_type", missing("events.event_type")))
    return reasons


def _said_elsewhere(lacks: str, names: Collection[str]) -> str:
    """An order may be told over several rows: what one row lacks, another row of the same order may give."""
    order = quoted("orders.order_id")
    if "orders.order_id" not in names:
        return ""
    told = f"SELECT {order} FROM clean WHERE NOT ({lacks}) AND {order} IS NOT NULL"
    return f" AND ({order} IS NULL OR {order} NOT IN ({told}))"
