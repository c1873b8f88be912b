"""Cleans the columns of a staged file: the rules of a type run once per distinct value, then join back.

Each column gets a temporary table of its distinct values (or of its rows, when nearly all differ) with the
value after the rules, what could not be read, and a bit per rule that changed it. Those bits are the report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pyarrow as pa

from segmentation.intake.clean import countries
from segmentation.intake.clean.chain import Chain
from segmentation.intake.clean.columns import CONSENT_FIELDS, Cleaned, Column
from segmentation.intake.clean.context import Context, literal
from segmentation.intake.clean.rules import Rule, rules_for
from segmentation.intake.clean.whole_column import decided
from segmentation.results import Statement
from segmentation.store.session import Session

_SAMPLE = 50_000
"""How many rows say whether a column repeats itself."""

_BY_COUNTRY = frozenset({"phone", "postal_code"})


def clean_columns(
    session: Session,
    columns: Sequence[Column],
    context: Context,
    off: frozenset[str],
    step: Callable[[float], None],
) -> list[Cleaned]:
    """Make the table of values of each column of the staged table ``staged`` (``_row`` and text columns).

    ``context`` carries what is common to the columns (time zone, today, the file's own country). ``step`` is
    told the share done and may raise to stop.
    """
    at_home = literal(context.home)
    nearly_unique = _nearly_unique(session, columns)
    country = next((c for c in columns if c.name == "contacts.country"), None)
    if country is not None:
        _stage_countries(session, country)
    cleaned = []
    for number, column in enumerate(columns):
        step(number / max(len(columns), 1))
        by_country = country is not None and column.type in _BY_COUNTRY
        own = replace(
            context,
            field=column.field if not column.name.startswith("own.") else "",
            type=column.type,
            country="cc" if by_country else at_home if column.type in _BY_COUNTRY else "''",
        )
        chain = Chain(session, column, number, nearly_unique[column.source], by_country, country, at_home)
        cells = chain.cells()
        own = decided(session, column, own, cells)
        rules = tuple(r for r in rules_for(own, off) if not r.rare or _has_some(session, r, cells))
        if column.key in CONSENT_FIELDS and column.name.startswith("contacts."):
            rules = tuple(r for r in rules if r.key in ("controls", "spaces", "text_mark", "nothing"))
        cleaned.append(chain.run(rules, own))
    return cleaned


def _nearly_unique(session: Session, columns: Sequence[Column]) -> dict[str, bool]:
    """Which columns hold nearly as many values as rows, judged on rows taken at equal distance: it decides
    how the work is done, not its result.
    """
    if not columns:
        return {}
    rows = int(str(session.scalar(Statement("SELECT count(*) FROM staged"))))
    counts = ", ".join(f"count({c.source}), approx_count_distinct({c.source})" for c in columns)
    step = max(1, rows // _SAMPLE)
    row = session.run(Statement(f"SELECT {counts} FROM staged WHERE rowid % {step} = 0")).rows[0]
    unique = {}
    for number, column in enumerate(columns):
        filled, distinct = (int(str(value)) for value in row[number * 2 : number * 2 + 2])
        unique[column.source] = filled * step > 5_000 and distinct > 0.6 * filled
    return unique


def _has_some(session: Session, rule: Rule, cells: str) -> bool:
    """Whether some cell of a column is of those that a rule is for."""
    sign = rule.where.replace("{x}", "raw")
    return bool(session.scalar(Statement(f"SELECT coalesce(bool_or({sign}), FALSE) FROM {cells}")))


def _stage_countries(session: Session, column: Column) -> None:
    """A temporary table of the country codes of the words in the country column."""
    sql = f"SELECT DISTINCT {column.source} FROM staged WHERE {column.source} IS NOT NULL"
    words = [str(row[0]) for row in session.run(Statement(sql)).rows]
    table = pa.table(
        {
            "raw": pa.array(words, pa.string()),
            "cc": pa.array([countries.iso_code(w) for w in words], pa.string()),
        }
    )
    session.register("arrow_countries", table)
    session.run(Statement("CREATE OR REPLACE TEMP TABLE staged_countries AS SELECT * FROM arrow_countries"))
    session.unregister("arrow_countries")
