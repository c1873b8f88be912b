"""Bad files, hostile names, two windows, a stop, the back button, a kill: one sentence, and a whole base."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from app import MENU
from segmentation.i18n import words
from segmentation.workspace import Workspace
from tests.bad_files import BAD_FILES
from tests.bringing import bring
from tests.browser.driving import Running, idle

SHOWN = ("vide.csv", "titres.xlsx", "photo.csv", "secret.xlsx", "large.csv", "hasard.csv", "coupe.xlsx")
IMAGE = "<img src=http://evil.test/x.png onerror=window.__xss=1>"
LINK = "<a href=http://evil.test>ici</a>"
RUN = "<script>window.__xss=2</script>"
HOSTILE = (
    'Prénom;Nom;E-mail;Ville;"""; drop table contacts; --";Étiquettes;'
    "Société;Source;Centres d’intérêt;Civilité\r\n"
    f"{IMAGE};![](http://evil.test/y.png);a@example.com;{RUN};b;{IMAGE};{IMAGE};{LINK};{IMAGE};{RUN}\r\n"
    f"Zoé;[clic](javascript:window.__xss=3);b@example.com;{IMAGE};:red[x];**gras**;{LINK};{IMAGE};{LINK};Mme\r\n"
    f"Zoé;[clic](javascript:window.__xss=3);b@example.net;{IMAGE};:red[x];**gras**;{LINK};{IMAGE};{LINK};Mme\r\n"
    f"%{{x}};$\\alpha$;c@example.com;{LINK};:material/home:;`x`;{RUN};{RUN};%{{y}};M.\r\n"
)
ORDERS = (
    "N° commande;E-mail;Date;Montant;Catégorie;Canal;Produit\r\n"
    f"1;a@example.com;2026-10-02;120;{IMAGE};{LINK};{IMAGE}\r\n2;b@example.com;2026-11-03;80;**gras**;{RUN};{LINK}\r\n"
    f"3;c@example.com;2026-11-12;40;<b>x</b>;{IMAGE};{RUN}\r\n4;a@example.com;2026-11-18;60;{IMAGE};{LINK};{LINK}\r\n"
)
EVENTS = "E-mail;Événement;Date;Campagne;Lien\r\n" + "".join(
    f"{who}@example.com;{what};2026-{month}-1{day};{name};{IMAGE}\r\n"
    for month in (10, 11)
    for day, name in enumerate((IMAGE, LINK, RUN))
    for who in "abc"
    for what in ("envoyé", "ouvert", "clic")
)
ABOUT = ("portrait", "rfm", "engagement", "value")
"""The screens that can be about a segment."""
SAID = ("/contacts?contact=1", "/portrait", "/crossing", "/segments?", "/lists?")
"""Where what the files hold must be read as plain text, so that the visit proves something."""
FETCHES = """() => [...document.querySelectorAll("*")].flatMap(one => [...one.attributes]
  .filter(held => ["src", "href", "srcset", "data", "action"].includes(held.localName))
  .map(held => held.value)
  .filter(value => /evil\\.test/.test(value) || /^\\s*javascript:/i.test(value)))"""
"""Whatever an element of the page, pictures in SVG included, would fetch or open that a file asked for."""
THREE = "Prénom;E-mail;Accepte les e-mails\r\n" + "".join(
    f"{name};{name.lower()}@example.com;oui\r\n" for name in ("Ana", "Bob", "Eva")
)
LARGE = "Nom de famille;E-mail;Accepte les e-mails;Code postal\r\n" + "".join(
    f"Nom{i};c{i}@example.com;oui;{i % 97:05d}\r\n" for i in range(400_000)
)


def drop(page: Page, name: str, content: bytes | str) -> None:
    page.locator('input[type="file"]').set_input_files(
        {
            "name": name,
            "mimeType": "text/csv",
            "buffer": content.encode() if isinstance(content, str) else content,
        }
    )


def side(page: Page, said: str | re.Pattern[str]) -> Locator:
    """What the side of the frame says of the base."""
    return page.get_by_test_id("stSidebar").get_by_text(said)


def fill(base: Path, name: str, content: str) -> None:
    """One file saved in a base, before any server holds it."""
    with Workspace.open(base) as workspace:
        bring(workspace, content, name)


def looks_whole(base: Path, contacts: int) -> None:
    """The base of a server that stopped: its contacts, nothing half-written, nothing left beside it."""
    with Workspace.open(base) as workspace:
        assert workspace.contacts == contacts
        assert workspace.check() == {}
        assert not list(workspace.database.workdir.iterdir())


def test_each_bad_file_has_one_sentence(carnet: Running, open_page: Callable[..., Page]) -> None:
    files = {bad.name: bad for bad in BAD_FILES}
    for lang, names in (("fr", SHOWN), ("en", SHOWN[-3:])):
        page = open_page(f"{carnet.url}/import?lang={lang}")
        for name in names:
            drop(page, name, files[name].content)
            sentence = words(lang)(files[name].code, columns="{", rows="{", most="{").split("{")[0]
            alert = page.get_by_test_id("stAlert")
            expect(alert).to_contain_text(sentence, timeout=30_000)
            expect(alert).to_have_count(1)
            idle(page)
        expect(side(page, words(lang)("frame.empty"))).to_be_visible()


