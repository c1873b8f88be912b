"""Gives the towns of a file the name the reference gives them, as one more line of the account.

Only where the postal code agrees, or the name can be no other (``reference.towns``): a town is not guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from segmentation.intake.clean import countries
from segmentation.intake.clean.account import EXAMPLES
from segmentation.intake.clean.columns import Cleaned, Repair
from segmentation.reference.towns import is_spelled, spelled
from segmentation.results import Statement
from segmentation.store.session import Session, quoted

RULE: Final = "town_name"
CITY: Final = "contacts.city"
_BESIDE: Final = ("contacts.postal_code", "contacts.country")


def name_towns(session: Session, cleaned: Sequence[Cleaned], off: Collection[str]) -> tuple[Cleaned, ...]:
    """Write in ``clean`` the towns as they are spelled; ``cleaned`` with that line under the first column of
    towns. Each different town is looked at once, and only those no French town is spelled like."""
    names = {one.column.name for one in cleaned}
    if CITY not in names or RULE in off:
        return tuple(cleaned)
    made = _renamed(session, names)
    if not made.num_rows:
        return tuple(cleaned)
    session.register("arrow_towns", made)
    session.sql("CREATE OR REPLACE TEMP TABLE town_names AS SELECT * FROM arrow_towns")
    session.unregister("arrow_towns")
    code, country = (_beside(name, names) for name in _BESIDE)
    same = f"t.before = c.{quoted(CITY)} AND t.code = {code} AND t.country = {country}"
    repair = _accounted(session, same)
    session.sql(f"UPDATE clean c SET {quoted(CITY)} = t.after FROM town_names t WHERE {same}")
    session.sql("DROP TABLE town_names")
    first = next(place for place, one in enumerate(cleaned) if one.column.name == CITY)
    return tuple(
        replace(one, repairs=(*one.repairs, repair)) if place == first else one
        for place, one in enumerate(cleaned)
    )


def _beside(name: str, names: Collection[str]) -> str:
    """SQL of what stands beside the town on its row, '' when nothing does."""
    return f"coalesce(c.{quoted(name)}, '')" if name in names else "''"


def _renamed(session: Session, names: Collection[str]) -> pa.Table:
    """before, code, country, after of the towns spelled otherwise than their reference."""
    found = session.run(
        Statement(f"SELECT DISTINCT {quoted(CITY)} FROM clean WHERE {quoted(CITY)} IS NOT NULL")
    ).rows
    odd = [str(row[0]) for row in found if not is_spelled(str(row[0]))]
    session.register("arrow_towns", pa.table({"x": pa.array(odd, pa.string())}))
    code, country = (_beside(name, names) for name in _BESIDE)
    rows = session.run(
        Statement(
            f"SELECT DISTINCT c.{quoted(CITY)}, {code}, {country} FROM clean c SEMI JOIN arrow_towns t"
            f" ON t.x = c.{quoted(CITY)}"
        )
    ).rows
    session.unregister("arrow_towns")
    said = [(str(town), str(postal), str(land)) for town, postal, land in rows]
    codes = {land: countries.iso_code(land) for _, _, land in said}
    after = [spelled(town, postal, codes[land]) for town, postal, land in said]
    kept = [(*one, name) for one, name in zip(said, after, strict=True) if name and name != one[0]]
    columns = zip(*kept, strict=True) if kept else ((),) * 4
    labels = ("before", "code", "country", "after")
    return pa.table({label: pa.array(list(c), pa.string()) for label, c in zip(labels, columns, strict=True)})


def _accounted(session: Session, same: str) -> Repair:
    """How many rows are renamed, and the first different ones."""
    rows = session.run(
        Statement(
            "SELECT min(c.row_number), t.before, t.after, sum(count(*)) OVER () FROM clean c"
            f" JOIN town_names t ON {same} GROUP BY t.before, t.after ORDER BY 1 LIMIT {EXAMPLES}"
        )
    ).rows
    examples = tuple((int(str(row)), str(before), str(after)) for row, before, after, _ in rows)
    return Repair(RULE, CITY, int(str(rows[0][3])), *examples[0][1:], examples=examples)
