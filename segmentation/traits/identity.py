"""How a contact is known: the id their file gave them, and the number a text message would go to."""

from __future__ import annotations

from datetime import date

from segmentation.criteria.catalogue import Field
from segmentation.results import Statement
from segmentation.traits.trait import Trait

RELATION = "contact_ids"


def ids_at(_as_of: date) -> Statement:
    """``contact_id, external_id``: the id last given to each contact that has one, of whatever source.

    An id that the import made of the values (``~…``) is nobody's: no file shows it and no person knows it.
    """
    return Statement(
        "SELECT contact_id, arg_max(external_id, (import_id, external_id)) AS external_id"
        " FROM identities WHERE NOT starts_with(external_id, '~') GROUP BY contact_id"
    )


IDENTITY = Trait(
    code="identity",
    fields=(
        Field("contact_id", "id", "identity", RELATION, "r.external_id"),
        Field("sms_number", "phone", "contact", "contacts", "r.sms_number"),
    ),
    needs=("identities", "contacts.phone", "contacts.mobile"),
)
