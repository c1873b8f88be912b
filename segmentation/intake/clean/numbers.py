"""Numbers and amounts: signs, currencies and thousands leave; the decimal mark is decided once per column."""

from __future__ import annotations

from segmentation.intake.clean.context import Context

PLAIN = "[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?"
_NOISE = "[\\s\u00a0\u202f''’_€$£%+]|\\b(EUR|USD|GBP|CHF|euros?|dollars?|pounds?|TTC|HT|pts?|points?)\\b"


def figures(x: str, _context: Context) -> str:
    """Digits, marks and a leading minus: « (1 234,50 €) » → « -1234,50 »; text that is no number stays."""
    bare = f"regexp_replace(replace({x}, '−', '-'), '{_NOISE}', '', 'gi')"
    signed = f"regexp_replace({bare}, '^(?:\\(([0-9.,]+)\\)|([0-9.,]+)-)$', '-\\1\\2')"
    return f"CASE WHEN regexp_full_match({x}, '{PLAIN}') THEN {x} ELSE {signed} END"


def decimal_mark(x: str, context: Context) -> str:
    """One point as decimal mark and nothing else: « 1.234,56 » and « 1,234.56 » → « 1234.56 »."""
    other = "." if context.decimal == "," else ","
    both = f"contains({x}, ',') AND contains({x}, '.')"
    last_comma = f"strpos(reverse({x}), ',') < strpos(reverse({x}), '.')"
    french = f"replace(replace({x}, '.', ''), ',', '.')"
    english = f"replace({x}, ',', '')"
    own = f"replace(CASE WHEN regexp_full_match({x}, '-?[0-9]{{1,3}}([{other}][0-9]{{3}})+') THEN replace({x}, '{other}', '') ELSE {x} END, ',', '.')"
    many = f"regexp_full_match({x}, '-?[0-9]{{1,3}}([.,][0-9]{{3}}){{2,}}')"
    return (
        f"CASE WHEN NOT contains({x}, ',') AND (NOT contains({x}, '.') OR {'TRUE' if context.decimal == '.' else 'FALSE'})"
        f" AND NOT {many} THEN {x} WHEN {both} THEN CASE WHEN {last_comma} THEN {french} ELSE {english} END"
        f" WHEN {many} THEN regexp_replace({x}, '[.,]', '', 'g') ELSE {own} END"
    )


def shares(x: str, context: Context) -> str:
    """A percentage as a share of one: « 45 % » and 45 in a column written 0-100 → 0.45."""
    if not context.share:
        return x
    return f"CASE WHEN TRY_CAST({x} AS DOUBLE) IS NULL THEN {x} ELSE CAST(TRY_CAST({x} AS DOUBLE) / 100 AS VARCHAR) END"


def whole(x: str, _context: Context) -> str:
    """A whole number written with decimals (« 12.0 »); 12.5 stays, and cannot be read as one."""
    return f"CASE WHEN contains({x}, '.') THEN regexp_replace({x}, '^(-?[0-9]+)\\.0*$', '\\1') ELSE {x} END"


def evidence(x: str) -> dict[str, str]:
    """SQL predicates over a column of figures: what proves a decimal comma, a decimal point, or neither."""
    both = f"contains({x}, ',') AND contains({x}, '.')"
    comma_last = f"strpos(reverse({x}), ',') < strpos(reverse({x}), '.')"
    grouped = "regexp_full_match({x}, '-?[0-9]{{1,3}}([{mark}][0-9]{{3}})+')"
    commas, points = grouped.format(x=x, mark=","), grouped.format(x=x, mark=".")
    return {
        "comma": f"(({both}) AND {comma_last}) OR (contains({x}, ',') AND NOT contains({x}, '.') AND NOT {commas})"
        f" OR regexp_full_match({x}, '-?[0-9]{{1,3}}(\\.[0-9]{{3}}){{2,}}')",
        "point": f"(({both}) AND NOT {comma_last}) OR (contains({x}, '.') AND NOT contains({x}, ',') AND NOT {points})"
        f" OR regexp_full_match({x}, '-?[0-9]{{1,3}}(,[0-9]{{3}}){{2,}}')",
        "lone_comma": f"{commas} AND NOT contains({x}, '.')",
    }


def decided_mark(comma: int, point: int, lone_comma: int, hint: str | None) -> str:
    """The decimal mark of a column from how many values prove each; undecided columns take the hint, else a point.

    A column whose only commas stand before three digits (1,234) and that proves nothing keeps them as thousands.
    """
    if comma > point:
        return ","
    if point > comma:
        return "."
    return hint or "."
