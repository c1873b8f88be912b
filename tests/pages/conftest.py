"""Screens without a browser: a base of their own in a temporary folder, drawn by Streamlit's test runner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from segmentation.i18n import words
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


SCREENS = {"home": "pages.base.home", "import": "pages.base.import_file", "contacts": "pages.base.contacts"}
RAW_KEY = re.compile(rf"\b({'|'.join({key.split('.')[0] for key in words('fr').messages})})\.[a-z_]+")
"""What a screen shows in place of a word that is missing: « page.home.title »."""


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
        if name != "app":
            return screen(SCREENS[name], lang)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        app.query_params["lang"] = lang
        return app.run()

    return draw


def screen(module: str, lang: str = "fr") -> AppTest:
    """The screen of a module, alone, drawn once."""
    app = AppTest.from_function(_render, default_timeout=30, args=(module,))
    app.query_params["lang"] = lang
    return app.run()


def _render(module: str) -> None:
    from importlib import import_module

    import_module(module).render()


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
