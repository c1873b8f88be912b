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
        ("Colonne 5", ["a@x.fr", "b@x.fr", "c@x.fr"], "email"),
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


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Moyen de paiement", ["oui", "non", "oui"]),
        ("Unit", ["bag", "box", "bag"]),
        ("Association", ["Judo", "Yoga", "Judo"]),
        ("Ville enfant", ["Lyon", "Paris", "Nice"]),
        ("Blocked", ["No", "Yes", "No"]),
        ("Commercial", ["a@firm.fr", "a@firm.fr", "b@firm.fr"]),
        ("Nom facturation", ["Martin", "Petit", "Roux"]),
        ("Tel 2", ["06 39 98 00 01", "06 39 98 00 02", "06 39 98 00 03"]),
    ],
)
def test_values_of_another_type_and_vague_words_prove_nothing(
    tmp_path: Path, header: str, values: list[str]
) -> None:
    found = column(guess(tmp_path, {**PEOPLE, header: values}), header)
    assert found.field is None or not found.accepted


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Programme par mail", "optin_email"),
        ("Text reminders ok?", "optin_sms"),
        ("Infos club par sms", "optin_sms"),
    ],
)
def test_what_is_sent_by_a_channel_is_proposed_as_its_consent(
    tmp_path: Path, header: str, field: str
) -> None:
    found = column(guess(tmp_path, {**PEOPLE, header: ["oui", "non", "oui"]}), header)
    assert (found.field, found.accepted) == (field, False)


@pytest.mark.parametrize("value", ["192.0.2.44", "2001:db8::1:0:0", "Mozilla/5.0 (iPhone)"])
def test_what_a_machine_writes_of_itself_is_no_field(tmp_path: Path, value: str) -> None:
    assert column(guess(tmp_path, {**PEOPLE, "Opt-in IP": [value] * 3}), "Opt-in IP").field is None


def test_a_bare_name_among_lines_is_the_product(tmp_path: Path) -> None:
    found = guess(
        tmp_path,
        {
            "Receipt number": ["4417", "4417", "4426"],
            "Date": ["2024-03-02", "2024-03-02", "2024-03-03"],
            "Name": ["Flat white", "Almond croissant", "Espresso beans"],
            "Quantity": ["2", "1", "1"],
            "SKU": ["CF-1", "BK-1", "RT-2"],
            "Final price (GBP)": ["7.20", "2.70", "9.50"],
        },
    )
    assert (found.kind, column(found, "Name").field) == ("order_lines", "product_name")
    assert not column(found, "Name").accepted


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("Id résa", "Date résa", "Nom", "Prénom", "E-mail", "Couverts"), "orders"),
        (("N°", "Cde prise le", "Nom", "Tel", "Cde", "Tot."), "orders"),
        (("N° client", "Date dernière commande", "Nom", "Prénom", "E-mail", "Nb de commandes"), "contacts"),
    ],
)
def test_bookings_and_notebooks_of_orders_are_no_lists_of_people(
    tmp_path: Path, headers: tuple[str, ...], kind: str
) -> None:
    rows = [
        ("17", "12/12/2024", "Joubert", "Anne", "a@x.fr", "4"),
        ("18", "13/12/2024", "Guérin", "Luc", "b@x.fr", "2"),
    ]
    table = dict(zip(headers, map(list, zip(*rows, strict=True)), strict=True))
    assert guess(tmp_path, table).kind == kind


@pytest.mark.parametrize(
    ("header", "field"),
    [("Ligne - Quantité", "quantity"), ("Qté livrée", "quantity"), ("Px public", "unit_price")],
)
def test_a_header_is_read_without_the_part_of_the_document_it_is_of(
    tmp_path: Path, header: str, field: str
) -> None:
    rows = {
        "Document - Numéro de facture": ["FA1", "FA1", "FA2"],
        "Date facture": ["15/01/2024", "15/01/2024", "17/01/2024"],
        "Réf. art.": ["PLACO13", "RAILF530", "MOFORF"],
        "Libellé article": ["Plaque", "Fourrure", "Forfait"],
        header: ["48", "60", "1"],
        "PU net HT": ["7,45", "2,10", "380,00"],
    }
    found = guess(
        tmp_path, {name: cells for name, cells in rows.items() if field != "unit_price" or "PU" not in name}
    )
    assert (found.kind, column(found, header).field) == ("order_lines", field)
