"""Dates and moments of any usual writing become ISO text; day and month order is decided once per column.

Two-digit years go to their own step (``%d/%m/%Y`` would read 12/03/24 as the year 24); 69-99 are 19xx.
"""

from __future__ import annotations

from segmentation.intake.clean.context import Context, literals

_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_SHORT_DAYS = "lun|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun"
_EMPTY = ("0000-00-00", "0001-01-01", "1900-01-01", "1900-01-00", "1899-12-30", "1899-12-31")
BY_YEAR = frozenset(("created_at", "first_purchase_date"))
"""Fields of which a year alone says enough: since when somebody has been known."""

NUMERIC = "^([0-9]{1,2})[/. -]([0-9]{1,2})[/. -][0-9]{2}"
"""The beginning of a date of three numbers that does not begin with its year in full."""


def month_numbers(x: str, _context: Context) -> str:
    """« lundi 1er mars 2024 » and « Mar 1, 2024 » → « 2024-3-1 »; texts without letters untouched."""
    low = f"lower(strip_accents({x}))"
    text = f"regexp_replace({low}, '^(({_DAYS})|({_SHORT_DAYS})\\b\\.?),? *', '')"
    day, year = "([0-9]{1,2})(?:er|st|nd|rd|th)?", "([0-9]{4})"
    for number, names in enumerate(_MONTHS, 1):
        word = f"(?:{'|'.join(names)})\\b\\.?"
        text = f"regexp_replace({text}, '^{word} +{day},? +{year}', '\\2-{number}-\\1')"
        text = f"regexp_replace({text}, '^{day}[ ./-]*{word}[ ./,-]*{year}', '\\2-{number}-\\1')"
        text = f"regexp_replace({text}, '^{day}[ ./-]*{word}[ ./,-]*([0-9]{{2}})', '\\1/{number}/\\2')"
    return f"CASE WHEN regexp_matches({low}, '[a-z]{{3}}') THEN {text} ELSE {x} END"


def year_first(x: str, context: Context) -> str:
    """ISO text for dates that begin with their year, eight digits in a row (« 20241002 101233 »), and moments
    with a time zone."""
    zone = "'(?i)^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:.,]+ *(Z|UTC|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})$'"
    offset = f"regexp_replace({x}, '(?i) *(UTC|Z)$', '+00')"
    offset = f"regexp_replace({offset}, ' *([+-][0-9]{{2}}):?([0-9]{{2}})$', '\\1:\\2')"
    moment = f"regexp_replace({offset}, ' +([+-][0-9]{{2}})$', '\\1')"
    local = (
        f"strftime(TRY_CAST({moment} AS TIMESTAMPTZ) AT TIME ZONE '{context.timezone}', '%Y-%m-%d %H:%M:%S')"
    )
    ymd = f"regexp_replace({x}, '^([0-9]{{4}})[/. -]([0-9]{{1,2}})[/. -]([0-9]{{1,2}})', '\\1-\\2-\\3')"
    year = "(1[89]|20|21)[0-9]{2}(0[1-9]|1[0-2])[0-9]{2}"
    packed = f"regexp_replace({x}, '^([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})', '\\1-\\2-\\3')"
    hours, sixty = "([01][0-9]|2[0-3])", "([0-5][0-9])"
    moment_packed = f"{year}([T ]{hours}{sixty}({sixty})?|{hours}{sixty}{sixty})"
    timed = (
        f"regexp_replace({packed}, '^([0-9-]{{10}})[T ]?([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})?$',"
        " '\\1 \\2:\\3:\\4')"
    )
    packed_late = f"regexp_replace({x}, '^([0-9]{{2}})([0-9]{{2}})([0-9]{{4}})$', '\\1/\\2/\\3')"
    return (
        f"CASE WHEN regexp_full_match({x}, {zone}) THEN {local} WHEN regexp_matches({x}, '^[0-9]{{4}}[/."
        f" -]') THEN {ymd}"
        f" WHEN regexp_full_match({x}, '{moment_packed}') THEN rtrim({timed}, ':')"
        f" WHEN regexp_full_match({x}, '{year}([T ].*)?') THEN {packed}"
        f" WHEN regexp_full_match({x}, '[0-9]{{8}}') THEN {packed_late} ELSE {x} END"
    )


def short_years(x: str, context: Context) -> str:
    """Two-digit years in full: 69-99 are 1969-1999, the others 20xx."""
    if context.date_order == "ymd":
        parts = "^([0-9]{2})[/. -]([0-9]{1,2})[/. -]([0-9]{1,2})([^0-9].*)?$"
        old, new = "'19\\1-\\2-\\3\\4'", "'20\\1-\\2-\\3\\4'"
        late = f"regexp_matches({x}, '^(69|[7-9][0-9])')"
    else:
        parts = "^([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{2})([^0-9].*)?$"
        old, new = "'\\1/\\2/19\\3\\4'", "'\\1/\\2/20\\3\\4'"
        late = f"regexp_matches({x}, '^[0-9]+[/. -][0-9]+[/. -](69|[7-9][0-9])')"
    return (
        f"CASE WHEN regexp_matches({x}, '{parts}') THEN CASE WHEN {late} THEN regexp_replace({x},"
        f" '{parts}', {old})"
        f" ELSE regexp_replace({x}, '{parts}', {new}) END ELSE {x} END"
    )


