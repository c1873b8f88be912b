"""Columns that refuse are found whatever their words, and two of them both count."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise


def fields(tmp_path: Path, *headers: str) -> list[tuple[str | None, bool]]:
    """The field of each column of yes and no, and whether it is read the other way round."""
    rows = [
        [f"Anne{n}", f"a{n}@free.fr", *("oui" if (n + k) % 3 else "non" for k in range(len(headers)))]
        for n in range(12)
    ]
    lines = ["\t".join(row) for row in (["Prénom", "Email", *headers], *rows)]
    found = recognise(read_pasted("\n".join(lines) + "\n", workdir=tmp_path))
    return [(column.field, column.inverted) for column in found.columns[2:]]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ne souhaite pas recevoir de SMS", "optin_sms"),
        ("N'accepte pas les SMS", "optin_sms"),
        ("No SMS", "optin_sms"),
        ("Pas de SMS", "optin_sms"),
        ("Plus de courrier", "optin_mail"),
        ("Do not call", "optin_phone"),
    ],
)
def test_a_refusal_of_one_channel_is_that_channel_the_other_way_round(
    tmp_path: Path, header: str, field: str
) -> None:
    assert fields(tmp_path, header) == [(field, True)]


@pytest.mark.parametrize(
    "header", ["Pas de mail", "No emails", "Refus email et SMS", "Refus SMS et téléphone", "Ne pas contacter"]
)
def test_any_other_refusal_is_an_opposition(tmp_path: Path, header: str) -> None:
    assert fields(tmp_path, header) == [("optout", False)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Unsubscribed", "Blacklisted"), ("Désabonné newsletter", "Liste noire"), ("Désinscrit", "Stop SMS")],
)
def test_two_columns_that_refuse_both_count(tmp_path: Path, first: str, second: str) -> None:
    found = fields(tmp_path, first, second)
    assert all(field == "optout" or inverted for field, inverted in found)


def test_an_agreement_stays_one(tmp_path: Path) -> None:
    assert fields(tmp_path, "Accepte les SMS", "Newsletter") == [("optin_sms", False), ("optin_email", False)]
