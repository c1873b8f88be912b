"""The town a French postal code suggests to who gave none: only where the code is that of one town alone.

Kept apart from the towns people gave. A postal code is French unless the contact's country says otherwise.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.reference.files import POSTAL_CODES, columns
from segmentation.traits.trait import LookUp, Sight, Trait, french_code

_FIGURES = 5


@cache
def _lone() -> str:
    """Every code of one town followed by that town, joined by ``|``."""
    codes, towns, counts = columns(POSTAL_CODES, ["code_postal", "commune_principale", "n_communes"])
    rows = zip(codes, towns, counts, strict=True)
    return "|".join(f"{code}{town}" for code, town, count in rows if count == 1 and town)


def _lone_towns(sight: Sight) -> str:
    sight.values.append(_lone())
    return (
        f"SELECT substr(said, 1, {_FIGURES}) AS code, substr(said, {_FIGURES + 1}) AS town"
        " FROM (SELECT unnest(string_split(CAST(? AS VARCHAR), '|')) AS said)"
    )


def _given() -> dict[str, str]:
    return {"french_code": french_code()}


def _columns() -> dict[str, str]:
    return {"city_deduced": "lone.town", "city_deduced__key": "fold_text(lone.town)"}


TOWN = Trait(
    code="town",
    fields=(
        Field(
            "city_deduced",
            "city",
            "geographic",
            "contact_features",
            "r.city_deduced",
            "r.city_deduced__key",
        ),
    ),
    needs=("contacts.postal_code",),
    given=_given,
    look_ups=(
        LookUp("lone", _lone_towns, lambda: "lone.code = CASE WHEN c.city IS NULL THEN c.french_code END"),
    ),
    columns=_columns,
)
