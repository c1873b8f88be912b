"""Cross tabs with totals and with values read against 1; stacked bars with a shade for each series."""

from __future__ import annotations

from typing import Any

from pages.parts.charts import CHARTS
from pages.parts.charts.marks import Brush
from pages.parts.charts.palette import look
from segmentation.i18n import words
from segmentation.results import ChartSpec

LOOK = look(False)


def drawn(kind: str, **data: Any) -> Any:
    return CHARTS[kind](Brush(ChartSpec(kind, data), words("fr"), LOOK))


def table(**more: Any) -> Any:
    data = {
        "rows": ["a", "b", "Total"], "columns": ["150\u00a0€ à 300\u00a0€", "un nom assez long", "Total"],
        "values": [[1, 4, 5], [0, None, 100], [1, 4, 105]],
        "keys": [["ax", "ay", "a*"], ["bx", "by", "b*"], ["*x", "*y", "**"]], "unit": "integer",
    }  # fmt: skip
    return drawn("cross_tab", **data, **more)


def test_totals_are_out_of_the_scale_and_can_be_clicked() -> None:
    fig = table(totals=True)
    colours = [list(trace.marker.color) for trace in fig.data]
    assert colours[0][1] == LOOK.shade(1.0), "the fullest cell has the strongest colour, whatever the totals"
    assert {colours[0][2], colours[1][2], *colours[2]} == {LOOK.line}
    assert [mark[0] for mark in fig.data[2].customdata] == ["*x", "*y", "**"]


def test_only_totals_are_grey() -> None:
    fig = table(totals=True, apart_columns=[1])
    colours = [list(trace.marker.color) for trace in fig.data]
    assert colours[1][0] == LOOK.background, "a zero is left unfilled"
    assert (colours[0][1], colours[2][1]) == (LOOK.background, LOOK.line), "the total of those not known"
    rows = [list(trace.marker.color) for trace in table(totals=True, apart_rows=[1]).data]
    assert rows[1] == [LOOK.background, LOOK.background, LOOK.line]


def test_names_take_two_lines_only_where_columns_are_many() -> None:
    def names(number: int) -> tuple[str, ...]:
        columns = [f"{place} 150\u00a0€ à 300 €" for place in range(number - 1)] + ["Non renseigné"]
        data = {"rows": ["Total"], "columns": columns, "values": [[1] * number], "totals": True}
        found = drawn("cross_tab", **data, unit="integer").layout.xaxis.ticktext
        return found[0], found[-1]

    assert names(5) == ("0 150\u00a0€ à 300\u00a0€", "Non renseigné")
    assert names(8) == ("0 150\u00a0€ à<br>300\u00a0€", "Non renseigné")
    assert names(11) == ("0 150\u00a0€ à<br>300\u00a0€", "Non<br>renseigné")


def test_values_read_against_one_lean_to_either_side() -> None:
    data = {"rows": ["a"], "columns": ["x", "y", "z", "n"], "values": [[0.25, 1.0, 4.0, None]]}
    fig = drawn("cross_tab", **data, leans=True, unit="times")
    colours = list(fig.data[0].marker.color)
    assert colours == [LOOK.diverging[0], LOOK.lean(0.5), LOOK.diverging[-1], LOOK.background]
    assert list(fig.data[0].text)[1:] == ["× 1,0", "× 4,0", "–"]


def test_words_given_are_shown_and_made_safe() -> None:
    data = {"rows": ["<b>a</b>"], "columns": ["x"], "values": [[1]], "shown": [["<i>1</i>"]]}
    fig = drawn("cross_tab", **data)
    assert fig.data[0].text[0] == "&lt;i&gt;1&lt;/i&gt;"
    assert fig.layout.yaxis.ticktext[0] == "&lt;b&gt;a&lt;/b&gt;"


def test_each_series_of_a_stack_has_its_shade() -> None:
    series = {"one": [1, 2], "two": [3, 4], "three": [5, 6]}
    fig = drawn("stacked", labels=["a", "b"], series=series, shades=[1.0, 1, None], unit="integer")
    assert [trace.marker.color for trace in fig.data] == [LOOK.shade(1.0), LOOK.categories[1], LOOK.line]
    assert fig.data[1].customdata[0][0] == "two|a"


def test_the_axis_of_a_stack_is_round_holds_its_tallest_bar_and_writes_money() -> None:
    fig = drawn("stacked", labels=["nov."], series={"a": [2500], "b": [503]}, unit="money")
    assert fig.layout.yaxis.range[1] > 3003
    assert fig.layout.yaxis.ticktext[-1] == "3\u00a0000\u00a0€"


def test_the_last_class_of_a_histogram_is_named_when_it_holds_all_that_is_beyond() -> None:
    data: dict[str, Any] = {"edges": [0, 30, 60, 90], "values": [4, 5, 6], "edge_unit": "integer"}
    fig = drawn("histogram", **data, beyond=True)
    assert fig.data[0].customdata[-1][1] == fig.layout.xaxis.ticktext[-1] == "plus de 60"
    assert "plus de" not in drawn("histogram", **data).data[0].customdata[-1][1]


def test_what_is_not_known_is_out_of_the_scale() -> None:
    fig = drawn(
        "cross_tab", rows=["a", "b"], columns=["x", "?"], values=[[2, 90], [4, 80]], apart_columns=[1]
    )
    assert [list(trace.marker.color) for trace in fig.data] == [
        [LOOK.shade(0.5**0.6), LOOK.background], [LOOK.shade(1.0), LOOK.background]
    ]  # fmt: skip
