"""What any reader of a base offers: one statement in, its rows out. A Database and a Session both do."""

from __future__ import annotations

from typing import Any, Protocol

from segmentation.results import Statement
from segmentation.store.session import Rows


class Reader(Protocol):
    """A base or one of its sessions."""

    def run(self, statement: Statement) -> Rows:
        """All the rows of one statement."""

    def scalar(self, statement: Statement) -> Any:
        """The first value of the first row, None when there is no row."""
