"""Undoing a file of people who left says so first, and keeps their refusals unless one chooses otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.conftest import said


@pytest.mark.parametrize("keep", [True, False])
def test_refusals_are_kept_unless_one_chooses_otherwise(
    full: Path, show: Callable[..., AppTest], keep: bool
) -> None:
    with Workspace.open(full) as base:
        bring(base, "E-mail\neloise@example.com\n", "desabonnes.csv")
    app = show("import")
    assert "1 personne a refusé d’être contactée, et seul cet import le dit." in said(app)
    if not keep:
        app = app.radio(key="undo_refusals_history_2").set_value("forget").run()
    app = app.button(key="undo_yes_history_2").click().run()
    assert not app.exception
    with Workspace.open(full) as base:
        sql = "SELECT state FROM consents WHERE contact_id = 1 AND channel = 'email'"
        assert base.database.scalar(Statement(sql)) == ("no" if keep else "yes")
    assert ("Refus gardés d’un import annulé" in said(app)) is keep
