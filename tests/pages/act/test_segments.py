"""The segments screen: teaches when empty, builds, saves, follows its address, and takes a deletion back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from segmentation.i18n import LANGUAGES, words
from segmentation.workspace import Workspace
from tests.pages.conftest import ROOT, said
from tests.pages.shops import fill

LYON = {"all": [{"field": "city", "op": "in", "value": ["Lyon"]}]}


def show_segments() -> None:
    from pages.act import segments

    segments.render()


def drawn(lang: str = "fr", **params: str) -> AppTest:
    app = AppTest.from_function(show_segments, default_timeout=30)
    app.query_params["lang"] = lang
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


@pytest.fixture
def saved(full: Path) -> str:
    """The key of a saved segment: the people of Lyon."""
    with Workspace.open(full) as workspace:
        return workspace.segments.save("Gens de Lyon", LYON, colour="blue", note="les voisins").key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_base_is_told_what_to_do(base: Path, lang: str) -> None:
    app = drawn(lang)
    assert not app.exception
    assert words(lang)("page.segments.no_contacts") in [box.value for box in app.info]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_saved_segment_shows_its_size_and_its_sentence(saved: str, lang: str) -> None:
    app = drawn(lang)
    assert not app.exception
    assert "Lyon" in said(app)
    assert words(lang)("count.contacts", n=1) in said(app)


def test_the_address_opens_a_segment_and_its_counts(saved: str) -> None:
    app = drawn(segment=saved)
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["1", "1"]


def test_a_country_is_chosen_in_the_reader_s_language_and_kept_as_the_base_has_it(full: Path) -> None:
    with Workspace.open(full) as workspace:
        for contact, country in ((1, "Suisse"), (2, "Allemagne")):
            workspace.edit_contact(contact, {"country": country})
        swiss = {"all": [{"field": "country", "op": "in", "value": ["Suisse"]}]}
        key = workspace.segments.save("Voisins", swiss).key
    app = drawn("en", segment=key)
    assert not app.exception
    (box,) = [one for one in app.multiselect if one.key and one.key.startswith("v_")]
    assert sorted(box.options) == ["Germany", "Switzerland"]
    assert app.metric[0].value == "1"
    assert "Contacts whose country is Switzerland" in said(app)
    app = press(box.set_value(["Suisse", "germany"]).run(), "save_segment")
    assert not app.exception
    with Workspace.open(full) as workspace:
        kept = json.dumps(workspace.segments.find(key).definition, ensure_ascii=False)
    assert '["Suisse", "Allemagne"]' in kept


def test_an_unknown_address_says_so_and_shows_the_list(saved: str) -> None:
    app = drawn(segment="nowhere")
    assert not app.exception
    assert len(app.error) == 1
    assert app.button(key=f"open_{saved}")


def test_a_rule_added_changed_and_saved_is_kept(full: Path, show: Callable[..., AppTest]) -> None:
    app = press(drawn(), "new_segment")
    assert app.metric[0].value == "3"
    with Workspace.open(full) as workspace:
        known = workspace.segments.save("Tous", {"all": []})
    app = drawn(segment=known.key)
    combine = next(box for box in app.get("button_group") if box.key and box.key.startswith("c_"))
    combine.set_value("any").run()
    assert not app.exception
    app = press(app, "save_segment")
    assert not app.exception
    with Workspace.open(full) as workspace:
        assert workspace.segments.find(known.key).version == 2


def test_a_deletion_can_be_taken_back(saved: str) -> None:
    app = press(drawn(segment=saved), "delete")
    assert "Gens de Lyon" in said(app)
    app = press(app, "undelete")
    assert not app.exception
    assert cached.workspace().segments.find(saved).name == "Gens de Lyon"


def test_a_nameless_segment_is_refused_in_one_sentence(full: Path) -> None:
    app = press(press(drawn(), "new_segment"), "save_segment")
    assert [box.value for box in app.error] == [words("fr")("error.segment.nameless")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_aim_shows_its_segments_and_the_data_others_wait_for(full: Path, lang: str) -> None:
    w = words(lang)
    app = drawn(lang)
    app.get("button_group")[0].set_value("near").run()
    assert not app.exception
    assert f"**{w('template.T22f.name')}**" in [box.value for box in app.markdown]
    orders = w("page.segments.file.orders")
    assert w("page.segments.lacking", n=3, named=orders) in [box.label for box in app.expander]
    assert "69003" in said(app)  # the postal code the distances are told from is the base's own
    lacks = w("page.segments.lacks", what=w("sentence.quoted", text=w("field.orders_count")))
    assert lacks in said(app)


def test_too_few_is_folded_and_no_list_is_made_of_whom_one_does_not_write_to(full: Path) -> None:
    w = words("fr")
    app = drawn()
    app.get("button_group")[0].set_value("more").run()
    buttons = {button.key for button in app.button}
    assert not {"look_T42", "look_T23", "ready_list_T42"} & buttons  # a control group of three, nobody
    assert w("template.T42.name") in said(app)
    app.get("button_group")[0].set_value("clean").run()
    buttons = {button.key for button in app.button}
    assert "look_T30" in buttons
    assert "ready_list_T30" not in buttons


def test_a_ready_made_segment_opens_as_a_draft(full: Path) -> None:
    w = words("fr")
    app = drawn()
    app.get("button_group")[0].set_value("near").run()
    app = press(app, "look_T22f")
    assert not app.exception
    assert app.text_input[0].value == w("template.T22f.name")
    assert app.metric[0].value == "1"
    with Workspace.open(full) as workspace:
        assert workspace.segments.list() == ()


def test_a_limit_by_what_the_base_holds(saved: str, full: Path) -> None:
    app = drawn(segment=saved)
    limit = next(box for box in app.toggle if box.label == words("fr")("page.segments.limit"))
    assert limit.disabled


def test_a_limit_is_by_the_measure_one_chooses(base: Path) -> None:
    fill(base, 12, prospects=2)
    with Workspace.open(base) as workspace:
        key = workspace.segments.save("Tous", {"all": []}).key
    app = drawn(segment=key)
    next(box for box in app.toggle if box.key == "limit_1").set_value(True).run()
    assert not app.exception
    by = next(box for box in app.selectbox if box.key == "limit_by_1")
    assert by.value == "total_spent"
    by.set_value("last_purchase_date").run()
    next(box for box in app.number_input if box.key == "limit_n_1").set_value(3).run()
    next(box for box in app.selectbox if box.key == "limit_end_1").set_value("lowest").run()
    assert not app.exception
    assert app.metric[0].value == "3"
    press(app, "save_segment")
    kept = cached.workspace().segments.find(key).definition
    assert kept["limit"] == {"top": 3, "by": "last_purchase_date", "lowest": True}


CRITERIA = [json.loads(line) for line in (ROOT / "tests/golden/forty_criteria.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize("first", range(0, len(CRITERIA), 11))
def test_every_operator_and_measure_is_drawn_and_left_as_it_was(base: Path, first: int) -> None:
    fill(base, 40)
    asked = [criterion.get("include", criterion) for criterion in CRITERIA[first : first + 11]]
    with Workspace.open(base) as workspace:
        key = workspace.segments.save("Tout", {"any": asked}).key
    app = drawn(segment=key)
    assert not app.exception
    assert not app.error
    assert words("fr")("page.segments.saved_as", version=1) in said(app)
