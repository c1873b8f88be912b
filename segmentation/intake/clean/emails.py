"""E-mail addresses: put in one form, then judged; a wrong address is kept, shown as wrong, never guessed."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from segmentation.intake.clean.context import Context

_LOCAL = "[a-z0-9_+&''-]+(\\.[a-z0-9_+&''-]+)*"
_DOMAIN = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}"
SIMPLE = f"(regexp_full_match({{x}}, '{_LOCAL}@{_DOMAIN}') AND length({{x}}) <= 254)"
"""SQL: an ordinary address, certainly well formed; the others go to the validator."""

PLAIN = f"({SIMPLE} AND {{x}} NOT LIKE '''%' AND NOT contains({{x}}, '_x000'))"
"""SQL: an ordinary address as written, which no rule changes."""


def first_of_several(x: str, _context: Context) -> str:
    """The first address of a cell that holds several, and the address inside « Jean <jean@…> »."""
    bracketed = f"regexp_extract({x}, '<([^<>@ ]+@[^<>@ ]+)>', 1)"
    several = f"regexp_extract({x}, '^([^@;,|/ ]+@[^@;,|/ ]+?)[;,|/ ]+[^@ ]+@', 1)"
    return (
        f"CASE WHEN contains({x}, '<') AND {bracketed} <> '' THEN {bracketed}"
        f" WHEN length({x}) - length(replace({x}, '@', '')) > 1 AND {several} <> '' THEN {several} ELSE"
        f" {x} END"
    )


def without_noise(x: str, _context: Context) -> str:
    """``mailto:``, spaces inside and dots at the end removed; « at » and « (arobase) » are an @."""
    sign = (
        "regexp_replace({x}, '\\s*(?:[\\[(]\\s*(?:at|arobase|@)\\s*[\\])]|\\s(?:at|arobase)\\s)\\s*',"
        " '@', 'i')"
    )
    spoken = f"NOT contains({x}, '@') AND regexp_matches({x}, '\\b(at|arobase)\\b', 'i')"
    signed = f"CASE WHEN {spoken} THEN {sign.replace('{x}', x)} ELSE {x} END"
    bare = (
        f"CASE WHEN contains(lower({x}), 'mailto:') THEN regexp_replace({x}, '^(mailto:)+', '', 'i') ELSE"
        f" {signed} END"
    )
    return f"CASE WHEN contains({bare}, '@') THEN rtrim(replace({bare}, ' ', ''), '.,;') ELSE {x} END"


def lower_case(x: str, _context: Context) -> str:
    """Small letters: no mailbox tells capitals apart."""
    return f"lower({x})"


def validated(text: str, _country: str) -> str | None:
    """The normal form of an unusual address, None when it is not one (syntax only, nothing is looked up)."""
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None
