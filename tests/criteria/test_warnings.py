"""What a definition is warned about, and what it is not."""

from __future__ import annotations

from typing import Any

import pytest

from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.warnings import Facts, said, warnings
from segmentation.i18n import LANGUAGES, words
from tests.worlds import catalogue, world

LYON = {"field": "city", "op": "is", "value": "Lyon"}
PARIS = {"field": "city", "op": "in", "value": ["paris", "Nice"]}


def spent(op: str, value: Any) -> dict[str, Any]:
    return {"field": "total_spent", "op": op, "value": value}


@pytest.mark.parametrize(
    ("definition", "facts", "codes"),
    [
        ({"all": [LYON, spent(">", 3)]}, None, []),
        ({"all": [LYON, PARIS]}, None, ["contradiction"]),
        ({"any": [LYON, PARIS]}, None, []),
        ({"all": [LYON, {"not": LYON}]}, None, ["contradiction"]),
        ({"all": [spent(">", 5), spent("<", 5)]}, None, ["contradiction"]),
        ({"all": [spent(">=", 5), spent("<=", 5)]}, None, []),
        ({"all": [spent(">", 5), spent("<=", 5)]}, None, ["contradiction"]),
        ({"all": [spent("between", [1, 2]), spent("=", 3)]}, None, ["contradiction"]),
        ({"all": [spent(">=", 5), spent(">=", 2)]}, None, ["redundant:all.1"]),
        ({"any": [spent(">=", 5), spent(">=", 2)]}, None, ["redundant:any.0"]),
        (
            {"all": [LYON, {"field": "city", "op": "in", "value": ["LYON", "Nice"]}]},
            None,
            ["redundant:all.1"],
        ),
        ({"all": [LYON, {"any": [spent(">", 1), PARIS]}]}, None, ["mixed"]),
        ({"all": [LYON, {"any": []}]}, None, ["any_group_empty"]),
        (LYON, Facts(count=0, base=10), ["empty"]),
        (LYON, Facts(count=95, base=100), ["almost_everyone"]),
        (LYON, Facts(count=94, base=100), []),
        ({"all": []}, Facts(count=100, base=100), []),
        (LYON, Facts(filled={"city": 0.5}), ["mostly_empty"]),
        (LYON, Facts(filled={"city": 0.8}), []),
        ({**LYON, "unknown": True}, Facts(filled={"city": 0.5}), []),
        ({"all": [LYON, spent(">", 3)]}, Facts(idle=("all.1",)), ["no_effect:all.1"]),
    ],
)
def test_warnings(definition: dict[str, Any], facts: Facts | None, codes: list[str]) -> None:
    found = warnings(segment_from_json(definition), catalogue(world()), facts)
    codes_found = [f"{w.code}:{w.path}" if any(":" in code for code in codes) else w.code for w in found]
    assert codes_found == [f"warning.{code}" for code in codes]
    for language in LANGUAGES:
        for warning in found:
            assert "{" not in said(
                warning, segment_from_json(definition), catalogue(world()), words(language)
            )


def test_a_rule_is_named_by_its_number() -> None:
    segment = segment_from_json({"all": [{"group": "vip"}, LYON, PARIS]})
    known = catalogue(world())
    (warning,) = warnings(segment, known)
    assert "2" in said(warning, segment, known, words("fr")) and "3" in said(
        warning, segment, known, words("fr")
    )
    (empty,) = warnings(segment_from_json(LYON), known, Facts(filled={"city": 0.4}))
    assert "60 %" in said(empty, segment, known, words("fr")).replace("\u202f", " ")
