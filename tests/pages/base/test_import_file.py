"""Importer: only doubts stop, nothing is written before a yes, nothing said is lost, errors are sentences."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event
from time import sleep

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from pages.parts.intake import drop
from pages.parts.intake.refused import refused_file
from segmentation.errors import CancelledError
from segmentation.i18n import LANGUAGES, words
from segmentation.intake.load import Prepared
from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.report import ImportReport
from segmentation.jobs import current, start
from segmentation.results import Cancelled, Progress, Statement
from segmentation.store.imports import Import
from segmentation.workspace import Workspace
from tests.bad_files import BAD_FILES
from tests.pages.conftest import CONTACTS, RAW_KEY, press, said

_LAST_NAMES = Statement("SELECT last_name FROM contacts")
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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True])
def test_the_screen_is_drawn(
    request: pytest.FixtureRequest, show: Callable[..., AppTest], lang: str, filled: bool
) -> None:
    if filled:
        request.getfixturevalue("full")
    app = show("import", lang)
    assert not app.exception
    assert not RAW_KEY.search(said(app))
    assert bool([one for one in app.button if str(one.key).startswith("undo_yes")]) == filled


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_clear_file_takes_one_yes(base: Path, show: Callable[..., AppTest], lang: str) -> None:
    app = drop_file(show("import", lang), base, "clients.csv", CONTACTS)
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["3", "0", "0", "0", "0"]
    assert contacts(base) == 0, "written before the yes"
    assert not RAW_KEY.search(said(app))
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    assert "3 contacts" in save.label
    app = settle(save.click().run(), base)
    assert not app.exception
    assert contacts(base) == 3
    assert "clients" in said(app)
    assert not RAW_KEY.search(said(app))


def test_an_import_is_undone_from_its_history(full: Path, show: Callable[..., AppTest]) -> None:
    app = show("import")
    (undo,) = [button for button in app.button if str(button.key).startswith("undo_yes_history")]
    app = undo.click().run()
    assert not app.exception
    assert contacts(full) == 0
    assert "annulé" in said(app)


def test_the_same_file_twice_changes_nothing(full: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), full, "clients.csv", CONTACTS)
    assert [metric.value for metric in app.metric] == ["0", "0", "3", "0", "0"]
    assert "Rien à changer" in said(app)
    assert "Noter l’import quand même" in said(app)
    app = press(app, "Quitter sans rien changer")
    assert not app.exception
    with Workspace.open(full) as workspace:
        assert len(workspace.imports()) == 1


def test_only_doubts_are_asked_and_answers_stay(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "clients.csv", DOUBTFUL)
    assert not app.exception
    text = said(app)
    assert "Pouvez-vous écrire à ces personnes" in text
    (consent,) = app.radio
    consent.set_value("customer").run()
    asked = [box for box in app.selectbox if str(box.key).startswith("field_ask")]
    for box in asked:
        assert "DUPONT" not in box.label
        box.select("").run()
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert app.metric[0].value == "2"
    app = press(app, "Modifier")
    assert app.radio[0].value == "customer"
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    settle(save.click().run(), base)
    with Workspace.open(base) as workspace:
        assert workspace.imports()[0].consent == "customer"


def test_another_kind_is_read_afresh(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "clients.csv", DOUBTFUL)
    (kind,) = [box for box in app.selectbox if str(box.key).startswith("kind_")]
    app = kind.select("orders").run()
    assert not app.exception
    (kind,) = [box for box in app.selectbox if str(box.key).startswith("kind_")]
    assert kind.value == "orders"


def test_a_repair_can_be_switched_off(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "clients.csv", CONTACTS)
    (switch,) = [toggle for toggle in app.toggle if str(toggle.key).endswith("name_case")]
    app = settle(switch.set_value(False).run(), base)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    settle(save.click().run(), base)
    with Workspace.open(base) as workspace:
        names = {row[0] for row in workspace.database.run(_LAST_NAMES).rows}
    assert "DUPONT" in names


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
        assert app.error[0].value.startswith(sentence), bad.name
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


def test_hostile_headers_and_cells_are_shown_not_obeyed(base: Path, show: Callable[..., AppTest]) -> None:
    content = (
        'Prénom;E-mail;"""; drop table contacts; --";![x](http://evil.test/a.png)\r\n'
        "<img src=x onerror=alert(1)>;a@example.com;**gras**;:red[x]\r\n"
        "Zoé;b@example.com;:material/home:;x\r\n"
    ).encode()
    app = drop_file(show("import"), base, "![](http://evil.test)<b>.csv", content)
    assert not app.exception
    for text in [*(m.value for m in app.markdown), *(c.value for c in app.caption)]:
        assert "![x](" not in text
        assert "**gras**" not in text
        assert ":red[x]" not in text


