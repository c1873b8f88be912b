"""How well the nine rules find duplicates, on files whose truth is known, and how long a large base takes.

    python -m benchmarks.duplicates --data DIR

``DIR`` holds ``febrl/dataset1.csv`` to ``dataset3.csv`` (the truth is in their ``rec_id``, which no rule
sees, nor the social security number). Prints precision, recall and F1 over pairs, once pairs are joined into
groups; then the same, and the seconds, for 100,000 made-up contacts, six in a hundred of them written twice
with a slip. Exit 1 when a floor is missed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from segmentation.criteria.fold import fold_text
from segmentation.intake.duplicate_groups import groups_of, join_pairs
from segmentation.intake.duplicates import compare_contacts, find_pairs, finish_compared
from segmentation.reference.files import FIRST_NAMES, LAST_NAMES, POSTAL_CODES, columns
from segmentation.store.bases import open_base
from segmentation.store.session import Session

FLOORS: Mapping[str, float] = {"dataset1": 0.961, "dataset2": 0.97, "dataset3": 0.955}
PRECISE = 0.99
CONTACTS, SECONDS = 100_000, 10.0
_COLUMNS = ("email", "first", "last", "whole", "born", "postal", "address")


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of one person that were found, over pairs found and pairs that are there."""

    name: str
    people: int
    precision: float
    recall: float
    seconds: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    def __str__(self) -> str:
        return (
            f"{self.name:<12} {self.people:>7} contacts   precision {self.precision:.4f}   recall"
            f" {self.recall:.4f}   F1 {self.f1:.4f}   {self.seconds:.2f} s"
        )


def scored(name: str, truth: Sequence[Hashable], groups: Sequence[Sequence[int]], seconds: float) -> Scored:
    """Compare groups of places in ``truth`` with it: every two of a group are a pair found."""
    found = sum(_pairs(len(group)) for group in groups)
    right = sum(_pairs(n) for group in groups for n in Counter(truth[i] for i in group).values())
    there = sum(_pairs(n) for n in Counter(truth).values())
    return Scored(name, len(truth), right / max(found, 1), right / max(there, 1), seconds)


def _pairs(people: int) -> int:
    return people * (people - 1) // 2


def febrl(session: Session, path: Path) -> Scored:
    """One FEBRL file, its texts as they are written."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {key.strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)
        ]
    truth = [row["rec_id"].split("-")[1] for row in rows]
    people = [
        (
            None,
            fold_text(row["given_name"]) or None,
            fold_text(row["surname"]) or None,
            None,
            row["date_of_birth"] or None,
            row["postcode"] or None,
            fold_text(f"{row['street_number']} {row['address_1']}".strip()) or None,
        )
        for row in rows
    ]
    table = {
        name: pa.array([one[place] for one in people], pa.string()) for place, name in enumerate(_COLUMNS)
    }
    numbers = pa.array(range(len(people)), pa.int64())
    start = time.perf_counter()
    session.register("febrl", pa.table({"contact_id": numbers, **table}))
    session.sql(
        "CREATE OR REPLACE TEMP TABLE compared AS SELECT *, TRUE AS fresh, []::VARCHAR[] AS phones FROM febrl"
    )
    session.unregister("febrl")
    finish_compared(session)
    find_pairs(session)
    groups = join_pairs((a, b) for a, b in session.sql("SELECT contact_id, other_id FROM pairs").rows)
    return scored(path.stem, truth, groups, time.perf_counter() - start)


def made_up(session: Session, count: int) -> Scored:
    """Contacts with the first names, last names and towns of France; some written twice with a slip."""
    people, truth = _people(count, random.Random(7))
    names = (
        "contact_id",
        "first_name",
        "last_name",
        "email",
        "mobile",
        "birth_date",
        "postal_code",
        "address1",
    )
    table = pa.table({name: [one[place] for one in people] for place, name in enumerate(names)})
    session.register("made_up", table)
    session.sql(
        "INSERT INTO contacts BY NAME SELECT * REPLACE (contact_id::INTEGER AS contact_id), TRUE AS live,"
        " fold_text(first_name) AS first_name__key, fold_text(last_name) AS last_name__key,"
        " fold_text(address1) AS address1__key FROM made_up"
    )
    start = time.perf_counter()
    compare_contacts(session)
    found = groups_of(session)
    return scored("made up", truth, [group.ids for group in found], time.perf_counter() - start)


def _people(count: int, dice: random.Random) -> tuple[list[tuple[object, ...]], list[int]]:
    first, rank_f, rank_m = columns(FIRST_NAMES, ["prenom_norm", "rang_f", "rang_m"])
    known = sorted(zip(first, rank_f, rank_m, strict=True), key=lambda row: min(row[1] or 1e9, row[2] or 1e9))
    firsts = [str(row[0]) for row in known[:2_000]]
    lasts = [str(name) for name in columns(LAST_NAMES, ["nom"])[0][:20_000]]
    codes = [str(code) for code in columns(POSTAL_CODES, ["code_postal"])[0][:800]]
    singles = round(count * 0.94)
    rows = [_person(number, firsts, lasts, codes, dice) for number in range(singles)]
    truth = list(range(singles))
    for number in range(singles, count):
        of = dice.randrange(singles)
        rows.append((number, *_again(rows[of][1:], dice)))
        truth.append(of)
    return rows, truth


def _person(
    number: int, firsts: list[str], lasts: list[str], codes: list[str], dice: random.Random
) -> tuple[object, ...]:
    first = firsts[int(len(firsts) * dice.random() ** 2)]
    last = lasts[int(len(lasts) * dice.random() ** 2)]
    return (
        number,
        first,
        last,
        f"{fold_text(first)}.{fold_text(last)}{dice.randrange(99)}@gmail.example".replace(" ", "")
        if dice.random() < 0.8
        else None,
        f"+336{dice.randrange(10**8):08d}" if dice.random() < 0.6 else None,
        date(1940, 1, 1) + timedelta(days=dice.randrange(25_000)) if dice.random() < 0.5 else None,
        codes[int(len(codes) * dice.random() ** 2)],
        f"{dice.randrange(1, 120)} rue {lasts[dice.randrange(200)]}" if dice.random() < 0.7 else None,
    )


def _again(values: Sequence[object], dice: random.Random) -> tuple[object, ...]:
    """The same person written a second time: a slip in a name, values left out."""
    first, last, *rest = values
    kept = [value if dice.random() < 0.7 else None for value in rest]
    slip = dice.randrange(4)
    if slip == 0:
        return (_slip(str(first), dice), last, *kept)
    if slip == 1:
        return (first, _slip(str(last), dice), *kept)
    return (last, first, *kept) if slip == 2 else (first, last, *kept)


def _slip(text: str, dice: random.Random) -> str:
    place = dice.randrange(1, max(len(text), 2))
    return text[:place] + dice.choice(["", "e", text[place - 1 : place]]) + text[place + 1 :]


def main() -> int:
    """Run everything; 1 when a floor is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.duplicates")
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--contacts", type=int, default=CONTACTS)
    options = asked.parse_args()
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        base = open_base(Path(folder) / "b.duckdb")
        with base.session() as session, session.transaction(write=True):
            for name, floor in FLOORS.items():
                line = febrl(session, options.data / "febrl" / f"{name}.csv")
                fine = fine and line.f1 >= floor and line.precision >= PRECISE
                print(line)
            line = made_up(session, options.contacts)
            fine = fine and line.seconds <= SECONDS
            print(line)
        base.close()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
