"""Do customers come back: those who first ordered in the same month or quarter, followed period by period."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.windows import shifted
from segmentation.reports.value_sales import first_ordered, ordered, sales
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

SHOWN = 8
"""Periods each cohort is followed for; one cohort more is shown."""
LONG = 18
"""From so many months of orders on, cohorts are quarters."""
STEP = {"month": 1, "quarter": 3}
COLUMNS = (
    Column("cohort", "report.value.cohort", "date"),
    Column("size", "report.value.customers", "integer"),
    Column("after", "report.value.after", "integer"),
    Column("customers", "report.value.returned", "integer"),
    Column("share", "report.value.share", "percent"),
)


def value_cohorts(session: Session, catalogue: Catalogue) -> Report:
    """The audience by the period of its first order.

    figures: ``unit`` ("month" or "quarter"), ``cohorts`` (how many), ``partial`` (the day the period under
    way began). sheet ``cells``: cohort (its first day), size, periods after (0: all of them), customers who
    ordered in that period, their share. chart ``cohorts``: the shares, a row per cohort that was followed, a
    criterion per cell "2026-01-01|2" and per cohort "2026-01-01"; a period to come has no value.
    """
    sql, values = sales(catalogue)
    earliest = session.scalar(Statement(f"WITH {sql} SELECT min(first_order) FROM firsts", values))
    if earliest is None:
        return Report("value_cohorts", {"unit": "month", "cohorts": 0, "partial": None})
    oldest = date.fromisoformat(str(earliest)[:10])
    unit = "quarter" if shifted(oldest, LONG, "month") <= catalogue.as_of else "month"
    now = _begin(catalogue.as_of, unit)
    counts = _counted(session, catalogue, unit)
    cohorts = sorted(cohort for cohort, after in counts if not after)[-SHOWN - 1 :]
    rows = [
        (cohort, size := counts[cohort, 0], after, counts[cohort, after], counts[cohort, after] / size)
        for cohort in cohorts
        for after in range(SHOWN + 1)
        if shifted(cohort, STEP[unit] * after, "month") <= now
    ]
    figures = {"unit": unit, "cohorts": len(cohorts), "partial": now}
    return Report(
        "value_cohorts",
        figures,
        {"cells": Sheet("cells", COLUMNS, rows)},
        {"cohorts": _picture(rows, cohorts, unit)},
    )


def _begin(day: date, unit: str) -> date:
    return day.replace(day=1, month=day.month - (day.month - 1) % STEP[unit])


def _end(begin: date, unit: str) -> date:
    return shifted(begin, STEP[unit], "month") - timedelta(days=1)


def _counted(session: Session, catalogue: Catalogue, unit: str) -> Counter[tuple[date, int]]:
    sql, values = sales(catalogue)
    statement = f"""
        WITH {sql}
        SELECT date_trunc('{unit}', f.first_order), date_diff('{unit}', f.first_order, s.order_date),
            count(DISTINCT s.contact_id)
        FROM sold AS s JOIN firsts AS f ON f.contact_id = s.contact_id
        WHERE s.counted GROUP BY ALL"""
    rows = session.run(Statement(statement, values)).rows
    return Counter(
        {(date.fromisoformat(str(cohort)[:10]), int(str(after))): int(str(n)) for cohort, after, n in rows}
    )


def _picture(rows: list[tuple[date, int, int, int, float]], cohorts: list[date], unit: str) -> ChartSpec:
    shares = {(cohort, after): share for cohort, _, after, _, share in rows}
    span = max((after for _, after in shares), default=0)
    criteria: dict[str, Value] = {}
    for cohort in cohorts:
        arrived = first_ordered(cohort, _end(cohort, unit))
        criteria[cohort.isoformat()] = arrived
        for after in range(1, span + 1):
            begin = shifted(cohort, STEP[unit] * after, "month")
            if (cohort, after) in shares:
                criteria[f"{cohort}|{after}"] = {"all": [arrived, ordered(begin, _end(begin, unit))]}
    cohorts = [cohort for cohort in cohorts if (cohort, 1) in shares]
    data: dict[str, Value] = {
        "rows": cohorts,
        "columns": list(range(1, span + 1)),
        "values": [[shares.get((cohort, after)) for after in range(1, span + 1)] for cohort in cohorts],
        "keys": [[f"{cohort}|{after}" for after in range(1, span + 1)] for cohort in cohorts],
        "unit": "percent",
    }
    return ChartSpec("cross_tab", data, criteria)
