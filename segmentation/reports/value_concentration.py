"""How much rests on how few: the share of revenue of those who spent most, equal spenders together."""

from __future__ import annotations

from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.relations import rows_of
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import FEATURES

SHARES = (1, 5, 10, 20, 50)
"""The first so many per cent of customers."""
COLUMNS = (
    Column("percent", "report.value.first_percent", "integer"),
    Column("customers", "report.value.customers", "integer"),
    Column("least", "report.value.least", "money"),
    Column("revenue", "report.value.revenue", "money"),
    Column("share", "report.value.revenue_share", "percent"),
)


def value_concentration(session: Session, catalogue: Catalogue) -> Report:
    """The audience's customers (net spending above zero, since always, a file's totals included) by weight.

    figures: ``customers``, ``revenue``, ``half`` (the fewest customers who make half of it), ``half_share``
    (of the customers). sheet ``tops``: per share of customers the number of them (at least one; who spent as
    much as the last one is in), the least they spent, their revenue and its share. chart ``tops``: these
    shares of revenue, mark "20", with the criterion of who spent at least as much.
    """
    features = rows_of(catalogue, FEATURES)
    spent = f"""
        SELECT t.total_spent AS spent FROM ({features.sql}) AS t
        SEMI JOIN audience AS a ON a.contact_id = t.contact_id WHERE t.total_spent > 0"""
    ranked = f"""
        SELECT spent, row_number() OVER (ORDER BY spent DESC) AS place,
            sum(spent) OVER (ORDER BY spent DESC ROWS UNBOUNDED PRECEDING) AS running,
            count(*) OVER () AS customers, sum(spent) OVER () AS revenue FROM ({spent})"""
    columns = ", ".join(
        f"min(spent) FILTER (WHERE place <= greatest(1, ceil(customers * {share} / 100.0)))"
        for share in SHARES
    )
    statement = f"""
        SELECT any_value(customers), any_value(revenue),
            min(place) FILTER (WHERE running * 2 >= revenue), {columns} FROM ({ranked})"""
    row = session.run(Statement(statement, features.params)).rows[0]
    if row[0] is None:
        return Report("value_concentration", {"customers": 0, "revenue": Decimal(0)})
    customers, revenue, half = int(str(row[0])), Decimal(str(row[1])), int(str(row[2]))
    leasts = [Decimal(str(value)) for value in row[3:]]
    rows = []
    for share, least in zip(SHARES, leasts, strict=True):
        tops = f"SELECT count(*), sum(spent) FROM ({spent}) WHERE spent >= CAST(? AS DECIMAL(18,4))"
        count, sum_ = session.run(Statement(tops, (*features.params, least))).rows[0]
        weight = Decimal(str(sum_))
        rows.append((share, int(str(count)), least, weight, float(weight / revenue)))
    figures: dict[str, Value] = {
        "customers": customers,
        "revenue": revenue,
        "half": half,
        "half_share": half / customers,
    }
    data: dict[str, Value] = {
        "labels": [str(row[0]) for row in rows],
        "keys": [str(row[0]) for row in rows],
        "values": [row[4] for row in rows],
        "unit": "percent",
    }
    criteria = {
        str(share): {"field": "total_spent", "op": ">=", "value": float(least)}
        for share, _, least, *_ in rows
    }
    return Report(
        "value_concentration",
        figures,
        {"tops": Sheet("tops", COLUMNS, rows)},
        {"tops": ChartSpec("bars", data, criteria)},
    )