def test_pasted_rows_are_read(base: Path, show: Callable[..., AppTest]) -> None:
    app = show("import")
    app.text_area[0].set_value("Prénom\tE-mail\tInscrit newsletter\nZoé\tzoe@example.com\toui\n").run()
    app = settle(press(app, "Lire ces lignes"), base)
    assert not app.exception
    assert app.metric[0].value == "1"


def test_the_file_can_be_read_another_way(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "clients.csv", DOUBTFUL)
    app.number_input[0].set_value(0)
    app = settle(press(app, "Relire ainsi"), base)
    assert not app.exception
    assert "3 lignes" in said(app)
    assert "Pas de titres de colonnes" in said(app)


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
    assert [row.file_name for row in _imports(base)] == ["deux.csv", "un.csv"]


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


def _imports(base: Path) -> tuple[Import, ...]:
    with Workspace.open(base) as workspace:
        return workspace.imports()


def test_a_refusal_of_calls_does_not_answer_for_e_mails(base: Path, show: Callable[..., AppTest]) -> None:
    content = b"Nom;E-mail;Ne pas appeler\r\nAna;ana@example.com;oui\r\nBob;bob@example.com;non\r\n"
    app = drop_file(show("import"), base, "clients.csv", content)
    assert "Pouvez-vous écrire à ces personnes" in said(app)
    assert "il ne faut pas contacter" in said(app)


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


TYPED = (
    "Prénom;E-mail;Newsletter;Pointure;Relevé;Solde\r\nAna;ana@example.com;oui;38;03/04/2026;1.234\r\n"
    "Bob;bob@example.com;oui;42;05/06/2026;2.500\r\n"
).encode()


def chosen(app: AppTest, base: Path, header: str) -> AppTest:
    """The file dropped, understood, and one of its columns taken in hand."""
    app = drop_file(app, base, "typed.csv", TYPED)
    if again := [one for one in app.button if str(one.key).startswith("change_understood_")]:
        app = settle(again[0].click().run(), base)
    return box(app, "change_").select_index(TYPED.split(b"\r\n")[0].decode().split(";").index(header)).run()


def box(app: AppTest, start: str) -> Selectbox:
    (found,) = [one for one in app.selectbox if str(one.key).startswith(start)]
    return found


def saved(app: AppTest, base: Path) -> AppTest:
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    return settle(save.click().run(), base)


def test_the_type_of_an_own_column_is_the_person_s(base: Path, show: Callable[..., AppTest]) -> None:
    app = chosen(show("import"), base, "Pointure")
    box(app, "field_any").select("").run()
    assert box(app, "own_type").value == "number"
    app = box(app, "own_type").select("text").run()
    app = saved(app, base)
    assert not app.exception
    with Workspace.open(base) as workspace:
        types = dict(workspace.database.run(Statement("SELECT header, type FROM user_columns")).rows)
        assert types["Pointure"] == "text"


def test_a_column_the_base_knows_keeps_its_type(base: Path, show: Callable[..., AppTest]) -> None:
    app = chosen(show("import"), base, "Pointure")
    box(app, "field_any").select("").run()
    app = press(saved(app, base), "un autre fichier")
    app = chosen(app, base, "Pointure")
    assert not [one for one in app.selectbox if str(one.key).startswith("own_type")]
    assert "connaît déjà" in said(app)


def test_month_first_is_the_person_s_when_the_values_do_not_tell(
    base: Path, show: Callable[..., AppTest]
) -> None:
    app = chosen(show("import"), base, "Relevé")
    app = box(app, "date_mark").select("mdy").run()
    app = saved(app, base)
    assert not app.exception
    with Workspace.open(base) as workspace:
        code = workspace.database.scalar(Statement("SELECT code FROM user_columns WHERE header = 'Relevé'"))
        days = workspace.database.run(Statement(f"SELECT {code} FROM contacts ORDER BY 1")).rows
    assert [str(day[0]) for day in days] == ["2026-03-04", "2026-05-06"]


