"""Ready-made segments of the demonstration shop have the oracle's size; a poor base says what it lacks."""

from __future__ import annotations

import statistics
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from segmentation.criteria.templates import AIMS, TEMPLATES
from segmentation.reports.fields import Profile, event_counts, field_profiles, list_values
from segmentation.reports.ready_made import Known, Ready, known, ready
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.oracle import World, members
from tests.test_forty_criteria import world_of

CONTACTS = (
    "Prénom;Nom;E-mail;Code postal;Ville\n"
    "Zoé;Martin;zoe@example.com;69003;Lyon\n"
    "Luc;Petit;;69100;Villeurbanne\n"
)


def told(base: Workspace) -> Known:
    """What the screen knows of a base before it shows ready-made segments."""
    catalogue = base.catalogue
    profiles = dict(field_profiles(base.database, catalogue))
    for code, field in catalogue.fields.items():
        if field.kind == "list" and profiles[code].filled > 0:
            profiles[code] = Profile(profiles[code].filled, list_values(base.database, catalogue, code))
    return known(base.database, catalogue, profiles, event_counts(base.database, catalogue))


def everything(base: Workspace) -> dict[str, Ready]:
    """Every ready-made segment of a base, by its code."""
    found = told(base)
    return {one.template.code: one for aim in AIMS for one in ready(base.evaluator, found, aim)}


@pytest.fixture(scope="module")
def world(shop: Workspace) -> World:
    return world_of(shop.database, shop.catalogue)


def test_every_size_is_the_oracle_s(shop: Workspace, world: World) -> None:
    found = everything(shop)
    assert set(found) == {template.code for template in TEMPLATES}
    usable = {code: one for code, one in found.items() if not one.lacks}
    assert len(usable) >= 55, {code for code in found if code not in usable}
    sizes = {code: len(members(dict(one.criterion), world)) for code, one in usable.items()}
    assert {code: one.count for code, one in usable.items()} == sizes
    assert sum(0 < size < 3000 for size in sizes.values()) >= 50, sizes
    assert all(one.reachable <= one.count for one in found.values())


def test_the_shop_s_own_figures(shop: Workspace, world: World) -> None:
    usual = told(shop).usual
    days = defaultdict(set)
    amounts = []
    for order in world.orders:
        if order["counted"] and order["contact_id"] and order["order_date"].date() <= world.as_of:
            days[order["contact_id"]].add(order["order_date"].date())
            amounts.append(float(order["amount"]))
    gaps = [
        statistics.median((b - a).days for a, b in pairwise(sorted(each)))
        for each in days.values()
        if len(each) > 1
    ]
    assert usual["long_gap"] == round(2 * statistics.median(gaps))
    share = sum(amount <= usual["large_order"] for amount in amounts) / len(amounts)
    assert share == pytest.approx(0.9, abs=0.02)
    baskets = [float(c["average_basket"]) for c in world.live() if c.get("average_basket") is not None]
    inside = sum(usual["basket_low"] <= basket <= usual["basket_high"] for basket in baskets)
    assert 0.2 <= inside / len(baskets) <= 0.26
    towns = [c["city"] for c in world.live() if c.get("city")]
    assert usual["city"] == statistics.mode(towns)


def test_contacts_alone_say_what_is_missing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "carnet.duckdb") as base:
        bring(base, CONTACTS)
        found = everything(base)
    assert found["T38"].lacks == (("last_purchase_date",),)
    assert found["T13"].lacks == (("event:order",),)
    assert found["T10"].lacks == (("emails_sent",),)
    assert found["T12"].lacks == (("orders_count",), ("last_purchase_date",))
    assert found["T24"].lacks == (("birth_date",),)
    assert {code: one.count for code, one in found.items() if code in ("T22a", "T28", "T30", "T42")} == {
        "T22a": 2,
        "T28": 1,
        "T30": 2,
        "T42": found["T42"].count,
    }
    lacking = [one for one in found.values() if one.lacks]
    assert all(not one.criterion and not one.count for one in lacking)


def test_what_can_be_asked_comes_first_and_who_exists_before_nobody(shop: Workspace) -> None:
    for aim in AIMS:
        order = [(bool(one.lacks), not one.useful) for one in ready(shop.evaluator, told(shop), aim)]
        assert order == sorted(order)
