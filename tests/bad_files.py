"""Files that cannot become contacts: each with the one sentence it must give, whichever door it comes by."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl


def workbook(*rows: list[object]) -> bytes:
    """An honest workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def hostile(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet was rewritten by hand, as a tool or a spiteful person would."""
    honest = zipfile.ZipFile(io.BytesIO(workbook(["Nom", "E-mail"], ["Zoé", "zoe@example.com"])))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for part in honest.infolist():
            data = honest.read(part)
            out.writestr(part.filename, change(data) if "sheet1.xml" in part.filename else data)
    return held.getvalue()


def _far_cell(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _bomb(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 900_000 + b"</row></sheetData>")


def _entities(xml: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + xml


def _archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        out.writestr("photo.jpg", bytes(900))
    return held.getvalue()


_LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
)
_WIDE = b";".join(b"c%d" % i for i in range(20_000)) + b"\r\n" + b";".join([b"x"] * 20_000) + b"\r\n"


@dataclass(frozen=True, slots=True)
class BadFile:
    """A name as a person would drop it, its bytes, and the code of the sentence it gives."""

    name: str
    content: bytes
    code: str


BAD_FILES = (
    BadFile("vide.csv", b"", "error.read.empty"),
    BadFile("blancs.csv", b"   \r\n\r\n", "error.read.empty"),
    BadFile("vide.xlsx", workbook(), "error.read.empty_workbook"),
    BadFile("titres.csv", b"Nom;E-mail;Ville\r\n", "error.read.no_rows"),
    BadFile("titres.xlsx", workbook(["Nom", "E-mail", "Ville"]), "error.read.no_rows"),
    BadFile("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(500), "error.read.image"),
    BadFile("photo.xlsx", b"\xff\xd8\xff\xe0" + bytes(500), "error.read.image"),
    BadFile("secret.xlsx", _LOCKED, "error.read.password"),
    BadFile("large.csv", _WIDE, "error.read.columns"),
    BadFile("large.xlsx", workbook([f"c{i}" for i in range(1_200)], [1] * 1_200), "error.read.huge_sheet"),
    BadFile("hasard.csv", random.Random(3).randbytes(20_000), "error.read.binary"),
    BadFile("programme.csv", b"\x7fELF" + bytes(500), "error.read.binary"),
    BadFile("coupe.xlsx", workbook(["Nom"], ["Zoé"])[:2_500], "error.read.damaged_workbook"),
    BadFile("coupe.zip", _archive()[:300], "error.read.damaged_workbook"),
    BadFile("photos.zip", _archive(), "error.read.archive"),
    BadFile("loin.xlsx", hostile(_far_cell), "error.read.huge_sheet"),
    BadFile("bombe.xlsx", hostile(_bomb), "error.read.heavy_workbook"),
    BadFile("entites.xlsx", hostile(_entities), "error.read.damaged_workbook"),
    BadFile("page.xls", b"<html><body><table></table></body></html>", "error.read.html"),
    BadFile("facture.csv", b"%PDF-1.7\n" + bytes(500), "error.read.pdf"),
)
"""What a file of this folder must never do: write anything, or answer with anything but its sentence."""
