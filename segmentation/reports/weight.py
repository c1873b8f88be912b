"""What an audience weighs: its share of the base and of what the base has earned."""

from __future__ import annotations

from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.relations import rows_of
from segmentation.results import Report, Statement
from segmentation.store.session import Session
from segmentation.traits import FEATURES


def weight(session: Session, catalogue: Catalogue) -> Report:
    """The audience of the session (``audience(contact_id)``) against the base.

    figures: ``contacts``, ``base``, ``share``; ``customers`` (at least one order), ``orders``, ``gross``,
    ``returns``, ``net`` (gross less returns), ``base_net``, ``revenue_share`` (None when the base has earned
    nothing), ``first``, ``last`` (days of the first and last purchase). Who has no order counts for what
    their file says.
    """
    features = rows_of(catalogue, FEATURES)
    sql = f"""
        SELECT count(*) FILTER (WHERE inside), count(*), count(*) FILTER (WHERE inside AND orders_count > 0),
            coalesce(sum(orders_count) FILTER (WHERE inside), 0)::BIGINT,
            coalesce(sum(gross_amount) FILTER (WHERE inside), 0),
            coalesce(sum(returns_amount) FILTER (WHERE inside), 0),
            coalesce(sum(total_spent) FILTER (WHERE inside), 0), coalesce(sum(total_spent), 0),
            min(first_purchase_date) FILTER (WHERE inside), max(last_purchase_date) FILTER (WHERE inside)
        FROM (SELECT t.*, a.contact_id IS NOT NULL AS inside FROM ({features.sql}) AS t
            LEFT JOIN audience AS a ON a.contact_id = t.contact_id) AS told"""
    row = session.run(Statement(sql, features.params)).rows[0]
    contacts, base, customers, orders, gross, returns, net, base_net, first, last = row
    figures = {
        "contacts": contacts,
        "base": base,
        "share": int(str(contacts)) / int(str(base)) if base else 0.0,
        "customers": customers,
        "orders": orders,
        "gross": gross,
        "returns": returns,
        "net": net,
        "base_net": base_net,
        "revenue_share": float(Decimal(str(net)) / Decimal(str(base_net)))
        if Decimal(str(base_net)) > 0
        else None,
        "first": first,
        "last": last,
    }
    return Report("weight", figures)
