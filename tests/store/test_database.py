"""A base is locked down, held by one process, read at one version, and its errors are sentences."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from segmentation.errors import CancelledError, StoreError
from segmentation.results import Statement
from segmentation.store.bases import open_base, restore
from segmentation.store.database import Database
from segmentation.store.opening import workdir_of

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from segmentation.errors import StoreError
from segmentation.store.bases import open_base
try:
    open_base(Path(sys.argv[1])).close()
    print("opened")
except StoreError as error:
    print(error.code, error.values.get("pid"))
"""


def elsewhere(path: Path) -> str:
    """What another process says when it opens the base."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def number(base: Database, sql: str) -> int:
    return int(base.scalar(Statement(sql)))


def test_another_process_is_told_who_holds_the_base_even_after_a_backup(
    base: Database, tmp_path: Path
) -> None:
    import os

    assert elsewhere(base.path) == f"error.store.locked {os.getpid()}"
    base.backup(tmp_path / "copy.duckdb")
    assert elsewhere(base.path) == f"error.store.locked {os.getpid()}"
    assert elsewhere(tmp_path / "copy.duckdb") == "opened"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd', columns={'a': 'VARCHAR'}, auto_detect=false)",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/carnet-leak.csv'",
        "ATTACH '/tmp/carnet-other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD '/tmp/x.duckdb_extension'",
        "SELECT * FROM 'https://example.com/x.parquet'",
        "SET memory_limit='1GB'",
        "SET enable_external_access=true",
        "SELECT * FROM frame",
    ],
)
def test_nothing_outside_the_base_can_be_reached(base: Database, sql: str) -> None:
    import pandas as pd

    frame = pd.DataFrame({"secret": [1]})
    with pytest.raises(StoreError):
        base.run(Statement(sql))
    assert len(frame) == 1


@pytest.mark.parametrize("content", [b"", b"not a base at all", b"\x00" * 20_000])
def test_a_damaged_file_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreError) as refusal:
        open_base(path)
    assert refusal.value.code == "error.store.damaged"
    assert path.read_bytes() == content


def test_a_base_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.duckdb"
    open_base(path).close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError) as refusal:
        open_base(path)
    assert refusal.value.code in ("error.store.damaged", "error.store.query")


def test_a_base_of_a_later_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "later.duckdb"
    with open_base(path) as made, made.session() as session, session.transaction(write=True):
        session.sql("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    with pytest.raises(StoreError) as refusal:
        open_base(path)
    assert refusal.value.code == "error.store.newer"
    assert elsewhere(path) == "error.store.newer None"


def test_a_duckdb_file_that_is_no_base_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE contacts (a INTEGER)")
    with pytest.raises(StoreError) as refusal:
        open_base(path)
    assert refusal.value.code == "error.store.foreign"


def test_a_missing_base_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refusal:
        open_base(tmp_path / "none.duckdb", create=False)
    assert refusal.value.code == "error.store.missing"
    assert not list(tmp_path.iterdir())


def test_opening_twice_gives_the_same_base_until_both_close(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    first, second = open_base(path), open_base(tmp_path / "." / "b.duckdb")
    assert first is second
    first.close()
    assert number(second, "SELECT 1") == 1
    second.close()
    assert elsewhere(path) == "opened"


def test_the_workdir_is_private_and_emptied(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    workdir_of(path).mkdir()
    (workdir_of(path) / "left.csv").write_text("a;b")
    base = open_base(path)
    assert base.workdir.stat().st_mode & 0o777 == 0o700
    assert not list(base.workdir.iterdir())
    (base.workdir / "upload").write_text("x")
    base.close()
    assert not base.workdir.exists()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_failed_block_keeps_nothing_and_no_version(base: Database) -> None:
    before = base.version

    def fail() -> None:
        with base.session() as session, session.transaction(write=True):
            session.sql("INSERT INTO mappings BY NAME SELECT 'f' AS fingerprint")
            session.bump()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with base.session() as session:
        with pytest.raises(StoreError), session.transaction(write=True):
            session.sql("INSERT INTO mappings BY NAME SELECT now() + 'x' AS created_at")
        with session.transaction(write=True):
            assert session.version() == before, "a session goes on after a failed block"
    assert base.version == before
    assert number(base, "SELECT count(*) FROM mappings") == 0
    with base.session() as session, session.transaction(write=True):
        assert session.bump() == before + 1
        assert session.bump() == before + 1, "one version per block"
        assert base.version == before, "others see it once it is committed"
    assert base.version == before + 1


def test_a_reading_block_sees_one_version(base: Database) -> None:
    with base.session() as reader, reader.transaction(write=False):
        seen = reader.version()
        with base.session() as writer, writer.transaction(write=True):
            writer.sql("INSERT INTO mappings BY NAME SELECT 'f' AS fingerprint")
            writer.bump()
        assert reader.version() == seen
        assert reader.scalar(Statement("SELECT count(*) FROM mappings")) == 0
    assert base.version == seen + 1


def test_writers_wait_for_one_another(base: Database) -> None:
    def add() -> None:
        for _ in range(5):
            with base.session() as session, session.transaction(write=True):
                session.bump()

    before = base.version
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert base.version == before + 20


def test_a_long_question_can_be_stopped(base: Database) -> None:
    timer = threading.Timer(0.3, base.interrupt)
    timer.start()
    with pytest.raises(CancelledError):
        base.run(
            Statement(
                "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) = 1"
            )
        )
    assert number(base, "SELECT 1") == 1


def test_staging_counts_rows_and_refuses_an_irregular_file(base: Database) -> None:
    path = base.workdir / "staged.csv"
    path.write_text('_row;h000\n2;"a;""b"\n3;\n4;"two\nlines"\n', encoding="utf-8")
    with base.session() as session:
        assert session.stage_csv("staged", path, ("_row", "h000"), delimiter=";", skip=1) == 3
        assert session.sql("SELECT h000 FROM staged ORDER BY _row").rows == [
            ('a;"b',),
            (None,),
            ("two\nlines",),
        ]
        path.write_text("_row;h000\n2;a;c\n", encoding="utf-8")
        with pytest.raises(StoreError):
            session.stage_csv("staged", path, ("_row", "h000"), delimiter=";", skip=1)


def test_temporary_tables_are_private(base: Database) -> None:
    with base.session() as one, base.session() as other:
        one.sql("CREATE TEMP TABLE mine AS SELECT 1 AS a")
        with pytest.raises(StoreError):
            other.sql("SELECT * FROM mine")


def test_restore_brings_back_rows_but_keeps_oppositions_and_goes_forward(
    base: Database, tmp_path: Path
) -> None:
    from segmentation.store.oppositions import add_oppositions, is_opposed

    with base.session() as session, session.transaction(write=True):
        session.sql(
            "INSERT INTO import_contacts BY NAME"
            " SELECT 1 AS import_id, 1 AS row_number, 1 AS contact_id, 'a@b.example' AS email"
        )
        session.sql(
            "INSERT INTO contacts BY NAME SELECT 1 AS contact_id, TRUE AS live, 'a@b.example' AS email"
        )
        session.bump()
    base.backup(tmp_path / "old.duckdb")
    with base.session() as session, session.transaction(write=True):
        session.sql("INSERT INTO mappings BY NAME SELECT 'f' AS fingerprint")
        add_oppositions(session, ["A@b.example "], channels=["email"], reason="asked")
    version = base.version
    restore(base, tmp_path / "old.duckdb")
    assert base.version > version
    assert number(base, "SELECT count(*) FROM mappings") == 0
    assert is_opposed(base, "a@b.example", "email")
    assert base.run(Statement("SELECT contact_id, channel, state FROM consents")).rows == [(1, "email", "no")]
    assert base.path.with_name(f"{base.path.name}.before-restore").is_file()


def test_restore_refuses_a_file_that_is_no_base(base: Database, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"nothing of a base")
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(StoreError) as refusal:
        restore(base, bad)
    assert refusal.value.code == "error.store.damaged"
    assert number(base, "SELECT count(*) FROM contacts") == 0
    assert {path.name for path in tmp_path.iterdir()} == before
