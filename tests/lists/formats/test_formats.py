"""Each tool's file is letter for letter the one of tests/golden/lists, which a person can read.

To renew one, delete it, run the test, and read what was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from segmentation.errors import ListError
from segmentation.i18n import LANGUAGES, words
from segmentation.lists.formats import FORMATS, format_of
from segmentation.lists.safety import csv_text

GOLDEN = Path(__file__).parents[2] / "golden" / "lists"
CHOSEN = (
    "company_name",
    "birth_date",
    "address1",
    "postal_code",
    "city",
    "country",
    "rfm_segment",
    "total_spent",
)
CASES = [
    ("brevo", "email", "fr"),
    ("brevo", "sms", "en"),
    ("mailchimp", "email", "en"),
    ("hubspot", "email", "fr"),
    ("hubspot", "sms", "en"),
    ("mailmerge", "post", "fr"),
    ("mailmerge", "email", "en"),
]


def readable(form: str, content: bytes) -> str:
    """A CSV as it is; the list of a workbook with its cells between bars."""
    if content[:2] != b"PK":
        assert content.count(b"\r\n") == content.count(b"\n"), "lines end as in Windows"
        return content.decode("utf-8").replace("\r\n", "\n")
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return "".join(" | ".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


@pytest.mark.parametrize(("form", "channel", "language"), CASES)
def test_the_file_is_the_golden_one(
    taken: Callable[..., bytes], form: str, channel: str, language: str
) -> None:
    found = readable(form, taken(form, channel, CHOSEN, language))
    golden = GOLDEN / f"{form}-{channel}-{language}.txt"
    if not golden.exists():
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is written: read it")
    assert found == golden.read_text(encoding="utf-8")


def read(content: bytes, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    ("form", "delimiter", "email", "mobile"),
    [("brevo", ";", "EMAIL", "SMS"), ("hubspot", ",", "Email", "Mobile Phone Number")],
)
def test_an_address_is_there_only_for_who_accepts_its_channel(
    taken: Callable[..., bytes], form: str, delimiter: str, email: str, mobile: str
) -> None:
    by_email = {row[email]: row[mobile] for row in read(taken(form), delimiter)}
    assert by_email == {
        "eloise@example.com": "+33639980001",
        "jean@example.com": "",
        "marie@example.com": "",
        "roy@example.com": "",
        "contact@dao.example.com": "",
    }
    by_sms = {row[mobile]: row[email] for row in read(taken(form, "sms"), delimiter)}
    assert by_sms == {"+33639980001": "eloise@example.com", "+33639980006": "", "+33639980007": ""}


@pytest.mark.parametrize("form", ["brevo", "mailchimp", "hubspot"])
def test_csv_of_tools_start_with_their_header_and_no_cell_runs(
    taken: Callable[..., bytes], form: str
) -> None:
    content = taken(form, columns=CHOSEN)
    assert content.startswith(b'"E'), "no byte order mark before the first header"
    delimiter = ";" if form == "brevo" else ","
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=delimiter))
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])
    for cell in (cell for row in rows for cell in row):
        assert csv_text(cell) == cell
    assert any(cell == "'=cmd|'/c calc'!A1" for row in rows for cell in row)


def test_the_merge_workbook_has_only_texts_and_dates_and_says_what_it_is(
    taken: Callable[..., bytes],
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken("mailmerge", "post")))
    assert book.sheetnames == [words("fr")(f"list.sheet.{name}") for name in ("list", "about")]
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}
    postal = next(cell.column for cell in book.worksheets[0][1] if cell.value == "Code postal")
    assert book.worksheets[0].cell(2, postal).value == "01000"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.code)
def test_every_format_writes_every_channel_it_serves_and_has_its_words(
    taken: Callable[..., bytes], form: object
) -> None:
    known = next(one for one in FORMATS if one is form)
    for channel in known.channels:
        if channel != "phone":
            assert taken(known.code, channel)
    for language in LANGUAGES:
        w = words(language)
        assert w.has(f"list.format.{known.code}")
        if known.code not in ("xlsx", "csv"):
            assert len(w(f"list.after.{known.code}").splitlines()) == 3


def test_a_format_that_does_not_serve_the_channel_is_refused() -> None:
    with pytest.raises(ListError, match=r"error\.list\.format_channel"):
        format_of("mailchimp", "sms")
    with pytest.raises(ListError, match=r"error\.list\.format"):
        format_of("sendy", "email")
