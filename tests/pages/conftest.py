"""Screens without a browser: a base of their own in a temporary folder, drawn by Streamlit's test runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from segmentation.workspace import Workspace
from tests import made_once
from tests.bringing import bring

ROOT = Path(__file__).parents[2]
CONTACTS = (
    "Prénom;Nom;E-mail;Mobile;Code postal;Ville;Inscrit newsletter\r\n"
    "Éloïse;DUPONT;eloise@example.com;06.39.98.00.01;69003;Lyon;oui\r\n"
    "Zoé;Martin;zoe@example.com;06 39 98 00 02;69100;Villeurbanne;non\r\n"
    "Luc;;luc@example.com;;75011;Paris;oui\r\n"
).encode("cp1252")
"""A file of which nothing is doubtful, as a French spreadsheet writes it."""


def show_home() -> None:
    from pages.base import home

    home.render()


def show_import() -> None:
    from pages.base import import_file

    import_file.render()


def show_contacts() -> None:
    from pages.base import contacts

    contacts.render()


SCREENS: dict[str, Callable[[], None]] = {"home": show_home, "import": show_import, "contacts": show_contacts}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of an empty base, which every screen of the test looks at."""
    path = tmp_path / "carnet.duckdb"
    monkeypatch.setenv("CARNET_BASE", str(path))
    yield path
    cached.forget()


@pytest.fixture
def full(base: Path) -> Path:
    """The file of a base that holds three contacts."""
    return made_once.at(base, three)


def three(path: Path) -> None:
    """A base of the three people of ``CONTACTS``."""
    with Workspace.open(path) as workspace:
        bring(workspace, CONTACTS)


@pytest.fixture
def show(base: Path) -> Callable[..., AppTest]:
    """show("import", lang="fr") → the screen alone; show("app") → the whole application at its first page."""

    def draw(name: str, lang: str = "fr") -> AppTest:
        app = (
            AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
            if name == "app"
            else AppTest.from_function(SCREENS[name], default_timeout=30)
        )
        app.query_params["lang"] = lang
        return app.run()

    return draw


def said(app: AppTest) -> str:
    """Every text of a screen, one per line."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "error",
        "warning",
        "info",
        "success",
    )
    parts = [str(element.value) for kind in kinds for element in getattr(app, kind)]
    parts += [
        str(element.label)
        for kind in ("button", "metric", "selectbox", "expander")
        for element in getattr(app, kind)
    ]
    return "\n".join(parts)


def press(app: AppTest, words: str) -> AppTest:
    """Press the button that says ``words``, and draw again."""
    (button,) = [one for one in app.button if words in str(one.label)]
    return button.click().run()
