"""The groups and tags a contact belongs to, as one list."""

from __future__ import annotations

from datetime import date

from segmentation.criteria.catalogue import Field
from segmentation.results import Statement
from segmentation.traits.trait import Trait

RELATION = "contact_tags"


def tags_at(_as_of: date) -> Statement:
    """``contact_id, tags, tags__key``: one row per contact in at least one group, names in folded order."""
    return Statement(
        "SELECT contact_id, list(name ORDER BY name__key) AS tags,"
        " list(name__key ORDER BY name__key) AS tags__key"
        " FROM memberships GROUP BY contact_id"
    )


MEMBERSHIP = Trait(
    code="membership",
    fields=(Field("tags", "list", "psychographic", RELATION, "r.tags", "r.tags__key"),),
    needs=("memberships",),
)
