"""The import under way in this session: what was dropped, what was understood, what the person decided.

One object under one key: going back, changing a column or another page never loses an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from pages.parts import state
from segmentation.errors import CarnetError
from segmentation.intake.load import Prepared
from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.read import ReadOptions, Table
from segmentation.intake.recognise.model import Recognition
from segmentation.intake.refusing import Refusing
from segmentation.intake.report import ImportReport
from segmentation.jobs import Job
from segmentation.workspace.again import Again

STEPS = ("file", "understood", "preview", "done")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file copied into the base's work directory; ``name`` is what the person calls it, never a path.

    ``inbox``: it lies in the inbox instead, is read there, and is put away once it is in; ``away``: it was,
    and its other sheets are read where it now lies.
    """

    path: Path
    name: str
    inbox: bool = False
    away: bool = False


@dataclass(slots=True)
class Draft:
    """Where the import is, and every answer so far. ``fields`` maps a column's index to ``entity.key``.

    ``country``: the one of the numbers, None as long as nobody said it.
    ``filled``: the sheets of its workbook that hold a table; ``taken``: those already imported.
    ``refusing``: what a column of a table would refuse as a field, once it was looked at.
    """

    turn: str = field(default_factory=lambda: uuid4().hex[:8])
    step: str = "file"
    waiting: list[Dropped] = field(default_factory=list)
    dropped: Dropped | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    table: Table | None = None
    recognition: Recognition | None = None
    source: str = ""
    fields: dict[int, str | None] = field(default_factory=dict)
    own_types: dict[int, str] = field(default_factory=dict)
    date_orders: dict[int, str] = field(default_factory=dict)
    decimals: dict[int, str] = field(default_factory=dict)
    consent: ConsentAnswer | None = None
    event_type: str | None = None
    country: str | None = None
    off: set[str] = field(default_factory=set)
    refusing: dict[tuple[Path, int, str], Refusing | None] = field(default_factory=dict)
    job: Job | None = None
    prepared: Prepared | None = None
    report: ImportReport | None = None
    problem: CarnetError | None = None
    past: Again | None = None
    not_moved: bool = False
    filled: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The sheets of its workbook that hold a table and were not imported; none once it is gone."""
        gone = self.not_moved and self.dropped is not None and not self.dropped.path.is_file()
        if self.table is None or gone:
            return ()
        return tuple(name for name in self.filled if name not in (self.table.sheet, *self.taken))

    def drop_work(self) -> None:
        """An answer changed, or nobody goes on: what was worked out before no longer holds."""
        if self.job is not None and self.job.name in ("read", "prepare"):
            self.job.cancel()
            self.job = None
        if self.prepared is not None:
            self.prepared.close()
            self.prepared = None


def current() -> Draft:
    """This session's import."""
    return state.kept("draft", Draft)
