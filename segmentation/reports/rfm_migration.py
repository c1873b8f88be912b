"""Who changed group since: the groups of some months ago against those of today, under the same limits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from segmentation.criteria.catalogue import Catalogue
from segmentation.predictive.rfm import KEYS, PROSPECTS
from segmentation.reports.relations import rows_of
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import PAST, SCORES, past_field, window_start

Json = dict[str, object]
Flow = tuple[str, str, int, Decimal]

COLUMNS = (
    Column("key", "report.rfm_migration.flow"),
    Column("before", "report.rfm_migration.before"),
    Column("after", "report.rfm_migration.after"),
    Column("customers", "report.rfm.customers", "integer"),
    Column("revenue", "report.rfm.revenue", "money"),
)
AWAKE = KEYS[: KEYS.index("about_to_sleep")]
"""Groups of who orders; the others are about to leave or have left."""
ASLEEP = KEYS[KEYS.index("about_to_sleep") :]

TALES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {"left": (AWAKE, ASLEEP), "back": (ASLEEP, AWAKE), "first": ((PROSPECTS,), KEYS)}
)
"""What a move means → from any of these groups to any of those."""
SHOWN = 10


def rfm_migration(session: Session, catalogue: Catalogue, *, months: int = 3) -> Report:
    """The audience of the session, ``months`` (1, 3 or 12) before the catalogue's date and now.

    figures: ``before`` and ``as_of`` (days), ``months``, ``stayed`` and ``moved`` (customers of either
    date), ``left``, ``back``, ``first`` (customers, see ``TALES``) and ``<tale>_criterion``.
    sheet ``flows``: every pair of groups that someone went between, largest first; revenue is of the window
    that ends now. chart ``flows``: the ten largest, as bars; a criterion for every flow ("lost>new").
    """
    flows = _flows(session, catalogue, months)
    stayed = sum(flow[2] for flow in flows if flow[0] == flow[1] != PROSPECTS)
    moves = [flow for flow in flows if flow[0] != flow[1]]
    figures: dict[str, Value] = {
        "before": window_start(catalogue.as_of, months),
        "as_of": catalogue.as_of,
        "months": months,
        "stayed": stayed,
        "moved": sum(flow[2] for flow in moves),
    }
    for tale, (origins, goals) in TALES.items():
        figures[tale] = sum(flow[2] for flow in moves if flow[0] in origins and flow[1] in goals)
        figures[f"{tale}_criterion"] = flow_criterion(origins, goals, months)
    rows = [(flow_key(flow), *flow) for flow in moves]
    largest = rows[:SHOWN]
    data: dict[str, Value] = {
        "labels": [(row[1], row[2]) for row in largest],
        "keys": [row[0] for row in largest],
        "tints": [row[2] for row in largest],
        "values": [row[3] for row in largest],
        "words": "rfm.",
        "unit": "integer",
    }
    criteria = {flow_key(flow): flow_criterion((flow[0],), (flow[1],), months) for flow in moves}
    return Report(
        "rfm_migration",
        figures,
        {"flows": Sheet("flows", COLUMNS, rows)},
        {"flows": ChartSpec("bars", data, criteria)},
    )


def flow_key(flow: Flow) -> str:
    """The name of a flow in charts and tables."""
    return f"{flow[0]}>{flow[1]}"


def flow_criterion(origins: tuple[str, ...], goals: tuple[str, ...], months: int) -> Json:
    """Who was in one of these groups ``months`` ago and is in one of those now."""
    then: Json = {"field": past_field(months), "op": "in", "value": list(origins)}
    now: Json = {"field": "rfm_segment", "op": "in", "value": list(goals)}
    return {"all": [then, now]}


def _flows(session: Session, catalogue: Catalogue, months: int) -> list[Flow]:
    relation = next(name for name, gone in PAST.items() if gone == months)
    then, now = rows_of(catalogue, relation), rows_of(catalogue, SCORES)
    sql = f"""
        SELECT t.rfm_segment, s.rfm_segment, count(*), coalesce(sum(s.monetary), 0)::DECIMAL(38,4)
        FROM audience AS a JOIN ({then.sql}) AS t ON t.contact_id = a.contact_id
        JOIN ({now.sql}) AS s ON s.contact_id = a.contact_id
        WHERE t.rfm_segment IS NOT NULL AND s.rfm_segment IS NOT NULL
        GROUP BY ALL ORDER BY 3 DESC, 1, 2"""
    rows = session.run(Statement(sql, (*then.params, *now.params))).rows
    return [(str(a), str(b), int(str(n)), Decimal(str(money))) for a, b, n, money in rows]
