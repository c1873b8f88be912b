"""An audience split by one field: the most frequent values, or bands of numbers and dates, each a
criterion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from segmentation.audience.bitmaps import Mask
from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Field
from segmentation.criteria.compile import compile_values
from segmentation.criteria.fold import fold_text
from segmentation.criteria.nodes import Condition
from segmentation.results import Statement


@dataclass(frozen=True, slots=True)
class Bar:
    """One value or one band: how many of the audience, how many of the base, and the criterion that is this
    bar.

    ``value`` is the value as most often written; a band has ``low`` and ``high``, both in (None: open).
    """

    value: object
    low: object
    high: object
    count: int
    base: int
    criterion: Condition


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Bars in reading order, contacts in the values that are not shown, and contacts without a value.

    In a list field a contact is in each of its values, so bars may add up to more than the audience.
    """

    field: str
    bars: tuple[Bar, ...]
    others: int
    unknown: int
    total: int


@dataclass(frozen=True, slots=True)
class Codes:
    """A field as numbers: ``codes[i]`` is the rank in ``values`` of what contact ``ids[i]`` has."""

    ids: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]
    values: npt.NDArray[Any]


def breakdown(field: Field, mask: Mask, reading: Reading, limit: int) -> Breakdown:
    """The audience of ``mask`` split by ``field`` in at most ``limit`` bars."""
    live, size = reading.live_mask()
    codes = _codes(field, reading)
    inside = mask[codes.ids] if codes.ids.size else np.zeros(0, np.bool_)
    alive = live[codes.ids] if codes.ids.size else inside
    known = np.zeros(size, np.bool_)
    known[codes.ids] = True
    unknown = int((mask & ~known).sum())
    if field.kind in ("number", "date"):
        bars = _bands(field, codes, inside, alive, limit)
    else:
        bars = _most_frequent(field, codes, inside, alive, limit)
    shown = np.zeros(size, np.bool_)
    if field.kind == "list":
        ranks = {bar.value for bar in bars}
        keep = np.array([value in ranks for value in codes.values], np.bool_)
        shown[codes.ids[inside & keep[codes.codes]]] = True
        others = int((mask & known & ~shown).sum())
    else:
        others = int(inside.sum()) - sum(bar.count for bar in bars)
    return Breakdown(field.code, tuple(bars), others, unknown, int(mask.sum()))


def _codes(field: Field, reading: Reading) -> Codes:
    read = _read_values if field.kind in ("number", "date", "boolean") else _read_texts

    def arrays() -> tuple[npt.NDArray[Any], ...]:
        return read(field, reading)

    return Codes(*reading.kept(f"#codes {field.code}", arrays))


def _read_values(field: Field, reading: Reading) -> tuple[npt.NDArray[Any], ...]:
    inner = compile_values(field.code, reading.catalogue)
    day = "CAST(value AS DATE)" if field.kind == "date" else "value"
    found = reading.session.arrays(
        Statement(f"SELECT contact_id, {day} AS value FROM ({inner.sql}) AS v", inner.params)
    )
    values, codes = np.unique(np.asarray(found["value"]), return_inverse=True)
    return np.asarray(found["contact_id"], np.int64), codes.astype(np.int64), values


def _read_texts(field: Field, reading: Reading) -> tuple[npt.NDArray[Any], ...]:
    inner = compile_values(field.code, reading.catalogue)
    rows = f"SELECT contact_id, value, key FROM ({inner.sql}) AS v"
    if field.kind == "list":
        rows = f"SELECT contact_id, unnest(value) AS value, unnest(key) AS key FROM ({inner.sql}) AS v"
    spelled = f"SELECT key, value, count(*) AS n FROM ({rows}) AS w GROUP BY key, value"
    most = f"SELECT key, arg_max(value, (n, value)) AS label FROM ({spelled}) AS x GROUP BY key ORDER BY key"
    labels = reading.session.arrays(Statement(most, inner.params))
    ranked = f"SELECT DISTINCT contact_id, dense_rank() OVER (ORDER BY key) - 1 AS code FROM ({rows}) AS w"
    found = reading.session.arrays(Statement(ranked, inner.params))
    ids, codes = np.asarray(found["contact_id"], np.int64), np.asarray(found["code"], np.int64)
    return ids, codes, np.asarray(labels["label"], object)


def _most_frequent(field: Field, codes: Codes, inside: Mask, alive: Mask, limit: int) -> list[Bar]:
    length = len(codes.values)
    here = np.bincount(codes.codes[inside], minlength=length)
    base = np.bincount(codes.codes[alive], minlength=length)
    order = np.lexsort((np.arange(length), -base, -here))[:limit]
    bars = []
    for rank in order:
        if here[rank] == 0 and base[rank] == 0:
            continue
        value = bool(codes.values[rank]) if field.kind == "boolean" else codes.values[rank]
        exact = field.kind != "boolean" and not fold_text(str(value))
        said = (
            Condition(field.code, "any_of", (value,), exact=exact)
            if field.kind == "list"
            else Condition(field.code, "is", value, exact=exact)
        )
        bars.append(Bar(value, None, None, int(here[rank]), int(base[rank]), said))
    return bars


def _bands(field: Field, codes: Codes, inside: Mask, alive: Mask, limit: int) -> list[Bar]:
    here = np.bincount(codes.codes[inside], minlength=len(codes.values))
    base = np.bincount(codes.codes[alive], minlength=len(codes.values))
    kept = base > 0
    values, here, base = codes.values[kept], here[kept], base[kept]
    if not values.size:
        return []
    starts = _date_starts(values, limit) if field.kind == "date" else _number_starts(values, base, limit)
    bars = []
    for rank, start in enumerate(starts):
        end = starts[rank + 1] if rank + 1 < len(starts) else None
        among = (values >= start) & (values < end if end is not None else True)
        if not base[among].sum():
            continue
        low, high = _ends(values[among])
        said = Condition(field.code, "between", (_written(low), _written(high)))
        bars.append(Bar(None, low, high, int(here[among].sum()), int(base[among].sum()), said))
    return bars


def _ends(values: npt.NDArray[Any]) -> tuple[object, object]:
    if values.dtype.kind == "M":
        values = values.astype("datetime64[D]")
    return values.min().item(), values.max().item()


def _written(value: object) -> Any:
    return value.isoformat()[:10] if isinstance(value, date) else value


def _number_starts(values: npt.NDArray[Any], base: npt.NDArray[np.int64], limit: int) -> list[Any]:
    """Where bands start: at every value when there are few, else near equal shares of the base, ties
    together."""
    if len(values) <= limit:
        return list(values)
    shares = np.cumsum(base) / base.sum()
    wanted = np.arange(limit) / limit
    first = np.searchsorted(shares, wanted, side="right")
    return list(np.unique(values[np.minimum(first, len(values) - 1)]))


def _date_starts(values: npt.NDArray[Any], limit: int) -> list[Any]:
    """Months, quarters, years or groups of years, the finest that fits ``limit`` bars."""
    first, last = values.min().astype("datetime64[M]"), values.max().astype("datetime64[M]")
    for months in (1, 3, 12, 24, 60, 120, 240, 600, 1200):
        aligned = np.datetime64("1900-01", "M") + (first - np.datetime64("1900-01", "M")) // months * months
        starts = np.arange(aligned, last + 1, months)
        if len(starts) <= limit:
            return list(starts.astype(values.dtype))
    return [values.min()]
