"""Whole tables: their kind, the field of each column, and what is left to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import Table, read_pasted
from segmentation.intake.recognise import Recognition, fingerprint, recognise

DEMO = Path(__file__).parents[3] / "data" / "demo"


def read(tmp_path: Path, columns: dict[str, list[str]], times: int = 12) -> Table:
    """A table whose rows go round the values given; ``#`` in a value becomes the row's number."""
    lines = ["\t".join(columns)]
    for turn in range(times):
        lines.append(
            "\t".join(values[turn % len(values)].replace("#", str(turn)) for values in columns.values())
        )
    return read_pasted("\n".join(lines) + "\n", workdir=tmp_path)


def guess(tmp_path: Path, columns: dict[str, list[str]]) -> Recognition:
    return recognise(read(tmp_path, columns))


def fields(found: Recognition) -> dict[str, str | None]:
    return {column.header: column.qualified for column in found.columns}


RETAIL = {
    "InvoiceNo": ["53636#", "C5363#"],
    "StockCode": ["85123A", "71053", "POST"],
    "Description": ["WHITE HANGING HEART", "METAL LANTERN", ""],
    "Quantity": ["6", "8", "-1"],
    "InvoiceDate": ["2010-12-01 08:26:00", "2010-12-01 08:28:00"],
    "UnitPrice": ["2.55", "3.39", "0.0"],
    "CustomerID": ["17850.0", "13047.0", ""],
    "Country": ["United Kingdom", "France", "EIRE"],
}


def test_online_retail_needs_no_manual_mapping(tmp_path: Path) -> None:
    found = guess(tmp_path, RETAIL)
    assert found.kind == "order_lines"
    assert fields(found) == {
        "InvoiceNo": "orders.order_id",
        "StockCode": "order_lines.sku",
        "Description": "order_lines.product_name",
        "Quantity": "order_lines.quantity",
        "InvoiceDate": "orders.order_date",
        "UnitPrice": "order_lines.unit_price",
        "CustomerID": "contacts.contact_id",
        "Country": "contacts.country",
    }
    assert all(column.accepted for column in found.columns)


def test_a_list_of_purchases_of_known_customers_is_orders(tmp_path: Path) -> None:
    found = guess(
        tmp_path,
        {
            "customer_id": ["00001", "00002", "00002"],
            "date": ["19970101", "19970112"],
            "number_of_cds": ["1", "5"],
            "dollar_value": ["11.77", "77.00"],
        },
    )
    assert found.kind == "orders"
    assert list(fields(found).values()) == [
        "contacts.contact_id",
        "orders.order_date",
        "orders.items_count",
        "orders.amount_total",
    ]
    assert found.columns[1].date_format == "ymd"


def test_a_contact_file_with_totals_stays_contacts(tmp_path: Path) -> None:
    found = guess(
        tmp_path,
        {
            "N° client": ["C#"],
            "Nom": ["Martin", "Petit"],
            "Prénom": ["Zoé", "Jean"],
            "Courriel": ["a#@x.fr"],
            "Nb commandes": ["3", "2"],
            "Total achats": ["120,50", "80,00"],
            "Date dernier achat": ["25/12/2023", "02/01/2024"],
        },
    )
    assert found.kind == "contacts"
    assert list(fields(found).values()) == [
        f"contacts.{key}"
        for key in "contact_id last_name first_name email orders_count total_spent last_purchase_date".split()
    ]


def test_events_are_told_by_their_words(tmp_path: Path) -> None:
    found = guess(
        tmp_path,
        {
            "Adresse e-mail": ["a#@x.fr"],
            "Action": ["Ouverture", "Clic", "Envoyé"],
            "Date": ["02/01/2024 10:00", "13/01/2024 11:00"],
            "Campagne": ["Noël", "Soldes"],
        },
    )
    assert found.kind == "events"
    assert fields(found) == {
        "Adresse e-mail": "contacts.email",
        "Action": "events.event_type",
        "Date": "events.event_date",
        "Campagne": "events.campaign",
    }


AMBIGUOUS = [
    ("Nom", ["Jean Martin", "Zoé Petit"], "full_name"),
    ("Nom", ["Martin", "Le Gall", "Petit"], "last_name"),
    ("Nom", ["SARL Martin", "Boulangerie Petit", "SAS Roy"], "company_name"),
    ("Contact", ["a#@x.fr", "b#@x.fr"], "email"),
    ("Titre", ["M.", "Mme"], "civility"),
    ("Titre", ["Directrice", "Acheteur"], "job_title"),
    ("Genre", ["F", "M"], "gender"),
    ("Note", ["4", "5", "3"], "satisfaction"),
    ("Note", ["Rappeler lundi", "Préfère le matin"], "notes"),
    ("Département", ["69 - Rhône", "75"], "department"),
    ("Département", ["Marketing", "Achats"], "department_service"),
    ("Taille", ["172", "165"], "height"),
    ("Téléphone", ["06 12 34 56 78", "07 11 22 33 44"], "mobile"),
    ("Téléphone", ["04 78 00 00 01", "01 44 00 00 00"], "phone"),
    ("Origine", ["Salon", "Bouche à oreille"], "acquisition_channel"),
    ("Origine", ["France", "Belgique"], "nationality"),
]


@pytest.mark.parametrize(("header", "values", "key"), AMBIGUOUS)
def test_values_decide_what_a_header_means(tmp_path: Path, header: str, values: list[str], key: str) -> None:
    found = guess(tmp_path, {"N° client": ["C#"], header: values, "Ville": ["Lyon", "Paris"]})
    assert found.columns[1].field == key


