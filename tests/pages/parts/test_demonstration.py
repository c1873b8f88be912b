"""The door to the demonstration: from a base that holds somebody, there and back, and nothing moves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached, jobs


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_the_demonstration_is_one_line_away_and_so_is_the_way_back(
    full: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.forget()
    shutil.copy(full, full.with_name("demo.duckdb"))  # a demonstration that is ready, small
    monkeypatch.setattr(jobs, "demo_is_ready", lambda path: True)
    app = show("app")
    app.query_params["contact"] = "1"
    assert "see_demo" in keys(app)
    app = app.button(key="see_demo").click().run()
    assert not app.exception
    assert "leave_demo" in keys(app) and "see_demo" not in keys(app)
    assert "contact" not in app.query_params, "a number of one's own base names somebody else here"
    app = app.button(key="leave_demo").click().run()
    assert "see_demo" in keys(app) and "leave_demo" not in keys(app)
    assert cached.workspace().contacts == 3


def test_an_empty_base_has_its_large_door_only(base: Path, show: Callable[..., AppTest]) -> None:
    assert "see_demo" not in keys(show("app"))
