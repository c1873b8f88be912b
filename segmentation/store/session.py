"""One cursor with its temporary tables and its transactions; DuckDB's own errors stop at this border."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import numpy as np

from segmentation.results import Statement, Value
from segmentation.store.opening import refusal

if TYPE_CHECKING:
    import pyarrow


class Owner(Protocol):
    """What a session knows of its base: its file, its one writer, the version of its last change, how many
    writing blocks were kept."""

    path: Path
    writing: RLock
    version: int
    commits: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A drained result: the names of its columns and its rows as plain Python values."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def quoted(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(eq=False, slots=True, weakref_slot=True)
class Session:
    """A cursor of a base; made by ``Database.session``, used by one thread at a time."""

    database: Owner
    cursor: duckdb.DuckDBPyConnection
    is_writing: bool = False
    _depth: int = 0
    _version: int | None = None

    def run(self, statement: Statement) -> Rows:
        """All the rows of one statement (none for a statement that answers nothing)."""
        try:
            self.cursor.execute(statement.sql, list(statement.params))
            columns = tuple(column[0] for column in self.cursor.description or ())
            return Rows(columns, self.cursor.fetchall() if columns else [])
        except duckdb.Error as error:
            raise refusal(error, self.database.path) from error

    def sql(self, text: str, *params: Value) -> Rows:
        """``run`` for the store's own statements."""
        return self.run(Statement(text, params))

    def arrays(self, statement: Statement) -> dict[str, np.ndarray]:
        """The columns of one statement as numpy arrays (masked where NULL; DECIMAL as float64)."""
        try:
            return self.cursor.execute(statement.sql, list(statement.params)).fetchnumpy()
        except duckdb.Error as error:
            raise refusal(error, self.database.path) from error

    def arrow(self, statement: Statement) -> pyarrow.Table:
        """The result of one statement as an Arrow table."""
        try:
            return self.cursor.sql(statement.sql, params=list(statement.params)).to_arrow_table()
        except duckdb.Error as error:
            raise refusal(error, self.database.path) from error

    def scalar(self, statement: Statement) -> Any:
        """The first value of the first row, None when there is no row."""
        rows = self.run(statement).rows
        return rows[0][0] if rows else None

    def register(self, name: str, table: pyarrow.Table) -> None:
        """Make an Arrow table readable under ``name`` by this session alone."""
        self.cursor.register(name, table)

    def unregister(self, name: str) -> None:
        """Forget a registered table."""
        self.cursor.unregister(name)

    def stage_csv(
        self,
        table_name: str,
        path: Path,
        columns: Sequence[str],
        *,
        delimiter: str = ",",
        quote: str = '"',
        skip: int = 0,
        numbers: Collection[str] = (),
    ) -> int:
        """Load a regular UTF-8 CSV of the workdir into a temporary table; the number of rows.

        All columns are text, but those of ``numbers``, which are whole numbers.

        The reader of files writes what is staged here, so one irregular record is an error
        (``error.store.query``), never a row left out. An empty cell, quoted or not, is NULL.
        """
        kinds = {name: "BIGINT" if name in numbers else "VARCHAR" for name in columns}
        types = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': '{kind}'" for name, kind in kinds.items())
        sql = (
            f"CREATE OR REPLACE TEMP TABLE {quoted(table_name)} AS SELECT * FROM read_csv(?,"
            f" auto_detect=false, header=false, delim=?, quote=?, escape=?, skip={int(skip)},"
            f" columns={{{types}}}, nullstr='', allow_quoted_nulls=true, max_line_size=16000000)"
        )
        rows = self.run(Statement(sql, (str(path), delimiter, quote, quote))).rows
        return int(rows[0][0])

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[None]:
        """A block of one version: all its reads see the same base; its writes are kept whole or not at all.

        Writing blocks wait for one another (one lock per base). A block inside a block joins it.
        """
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        if write:
            with self.database.writing:
                self.is_writing = True
                try:
                    with self._begun():
                        yield
                    if self._version is not None:
                        self.database.version = self._version
                    self.database.commits += 1
                finally:
                    self.is_writing, self._version = False, None
        else:
            with self._begun():
                yield

    @contextmanager
    def _begun(self) -> Iterator[None]:
        self.run(Statement("BEGIN TRANSACTION"))
        self._depth = 1
        try:
            yield
            self.run(Statement("COMMIT"))
        except BaseException:
            self._rollback()
            raise
        finally:
            self._depth = 0

    def _rollback(self) -> None:
        try:
            self.cursor.execute("ROLLBACK")
        except duckdb.Error:
            """A failed commit has already ended the transaction."""

    def version(self) -> int:
        """The version this session sees; inside a transaction, that of the transaction."""
        return int(self.scalar(Statement("SELECT value FROM meta WHERE key = 'version'")) or 0)

    def bump(self) -> int:
        """The next version, inside a writing transaction; known to others once it is committed."""
        assert self.is_writing, "a version changes inside a writing transaction only"
        if self._version is None:
            self._version = self.version() + 1
            self.run(Statement("UPDATE meta SET value = ? WHERE key = 'version'", (str(self._version),)))
        return self._version

    def interrupt(self) -> None:
        """Stop the question under way; its caller gets CancelledError."""
        self.cursor.interrupt()
