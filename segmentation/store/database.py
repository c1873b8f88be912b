"""One base: one DuckDB file, one cursor per question, one writer at a time, one version counter.

A ``Database`` is opened once per file and process; opening the same file again gives the same object.
DuckDB refuses two calls at once on a connection, so each question takes a cursor of its own and drains it.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakSet

import duckdb
import numpy as np

from segmentation.errors import CarnetError, StoreError
from segmentation.results import Statement
from segmentation.store.opening import connect, empty_workdir, refusal, workdir_of
from segmentation.store.session import Rows, Session

if TYPE_CHECKING:
    import pyarrow

_COPY = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"


@dataclass(eq=False, slots=True, weakref_slot=True)
class Database:
    """A base open for reading and writing; made by ``bases.open_base``, given back by ``close``."""

    path: Path
    workdir: Path
    connection: duckdb.DuckDBPyConnection
    writing: threading.RLock
    sessions: WeakSet[Session]
    version: int = 0
    commits: int = 0
    users: int = 1
    _open: ClassVar[dict[Path, Database]] = {}
    _opening: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def attach(cls, path: Path, *, create: bool, settle: Callable[[Database], None]) -> Database:
        """The base at ``path``: the one already open, else the file, made when absent and ``create``, once
        ``settle`` has made it ready.

        Raises StoreError as ``segmentation.store.opening.connect`` and ``settle`` do.
        """
        path = Path(path).resolve()
        with cls._opening:
            if (known := cls._open.get(path)) is not None:
                known.users += 1
                return known
            base = cls(path, workdir_of(path), connect(path, create=create), threading.RLock(), WeakSet())
            try:
                settle(base)
                base.version = base._read_version()
            except BaseException:
                base.connection.close()
                raise
            cls._open[path] = base
            return base

    def reconnect(self, file: Path) -> None:
        """Put ``file`` in place of this base's file; questions under way are interrupted. The caller writes
        alone."""
        self.interrupt()
        for session in list(self.sessions):
            session.cursor.close()
        self.connection.close()
        file.replace(self.path)
        self.connection = connect(self.path, create=False)
        self.commits += 1

    def close(self) -> None:
        """Give the base back; the last user closes the file and empties its workdir."""
        with Database._opening:
            self.users -= 1
            if self.users == 0:
                Database._open.pop(self.path, None)
                self.connection.close()
                empty_workdir(self.path)
                self.workdir.rmdir()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A cursor of its own, with temporary tables private to it, closed at the end of the block."""
        try:
            cursor = self.connection.cursor()
        except duckdb.Error as error:
            raise refusal(error, self.path) from error
        session = Session(self, cursor)
        self.sessions.add(session)
        try:
            yield session
        finally:
            self.sessions.discard(session)
            cursor.close()

    def run(self, statement: Statement) -> Rows:
        """All the rows of one statement."""
        with self.session() as session:
            return session.run(statement)

    def arrays(self, statement: Statement) -> dict[str, np.ndarray]:
        """The columns of one statement as numpy arrays (masked where NULL; DECIMAL as float64)."""
        with self.session() as session:
            return session.arrays(statement)

    def arrow(self, statement: Statement) -> pyarrow.Table:
        """The result of one statement as an Arrow table."""
        with self.session() as session:
            return session.arrow(statement)

    def scalar(self, statement: Statement) -> Any:
        """The first value of the first row, None when there is no row."""
        with self.session() as session:
            return session.scalar(statement)

    def interrupt(self) -> None:
        """Stop every question under way; whoever asked gets CancelledError. A commit is left alone."""
        for session in list(self.sessions):
            if not session.is_writing:
                session.interrupt()

    def backup(self, to: Path) -> None:
        """Copy the base, as of its last commit, to ``to`` (replaced when present).

        The copy is made by another process: opening and closing the file here would drop the lock that keeps
        other programs out (POSIX locks belong to the process). Raises StoreError ``error.store.backup``.
        """
        to = Path(to).resolve()
        if to == self.path:
            raise StoreError("error.store.backup", name=to.name)
        partial = to.with_name(f"{to.name}.part")
        with self.writing:
            try:
                self.sealed()
                command = [sys.executable, "-I", "-c", _COPY, str(self.path), str(partial)]
                subprocess.run(command, check=True, capture_output=True)
                partial.chmod(0o600)
                partial.replace(to)
            except (OSError, subprocess.CalledProcessError) as error:
                partial.unlink(missing_ok=True)
                raise StoreError("error.store.backup", name=to.name) from error

    def sealed(self) -> None:
        """Write everything into the file itself, nothing in the log beside it."""
        with self.session() as session:
            session.run(Statement("FORCE CHECKPOINT"))

    def settled(self) -> bool:
        """Write everything into the file itself unless a transaction is open; whether it was."""
        try:
            with self.session() as session:
                session.run(Statement("CHECKPOINT"))
        except CarnetError:
            return False
        return True

    def _read_version(self) -> int:
        value = self.scalar(Statement("SELECT value FROM meta WHERE key = 'version'"))
        return int(value or 0)
