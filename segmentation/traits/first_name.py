"""The gender a first name suggests, for who gave none: a deduction, kept apart from what people said.

A name in one list of first names only, or twenty times better placed in one than in the other, suggests a
gender; a compound in neither follows its first part. Initials, couples, companies and given genders are left
alone.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.reference.first_names import first_names
from segmentation.traits.trait import LookUp, Sight, Trait

_SEVERAL = "( (et|and|und|y) |&|\\+|/)"
"""Two people under one name, in a folded text."""


@cache
def _names() -> tuple[str, str, str]:
    """Folded names of women, of men, and compounds that are listed but say nothing, each joined by ``|``."""
    found: dict[str | None, list[str]] = {"F": [], "M": [], None: []}
    for name, ranks in first_names().items():
        gender = ranks.gender()
        if gender or " " in name:
            found[gender].append(name)
    return "|".join(found["F"]), "|".join(found["M"]), "|".join(found[None])


@cache
def _civilities() -> str:
    """Civilities after which nothing is deduced: a gender given, a couple, a company."""
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    said = blocks["civility"]
    couples = [word for word in said["X"] if " " in word or word == "famille"]
    texts = {fold_text(word) for word in (*said["F"], *said["M"], *said["COMPANY"], *couples)}
    return ", ".join("'" + text.replace("'", "''") + "'" for text in sorted(texts))


def _listed(sight: Sight) -> str:
    sight.values.extend(_names())
    return " UNION ALL ".join(
        f"SELECT unnest(string_split(CAST(? AS VARCHAR), '|')) AS name, {gender} AS gender"
        for gender in ("'F'", "'M'", "NULL")
    )


def _given() -> dict[str, str]:
    asked = (
        "gender IS NULL AND length(first_name__key) > 1"
        f" AND coalesce(civility__key NOT IN ({_civilities()}), TRUE)"
        f" AND NOT regexp_matches(first_name__key, '{_SEVERAL}')"
    )
    return {"asked_name": f"CASE WHEN {asked} THEN first_name__key END"}


def _columns() -> dict[str, str]:
    return {
        "gender_deduced": "CASE WHEN listed.name IS NOT NULL THEN listed.gender ELSE begun.gender END",
    }


FIRST_NAME = Trait(
    code="first_name",
    fields=(
        Field(
            "gender_deduced", "category", "socio_demographic", "contact_features", "r.gender_deduced",
            "lower(r.gender_deduced)", choices=("F", "M"),
        ),
    ),
    needs=("contacts.first_name",),
    given=_given,
    look_ups=(
        LookUp("listed", _listed, lambda: "listed.name = c.asked_name"),
        LookUp(
            "begun",
            lambda _sight: "SELECT name, gender FROM listed",
            lambda: "begun.name = split_part(c.asked_name, ' ', 1)",
        ),
    ),
    columns=_columns,
)  # fmt: skip
