"""Opens a DuckDB file locked down: no file, network or setting can be reached from SQL outside the workdir.

Measured on DuckDB 2.0: ``allowed_directories`` is refused in ``config``, so it is set right after opening,
before ``lock_configuration``; CHECKPOINT, spilling and registered Arrow tables still work after the lock.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from segmentation.errors import CancelledError, CarnetError, StoreError

_HOLDER = re.compile(r"PID (\d+)")
_NEWER = re.compile(r"version number (\d+), but we can only read", re.IGNORECASE)


def workdir_of(path: Path) -> Path:
    """The base's own folder for staging and spill: hidden, beside the file."""
    return path.with_name(f".{path.name}.work")


def connect(path: Path, *, create: bool) -> duckdb.DuckDBPyConnection:
    """A locked-down connection to ``path``; its workdir is emptied and private to the user.

    Raises StoreError: ``error.store.missing`` (no file and not ``create``), ``error.store.locked`` with the
    ``pid`` of the holder, ``error.store.newer``, ``error.store.damaged``, ``error.store.folder``.
    """
    if not create and not path.is_file():
        raise StoreError("error.store.missing", name=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and not os.access(path.parent, os.W_OK):
            raise StoreError("error.store.folder", name=str(path.parent))
    except OSError as error:
        raise StoreError("error.store.folder", name=str(path.parent)) from error
    try:
        connection = duckdb.connect(str(path), config=_configuration(workdir_of(path)))
    except duckdb.Error as error:
        raise refusal(error, path) from error
    empty_workdir(path)
    path.chmod(0o600)
    _lock_down(connection, workdir_of(path))
    return connection


def _configuration(workdir: Path) -> dict[str, str | bool | int | float | list[str]]:
    """Rows go to the file group by group as they are written: waiting for five, as DuckDB does, takes 350 MB
    more for a million contacts and no less time.
    """
    return {
        "threads": str(os.cpu_count() or 1),
        "memory_limit": "50%",
        "temp_directory": str(workdir / "spill"),
        "max_temp_directory_size": f"{_spill_limit(workdir.parent)}MB",
        "write_buffer_row_group_count": "1",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
    }


def _spill_limit(folder: Path) -> int:
    """Megabytes that spilling may take: half of what the disk has free."""
    return max(256, shutil.disk_usage(folder).free // 2 // 1_000_000)


def _lock_down(connection: duckdb.DuckDBPyConnection, workdir: Path) -> None:
    directory = str(workdir).replace("'", "''")
    for setting in (
        "SET TimeZone='UTC'",
        f"SET allowed_directories=['{directory}']",
        "SET python_enable_replacements=false",
        "SET enable_external_access=false",
        "SET lock_configuration=true",
    ):
        connection.execute(setting)


def empty_workdir(path: Path) -> None:
    """Leave an empty, private workdir: spilled and staged rows are plain text of personal data."""
    workdir = workdir_of(path)
    with suppress(OSError):
        shutil.rmtree(workdir)
    workdir.mkdir(mode=0o700, parents=True, exist_ok=True)


def refusal(error: duckdb.Error, path: Path) -> CarnetError:
    """The error of the house for a DuckDB error; the original stays its cause."""
    text = str(error)
    if isinstance(error, duckdb.InterruptException):
        return CancelledError()
    if "Could not set lock" in text or "being used by another process" in text:
        holder = _HOLDER.search(text)
        return StoreError("error.store.locked", pid=int(holder[1]) if holder else 0, name=path.name)
    if _NEWER.search(text):
        return StoreError("error.store.newer", name=path.name)
    if "No space left" in text or "max_temp_directory_size" in text:
        return StoreError("error.store.full", name=path.name)
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError("error.store.memory")
    if isinstance(error, (duckdb.SerializationException, duckdb.FatalException)) or _is_damage(error, text):
        return StoreError("error.store.damaged", name=path.name)
    return StoreError("error.store.query", kind=type(error).__name__)


def _is_damage(error: duckdb.Error, text: str) -> bool:
    return isinstance(error, duckdb.IOException) and (
        "not a valid DuckDB" in text or "Corrupt" in text or "checksum" in text or "truncated" in text
    )
