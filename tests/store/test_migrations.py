"""An older base is copied, then brought forward whole or not at all; new fields get their columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import StoreError
from segmentation.results import Statement
from segmentation.store import migrations, schema
from segmentation.store.bases import open_base


def older(path: Path) -> int:
    """A base of the present version with one opposition in it; its version."""
    with open_base(path) as base, base.session() as session, session.transaction(write=True):
        session.sql("INSERT INTO oppositions (identifier_hash, channel) VALUES ('h', 'email')")
        return session.bump()


def test_steps_run_in_order_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.duckdb"
    version = older(path)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 3)
    steps = (
        (1, ("SELECT error('a step the base has behind it')",)),
        (2, ("ALTER TABLE segments ADD COLUMN shared BOOLEAN",)),
        (3, ("UPDATE segments SET shared = TRUE", "ALTER TABLE oppositions ADD COLUMN proof VARCHAR")),
    )
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    with open_base(path) as base:
        assert base.run(Statement("SELECT identifier_hash, proof FROM oppositions")).rows == [("h", None)]
        assert base.scalar(Statement("SELECT value FROM meta WHERE key = 'schema_version'")) == "3"
        assert base.version > version
    monkeypatch.undo()
    with open_base(tmp_path / "b.v1.backup.duckdb") as kept:
        assert kept.scalar(Statement("SELECT count(*) FROM oppositions")) == 1
    with pytest.raises(StoreError):
        open_base(path)


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.duckdb"
    older(path)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 2)
    failing = (
        (2, ("ALTER TABLE segments ADD COLUMN shared BOOLEAN", "ALTER TABLE nowhere ADD COLUMN a INTEGER")),
    )
    monkeypatch.setattr(migrations, "MIGRATIONS", failing)
    with pytest.raises(StoreError):
        open_base(path)
    monkeypatch.undo()
    with open_base(path) as base:
        columns = (
            "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'segments' AND column_name = 'shared'"
        )
        assert base.scalar(Statement(columns)) == 0


def test_a_field_the_dictionary_has_gained_gets_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    with open_base(path) as base:
        version = base.version
        for sql in (
            "ALTER TABLE import_contacts DROP COLUMN workplace",
            "ALTER TABLE contacts DROP COLUMN workplace",
            "ALTER TABLE contacts DROP COLUMN workplace__key",
        ):
            base.run(Statement(sql))
    with open_base(path) as base:
        assert base.version > version
        base.run(Statement("SELECT workplace, workplace__key FROM contacts"))
        base.run(Statement("SELECT workplace FROM import_contacts"))


def test_a_base_up_to_date_is_opened_without_a_change(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    version = older(path)
    with open_base(path) as base:
        assert base.version == version
    assert not list(tmp_path.glob("*.backup.*"))


def test_a_table_or_a_column_that_is_only_added_comes_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    with open_base(path) as base:
        base.run(Statement("INSERT INTO exports (export_id, channel) VALUES (1, 'email')"))
        base.run(Statement("DROP TABLE export_members"))
        base.run(Statement("ALTER TABLE exports DROP COLUMN options"))
        version = base.version
    with open_base(path) as base:
        assert base.version > version
        rows = base.run(Statement("SELECT channel, options FROM exports")).rows
        assert rows == [("email", None)]
        assert base.scalar(Statement("SELECT count(*) FROM export_members")) == 0
        version = base.version
    with open_base(path) as base:
        assert base.version == version
