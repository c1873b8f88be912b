"""Accueil: an empty base teaches, a full one says where it stands; the demonstration is a base apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.home.money import going
from pages.parts.rfm.reading import read
from segmentation.criteria.codec import criterion_from_json, criterion_to_json, segment_to_json
from segmentation.errors import CancelledError, StoreError
from segmentation.i18n import LANGUAGES
from segmentation.jobs import current
from segmentation.lists.waterfall import NO_CHANNEL
from segmentation.reports.to_do import to_do
from segmentation.results import Cancelled, Progress
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, ROOT, press, said, screen
from tests.pages.shops import TODAY, fill


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_base_offers_the_drop_zone_and_the_demonstration(
    show: Callable[..., AppTest], lang: str
) -> None:
    app = show("app", lang)
    assert not app.exception
    assert not app.error
    assert len(app.get("file_uploader")) == 1
    assert app.text_area
    assert any(button.key == "demo" for button in app.button)
    assert not RAW_KEY.search(said(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_base_says_where_it_stands(full: Path, show: Callable[..., AppTest], lang: str) -> None:
    app = show("app", lang)
    assert not app.exception
    assert not app.error
    assert [metric.value for metric in app.metric[:2]] == ["3", "2"]
    assert "clients" in said(app)
    assert not app.get("file_uploader")
    assert not RAW_KEY.search(said(app))


def test_the_language_switch_speaks_at_once_and_stays(base: Path, show: Callable[..., AppTest]) -> None:
    app = show("app", "fr")
    assert app.title[0].value == "Qui sont vos clients ?"
    (switch,) = app.button_group
    switch.select("en").run()
    assert app.title[0].value == "Who are your customers?"
    assert app.query_params["lang"] == "en"
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert again.title[0].value == "Who are your customers?"


def test_the_demonstration_is_a_base_of_its_own(base: Path, show: Callable[..., AppTest]) -> None:
    app = press(show("app"), "démonstration")
    job = current(cached.demo_path())
    assert job is not None
    assert job.wait(60)
    app.run()
    assert not app.exception
    assert not app.error
    assert "Boutique de démonstration" in said(app)
    assert int(re.sub(r"\D", "", str(app.metric[0].value))) > 2_000
    assert cached.demo_path().exists()
    app = press(app, "Revenir à ma base")
    assert app.title[0].value == "Qui sont vos clients ?"


def test_a_demonstration_that_cannot_be_made_says_so_and_can_be_asked_for_again(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def broken(path: Path, **_: object) -> bool:
        asked.append(path)
        raise StoreError("error.store.locked", name="demo.duckdb", pid=1)

    monkeypatch.setattr("pages.parts.jobs.make_demo_ready", broken)
    app = press(show("app"), "démonstration")
    assert not app.exception
    assert len(app.error) == 1
    tried = len(asked)
    app.run()
    assert len(asked) == tried, "tried again by itself"
    press(app, "démonstration")
    assert len(asked) == tried + 1


def test_the_work_of_a_demonstration_waited_for_is_shown(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Event()

    def slow(path: Path, *, progress: Progress, **_: object) -> bool:
        progress("job.demo", 0.4)
        done.wait(20)
        return True

    monkeypatch.setattr("pages.parts.jobs.make_demo_ready", slow)
    app = show("app")
    assert not app.get("progress"), "not asked for, not shown"
    app = press(app, "démonstration")
    assert app.get("progress")
    assert app.get("file_uploader"), "the page stays usable"
    app = press(app, "Arrêter")
    done.set()


def test_the_demonstration_nobody_waits_for_gives_way_to_a_file(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(path: Path, *, cancelled: Cancelled, **_: object) -> bool:
        while not cancelled():
            Event().wait(0.02)
        raise CancelledError

    monkeypatch.setattr("pages.parts.jobs.make_demo_ready", slow)
    app = show("app")
    job = current(cached.demo_path())
    assert job is not None
    assert not job.cancelling
    app.text_area[0].input("Prénom;E-mail\nLuc;luc@example.com\n")
    press(app, "Lire ces lignes")
    assert job.wait(5), "the demonstration goes on beside the file"
    assert job.status == "cancelled"


def test_a_screen_that_fails_says_so_and_keeps_the_menu(
    base: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("secret of a contact")

    monkeypatch.setattr("pages.parts.home.welcome.drop.zone", broken)
    app = show("app")
    assert not app.exception
    assert len(app.error) == 1
    assert "secret" not in said(app)
    assert app.button_group


def test_a_base_that_cannot_be_opened_has_its_sentence(
    tmp_path: Path, show: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(b"not a base" * 1000)
    monkeypatch.setenv("CARNET_BASE", str(damaged))
    app = show("app")
    assert not app.exception
    assert len(app.error) == 1
    assert damaged.read_bytes() == b"not a base" * 1000


SALES = "Référence;Date;Montant;N° client;Statut\n" + "".join(
    f"C{n}-{at};{TODAY - timedelta(days=n % 10 * 45 + 5 + 7 * at):%d/%m/%Y};{n % 5 + 1}0,00;{n};payée\n"
    for n in range(60)
    for at in range(n % 7 + 1)
)
"""Orders of people nobody has named."""
ASKS_FOR_CONTACTS = ("base.collect", "understand.portrait", "act.segments", "act.lists")


def test_sales_of_people_without_a_name_ask_for_their_contacts(
    base: Path, show: Callable[..., AppTest]
) -> None:
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY)
        bring(workspace, SALES + f"X1;{TODAY:%d/%m/%Y};10,00;x;annulée\n", "commandes.csv")
    app = show("app")
    assert "1 client dont toutes les commandes sont annulées" in said(app)
    assert "1 client dont toutes les commandes sont annulées" in said(screen("pages.understand.rfm"))
    assert not app.exception and not app.error
    (button,) = [one for one in app.button if one.key == "home_money_list"]
    assert button.label == "Fichier de travail"
    assert "appelez" not in said(app) and "le moment de" not in said(app)
    for name in ASKS_FOR_CONTACTS:
        other = screen(f"pages.{name}")
        assert not other.exception
        assert [str(one.label) for one in other.button].count("Importer mes contacts") == 1, name
    with Workspace.open(base) as workspace:
        bring(workspace, "N° client;Prénom\n1;Ana\n")
    assert "Importer mes contacts" not in said(show("app")), "one of them has a name"


def test_the_agreement_is_named_when_it_is_what_most_lack(base: Path, show: Callable[..., AppTest]) -> None:
    with Workspace.open(base) as workspace:
        bring(workspace, "Prénom;E-mail;Code postal\nAna;ana@example.com;69003\nBob;bob@example.com;\n")
        bring(workspace, "E-mail;Nom;Mobile;Date de naissance\nana@example.com;A;0639980001;05/06/1980\n"
              "bob@example.com;B;0639980002;05/06/1981\n")  # fmt: skip
    assert "manque le plus : l’accord" in said(show("app"))
    quality = screen("pages.base.quality")
    first = next(str(one.key) for one in quality.button if "quality_list" in str(one.key))
    assert first == "quality_list_agreement"
    assert not [one for one in quality.button if str(one.label) == "Préparer la liste"]


@pytest.fixture
def busy(base: Path) -> Path:
    """A shop of sixty buyers, some of whom drift away."""
    fill(base, 60)
    return base


@pytest.mark.parametrize("lang", LANGUAGES)
def test_money_comes_first_then_the_week(busy: Path, show: Callable[..., AppTest], lang: str) -> None:
    app = show("app", lang)
    assert not app.exception
    assert not app.error
    assert not RAW_KEY.search(said(app))
    with Workspace.open(busy) as workspace:
        seen = read(workspace.rfm())
        things = to_do(workspace.evaluator).sheets["to_do"].rows
    assert seen is not None
    group = going(seen)
    assert group is not None
    money = next(str(one.value) for one in app.markdown if "%" in str(one.value))
    assert re.match(rf"\*\*{group.customers}\b", money)
    told = [str(one.value) for one in app.markdown if re.match(r"\*\*\d+ ", str(one.value))][1:]
    assert [int(re.findall(r"\d+", text)[0]) for text in told] == [row[1] for row in things[:3]]


@pytest.mark.parametrize(("key", "page"), [("home_money_see", "segments"), ("home_money_list", "lists")])
def test_the_money_sentence_opens_its_people(
    busy: Path, show: Callable[..., AppTest], key: str, page: str
) -> None:
    app = show("app")
    with Workspace.open(busy) as workspace:
        group = going(read(workspace.rfm()) or pytest.fail("no loyalty"))
    assert group is not None
    (button,) = [one for one in app.button if one.key == key]
    app = button.click().run()
    assert not app.exception
    assert not app.error
    held = app.session_state["carnet.draft_segment" if page == "segments" else "carnet.wanted_list"]
    told = held.definition()
    if not isinstance(told, dict):
        told = segment_to_json(told)
    asked = criterion_to_json(criterion_from_json(group.criterion))
    assert told["include"] in (asked, {"all": [asked]})


def test_a_care_list_is_a_working_file(full: Path, show: Callable[..., AppTest]) -> None:
    with Workspace.open(full) as workspace:
        bring(workspace, "Prénom;E-mail;Newsletter\nEve;eve@gmial.com;oui\n", "more.csv")
    app = show("app")
    assert "more.csv : 1 nouveau)" in said(app).replace("\\.", ".")
    assert [one for one in app.button if one.key == "to_do_fix_emails_repair"]
    (button,) = [one for one in app.button if one.key == "to_do_fix_emails_list"]
    app = button.click().run()
    assert not app.exception
    assert app.session_state["carnet.wanted_list"].channel == NO_CHANNEL


def test_a_stage_chosen_by_keyboard_has_its_people(busy: Path, show: Callable[..., AppTest]) -> None:
    app = show("app")
    (box,) = [one for one in app.selectbox if str(one.key).startswith("home_stage")]
    app = box.select("prospect").run()
    assert not app.exception
    assert "**3 prospects**" in said(app)
    assert [one for one in app.button if one.key == "home_stage_see"]


def test_my_segments_stand_on_the_page(busy: Path, show: Callable[..., AppTest]) -> None:
    with Workspace.open(busy) as workspace:
        workspace.segments.save("Lu*c*", {"field": "first_name", "op": "is", "value": "Luc"})
    app = show("app")
    assert not app.exception
    assert "62 contacts" in said(app)
    (button,) = [one for one in app.button if str(one.key).startswith("segment_")]
    app = button.click().run()
    assert not app.exception


def test_data_that_stop_long_ago_raise_the_question_of_the_date(
    base: Path, show: Callable[..., AppTest]
) -> None:
    fill(base, 12)
    with Workspace.open(base) as workspace:
        workspace.set_as_of(None)
        last = workspace.suggested_as_of
    assert last is not None
    app = press(show("app"), "Calculer au")
    assert not app.exception
    assert not [one for one in app.button if one.key == "as_of_last"]
    with Workspace.open(base) as workspace:
        assert workspace.as_of == last


def test_the_limits_of_the_life_cycle_are_changed_where_it_is_shown(
    busy: Path, show: Callable[..., AppTest]
) -> None:
    app = show("home")
    app.number_input[0].set_value(400)
    app = press(app, "Garder ces limites")
    assert not app.exception
    assert cached.workspace().settings.life_cycle == {"new": 400}
    assert "premier achat il y a 400 jours au plus" in str([one.help for one in app.header])
    app = press(app, "Valeurs d’origine")
    assert cached.workspace().settings.life_cycle == {}