def test_hostile_names_do_nothing_on_any_page(
    start_carnet: Callable[..., Running], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    base = tmp_path / "carnet.duckdb"
    fill(base, f"{IMAGE}.csv", HOSTILE)
    fill(base, "commandes.csv", ORDERS)
    fill(base, f"{LINK}.csv", EVENTS)
    with Workspace.open(base) as workspace:
        workspace.set("name", IMAGE)
        everyone = {"field": "city", "op": "not_empty"}
        key = workspace.segments.save(IMAGE, everyone, note=f"**{IMAGE}**").key
    running = start_carnet(base)
    page = open_page(f"{running.url}/import")
    drop(page, f"{IMAGE}.csv", HOSTILE.replace("@example.com", "@example.org"))
    expect(page.get_by_role("button", name="Voir ce qui va être enregistré").first).to_be_visible()
    named = page.get_by_test_id("stSidebarNavLink").evaluate_all("all => all.map(one => one.pathname)")
    first, *others = [screen.name for screens in MENU.values() for screen in screens]
    assert named == ["/", *(f"/{name}" for name in others)], first
    cards = [f"/contacts?contact={number}" for number in (1, 2, 3)]
    for path in (*named, *cards, f"/segments?segment={key}", f"/lists?segment={key}"):
        page.goto(f"{running.url}{path}")
        idle(page, 60)
        looks_harmless(page, path)
    for screen in ABOUT:
        page.goto(f"{running.url}/{screen}")
        idle(page, 60)
        page.locator('[class*="st-key-whom_"]').get_by_role("combobox").click()
        page.get_by_role("option", name=IMAGE).click()
        idle(page, 60)
        looks_harmless(page, screen)


def looks_harmless(page: Page, where: str) -> None:
    """Nothing of what a file holds has run, would be fetched or is a way out; nothing broke."""
    for tab in page.get_by_test_id("stMain").get_by_role("tab").all():
        tab.click()
    idle(page, 60)
    assert page.evaluate("window.__xss") is None, where
    assert page.evaluate(FETCHES) == [], where
    assert page.get_by_test_id("stException").count() == 0, where
    if where.startswith(SAID):
        assert "evil.test" in page.get_by_test_id("stMain").inner_text(), (
            f"{where} shows nothing of the files"
        )


def test_two_windows_save_the_same_file(
    start_carnet: Callable[..., Running], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    running = start_carnet(tmp_path / "carnet.duckdb")
    one, other = (open_page(f"{running.url}/import") for _ in range(2))
    for page in (one, other):
        drop(page, "clients.csv", THREE)
        expect(page.get_by_role("button", name="Enregistrer 3 contacts")).to_be_visible(timeout=30_000)
        idle(page)
    for page in (one, other):
        page.get_by_role("button", name="Enregistrer 3 contacts").click()
        expect(page.get_by_role("button", name="Annuler cet import").first).to_be_visible(timeout=30_000)
        idle(page)
        expect(side(page, "3 contacts")).to_be_visible()
    for page in (one, other):
        page.reload()
        idle(page)
    drop(one, "grand.csv", LARGE)
    one.get_by_role("button", name=re.compile("Enregistrer 400")).click(timeout=60_000)
    stop = one.get_by_role("button", name="Arrêter")
    stop.wait_for()
    drop(other, "clients.csv", THREE)
    expect(other.get_by_test_id("stAlert").filter(has_text="Un autre travail")).to_be_visible()
    stop.click()
    expect(one.get_by_test_id("stAlert").filter(has_text="Rien n’a été enregistré")).to_be_visible()
    expect(side(one, "3 contacts")).to_be_visible()
    running.stop()
    looks_whole(tmp_path / "carnet.duckdb", 3)


def test_back_and_forward_lose_nothing(carnet: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(carnet.url)
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    idle(page)
    drop(page, "clients.csv", "Prénom;Nom;Mèl;Fidélité\r\nAna;Roux;ana@example.com;or\r\n")
    question = page.get_by_text("Ce sont mes clients")
    question.click(timeout=30_000)
    idle(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile("/import"))
    idle(page)
    page.go_forward()
    expect(page).to_have_url(re.compile("/import"))
    idle(page)
    expect(question).to_be_visible()
    expect(page.get_by_role("radio", name="Ce sont mes clients")).to_be_checked()
    expect(side(page, "Encore vide")).to_be_visible()


def test_killed_in_the_middle_of_an_import(
    start_carnet: Callable[..., Running], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    base = tmp_path / "carnet.duckdb"
    fill(base, "clients.csv", THREE)
    running = start_carnet(base)
    page = open_page(f"{running.url}/import")
    drop(page, "grand.csv", LARGE)
    page.get_by_role("button", name=re.compile("Enregistrer 400")).click(timeout=60_000)
    expect(page.get_by_role("button", name="Arrêter")).to_be_visible(timeout=30_000)
    running.kill()
    again = start_carnet(base)
    page = open_page(again.url)
    expect(side(page, "3 contacts")).to_be_visible()
    again.stop()
    looks_whole(base, 3)
