"""What other RFM limits would do: how large each group would be, who would change group; nothing is kept."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.predictive.rfm import KEYS, PROSPECTS, Cuts
from segmentation.reports.relations import rows_of
from segmentation.reports.rfm_spread import spreads
from segmentation.results import Column, Report, Sheet, Statement
from segmentation.store.session import Session
from segmentation.traits import SCORES, rfm_statement

COLUMNS = (
    Column("key", "report.rfm.group"),
    Column("now", "report.rfm_trial.now", "integer"),
    Column("then", "report.rfm_trial.then", "integer"),
    Column("change", "report.rfm_trial.change", "integer"),
)


def rfm_trial(
    session: Session,
    catalogue: Catalogue,
    *,
    days: tuple[int, ...],
    orders: tuple[int, ...],
    amounts: tuple[Decimal, ...],
    window_months: int = 24,
    combine_fm: bool = False,
) -> Report:
    """The audience of the session under these limits, beside those in use.

    figures: ``changed`` (customers whose group would be another). sheet ``groups``: the 11 in their order,
    customers now, then, and the difference. charts: ``days``, ``orders``, ``amounts`` with these limits.
    """
    cuts = Cuts(days, orders, amounts, window_months=window_months, combine_fm=combine_fm)
    kept, tried = rows_of(catalogue, SCORES), rfm_statement(catalogue.as_of, cuts)
    sql = f"""
        SELECT s.rfm_segment, t.rfm_segment, count(*) FROM audience AS a
        JOIN ({kept.sql}) AS s ON s.contact_id = a.contact_id
        JOIN ({tried.sql}) AS t ON t.contact_id = a.contact_id
        WHERE s.rfm_segment IS NOT NULL AND s.rfm_segment <> ? GROUP BY ALL"""
    now: Counter[str] = Counter()
    then: Counter[str] = Counter()
    changed = 0
    for before, after, customers in session.run(
        Statement(sql, (*kept.params, *tried.params, PROSPECTS))
    ).rows:
        count = int(str(customers))
        now[str(before)] += count
        then[str(after)] += count
        changed += count * (before != after)
    rows = [(key, now[key], then[key], then[key] - now[key]) for key in KEYS]
    sheets = {"groups": Sheet("groups", COLUMNS, rows)}
    return Report("rfm_trial", {"changed": changed}, sheets, dict(spreads(session, catalogue, cuts)))