def test_the_source_is_named_and_offered_again(base: Path, show: Callable[..., AppTest]) -> None:
    app = press(drop_file(show("import"), base, "clients.csv", CONTACTS), "Modifier")
    assert box(app, "source_").value == "base"
    asked = box(app, "source_")
    asked.options.append("Caisse du Vieux-Port")  # typed: the test runner only knows what is offered
    app = asked.select("Caisse du Vieux-Port").run()
    app = saved(app, base)
    assert not app.exception
    with Workspace.open(base) as workspace:
        assert workspace.imports()[0].source == "Caisse du Vieux-Port"
    app = press(app, "un autre fichier")
    app = press(drop_file(app, base, "clients.csv", CONTACTS), "Modifier")
    assert "Caisse du Vieux-Port" in box(app, "source_").options


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_imports_are_compared(full: Path, show: Callable[..., AppTest], lang: str) -> None:
    assert not [one for one in show("import", lang).selectbox if "compare" in str(one.key)]
    with Workspace.open(full) as workspace:
        path = workspace.database.workdir / "again"
        path.write_bytes(CONTACTS.replace(b"Lyon", b"Lille") + b"Eve;Roy;eve@example.com;;69003;Lyon;oui\r\n")
        table = workspace.read(path, name="clients 2.csv")
        with workspace.prepare(workspace.request(table, workspace.recognise(table))) as prepared:
            workspace.commit(prepared)
    app = show("import", lang)
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["1", "0", "1", "2"]
    assert not RAW_KEY.search(said(app))


NAMELESS = b"00004 0001 19970101 2 29.33\n00004 0001 19970118 2 29.73\n00021 0002 19970101 3 63.34\n"


def test_columns_without_a_name_are_all_asked_about_once(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("import"), base, "achats.txt", NAMELESS)
    assert not app.exception
    assert len([one for one in app.selectbox if str(one.key).startswith("field_ask")]) == 5
    app = settle(box(app, "kind_").select("orders").run(), base)
    for place, field in ((0, "contacts.contact_id"), (2, "orders.order_date"), (4, "orders.amount_total")):
        asked = [one for one in app.selectbox if f"_{place}_" in str(one.key) and "field_ask" in str(one.key)]
        app = asked[0].select(field).run()
    app = saved(app, base)
    assert not app.exception
    with Workspace.open(base) as workspace:
        orders = workspace.database.run(Statement("SELECT order_date, amount FROM orders ORDER BY 1, 2")).rows
        assert [(str(day)[:10], float(str(amount))) for day, amount in orders] == [
            ("1997-01-01", 29.33), ("1997-01-01", 63.34), ("1997-01-18", 29.73),
        ]  # fmt: skip
        assert workspace.contacts == 2
    app = press(app, "un autre fichier")
    app = drop_file(app, base, "achats.txt", NAMELESS)
    assert not [one for one in app.selectbox if str(one.key).startswith("field_ask")], "asked again"
    assert [metric.value for metric in app.metric][:3] == ["0", "0", "3"]


REVEALED = (
    "Prénom;Nom;E-mail;Newsletter;Date de naissance\r\nANA;ROY;ana@gmial.com;oui;25/06/1980\r\n"
    "Bob;SY;bob@example.com;oui;\r\nAna;Roy;ana.roy@example.com;oui;25/06/1980\r\n"
).encode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reveal_opens_on_real_rows(base: Path, show: Callable[..., AppTest], lang: str) -> None:
    app = drop_file(show("import", lang), base, "clients.csv", REVEALED)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    app = settle(save.click().run(), base)
    assert not app.exception
    assert not app.error
    assert not RAW_KEY.search(said(app))
    tables = {len(table.value.columns): table.value for table in app.dataframe}
    assert [list(row)[2:] for row in tables[4].itertuples(index=False)] == [
        ["ANA", "Ana"],
        ["ROY", "Roy"],
        ["SY", "Sy"],
    ]
    assert list(tables[4].iloc[:, 0]) == [2, 2, 3], "the row in the file"
    assert [list(row)[1:] for row in tables[3].itertuples(index=False)] == [
        ["ana@gmial.com", "ana@gmail.com"]
    ]
    why = {"fr": "date de naissance", "en": "date of birth"}[lang]
    assert [(row[0], why in row[1]) for row in tables[2].itertuples(index=False)] == [("Ana Roy", True)]
    with Workspace.open(base) as workspace:
        assert "gmial" not in str(workspace.imports()[0].repairs), "examples are shown, never kept"


