"""Where a contact is: the French département and region of their postal code, else what the file says.

The département is a code (69, 2A, 974), the region its usual name. A postal code is French unless the
contact's country says otherwise. Codes that straddle two départements follow the reference table.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fold import fold_text
from segmentation.reference.countries import is_french, spellings
from segmentation.reference.geography import department_of, departments, french_places
from segmentation.traits.trait import Sight, Step, Trait


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _rows(rows: list[tuple[str, ...]]) -> str:
    return ", ".join(f"({', '.join(_text(value) for value in row)})" for row in rows)


def _by_prefix() -> str:
    """SQL: the département of a five-figure code by its first figures; Corsica and overseas take three."""
    return (
        "CASE WHEN code LIKE '97%' OR code LIKE '98%' THEN substr(code, 1, 3)"
        " WHEN code LIKE '200%' OR code LIKE '201%' THEN '2A' WHEN code LIKE '20%' THEN '2B'"
        " ELSE substr(code, 1, 2) END"
    )


@cache
def _elsewhere() -> list[tuple[str, ...]]:
    """(postal code, département) where the first figures mislead."""
    found = set()
    for place in french_places():
        plain = place.postal_code[:3] if place.postal_code.startswith(("97", "98")) else place.postal_code[:2]
        if place.postal_code.startswith("20"):
            plain = "2A" if place.postal_code[:3] in ("200", "201") else "2B"
        department = department_of(place.postal_code)
        if department and department != plain:
            found.add((place.postal_code, department))
    return sorted(found)


@cache
def _placed_sql() -> str:
    french = ", ".join(_text(name) for name, country in spellings().items() if is_french(country))
    known = _rows([(d.code, d.region, fold_text(d.region)) for d in departments().values()])
    named = _rows([(fold_text(d.name), d.code) for d in departments().values()])
    return f"""
        SELECT c.contact_id, coalesce(d.code, n.code, c.department) AS department,
            coalesce(d.region, m.region, c.region) AS region,
            coalesce(d.folded, m.folded, c.region__key) AS region__key
        FROM (SELECT contact_id, department, department__key, region, region__key,
                CASE WHEN length(figures) = 5 AND coalesce(country__key, 'fr') IN ({french})
                    THEN figures END AS code
            FROM (SELECT *, replace(postal_code, ' ', '') AS figures FROM contacts
                WHERE live AND {{concerned}}) AS written) AS c
        LEFT JOIN (VALUES {_rows(_elsewhere())}) AS e(postal, code) ON e.postal = c.code
        LEFT JOIN (VALUES {known}) AS d(code, region, folded) ON d.code = coalesce(e.code, {
        _by_prefix().replace("code", "c.code")
    })
        LEFT JOIN (VALUES {named}) AS n(name, code) ON n.name = c.department__key
        LEFT JOIN (VALUES {known}) AS m(code, region, folded) ON m.code = coalesce(n.code, c.department)"""


def _placed(sight: Sight) -> str:
    return _placed_sql().format(concerned=sight.concerned())


def _columns() -> dict[str, str]:
    return {
        "department": "placed.department",
        "department__key": "fold_text(placed.department)",
        "region": "placed.region",
        "region__key": "placed.region__key",
    }


PLACE = Trait(
    code="place",
    fields=(
        Field(
            "department", "department", "geographic", "contact_features", "r.department", "r.department__key"
        ),
        Field("region", "region", "geographic", "contact_features", "r.region", "r.region__key"),
    ),
    needs=("contacts.postal_code", "contacts.department", "contacts.region"),
    steps=(Step("placed", _placed),),
    columns=_columns,
)
