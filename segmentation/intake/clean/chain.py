"""Runs the rules of one column over its distinct values and reads what is left as the column's type.

A table holds only what is not as usual: texts that the rules leave as they are are made where the rows are
joined; so are ordinary addresses and numbers in a column whose cells nearly all differ, read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from segmentation.intake.clean import consent, emails, identifiers, lists, numbers, phones
from segmentation.intake.clean.account import repairs_of, unread_of
from segmentation.intake.clean.columns import CONSENT_FIELDS, Cleaned, Column, Repair
from segmentation.intake.clean.context import Context, written
from segmentation.intake.clean.rules import Rule
from segmentation.intake.clean.usual import Usual, stays_as_written, usual_cells
from segmentation.results import Statement
from segmentation.store.session import Session


@dataclass(slots=True)
class Chain:
    """The making of one column's table of values; ``home`` is SQL of the country of a row without a word."""

    session: Session
    column: Column
    number: int
    by_row: bool
    by_country: bool
    country: Column | None
    home: str

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
        code, joined = self.home, ""
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
        usual = usual_cells(context, rules) if self.by_row else None
        if usual is not None:
            sql = f"SELECT * FROM ({sql}) WHERE NOT {usual.where.replace('{x}', 'raw')}"
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
        repairs: tuple[Repair, ...] = ()
        if kept or usual is not None:
            about = {"table": self.table, "source": self.source()}
            repairs = repairs_of(self.session, self.column, rules, usual=usual, **about)
        left_out = usual or Usual("", "{x}" if stays_as_written(self.column, context) else "NULL", "NULL")
        return Cleaned(
            self.column,
            self.table,
            self.by_row,
            self.by_country,
            repairs,
            unread_of(self.session, self.column, self.table) if kept else None,
            context,
            left_out.value,
            left_out.flag,
            kept == 0 and left_out.value != "NULL",
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
            " WHERE fired <> 0 OR value IS DISTINCT FROM raw"
            if stays_as_written(self.column, context)
            else "",
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
