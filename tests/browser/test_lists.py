"""In a real browser: the demonstration, a group of customers, its list, and the Excel file that comes out."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.driving import Running, idle, open_demo


def test_from_the_demonstration_to_an_excel_file_then_a_tool_s_own(
    carnet: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(carnet.url)
    open_demo(page)
    page.get_by_role("link", name="Fidélité").click()
    idle(page)
    page.get_by_role("button", name="Voir qui").first.click()
    idle(page)
    page.get_by_role("button", name="Préparer la liste").click()
    idle(page)
    expect(page.get_by_text("peuvent recevoir votre e-mail")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger Excel").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    rows = list(openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    promised = page.get_by_text("peuvent recevoir votre e-mail").inner_text()
    assert int("".join(filter(str.isdigit, promised.split("peuvent")[0]))) == len(rows) - 1
    assert any("@" in str(value) for value in rows[1])
    # a tool has its own file and its three lines
    page.get_by_text("Brevo", exact=True).first.click()
    expect(page.get_by_text("Et ensuite, avec Brevo")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Pour Brevo").click()
    file = tmp_path / "brevo.csv"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename.endswith(".csv")
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline=""), delimiter=";"))
    assert list(rows[0])[:4] == ["EMAIL", "PRENOM", "NOM", "SMS"]
    assert all("@" in row["EMAIL"] for row in rows)
    assert all(not row["SMS"] or row["SMS"].startswith("+") for row in rows)
    line = page.get_by_text("· Brevo").first
    expect(line).to_be_visible()
    page.get_by_role("button", name="Et depuis ?").first.click()
    expect(page.get_by_text("Rien n’a changé").first).to_be_visible()
