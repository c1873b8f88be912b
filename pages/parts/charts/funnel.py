"""What is left at each step: a funnel of centred bars, and the waterfall that says what each step took away.

Both are drawn with bars, because Plotly's own funnel never says which step was clicked.
"""

from __future__ import annotations

import plotly.graph_objects as go

from pages.parts.charts.marks import BAR_HEIGHT, Brush, figure, numbers, selectable


def funnel(brush: Brush) -> go.Figure:
    """Steps that keep fewer and fewer. data: ``labels``, ``values``, ``keys``, ``unit``, ``words``."""
    values = numbers(brush.list("values"))
    first = values[0] if values and values[0] else 1
    shares = [
        f"{brush.write(value)} · {brush.w.percent(number / first)}"
        for value, number in zip(brush.list("values"), values, strict=True)
    ]
    return _lying(brush, values, [-value / 2 for value in values], shares, [brush.look.accent] * len(values))


def waterfall(brush: Brush) -> go.Figure:
    """Start, what leaves at each step, what remains.

    data: ``labels``, ``values`` (start, negative losses, what remains), ``keys``, ``unit``.
    """
    values = numbers(brush.list("values"))
    lengths, bases, colours, texts = [], [], [], []
    level = 0.0
    for place, value in enumerate(values):
        whole = place in (0, len(values) - 1)
        level = value if whole else level + value
        lengths.append(abs(value))
        bases.append(0.0 if whole else level)
        colours.append(brush.look.accent if whole else brush.look.categories[1])
        texts.append(brush.write(brush.list("values")[place]).replace("-", "−"))
    return _lying(brush, lengths, bases, texts, colours)


def _lying(
    brush: Brush, lengths: list[float], bases: list[float], texts: list[str], colours: list[str]
) -> go.Figure:
    labels = [brush.label(label) for label in brush.list("labels")]
    keys = list(brush.list("keys")) or list(brush.list("labels"))
    places = list(range(len(labels)))
    fig = figure(brush.look, height=max(110, (BAR_HEIGHT + 8) * len(labels) + 16))
    fig.add_bar(
        x=lengths,
        y=places,
        base=bases,
        orientation="h",
        marker={"color": colours, "cornerradius": 4},
        text=texts,
        textposition="auto",
        insidetextfont={"color": [brush.look.ink(colour) for colour in colours]},
        constraintext="none",
        cliponaxis=False,
        customdata=[[key, label, text] for key, label, text in zip(keys, labels, texts, strict=True)],
        hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
        **selectable(brush.look),
    )
    fig.update_yaxes(tickvals=places, ticktext=labels, autorange="reversed", showgrid=False)
    widest = max(lengths, default=0) or 1
    low = min([*bases, 0])
    fig.update_xaxes(
        visible=False, range=[low * 1.1, max(widest + low, widest * 0.5 if low else widest) * 1.15]
    )
    return fig
