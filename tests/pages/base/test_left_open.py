"""An import that a reload interrupts is offered again; of a file nobody works on nothing stays."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.intake import left_open
from tests.pages.base.dropping import contacts, drop_file, settle
from tests.pages.conftest import CONTACTS, press, said


def staged(base: Path) -> list[str]:
    """What files of imports lie in the work folder."""
    work = base.with_name(f".{base.name}.work")
    return sorted(path.name.partition("-")[0] for path in work.iterdir() if path.is_file())


def test_a_reload_offers_the_file_again_with_its_answers(base: Path, show: Callable[..., AppTest]) -> None:
    drop_file(show("import"), base, "clients.csv", CONTACTS)
    again = show("import")
    assert "clients" in said(again) and "rien n’est encore enregistré" in said(again)
    assert contacts(base) == 0
    again = settle(press(again, "Reprendre ce fichier"), base)
    assert not again.exception
    (save,) = [button for button in again.button if str(button.key).startswith("save_")]
    settle(save.click().run(), base)
    assert (contacts(base), staged(base)) == (3, [])
    assert "en train" not in said(show("import"))


def test_forgotten_it_leaves_nothing(base: Path, show: Callable[..., AppTest]) -> None:
    drop_file(show("import"), base, "clients.csv", CONTACTS)
    assert staged(base) == ["read", "upload"]
    app = press(show("import"), "L’oublier")
    assert not app.exception
    assert staged(base) == [] and "en train" not in said(app)


def test_left_for_hours_it_is_swept_away(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_file(show("import"), base, "clients.csv", CONTACTS)
    monkeypatch.setattr(left_open, "OFFERED", -1)
    assert "en train" not in said(show("import"))
    assert staged(base) == []


def test_a_file_of_another_open_tab_is_left_alone(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_open, "_session", lambda: "one")
    drop_file(show("import"), base, "clients.csv", CONTACTS)
    old = base.with_name(f".{base.name}.work") / "read-forgotten.csv"
    old.write_text("x")
    os.utime(old, (time.time() - 3600,) * 2)
    monkeypatch.setattr(left_open, "_session", lambda: "two")
    app = show("import")
    assert "en train" not in said(app)
    app = drop_file(app, base, "autres.csv", CONTACTS)
    assert staged(base) == ["read", "read", "upload", "upload"], "the forgotten one alone is gone"
    monkeypatch.setattr(left_open, "_is_open", lambda session: session != "one")
    app = press(app, "Recommencer")
    assert "clients" in said(app)
    drop_file(app, base, "encore.csv", CONTACTS)
    assert staged(base) == ["read", "upload"]
