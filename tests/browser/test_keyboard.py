"""Without a mouse: a segment saved, its list downloaded, a crossing's cell, a contact's card, a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.driving import Running, idle
from tests.browser.keys import Keyboard
from tests.browser.test_import import CLIENTS, drop, see


def digits(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def test_from_the_menu_to_the_excel_file(
    shop: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(shop.url)
    keys = Keyboard(page)
    keys.to('link "Segments"')
    keys.press("Enter")
    expect(page.get_by_role("heading", name="qui exactement")).to_be_visible()
    keys.to('button "Voir et ajuster"')
    keys.press("Enter")
    size = page.get_by_test_id("stMetricValue").first
    before = digits(size.inner_text())
    keys.to('button "Critère"')
    keys.press("Enter")
    keys.to('textbox "Chercher un critère"')
    keys.write("Ville")
    keys.press("Enter")
    keys.to('button "Ville"')
    keys.press("Enter")
    keys.to('"Valeur, critère 2"', most=60)
    keys.write("Lyon")
    keys.press("Enter")
    expect(size).not_to_have_text(re.compile(rf"^\D*{before}\D*$"))
    assert 0 < digits(size.inner_text()) < before
    keys.to("Nom du segment", back=True)
    keys.press("Control+A")
    keys.write("Lyonnais à revoir")
    keys.press("Enter")
    keys.to('button "Enregistrer"', most=3)
    keys.press("Enter")
    expect(page).to_have_url(re.compile("segment=lyonnais"))
    keys.to('button "Plus"', most=3)
    keys.press("Enter")
    keys.to('button "Préparer la liste"')
    keys.press("Enter")
    promised = page.get_by_text("peuvent recevoir votre e-mail")
    expect(promised).to_be_visible()
    keys.to('button "Télécharger Excel"')
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "liste.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "liste.xlsx", read_only=True).worksheets[0].iter_rows())
    assert digits(promised.inner_text().split("peuvent")[0]) == len(rows) - 1
    print("keys pressed:", keys.pressed)


def test_a_cell_of_the_crossing_becomes_a_segment(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/crossing")
    keys = Keyboard(page)
    keys.to("link .*main content", most=2)
    keys.press("Enter")
    keys.to("mêmes chiffres en tableau")
    keys.press("Enter")
    keys.to("canvas|td")
    keys.press("ArrowDown")
    panel = page.locator(".st-key-crossing_chosen")
    expect(panel.get_by_text(re.compile(r"Clients fidèles\s: "))).to_be_visible()
    keys.to('combobox "Choisir une colonne', back=True)
    keys.press("ArrowDown", 2)
    keys.press("Enter")
    keys.to('combobox "Choisir une ligne', back=True, most=2)
    keys.write("Champions")
    keys.press("Enter")
    held = digits(panel.get_by_text(re.compile(r"Champions × .*\s: ")).inner_text().rpartition(":")[2])
    assert held > 10
    keys.to('button "Créer un segment"', back=True, most=20)
    keys.press("Enter")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(str(held))
    print("keys pressed:", keys.pressed)


def test_a_contact_opens_from_the_grid(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/contacts")
    keys = Keyboard(page)
    keys.to('textbox "Chercher"')
    keys.to("combobox .*Ouvrir", most=6)
    keys.to("iframe", most=3)
    cell = page.frame_locator("iframe").first.locator(".ag-cell-focus")
    while not cell.count() and keys.pressed < 60:
        keys.press("Tab")
    keys.press("ArrowRight", 2)
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"contact=\d+"))
    expect(page.get_by_role("tab").first).to_be_visible()


def test_a_file_is_asked_for_and_its_question_reached(
    carnet: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(carnet.url)
    keys = Keyboard(page)
    keys.to('button ".*Choisir des fichiers"')
    drop(page, "clients.csv", CLIENTS)  # the system's own window is not the page's
    see(page, "Pouvez-vous écrire à ces personnes")
    idle(page)
    keys.to('radio "Je ne sais pas"')
    keys.to('button "Voir ce qui va être enregistré"', most=4)
