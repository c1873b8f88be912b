"""Importer: only doubts stop, nothing is written before a yes, nothing said is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from segmentation.i18n import LANGUAGES
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.pages.base.dropping import DOUBTFUL, contacts, drop_file, imports, saved, settle
from tests.pages.conftest import CONTACTS, RAW_KEY, press, said

_LAST_NAMES = Statement("SELECT last_name FROM contacts")


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


def test_an_own_column_whose_header_has_a_dot_says_its_cells_that_cannot_be_read(
    base: Path, show: Callable[..., AppTest]
) -> None:
    paid = [*(str(10 + n) for n in range(40)), "exonéré"]
    rows = "\r\n".join(f"p{n}@example.org;Léa;Roux;{paid[n]};oui" for n in range(len(paid)))
    content = f"E-mail;Prénom;Nom;Cotis. 2024;Accepte les e-mails\r\n{rows}\r\n"
    app = drop_file(show("import"), base, "adherents.csv", content.encode())
    if not app.metric:
        app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert not app.exception
    text = said(app).replace("\\", "")
    assert "Cotis. 2024" in text and "exonéré" in text
    assert "n’a pas pu s’afficher" not in said(app)


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


@pytest.mark.parametrize("place", ["browser", "inbox"])
def test_the_other_sheet_of_a_workbook_is_said_then_offered(
    base: Path, show: Callable[..., AppTest], place: str
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in (["Prénom", "Nom", "E-mail"], ["Léa", "Petit", "lea@example.org"]):
        book.active.append(row)
    sold = book.create_sheet("Ventes")
    for row in (
        ["N° commande", "E-mail", "Date de commande", "Montant TTC"],
        ["C1", "lea@example.org", "2026-05-02", 30],
    ):
        sold.append(row)
    book.create_sheet("Notes").append(["à revoir"])
    (base.parent / "inbox").mkdir()
    waiting, away = (base.parent / "inbox" / name for name in ("fleuriste.xlsx", "done/fleuriste.xlsx"))
    book.save(waiting)
    if place == "browser":
        app = drop_file(show("import"), base, "fleuriste.xlsx", waiting.read_bytes())
        waiting.unlink()
    else:
        app = settle(press(show("import"), "Lire ce fichier"), base)
    (note,) = [one.value for one in app.info if "Ventes" in one.value]
    assert "Notes" not in note
    app = saved(app, base)
    app = settle(press(app, "Importer aussi la feuille « Ventes »"), base)
    assert not app.exception
    app = saved(app, base)
    assert "1 commande enregistrée" in said(app)
    assert not [one for one in app.button if str(one.key).startswith("sheet_")]
    assert [(one.kind, one.new_rows) for one in imports(base)] == [("orders", 1), ("contacts", 1)]
    assert [one for one in (waiting, away) if one.exists()] == ([away] if place == "inbox" else [])


@pytest.mark.parametrize("amount", ["Montant TTC", "Nuits"])
def test_sales_without_an_amount_are_said_to_count_nowhere(
    base: Path, show: Callable[..., AppTest], amount: str
) -> None:
    rows = f"N° commande;E-mail;Date de commande;{amount}\nC1;lea@example.org;02/05/2026;3\n".encode()
    app = drop_file(show("import"), base, "commandes.csv", rows)
    for _ in range(2):
        warned = ["ne compteraient dans aucun chiffre" in one.value for one in app.warning]
        assert any(warned) is (amount == "Nuits")
        if any(str(one.key).startswith("continue_") for one in app.button):
            app = settle(press(app, "Voir ce qui va être enregistré"), base)


def test_how_many_may_be_written_to_is_said_before_a_yes(base: Path, show: Callable[..., AppTest]) -> None:
    people = "Prénom;Nom;E-mail;Newsletter\nLéa;Petit;lea@example.org;oui\nMax;Roy;max@example.org;non\n"
    app = drop_file(show("import"), base, "clients.csv", people.encode())
    (label,) = [one.label for one in app.expander if one.label.startswith("À qui")]
    assert (
        label.replace("\u00a0", " ").replace("\u202f", " ") == "À qui vous pourrez écrire · E-mail : 1 sur 2"
    )


def test_a_file_of_one_column_asks_for_its_separator_in_the_open(
    base: Path, show: Callable[..., AppTest]
) -> None:
    app = drop_file(show("import"), base, "lettre.txt", b"Bonjour\nun mot\ndeux mots\n")
    assert any("changez le s\u00e9parateur" in one.value for one in app.info)
