"""One reading of a base: everything asked inside it is of one version, and what is read is kept for the next.

The version and the answers come from one read transaction, so a bitmap is never kept under another version's
key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

import numpy as np
import numpy.typing as npt

from segmentation.audience.bitmaps import Bits, Cache, Mask, of_ids, unpack
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import canonical
from segmentation.criteria.compile import compile_leaf, compile_ranking
from segmentation.criteria.nodes import Leaf, Sample, Top
from segmentation.results import Statement, Value

T = TypeVar("T")


class AnyRows(Protocol):
    """Rows as the store gives them."""

    @property
    def rows(self) -> list[tuple[Value, ...]]: ...


class AnySession(Protocol):
    """What is asked of a store's session."""

    def transaction(self, *, write: bool) -> AbstractContextManager[None]: ...
    def version(self) -> int: ...
    def run(self, statement: Statement) -> Any: ...
    def arrays(self, statement: Statement) -> dict[str, npt.NDArray[Any]]: ...


class AnyDatabase(Protocol):
    """What is asked of a store's database."""

    @property
    def path(self) -> object: ...
    def session(self) -> AbstractContextManager[AnySession]: ...


@dataclass(eq=False, slots=True)
class Reading:
    """A read transaction of one version, and the cache of what was read under that version."""

    session: AnySession
    catalogue: Catalogue
    cache: Cache
    base: str
    version: int

    def kept(self, question: str, read: Callable[[], T]) -> T:
        """The answer to a question at this version and as-of date, read once."""
        key = (self.base, question, self.version, self.catalogue.as_of)
        found = self.cache.get(key)
        if found is None:
            found = read()
            self.cache.put(key, found)
        return cast(T, found)

    def people(self) -> tuple[Bits, int]:
        """The bitmap of live contacts and its length N + 1 (N the highest id ever given)."""

        def read() -> tuple[Bits, npt.NDArray[np.int64]]:
            sql = 'SELECT contact_id, COALESCE(live, FALSE) AS "live" FROM contacts'
            columns = self.session.arrays(Statement(sql))
            ids = columns["contact_id"]
            size = int(ids.max()) + 1 if ids.size else 1
            return of_ids(ids[columns["live"].astype(np.bool_)], size), np.array([size], np.int64)

        live, size = self.kept("#live", read)
        return live, int(size[0])

    def live_mask(self) -> tuple[Mask, int]:
        """Live contacts as a mask, and its length."""
        live, size = self.people()
        return unpack(live, size), size

    def leaf(self, leaf: Leaf) -> Bits:
        """The bitmap of a leaf, erased contacts included."""
        _, size = self.people()

        def read() -> Bits:
            return of_ids(self.session.arrays(compile_leaf(leaf, self.catalogue))["contact_id"], size)

        return self.kept(canonical(leaf), read)

    def ranking(self, order: Top | Sample) -> npt.NDArray[np.int64]:
        """Live contact ids in the order a limit takes them."""
        by = f"#rank {order.by} {order.lowest}" if isinstance(order, Top) else f"#rank {order.seed}"

        def read() -> npt.NDArray[np.int64]:
            ids = self.session.arrays(compile_ranking(order, self.catalogue))["contact_id"]
            return np.asarray(ids, np.int64)

        return self.kept(by, read)


@contextmanager
def reading(database: AnyDatabase, catalogue: Catalogue, cache: Cache) -> Iterator[Reading]:
    """A block in which every answer is of one version."""
    with database.session() as session, session.transaction(write=False):
        yield Reading(session, catalogue, cache, str(database.path), session.version())
