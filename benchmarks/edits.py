"""How long a person waits after changing a criterion, and what hand-written SQL takes for the same answer."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.questions import QUESTIONS, Question, tree
from benchmarks.stopwatch import milliseconds
from segmentation.audience.bitmaps import SHARED
from segmentation.criteria.codec import criterion_from_json as from_json
from segmentation.results import Statement
from segmentation.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Answered:
    """One criterion: people found, ms the first time, ms once kept, ms of hand-written SQL."""

    family: str
    name: str
    people: int
    cold: float
    cached: float
    sql: float

    @property
    def ratio(self) -> float:
        """How many times the hand-written SQL."""
        return self.cold / self.sql


@dataclass(frozen=True, slots=True)
class Edited:
    """A tree of five criteria, one edited: ms until the size, then with channels, pictures and 50 rows."""

    people: int
    size: float
    screen: float


class Disagreement(AssertionError):
    """Carnet and the hand-written SQL found different people."""


def answers(
    base: Path, raw: Path, day: date, *, turns: int, questions: Sequence[Question] = QUESTIONS
) -> list[Answered]:
    """Each question asked of both; raises Disagreement when one finds other people."""
    with (
        Workspace.open(base, as_of=day, create=False) as opened,
        duckdb.connect(str(raw), read_only=True, config={"threads": os.cpu_count() or 1}) as plain,
    ):
        named = _clients(opened)
        return [_answered(opened, plain, named, question, day, turns) for question in questions]


def _clients(opened: Workspace) -> np.ndarray:
    """Client number of each contact id."""
    rows = opened.database.run(Statement("SELECT contact_id, external_id FROM identities")).rows
    named = np.full(max(row[0] for row in rows) + 1, "", dtype=object)
    for contact, client in rows:
        named[contact] = client
    return named


def _answered(
    opened: Workspace,
    plain: duckdb.DuckDBPyConnection,
    named: np.ndarray,
    question: Question,
    day: date,
    turns: int,
) -> Answered:
    criterion, evaluator = from_json(question.criterion), opened.evaluator
    bound: Mapping[str, object] = {"day": day} if "$day" in question.sql else {}
    theirs = {row[0] for row in plain.execute(question.sql, bound).fetchall()}
    ours = set(named[evaluator.ids(criterion)])
    if ours != theirs:
        odd = sorted(ours ^ theirs)[:3]
        raise Disagreement(f"{question.name}: {len(ours)} people, by hand {len(theirs)}; {', '.join(odd)}")
    everyone = from_json({"all": []})

    def forget() -> None:
        SHARED.clear()
        evaluator.count(everyone)

    counted = f"SELECT count(*) FROM ({question.sql})"
    cold, by_hand = milliseconds(
        [lambda: evaluator.count(criterion), lambda: plain.execute(counted, bound).fetchall()],
        before=forget,
        turns=turns,
    )
    evaluator.count(criterion)
    (cached,) = milliseconds([lambda: evaluator.count(criterion)], before=lambda: None, turns=turns)
    return Answered(question.family, question.name, len(ours), cold, cached, by_hand)


def edits(base: Path, day: date, *, turns: int) -> Edited:
    """The tree with one value changed at each turn: the other leaves are kept, the edited one never is."""
    days = count(20)
    with Workspace.open(base, as_of=day, create=False) as opened:
        evaluator = opened.evaluator
        evaluator.look(from_json(tree(19)))
        opened.breakdowns(from_json(tree(19)))

        def screen() -> int:
            look = evaluator.look(from_json(tree(next(days))))
            opened.report("weight", look.mask)
            opened.breakdowns(look.mask)
            shown = ", ".join(str(i) for i in np.flatnonzero(look.mask)[:50])
            if shown:
                opened.database.run(Statement(f"SELECT * FROM contacts WHERE contact_id IN ({shown})"))
            return look.count

        size, whole = milliseconds(
            [lambda: evaluator.counts(from_json(tree(next(days)))), screen], before=lambda: None, turns=turns
        )
        return Edited(evaluator.count(from_json(tree(30))), size, whole)
