"""Backups in Settings: kept, listed with their date and size, put back; today's base is put aside first."""

from __future__ import annotations

from pathlib import Path

from segmentation.workspace import Workspace, backups
from tests.pages.conftest import press, said
from tests.pages.rules.test_settings import draw


def contacts(base: Path) -> int:
    with Workspace.open(base) as workspace:
        return workspace.contacts


def test_a_backup_is_kept_and_put_back_and_the_base_of_today_is_put_aside(full: Path) -> None:
    app = press(draw(), "En garder une ici")
    (copy,) = backups.found(full)
    assert (copy.kind, copy.path.parent.name) == ("kept", "backups") and "gardée ici" in said(app)
    with Workspace.open(full) as base:
        base.undo(1)
        assert base.contacts == 0
    (yes,) = [one for one in draw("en").button if str(one.key).startswith("restore_yes_")]
    app = yes.click().run()
    assert not app.exception
    assert "is in place: 3 contacts" in said(app)
    assert contacts(full) == 3
    assert [one.kind for one in backups.found(full)] == ["before", "kept"]
    (before, _) = [one for one in app.button if str(one.key).startswith("restore_yes_")]
    assert not before.click().run().exception
    assert contacts(full) == 0, "and the base put aside comes back too"


def test_a_file_that_is_no_backup_changes_nothing(full: Path) -> None:
    backups.new_path(full, brought=True).write_bytes(b"not a base" * 1000)
    (yes,) = [one for one in draw().button if str(one.key).startswith("restore_yes_")]
    app = yes.click().run()
    assert not app.exception and len(app.error) == 1
    assert contacts(full) == 3
