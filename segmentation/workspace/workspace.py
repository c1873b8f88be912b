"""An open base, ready to be asked: its catalogue at its date, its evaluator, files in, reports out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from segmentation.audience.evaluator import Asked, Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.intake import load
from segmentation.intake.load import Prepared
from segmentation.intake.plan import ImportRequest
from segmentation.intake.read import ReadOptions, Table
from segmentation.intake.recognise import Recognition
from segmentation.intake.report import ImportReport
from segmentation.results import Cancelled, Progress, Statement, never, silent
from segmentation.store.database import Database
from segmentation.store.imports import Import, Reject, read_imports, read_rejects
from segmentation.store.session import Session
from segmentation.store.settings import Settings, read_settings, write_setting
from segmentation.workspace import consistency, demo, derived, ingest
from segmentation.workspace.assembly import assemble
from segmentation.workspace.saved import Shelf

STOPPED_DAYS = 31
"""Data that end more than this many days ago are better read as of their last day."""


@dataclass(eq=False, slots=True)
class Workspace:
    """One base open at one date; each answer is of one version. Safe to share between threads."""

    database: Database
    author: str = ""
    chosen: date | None = None
    _catalogue: Catalogue | None = None
    _facts: tuple[int, Mapping[str, Any]] = field(default=(-1, {}))

    @classmethod
    def open(
        cls, path: Path, *, as_of: date | None = None, author: str = "", create: bool = True
    ) -> Workspace:
        """Open the base at ``path`` (made when absent and ``create``).

        ``as_of`` overrides the base's own date for this opening only. Raises StoreError.
        """
        database = Database.open(path, create=create)
        workspace = cls(database, author, as_of)
        try:
            workspace._complete()
        except BaseException:
            database.close()
            raise
        return workspace

    def close(self) -> None:
        """Give the base back."""
        self.database.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _complete(self) -> None:
        """Make the kept totals of a new base, or of a base whose traits this program has changed."""
        if not derived.has_shape(self.database):
            self.refresh()

    # What the base is

    @property
    def version(self) -> int:
        """The version of the last change."""
        return self.database.version

    @property
    def settings(self) -> Settings:
        """The settings of the base."""
        return read_settings(self.database)

    @property
    def as_of(self) -> date:
        """The date everything is seen from: this opening's, else the base's own, else today."""
        return self.chosen or self.own_as_of

    @property
    def own_as_of(self) -> date:
        """The base's own date: its setting, else today."""
        return self.settings.as_of or date.today()

    @property
    def catalogue(self) -> Catalogue:
        """All that can be asked now."""
        known, as_of = self._catalogue, self.as_of
        if known is None or known.version != self.version or known.as_of != as_of:
            known = self._catalogue = assemble(self.database, as_of)
        return known

    @property
    def evaluator(self) -> Evaluator:
        """Who answers criteria now."""
        return Evaluator(self.database, self.catalogue)

    @property
    def segments(self) -> Shelf:
        """The saved segments."""
        return Shelf(self.database, lambda: self.catalogue, self.author)

    @property
    def contacts(self) -> int:
        """How many contacts live in the base."""
        return int(self._fact("contacts"))

    @property
    def has_orders(self) -> bool:
        """Whether at least one order counts."""
        return bool(self._fact("orders"))

    @property
    def suggested_as_of(self) -> date | None:
        """The last day seen, when the base has no date of its own and its data stopped long ago."""
        last = self._fact("last")
        if last is None or self.settings.as_of is not None or (date.today() - last).days <= STOPPED_DAYS:
            return None
        return last if isinstance(last, date) else None

    def _fact(self, name: str) -> Any:
        version, facts = self._facts
        if version != self.version:
            version = self.version
            rows = self.database.run(
                Statement(
                    "SELECT (SELECT count(*) FROM contacts WHERE live),"
                    " (SELECT count(*) > 0 FROM orders WHERE counted),"
                    " coalesce((SELECT CAST(greatest((SELECT max(order_date) FROM orders),"
                    " (SELECT max(event_date) FROM events)) AS DATE)),"
                    " (SELECT max(last_purchase_date) FROM contacts))"
                )
            ).rows
            facts = dict(zip(("contacts", "orders", "last"), rows[0], strict=True))
            self._facts = (version, facts)
        return facts[name]

    # Files coming in

    def read(
        self,
        path: Path,
        name: str | None = None,
        options: ReadOptions | None = None,
        *,
        progress: Progress = silent,
        cancelled: Cancelled = never,
    ) -> Table:
        """The table in a file (``name`` is only shown). Raises InputError."""
        return ingest.read_table(
            self.database, Path(path), name=name, options=options, progress=progress, cancelled=cancelled
        )

    def recognise(
        self, table: Table, *, kind: str | None = None, known: Mapping[str, str | None] | None = None
    ) -> Recognition:
        """What a table is about, with what was confirmed before."""
        return ingest.recognise_table(self.database, table, kind=kind, known=known)

    def request(self, table: Table, recognition: Recognition, **decided: Any) -> ImportRequest:
        """What to import: what recognition proposes, and what was ``decided`` (``ingest.make_request``)."""
        return ingest.make_request(self.database, table, recognition, author=self.author, **decided)

    def prepare(
        self, request: ImportRequest, *, progress: Progress = silent, cancelled: Cancelled = never
    ) -> Prepared:
        """Work out what an import would do, writing nothing. Raises InputError, CancelledError."""
        return load.prepare(self.database, request, progress=progress, cancelled=cancelled)

    def commit(
        self, prepared: Prepared, *, progress: Progress = silent, cancelled: Cancelled = never
    ) -> ImportReport:
        """Write a prepared import in one transaction."""
        return ingest.commit(prepared, as_of=self.as_of, progress=progress, cancelled=cancelled)

    def undo(self, import_id: int) -> int:
        """Forget one import exactly; how many contacts it had touched. Raises StoreError."""
        return ingest.undo(self.database, import_id, author=self.author)

    def imports(self) -> tuple[Import, ...]:
        """Every import, newest first."""
        return read_imports(self.database)

    def rejects(self, import_id: int) -> tuple[Reject, ...]:
        """The refused records of an import."""
        return read_rejects(self.database, import_id)

    def demo(self, *, progress: Progress = silent, cancelled: Cancelled = never) -> None:
        """Fill an empty base with the demonstration shop. Raises StoreError ``error.demo.not_empty``."""
        demo.fill(self, progress=progress, cancelled=cancelled)

    # Changes

    def set(self, key: str, value: object) -> None:
        """Keep one setting (None forgets it), and what hangs on it."""
        with self.database.session() as session, session.transaction(write=True):
            write_setting(session, key, value)
            if key in ("as_of", "rfm_cuts", "rfm_options"):
                own = read_settings(session).as_of or date.today()
                derived.settle_cuts(session, own)
                derived.refresh_scores(session, own)

    def set_as_of(self, day: date | None) -> None:
        """Read the base as of ``day`` from now on; None means today, every day."""
        self.set("as_of", day)

    def refresh(self, touched: str | None = None) -> None:
        """Work out again all that is derived (``touched``: of the contacts of a stored table)."""
        with self.database.session() as session, session.transaction(write=True):
            derived.refresh(session, touched, read_settings(session).as_of or date.today())

    # Answers

    @contextmanager
    def audience(self, asked: Asked | None = None) -> Iterator[Session]:
        """A read transaction with a table ``audience(contact_id)`` of the members, everyone by default."""
        evaluator = self.evaluator
        ids = evaluator.ids(asked) if asked is not None else None
        with self.database.session() as session, session.transaction(write=False):
            if ids is None:
                session.sql("CREATE TEMP TABLE audience AS SELECT contact_id FROM contacts WHERE live")
            else:
                session.register("given_audience", pa.table({"contact_id": pa.array(ids, pa.int32())}))
                session.sql("CREATE TEMP TABLE audience AS SELECT contact_id FROM given_audience")
            yield session

    # Keeping it safe

    def backup(self, to: Path) -> None:
        """Copy the base to a file. Raises StoreError."""
        self.database.backup(to)

    def restore(self, file: Path) -> None:
        """Put a backup in place of the base, keeping the oppositions said since. Raises StoreError."""
        self.database.restore(file)
        self._complete()
        with self.database.session() as session, session.transaction(write=True):
            session.bump()

    def check(self) -> Mapping[str, int]:
        """What does not hold in the base: {code ``check.*``: how many}; empty when all is well."""
        return consistency.problems(self.database, self.own_as_of)
