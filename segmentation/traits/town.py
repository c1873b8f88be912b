"""The town a French postal code suggests to who gave none: only where the code is that of one town alone.

Kept apart from the towns people gave. A postal code is French unless the contact's country says otherwise.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.reference.countries import is_french, spellings
from segmentation.reference.files import POSTAL_CODES, columns
from segmentation.traits.trait import Sight, Step, Trait

_FIGURES = 5


@cache
def _lone() -> str:
    """Every code of one town followed by that town, joined by ``|``."""
    codes, towns, counts = columns(POSTAL_CODES, ["code_postal", "commune_principale", "n_communes"])
    rows = zip(codes, towns, counts, strict=True)
    return "|".join(f"{code}{town}" for code, town, count in rows if count == 1 and town)


@cache
def _french() -> str:
    names = (name for name, country in spellings().items() if is_french(country))
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names)


def _suggested(sight: Sight) -> str:
    sight.values.append(_lone())
    return f"""
        WITH lone AS (SELECT substr(said, 1, {_FIGURES}) AS code, substr(said, {_FIGURES + 1}) AS town
            FROM (SELECT unnest(string_split(CAST(? AS VARCHAR), '|')) AS said))
        SELECT c.contact_id, lone.town
        FROM (SELECT contact_id, replace(postal_code, ' ', '') AS code FROM contacts
            WHERE live AND city IS NULL AND postal_code IS NOT NULL
                AND coalesce(country__key, 'fr') IN ({_french()}) AND {sight.concerned()}) AS c
        JOIN lone ON lone.code = c.code"""


def _columns() -> dict[str, str]:
    return {"city_deduced": "town.town", "city_deduced__key": "fold_text(town.town)"}


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
    steps=(Step("town", _suggested),),
    columns=_columns,
)
