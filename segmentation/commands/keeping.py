"""Commands that keep a base safe: backup, backups, restore, check."""

from __future__ import annotations

from argparse import Namespace

from segmentation.commands.answer import Answer
from segmentation.commands.asking import opened
from segmentation.i18n import Words
from segmentation.workspace import Workspace, backups


def backup(asked: Namespace, w: Words) -> Answer:
    """Copy the base to a file."""
    with opened(asked) as base:
        base.backup(asked.file)
        return Answer(
            {"file": str(asked.file), "version": base.version}, [w("cli.backup.done", name=asked.file.name)]
        )


def restore(asked: Namespace, w: Words) -> Answer:
    """Put a backup in place of the base."""
    with Workspace.open(asked.base, as_of=asked.as_of) as base:
        base.restore(asked.file)
        lines = [w("cli.restore.done", name=asked.file.name), w("cli.contacts", n=base.contacts)]
        return Answer({"version": base.version, "contacts": base.contacts}, lines)


def list_backups(asked: Namespace, w: Words) -> Answer:
    """List the copies of the base that lie beside it, newest first."""
    copies = backups.found(asked.base.resolve())
    facts = [
        {
            "file": str(one.path),
            "kind": one.kind,
            "made": one.made.isoformat(timespec="seconds"),
            "bytes": one.size,
        }
        for one in copies
    ]
    lines = [
        f"{one.path} · {w.moment(one.made)} · {w(f'page.settings.backup_kind.{one.kind}')}" for one in copies
    ]
    return Answer({"backups": facts}, lines or [w("cli.backups.none")])


def check(asked: Namespace, w: Words) -> Answer:
    """Verify that the base says what its imports say."""
    with opened(asked) as base:
        problems = base.check()
    lines = [w(code, n=n) for code, n in problems.items()] or [w("cli.check.well")]
    return Answer({"ok": not problems, "problems": problems}, lines, well=not problems)