def test_values_name_some_fields_by_themselves_and_deny_others(tmp_path: Path) -> None:
    found = guess(
        tmp_path,
        {
            "Colonne 1": ["zoe#@x.fr"],
            "E-mail": ["oui", "non"],
            "Prénom": ["Zoé", "Jean"],
            "Code postal": ["x", "y"],
        },
    )
    assert found.columns[0].field == "email"
    assert found.columns[0].certainty >= 0.9
    assert found.columns[3].certainty < 0.9


def test_each_field_is_held_once(tmp_path: Path) -> None:
    found = guess(
        tmp_path, {"Email": ["a#@x.fr"], "E-mail": ["b#@x.fr"], "Mail 2": ["c#@x.fr"], "Prénom": ["Zoé"]}
    )
    held = [column.qualified for column in found.columns if column.field]
    assert len(held) == len(set(held))
    assert held[0] == "contacts.email"


@pytest.mark.parametrize(
    ("header", "field", "inverted"),
    [
        ("Ne pas appeler", "optin_phone", True),
        ("Bloctel", "optin_phone", True),
        ("Stop pub", "optin_mail", True),
        ("Accepte SMS", "optin_sms", False),
        ("Désinscrit", "optout", False),
    ],
)
def test_the_polarity_of_consent_is_known(tmp_path: Path, header: str, field: str, inverted: bool) -> None:
    found = guess(tmp_path, {"Prénom": ["Zoé"], "Email": ["a#@x.fr"], header: ["oui", "non"]})
    assert (found.columns[2].field, found.columns[2].inverted) == (field, inverted)
    assert found.consent_known


def test_a_file_silent_on_consent_is_known_as_such(tmp_path: Path) -> None:
    assert not guess(tmp_path, {"Prénom": ["Zoé"], "Email": ["a#@x.fr"]}).consent_known


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["vert", "noir"], "text"),
        (["12", "13,5"], "number"),
        (["00012", "00013"], "text"),
        (["12/03/2024", "13/03/2024"], "date"),
        (["oui", "non", "oui"], "boolean"),
        (["1", "0"], "boolean"),
        (["thé, café", "café", "thé, tisane"], "list"),
        (["Martin, Jean", "Petit, Zoé", "Roy, Al"], "text"),
        (["", ""], "text"),
    ],
)
def test_own_columns_get_a_type(tmp_path: Path, values: list[str], kind: str) -> None:
    found = guess(tmp_path, {"Prénom": ["Zoé"], "Xyzzy": values, "Ville": ["Lyon"]})
    assert (found.columns[1].field, found.columns[1].own_type) == (None, kind)


def test_what_was_decided_before_is_kept(tmp_path: Path) -> None:
    table = read(tmp_path, {"A": ["00004"], "B": ["0001"], "C": ["19970101"], "D": ["2"], "E": ["29.33"]})
    known = {"A": "contact_id", "B": None, "C": "order_date", "D": "items_count", "E": "orders.amount_total"}
    found = recognise(table, known=known, kind="orders")
    assert list(fields(found).values()) == [
        "contacts.contact_id",
        None,
        "orders.order_date",
        "orders.items_count",
        "orders.amount_total",
    ]
    assert {column.certainty for column in found.columns} == {1.0}
    left = recognise(table, known={"B": "-"}, kind="orders")
    assert left.columns[1].qualified == "-"


def test_a_layout_has_one_fingerprint() -> None:
    assert fingerprint(["N° Client", "Nom"]) == fingerprint(["n° client", "NOM"])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (["Email Address", "First Name", "MEMBER_RATING", "OPTIN_TIME"], "mailchimp"),
        (["Name", "Email", "Financial Status", "Lineitem quantity", "Lineitem name"], "shopify"),
        (["E-mail 1 - Value", "Given Name", "Family Name"], "google"),
        (["Nom", "Prénom", "Ville"], None),
    ],
)
def test_the_tool_that_wrote_a_file_is_named(tmp_path: Path, headers: list[str], source: str | None) -> None:
    assert guess(tmp_path, {header: ["a", "b"] for header in headers}).source == source


UNSEEN: dict[str, tuple[str | None, list[str]]] = {
    "Identifiant fiche": ("contact_id", ["A#"]),
    "Nom usager": ("last_name", ["Martin", "Petit"]),
    "Mail de contact": ("email", ["a#@x.fr"]),
    "Portable 1": ("mobile", ["06 12 34 56 78", "07 11 22 33 44"]),
    "Tél. maison": ("phone", ["04 78 00 00 01", "01 44 00 00 00"]),
    "C. Postal": ("postal_code", ["69001", "75002"]),
    "Town/City": ("city", ["Leeds", "York"]),
    "Né(e) le": ("birth_date", ["12/03/1980", "25/12/1975"]),
    "Accepte la newsletter ?": ("optin_email", ["oui", "non"]),
    "Lifetime Spend": ("total_spent", ["120.50", "80.00"]),
    "Lifetime sales": ("total_spent", ["120.50", "80.00"]),
    "Droit à l’image": (None, ["oui", "non"]),
    "Mutuelle": (None, ["MGEN", "AXA"]),
    "N° dossier": (None, ["12", "13"]),
}


def test_unseen_headers_are_never_accepted_wrongly(tmp_path: Path) -> None:
    found = guess(tmp_path, {header: values for header, (_, values) in UNSEEN.items()})
    wrong = [c.header for c in found.columns if c.field and c.accepted and c.field != UNSEEN[c.header][0]]
    right = [c.header for c in found.columns if c.field == UNSEEN[c.header][0]]
    assert not wrong
    assert len(right) >= 11
