"""A column of what was given back is known by its title and its values; what only looks like one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.recognise.test_other_meanings import FILES, VALUES, seen, taken

SELDOM = ("0,00", "0,00", "12,50", "0,00")
BELOW = ("0.00", "-12.50", "0.00", "0.00")


def _base(file: str) -> dict[str, tuple[str, ...]]:
    return {header: VALUES[kind] for header, kind in FILES[file].items()}


@pytest.mark.parametrize(
    ("file", "header", "values"),
    [
        ("orders", "Montant remboursé", SELDOM),
        ("orders", "Total remboursé", ("", "", "12,50", "")),
        ("orders", "Montant remboursé (EUR)", ("0", "0", "0", "0")),
        ("orders", "Montant du remboursement", ("", "", "", "")),
        ("sales", "Refunded Amount", SELDOM),
        ("sales", "Amount refunded", BELOW),
        ("sales", "refunded_amount", SELDOM),
        ("sales", "Order Refund Amount", BELOW),
        ("sales", "Total Refunded", SELDOM),
        ("lines", "Order Refund Amount", SELDOM),
    ],
)
def test_an_amount_given_back_is_taken(
    tmp_path: Path, file: str, header: str, values: tuple[str, ...]
) -> None:
    columns = {**_base(file), "Order total": VALUES["money"], header: values}
    assert taken(tmp_path, columns).get(header) == "amount_refunded"


@pytest.mark.parametrize(
    ("file", "header", "values"),
    [
        ("orders", "Remboursement", SELDOM),
        ("orders", "Remboursé", SELDOM),
        ("orders", "Montant remboursé", VALUES["money"]),  # of every order
        ("sales", "Refunds", SELDOM),
        ("sales", "Refunded", BELOW),
        ("lines", "Refunded amount", SELDOM),  # of the line, perhaps
    ],
)
def test_one_that_may_be_another_thing_is_asked_about(
    tmp_path: Path, file: str, header: str, values: tuple[str, ...]
) -> None:
    columns = {**_base(file), header: values}
    (found,) = (one for one in seen(tmp_path, columns).columns if one.header == header)
    assert (found.field, found.accepted) == ("amount_refunded", False)


LOOK_ALIKES = {
    "amounts": "Caution remboursée; Montant remboursable; Frais remboursés; Livraison remboursée; Item refund"
    " amount; Shipping refunded; Tax refunded; Application fee refunded; Converted amount refunded; Deposit"
    " refunded; Partial refunds; Refund fee; Refundable amount; Quantity refunded",
    "count": "Nb remboursements; Refund count; Refunded qty",
    "yes": "Remboursé; Refunded; Refundable; Caution remboursée",
    "date": "Remboursé; Refunded at; Refund date; Date de remboursement; Montant remboursé; Refund",
    "words": "Refund reason; Motif remboursement; Refund method; Remboursement; Statut remboursement",
    "id": "Refund ID; N° remboursement",
}


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_what_looks_like_one_is_never_deducted(tmp_path: Path, kind: str) -> None:
    values = VALUES.get(kind, SELDOM)
    for header in LOOK_ALIKES[kind].split("; "):
        for file in ("orders", "sales", "lines"):
            held = {one.field for one in seen(tmp_path, {**_base(file), header: values}).columns}
            assert "amount_refunded" not in held, (file, header)


@pytest.mark.parametrize(
    ("total", "deducted"),
    [
        ("Order total", True),
        ("Net à payer", True),
        ("Order Total Amount (- Refund)", False),
        ("Net sales", False),
    ],
)
def test_nothing_is_taken_off_a_total_that_says_it_is_off(tmp_path: Path, total: str, deducted: bool) -> None:
    columns = {"Order number": VALUES["id"], "Order date": VALUES["date"], "Email": VALUES["email"]}
    columns |= {total: VALUES["money"], "Refund amount": SELDOM}
    held = {one.field for one in seen(tmp_path, columns).columns}
    assert ("amount_refunded" in held) is deducted


def test_in_a_file_of_people_it_counts_their_returns(tmp_path: Path) -> None:
    (*_, found) = seen(tmp_path, {**_base("people"), "Remboursements": VALUES["count"]}).columns
    assert found.field == "returns_count"
