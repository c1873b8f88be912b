"""An open base and what it is now: its version, its date, its catalogue, who answers criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa

from segmentation.audience.bitmaps import Mask
from segmentation.audience.evaluator import Asked, Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.fold_orders import follows_rules, refold_every_order
from segmentation.store.session import Session
from segmentation.store.settings import Settings, read_settings
from segmentation.workspace import derived
from segmentation.workspace.assembly import assemble
from segmentation.workspace.saved import Shelf

STOPPED_DAYS = 31
"""Data that end more than this many days ago are better read as of their last day."""


@dataclass(eq=False, slots=True)
class OpenBase:
    """One base open at one date; each answer is of one version. Safe to share between threads."""

    database: Database
    author: str = ""
    chosen: date | None = None
    _catalogue: Catalogue | None = None
    _facts: tuple[int, Mapping[str, Any]] = field(default=(-1, {}))
    _settings: tuple[int, Settings] | None = None

    @classmethod
    def open(cls, path: Path, *, as_of: date | None = None, author: str = "", create: bool = True) -> Self:
        """Open the base at ``path`` (made when absent and ``create``).

        ``as_of`` overrides the base's own date for this opening only. Raises StoreError.
        """
        database = open_base(path, create=create)
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _complete(self) -> None:
        """Make the kept totals of a new base, or of one that a program of other rules or traits has kept."""
        if not follows_rules(self.database):
            with self.database.session() as session, session.transaction(write=True):
                refold_every_order(session)
                derived.refresh(session, None, read_settings(session).as_of or date.today())
        elif not derived.has_shape(self.database):
            self.refresh()

    # What the base is

    @property
    def version(self) -> int:
        """The version of the last change."""
        return self.database.version

    @property
    def settings(self) -> Settings:
        """The settings of the base, read once after each write: a screen asks for them at every turn."""
        commits, known = self.database.commits, self._settings
        if known is None or known[0] != commits:
            known = self._settings = (commits, read_settings(self.database))
        return known[1]

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

    def refresh(self, touched: str | None = None) -> None:
        """Work out again all that is derived (``touched``: of the contacts of a stored table)."""
        with self.database.session() as session, session.transaction(write=True):
            derived.refresh(session, touched, read_settings(session).as_of or date.today())

    @contextmanager
    def audience(self, asked: Asked | Mask | None = None) -> Iterator[Session]:
        """A read transaction with a table ``audience(contact_id)`` of the members, everyone by default."""
        ids = None
        if asked is not None:
            mask = asked if isinstance(asked, np.ndarray) else self.evaluator.mask(asked)
            ids = np.flatnonzero(mask)
        with self.database.session() as session, session.transaction(write=False):
            if ids is None:
                session.sql("CREATE TEMP TABLE audience AS SELECT contact_id FROM contacts WHERE live")
            else:
                session.register("given_audience", pa.table({"contact_id": pa.array(ids, pa.int32())}))
                session.sql("CREATE TEMP TABLE audience AS SELECT contact_id FROM given_audience")
            yield session
