"""What is deduced rather than given: from which field, how surely, and what is left when it is switched off.

A switch takes a deduction out of criteria, portrait, cards and exports: the field then holds only what files
and people gave. Nothing is lost: switched on again, it is there again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from segmentation.criteria.catalogue import Field

SETTING: Final = "deductions_off"
"""The setting that lists the deductions a base has switched off."""
SURE, LIKELY = "sure", "likely"
_NONE = "CAST(NULL AS VARCHAR)"
_SAID = "CASE WHEN r.clientele IN ('business', 'consumer') THEN r.clientele END"
_DECLARED = "CASE WHEN r.gender IS NOT NULL THEN 'declared' END"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One thing worked out of another field, never stored over what was given.

    ``fields`` may hold it; ``basis``: any of these known gives it. ``values`` are the deduced values where
    the field holds given ones too (empty: any). ``confidence`` is ``sure`` (a table or arithmetic decides) or
    ``likely`` (right most often). ``given`` says, by field, the SQL (expression, folded key) of what was
    given; a field it does not name is read as it is stored.
    """

    code: str
    fields: tuple[str, ...]
    basis: tuple[str, ...]
    confidence: str
    values: tuple[str, ...] = ()
    given: Mapping[str, tuple[str, str]] | None = None


DEDUCTIONS: tuple[Deduction, ...] = (
    Deduction("place", ("department", "region"), ("postal_code",), SURE),
    Deduction(
        "town", ("city_deduced",), ("postal_code",), SURE, given={"city_deduced": (_NONE, _NONE)}
    ),
    Deduction("age", ("age", "age_band"), ("birth_date", "birth_year"), SURE),
    Deduction(
        "civility", ("gender", "gender_source"), ("civility",), SURE,
        given={"gender_source": (_DECLARED, _DECLARED)},
    ),
    Deduction(
        "first_name", ("gender_deduced",), ("first_name",), LIKELY, given={"gender_deduced": (_NONE, _NONE)}
    ),
    Deduction(
        "address", ("clientele",), ("email",), LIKELY, ("likely_business", "likely_consumer"),
        {"clientele": (_SAID, _SAID)},
    ),
    Deduction(
        "activity", ("activity_sector",), ("naf_code",), SURE, given={"activity_sector": (_NONE, _NONE)}
    ),
    Deduction("phone", ("phone_kind",), ("phone", "mobile"), SURE, given={"phone_kind": (_NONE, _NONE)}),
)  # fmt: skip
"""Every deduction with its switch: a row added here has a switch, and says so on cards and portraits."""


def switched_off(kept: object) -> frozenset[str]:
    """The codes of deductions that a setting lists; what is no deduction is left out."""
    listed = kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
    known = {one.code for one in DEDUCTIONS}
    return frozenset(code for code in map(str, listed) if code in known)


def without(
    fields: Mapping[str, Field], off: Iterable[str], stored: Mapping[str, Field]
) -> Mapping[str, Field]:
    """The fields of traits once the deductions ``off`` are taken out; ``stored`` are those of files."""
    left, codes = dict(fields), set(off)
    for one in DEDUCTIONS:
        if one.code not in codes:
            continue
        for name in one.fields:
            given = (one.given or {}).get(name)
            if given is not None:
                left[name] = replace(fields[name], expression=given[0], key=given[1])
            else:
                kept = stored[name]
                left[name] = replace(kept, type=fields[name].type, choices=fields[name].choices)
    return left


def deduced(code: str, value: object, known: Mapping[object, object]) -> Deduction | None:
    """What a computed value of a contact was deduced by, given all that is known of them; None: given."""
    for one in DEDUCTIONS:
        if code in one.fields and (not one.values or value in one.values):
            if any(known.get(field) not in (None, "") for field in one.basis):
                return one
    return None
