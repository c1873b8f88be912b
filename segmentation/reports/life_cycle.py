"""How far each contact of an audience has come, from prospect to inactive customer; and who is outside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.relations import rows_of
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import CONSENTS, FEATURES, STAGES
from segmentation.traits.life_cycle import OUTSIDE, TIERS
from segmentation.traits.life_cycle import STAGES as KEYS

COLUMNS = (
    Column("key", "field.life_cycle"),
    Column("contacts", "report.life_cycle.contacts", "integer"),
    Column("share", "report.life_cycle.share", "percent"),
    Column("reachable", "report.life_cycle.reachable", "integer"),
    Column("revenue", "report.life_cycle.revenue", "money"),
)
_PARTS = {"life_cycle": ("stage", KEYS), "inactive_tier": ("tier", tuple(t for t, _ in TIERS)),
          "outside_kind": ("kind", tuple(OUTSIDE))}  # fmt: skip
"""Field of each table of the report → the column of its relation and its values, in their order."""

PROMOTED: dict[str, object] = {"not": {"field": "life_cycle", "op": "is", "value": "outside"}}
"""Who a promotion is for: everyone but partners, suppliers, staff, friends and former colleagues."""


def life_cycle(session: Session, catalogue: Catalogue) -> Report:
    """The audience of the session (``audience(contact_id)``) by stage at the catalogue's date.

    figures: ``contacts``, ``undated`` (customers held active because no date of purchase is known),
    ``promoted`` (the criterion that leaves the outsiders out).
    sheets, one row per value, empty ones too: ``life_cycle`` (six stages), ``inactive_tier`` (how long the
    inactive have been away), ``outside_kind``: contacts, their share of the audience, how many can be
    written to by e-mail, net revenue of all times.
    charts: "bars" under the same names, with the criterion of every value; the stage *outside*, the tier
    *recent* and the kinds are drawn only when somebody is there.
    """
    rows = _counted(session, catalogue)
    total = sum(row[3] for row in rows)
    sheets: dict[str, Sheet] = {}
    charts: dict[str, ChartSpec] = {}
    for place, (field, (_, keys)) in enumerate(_PARTS.items()):
        lines = [_line(key, [row for row in rows if row[place] == key], total) for key in keys]
        sheets[field] = Sheet(field, COLUMNS, lines)
        charts[field] = _bars(field, [line for line in lines if line[1] or _always(field, line[0])])
    figures: dict[str, Value] = {
        "contacts": total,
        "undated": sum(row[6] for row in rows),
        "promoted": PROMOTED,
    }
    return Report("life_cycle", figures, sheets, charts)


def stage_criterion(field: str, key: object) -> dict[str, object]:
    """The contacts of one stage, tier or kind."""
    return {"field": field, "op": "is", "value": key}


def _always(field: str, key: object) -> bool:
    return key not in ("outside", "recent") and field != "outside_kind"


def _counted(session: Session, catalogue: Catalogue) -> list[tuple[Any, ...]]:
    """stage, tier, kind, contacts, reachable by e-mail, revenue, active without any date."""
    stages, features = rows_of(catalogue, STAGES), rows_of(catalogue, FEATURES)
    consents = rows_of(catalogue, CONSENTS)
    sql = f"""
        SELECT s.stage, s.tier, s.kind, count(*), count(*) FILTER (WHERE r.email_reachable),
            coalesce(sum(f.total_spent), 0)::DECIMAL(38,4),
            count(*) FILTER (WHERE s.stage = 'active' AND f.last_purchase_date IS NULL)
        FROM audience AS a JOIN ({stages.sql}) AS s ON s.contact_id = a.contact_id
        LEFT JOIN ({features.sql}) AS f ON f.contact_id = a.contact_id
        LEFT JOIN ({consents.sql}) AS r ON r.contact_id = a.contact_id GROUP BY ALL"""
    return session.run(Statement(sql, (*stages.params, *features.params, *consents.params))).rows


def _line(key: str, rows: list[tuple[Any, ...]], total: int) -> tuple[Value, ...]:
    contacts = sum(row[3] for row in rows)
    share = contacts / total if total else 0.0
    return key, contacts, share, sum(row[4] for row in rows), sum((row[5] for row in rows), Decimal(0))


def _bars(field: str, lines: list[tuple[Value, ...]]) -> ChartSpec:
    keys = [line[0] for line in lines]
    data: dict[str, Value] = {
        "labels": keys,
        "keys": keys,
        "words": f"choice.{field}.",
        "values": [line[1] for line in lines],
        "unit": "integer",
    }
    return ChartSpec("bars", data, {str(key): stage_criterion(field, key) for key in keys})
