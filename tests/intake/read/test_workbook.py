"""Workbooks: what a person sees in the sheet comes out, and a hostile file costs one sentence."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from segmentation.errors import CancelledError, InputError
from segmentation.intake.read import ReadOptions, Table, read_file, sheets, workbook


def saved(tmp_path: Path, pages: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    path = tmp_path / "upload.bin"
    book.save(path)
    return path


def table(path: Path, options: ReadOptions | None = None) -> Table:
    found = read_file(path, name="clients.xlsx", workdir=path.parent, options=options)
    assert len(list(found.rows())) + found.rows_refused == found.rows_read
    return found


def patched(tmp_path: Path, change: Callable[[bytes], bytes]) -> Path:
    """A small honest workbook whose sheet's XML was changed."""
    honest = zipfile.ZipFile(saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]}))
    path = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part in honest.infolist():
            data = honest.read(part)
            out.writestr(part.filename, change(data) if "sheet1.xml" in part.filename else data)
    return path


def test_cells_come_out_as_a_person_reads_them(tmp_path: Path) -> None:
    day, other = dt.date(1980, 3, 12), dt.date(1981, 3, 13)
    seen, later = dt.datetime(2024, 3, 12, 8, 26), dt.datetime(2024, 3, 13, 8, 26, 5)
    cells: list[list[object]] = [
        ["id", "nom", "né le", "vu le", "prix", "oui", "cp", "siret", "heure"],
        [17850.0, "Zoé", day, seen, 0.1 + 0.2, True, "01000", 35600000049837, dt.time(8, 30)],
        [17851, "a\nb", other, later, 19.6, False, "2A004", "00012345678901", None],
        [17852.5, "#N/A", None, None, 1234567.891, None, None, None, None],
    ]
    found = table(saved(tmp_path, {"Clients": cells}))
    first, second, third = found.sample(3)
    assert first[:5] == ["17850", "Zoé", "1980-03-12", "2024-03-12 08:26:00", "0.3"]
    assert first[5:] == ["true", "01000", "35600000049837", "08:30:00"]
    assert second[:5] == ["17851", "a\nb", "1981-03-13", "2024-03-13 08:26:05", "19.6"]
    assert second[5:] == ["false", "2A004", "00012345678901", ""]
    assert third == ["17852.5", "", "", "", "1234567.891", "", "", "", ""]
    assert (found.format, found.encoding, found.delimiter) == ("xlsx", None, None)
    assert found.notes == ("read.error_cells",)


def test_rows_keep_their_number_below_a_title(tmp_path: Path) -> None:
    path = saved(
        tmp_path, {"S": [[], ["Export"], [], ["id", "nom"], [1, "Zoé"], [], [2, "Jean"], ["Total", 3]]}
    )
    found = table(path)
    assert (found.header_row, found.skipped) == (4, 3)
    assert [row for row, _ in found.rows()] == [5, 7]
    assert [(r.row_number, r.reason) for r in found.refused] == [(8, "reject.footer")]


def test_the_sheet_that_looks_like_a_table_is_chosen(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        {
            "Lisez-moi": [["Fichier des clients"]],
            "Clients": [["id", "nom"], [1, "Zoé"], [2, "Jean"]],
            "Ventes": [["id", "prix"], [1, 10], [2, 20]],
        },
    )
    found = table(path)
    assert (found.sheet, found.sheets) == ("Clients", ("Lisez-moi", "Clients", "Ventes"))
    assert (found.notes, found.others) == (("read.other_sheets",), ("Ventes",))
    assert sheets(path) == found.sheets
    chosen = table(path, ReadOptions(sheet="Ventes"))
    assert (chosen.headers, chosen.notes, chosen.others) == (("id", "prix"), (), ())
    with pytest.raises(InputError) as caught:
        table(path, ReadOptions(sheet="Autre"))
    assert (caught.value.code, caught.value.values["sheet"]) == ("error.read.no_such_sheet", "Autre")


def test_a_name_is_never_a_path(tmp_path: Path) -> None:
    path = saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]})
    found = read_file(path, name="../../etc/passwd.xlsx", workdir=tmp_path)
    assert found.name == "../../etc/passwd.xlsx"
    assert found.path.parent == tmp_path


def test_a_csv_named_xlsx_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_text("id;nom\n1;Zoé\n", encoding="utf-8")
    assert table(path).format == "csv"


