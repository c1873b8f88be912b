"""Numbers and amounts: signs, currencies and thousands leave; the decimal mark is decided once per column."""

from __future__ import annotations

from segmentation.intake.clean.context import Context

PLAIN = "[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?"
_SIGNS = " \u00a0\u202f\u2009\n’_€$£¥%+"
_UNITS = (
    "\\b(EUR|USD|GBP|CHF|SFR|CAD|AUD|NZD|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|MAD|TND|DZD|XOF|XAF|XPF|BRL|INR|MXN"
    "|TRY|ZAR|SGD|HKD|DHS?|euros?|dollars?|pounds?|yens?|TTC|HT|pts?|points?)\\b"
    "|\\b(US|CA|AU|NZ|HK|A|C|R)\\s?\\$|\\$\\s?(CA|US)\\b|\\bF\\s?CFA\\b|\\bFr\\.-?|zł"
)


def figures(x: str, _context: Context) -> str:
    """Digits, marks and a leading minus: « (1 234,50 €) » → « -1234,50 »; text that is no number stays."""
    worded = (
        f"CASE WHEN regexp_matches({x}, '[A-Za-z]') THEN regexp_replace({x}, '{_UNITS}', '', 'gi') ELSE"
        f" {x} END"
    )
    bare = f"replace(translate({worded}, '{_SIGNS}', ''), chr(39), '')"
    minus = f"regexp_replace(replace({bare}, '−', '-'), '^(?:\\(([0-9.,]+)\\)|([0-9.,]+)-)$', '-\\1\\2')"
    return (
        f"CASE WHEN regexp_full_match({x}, '{PLAIN}') THEN {x} WHEN regexp_matches({x}, '[(−-]') THEN"
        f" {minus} ELSE {bare} END"
    )


def _repeated(x: str) -> str:
    """SQL: at least two marks, each before three digits: « 1.234.567 »."""
    return (
        f"(length({x}) - length(translate({x}, '.,', '')) > 1 AND"
        f" regexp_full_match({x}, '-?[0-9]{{1,3}}([.,][0-9]{{3}}){{2,}}'))"
    )


def decimal_mark(x: str, context: Context) -> str:
    """One point as decimal mark and nothing else: « 1.234,56 » and « 1,234.56 » → « 1234.56 »."""
    other = "." if context.decimal == "," else ","
    both = f"contains({x}, ',') AND contains({x}, '.')"
    last_comma = f"strpos(reverse({x}), ',') < strpos(reverse({x}), '.')"
    french = f"replace(replace({x}, '.', ''), ',', '.')"
    english = f"replace({x}, ',', '')"
    grouped = f"contains({x}, '{other}') AND regexp_full_match({x}, '-?[0-9]{{1,3}}([{other}][0-9]{{3}})+')"
    own = f"replace(CASE WHEN {grouped} THEN replace({x}, '{other}', '') ELSE {x} END, ',', '.')"
    return (
        f"CASE WHEN NOT contains({x}, ',') AND NOT contains({x}, '.') THEN {x}"
        f" WHEN {_repeated(x)} AND NOT ({both}) THEN translate({x}, '.,', '')"
        f" WHEN {both} THEN CASE WHEN {last_comma} THEN {french} ELSE {english} END ELSE {own} END"
    )


def without_minus(x: str, _context: Context) -> str:
    """What was given back, which some tools write below zero: « -12.50 » → « 12.50 »."""
    return f"ltrim({x}, '-')"


def shares(x: str, context: Context) -> str:
    """A percentage as a share of one: « 45 % » and 45 in a column written 0-100 → 0.45."""
    if not context.share:
        return x
    return (
        f"CASE WHEN TRY_CAST({x} AS DOUBLE) IS NULL THEN {x} ELSE CAST(TRY_CAST({x} AS DOUBLE) / 100 AS"
        " VARCHAR) END"
    )


def whole(x: str, _context: Context) -> str:
    """A whole number written with decimals (« 12.0 »); 12.5 stays, and cannot be read as one."""
    return f"CASE WHEN contains({x}, '.') THEN regexp_replace({x}, '^(-?[0-9]+)\\.0*$', '\\1') ELSE {x} END"


def evidence(x: str) -> dict[str, str]:
    """SQL predicates over a column of figures: what proves a decimal comma, a decimal point."""
    comma_last = f"strpos(reverse({x}), ',') < strpos(reverse({x}), '.')"

    def proof(mark: str, other: str, last: str) -> str:
        grouped = f"regexp_full_match({x}, '-?[0-9]{{1,3}}([{mark}][0-9]{{3}})+')"
        repeated = (
            f"contains({x}, '{other}') AND regexp_full_match({x},"
            f" '-?[0-9]{{1,3}}([{other}][0-9]{{3}}){{2,}}')"
        )
        both = f"CASE WHEN contains({x}, '{other}') THEN {last} ELSE NOT {grouped} END"
        return f"CASE WHEN contains({x}, '{mark}') THEN {both} ELSE {repeated} END"

    return {"comma": proof(",", ".", comma_last), "point": proof(".", ",", f"NOT ({comma_last})")}


def decided_mark(comma: int, point: int, hint: str | None) -> str:
    """The decimal mark of a column from how many values prove each; undecided columns take the hint, else a
    point.

    A column whose only marks stand before three digits (1,234) proves nothing.
    """
    if comma > point:
        return ","
    if point > comma:
        return "."
    return hint or "."
