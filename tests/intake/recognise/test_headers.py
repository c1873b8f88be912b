"""Header names: exact ones, framed ones, near ones, and the ones that must stay strangers."""

from __future__ import annotations

import pytest

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.headers import EXACT, FRAMED, named

ALL = ("contacts", "orders", "order_lines", "events")


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("N° Client", "n client"),
        ("CustomerID", "customer id"),
        ("Cœur", "coeur"),
        ("E-mail (pro)", "e mail pro"),
        ("UnitPrice", "unit price"),
        ("  ", ""),
        ("XMLData", "xml data"),
    ],
)
def test_normal_form(header: str, normal: str) -> None:
    assert normal_header(header) == normal


@pytest.mark.parametrize(
    ("header", "key", "least"),
    [
        ("Prénom", "first_name", EXACT),
        ("PRENOM", "first_name", EXACT),
        ("E-mail (2)", "email", EXACT),
        ("Billing City", "city", FRAMED),
        ("StockCode", "sku", EXACT),
        ("Date de naissance", "birth_date", EXACT),
        ("Prennom", "first_name", 0.75),
        ("Qté vendue", "quantity", 0.6),
        ("Adresse e-mail du contact", "email", 0.7),
        ("Poids (kg)", "weight", EXACT),
    ],
)
def test_names_are_found(header: str, key: str, least: float) -> None:
    found = {name.key: name.score for name in named(header, ALL)}
    assert found.get(key, 0.0) >= least


@pytest.mark.parametrize(
    "header", ["Droit à l’image", "Mutuelle", "Thé du matin", "N° dossier", "A", "zzz", ""]
)
def test_strangers_are_never_sure(header: str) -> None:
    assert max((name.score for name in named(header, ("contacts",))), default=0.0) < 0.9
