"""Cleans the columns of a staged file: the rules of a type run once per distinct value, then join back.

Each column gets a temporary table of its distinct values (or of its rows, when nearly all differ) with the
value after the rules, what could not be read, and a bit per rule that changed it. Those bits are the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean import (
    consent,
    countries,
    dates,
    emails,
    identifiers,
    lists,
    mojibake,
    numbers,
    phones,
    places,
)
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.rules import Rule, rules_for
from segmentation.results import Statement
from segmentation.store.session import Session, quoted

CONSENT_FIELDS = frozenset({*consent.OPT_IN, "optout", "email_bounced"})

_BY_COUNTRY = frozenset({"phone", "postal_code"})
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column to clean: where it is staged, what it becomes, and what was asked for it.

    ``name`` is its name once clean: "entity.key", or "own.<n>" for the user's own column.
    """

    source: str
    header: str
    name: str
    type: str
    storage: str
    date_order: str | None = None
    decimal: str | None = None
    inverted: bool = False

    @property
    def key(self) -> str:
        """The field without its entity; the header of an own column."""
        return self.header if self.name.startswith("own.") else self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Repair:
    """What one rule changed in one column: how many cells, and the first of them before and after."""

    rule: str
    field: str
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unread:
    """How many cells of a column could not be read as its type, with the first of them."""

    field: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A column's table of values: what joins it to the staged rows, and what happened to it."""

    column: Column
    table: str
    by_row: bool
    by_country: bool
    repairs: tuple[Repair, ...]
    unread: Unread | None
    context: Context


def clean_columns(
    session: Session,
    columns: Sequence[Column],
    context: Context,
    off: frozenset[str],
    step: Callable[[float], None],
) -> list[Cleaned]:
    """Make the table of values of each column of the staged table ``staged`` (``_row`` and text columns).

    ``context`` carries what is common to the columns (time zone, today). ``step`` is told the share done and
    may raise to stop.
    """
    nearly_unique, suspects = _overview(session, columns)
    country = next((c for c in columns if c.name == "contacts.country"), None)
    if country is not None:
        _stage_countries(session, country)
    cleaned = []
    for number, column in enumerate(columns):
        step(number / max(len(columns), 1))
        by_country = country is not None and column.type in _BY_COUNTRY
        own = replace(
            context,
            field=column.name if not column.name.startswith("own.") else "",
            type=column.type,
            country="cc" if by_country else "''",
        )
        chain = _Chain(session, column, number, nearly_unique[column.source], by_country, country)
        own = chain.decide(own)
        rules = [r for r in rules_for(own, off) if r.key != "mojibake" or suspects[column.source]]
        if column.key in CONSENT_FIELDS and column.name.startswith("contacts."):
            rules = [r for r in rules if r.key in ("controls", "spaces", "text_mark", "nothing")]
        cleaned.append(chain.run(rules, own))
    return cleaned


def _overview(session: Session, columns: Sequence[Column]) -> tuple[dict[str, bool], dict[str, bool]]:
    """Which columns hold nearly as many values as rows, and which show signs of a wrong decoding."""
    parts = [
        f"approx_count_distinct({c.source}), count({c.source}), coalesce(bool_or(strlen({c.source}) <>"
        f" length({c.source})"
        f" AND regexp_matches({c.source}, '{mojibake.SUSPECT}')), FALSE)"
        for c in columns
    ]
    if not parts:
        return {}, {}
    row = session.run(Statement(f"SELECT {', '.join(parts)} FROM staged")).rows[0]
    unique, suspects = {}, {}
    for number, column in enumerate(columns):
        distinct, filled, suspect = row[number * 3 : number * 3 + 3]
        unique[column.source] = int(str(filled)) > 5_000 and int(str(distinct)) > 0.6 * int(str(filled))
        suspects[column.source] = bool(suspect)
    return unique, suspects


def _stage_countries(session: Session, column: Column) -> None:
    """A temporary table of the country codes of the words in the country column."""
    sql = f"SELECT DISTINCT {column.source} FROM staged WHERE {column.source} IS NOT NULL"
    words = [str(row[0]) for row in session.run(Statement(sql)).rows]
    table = pa.table(
        {
            "raw": pa.array(words, pa.string()),
            "cc": pa.array([countries.iso_code(w) for w in words], pa.string()),
        }
    )
    session.register("arrow_countries", table)
    session.run(Statement("CREATE OR REPLACE TEMP TABLE staged_countries AS SELECT * FROM arrow_countries"))
    session.unregister("arrow_countries")


