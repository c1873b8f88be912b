"""The rows a report reads: a relation of the catalogue as stored, or computed for its date."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Statement


def rows_of(catalogue: Catalogue, relation: str) -> Statement:
    """``SELECT * FROM`` the relation at the catalogue's date."""
    known = catalogue.relations.get(relation)
    if known is None or known.statement is None:
        name = relation.replace('"', '""')
        return Statement(f'SELECT * FROM "{name}"')
    return known.statement(catalogue.as_of)
