"""Which months of the year are strong and which are weak: the mean of each over the whole months known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.windows import shifted
from segmentation.reports.value_sales import Json, sales
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

YEARS = 3
"""Seasons are read over at most so many years."""
COLUMNS = (
    Column("month", "report.value.month", "integer"),
    Column("mean", "report.value.mean", "money"),
    Column("index", "report.value.index", "percent"),
    Column("years", "report.value.years", "integer"),
    Column("customers", "report.value.customers", "integer"),
)


def value_seasons(session: Session, catalogue: Catalogue) -> Report:
    """The audience's sales by month of the year.

    figures: ``first`` and ``last`` day of the whole months read (None with less than twelve of them),
    ``best`` and ``worst`` (months 1 to 12). sheet ``seasons``: per month of the year the mean net amount,
    its share of the mean month (1 = like the others), the years read, the customers who ordered then.
    chart ``seasons``: the means, mark "12", whose criterion is who ordered in that month of those years.
    """
    start, end = _span(session, catalogue)
    figures: dict[str, Value] = {"first": None, "last": None, "best": None, "worst": None}
    if start is None or end is None or shifted(start, 12, "month") > end:
        return Report("value_seasons", figures)
    sums, customers = _read(session, catalogue, start, end)
    every: dict[int, list[Decimal]] = defaultdict(list)
    month = start
    while month < end:
        every[month.month].append(sums.get(month, Decimal(0)))
        month = shifted(month, 1, "month")
    means = {rank: sum(every[rank], Decimal(0)) / len(every[rank]) for rank in range(1, 13)}
    middle = sum(means.values(), Decimal(0)) / 12
    last = end - timedelta(days=1)
    rows = [
        (
            rank,
            means[rank].quantize(Decimal("0.0001")),
            float(means[rank] / middle) if middle > 0 else None,
            len(every[rank]),
            customers.get(rank, 0),
        )
        for rank in range(1, 13)
    ]
    figures |= {
        "first": start,
        "last": last,
        "best": max(means, key=lambda rank: means[rank]),
        "worst": min(means, key=lambda rank: means[rank]),
    }
    data: dict[str, Value] = {
        "labels": list(range(1, 13)),
        "keys": [str(rank) for rank in range(1, 13)],
        "values": [row[1] for row in rows],
        "unit": "money",
        "direction": "up",
    }
    criteria = {str(rank): _ordered_in(rank, start, last) for rank in range(1, 13)}
    return Report(
        "value_seasons",
        figures,
        {"seasons": Sheet("seasons", COLUMNS, rows)},
        {"seasons": ChartSpec("bars", data, criteria)},
    )


def _span(session: Session, catalogue: Catalogue) -> tuple[date | None, date | None]:
    """The first day of the first whole month and the day after the last one."""
    sql, values = sales(catalogue)
    earliest = session.scalar(Statement(f"WITH {sql} SELECT min(order_date) FROM sold", values))
    if earliest is None:
        return None, None
    day = date.fromisoformat(str(earliest)[:10])
    first = day if day.day == 1 else shifted(day.replace(day=1), 1, "month")
    end = (catalogue.as_of + timedelta(days=1)).replace(day=1)
    return max(first, shifted(end, -12 * YEARS, "month")), end


def _read(
    session: Session, catalogue: Catalogue, start: date, end: date
) -> tuple[dict[date, Decimal], dict[int, int]]:
    """Net amounts by month, and customers by month of the year."""
    sql, values = sales(catalogue)
    spent = session.run(
        Statement(
            f"WITH {sql} SELECT date_trunc('month', order_date), sum(amount) FROM sold"
            " WHERE summed AND order_date >= ? AND order_date < ? GROUP BY ALL",
            (*values, start, end),
        )
    ).rows
    people = session.run(
        Statement(
            f"WITH {sql} SELECT month(order_date), count(DISTINCT contact_id) FROM sold"
            " WHERE counted AND order_date >= ? AND order_date < ? GROUP BY ALL",
            (*values, start, end),
        )
    ).rows
    sums = {date.fromisoformat(str(month)[:10]): Decimal(str(amount)) for month, amount in spent}
    return sums, {int(str(rank)): int(str(count)) for rank, count in people}


def _ordered_in(rank: int, first: date, last: date) -> Json:
    return {
        "event": "order",
        "measure": "count",
        "op": ">=",
        "value": 1,
        "within": {"between": [first.isoformat(), last.isoformat()]},
        "where": {"field": "order_date", "op": "month", "value": [rank]},
    }
