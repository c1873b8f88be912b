"""The language of a file by its headers, and the titles it keeps in it."""

from __future__ import annotations

import pytest

from segmentation.intake.tongue import tongue_of
from tests.intake.conftest import Base


@pytest.mark.parametrize(
    ("headers", "country", "tongue"),
    [
        (("Title", "First name", "Email"), "", "en"),
        (("FirstName", "Postcode", "Mobile"), "", "en"),
        (("Email", "Do not mail"), "", "en"),
        (("Civilité", "Nom", "Mail"), "GB", "fr"),
        (("Title", "Prénom", "Nom de famille", "Tél"), "", "fr"),
        (("Email", "Mobile"), "GB", "en"),
        (("Email", "Mobile"), "BE", "fr"),
        ((), "", "fr"),
    ],
)
def test_the_words_of_the_headers_say_it(headers: tuple[str, ...], country: str, tongue: str) -> None:
    assert tongue_of(headers, country) == tongue


@pytest.mark.parametrize(
    ("headers", "titles", "kept"),
    [
        (("Title", "Email"), ["Mr", "MR.", "Dr"], ["Mr", "Mr", "Dr"]),
        (("Civilité", "E-mail"), ["Mr", "MR.", "M"], ["M.", "M.", "M."]),
        (("Title", "Email"), ["Mr", "Mme", "Monsieur"], ["M.", "Mme", "M."]),
        (("Civilité", "E-mail"), ["Mr", "Mrs", "Miss"], ["Mr", "Mrs", "Miss"]),
    ],
)
def test_a_title_of_both_languages_is_read_as_the_others_then_as_the_file(
    base: Base, headers: tuple[str, str], titles: list[str], kept: list[str]
) -> None:
    mapping: dict[str, str | None] = dict(zip(headers, ("contacts.civility", "contacts.email"), strict=True))
    base.load("contacts", mapping, [[title, f"p{n}@x.fr"] for n, title in enumerate(titles)])
    assert [row[0] for row in base.rows("SELECT civility FROM contacts ORDER BY contact_id")] == kept
