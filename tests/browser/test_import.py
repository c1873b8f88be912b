"""A real file goes through a real browser: dropped, checked, saved, refused rows given back, undone."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Running, fits, idle

CLIENTS = (
    "Export de la caisse;;;;;;\r\n"
    "\r\n"
    "Prénom;Nom;Mèl;Tél.;CP;Ville;Truc à moi\r\n"
    "Éloïse;DUPONT;eloise@example.com;06.39.98.00.01;69003;Lyon;thé « fort »\r\n"
    "Zoé;L’Hôte;zoe@example.com;06 39 98 00 02;69100;Villeurbanne;<img src=x onerror=window.__xss=1>\r\n"
    "Noël;Œuvrard;noel@example.com;;75011;Paris;![](http://evil.test/x.png)\r\n"
    ";;;;;;orphelin\r\n"
).encode("cp1252")


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def see(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_test_id("stMain").get_by_text(text).first).to_be_visible(timeout=30_000)


@pytest.fixture(scope="module")
def base(start_carnet: Callable[..., Running]) -> Running:
    """A server whose base these tests fill, one after the other."""
    return start_carnet()


def test_a_french_file_comes_in_and_goes_out(
    base: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(base.url)
    drop(page, "clients été.csv", CLIENTS)
    see(page, "Pouvez-vous écrire à ces personnes")
    expect(page).to_have_url(re.compile("/import"))
    see(page, re.compile("exporté d’un tableur français"))
    page.get_by_text("Ce sont mes clients").click()
    idle(page)
    page.get_by_role("button", name="Voir ce qui va être enregistré").click()
    see(page, "4 lignes lues, voici ce qu’elles deviennent")
    page.get_by_role("button", name="Enregistrer 3 contacts").click()
    see(page, "3 contacts enregistrés")
    expect(page.get_by_test_id("stSidebar").get_by_text("3 contacts")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("ligne refusée")).first.click()
    waiting.value.save_as(tmp_path / "refused.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "refused.xlsx").active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "orphelin" in rows[1]
    assert rows[1][-1], "no reason given"
    idle(page)
    page.get_by_role("button", name="Annuler cet import").first.click()
    page.get_by_role("button", name="Oui, annuler").first.click()
    expect(page.get_by_test_id("stSidebar").get_by_text("Encore vide")).to_be_visible(timeout=30_000)
    assert page.evaluate("window.__xss") is None


def test_an_import_survives_a_change_of_page(base: Running, open_page: Callable[..., Page]) -> None:
    rows = "".join(f"Nom{i};c{i}@example.com;oui;{i % 97:05d}\r\n" for i in range(60_000))
    page = open_page(base.url)
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    idle(page)
    drop(page, "grand.csv", f"Nom de famille;E-mail;Accepte les e-mails;Code postal\r\n{rows}".encode())
    save = page.get_by_role("button", name=re.compile("Enregistrer 60"))
    expect(save).to_be_visible(timeout=120_000)
    idle(page)
    save.click()
    page.get_by_test_id("stSidebarNavLink").first.click()
    expect(page.get_by_test_id("stSidebar").get_by_text(re.compile(r"60\s000 contacts"))).to_be_visible(
        timeout=120_000
    )
    idle(page)
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    see(page, re.compile(r"60\s000 contacts enregistrés"))


@pytest.mark.parametrize(("lang", "sentence"), [("fr-FR", "image"), ("en-US", "picture")])
def test_an_image_renamed_is_refused_in_one_sentence(
    carnet: Running, open_page: Callable[..., Page], lang: str, sentence: str
) -> None:
    page = open_page(carnet.url, lang=lang)
    drop(page, "clients.csv", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + bytes(500))
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_have_count(1, timeout=30_000)
    expect(alert).to_contain_text(sentence)
    expect(page.locator('input[type="file"]')).to_be_attached()


def test_a_file_above_the_limit_is_refused_in_our_words(
    carnet: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "grand.csv"
    with path.open("wb") as file:
        file.truncate(310 * 1024 * 1024)
    page = open_page(carnet.url)
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_test_id("stAlert")).to_contain_text("300", timeout=90_000)


def test_pasted_rows_come_in(base: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{base.url}/import", lang="en-US")
    page.get_by_role("tab", name="Paste rows").click()
    page.get_by_role("textbox").fill("First name\tE-mail\tE-mail opt-in\nZoe\tzoe@example.com\tyes\n")
    page.get_by_role("button", name="Read these rows").click()
    idle(page)
    if page.get_by_role("button", name="Read these rows").count():
        page.get_by_role("button", name="Read these rows").click()
    page.get_by_role("button", name="Save 1 contact").click(timeout=30_000)
    see(page, "1 contact saved")


def test_every_step_is_answered_from_the_keyboard_of_a_narrow_window(
    base: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{base.url}/import?lang=fr")
    page.set_viewport_size({"width": 390, "height": 844})
    drop(page, "été.csv", "Prénom;Nom;Mèl;Truc\r\nAnouk;Rey;anouk@example.com;a\r\n".encode("cp1252"))
    for step in ("continue_", "save_", "next_step"):
        button = page.locator(f'[class*="st-key-{step}"] button').first
        expect(button).to_be_visible(timeout=30_000)
        idle(page)
        page.evaluate("document.activeElement.blur()")
        for _ in range(60):
            if button.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(button).to_be_focused()
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("portrait"))


def test_the_screen_fits(carnet: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{carnet.url}/import?lang=en")
    see(page, "Which file are you bringing?")
    fits(page)
