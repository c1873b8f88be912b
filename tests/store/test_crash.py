"""Killed in the middle of an import, a base opens as it was, or as it had become: nothing in between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from segmentation.results import Statement
from segmentation.store.bases import open_base

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from segmentation.store.bases import open_base
from segmentation.store.imports import Import, next_import_id, record_import, take_contact_ids
from segmentation.store.touched import note_touched, refold_touched

base = open_base(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with base.session() as session, session.transaction(write=True):
        number, first = next_import_id(session), take_contact_ids(session, 4000)
        record_import(session, Import(number, "contacts", rows_loaded=4000))
        session.sql("INSERT INTO import_contacts BY NAME SELECT ? AS import_id, i AS row_number,"
                    " (? + i)::INTEGER AS contact_id, 'Ville ' || i % 90 AS city FROM range(4000) r(i)",
                    number, first)
        note_touched(session, number, prefix="touched")
        refold_touched(session, prefix="touched")
        session.bump()
    print("committed", number, flush=True)
"""


def test_kill_in_the_middle_of_commits(tmp_path: Path) -> None:
    path, dice, told = tmp_path / "b.duckdb", random.Random(7), 0
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "ready"
        lines = [writer.stdout.readline() for _ in range(dice.randint(1, 3))]
        time.sleep(dice.uniform(0, 0.3))  # anywhere in the next commits: nothing depends on where
        os.kill(writer.pid, signal.SIGKILL)
        whole = [line for line in (*lines, *writer.stdout) if line.endswith("\n")]
        committed = [int(line.split()[1]) for line in whole if line.startswith("committed")]
        writer.wait()
        told = max([told, *committed])
        with open_base(path) as base:
            numbers, version, given = base.run(
                Statement(
                    "SELECT (SELECT count(*) FROM imports),"
                    " (SELECT value::BIGINT FROM meta WHERE key = 'version'),"
                    " (SELECT value::BIGINT FROM meta WHERE key = 'next_contact_id')"
                )
            ).rows[0]
            assert numbers in (told, told + 1), "all that was said to be kept is there, and at most one more"
            told = numbers
            assert version == 1 + numbers
            assert given == 1 + 4000 * numbers
            for table in ("contacts", "import_contacts"):
                count, cities = base.run(Statement(f"SELECT count(*), count(city) FROM {table}")).rows[0]
                assert count == cities == 4000 * numbers
    assert told > 0
