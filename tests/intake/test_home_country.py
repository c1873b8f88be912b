"""The country of a file that does not say it: proved by its codes, its numbers and its headers, or left."""

from __future__ import annotations

import pytest

from segmentation.intake.home_country import country_of
from tests.intake.conftest import Base

EN = ("First name", "Surname", "Phone", "Postcode")
FR = ("Prénom", "Nom", "Téléphone", "Code postal")
UK = ["07700 900123", "07700 900456", "020 7946 0958", "0161 496 0000", "07911 123456"]
BELGIAN = ["0470 12 34 56", "0475 11 22 33", "02 511 22 33", "0486 98 76 54", "04 222 33 44"]
SWISS = ["079 123 45 67", "078 654 32 10", "021 312 34 56", "022 700 11 22"]
FRENCH = ["06 12 34 56 78", "07 81 22 33 44", "01 42 68 53 00", "04 78 11 22 33"]
IRISH = ["083 111 4257", "085 489 5360", "086-1824168", "087-9541298"]
CODED = ["00353866168106", "+353 87 234 5678", "+353 85 123 4567", "00353 1 679 3636"]
NONE = [""] * 9
CASES = [
    (EN, UK, ["SW1A 1AA", "M1 1AE", "EH1 1BB", "B33 8TH", "CR2 6XH"], "GB"),
    (EN, UK, NONE, "GB"),
    (FR, UK, NONE, ""),
    (EN, ["087 123 4567", "086 234 5678", "01 679 3636"], ["D02 X285", "T12 W6K8", "A65 F4E2"], "IE"),
    (EN, ["(212) 555-0142", "415-555-0132", "312 555 0187"], ["10001", "94103", "60601"], "US"),
    (EN, ["416-555-0132", "514 555 0187", "604 555 0100"], ["M5V 2T6", "H2X 1Y4", "V6B 1A1"], "CA"),
    (FR, BELGIAN, ["1000", "1050", "1180", "1348", "4020"], "BE"),
    (FR, ["04 74 21 22 23", "04 74 45 46 47", "04 74 32 33 34"], ["1000", "1200", "1500"], ""),
    (FR, SWISS, ["1003", "1204", "1950", "1020"], "CH"),
    (("Nombre", "Apellidos", "Teléfono", "CP"), ["612 345 678", "691 234 567", "93 412 34 56"], NONE, "ES"),
    (("Vorname", "Nachname", "Telefon", "PLZ"), ["0151 23456789", "0170 1234567", "030 901820"], NONE, "DE"),
    (EN, FRENCH, ["75011", "69003", "59000", "33000"], ""),
    (FR, FRENCH, ["1000", "1500", "1200", "1300"], ""),
    (FR, ["0470123456"] * 2, ["1000", "4000"], ""),
    (FR, [*IRISH, *CODED], NONE, "IE"),
    (FR, IRISH, NONE, ""),
    (FR, [*FRENCH, *CODED], NONE, ""),
    (FR, [*IRISH, "+33 6 12 34 56 78", "+33 7 81 22 33 44", "0033142685300"], NONE, ""),
    (EN, ["+44 7700 900123", "0044 20 7946 0958", "+44 161 496 0000"], NONE, ""),
]


@pytest.mark.parametrize(("headers", "numbers", "codes", "country"), CASES)
def test_what_a_file_proves(
    base: Base, headers: tuple[str, ...], numbers: list[str], codes: list[str], country: str
) -> None:
    rows = [["A", "B", *pair] for pair in zip(numbers, codes, strict=False)]
    mapping = {2: "contacts.phone", 3: "contacts.postal_code"}
    assert country_of(base.table(headers, rows), mapping) == country


def test_the_codes_written_with_their_towns_count(base: Base) -> None:
    towns = ["1003 Lausanne", "1204 Genève", "1950 Sion", "1020 Renens"]
    table = base.table(["Téléphone", "Ville"], list(zip(SWISS, towns, strict=True)))
    assert country_of(table, {0: "contacts.phone", 1: "contacts.city"}) == "CH"


def test_a_column_of_countries_leaves_nothing_to_prove(base: Base) -> None:
    table = base.table(["Phone", "Country"], [[number, "FR"] for number in UK])
    assert country_of(table, {0: "contacts.phone", 1: "contacts.country"}) == ""
    assert country_of(table, {0: "contacts.phone", 1: None}) != ""


@pytest.mark.parametrize("times", [1, 2_000])
def test_numbers_are_read_as_those_of_the_country(base: Base, times: int) -> None:
    headers = {"Name": "contacts.last_name", "Phone": "contacts.phone"}
    made = [f"07911 1{n:05}" for n in range(6_000)] if times > 1 else []
    rows = [[f"N{n}", number] for n, number in enumerate([*UK, "+33 6 12 34 56 78", *made])]
    report = base.load("contacts", headers, rows, country="GB")
    assert report.preview.unread == ()
    found = [row[0] for row in base.rows("SELECT phone FROM contacts ORDER BY contact_id LIMIT 6")]
    assert found[:3] == ["+447700900123", "+447700900456", "+442079460958"]
    assert found[5] == "+33612345678"
    assert base.rows("SELECT count(*) FROM contacts WHERE sms_number = '+447700900123'") == [(1,)]
