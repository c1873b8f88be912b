"""A few small pictures of an audience: the fields that say most about it, each bar a criterion."""

from __future__ import annotations

from dataclasses import replace

from segmentation.audience.bitmaps import Mask
from segmentation.audience.breakdown import Breakdown
from segmentation.audience.evaluator import Asked, Evaluator
from segmentation.criteria.codec import criterion_to_json
from segmentation.results import ChartSpec, Report

CANDIDATES: tuple[str, ...] = (
    "rfm_segment",
    "department",
    "country",
    "age_band",
    "gender",
    "acquisition_channel",
    "customer_type",
    "city",
    "purchase_channel",
    "loyalty_tier",
    "status",
    "tags",
    "consent_email",
    "orders_count",
    "total_spent",
    "created_at",
)
"""Fields tried, the most telling first."""

KNOWN = 0.2
"""A field is shown when at least this share of the audience has a value."""


def breakdowns(evaluator: Evaluator, whom: Mask | Asked, *, number: int = 4, bars: int = 5) -> Report:
    """At most ``number`` charts "bars", by field code, of at most ``bars`` bars each.

    data: ``labels`` (the value, or the ends of a band), ``keys``, ``values`` (contacts of the audience),
    ``base`` (contacts of the base), ``others``, ``unknown``, ``field``. A field needs two bars and enough
    values.
    """
    charts: dict[str, ChartSpec] = {}
    for code in CANDIDATES:
        if len(charts) == number:
            break
        if code in evaluator.catalogue.fields:
            found = evaluator.breakdown(whom, code, bars)
            found = replace(found, bars=tuple(bar for bar in found.bars if bar.count))
            if found.total and len(found.bars) > 1 and found.unknown <= (1 - KNOWN) * found.total:
                charts[code] = _bars(found)
    return Report("breakdowns", charts=charts)


def _bars(found: Breakdown) -> ChartSpec:
    keys = [str(place) for place in range(len(found.bars))]
    data = {
        "field": found.field,
        "labels": [bar.value if bar.value is not None else (bar.low, bar.high) for bar in found.bars],
        "keys": keys,
        "values": [bar.count for bar in found.bars],
        "base": [bar.base for bar in found.bars],
        "others": found.others,
        "unknown": found.unknown,
        "unit": "integer",
    }
    criteria = {key: criterion_to_json(bar.criterion) for key, bar in zip(keys, found.bars, strict=True)}
    return ChartSpec("bars", data, criteria)
