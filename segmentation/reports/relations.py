"""The rows a report reads: a relation of the catalogue at its date, the values of fields for some people."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.results import Statement, Value


def rows_of(catalogue: Catalogue, relation: str) -> Statement:
    """``SELECT * FROM`` the relation at the catalogue's date."""
    known = catalogue.relations.get(relation)
    if known is None or known.statement is None:
        name = relation.replace('"', '""')
        return Statement(f'SELECT * FROM "{name}"')
    return known.statement(catalogue.as_of)


def values_of(
    table: str, catalogue: Catalogue, fields: Sequence[Field], *, order: str = "contact_id"
) -> Statement:
    """``contact_id, f0, f1…``: the people of ``table(contact_id)`` with the values of ``fields``.

    They come in the order of a column of ``table``; each relation is read once.
    """
    relations: dict[str, list[tuple[int, Field]]] = {}
    for place, field in enumerate(fields):
        relations.setdefault(field.relation, []).append((place, field))
    joins: list[str] = []
    params: list[Value] = []
    for rank, (relation, own) in enumerate(relations.items()):
        columns = []
        for place, field in own:
            params += [catalogue.as_of] * field.expression.count(":as_of")
            columns.append(f"{field.expression.replace(':as_of', 'CAST(? AS DATE)')} AS f{place}")
        rows = rows_of(catalogue, relation)
        params += rows.params
        joins.append(
            f"LEFT JOIN (SELECT r.contact_id, {', '.join(columns)} FROM ({rows.sql}) AS r"
            f" WHERE r.contact_id IN (SELECT contact_id FROM {table})) AS t{rank} USING (contact_id)"
        )
    listed = "".join(f", f{place}" for place in range(len(fields)))
    return Statement(
        f"SELECT p.contact_id{listed} FROM {table} AS p {' '.join(joins)} ORDER BY p.{order}", tuple(params)
    )
