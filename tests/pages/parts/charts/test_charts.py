"""Each kind of picture draws its data, says what was clicked, and never obeys a label."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pages.parts.charts import CHARTS, chart, chosen
from pages.parts.charts.marks import Brush, safe
from pages.parts.charts.palette import SEGMENTS, look
from segmentation.i18n import words
from segmentation.results import ChartSpec

HOSTILE = '<a href="http://evil.test">x</a>%{x}'
SPECS: dict[str, dict[str, Any]] = {
    "bars": {"labels": ["Lyon", HOSTILE], "values": [12, 3], "keys": ["a", "b"], "unit": "integer"},
    "stacked": {"labels": ["Lyon", HOSTILE], "series": {"x": [1, 2], "y": [3, 4]}},
    "line": {"labels": ["2025", HOSTILE], "values": [12.5, None], "unit": "number"},
    "cross_tab": {
        "rows": ["R5", HOSTILE],
        "columns": ["F1", "F2", "F3"],
        "values": [[1, 2, 0], [3, None, 9]],
    },
    "treemap": {"labels": ["champions", HOSTILE], "values": [5, 6], "keys": ["champions", "b"]},
    "histogram": {"edges": [0, 30, 90, 365], "values": [4, 5, 6], "cuts": [30, 90]},
    "funnel": {"labels": ["Envoyés", HOSTILE], "values": [10, 4], "keys": ["a", "b"]},
    "waterfall": {"labels": ["Membres", HOSTILE, "Liste"], "values": [10, -4, 6], "keys": ["a", "b", "c"]},
    "map": {"codes": ["69", "75"], "values": [0.8, 0.2], "keys": ["d|69", "d|75"], "notes": ["8", HOSTILE]},
    "shares": {
        "labels": ["Lyon", HOSTILE],
        "values": [0.7, 0.3],
        "keys": ["a", "b"],
        "texts": ["7 · 70 %", HOSTILE],
        "base": [0.5, 0.5],
        "faded": [False, True],
    },
}


def draw(kind: str, *, dark: bool = False, **more: Any) -> dict[str, Any]:
    spec = ChartSpec(kind, {**SPECS[kind], **more})
    return json.loads(CHARTS[kind](Brush(spec, words("fr"), look(dark))).to_json())


def test_every_kind_has_a_case() -> None:
    assert set(SPECS) == set(CHARTS)


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_label_is_shown_and_never_obeyed(kind: str, dark: bool) -> None:
    figure = draw(kind, dark=dark)
    for trace in figure["data"]:
        trace["customdata"] = [shown[1:] for shown in trace.get("customdata", ())]
        trace.pop("ids", None)
    drawn = json.dumps(figure)
    assert "<a href" not in drawn
    if kind != "histogram":
        assert "&lt;a href" in drawn


@pytest.mark.parametrize("kind", SPECS)
def test_an_empty_picture_is_drawn(kind: str) -> None:
    empty = {name: type(value)() for name, value in SPECS[kind].items() if isinstance(value, (list, dict))}
    assert CHARTS[kind](Brush(ChartSpec(kind, empty), words("en"), look(False))) is not None


def test_a_cell_of_the_cross_tab_says_which_cell_it_is() -> None:
    rows = draw("cross_tab")["data"]
    assert [cell[0] for cell in rows[0]["customdata"]] == ["R5|F1", "R5|F2", "R5|F3"]
    assert [row["base"][0] for row in rows] == [-0.5, 0.5]
    assert rows[1]["text"] == ["3", "–", "9"]


def test_an_rfm_segment_keeps_its_colour_in_every_picture() -> None:
    tree = draw("treemap")["data"][0]["marker"]["colors"]
    bar = draw("bars", keys=["champions", "lost"], words="rfm.")["data"][0]["marker"]["color"]
    grid = draw("cross_tab", rows=["R5"], values=[[1]], columns=["F5"], groups=[["champions"]])["data"][0]
    assert tree[0] == bar[0] == grid["marker"]["color"][0] == SEGMENTS["champions"][0]
    assert bar[1] == SEGMENTS["lost"][0]


def test_the_waterfall_ends_on_what_remains() -> None:
    (bars,) = draw("waterfall")["data"]
    assert bars["x"] == [10, 4, 6]
    assert bars["base"] == [0, 6, 0]
    assert bars["text"] == ["10", "−4", "6"]


def test_values_are_written_in_the_reader_s_language() -> None:
    french, english = (
        Brush(ChartSpec("bars", {"values": [1234.5], "unit": "money"}), words(code), look(False)).write(
            1234.5
        )
        for code in ("fr", "en")
    )
    assert (french.replace("\u202f", " ").replace("\xa0", " "), english) == ("1 234 €", "€1,234")


@pytest.mark.parametrize(
    ("event", "keys"),
    [
        (
            {"selection": {"points": [{"customdata": ["R5|F1", "…"]}, {"customdata": ["R5|F1", "…"]}]}},
            ("R5|F1",),
        ),
        ({"selection": {"points": [{"id": "champions", "label": "Champions"}]}}, ("champions",)),
        ({"selection": {"points": []}}, ()),
        ({}, ()),
    ],
)
def test_a_click_gives_the_keys_of_the_marks(event: dict[str, Any], keys: tuple[str, ...]) -> None:
    assert chosen(event) == keys


def test_safe_text_is_one_short_line() -> None:
    assert safe("a\n<b>b</b>\t%{x}") == "a &lt;b&gt;b&lt;/b&gt; %\u2060{x}"
    assert len(safe("x" * 500)) == 32


@pytest.mark.parametrize("dark", [False, True])
def test_ink_reads_on_every_colour(dark: bool) -> None:
    seen = look(dark)
    colours = [seen.of(key) for key in SEGMENTS] + [seen.background, seen.line]
    colours += [scale(step / 200) for scale in (seen.shade, seen.lean) for step in range(201)]
    for colour in colours:
        light, deep = sorted((_luminance(colour), _luminance(seen.ink(colour))), reverse=True)
        assert (light + 0.05) / (deep + 0.05) >= 4.5, colour


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_map_fills_what_holds_somebody_and_names_it_wherever_it_is_clicked() -> None:
    *shapes, points = draw("map")["data"]
    fills = [shape["fillcolor"] for shape in shapes]
    assert len(set(fills)) == 3, "none, some, most"
    assert {mark[0] for mark in points["customdata"]} == {"d|69", "d|75"}
    assert sum(mark[0] == "d|75" for mark in points["customdata"]) >= 2, "in its place, and enlarged"
    assert points["customdata"][-1][1].startswith("Paris (75)<br>")
    assert points["marker"]["opacity"] > 0


def test_shares_stand_beside_those_of_the_base_and_deductions_are_paler() -> None:
    bars, ticks = draw("shares")["data"]
    assert (bars["x"], ticks["x"]) == ([0.7, 0.3], [0.5, 0.5])
    assert bars["marker"]["color"][0] != bars["marker"]["color"][1]
    assert len(draw("shares", base=[])["data"]) == 1


def test_a_bar_may_say_from_where_to_where_in_the_colour_of_its_end() -> None:
    figure = draw(
        "bars", labels=[["champions", "lost"], ["new", HOSTILE]], words="rfm.", tints=["lost", "new"]
    )
    assert figure["layout"]["yaxis"]["ticktext"][0] == "Champions<br>→ Perdus"
    assert "<a href" not in figure["layout"]["yaxis"]["ticktext"][1]
    colours = figure["data"][0]["marker"]["color"]
    assert colours == [SEGMENTS["lost"][0], SEGMENTS["new"][0]]


def test_values_of_bars_are_written_short_or_in_the_words_given() -> None:
    assert draw("bars", values=[12345, 20], compact=True)["data"][0]["text"] == ["12,3\xa0k", "20"]
    assert draw("bars", texts=["1 · 2", HOSTILE])["data"][0]["text"][0] == "1 · 2"
    long = "a" * 60
    assert draw("bars", notes=[long, "b"])["data"][0]["customdata"][0][2] == long


def test_a_mark_of_stacked_bars_is_its_series_and_its_key() -> None:
    (first, second) = draw("stacked", keys=["2026-01", "2026-02"])["data"]
    assert [mark[0] for mark in first["customdata"]] == ["x|2026-01", "x|2026-02"]
    assert second["customdata"][0][0] == "y|2026-01"


def test_a_figure_is_made_once_for_all_that_decides_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr("streamlit.plotly_chart", lambda figure, **_: shown.append(figure))

    def show(language: str = "fr", currency: str = "EUR", **more: Any) -> object:
        spec = ChartSpec("bars", {**SPECS["bars"], "values": [12.5, 3], "unit": "money", **more})
        chart(spec, words(language), key="k", alt="a", currency=currency)
        return shown[-1]

    first = show()
    assert show() is first
    others = [show("en"), show(currency="USD"), show(values=[12.5, 4]), show(unit="number")]
    assert first not in others
    assert len({json.dumps(figure.to_dict()["data"][0]["text"]) for figure in (first, *others)}) == 5
