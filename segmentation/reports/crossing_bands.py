"""Bands of a number or a date: round limits near equal shares of the base, or those a person wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Field
from segmentation.criteria.compile import compile_values
from segmentation.results import Statement

Limit = int | float | date
Values = npt.NDArray[Any]

STEPS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}
"""Calendar bands that can be asked by name, in months."""

_SPANS = (1, 3, 12, 24, 60, 120, 240, 600, 1200)
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_SHARES = (0.2, 0.4, 0.6, 0.8)
_CROWD = 0.15
"""The lowest value is a band of its own when so many have it: nobody's 0 should blur the others' figures."""

MOST_CUTS = 24


def known_range(field: Field, reading: Reading) -> tuple[Values, npt.NDArray[np.int64]]:
    """The different values of the base in order, days for a date, and how many contacts have each."""

    def read() -> tuple[Values, Values]:
        inner = compile_values(field.code, reading.catalogue)
        day = "CAST(value AS DATE)" if field.kind == "date" else "CAST(value AS DOUBLE)"
        sql = (
            f"SELECT {day} AS value, count(*) AS n FROM ({inner.sql}) AS v"
            " WHERE contact_id IN (SELECT contact_id FROM contacts WHERE live) GROUP BY 1 ORDER BY 1"
        )
        found = reading.session.arrays(Statement(sql, inner.params))
        values = np.asarray(found["value"])
        return values.astype("datetime64[D]") if field.kind == "date" else values, np.asarray(found["n"])

    values, weights = reading.kept(f"#range {field.code}", read)
    return values, weights.astype(np.int64)


def proposed(field: Field, values: Values, weights: npt.NDArray[np.int64], most: int) -> Sequence[Limit]:
    """The limits to begin with, at most ``most - 1``."""
    if field.kind == "date":
        return _calendar(values, most)
    if len(values) <= min(most, 7):
        return [_plain(value, field) for value in values[1:]]
    low, crowd = values[0], weights[0] / weights.sum()
    if crowd < _CROWD:
        return _near_shares(field, values, weights)
    after = 1 if low == 0 and values[1] >= 1 else values[1]
    rest = [limit for limit in _near_shares(field, values[1:], weights[1:]) if limit > after]
    return [_plain(after, field), *rest][: most - 1]


def settled(cuts: Sequence[Limit | str], field: Field, values: Values) -> Sequence[Limit]:
    """The limits a person asked for, in order, each once."""
    if len(cuts) == 1 and cuts[0] in STEPS:
        return _every(values, STEPS[str(cuts[0])])[-MOST_CUTS:]
    wanted = {date.fromisoformat(cut) if isinstance(cut, str) else cut for cut in cuts}
    if field.kind == "date":
        return sorted(cut for cut in wanted if isinstance(cut, date))[:MOST_CUTS]
    return sorted(_plain(cut, field) for cut in wanted if not isinstance(cut, date))[:MOST_CUTS]


def cut_at(
    cuts: Sequence[Limit], values: Values
) -> Iterator[tuple[Limit | None, Limit | None, object, bool]]:
    """Every band as (low in, high out, the one value the base has in it or None, whether it has any)."""
    for low, high in zip((None, *cuts), (*cuts, None), strict=True):
        among = values
        if low is not None:
            among = among[among >= _as(low)]
        if high is not None:
            among = among[among < _as(high)]
        yield low, high, among[0].item() if len(among) == 1 else None, bool(len(among))


def _as(limit: Limit) -> Any:
    return np.datetime64(limit.isoformat(), "D") if isinstance(limit, date) else limit


def _near_shares(field: Field, values: Values, weights: npt.NDArray[np.int64]) -> list[int | float]:
    """Round limits near the fifths of the contacts, above the lowest value."""
    shares = np.cumsum(weights) / weights.sum()
    places = np.minimum(np.searchsorted(shares, _SHARES, side="left"), len(values) - 1)
    rounded = {_plain(_rounded(float(values[place])), field) for place in places}
    return sorted(limit for limit in rounded if values[0] < limit <= values[-1])


def _rounded(value: float) -> float:
    """The round number nearest to ``value``: 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten."""
    if value == 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(abs(value)))
    nearest = min(_ROUND, key=lambda digit: abs(abs(value) / power - digit))
    return float(round(np.sign(value) * nearest * power, 9))


def _plain(value: Any, field: Field) -> int | float:
    """A limit as a plain number; whole numbers for a whole field."""
    number = float(value)
    return int(np.ceil(number)) if field.type == "integer" or number.is_integer() else number


def _calendar(values: Values, most: int) -> list[Limit]:
    """Months, quarters, years or groups of years: the finest that fits."""
    for months in _SPANS:
        cuts = _every(values, months)
        if len(cuts) < most:
            return cuts
    return []


def _every(values: Values, months: int) -> list[Limit]:
    """The first days of the periods of so many months between the first value and the last."""
    first, last = values.min().astype("datetime64[M]"), values.max().astype("datetime64[M]")
    origin = np.datetime64("1900-01", "M")
    start = origin + (first - origin) // months * months + months
    return [day.astype("datetime64[D]").item() for day in np.arange(start, last + 1, months)]
