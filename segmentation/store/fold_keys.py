"""Folds text columns for comparison: where texts repeat, each different text is folded once.

Folding a text costs several looks at it, most of all when it has accents; a town or a first name stands in
thousands of rows. Measured on DuckDB 2.0, a million rows of towns: 0.6 s row by row, 0.1 s by different text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segmentation.results import Statement
from segmentation.store.hollow import is_large
from segmentation.store.session import Session, quoted

_SAMPLE = 20_000
"""How many rows say whether the texts of a column repeat."""

_REPEATED = 2
"""Texts repeat when their rows are at least so many times as many as the different ones, in the sample."""


@dataclass(frozen=True, slots=True)
class Twins:
    """The folded twins of columns: the tail of a SELECT over ``f``, and the joins it needs after ``f``.

    ``same`` are the columns whose twin is the text itself, on every row.
    """

    columns: str = ""
    joins: str = ""
    same: tuple[str, ...] = ()


def twins(
    session: Session, relation: str, columns: Mapping[str, str], *, rows: int, text: str = "{x}"
) -> Twins:
    """The twins ``<name>__key`` of the ``columns`` (name to type) of the rows of a ``relation``.

    ``rows`` is about how many rows are folded: few are folded row by row. ``text`` is what is folded of a
    value, as SQL over ``{x}``.
    """
    large = is_large(rows)
    repeated = _repeated(session, relation, list(columns)) if large else frozenset[str]()
    parts, joins, same = [], [], []
    for number, (name, storage) in enumerate(columns.items()):
        column, key = f"f.{quoted(name)}", quoted(f"{name}__key")
        if name in repeated:
            table = f"folded_{number}"
            said = f"(SELECT DISTINCT {quoted(name)} AS said FROM {relation}) WHERE said IS NOT NULL"
            session.sql(
                f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT said, {_folded('said', storage, text)} AS"
                f" folded FROM {said}"
            )
            unchanged = _are_same(session, table, "said", "folded")
            folded, join = f"{table}.folded", f" LEFT JOIN {table} ON {table}.said = {column}"
        else:
            bare, first = _folded(quoted(name), storage, text), f"(FROM {relation} LIMIT {_SAMPLE})"
            unchanged = large and all(_are_same(session, of, quoted(name), bare) for of in (first, relation))
            folded, join = _folded(column, storage, text), ""
        if unchanged:
            same.append(name)
            folded, join = column, ""
        parts.append(f", {folded} AS {key}")
        joins.append(join)
    return Twins("".join(parts), "".join(joins), tuple(same))


def _are_same(session: Session, relation: str, text: str, folded: str) -> bool:
    """Whether no text of a relation changes when folded."""
    changed = Statement(f"SELECT count_if({folded} <> {text}) FROM {relation}")
    return not session.scalar(changed)


def _folded(column: str, storage: str, text: str) -> str:
    if storage.endswith("[]"):
        return f"list_transform({column}, lambda one: fold_text({text.replace('{x}', 'one')}))"
    return f"fold_text({text.replace('{x}', column)})"


def _repeated(session: Session, relation: str, names: Sequence[str]) -> frozenset[str]:
    """The columns whose texts repeat, judged on the first rows: it decides how the work is done, not its
    result.
    """
    if not names:
        return frozenset()
    counts = ", ".join(f"count({quoted(n)}), approx_count_distinct({quoted(n)})" for n in names)
    row = session.run(Statement(f"SELECT {counts} FROM (FROM {relation} LIMIT {_SAMPLE})")).rows[0]
    pairs = zip(names, row[::2], row[1::2], strict=True)
    return frozenset(n for n, filled, different in pairs if int(filled) >= _REPEATED * int(different) > 0)