def test_the_next_step_is_the_portrait_without_purchases(base: Path, show: Callable[..., AppTest]) -> None:
    app = drop_file(show("app"), base, "clients.csv", REVEALED)
    (save,) = [button for button in app.button if str(button.key).startswith("save_")]
    app = settle(save.click().run(), base)
    (step,) = [button for button in app.button if button.key == "next_step"]
    assert step.label in ("Découvrir mes contacts", "Voir ma base")
    app = step.click().run()
    assert not app.exception


def test_the_same_file_again_goes_straight_to_the_preview_with_its_choices(
    base: Path, show: Callable[..., AppTest]
) -> None:
    silent = b"Pr\xc3\xa9nom;E-mail;Zz\nAna;ana@example.com;a\n"
    with Workspace.open(base) as workspace:
        path = workspace.database.workdir / "mai"
        path.write_bytes(silent)
        table = workspace.read(path, name="mai.csv")
        request = workspace.request(
            table, workspace.recognise(table), source="caisse", consent=ConsentAnswer("customer")
        )
        workspace.commit(workspace.prepare(request))
    place = base.parent / "inbox"
    place.mkdir()
    (place / "juin.csv").write_bytes(silent.replace(b"Ana", b"Eva").replace(b"ana", b"eva"))
    app = settle(press(show("import"), "Lire ce fichier"), base)
    text = said(app)
    assert "Mêmes colonnes que mai" in text
    assert words("fr")("page.import.consent.customer") in text
    app = settle(press(app, "Enregistrer 1 contact"), base)
    assert not app.exception
    assert (place / "done" / "juin.csv").exists() and not (place / "juin.csv").exists()
    with Workspace.open(base) as workspace:
        latest = workspace.imports()[0]
        assert (latest.source, latest.consent, latest.new_rows) == ("caisse", "customer", 1)


def test_a_group_rule_is_made_before_writing(base: Path, show: Callable[..., AppTest]) -> None:
    place = base.parent / "inbox"
    place.mkdir()
    (place / "salon.csv").write_bytes(CONTACTS)
    app = settle(press(show("import"), "Lire ce fichier"), base)
    (text,) = [one for one in app.text_input if str(one.key).startswith("joining_group_import_")]
    text.set_value("Salon")
    app = settle(press(app, "Ajouter la règle"), base)
    assert not app.exception
    assert "Salon" in said(app) and "Rejoignent 1 groupe" in said(app)


def test_a_file_of_people_who_left_is_shown_before_it_counts(
    base: Path, show: Callable[..., AppTest]
) -> None:
    app = drop_file(show("import", "fr"), base, "desinscrits.csv", b"Email,Nom\nmarie@example.org,Durand\n")
    assert not app.exception
    assert "annonce des personnes qui sont parties" in said(app)
    assert [radio.value for radio in app.radio if str(radio.key).startswith("consent_")] == ["no"]
    assert any("marie@example.org" in str(frame.value) for frame in app.dataframe)


SILENT = "Prénom;E-mail;Zz\nAna;ana@example.com;a\n".encode()


def test_a_yes_of_before_is_shown_and_asked_again(base: Path, show: Callable[..., AppTest]) -> None:
    with Workspace.open(base) as workspace:
        path = workspace.database.workdir / "mai"
        path.write_bytes(SILENT)
        table = workspace.read(path, name="mai.csv")
        seen = workspace.recognise(table)
        workspace.commit(
            workspace.prepare(workspace.request(table, seen, source="salon", consent=ConsentAnswer("yes")))
        )
    app = drop_file(show("import"), base, "achetee.csv", SILENT.replace(b"na", b"ve"))
    assert not app.exception
    (asked,) = [radio for radio in app.radio if str(radio.key).startswith("consent_")]
    assert asked.value == "unknown"
    assert "vous aviez répondu « Elles ont accepté »" in said(app)
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert "Consentement, pour ce fichier-ci : « Je ne sais pas »" in said(app)
    settle(press(app, "Enregistrer 1 contact"), base)
    latest = _imports(base)[0]
    assert (latest.source, latest.consent) == ("salon", "unknown")


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
    assert "n’a pas pu être rangé" in said(app) and len(_imports(base)) == 1
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
