"""The ready-made segments on one base: each with its size and reach today, or the data it lacks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.template import Needs, Template, filled, lacking, usuals
from segmentation.criteria.templates import TEMPLATES
from segmentation.reports.fields import Profile
from segmentation.results import Statement
from segmentation.store.database import Database


@dataclass(frozen=True, slots=True)
class Known:
    """What ready-made segments find in a base: the data ``present`` (field codes, ``order.channel``,
    ``event:order``), and its own ``usual`` values by name."""

    present: frozenset[str]
    usual: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready-made segment today; ``lacks`` lists the needs that are not met, and then there is no
    criterion. ``chosen``: it takes values of the base's own that a reader should be told."""

    template: Template
    criterion: Mapping[str, object] = field(default_factory=dict)
    lacks: Needs = ()
    count: int = 0
    reachable: int = 0
    chosen: bool = False

    @property
    def useful(self) -> bool:
        """Whether it can be asked and holds enough people for what it is for."""
        return not self.lacks and self.count >= self.template.least


def known(
    database: Database, catalogue: Catalogue, profiles: Mapping[str, Profile], events: Mapping[str, int]
) -> Known:
    """What the base holds, from the profiles of its fields (lists with their items) and its events."""
    names = {**{code: code for code in catalogue.fields}, "order.channel": "orders.channel"}
    told = {name: profiles[key] for name, key in names.items() if key in profiles and profiles[key].told}
    happened = {f"event:{code}" for code, count in events.items() if count}
    wanted = {name for template in TEMPLATES for name in usuals(template)}
    usual = {name: told[name].typical[0] for name in wanted if name in told and told[name].typical}
    return Known(frozenset({*told, *happened}), {**usual, **_figures(database, catalogue)})


def ready(evaluator: Evaluator, base: Known, aim: str) -> tuple[Ready, ...]:
    """The ready-made segments of an aim, in their order; those with too few people come last, then those
    that lack data."""
    found = [_one(evaluator, base, template) for template in TEMPLATES if template.aim == aim]
    return tuple(sorted(found, key=lambda one: (bool(one.lacks), not one.useful)))


def _one(evaluator: Evaluator, base: Known, template: Template) -> Ready:
    lacks = lacking(template, base.present)
    lacks += tuple((_source(name),) for name in usuals(template) if name not in base.usual and not lacks)
    if lacks:
        return Ready(template, lacks=lacks)
    criterion = filled(template, base.usual)
    look = evaluator.look(criterion_from_json(criterion))
    chosen = any(isinstance(base.usual[name], str) for name in usuals(template))
    return Ready(template, criterion, (), look.count, look.reach["email"].reachable, chosen)


def _source(name: str) -> str:
    """The data a base's own value comes from."""
    return "event:order" if name in ("large_order", "long_gap") else name


def _figures(database: Database, catalogue: Catalogue) -> Mapping[str, object]:
    """``large_order``, ``basket_low``, ``basket_high`` and ``long_gap``, rounded; those that exist."""
    end = datetime.combine(catalogue.as_of + timedelta(days=1), time.min)
    basket = catalogue.fields["average_basket"]
    row = database.run(
        Statement(
            f"""
            WITH sold AS (SELECT contact_id, amount, CAST(order_date AS DATE) AS day FROM orders
                WHERE counted AND contact_id IS NOT NULL AND order_date < ?),
            gaps AS (SELECT contact_id, day - lag(day) OVER (PARTITION BY contact_id ORDER BY day) AS gap
                FROM (SELECT DISTINCT contact_id, day FROM sold))
            SELECT (SELECT quantile_cont(CAST(amount AS DOUBLE), 0.9) FROM sold),
                (SELECT median(each) FROM (SELECT median(gap) AS each FROM gaps
                    WHERE gap IS NOT NULL GROUP BY contact_id)),
                (SELECT quantile_cont(CAST({basket.expression} AS DOUBLE), [0.4, 0.6])
                    FROM {basket.relation} r)""",
            (end,),
        )
    ).rows[0]
    large, gap, baskets = row
    found: dict[str, object] = {}
    if large is not None:
        found["large_order"] = _rounded(float(str(large)))
    if gap is not None:
        found["long_gap"] = max(1, round(2 * float(str(gap))))
    if isinstance(baskets, list):
        found["basket_low"], found["basket_high"] = math.floor(baskets[0]), math.ceil(baskets[1])
    return found


def _rounded(amount: float) -> int:
    """Two figures that count: 118.4 → 120."""
    unit = 10 ** max(0, len(str(int(amount))) - 2)
    return int(round(amount / unit) * unit)
