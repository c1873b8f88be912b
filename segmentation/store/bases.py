"""Opens a base, brought up to date, and puts a backup in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

from segmentation.errors import StoreError
from segmentation.store.database import Database
from segmentation.store.migrations import migrate
from segmentation.store.oppositions import read_oppositions, restore_oppositions


def open_base(path: Path, *, create: bool = True) -> Database:
    """The base at ``path``, made when absent and ``create``, its schema brought up to date.

    Raises StoreError as ``segmentation.store.opening.connect`` and ``migrations.migrate`` do.
    """
    return Database.attach(path, create=create, settle=migrate)


def restore(base: Database, file: Path) -> None:
    """Put a backup in place of a base; the base as it was stays beside as ``<name>.before-restore``.

    Oppositions said since the backup are kept, and the version still goes forward. Questions under way are
    interrupted. Raises StoreError: ``error.store.missing``, ``error.store.damaged``…
    """
    copy = _verified_copy(base, Path(file).resolve())
    with base.writing:
        oppositions, version = read_oppositions(base), base.version
        base.backup(base.path.with_name(f"{base.path.name}.before-restore"))
        base.reconnect(copy)
        migrate(base)
        with base.session() as session, session.transaction(write=True):
            newest = str(max(version, session.version()))
            session.sql("UPDATE meta SET value = ? WHERE key = 'version'", newest)
            restore_oppositions(session, oppositions)
            session.bump()


def _verified_copy(base: Database, file: Path) -> Path:
    """A copy of a backup beside the base, opened once to know that it is a base."""
    if not file.is_file():
        raise StoreError("error.store.missing", name=file.name)
    copy = base.path.with_name(f".{base.path.name}.restored")
    shutil.copyfile(file, copy)
    try:
        with open_base(copy, create=False) as checked:
            checked.sealed()
    except StoreError as error:
        copy.unlink(missing_ok=True)
        raise StoreError(error.code, **{**error.values, "name": file.name}) from error
    return copy
