"""A deduction switched off leaves what was given, in criteria as in exports, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.stored import contact_fields
from segmentation.i18n import LANGUAGES, words
from segmentation.traits import trait_fields
from segmentation.traits.deductions import DEDUCTIONS, SETTING, deduced, switched_off, without
from segmentation.workspace import Workspace
from tests.bringing import bring

FILE = (
    "Civilité;Prénom;Nom;E-mail;Téléphone;Code postal;Région;Date de naissance;Code NAF\n"
    "Mme;;Roux;ana@gmail.com;0472000001;69003;;05/06/1980;\n"
    ";;Vif;;;69003;;;\n"
    ";Bruno;Noir;b@roux-sarl.example;0639980001;;Bretagne;;\n"
    ";;Sarl Vert;;0912345678;33000;Aquitaine;;5610A\n"
)
CRITERIA = {
    "place": {"field": "region", "op": "is", "value": "Auvergne-Rhône-Alpes"},
    "town": {"field": "city_deduced", "op": "is", "value": "Lyon"},
    "age": {"field": "age", "op": ">=", "value": 18},
    "civility": {"field": "gender", "op": "is", "value": "F"},
    "first_name": {"field": "gender_deduced", "op": "is", "value": "M"},
    "address": {"field": "clientele", "op": "in", "value": ["likely_business", "likely_consumer"]},
    "activity": {"field": "activity_sector", "op": "not_empty"},
    "phone": {"field": "phone_kind", "op": "is", "value": "landline"},
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("deduced") / "base.duckdb"
    with Workspace.open(path) as workspace:
        bring(workspace, FILE)
        yield workspace


def held(base: Workspace, code: str) -> int:
    return base.evaluator.count(criterion_from_json(CRITERIA[code]))


@pytest.mark.parametrize("code", [one.code for one in DEDUCTIONS])
def test_a_switch_takes_a_deduction_out_and_gives_it_back(base: Workspace, code: str) -> None:
    before = {name: held(base, name) for name in CRITERIA}
    assert all(before.values()), before
    base.set(SETTING, [code])
    assert {name: held(base, name) for name in CRITERIA} == {**before, code: 0}
    base.set(SETTING, None)
    assert {name: held(base, name) for name in CRITERIA} == before


def test_what_was_given_stays_when_a_deduction_is_off(base: Workspace) -> None:
    given = criterion_from_json({"field": "region", "op": "in", "value": ["Bretagne", "Aquitaine"]})
    assert base.evaluator.count(given) == 1
    base.set(SETTING, ["place"])
    assert base.evaluator.count(given) == 2
    base.set(SETTING, None)


def test_a_value_says_whether_it_is_deduced_or_given() -> None:
    known = {"postal_code": "69003", "email": "a@b.example"}
    for code, value, found in (
        ("department", "69", "place"),
        ("clientele", "likely_business", "address"),
        ("clientele", "business", None),
        ("age", 40, None),
        ("city", "Lyon", None),
    ):
        one = deduced(code, value, known)
        assert (one.code if one else None) == found, code


def test_settings_that_are_none_switch_nothing_off() -> None:
    assert switched_off(None) == switched_off("place") == switched_off(["nothing", 3]) == frozenset()
    fields = trait_fields()
    assert without(fields, (), contact_fields()) == fields


def test_every_deduction_has_fields_and_words() -> None:
    fields = trait_fields()
    for language in LANGUAGES:
        w = words(language)
        for one in DEDUCTIONS:
            assert set(one.fields) <= set(fields)
            assert w.has(f"deduction.{one.code}") and w.has(f"deduction.{one.code}.from")
            assert w.has(f"deduction.confidence.{one.confidence}")