@dataclass(slots=True)
class _Chain:
    """The making of one column's table of values."""

    session: Session
    column: Column
    number: int
    by_row: bool
    by_country: bool
    country: Column | None

    @property
    def table(self) -> str:
        return f"values_{self.number}"

    def source(self) -> str:
        """The SELECT the rules start from: raw, cc, n, first, fired, x."""
        raw = f"s.{self.column.source}"
        code, joined = "''", ""
        if self.by_country and self.country is not None:
            code = "coalesce(k.cc, '')"
            joined = f" LEFT JOIN staged_countries k ON k.raw = s.{self.country.source}"
        row = "CAST(s._row AS BIGINT)"
        counted = f"1 AS n, {row} AS first" if self.by_row else f"count(*) AS n, min({row}) AS first"
        grouped = "" if self.by_row else " GROUP BY ALL"
        return (
            f"SELECT {raw} AS raw, {code} AS cc, {counted}, 0::UINTEGER AS fired, {raw} AS x"
            f" FROM staged s{joined} WHERE {raw} IS NOT NULL{grouped}"
        )

    def decide(self, context: Context) -> Context:
        """The context completed with the date order or the decimal mark that the whole column proves."""
        if context.type in ("date", "datetime"):
            values = f"(SELECT DISTINCT trim({self.column.source})[:10] AS x FROM staged)"
            first, second = dates.parts("x")
            row = self._ask(
                f"count_if({first} > 12 AND {second} <= 12), count_if({second} > 12 AND {first} <= 12)",
                values,
            )
            return replace(context, date_order=dates.decided_order(row[0], row[1], self.column.date_order))
        if context.type == "postal_code":
            values = f"SELECT DISTINCT replace(trim({self.column.source}), '.0', '') AS x FROM staged"
            rows = self.session.run(
                Statement(f"SELECT x FROM ({values}) WHERE regexp_full_match(x, '[0-9]{{4,5}}')")
            ).rows
            codes = [str(row[0]) for row in rows]
            short = [code for code in codes if len(code) == 4]
            whole = any(len(code) == 5 and places.is_known(code) for code in codes)
            return replace(context, french=places.mostly_french(short, whole))
        if context.type in ("integer", "number", "money", "percent"):
            figures = numbers.figures(f"trim({self.column.source})", context)
            proofs = numbers.evidence("f")
            parts = ", ".join(f"count_if({proofs[name]})" for name in ("comma", "point"))
            row = self._ask(parts, f"(SELECT DISTINCT {figures} AS f FROM staged)")
            context = replace(context, decimal=numbers.decided_mark(row[0], row[1], self.column.decimal))
            if context.type == "percent":
                marked = f"count_if({self.column.source} LIKE '%\\%%' ESCAPE '\\')"
                plain = numbers.decimal_mark("f", context)
                large = (
                    f"(SELECT count_if(abs(TRY_CAST({plain} AS DOUBLE)) > 1.5) FROM (SELECT DISTINCT"
                    f" {figures} AS f FROM staged))"
                )
                row = self._ask(f"{marked}, {large}")
                context = replace(context, share=bool(row[0] or row[1]))
        return context

    def _ask(self, parts: str, relation: str = "staged") -> tuple[int, ...]:
        row = self.session.run(Statement(f"SELECT {parts} FROM {relation}")).rows[0]
        return tuple(int(str(value or 0)) for value in row)

    def run(self, rules: Sequence[Rule], context: Context) -> Cleaned:
        """Apply the rules and make the table of values."""
        sql = self.source()
        for bit, rule in enumerate(rules):
            flag = f"{1 << bit}::UINTEGER" if rule.counted else "0::UINTEGER"
            if rule.sql is not None:
                after = f"SELECT *, {rule.sql('x', context)} AS y FROM ({sql})"
            else:
                after = self._by_python(sql, rule, context)
                if not after:
                    sql = "SELECT * FROM work"
                    continue
            changed = f"fired | CASE WHEN y IS DISTINCT FROM x THEN {flag} ELSE 0::UINTEGER END"
            sql = (
                f"SELECT raw, cc, n, first, {changed if rule.counted else 'fired'} AS fired, y AS x FROM"
                f" ({after})"
            )
        self._finish(sql, context)
        return Cleaned(
            self.column,
            self.table,
            self.by_row,
            self.by_country,
            self._repairs(rules),
            self._unread(),
            context,
        )

    def _by_python(self, sql: str, rule: Rule, context: Context) -> str:
        """The rule run in Python on the distinct values it is for; "" when there is none (left in
        ``work``).
        """
        assert rule.python is not None
        self.session.run(Statement("DROP TABLE IF EXISTS work_before"))
        self.session.run(Statement(f"CREATE OR REPLACE TEMP TABLE work_next AS {sql}"))
        self.session.run(Statement("DROP TABLE IF EXISTS work"))
        self.session.run(Statement("ALTER TABLE work_next RENAME TO work"))
        where = rule.where.replace("{x}", "x")
        pairs = self.session.run(
            Statement(f"SELECT DISTINCT x, cc FROM work WHERE x IS NOT NULL AND {where}")
        ).rows
        if not pairs:
            return ""
        made = [rule.python(str(text), str(code)) for text, code in pairs]
        self._register_pairs("work_map", [(str(t), str(c)) for t, c in pairs], made)
        return (
            "SELECT w.*, CASE WHEN m.before IS NULL THEN w.x ELSE m.after END AS y FROM work w"
            " LEFT JOIN work_map m ON m.before = w.x AND m.cc = w.cc"
        )

    def _register_pairs(self, name: str, pairs: list[tuple[str, str]], made: Iterable[str | None]) -> None:
        table = pa.table(
            {
                "before": pa.array([text for text, _ in pairs], pa.string()),
                "cc": pa.array([code for _, code in pairs], pa.string()),
                "after": pa.array(list(made), pa.string()),
            }
        )
        self.session.register("arrow_pairs", table)
        self.session.run(Statement(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arrow_pairs"))
        self.session.unregister("arrow_pairs")

    def _finish(self, sql: str, context: Context) -> None:
        """Read the text left as the column's type; keep what cannot be read."""
        kind = context.type
        if kind == "email":
            self._finish_email(sql)
            return
        if kind == "phone":
            self._finish_phone(sql)
            return
        value = self._reader("x", context)
        lost = "value IS NULL AND x IS NOT NULL"
        if self.column.key in CONSENT_FIELDS and self.column.name.startswith("contacts."):
            value, lost = (
                consent.state("x", self.column.key, inverted=self.column.inverted),
                "value = 'unknown'",
            )
        self._create(
            f"SELECT *, CASE WHEN {lost} THEN raw END AS unread FROM (SELECT *, {value} AS value FROM"
            f" ({sql}))",
            "",
        )

    def _reader(self, x: str, context: Context) -> str:
        kind, storage = context.type, self.column.storage
        if kind == "date":
            return (
                f"CASE WHEN year(TRY_CAST({x} AS DATE)) BETWEEN 1800 AND 2200 THEN TRY_CAST({x} AS DATE) END"
            )
        if kind == "datetime":
            moment = f"TRY_CAST({x} AS TIMESTAMP)"
            return f"CASE WHEN year({moment}) BETWEEN 1800 AND 2200 THEN {moment} END"
        if kind == "integer":
            return f"CASE WHEN regexp_full_match({x}, '[+-]?[0-9]+') THEN TRY_CAST({x} AS BIGINT) END"
        if kind in ("number", "percent", "money"):
            return f"CASE WHEN regexp_full_match({x}, '{numbers.PLAIN}') THEN TRY_CAST({x} AS {storage}) END"
        if kind == "boolean":
            return f"CASE {x} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        if kind == "list":
            return lists.split(x)
        return identifiers.without_damage(x, context) if kind == "id" else x

    def _finish_email(self, sql: str) -> None:
        simple = emails.SIMPLE.replace("{x}", "x")
        self.session.run(
            Statement(f"CREATE OR REPLACE TEMP TABLE work AS SELECT *, {simple} AS simple FROM ({sql})")
        )
        odd = self.session.run(
            Statement("SELECT DISTINCT x FROM work WHERE NOT simple AND contains(x, '@')")
        ).rows
        texts = [str(row[0]) for row in odd]
        self._register_pairs(
            "work_map", [(text, "") for text in texts], (emails.validated(t, "") for t in texts)
        )
        self._create(
            "SELECT w.raw, w.cc, w.n, w.first, w.fired, coalesce(m.after, w.x) AS value,"
            " w.simple OR m.after IS NOT NULL AS flag, NULL::VARCHAR AS unread"
            " FROM work w LEFT JOIN work_map m ON m.before = w.x",
            ", flag",
        )

    def _finish_phone(self, sql: str) -> None:
        read = "CASE WHEN regexp_full_match(x, '\\+[0-9]{8,15}') THEN x END"
        self.session.run(
            Statement(f"CREATE OR REPLACE TEMP TABLE work AS SELECT *, {read} AS value FROM ({sql})")
        )
        home = phones.HOME.replace("{x}", "value")
        rows = self.session.run(
            Statement(f"SELECT DISTINCT value FROM work WHERE value IS NOT NULL AND NOT {home}")
        ).rows
        abroad = [str(row[0]) for row in rows]
        mobiles = [number for number in abroad if phones.is_mobile(number)]
        self._register_pairs("work_map", [(number, "") for number in mobiles], mobiles)
        self._create(
            "SELECT w.raw, w.cc, w.n, w.first, w.fired, w.value,"
            f" {phones.MOBILE.replace('{x}', 'w.value')} OR m.before IS NOT NULL AS flag,"
            " CASE WHEN w.value IS NULL AND w.x IS NOT NULL THEN w.raw END AS unread"
            " FROM work w LEFT JOIN work_map m ON m.before = w.value",
            ", flag",
        )

    def _create(self, select: str, extra: str) -> None:
        key = "first" if self.by_row else "raw, cc"
        self.session.run(
            Statement(
                f"CREATE OR REPLACE TEMP TABLE {self.table} AS"
                f" SELECT {key}, n, fired, value{extra}, unread{'' if not self.by_row else ', raw'}"
                f"{'' if self.by_row else ', first'} FROM ({select})"
            )
        )
        self.session.run(Statement("DROP TABLE IF EXISTS work"))

    def _repairs(self, rules: Sequence[Rule]) -> tuple[Repair, ...]:
        counted = [(bit, rule) for bit, rule in enumerate(rules) if rule.counted]
        if not counted:
            return ()
        parts = []
        for bit, _ in counted:
            hit = f"FILTER (WHERE fired & {1 << bit}::UINTEGER <> 0)"
            parts.append(
                f"coalesce(sum(n) {hit}, 0), arg_min(raw, first) {hit},"
                f" arg_min(coalesce(CAST(value AS VARCHAR), ''), first) {hit}"
            )
        row = self.session.run(
            Statement(f"SELECT {', '.join(parts)} FROM {self.table} WHERE fired <> 0")
        ).rows[0]
        repairs = []
        for place, (_, rule) in enumerate(counted):
            count, before, after = row[place * 3 : place * 3 + 3]
            if count:
                repairs.append(
                    Repair(rule.key, self._label(), int(str(count)), str(before), str(after or ""))
                )
        return tuple(repairs)

    def _unread(self) -> Unread | None:
        sql = f"SELECT sum(n), arg_min(unread, first) FROM {self.table} WHERE unread IS NOT NULL"
        count, example = self.session.run(Statement(sql)).rows[0]
        return Unread(self._label(), int(str(count)), str(example)) if count else None

    def _label(self) -> str:
        return self.column.header if self.column.name.startswith("own.") else self.column.name


def join_back(cleaned: Sequence[Cleaned], country: Column | None) -> str:
    """The SELECT of the clean rows: row_number, each column under its name, flags as "<name>!", unread."""
    by_name: dict[str, list[Cleaned]] = {}
    for one in cleaned:
        by_name.setdefault(one.column.name, []).append(one)
    parts, unread, joins = ["CAST(s._row AS BIGINT) AS row_number"], [], []
    if country is not None and any(one.by_country for one in cleaned):
        joins.append(f"LEFT JOIN staged_countries k ON k.raw = s.{country.source}")
    for name, group in by_name.items():
        values = ", ".join(f"{one.table}.value" for one in group)
        parts.append(
            f"coalesce({values}) AS {quoted(name)}" if len(group) > 1 else f"{values} AS {quoted(name)}"
        )
        if group[0].context.type in ("email", "phone"):
            flags = ", ".join(
                f"CASE WHEN {one.table}.value IS NOT NULL THEN {one.table}.flag END" for one in group
            )
            parts.append(f"coalesce({flags}, NULL) AS {quoted(name + '!')}")
        for one in group:
            if one.unread is not None:
                unread.append((one.column.key, f"{one.table}.unread"))
            if one.by_row:
                joins.append(f"LEFT JOIN {one.table} ON {one.table}.first = CAST(s._row AS BIGINT)")
            else:
                code = f" AND {one.table}.cc = coalesce(k.cc, '')" if one.by_country else ""
                joins.append(f"LEFT JOIN {one.table} ON {one.table}.raw = s.{one.column.source}{code}")
    parts.append(f"{_unread_map(unread)} AS unread")
    return f"SELECT {', '.join(parts)} FROM staged s {' '.join(joins)}"


def _unread_map(unread: Sequence[tuple[str, str]]) -> str:
    if not unread:
        return "NULL::MAP(VARCHAR, VARCHAR)"
    pairs = ", ".join(f"{{'k': '{fold_key(key)}', 'v': {value}}}" for key, value in unread)
    kept = f"list_filter([{pairs}], lambda e: e.v IS NOT NULL)"
    anything = " OR ".join(f"{value} IS NOT NULL" for _, value in unread)
    return f"CASE WHEN {anything} THEN map_from_entries({kept}) END"


def fold_key(header: str) -> str:
    """A header as a harmless key of the map of unread values."""
    return fold_text(header).replace("'", " ")
