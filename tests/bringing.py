"""A file brought into a base as a person brings it: read, recognised, checked, saved."""

from __future__ import annotations

from segmentation.intake.report import ImportReport
from segmentation.workspace import Workspace


def bring(base: Workspace, content: str | bytes, name: str = "clients.csv", **said: object) -> int:
    """The number of the import of a file; ``said`` is as in ``brought``."""
    return brought(base, content, name, **said).import_id


def brought(
    base: Workspace,
    content: str | bytes,
    name: str = "clients.csv",
    *,
    kind: str | None = None,
    **said: object,
) -> ImportReport:
    """The report of a file's import; ``kind`` and ``said`` are what a person decides, nothing by default."""
    path = base.database.workdir / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table = base.read(path, name=name)
    with base.prepare(base.request(table, base.recognise(table, kind=kind), **said)) as prepared:
        return base.commit(prepared)
