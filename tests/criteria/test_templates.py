"""Ready-made segments can be asked, read in both languages, and say what they need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.check import check
from segmentation.criteria.codec import criterion_from_json, criterion_to_json
from segmentation.criteria.compile import compile_whole
from segmentation.criteria.describe import describe
from segmentation.criteria.stored import contact_fields, event_sources
from segmentation.criteria.template import Template, Usual, filled, lacking, source, usuals
from segmentation.criteria.templates import AIMS, TEMPLATES
from segmentation.i18n import LANGUAGES, words
from segmentation.predictive.rfm import Cuts
from segmentation.reference.geography import within_km
from segmentation.traits import trait_fields, trait_relations

DAY = date(2026, 11, 15)
USUAL = {
    "postal_code": "69003", "city": "Lyon", "interests": "thé", "gender": "F", "persona": "ados",
    "activity_sector": "retail", "conversion_page": "/maison", "order.channel": "Boutique",
    "large_order": 300, "basket_low": 20, "basket_high": 50, "long_gap": 90,
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    relations = trait_relations(as_of=DAY, last_fact=None, cuts=Cuts(), scored_as_of=None)
    fields = {**contact_fields(), **trait_fields()}

    def near(code: str, km: float) -> Any:
        return within_km(code, km)

    return Catalogue(fields=fields, events=event_sources(), as_of=DAY, relations=relations, near=near)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_each_can_be_asked_and_read(template: Template, catalogue: Catalogue) -> None:
    said = filled(template, USUAL)
    criterion = criterion_from_json(said)
    assert criterion_from_json(criterion_to_json(criterion)) == criterion
    check(criterion, catalogue)
    assert compile_whole(criterion, catalogue).sql
    for language in LANGUAGES:
        w = words(language)
        assert describe(criterion, catalogue, w)
        assert w(f"template.{template.code}.name")
        assert w(f"template.{template.code}.advice").endswith((".", "?", "”", "»"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_each_needs_what_exists(template: Template, catalogue: Catalogue) -> None:
    known = {*catalogue.fields, "order.channel", *(f"event:{code}" for code in catalogue.events)}
    assert {one for either in template.needs for one in either} <= known
    assert lacking(template, known) == ()
    assert lacking(template, ()) == template.needs
    assert set(usuals(template)) <= set(USUAL)


def test_codes_are_unique_and_every_aim_has_some() -> None:
    codes = [template.code for template in TEMPLATES]
    assert len(codes) == len(set(codes))
    assert {template.aim for template in TEMPLATES} == set(AIMS)


def test_a_blank_that_the_base_cannot_fill_is_no_segment() -> None:
    template = Template("T", "back", {"all": [{"field": "city", "op": "is", "value": Usual("city")}]}, ())
    assert filled(template, {"city": "Lyon"}) == {"all": [{"field": "city", "op": "is", "value": "Lyon"}]}
    with pytest.raises(KeyError):
        filled(template, {})


def test_a_need_is_met_by_one_of_its_alternatives() -> None:
    template = Template("T", "back", {"all": []}, (("mobile", "phone"), ("event:order",)))
    assert lacking(template, {"phone"}) == (("event:order",),)
    assert lacking(template, {"event:order", "mobile"}) == ()


@pytest.mark.parametrize(
    ("need", "file"),
    [
        ("event:order", "orders"),
        ("last_purchase_date", "orders"),
        ("event:email_click", "emails"),
        ("emails_sent", "emails"),
        ("event:call", "events"),
        ("birth_date", "contacts"),
    ],
)
def test_a_need_names_the_file_that_brings_it(need: str, file: str) -> None:
    assert source(need) == file