def year_last(x: str, context: Context) -> str:
    """ISO text for day/month/year or month/day/year, as the whole column is written."""
    swap = "\\3-\\1-\\2\\4" if context.date_order == "mdy" else "\\3-\\2-\\1\\4"
    return (
        f"regexp_replace({x}, '^([0-9]{{1,2}})[/. -]([0-9]{{1,2}})[/. -]([0-9]{{4}})([^0-9].*)?$', '{swap}')"
    )


def lone_years(x: str, context: Context) -> str:
    """A year in place of a day (« Adhérent depuis 2011 ») is its first of January; not a year to come."""
    year = f"regexp_full_match({x}, '(19[3-9]|20[0-9])[0-9]') AND {x} <= '{context.today.year}'"
    return f"CASE WHEN {year} THEN {x} || '-01-01' ELSE {x} END"


def serials(x: str, _context: Context) -> str:
    """A spreadsheet's day number (45000 = 15 March 2023), with its fraction as time."""
    moment = (
        f"strftime(TIMESTAMP '1899-12-30 00:00:00' + to_seconds(round(TRY_CAST({x} AS DOUBLE) *"
        " 86400)::BIGINT),"
        " '%Y-%m-%d %H:%M:%S')"
    )
    return f"CASE WHEN regexp_full_match({x}, '[1-5][0-9]{{4}}(\\.[0-9]+)?') THEN {moment} ELSE {x} END"


def epochs(x: str, context: Context) -> str:
    """Seconds or milliseconds since 1970, as tools write moments, in the base's own time."""
    if context.type != "datetime":
        return x
    seconds = (
        f"CASE WHEN length({x}) = 13 THEN TRY_CAST({x} AS BIGINT) / 1000 ELSE TRY_CAST({x} AS BIGINT) END"
    )
    local = f"strftime(to_timestamp({seconds}) AT TIME ZONE '{context.timezone}', '%Y-%m-%d %H:%M:%S')"
    return f"CASE WHEN regexp_full_match({x}, '1[0-9]{{9}}([0-9]{{3}})?') THEN {local} ELSE {x} END"


def clock(x: str, _context: Context) -> str:
    """The time part as HH:MM[:SS]: « 14h05 », « à 14:05 », « 2:05 PM »."""
    text = f"regexp_replace({x}, '^([0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}})[T ,àat-]+', '\\1 ', 'i')"
    text = f"regexp_replace({text}, ' ([0-9]{{1,2}}) ?[hH] ?([0-9]{{2}})?(min)?', ' \\1:\\2')"
    text = f"regexp_replace({text}, ':$', ':00')"
    half = f"upper(replace(regexp_replace({text}, ' ?([AaPp])\\.?[Mm]\\.?$', ' \\1M'), '.', ''))"
    noon = (
        f"strftime(coalesce(try_strptime({half}, ['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p'])),"
        " '%Y-%m-%d %H:%M:%S')"
    )
    return (
        f"CASE WHEN NOT regexp_matches({x}, '^[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}[^0-9]') THEN {x}"
        f" WHEN regexp_matches({x}, '[AaPp]\\.?[Mm]\\.?$') THEN {noon} ELSE {text} END"
    )


def empty_dates(x: str, _context: Context) -> str:
    """The days a spreadsheet or a database writes for "none": 00/00/0000, 01/01/1900, 01/01/0001."""
    day = f"regexp_replace({x}, '-([0-9])\\b', '-0\\1', 'g')[:10]"
    return f"CASE WHEN {day} IN ({literals(_EMPTY)}) THEN NULL ELSE {x} END"


def past_births(x: str, context: Context) -> str:
    """A birth in the future lost its century: 2068 is 1968."""
    if context.key != "birth_date":
        return x
    future = f"TRY_CAST({x} AS DATE) > DATE '{context.today.isoformat()}'"
    return (
        f"CASE WHEN {future} THEN strftime(TRY_CAST({x} AS DATE) - INTERVAL 100 YEAR, '%Y-%m-%d') ELSE"
        f" {x} END"
    )


def parts(x: str) -> tuple[str, str]:
    """SQL of the first and second numbers of a date that does not begin with its year (NULL otherwise)."""
    first, second = (f"TRY_CAST(regexp_extract({x}, '{NUMERIC}', {n}) AS INTEGER)" for n in (1, 2))
    return first, second


def decided_order(day_first: int, month_first: int, hint: str | None) -> str:
    """dmy, mdy or ymd for a column where ``day_first`` values can only be d/m and ``month_first`` only m/d.

    The column's own proof wins over a hint it contradicts; without proof the hint, else d/m.
    """
    if day_first and not month_first:
        return "dmy" if hint != "ymd" else "ymd"
    if month_first and not day_first:
        return "mdy"
    return hint or "dmy"
