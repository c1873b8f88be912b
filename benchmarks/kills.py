"""A process that imports, merges and undoes is killed at random moments; the base is whole each time.

    python -m benchmarks.kills [--times 200] [--seed 1]

A worker brings the demonstration's files in, merges pairs of their contacts and takes all of it back, without
end, and says what it does. Each
kill (SIGKILL) aims at a stage drawn by chance, then at a moment inside it. The base is opened again: it is as
before the work under way, or as after it; it agrees with itself (``Workspace.check``); it counts what a run
that nobody killed counts; nothing is left in its work folder. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from segmentation.results import Progress, Statement, silent
from segmentation.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
FILES = ("clients.csv", "commandes.csv")
STAGES = ("read", "stage", "clean", "match", "write", "fold", "refresh", "done", "merge", "undo")
MERGE = "merge"
PAIRS = 40
"""Pairs of contacts one merge joins."""
LINES = 1_500
"""Lines of each file: its stages last long enough to be hit, and a hundred kills a few minutes."""
WAIT = 20.0
"""Seconds after which a stage that was not reached is no longer waited for."""

State = tuple[int, int, int]
"""How many contacts, orders and lines of the journal's imports a base holds."""


@dataclass(slots=True)
class Tally:
    """What the kills found: by stage, how many worked on a base as before, or as after; what was wrong."""

    stages: Counter[str] = field(default_factory=Counter)
    before: int = 0
    after: int = 0
    wrong: list[str] = field(default_factory=list)


def say(step: str, _share: float = 0.0) -> None:
    """Tell the parent which stage begins."""
    print("stage", step.rpartition(".")[2], flush=True)


def bring(base: Workspace, name: str, tell: Progress = silent) -> None:
    """Import the head of one file of the demonstration, telling each stage."""
    tell("read", 0.0)
    with (ROOT / "data" / "demo" / name).open("rb") as whole:
        head = base.database.workdir / f"head-{name}"
        head.write_bytes(b"".join(islice(whole, LINES)))
    table = base.read(head, name)
    head.unlink()
    request = base.request(table, base.recognise(table))
    base.commit(base.prepare(request, progress=tell), progress=tell)


def join(base: Workspace) -> None:
    """Merge the first contacts two by two."""
    first = "SELECT contact_id FROM contacts WHERE live ORDER BY contact_id LIMIT ?"
    found = [int(str(one)) for (one,) in base.database.run(Statement(first, (2 * PAIRS,))).rows]
    base.merge([found[place : place + 2] for place in range(0, len(found), 2)])


def work(path: Path) -> None:
    """Bring the files in, take them back, and so on, until killed."""
    with Workspace.open(path) as base:
        while True:
            for name in FILES:
                if standing(base).get(name) is None:
                    bring(base, name, say)
                    print("kept", base.version, flush=True)
            if standing(base).get(MERGE) is None:
                say(MERGE)
                join(base)
                print("kept", base.version, flush=True)
            for number in sorted(standing(base).values(), reverse=True):
                say("undo")
                base.undo(number)
                print("kept", base.version, flush=True)


def standing(base: Workspace) -> dict[str, int]:
    """The imports that count: name of the file, or ``merge`` → number."""
    return {row.file_name or row.kind: row.import_id for row in base.imports() if row.undone_at is None}


def state(base: Workspace) -> State:
    """What the base holds now."""
    counts = (
        "SELECT (SELECT count(*) FROM contacts WHERE live), (SELECT count(*) FROM orders),"
        " (SELECT count(*) FROM import_contacts) + (SELECT count(*) FROM import_orders)"
    )
    return base.database.run(Statement(counts)).rows[0]  # type: ignore[return-value]


def expected(folder: Path) -> dict[frozenset[str], State]:
    """What a base holds for each set of files that counts, when nobody is killed."""
    found: dict[frozenset[str], State] = {}
    for first, second in (FILES, FILES[::-1]):
        with Workspace.open(folder / f"{first}.duckdb") as base:
            found[frozenset()] = state(base)
            bring(base, first)
            found[frozenset({first})] = state(base)
            bring(base, second)
            found.setdefault(frozenset(FILES), state(base))
    return found


def kill_once(path: Path, dice: random.Random, tally: Tally, right: dict[frozenset[str], State]) -> None:
    """Start the worker, kill it somewhere, open the base again and look at it."""
    with Workspace.open(path) as base:
        told = base.version
    wanted, turns = dice.choice(STAGES), dice.randrange(1, 3)
    worker = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kills", "--work", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    heard = _listen(worker, wanted, turns)
    time.sleep(dice.choice((0, dice.uniform(0, 0.05), dice.uniform(0, 0.4))))
    worker.kill()
    heard += _listen(worker)
    if worker.wait() != -signal.SIGKILL:
        tally.wrong.append("the worker ended by itself")
    stages = [what for word, what in heard if word == "stage"]
    tally.stages[stages[-1] if stages else "opening"] += 1
    told = max([told, *(int(what) for word, what in heard if word == "kept")])
    look(path, told, tally, right)


def _listen(worker: subprocess.Popen[str], wanted: str = "", turns: int = 0) -> list[tuple[str, str]]:
    """What the worker says, until it begins ``wanted`` for that many turns, or for too long."""
    assert worker.stdout is not None
    heard, deadline = [], time.monotonic() + WAIT
    for line in worker.stdout:
        word, _, what = line.strip().partition(" ")
        heard.append((word, what))
        turns -= (word, what) == ("stage", wanted)
        if wanted and (turns <= 0 or time.monotonic() > deadline):
            break
    return heard


def look(path: Path, told: int, tally: Tally, right: dict[frozenset[str], State]) -> None:
    """Hold the base that a killed process left against what it said to have kept."""
    with Workspace.open(path) as base:
        leftovers = [item.name for item in base.database.workdir.iterdir()]
        stand, now, problems = frozenset(standing(base)), state(base), base.check()
        files = stand - {MERGE}
        merged = base.database.run(Statement("SELECT count(*) FROM merges")).rows[0][0]
        tally.before += base.version == told
        tally.after += base.version == told + 1
        if base.version not in (told, told + 1):
            tally.wrong.append(f"version {base.version} after {told} was said to be kept")
        if files != frozenset(FILES) and now != right[files]:
            tally.wrong.append(f"{sorted(files)}: {now} instead of {right[files]}")
        if stand == frozenset(FILES) and now[2] != right[files][2]:
            tally.wrong.append(f"both files: {now[2]} rows instead of {right[files][2]}")
        if merged != (PAIRS if MERGE in stand else 0):
            tally.wrong.append(f"{merged} contacts are merged, the history holds {sorted(stand)}")
        if problems:
            tally.wrong.append(f"the base disagrees with itself: {dict(problems)}")
        if leftovers:
            tally.wrong.append(f"left in the work folder: {leftovers}")


def kills(times: int, seed: int, folder: Path) -> Tally:
    """Kill ``times`` times on one base of ``folder``, which goes on from one to the next."""
    dice, tally, right = random.Random(seed), Tally(), expected(folder)
    for _ in range(times):
        kill_once(folder / "killed.duckdb", dice, tally, right)
    return tally


def main() -> int:
    """Kill, count, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(asked.work)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        tally = kills(asked.times, asked.seed, Path(folder))
    print(f"{asked.times} kills in {time.perf_counter() - begun:.0f} s, seed {asked.seed}")
    print("killed in stage:", ", ".join(f"{name} {count}" for name, count in tally.stages.most_common()))
    print(f"the base was as before the work {tally.before} times, as after it {tally.after} times")
    print("\n".join(tally.wrong) or "every base was whole")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
