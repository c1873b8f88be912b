"""Who a contact is: age and age band at the as-of date, and the gender they gave (never guessed).

Age comes from the birth date, else the birth year (the age reached in the year), else the file's own age.
Gender is the civility's, else the declared one.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.traits.trait import Trait

AGE_BANDS: tuple[tuple[str, int], ...] = (
    ("0-17", 17),
    ("18-24", 24),
    ("25-34", 34),
    ("35-44", 44),
    ("45-54", 54),
    ("55-64", 64),
    ("65+", 999),
)
"""Each band and the oldest age in it."""

_REACHED = (
    "year(:as_of) - year(r.birth_date) - CASE WHEN month(:as_of) * 100 + day(:as_of)"
    " < month(r.birth_date) * 100 + day(r.birth_date) THEN 1 ELSE 0 END"
)
_AGE = (
    f"CASE WHEN r.birth_date <= :as_of THEN {_REACHED}"
    " WHEN r.birth_year <= year(:as_of) THEN year(:as_of) - r.birth_year ELSE r.age END"
)


def _band(*, key: bool = False) -> str:
    """SQL of the band, or of its folded text: to fold the whole CASE would write it hundreds of times."""
    cases = " ".join(
        f"WHEN {_AGE} <= {oldest} THEN '{fold_text(band) if key else band}'" for band, oldest in AGE_BANDS
    )
    return f"CASE {cases} ELSE r.age_band{'__key' if key else ''} END"


def _words(gender: str) -> str:
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    texts = sorted({fold_text(word).replace("'", "''") for word in blocks["civility"][gender]})
    return ", ".join(f"'{text}'" for text in texts)


def _gender(woman: str, man: str, otherwise: str) -> str:
    return (
        f"CASE WHEN r.civility__key IN ({_words('F')}) THEN {woman}"
        f" WHEN r.civility__key IN ({_words('M')}) THEN {man} ELSE {otherwise} END"
    )


_DECLARED = "CASE WHEN r.gender IS NOT NULL THEN 'declared' END"

PERSON = Trait(
    code="person",
    fields=(
        Field("age", "integer", "socio_demographic", "contacts", _AGE),
        Field(
            "age_band", "category", "socio_demographic", "contacts", _band(), _band(key=True),
            choices=tuple(band for band, _ in AGE_BANDS),
        ),
        Field(
            "gender", "category", "socio_demographic", "contacts", _gender("'F'", "'M'", "r.gender"),
            _gender("'f'", "'m'", "r.gender__key"), choices=("F", "M", "X"),
        ),
        Field(
            "gender_source", "category", "socio_demographic", "contacts",
            _gender("'civility'", "'civility'", _DECLARED), _gender("'civility'", "'civility'", _DECLARED),
            choices=("civility", "declared"),
        ),
    ),
    needs=(
        "contacts.birth_date", "contacts.birth_year", "contacts.age", "contacts.age_band", "contacts.gender",
        "contacts.civility",
    ),
)  # fmt: skip
