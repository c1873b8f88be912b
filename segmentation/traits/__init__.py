"""WHO: values computed for each contact; every trait is a criterion, a column and an export column.

To add a trait, write one file with its ``Trait`` and put it in ``TRAITS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from segmentation.criteria.catalogue import Field, Relation
from segmentation.predictive.rfm import Cuts
from segmentation.results import Statement
from segmentation.traits.clientele import CLIENTELE
from segmentation.traits.consent import CONSENT, consents_at, consents_statement
from segmentation.traits.consent import RELATION as CONSENTS
from segmentation.traits.email_check import EMAIL_CHECK
from segmentation.traits.engagement import ENGAGEMENT
from segmentation.traits.first_name import FIRST_NAME
from segmentation.traits.identity import IDENTITY, ids_at
from segmentation.traits.identity import RELATION as IDS
from segmentation.traits.life_cycle import LIFE_CYCLE, Limits, stages_statement
from segmentation.traits.life_cycle import RELATION as STAGES
from segmentation.traits.membership import MEMBERSHIP, tags_at
from segmentation.traits.membership import RELATION as TAGS
from segmentation.traits.person import PERSON
from segmentation.traits.phone_kind import PHONE_KIND
from segmentation.traits.place import PLACE
from segmentation.traits.rfm import (
    PAST,
    RFM,
    SOLD,
    inputs_statement,
    past_field,
    past_statements,
    rfm_statement,
    window_start,
)
from segmentation.traits.rfm import RELATION as SCORES
from segmentation.traits.tier import RELATION as ENGAGED
from segmentation.traits.tier import TIER, Rhythm, rhythm_statement, scale_of, tiers_statement
from segmentation.traits.totals import TOTALS
from segmentation.traits.town import TOWN
from segmentation.traits.trait import Sight, Step, Trait

TRAITS: tuple[Trait, ...] = (
    IDENTITY,
    TOTALS,
    ENGAGEMENT,
    RFM,
    PERSON,
    PLACE,
    TOWN,
    FIRST_NAME,
    CLIENTELE,
    CONSENT,
    MEMBERSHIP,
    LIFE_CYCLE,
    EMAIL_CHECK,
    PHONE_KIND,
    TIER,
)
"""Every trait, in the order of its columns; a column may read the steps of those before it."""

FEATURES = "contact_features"


def trait_fields() -> Mapping[str, Field]:
    """The fields of all traits by code; they replace the stored field of the same code."""
    return MappingProxyType({field.code: field for trait in TRAITS for field in trait.fields})


def trait_relations(
    *,
    as_of: date,
    last_fact: date | None,
    cuts: Cuts,
    scored_as_of: date | None,
    limits: Limits | None = None,
    rhythm: Rhythm | None = None,
) -> Mapping[str, Relation]:
    """Where the traits' fields are read at a date.

    ``contact_features`` as stored holds every fact: it serves any date from the last fact on; an earlier
    date is computed. ``rfm_scores`` as stored serves the date it was computed for. ``limits`` are those of
    the life cycle, ``rhythm`` is how often the base writes.
    """
    features = None if last_fact is None or as_of >= last_fact else _features_at

    def stages(day: date) -> Statement:
        known = features(day) if features else Statement(f"SELECT * FROM {FEATURES}")
        return stages_statement(day, limits or Limits(), known, consents_at(day))

    def tiers(day: date) -> Statement:
        known = features(day) if features else Statement(f"SELECT * FROM {FEATURES}")
        return tiers_statement(day, rhythm or Rhythm(), known)

    scores = None if scored_as_of == as_of else lambda day: rfm_statement(day, cuts)
    return MappingProxyType(
        {
            FEATURES: Relation(FEATURES, features),
            SCORES: Relation(SCORES, scores),
            CONSENTS: Relation(CONSENTS, consents_at),
            TAGS: Relation(TAGS, tags_at),
            IDS: Relation(IDS, ids_at),
            **{name: Relation(name, rows) for name, rows in past_statements(cuts).items()},
            STAGES: Relation(STAGES, stages),
            ENGAGED: Relation(ENGAGED, tiers),
        }
    )


def features_statement(touched: str | None = None, as_of_end: date | None = None) -> Statement:
    """One row per live contact with the traits' columns: the rows of ``contact_features``, in no order.

    ``touched`` names a table of ``contact_id``: only those. ``as_of_end`` is the last day seen, None for all.
    """
    sight = Sight(as_of=as_of_end, touched=touched)
    beside = [
        (step.name, step.sql(sight), f"{step.name}.contact_id = c.contact_id")
        for trait in TRAITS
        for step in trait.steps
    ]
    beside += [(one.name, one.sql(sight), one.on()) for trait in TRAITS for one in trait.look_ups]
    parts = ", ".join(f"{name} AS ({rows})" for name, rows, _ in beside)
    columns = {name: sql for trait in TRAITS for name, sql in trait.columns().items()}
    listed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    given = {name: sql for trait in TRAITS for name, sql in trait.given().items()}
    asides = ", ".join(f"{sql} AS {name}" for name, sql in given.items())
    contacts = f"SELECT *, {asides} FROM contacts WHERE live AND {sight.concerned()}"
    joins = " ".join(f"LEFT JOIN {name} ON {on}" for name, _, on in beside)
    sql = f"WITH {parts} SELECT c.contact_id, {listed} FROM ({contacts}) AS c {joins}"
    return Statement(sql, tuple(sight.values))


def category_statement(touched: str | None = None, as_of_end: date | None = None) -> Statement:
    """The rows of ``contact_category``: per contact and category, orders, net amount, last order."""
    sight = Sight(as_of=as_of_end, touched=touched)
    sql = f"""
        SELECT contact_id, arg_max(category, (order_date, line_key)) AS category, category__key,
            count(DISTINCT order_key) FILTER (WHERE counted) AS orders,
            CAST(coalesce(sum(line_amount) FILTER (WHERE summed), 0) AS DECIMAL(18,4)) AS amount,
            max(order_date) FILTER (WHERE counted) AS last_order
        FROM order_lines
        WHERE {sight.concerned()} AND category IS NOT NULL AND (counted OR summed)
            AND {sight.seen("order_date")}
        GROUP BY contact_id, category__key ORDER BY category__key, contact_id"""
    return Statement(sql, tuple(sight.values))


def last_fact_statement() -> Statement:
    """The last day on which an order or an event happened, NULL for none."""
    return Statement(
        "SELECT CAST(greatest((SELECT max(order_date) FROM orders),"
        " (SELECT max(event_date) FROM events)) AS DATE)"
    )


def rhythm_of(gap: float | None, heard: bool) -> Rhythm:
    """How the base writes, from the row of ``rhythm_statement``."""
    return Rhythm(scale_of(gap), heard)


def _features_at(as_of: date) -> Statement:
    return features_statement(None, as_of)


__all__ = [
    "CONSENTS",
    "ENGAGED",
    "FEATURES",
    "PAST",
    "SCORES",
    "SOLD",
    "STAGES",
    "TAGS",
    "TRAITS",
    "Limits",
    "Rhythm",
    "Step",
    "Trait",
    "category_statement",
    "consents_statement",
    "features_statement",
    "inputs_statement",
    "last_fact_statement",
    "past_field",
    "rfm_statement",
    "rhythm_of",
    "rhythm_statement",
    "trait_fields",
    "trait_relations",
    "window_start",
]
