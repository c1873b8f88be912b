"""Runs the rules of one column over its distinct values and reads what is left as the column's type.

A table holds only what is not as usual: texts that the rules leave as they are are made where the rows are
joined; so are ordinary addresses and numbers in a column whose cells nearly all differ, read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from segmentation.intake.clean import consent, emails, identifiers, lists, numbers, phones
from segmentation.intake.clean.columns import CONSENT_FIELDS, Cleaned, Column, Repair, Unread
from segmentation.intake.clean.context import Context, written
from segmentation.intake.clean.rules import Rule
from segmentation.results import Statement
from segmentation.store.session import Session

EXAMPLES = 20
"""How many different values a repair is shown on."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The ordinary cells of a column read row by row: which they are, what they become (SQL over ``{x}``, the
    cell, and ``cc``), the flag that gives, and the counted rule that would do it.
    """

    where: str
    value: str
    flag: str
    rule: str = ""


@dataclass(slots=True)
class Chain:
    """The making of one column's table of values."""

    session: Session
    column: Column
    number: int
    by_row: bool
    by_country: bool
    country: Column | None
    usual: Usual | None = None

    @property
    def table(self) -> str:
        return f"values_{self.number}"

    def cells(self) -> str:
        """The relation of the cells to decide on: raw, n; a repeated column's are gathered once, here."""
        if self.by_row:
            return f"(SELECT {self.column.source} AS raw, 1 AS n FROM staged)"
        self.session.run(Statement(f"CREATE OR REPLACE TEMP TABLE cells AS {self._gathered()}"))
        return "cells"

    def source(self) -> str:
        """The SELECT the rules start from: raw, cc, n, first, fired, x."""
        cells = f"({self._gathered()})" if self.by_row else "cells"
        return f"SELECT raw, cc, n, first, 0::UINTEGER AS fired, raw AS x FROM {cells}"

    def _gathered(self) -> str:
        raw = f"s.{self.column.source}"
        code, joined = "''", ""
        if self.by_country and self.country is not None:
            code = "coalesce(k.cc, '')"
            joined = f" LEFT JOIN staged_countries k ON k.raw = s.{self.country.source}"
        row = "CAST(s._row AS BIGINT)"
        counted = f"1 AS n, {row} AS first" if self.by_row else f"count(*) AS n, min({row}) AS first"
        sql = f"SELECT {raw} AS raw, {code} AS cc, {counted} FROM staged s{joined} WHERE {written(raw)}"
        return sql if self.by_row else f"{sql} GROUP BY ALL"

    def run(self, rules: Sequence[Rule], context: Context) -> Cleaned:
        """Apply the rules and make the table of values."""
        sql = self.source()
        self.usual = self._found_usual(rules, context)
        if self.usual is not None:
            sql = f"SELECT * FROM ({sql}) WHERE NOT {self.usual.where.replace('{x}', 'raw')}"
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
        kept = self._finish(sql, context)
        self.session.run(Statement("DROP TABLE IF EXISTS cells"))
        plain = Usual("", "{x}" if self._leaves_out(context) else "NULL", "NULL")
        usual = self.usual or plain
        return Cleaned(
            self.column,
            self.table,
            self.by_row,
            self.by_country,
            self._repairs(rules),
            self._unread(),
            context,
            usual.value,
            usual.flag,
            kept == 0 and usual.value != "NULL",
        )

    def _found_usual(self, rules: Sequence[Rule], context: Context) -> Usual | None:
        if self.by_row and context.type == "email":
            return Usual(emails.PLAIN, "{x}", "TRUE")
        if self.by_row and context.type == "phone" and any(rule.key == phones.FORM for rule in rules):
            return Usual(phones.ORDINARY, phones.ORDINARY_VALUE, phones.ORDINARY_MOBILE, phones.FORM)
        return None

    def _leaves_out(self, context: Context) -> bool:
        """Whether the cells that stay as they are written need not be kept."""
        plain = self.column.storage == "VARCHAR" and context.type not in ("email", "phone")
        return plain and self.column.key not in CONSENT_FIELDS

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

    def _finish(self, sql: str, context: Context) -> int:
        """Read the text left as the column's type; keep what cannot be read. How many rows the table has."""
        kind = context.type
        if kind == "email":
            return self._finish_email(sql)
        if kind == "phone":
            return self._finish_phone(sql)
        value = self._reader("x", context)
        lost = "value IS NULL AND x IS NOT NULL"
        if self.column.key in CONSENT_FIELDS and self.column.name.startswith("contacts."):
            value, lost = (
                consent.state("x", self.column.key, inverted=self.column.inverted),
                "value = 'unknown'",
            )
        return self._create(
            f"SELECT *, CASE WHEN {lost} THEN raw END AS unread FROM (SELECT *, {value} AS value FROM"
            f" ({sql}))",
            "",
            " WHERE fired <> 0 OR value IS DISTINCT FROM raw" if self._leaves_out(context) else "",
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

    def _finish_email(self, sql: str) -> int:
        simple = emails.SIMPLE.replace("{x}", "x")
        judged = f"SELECT *, {simple} AS simple FROM ({sql})"
        self.session.run(Statement(f"CREATE OR REPLACE TEMP TABLE work AS {judged}"))
        odd = self.session.run(
            Statement("SELECT DISTINCT x FROM work WHERE NOT simple AND contains(x, '@')")
        ).rows
        texts = [str(row[0]) for row in odd]
        self._register_pairs(
            "work_map", [(text, "") for text in texts], (emails.validated(t, "") for t in texts)
        )
        return self._create(
            "SELECT w.raw, w.cc, w.n, w.first, w.fired, coalesce(m.after, w.x) AS value,"
            " w.simple OR m.after IS NOT NULL AS flag, NULL::VARCHAR AS unread"
            " FROM work w LEFT JOIN work_map m ON m.before = w.x",
            ", flag",
        )

    def _finish_phone(self, sql: str) -> int:
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
        return self._create(
            "SELECT w.raw, w.cc, w.n, w.first, w.fired, w.value,"
            f" {phones.MOBILE.replace('{x}', 'w.value')} OR m.before IS NOT NULL AS flag,"
            " CASE WHEN w.value IS NULL AND w.x IS NOT NULL THEN w.raw END AS unread"
            " FROM work w LEFT JOIN work_map m ON m.before = w.value",
            ", flag",
        )

    def _create(self, select: str, extra: str, where: str = "") -> int:
        columns = f"raw, cc, first, n, fired, value{extra}, unread"
        made = f"CREATE OR REPLACE TEMP TABLE {self.table} AS SELECT {columns} FROM ({select}){where}"
        rows = self.session.run(Statement(made)).rows
        self.session.run(Statement("DROP TABLE IF EXISTS work"))
        return int(rows[0][0])

    def _repairs(self, rules: Sequence[Rule]) -> tuple[Repair, ...]:
        counted = [(bit, rule) for bit, rule in enumerate(rules) if rule.counted]
        if not counted:
            return ()
        parts, after = [], self._shown("value")
        for bit, _ in counted:
            hit = f"FILTER (WHERE fired & {1 << bit}::UINTEGER <> 0)"
            example = f"struct_pack(row := first, before := raw, after := {after})"
            parts.append(f"coalesce(sum(n) {hit}, 0), arg_min({example}, first, {EXAMPLES}) {hit}")
        row = self.session.run(
            Statement(f"SELECT {', '.join(parts)} FROM {self.table} WHERE fired <> 0")
        ).rows[0]
        repairs = []
        for place, (_, rule) in enumerate(counted):
            count, found = row[place * 2 : place * 2 + 2]
            assert found is None or isinstance(found, list)
            shown = [(int(one["row"]), str(one["before"]), str(one["after"])) for one in found or ()]
            total = int(str(count))
            if self.usual is not None and self.usual.rule == rule.key:
                total += self._ordinary()
                shown = sorted([*shown, *self._ordinary_examples(self.usual)])[:EXAMPLES]
            if total:
                repairs.append(Repair(rule.key, self._label(), total, *shown[0][1:], examples=tuple(shown)))
        return tuple(repairs)

    def _ordinary(self) -> int:
        """How many cells are as usual: all those with something in them, but the cells of the table."""
        cells = f"SELECT count(*) FROM staged WHERE {written(self.column.source)}"
        sql = f"SELECT ({cells}) - (SELECT count(*) FROM {self.table})"
        return int(str(self.session.scalar(Statement(sql))))

    def _ordinary_examples(self, usual: Usual) -> list[tuple[int, str, str]]:
        value, where = (text.replace("{x}", "raw") for text in (usual.value, usual.where))
        sql = (
            f"SELECT first, raw, {value} FROM ({self.source()}) WHERE {where} ORDER BY first LIMIT {EXAMPLES}"
        )
        rows = self.session.run(Statement(sql)).rows
        return [(int(first), str(before), str(after)) for first, before, after in rows]

    def _shown(self, value: str) -> str:
        """SQL of a clean value as a person reads it; nothing for no value."""
        if self.column.storage == "VARCHAR[]":
            return f"coalesce(array_to_string({value}, ', '), '')"
        return f"coalesce(CAST({value} AS VARCHAR), '')"

    def _unread(self) -> Unread | None:
        sql = f"SELECT sum(n), arg_min(unread, first) FROM {self.table} WHERE unread IS NOT NULL"
        count, example = self.session.run(Statement(sql)).rows[0]
        return Unread(self._label(), int(str(count)), str(example)) if count else None

    def _label(self) -> str:
        return self.column.header if self.column.name.startswith("own.") else self.column.field
