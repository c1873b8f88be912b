"""HubSpot: CSV with commas, UTF-8, one header per contact property, by its English name.

Source: HubSpot's knowledge base, "Set up your import files" (knowledge.hubspot.com/import-and-export/
set-up-your-import-file): .csv, .xlsx or .xls with one sheet and a header row, fewer than 1,000 columns, UTF-8
when there are accents; each header is matched to the property of that name, whatever the order; contacts are
told apart by Email; at least a first name, a last name or an e-mail address is needed. Numbers are written
with their country code; dates are YYYY-MM-DD, which the import screen offers; a single checkbox takes true
and false. At the import, the language of the headers is English.
"""

from __future__ import annotations

from typing import BinaryIO

from segmentation.lists.csv_file import Dialect
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.formats.tool import Tool, ToolColumn, write_tool

TOOL = Tool(
    columns=(
        ToolColumn("Email", ("email",), "email"),
        ToolColumn("First Name", ("first_name",)),
        ToolColumn("Last Name", ("last_name",)),
        ToolColumn("Mobile Phone Number", ("sms_number",), "sms"),
        ToolColumn("Phone Number", ("phone", "mobile"), "phone"),
    ),
    dialect=Dialect(",", mark=False, decimal=".", yes="true", no="false", end="\r\n"),
    headers={
        "company_name": "Company Name",
        "job_title": "Job Title",
        "website": "Website URL",
        "address1": "Street Address",
        "city": "City",
        "postal_code": "Postal Code",
        "region": "State/Region",
        "country": "Country/Region",
        "birth_date": "Date of Birth",
    },
)


def write(out: BinaryIO, content: Content) -> int:
    """Write the file."""
    return write_tool(out, content, TOOL)


HUBSPOT = ListFormat("hubspot", "csv", "text/csv", ("email", "sms", "phone"), write)
