"""A file dropped on the screen of import, waited for, answered and saved, as a person does."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from segmentation.jobs import current
from segmentation.store.imports import Import
from segmentation.workspace import Workspace
from tests.pages.conftest import press

DOUBTFUL = (
    "Prénom;Nom;Mèl;Fidélité;Truc\r\nÉloïse;DUPONT;eloise@example.com;or;<b>12</b>\r\n"
    "Zoé;Martin;zoe@example.com;argent;a\r\n"
).encode("cp1252")


def settle(app: AppTest, base: Path) -> AppTest:
    """Let the background work end, then draw what it brought."""
    job = current(base)
    if job is not None:
        assert job.wait(30)
    return app.run()


def drop_file(app: AppTest, base: Path, name: str, content: bytes) -> AppTest:
    """Drop a file and let it be read."""
    app.get("file_uploader")[0].upload(name, content, "text/csv").run()
    return settle(app, base)


def contacts(base: Path) -> int:
    with Workspace.open(base) as workspace:
        return workspace.contacts


def imports(base: Path) -> tuple[Import, ...]:
    with Workspace.open(base) as workspace:
        return workspace.imports()


def box(app: AppTest, start: str) -> Selectbox:
    (found,) = [one for one in app.selectbox if str(one.key).startswith(start)]
    return found


def saved(app: AppTest, base: Path) -> AppTest:
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    return settle(save.click().run(), base)