EMPTY = [["error.read.empty_workbook", {"S": []}], ["error.read.empty_workbook", {"S": [[None, ""]]}]]


@pytest.mark.parametrize(("code", "pages"), EMPTY)
def test_an_empty_workbook_says_so(tmp_path: Path, code: str, pages: dict[str, list[list[object]]]) -> None:
    with pytest.raises(InputError) as caught:
        table(saved(tmp_path, pages))
    assert caught.value.code == code


def row(reference: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(
        b"</sheetData>", b'<row r="9"><c r="%b"><v>1</v></c></row></sheetData>' % reference
    )


def more(rows: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")


CELL = b"<c><v>1</v></c>"
HOSTILE: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("one cell in the far corner", row(b"XFD1048576"), "error.read.huge_sheet"),
    ("one cell far right", row(b"ZZZ2"), "error.read.huge_sheet"),
    ("cells without their place", more(b"<row>" + CELL * 5000 + b"</row>"), "error.read.huge_sheet"),
    ("bomb", more(b"<row>" + CELL * 900_000 + b"</row>"), "error.read.heavy_workbook"),
    ("document type", lambda x: b'<!DOCTYPE x [<!ENTITY a "aa">]>' + x, "error.read.damaged_workbook"),
    ("broken xml", lambda x: x[: len(x) // 2], "error.read.damaged_workbook"),
]


@pytest.mark.parametrize(("change", "code"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile_sheets_end_in_one_sentence(
    tmp_path: Path, change: Callable[[bytes], bytes], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        table(patched(tmp_path, change))
    assert caught.value.code == code
    assert not list(tmp_path.glob("workbook-*"))


def test_a_memory_hungry_parser_only_ends_its_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "WORKBOOK_MEMORY_BYTES", 64 * 1024 * 1024)
    with pytest.raises(InputError, match=r"error\.read\.(heavy|damaged)_workbook"):
        table(saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]}))


def test_a_slow_parser_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "WORKBOOK_SECONDS", 0)
    with pytest.raises(InputError, match=r"error\.read\.heavy_workbook"):
        table(saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]}))


def test_a_cancelled_reading_stops_and_leaves_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]})
    with pytest.raises(CancelledError):
        read_file(path, name="x", workdir=tmp_path, cancelled=lambda: True)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_truncated_flipped_and_foreign_containers(tmp_path: Path) -> None:
    whole = saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]}).read_bytes()
    path = tmp_path / "x"
    for cut in (40, 2_000, len(whole) - 300):
        path.write_bytes(whole[:cut])
        with pytest.raises(InputError, match=r"error\.read\.damaged_workbook"):
            table(path)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("photo.txt", "x")
    path.write_bytes(archive.getvalue())
    with pytest.raises(InputError, match=r"error\.read\.archive"):
        table(path)
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("Index/Document.iwa", "x")
    path.write_bytes(archive.getvalue())
    with pytest.raises(InputError, match=r"error\.read\.numbers"):
        table(path)
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("word/document.xml", "<a/>")
    path.write_bytes(archive.getvalue())
    with pytest.raises(InputError, match=r"error\.read\.not_a_workbook"):
        table(path)


def test_a_password_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )
    with pytest.raises(InputError, match=r"error\.read\.password"):
        table(path)


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    cells = [["id", "nom"], ["1", "Zoé"], ["2", "Jean"]]
    ns = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in line
        )
        + "</table:table-row>"
        for line in cells
    )
    content = (
        f"<office:document-content {ns.format('office')} {ns.format('table')} {ns.format('text')}>"
        f'<office:body><office:spreadsheet><table:table table:name="Feuille1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", content)
        out.writestr("META-INF/manifest.xml", "<manifest/>")
    found = table(path)
    assert (found.format, found.sheet, found.sample(2)) == ("ods", "Feuille1", cells[1:])


def test_the_process_sees_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNET_BASE", "secret")
    seen: dict[str, object] = {}
    real = workbook.subprocess.Popen

    def spy(command: list[str], **kwargs: object) -> object:
        seen.update(kwargs, command=command)
        return real(command, **kwargs)

    monkeypatch.setattr(workbook.subprocess, "Popen", spy)
    table(saved(tmp_path, {"S": [["id", "nom"], [1, "Zoé"]]}))
    assert "CARNET_BASE" not in seen["env"]
    assert "-I" in seen["command"]
    assert os.fspath(seen["cwd"]).startswith(os.fspath(tmp_path))
