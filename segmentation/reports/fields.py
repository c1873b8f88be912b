"""How full each field is and what it usually holds: what a person needs before choosing a criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.results import Statement, Value
from segmentation.store.database import Database

TYPICAL = 24


@dataclass(frozen=True, slots=True)
class Profile:
    """``filled``: share of the rows with a value, in [0, 1]. ``typical``: the commonest texts first;
    for a number or a date, its least and its greatest value."""

    filled: float
    typical: tuple[Value, ...] = ()

    @property
    def told(self) -> bool:
        """Whether the field says something: a computed number that is 0 for everyone does not."""
        return self.filled > 0 and not (self.typical and all(value == 0 for value in self.typical))


def field_profiles(database: Database, catalogue: Catalogue) -> Mapping[str, Profile]:
    """The profile of every contact field by code, over live contacts.

    Events' fields follow under ``<relation>.<code>``, over all rows. One scan per relation.
    """
    profiles: dict[str, Profile] = {}
    for relation, fields in _by_relation(catalogue.fields.values()).items():
        found = _profiled(database, catalogue, relation, fields, live=True)
        profiles |= {field.code: profile for field, profile in found}
    events = {
        (source.relation, field.code): field
        for source in catalogue.events.values()
        for field in source.fields.values()
    }
    for relation, fields in _by_relation(events.values()).items():
        found = _profiled(database, catalogue, relation, fields, live=False)
        profiles |= {f"{relation}.{field.code}": profile for field, profile in found}
    return profiles


def event_counts(database: Database, catalogue: Catalogue) -> Mapping[str, int]:
    """How many rows of each event count, by event code; an event with none cannot be asked usefully.

    A first or a last order is one per customer.
    """
    counts: dict[str, int] = {}
    for relation in {source.relation for source in catalogue.events.values()}:
        sources = [source for source in catalogue.events.values() if source.relation == relation]
        columns = ", ".join(
            f"count({'DISTINCT r.contact_id' if source.pick else '*'}) FILTER (WHERE {source.counted})"
            for source in sources
        )
        row = database.run(Statement(f'SELECT {columns} FROM "{relation}" r')).rows[0]
        counts |= {source.code: int(str(n)) for source, n in zip(sources, row, strict=True)}
    return counts


def _by_relation(fields: Iterable[Field]) -> Mapping[str, list[Field]]:
    found: dict[str, list[Field]] = defaultdict(list)
    for field in fields:
        found[field.relation].append(field)
    return found


def _profiled(
    database: Database, catalogue: Catalogue, relation: str, fields: list[Field], *, live: bool
) -> list[tuple[Field, Profile]]:
    rows, params = _rows(catalogue, relation)
    columns, dates = ["count(*)"], []
    for field in fields:
        for part in _parts(field):
            dates += [catalogue.as_of] * part.count(":as_of")
            columns.append(part.replace(":as_of", "CAST(? AS DATE)"))
    where = " WHERE r.contact_id IN (SELECT contact_id FROM contacts WHERE live)" if live else ""
    statement = Statement(f"SELECT {', '.join(columns)} FROM {rows} r{where}", (*dates, *params))
    total, *values = database.run(statement).rows[0]
    found = []
    for rank, field in enumerate(fields):
        filled, typical = values[2 * rank], values[2 * rank + 1]
        share = int(str(filled)) / int(str(total)) if total else 0.0
        found.append((field, Profile(share, _tidy(typical))))
    return found


def _parts(field: Field) -> tuple[str, str]:
    """The SQL of how many rows have a value, and of what is typical."""
    said = field.expression
    if field.kind == "list":
        typical = f"list_slice(approx_top_k(CAST({said} AS VARCHAR), 1), 1, 0)"
        return f"count(*) FILTER (WHERE len({said}) > 0)", typical
    if field.kind in ("text", "place"):
        blank = f"NULLIF(trim(CAST({said} AS VARCHAR)), '')"
        return f"count({blank})", f"approx_top_k({blank}, {TYPICAL})"
    if field.kind == "boolean":
        return f"count({said})", "[NULL]"
    return f"count({said})", f"[min({said}), max({said})]"


def _rows(catalogue: Catalogue, relation: str) -> tuple[str, tuple[Value, ...]]:
    known = catalogue.relations.get(relation)
    if known is None or known.statement is None:
        return f'"{relation}"', ()
    statement = known.statement(catalogue.as_of)
    return f"({statement.sql})", statement.params


def _tidy(typical: object) -> tuple[Value, ...]:
    values = typical if isinstance(typical, list) else []
    return tuple(value for value in values if value is not None)


def list_values(
    database: Database, catalogue: Catalogue, code: str, *, most: int = TYPICAL
) -> tuple[str, ...]:
    """The commonest items of a list field, commonest first; empty when the field holds no list."""
    field = catalogue.fields.get(code)
    if field is None or field.kind != "list":
        return ()
    rows, params = _rows(catalogue, field.relation)
    statement = Statement(
        f"SELECT item FROM (SELECT unnest({field.expression}) AS item FROM {rows} r) "
        "GROUP BY item ORDER BY count(*) DESC, item LIMIT ?",
        (*params, most),
    )
    return tuple(str(row[0]) for row in database.run(statement).rows)
