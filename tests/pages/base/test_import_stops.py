"""What stops an import is said in a sentence, and nothing is lost: bad files, two works, a stop, an inbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event
from time import sleep

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.intake import drop
from pages.parts.intake.refused import refused_file
from segmentation.errors import CancelledError
from segmentation.i18n import LANGUAGES, words
from segmentation.intake.load import Prepared
from segmentation.intake.report import ImportReport
from segmentation.jobs import start
from segmentation.results import Cancelled, Progress
from segmentation.workspace import Workspace
from tests.bad_files import BAD_FILES
from tests.pages.base.dropping import DOUBTFUL, contacts, drop_file, imports, settle
from tests.pages.conftest import CONTACTS, RAW_KEY, press, said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_that_cannot_be_read_have_their_sentence(
    base: Path, show: Callable[..., AppTest], lang: str
) -> None:
    app = show("import", lang)
    for bad in BAD_FILES:
        drop_file(app, base, bad.name, bad.content)
        assert not app.exception, bad.name
        assert len(app.error) == 1, bad.name
        sentence = words(lang)(bad.code, columns="{", rows="{", most="{").split("{")[0]
        named, told = re.split(r"\*\*\s?: ", app.error[0].value, maxsplit=1)
        assert named.strip("*").replace("\\", "") == bad.name
        assert told.startswith(sentence), bad.name
        assert app.get("file_uploader"), bad.name
    assert not RAW_KEY.search(said(app))
    assert contacts(base) == 0


def test_a_file_above_the_limit_is_refused_in_our_words(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop, "MAX_FILE_BYTES", 100)
    app = drop_file(show("import"), base, "big.csv", CONTACTS)
    assert not app.exception
    assert len(app.error) == 1
    assert not list((base.parent).rglob("upload-*"))


def test_a_reading_that_fails_keeps_the_one_before(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "clients.csv", DOUBTFUL)
    app.number_input[0].set_value(9_000)
    app = settle(press(app, "Relire ainsi"), base)
    assert not app.exception
    assert "Ce que j’ai compris" in said(app)
    assert any(str(button.key).startswith("continue_") for button in app.button)


def test_several_files_wait_their_turn(base: Path, show: Callable[..., AppTest]) -> None:
    app = show("import")
    other = CONTACTS.replace("Éloïse".encode("cp1252"), b"Anne").replace(b"eloise@", b"anne@")
    app.get("file_uploader")[0].set_value(
        [("un.csv", CONTACTS, "text/csv"), ("deux.csv", other, "text/csv")]
    ).run()
    for _ in range(2):
        app = settle(app, base)
        (save,) = [button for button in app.button if str(button.key).startswith("save_")]
        app = settle(save.click().run(), base)
        following = [button for button in app.button if button.key == "next_file"]
        app = following[0].click().run() if following else app
    assert [row.file_name for row in imports(base)] == ["deux.csv", "un.csv"]


def test_two_works_at_once_are_refused_in_words(base: Path, show: Callable[..., AppTest]) -> None:
    app = show("import")
    free = Event()
    start(base, "commit", lambda _progress, _cancelled: free.wait(20))
    try:
        app.get("file_uploader")[0].upload("clients.csv", CONTACTS, "text/csv").run()
        assert not app.exception
        assert len(app.error) == 1
    finally:
        free.set()
    assert contacts(base) == 0


def test_refused_rows_come_back_with_their_reason(base: Path, show: Callable[..., AppTest]) -> None:
    content = CONTACTS + b";;;;;;oui\r\n=1+1;;;;;;non;trop\r\n"
    app = drop_file(show("import"), base, "clients.csv", content)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    app = settle(save.click().run(), base)
    assert not app.exception
    with Workspace.open(base) as workspace:
        book = openpyxl.load_workbook(BytesIO(refused_file(workspace, 1, words("fr"))))
        expected = workspace.imports()[0].rows_rejected
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 1 + expected
    assert expected >= 1
    assert all(row[-1] for row in rows)


def test_a_stopped_import_writes_nothing_and_can_be_taken_up_again(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drop_file(show("import"), base, "clients.csv", CONTACTS)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    monkeypatch.setattr(Workspace, "commit", _never_ends)
    monkeypatch.setattr("pages.parts.intake.draft.AT_ONCE", 0)
    app = save.click().run()
    (stop,) = [button for button in app.button if button.key == "job_cancel"]
    app = settle(stop.click().run(), base)
    monkeypatch.undo()
    monkeypatch.setenv("CARNET_BASE", str(base))
    assert not app.exception
    assert "annulée" in app.error[0].value
    assert contacts(base) == 0
    app = settle(press(app, "Calculer ce qui va changer"), base)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    settle(save.click().run(), base)
    assert contacts(base) == 3


def _never_ends(
    _workspace: Workspace, prepared: Prepared, *, progress: Progress, cancelled: Cancelled
) -> ImportReport:
    """A commit that goes on until it is stopped."""
    progress("progress.import.write", 0.5)
    while not cancelled():
        sleep(0.02)
    prepared.close()
    raise CancelledError


def test_a_file_another_window_put_away_is_in_and_the_next_one_follows(
    base: Path, show: Callable[..., AppTest]
) -> None:
    place = base.parent / "inbox"
    place.mkdir()
    for name in ("a.csv", "b.csv"):
        (place / name).write_bytes(CONTACTS)
    app = settle(press(show("import"), "Lire ces 2 fichiers"), base)
    (place / "a.csv").unlink()
    app = settle(press(app, "Enregistrer 3 contacts"), base)
    assert not app.exception
    assert "n’a pas pu être rangé" in said(app) and len(imports(base)) == 1
    app = settle(app.button(key="next_file").click().run(), base)
    assert not app.exception and "Rien à changer" in said(app)


def show_in_demo() -> None:
    from pages.base import import_file
    from pages.parts import state

    state.look_at(demo=True)
    import_file.render()


def test_the_demonstration_never_takes_the_files_of_the_inbox(
    base: Path, show: Callable[..., AppTest]
) -> None:
    place = base.parent / "inbox"
    place.mkdir()
    (place / "clients.csv").write_bytes(CONTACTS)
    assert [tab.label for tab in show("import").tabs][-1] == ":gray[Prendre dans un dossier]"
    app = AppTest.from_function(show_in_demo, default_timeout=30)
    app.query_params["lang"] = "fr"
    app = app.run()
    assert not app.exception and len(app.tabs) == 2
    assert not [one for one in app.button if one.key == "inbox_go"]
