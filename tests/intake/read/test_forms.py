"""Web pages, Excel XML, address cards, JSON, Parquet: what they hold comes out as rows, or one sentence."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import InputError
from segmentation.intake.read import ReadOptions, Table, read_file, sheets
from segmentation.intake.read.html_tables import largest_table
from segmentation.intake.read.json_rows import json_rows
from segmentation.intake.read.limits import MAX_FORM_BYTES
from segmentation.intake.recognise import recognise


def read(tmp_path: Path, data: bytes, name: str = "file.bin", options: ReadOptions | None = None) -> Table:
    path = tmp_path / "upload.bin"
    path.write_bytes(data)
    found = read_file(path, name=name, workdir=tmp_path, options=options)
    assert len(list(found.rows())) + found.rows_refused == found.rows_read
    return found


def cells(found: Table) -> list[list[str]]:
    return [row for _, row in found.rows()]


PAGE = """<html><head><meta charset="windows-1252"><style>td {color: red}</style></head><body>
<table><tr><td>menu</td></tr></table>
<table><tr><td colspan="3">Clients de la boutique</td></tr>
<tr><th>Nom<th>Ville<th>Total</tr>
<tr><td rowspan=2>Éric &amp; fils</td><td>Lyon</td><td>3,5</td></tr>
<tr><td>Nîmes<td>4<br>5<script>alert(1)</script></tr>
<tr><td>Œuvre</td><td></td><td>6</td></tr></table>"""


def test_a_web_page_named_xls(tmp_path: Path) -> None:
    found = read(tmp_path, PAGE.encode("cp1252"), "clients.xls")
    assert found.format == "html"
    assert found.headers == ("Nom", "Ville", "Total")
    assert cells(found) == [["Éric & fils", "Lyon", "3,5"], ["", "Nîmes", "4 5"], ["Œuvre", "", "6"]]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", [["a", "b"], ["c", ""]]),
        ("<table><tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d</table>", [["a", "b"], ["", "c"], ["", "d"]]),
        ("<table><tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d</table>", [["a", "b"], ["c", ""], ["d", ""]]),
        (
            "<table><tr><td>a<table><tr><td>x<tr><td>y<tr><td>z</table><tr><td>b</table>",
            [["x"], ["y"], ["z"]],
        ),
        ('<table><tr><td colspan="99999999">a<tr><td>b</table>', [["a"], ["b"]]),
        ("<table><tr><td>only</table>", []),
        ("<p>nothing</p>", []),
    ],
)
def test_tables_of_a_page(page: str, rows: list[list[str]]) -> None:
    assert [list(row) for row in largest_table(page)] == rows


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_a_written_page_reads_back(rows: list[list[str]]) -> None:
    page = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    assert [list(row) for row in largest_table(f"<table>{page}</table>")] == rows


SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Clients"><Table>
<Row><Cell><Data ss:Type="String">Nom</Data></Cell><Cell><Data ss:Type="String">Naissance</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="DateTime">1980-01-02T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Zoé</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_excel_of_2003_in_xml(tmp_path: Path) -> None:
    found = read(tmp_path, SHEET.encode(), "clients.xls")
    assert (found.format, found.headers) == ("xml", ("Nom", "Naissance"))
    assert cells(found) == [["", "1980-01-02"], ["Zoé", ""]]


CARDS = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:D=C3=A9sir=\r\n=C3=A9e;Anne;;;"
    b"\r\nTEL;CELL:06 99 00 12 34\r\nTEL;HOME:0199001234\r\nEND:VCARD\r\n"
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xc3\xa9 Martin\r\nN:Martin;Zo\xc3\xa9;;;\r\n"
    b"EMAIL;TYPE=work:zoe@example.org\r\nitem1.EMAIL:z2@example.org\r\nEMAIL:zoe@example.org\r\n"
    b"ADR;TYPE=HOME:;;3 rue\r\n  Verte;Lyon;;69003;France\r\nNOTE:a\\, b\\nc\r\nBDAY:19800131\r\n"
    b"PHOTO;ENCODING=b:AAAA\r\nCATEGORIES:VIP,Lyon\r\nEND:VCARD\r\n"
)


def test_address_cards(tmp_path: Path) -> None:
    found = read(tmp_path, CARDS, "contacts.vcf")
    anne, zoe = (dict(zip(found.headers, row, strict=True)) for row in cells(found))
    assert {key: value for key, value in anne.items() if value} == {
        "Nom": "Désirée",
        "Prénom": "Anne",
        "Mobile": "06 99 00 12 34",
        "Téléphone fixe": "0199001234",
    }
    assert {key: value for key, value in zoe.items() if value} == {
        "Nom": "Martin",
        "Prénom": "Zoé",
        "Nom complet": "Zoé Martin",
        "E-mail": "zoe@example.org",
        "E-mail 2": "z2@example.org",
        "Adresse": "3 rue Verte",
        "Ville": "Lyon",
        "Code postal": "69003",
        "Pays": "France",
        "Commentaires": "a, b\nc",
        "Date de naissance": "1980-01-31",
        "Tags / étiquettes": "VIP,Lyon",
    }


MEANT = {
    "last_name": "Nom",
    "first_name": "Prénom",
    "mobile": "Mobile",
    "phone": "Téléphone fixe",
    "full_name": "Nom complet",
    "email": "E-mail",
    "email_secondary": "E-mail 2",
    "address1": "Adresse",
    "city": "Ville",
    "postal_code": "Code postal",
    "country": "Pays",
    "notes": "Commentaires",
    "birth_date": "Date de naissance",
    "tags": "Tags / étiquettes",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_address_cards_are_named_in_the_reader_s_language_and_understood_on_sight(
    tmp_path: Path, language: str
) -> None:
    found = recognise(read(tmp_path, CARDS, "contacts.vcf", ReadOptions(language=language))).columns
    assert [guess.header for guess in found if not guess.accepted] == []
    assert sorted(str(guess.field) for guess in found) == sorted(MEANT)
    if language == "fr":
        assert {guess.header for guess in found} == set(MEANT.values())
    else:
        assert {"Full name", "E-mail 2", "Date of birth"} <= {guess.header for guess in found}


FULL = "".join(
    f"BEGIN:VCARD\nVERSION:3.0\nN:Roy{n};Ana{n};Zoe;Mme;Jr\nFN:Ana Roy{n}\nNICKNAME:Nana{n}\n"
    f"EMAIL:ana{n}@example.com\nEMAIL:bis{n}@example.com\nTEL;TYPE=CELL:06 12 34 56 1{n}\n"
    f"TEL;TYPE=CELL:06 12 34 57 1{n}\nTEL:01 12 34 56 1{n}\n"
    f"ADR:BP {n};Bât. A;{n} rue X;Paris;IDF;7501{n};France\n"
    f"ORG:ACME;Vente\nBDAY:1980-01-1{n}\nTITLE:Chef {n}\nROLE:Accueil {n}\nURL:https://a{n}.example.com\n"
    f"NOTE:aime le thé {n}\nCATEGORIES:VIP,Lyon\nUID:u{n}\nGENDER:F\nLANG:fr\nREV:2020-01-01\nEND:VCARD\n"
    for n in range(8)
).encode()


def test_a_property_of_a_card_means_the_same_in_every_language(tmp_path: Path) -> None:
    french, english = (
        recognise(read(tmp_path, FULL, "contacts.vcf", ReadOptions(language=language))).columns
        for language in ("fr", "en")
    )
    means = {guess.header: guess.field for guess in french}
    assert [guess.field for guess in english] == list(means.values())
    assert {guess.header for guess in (*french, *english) if not guess.accepted} == set()
    assert {header for header, field in means.items() if field is None} == {
        "Surnom",
        "Deuxième prénom",
        "Suffixe",
        "Mobile 2",
        "Boîte postale",
        "Rôle",
    }
    assert (means["Complément d’adresse"], means["Société"]) == ("address2", "company_name")


JSON: list[tuple[str, list[list[str]]]] = [
    ('[{"id": 1, "n": null}, {"id": 2, "v": true}]', [["id", "n", "v"], ["1", "", ""], ["2", "", "true"]]),
    ('{"page": 1, "contacts": [{"a": {"b": "x"}, "t": ["u", 2]}]}', [["a.b", "t"], ["x", "u, 2"]]),
    ('{"id": 1}\n\n{"id": "2"}\n', [["id"], ["1"], ["2"]]),
    ('{"email": "a@example.org"}', [["email"], ["a@example.org"]]),
    ('[{"o": [{"p": 1}]}]', [["o"], ['[{"p": 1}]']]),
]


@pytest.mark.parametrize(("text", "rows"), JSON)
def test_json(text: str, rows: list[list[str]]) -> None:
    assert [list(row) for row in json_rows(text)] == rows


FLAT = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS, min_size=1), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(FLAT, st.booleans())
def test_written_json_reads_back(objects: list[dict[str, str]], lines: bool) -> None:
    text = "\n".join(map(json.dumps, objects)) if lines else json.dumps(objects)
    columns, *rows = (list(row) for row in json_rows(text))
    assert [dict(zip(columns, row, strict=True)) for row in rows] == [
        {column: found.get(column, "") for column in columns} for found in objects
    ]


def test_json_file(tmp_path: Path) -> None:
    found = read(tmp_path, '[{"nom": "Zoé", "ville": "a;b,\\"c"}]'.encode(), "x.json")
    assert (found.format, found.headers, cells(found)) == ("json", ("nom", "ville"), [["Zoé", 'a;b,"c']])


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    columns: dict[str, Sequence[object]] = {
        "nom": ["Zoé", None],
        "total": [Decimal("1.50"), None],
        "jour": [dt.date(2026, 1, 2)] * 2,
        "tags": [["a", "b"], []],
    }
    pq.write_table(pa.table(columns), path)
    found = read_file(path, name="x.parquet", workdir=tmp_path)
    assert (found.format, found.headers) == ("parquet", ("nom", "total", "jour", "tags"))
    assert cells(found) == [["Zoé", "1.50", "2026-01-02", "a, b"], ["", "", "2026-01-02", ""]]
    assert sheets(path) == ()


BAD: list[tuple[str, bytes, str]] = [
    ("page without table", b"<html><table><tr><td>a</td></tr></table></html>", "error.read.html"),
    ("other xml", b"<?xml version='1.0'?><a><b/></a>", "error.read.xml"),
    ("growing xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "error.read.xml"),
    ("broken json", b'{"a": [', "error.read.json"),
    ("mixed lines", b'{"a": 1}\n3\n', "error.read.json"),
    ("deep json", b'{"a":' + b"[" * 100_000, "error.read.json"),
    ("no card", b"BEGIN:VCARD\nVERSION:3.0\n", "error.read.vcard"),
    ("calendar", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "error.read.vcard"),
    ("broken parquet", b"PAR1" + bytes(100) + b"PAR1", "error.read.damaged_workbook"),
    ("big page", b"<html>" + b" " * MAX_FORM_BYTES, "error.read.big_form"),
]


@pytest.mark.parametrize(("data", "code"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_what_holds_no_table_ends_in_one_sentence(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    assert caught.value.code == code
    assert not list(tmp_path.glob("form-*"))
