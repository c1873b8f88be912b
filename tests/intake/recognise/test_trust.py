"""What is taken without a question, and what is proposed and asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.model import ACCEPTED, ASKED, ColumnGuess, Recognition
from segmentation.intake.recognise.trust import KIND_SURE

PEOPLE = {
    "Nom": ["Martin", "Petit", "Roux"],
    "Prénom": ["Zoé", "Jean", "Ana"],
    "E-mail": ["zoe@x.fr", "jean@x.fr", "ana@x.fr"],
    "Code postal": ["69001", "75002", "13003"],
}


def guess(
    tmp_path: Path, columns: dict[str, list[str]], known: dict[str, str | None] | None = None
) -> Recognition:
    """What a pasted table is seen as."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    text = "".join("\t".join(row) + "\n" for row in rows)
    return recognise(read_pasted(text, workdir=tmp_path), known=known)


def column(found: Recognition, header: str) -> ColumnGuess:
    return next(one for one in found.columns if one.header == header)


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Téléphone", ["06 39 98 00 01", "06 39 98 00 02", "06 39 98 00 03"], "mobile"),
        ("Date de naissance", ["12/03/1980", "25/12/1975", "01/02/1990"], "birth_date"),
        ("Ville", ["Lyon", "Paris", "Marseille"], "city"),
        ("Date d’inscription", ["12/03/2020", "25/12/2021", "01/02/2022"], "created_at"),
        ("Total dépensé", ["120,00", "35,50", "80,00"], "total_spent"),
        ("Accepte les SMS", ["oui", "non", "oui"], "optin_sms"),
        ("Colonne bizarre", ["a@x.fr", "b@x.fr", "c@x.fr"], "email"),
    ],
)
def test_a_header_in_its_own_words_with_values_that_agree_goes_unasked(
    tmp_path: Path, header: str, values: list[str], field: str
) -> None:
    held = {name: cells for name, cells in PEOPLE.items() if field != "email" or name != "E-mail"}
    found = column(guess(tmp_path, {**held, header: values}), header)
    assert (found.field, found.accepted) == (field, True)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Statut", ["Confirmée", "Annulée", "En cours"]),
        ("State", ["Active", "Unsubscribed", "Dormant"]),
        ("Canal", ["Google", "Téléphone", "Widget"]),
        ("Signup page", ["footer form", "tablet", "footer form"]),
        ("Agent", ["CM", "auto", "auto"]),
        ("Dernier passage", ["12/03/2020", "25/12/2021", "01/02/2022"]),
        ("Nb passages", ["12", "3", "44"]),
        ("Ville de livraison", ["Lyon", "Paris", "Marseille"]),
    ],
)
def test_a_header_that_other_things_bear_too_is_proposed_and_asked_about(
    tmp_path: Path, header: str, values: list[str]
) -> None:
    found = column(guess(tmp_path, {**PEOPLE, header: values}), header)
    assert found.field is None or ASKED <= found.certainty < ACCEPTED


def test_in_doubt_on_the_kind_only_what_any_kind_says_the_same_goes_unasked(tmp_path: Path) -> None:
    rows = {
        **PEOPLE,
        "Id résa": ["91", "92", "93"],
        "Inscription": ["12/03/2020", "25/12/2021", "01/02/2022"],
    }
    found = guess(tmp_path, rows)
    assert found.kind_certainty < KIND_SURE
    assert "recognise.kind_unsure" in found.notes
    assert all(column(found, header).accepted for header in PEOPLE)
    assert not column(found, "Inscription").accepted


def test_two_columns_named_alike_are_both_asked_about(tmp_path: Path) -> None:
    rows = {
        **PEOPLE,
        "Ville (domicile)": ["Lyon", "Paris", "Nice"],
        "Ville client": ["Bron", "Paris", "Nice"],
    }
    found = guess(tmp_path, rows)
    assert [one.header for one in found.columns if one.field == "city" and one.accepted] == []
    assert any(one.field == "city" for one in found.columns)


def test_an_answer_given_is_never_asked_again(tmp_path: Path) -> None:
    found = guess(
        tmp_path, {**PEOPLE, "Statut": ["Confirmée", "Annulée", "En cours"]}, known={"Statut": "status"}
    )
    assert column(found, "Statut").certainty == 1.0


def test_a_word_is_no_tax_number(tmp_path: Path) -> None:
    found = guess(tmp_path, {**PEOPLE, "Acheteur": ["Delphine Arnoux", "Deborah Petit", "Bernard Roux"]})
    assert column(found, "Acheteur").field != "vat_number"
