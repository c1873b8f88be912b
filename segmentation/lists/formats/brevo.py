"""Brevo (formerly Sendinblue): CSV with ``;``, UTF-8, attribute names in capitals as headers.

Source: Brevo's help, "Create a file to import your contacts" (help.brevo.com, article 208729849, in French
and in English): .csv, .xlsx or .txt, one sheet, at most 250 MB, separated by semicolon, comma or tab, encoded
in UTF-8 or Windows-1252; a header equal to an attribute's name is matched by itself; EMAIL, SMS,
LANDLINE_NUMBER and EXT_ID are the identifiers; FIRSTNAME and LASTNAME are named after the language of the
account (PRENOM and NOM in French); a number has its + and country code, and nothing between its digits.
An attribute's name has no space nor special character. The file has no byte order mark, so that its first
header is exactly EMAIL.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from segmentation.criteria.fold import fold_text
from segmentation.lists.csv_file import Dialect
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.formats.tool import Tool, ToolColumn, write_tool

LONGEST_NAME = 50
NAMES = {"fr": ("PRENOM", "NOM"), "en": ("FIRSTNAME", "LASTNAME")}
"""The names Brevo gives to the first and last name in an account of each language."""

DIALECT = Dialect(";", mark=False, decimal=".", yes="true", no="false", end="\r\n")


def attribute(header: str) -> str:
    """``header`` as the name of an attribute: capital letters without accents, figures, underscores."""
    name = re.sub(r"[^A-Z0-9]+", "_", fold_text(header).upper()).strip("_") or "ATTRIBUT"
    return (name if name[0].isalpha() else f"A_{name}")[:LONGEST_NAME]


def write(out: BinaryIO, content: Content) -> int:
    """Write the file."""
    first, last = NAMES.get(content.w.language, NAMES["en"])
    columns = [
        ToolColumn("EMAIL", ("email",), "email"),
        ToolColumn(first, ("first_name",)),
        ToolColumn(last, ("last_name",)),
        ToolColumn("SMS", ("sms_number",), "sms"),
    ]
    if content.channel == "phone":
        columns.append(ToolColumn("LANDLINE_NUMBER", ("phone", "mobile"), "phone"))
    return write_tool(out, content, Tool(tuple(columns), DIALECT, name=attribute))


BREVO = ListFormat("brevo", "csv", "text/csv", ("email", "sms", "phone"), write)
