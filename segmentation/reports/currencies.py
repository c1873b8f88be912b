"""Which money a base holds: orders by currency, and the contacts whose totals come from their files."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits.trait import AT_HOME

ORDERS = (Column("currency", "field.currency"), Column("orders", "report.currencies.orders", "integer"))
_TOTALS = ("total_spent", "average_basket", "last_order_amount")


def currencies(session: Session, catalogue: Catalogue) -> Report:
    """About the audience (``audience(contact_id)``) for totals; orders are all the base's, of nobody too.

    figures: ``totals`` (people with an amount a file gives, which has no currency of its own), ``home``
    (orders in the base's currency, or in none said), ``abroad`` (orders in another one). sheet ``orders``:
    code (None: none said) and how many, the most frequent first.
    """
    said = " OR ".join(f"{name} IS NOT NULL" for name in _TOTALS)
    totals = f"SELECT count(*) FROM contacts SEMI JOIN audience USING (contact_id) WHERE {said}"
    abroad = f"SELECT count(*), count(*) FILTER (NOT {AT_HOME}) FROM orders"
    every, away = (int(str(n)) for n in session.run(Statement(abroad)).rows[0])
    rows = session.run(
        Statement("SELECT currency, count(*) AS n FROM orders GROUP BY currency ORDER BY n DESC, currency")
    ).rows
    figures: dict[str, Value] = {
        "totals": session.scalar(Statement(totals)),
        "home": every - away,
        "abroad": away,
    }
    return Report("currencies", figures, {"orders": Sheet("report.currencies.orders", ORDERS, list(rows))})
