"""Mailchimp: CSV with commas, UTF-8, one e-mail address per line, headers as the audience's field names.

Source: Mailchimp's help, "Format guidelines for your import file" and "Format list fields"
(mailchimp.com/help, formerly kb.mailchimp.com): CSV or TXT encoded in UTF-8; only the e-mail address is
required, its column being called Email Address; text fields hold 255 bytes and the rest is cut; a birthday is
MM/DD; a date is read when ISO (YYYY-MM-DD); a zip-code field takes five figures of the United States, so that
other postal codes go in a text field, as does a street, an address field asking for a whole address; numbers
have no thousands separator. SMS imports are for the United States, the United Kingdom, Canada and Australia
only: this format serves e-mail.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from segmentation.lists.csv_file import Dialect
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.formats.tool import Tool, ToolColumn, write_tool
from segmentation.results import Value

LONGEST = 255
"""Bytes of UTF-8 in a text field."""


def shortened(text: str) -> str:
    """``text`` cut between two characters so that it fits a text field."""
    return text.encode("utf-8", errors="replace")[:LONGEST].decode("utf-8", errors="ignore")


def birthday(day: Value) -> Value:
    """A date as MM/DD."""
    return f"{day:%m/%d}" if isinstance(day, date) else None


TOOL = Tool(
    columns=(
        ToolColumn("Email Address", ("email",), "email"),
        ToolColumn("First Name", ("first_name",)),
        ToolColumn("Last Name", ("last_name",)),
    ),
    dialect=Dialect(",", mark=False, decimal=".", yes="true", no="false", end="\r\n"),
    headers={"birth_date": "Birthday", "company_name": "Company", "address1": "Street"},
    values={"birth_date": birthday},
    text=shortened,
)


def write(out: BinaryIO, content: Content) -> int:
    """Write the file."""
    return write_tool(out, content, TOOL)


MAILCHIMP = ListFormat("mailchimp", "csv", "text/csv", ("email",), write)
