"""What only the whole column can decide: day or month first, decimal mark, shares, French codes, language."""

from __future__ import annotations

from dataclasses import replace

from segmentation.intake.clean import countries, dates, numbers, places, titles
from segmentation.intake.clean.columns import Column
from segmentation.intake.clean.context import Context
from segmentation.results import Statement
from segmentation.store.session import Session


def decided(session: Session, column: Column, context: Context, cells: str) -> Context:
    """``context`` completed by what the cells of ``column`` prove: ``cells`` is a relation of raw and n."""
    if context.type in ("date", "datetime"):
        return _dates(session, column, context, cells)
    if context.type == "postal_code":
        return _postal_codes(session, column, context, cells)
    if context.type == "country":
        return replace(context, tongue=countries.tongue_of(_written(session, cells)))
    if context.key == "civility":
        return replace(context, tongue=titles.tongue_of(_written(session, cells), context.tongue))
    if context.type in ("integer", "number", "money", "percent"):
        return _numbers(session, column, context, cells)
    return context


def _dates(session: Session, column: Column, context: Context, cells: str) -> Context:
    values = f"(SELECT DISTINCT trim(raw)[:10] AS x FROM {cells})"
    first, second = dates.parts("x")
    counts = f"count_if({first} > 12 AND {second} <= 12), count_if({second} > 12 AND {first} <= 12)"
    day_first, month_first = _ask(session, counts, values)
    return replace(context, date_order=dates.decided_order(day_first, month_first, column.date_order))


def _postal_codes(session: Session, column: Column, context: Context, cells: str) -> Context:
    values = f"SELECT DISTINCT replace(trim(raw), '.0', '') AS x FROM {cells}"
    sql = f"SELECT x FROM ({values}) WHERE regexp_full_match(x, '[0-9]{{4,5}}')"
    codes = [str(row[0]) for row in session.run(Statement(sql)).rows]
    short = [code for code in codes if len(code) == 4]
    whole = any(len(code) == 5 and places.is_known(code) for code in codes)
    return replace(context, french=places.mostly_french(short, whole))


def _written(session: Session, cells: str) -> dict[str, int]:
    """How often each text stands in a column."""
    sql = f"SELECT trim(raw) AS x, sum(n) FROM {cells} WHERE x <> '' GROUP BY x"
    return {str(text): int(str(count)) for text, count in session.run(Statement(sql)).rows}


def _numbers(session: Session, column: Column, context: Context, cells: str) -> Context:
    figures = f"(SELECT DISTINCT {numbers.figures('trim(raw)', context)} AS f FROM {cells})"
    proofs = numbers.evidence("f")
    comma, point = _ask(session, f"count_if({proofs['comma']}), count_if({proofs['point']})", figures)
    context = replace(context, decimal=numbers.decided_mark(comma, point, column.decimal))
    if context.type == "percent":
        large = f"count_if(abs(TRY_CAST({numbers.decimal_mark('f', context)} AS DOUBLE)) > 1.5)"
        marked = "count_if(contains(raw, '%'))"
        found = (*_ask(session, large, figures), *_ask(session, marked, cells))
        context = replace(context, share=any(found))
    return context


def _ask(session: Session, counts: str, relation: str) -> tuple[int, ...]:
    row = session.run(Statement(f"SELECT {counts} FROM {relation}")).rows[0]
    return tuple(int(str(value or 0)) for value in row)
