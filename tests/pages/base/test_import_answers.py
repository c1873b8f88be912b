"""What a person answers about a file holds, and is taken up when a like file comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.i18n import words
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.base.dropping import box, drop_file, imports, saved, settle
from tests.pages.conftest import CONTACTS, press, said

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
    latest = imports(base)[0]
    assert (latest.source, latest.consent) == ("salon", "unknown")


def test_a_refusal_of_calls_does_not_answer_for_e_mails(base: Path, show: Callable[..., AppTest]) -> None:
    content = b"Nom;E-mail;Ne pas appeler\r\nAna;ana@example.com;oui\r\nBob;bob@example.com;non\r\n"
    app = drop_file(show("import"), base, "clients.csv", content)
    assert "Pouvez-vous écrire à ces personnes" in said(app)
    assert "il ne faut pas contacter" in said(app)


def test_a_date_taken_for_a_refusal_is_said_before_saving(base: Path, show: Callable[..., AppTest]) -> None:
    app = chosen(show("import"), base, "Relevé")
    app = box(app, "field_any").select("contacts.optout").run()
    warned = "tout message à 2 contacts sur 2"
    assert [one for one in app.warning if warned in one.value and "Relevé" in one.value]
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert [one for one in app.warning if warned in one.value]
    app = settle(press(app, "Modifier"), base)
    app = box(app, "change_").select_index(4).run()
    app = box(app, "field_any").select("contacts.birth_date").run()
    assert not [one for one in app.warning if warned in one.value]


CROSSED = (
    b"Nom;E-mail;Ne pas appeler\r\nAna;ana@example.com;non\r\nBob;bob@example.com;N\r\n"
    b"Cid;cid@example.com;0\r\nDan;dan@example.com;x\r\nEve;eve@example.com;non\r\n"
)


def test_the_sentence_about_a_yes_says_it_as_the_column_writes_it(
    base: Path, show: Callable[..., AppTest]
) -> None:
    app = drop_file(show("import"), base, "appels.csv", CROSSED)
    if again := [one for one in app.button if str(one.key).startswith("change_understood_")]:
        app = settle(again[0].click().run(), base)
    assert "un « x » dans Ne pas appeler" in said(app)


BRITISH = (
    b"First name,Surname,Email,Phone\r\nAda,Byron,ada@example.com,07700 900123\r\n"
    b"Tom,Reed,tom@example.com,020 7946 0958\r\nJoe,Hunt,joe@example.com,0161 496 0000\r\n"
)


def test_the_country_of_the_numbers_is_proposed_told_and_changed(
    base: Path, show: Callable[..., AppTest]
) -> None:
    app = drop_file(show("import"), base, "people.csv", BRITISH)
    if again := [one for one in app.button if str(one.key).startswith("change_understood_")]:
        app = settle(again[0].click().run(), base)
    assert box(app, "numbers_of").value == "GB"
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert "lus comme ceux de ce pays, Royaume-Uni" in said(app)
    assert "je n’ai pas su lire" not in "".join(one.label for one in app.expander)
    app = settle(press(app, "Modifier"), base)
    app = box(app, "numbers_of").select("FR").run()
    app = settle(press(app, "Voir ce qui va être enregistré"), base)
    assert "3 cases que je n’ai pas su lire" in "".join(one.label for one in app.expander)


def test_after_a_file_of_people_who_left_the_next_step_is_a_list_or_customers(
    base: Path, show: Callable[..., AppTest]
) -> None:
    left = b"Email,Nom\nmarie@example.org,Durand\n"
    app = saved(drop_file(show("import"), base, "desinscrits.csv", left), base)
    assert "ne recevront plus rien de vous" in said(app)
    assert [one.label for one in app.button if one.key == "next_step"] == ["Importer mes clients"]
    for name, content in (("clients.csv", CONTACTS), ("desinscrits.csv", left)):
        app = drop_file(app.button(key=_onward(app)).click().run().run(), base, name, content)
        (save,) = [button for button in app.button if str(button.key).startswith("save_")]
        app = settle(save.click().run(), base)
        (step,) = [button for button in app.button if button.key == "next_step"]
        assert (step.label == "Faire une liste sans ces personnes") is (content == left)


def _onward(app: AppTest) -> str:
    """The button to another file: the large one where it says so, and then the only one."""
    (step,) = [button for button in app.button if button.key == "next_step"]
    others = [button for button in app.button if button.key == "another"]
    assert bool(others) is (step.label != "Importer mes clients")
    return "another" if others else "next_step"


def test_a_file_that_says_only_who_refuses_asks_about_the_others(
    base: Path, show: Callable[..., AppTest]
) -> None:
    rows = "\r\n".join(f"p{n}@example.org;Léa;Roux{n};{'non' if n else 'oui'}" for n in range(4))
    content = f"E-mail;Prénom;Nom;Ne pas contacter\r\n{rows}\r\n".encode()
    app = drop_file(show("import"), base, "clients.csv", content)
    (answer,) = app.radio
    assert "qui refuse, pas qui accepte" in said(app)
    answer.set_value("customer").run()
    saved(app, base)
    with Workspace.open(base) as workspace:
        refused = workspace.database.run(
            Statement(
                "SELECT count(DISTINCT contact_id) FROM consents WHERE channel = 'email' AND state = 'no'"
            )
        ).rows
        agreed = workspace.database.run(
            Statement("SELECT count(*) FROM consents WHERE channel = 'email' AND state = 'customer'")
        ).rows
    assert (refused, agreed) == ([(1,)], [(3,)])


REMARKS = "Nom;E-mail;Newsletter;Remarques\nRoux;a@example.com;oui;{}\nBleu;b@example.com;oui;\n"


@pytest.mark.parametrize("known", [False, True], ids=["new", "like one of before"])
def test_a_remark_that_refuses_is_read_before_the_preview(
    base: Path, show: Callable[..., AppTest], known: bool
) -> None:
    if known:
        with Workspace.open(base) as workspace:
            bring(workspace, REMARKS.format("vient le mardi"))
    warning = words("fr")("recognise.remarks_refuse")
    app = drop_file(show("import"), base, "juin.csv", REMARKS.format("ne veut plus de courrier").encode())
    assert warning in [one.value for one in app.warning]
    assert not [button for button in app.button if str(button.key).startswith("save_")]
    app = press(saved(app, base), "un autre fichier")
    app = drop_file(app, base, "juillet.csv", REMARKS.format("fidèle").encode())
    assert warning not in [one.value for one in app.warning]
    assert [button for button in app.button if str(button.key).startswith("save_")], "nothing to tell"
