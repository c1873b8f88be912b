"""What the same customers buy: pairs of categories (or products) found together more than by chance."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.value_sales import Json
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

ITEMS = 40
"""The most bought items that are paired."""
SHOWN = 8
LEAST = 5
"""A pair of fewer customers is left out."""
COLUMNS = (
    Column("one", "report.value.item"),
    Column("other", "report.value.other_item"),
    Column("both", "report.value.both", "integer"),
    Column("times", "report.value.times", "number"),
    Column("only_one", "report.value.only_one", "integer"),
    Column("only_other", "report.value.only_other", "integer"),
)


def value_pairs(session: Session, catalogue: Catalogue) -> Report:
    """The audience's customers who bought two things, in one order or several.

    figures: ``field`` ("category", else "product_name" when no line has one, else None), ``customers`` (who
    bought at least one item), ``items``. sheet ``pairs``: the pairs of the most bought items that at least
    five customers bought, more than chance would have it, by how many times more; with how many customers
    bought one without the other; lines without a date count. chart ``pairs``: customers of both, marks
    "0", "1" … (places in the sheet), with "0>" and "0<" for the first item alone and the second alone.
    """
    field = next((name for name in ("category", "product_name") if _known(session, name)), None)
    if field is None:
        return Report("value_pairs", {"field": None, "customers": 0, "items": 0})
    customers, items, found = _counted(session, catalogue, field)
    rows: list[tuple[Value, ...]] = []
    for one, other, first, second, both in found:
        times = both * customers / (first * second)
        if times > 1:
            rows.append((one, other, both, times, first - both, second - both))
    rows = sorted(rows, key=lambda row: (-float(str(row[3])), str(row[0]), str(row[1])))[:SHOWN]
    criteria: dict[str, Value] = {}
    for place, row in enumerate(rows):
        this, that = _bought(field, str(row[0])), _bought(field, str(row[1]))
        criteria[f"{place}"] = {"all": [this, that]}
        criteria[f"{place}>"] = {"all": [this, {"not": that}]}
        criteria[f"{place}<"] = {"all": [that, {"not": this}]}
    data: dict[str, Value] = {
        "labels": [(row[0], row[1]) for row in rows],
        "keys": [str(place) for place in range(len(rows))],
        "values": [row[2] for row in rows],
        "unit": "integer",
    }
    figures = {"field": field, "customers": customers, "items": items}
    return Report(
        "value_pairs",
        figures,
        {"pairs": Sheet("pairs", COLUMNS, rows)},
        {"pairs": ChartSpec("bars", data, criteria)},
    )


def _known(session: Session, field: str) -> bool:
    sql = f"SELECT count(*) > 0 FROM order_lines WHERE counted AND {field} IS NOT NULL"
    return bool(session.scalar(Statement(sql)))


def _counted(
    session: Session, catalogue: Catalogue, field: str
) -> tuple[int, int, list[tuple[str, str, int, int, int]]]:
    """Customers of any item, items, and the pairs: names, customers of each, customers of both."""
    end = datetime.combine(catalogue.as_of + timedelta(days=1), time.min)
    bought = f"""
        bought AS (SELECT DISTINCT l.contact_id, l.{field}__key AS item
            FROM order_lines AS l SEMI JOIN audience AS a ON a.contact_id = l.contact_id
            WHERE l.counted AND (l.order_date < ? OR l.order_date IS NULL) AND l.{field}__key <> ''),
        names AS (SELECT {field}__key AS item, min({field}) AS name FROM order_lines
            WHERE counted AND {field}__key <> '' GROUP BY ALL),
        sizes AS (SELECT item, count(*) AS customers FROM bought GROUP BY item),
        tops AS (SELECT item, name, customers FROM sizes JOIN names USING (item)
            ORDER BY customers DESC, item LIMIT {ITEMS})"""
    totals = session.run(
        Statement(
            f"WITH {bought} SELECT count(DISTINCT contact_id), count(DISTINCT item) FROM bought", (end,)
        )
    ).rows[0]
    pairs = session.run(
        Statement(
            f"""WITH {bought},
                kept AS (SELECT b.contact_id, t.* FROM bought AS b JOIN tops AS t USING (item))
            SELECT x.name, y.name, x.customers, y.customers, count(*) FROM kept AS x
            JOIN kept AS y ON y.contact_id = x.contact_id AND x.item < y.item
            GROUP BY ALL HAVING count(*) >= {LEAST}""",
            (end,),
        )
    ).rows
    told = [(str(a), str(b), int(str(n)), int(str(m)), int(str(both))) for a, b, n, m, both in pairs]
    return int(str(totals[0])), int(str(totals[1])), told


def _bought(field: str, item: str) -> Json:
    return {
        "event": "order_line",
        "measure": "count",
        "op": ">=",
        "value": 1,
        "where": {"field": field, "op": "is", "value": item},
    }
