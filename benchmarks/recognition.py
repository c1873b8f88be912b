"""How well columns are recognised on files held apart, beside what names alone would say.

``python -m benchmarks.recognition``. The files of ``benchmarks/held_apart`` were never used to set the
recogniser (its README says how they were written). Two figures matter: *top-1*, the share of columns whose
best guess is right (the user's own field included), and *accepted*, the share that is right among the columns
given a field without a question: it is to be at least 99 in 100.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from segmentation.intake.read import read_file
from segmentation.intake.recognise import ColumnGuess, recognise
from segmentation.intake.recognise.headers import named
from segmentation.intake.recognise.kinds import FAMILY
from segmentation.intake.recognise.model import ACCEPTED, ASKED, LEFT_OUT

FOLDER = Path(__file__).with_name("held_apart")
_BLOCK = re.compile(r"# (\w+) (contacts|orders|order_lines|events)")


@dataclass(frozen=True, slots=True)
class Case:
    """A file: its kind, and each header with the fields that are right ("" = own) and its values."""

    name: str
    kind: str
    columns: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A column once recognised: what it truly is, what was guessed, how, whether it is asked about, and what
    its name alone would say."""

    file: str
    header: str
    true: frozenset[str]
    guess: str
    accepted: bool
    asked: bool
    by_name: str


def cases(path: Path) -> Iterator[Case]:
    """The files of one text."""
    blocks: list[tuple[str, str, list[tuple[str, frozenset[str], tuple[str, ...]]]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := _BLOCK.fullmatch(line):
            blocks.append((found[1], found[2], []))
        elif line.strip():
            header, _, rest = line.partition(" = ")
            fields, _, values = rest.partition(":")
            true = frozenset(one.strip() for one in fields.split("/"))
            blocks[-1][2].append((header, true, tuple(value.strip() for value in values.split("|"))))
    for name, kind, columns in blocks:
        yield Case(name, kind, tuple(columns))


def looked_at(case: Case, folder: Path) -> tuple[str, list[Seen]]:
    """The kind found and each column as recognised, the file written as a French or an English sheet."""
    path = folder / f"{case.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter=";" if any("é" in header for header, *_ in case.columns) else ",")
        rows.writerow(header for header, _, _ in case.columns)
        rows.writerows(zip(*(values for *_, values in case.columns), strict=True))
    table = read_file(path, name=path.name, workdir=folder)
    found = recognise(table)
    seen = [
        Seen(
            case.name,
            header,
            true,
            guess=_key(guess),
            accepted=_is_accepted(guess),
            asked=not guess.accepted and guess.field != LEFT_OUT,
            by_name=_by_name(header, case.kind),
        )
        for (header, true, _), guess in zip(case.columns, found.columns, strict=True)
    ]
    return found.kind, seen


def _key(guess: ColumnGuess) -> str:
    return guess.field or ""


def _is_accepted(guess: ColumnGuess) -> bool:
    return guess.field not in (None, "-") and guess.certainty >= ACCEPTED


def _by_name(header: str, kind: str) -> str:
    """What the header alone would say."""
    found = named(header, FAMILY[kind])
    return found[0].key if found and found[0].score >= ASKED else ""


def report(path: Path) -> str:
    """The lines of one batch: its figures, then each column that is wrong."""
    kinds, seen = [], []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(path):
            kind, columns = looked_at(case, Path(folder))
            kinds.append((case, kind))
            seen += columns
    accepted = [one for one in seen if one.accepted]
    right = sum(one.guess in one.true for one in accepted)
    fields = sum("" not in one.true for one in seen)
    asked = Counter(one.file for one in seen if one.asked)
    lines = [
        f"{path.stem}: {len(kinds)} files, {len(seen)} columns",
        f"  kind of file      {_share(sum(case.kind == kind for case, kind in kinds), len(kinds))}",
        f"  names only, top-1 {_share(sum(one.by_name in one.true for one in seen), len(seen))}",
        f"  top-1             {_share(sum(one.guess in one.true for one in seen), len(seen))}",
        f"  accepted, right   {_share(right, len(accepted))}",
        f"  accepted unasked  {_share(len(accepted), fields)} of the columns that are a field",
        f"  asked about       {median(asked[case.name] for case, _ in kinds):4} columns in a file (median)",
    ]
    lines += [
        f"  kind: {case.name} is {case.kind}, seen as {kind}" for case, kind in kinds if case.kind != kind
    ]
    lines += [
        f"  {'ACCEPTED ' if one.accepted else ''}{one.file} « {one.header} »: {one.guess or 'own'},"
        f" truly {'/'.join(sorted(field or 'own' for field in one.true))}"
        for one in seen
        if one.guess not in one.true
    ]
    return "\n".join(lines)


def _share(count: int, whole: int) -> str:
    return f"{count:4} / {whole:<4} {100 * count / max(whole, 1):5.1f} %"


def main() -> None:
    """Print the figures of each batch, or of the files named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("files", nargs="*", type=Path, default=sorted(FOLDER.glob("*.txt")))
    for path in asked.parse_args().files:
        print(report(path))


if __name__ == "__main__":
    main()
