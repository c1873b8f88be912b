"""Fills an empty base with the demonstration shop, by the same path as any file; seen as of its last day."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from segmentation.errors import StoreError
from segmentation.results import Cancelled, Progress, Statement
from segmentation.store.settings import write_setting
from segmentation.workspace import derived

if TYPE_CHECKING:
    from segmentation.workspace.workspace import Workspace

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
FILES: Mapping[str, str] = MappingProxyType(
    {
        "clients.csv": "contacts",
        "commandes.csv": "orders",
        "lignes.csv": "order_lines",
        "evenements.csv": "events",
    }
)
"""The files of the shop and the kind of each, in the order they are brought in."""

SOURCE = "maison-colette"
NAME = "Maison Colette"


def fill(workspace: Workspace, *, progress: Progress, cancelled: Cancelled) -> None:
    """Bring the files in, then set the base's date to the last day seen. Raises StoreError."""
    if any(row.undone_at is None for row in workspace.imports()) or workspace.contacts:
        raise StoreError("error.demo.not_empty")
    for turn, (name, kind) in enumerate(FILES.items()):

        def told(step: str, share: float, turn: int = turn) -> None:
            progress(step, (turn + share) / len(FILES))

        table = workspace.read(FOLDER / name, cancelled=cancelled)
        request = workspace.request(table, workspace.recognise(table, kind=kind), source=SOURCE)
        with workspace.prepare(request, progress=told, cancelled=cancelled) as prepared:
            workspace.commit(prepared, cancelled=cancelled)
    _as_of_last_day(workspace)


def _as_of_last_day(workspace: Workspace) -> None:
    with workspace.database.session() as session, session.transaction(write=True):
        last = session.scalar(
            Statement(
                "SELECT CAST(greatest((SELECT max(order_date) FROM orders),"
                " (SELECT max(event_date) FROM events)) AS DATE)"
            )
        )
        write_setting(session, "as_of", last)
        write_setting(session, "name", NAME)
        write_setting(session, "rfm_cuts", None)
        derived.settle_cuts(session, last)
        derived.refresh_scores(session, last)
