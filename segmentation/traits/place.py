"""Where a contact is: the French département and region of their postal code, else what the file says.

The département is a code (69, 2A, 974), the region its usual name. A postal code is French unless the
contact's country says otherwise. Codes that straddle two départements follow the reference table.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fold import fold_text
from segmentation.reference.geography import department_of, departments, french_places
from segmentation.traits.trait import LookUp, Trait, french_code, text


def _rows(rows: list[tuple[str, ...]]) -> str:
    return ", ".join(f"({', '.join(text(value) for value in row)})" for row in rows)


def _by_prefix() -> str:
    """SQL: the département of a five-figure code by its first figures; Corsica and overseas take three."""
    return (
        "CASE WHEN c.french_code LIKE '97%' OR c.french_code LIKE '98%' THEN substr(c.french_code, 1, 3)"
        " WHEN c.french_code LIKE '200%' OR c.french_code LIKE '201%' THEN '2A'"
        " WHEN c.french_code LIKE '20%' THEN '2B' ELSE substr(c.french_code, 1, 2) END"
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
def _straddling() -> str:
    return f"SELECT * FROM (VALUES {_rows(_elsewhere())}) AS elsewhere(postal, code)"


@cache
def _known() -> str:
    """SQL of every département: code, region, and the region folded."""
    listed = _rows([(d.code, d.region, fold_text(d.region)) for d in departments().values()])
    return f"SELECT * FROM (VALUES {listed}) AS known(code, region, folded)"


@cache
def _named() -> str:
    listed = _rows([(fold_text(d.name), d.code) for d in departments().values()])
    return f"SELECT * FROM (VALUES {listed}) AS named(name, code)"


def _given() -> dict[str, str]:
    return {"french_code": french_code()}


def _columns() -> dict[str, str]:
    department = "coalesce(coded.code, named.code, c.department)"
    return {
        "department": department,
        "department__key": f"fold_text({department})",
        "region": "coalesce(coded.region, told.region, c.region)",
        "region__key": "coalesce(coded.folded, told.folded, c.region__key)",
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
    given=_given,
    look_ups=(
        LookUp("elsewhere", lambda _sight: _straddling(), lambda: "elsewhere.postal = c.french_code"),
        LookUp(
            "coded",
            lambda _sight: _known(),
            lambda: f"coded.code = coalesce(elsewhere.code, {_by_prefix()})",
        ),
        LookUp("named", lambda _sight: _named(), lambda: "named.name = c.department__key"),
        LookUp("told", lambda _sight: _known(), lambda: "told.code = coalesce(named.code, c.department)"),
    ),
    columns=_columns,
)
