"""A French accounting export gives the sales to customers and nothing else, its rows all accounted for."""

from __future__ import annotations

from decimal import Decimal

HEADERS = {
    "JournalCode": None,
    "EcritureNum": None,
    "EcritureDate": "orders.order_date",
    "CompteNum": None,
    "CompteLib": None,
    "CompAuxNum": "contacts.contact_id",
    "CompAuxLib": "contacts.full_name",
    "PieceRef": "orders.order_id",
    "Debit": "orders.amount_total",
    "Credit": None,
}


def line(
    journal: str, entry: str, account: str, person: str, piece: str, debit: str, credit: str
) -> list[str]:
    return [journal, entry, "20260102", account, f"Compte {account}", person, person, piece, debit, credit]


SALE = [
    line("VE", "1", "411000", "C1", "F1", "120,50", "0,00"),
    line("VE", "1", "707000", "", "F1", "0,00", "100,42"),
]


def amounts(base) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    return base.rows("SELECT order_id, amount FROM orders ORDER BY ALL")


def test_one_number_for_several_customers_is_an_order_each(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        line("VE", "1", "411000", "C1", "CAISSE", "10,00", "0,00"),
        line("VE", "1", "411000", "C2", "CAISSE", "1.020,00", "0,00"),
        line("VE", "1", "707000", "", "CAISSE", "0,00", "1.030,00"),
    ]
    base.load("orders", HEADERS, rows)
    assert amounts(base) == [("CAISSE/C1", Decimal(10)), ("CAISSE/C2", Decimal(1020))]


def test_a_customer_named_by_its_account_is_one(base) -> None:  # type: ignore[no-untyped-def]
    sale = line("VE", "1", "411ROUX", "", "F1", "75", "0")
    base.load("orders", HEADERS, [sale, line("VE", "1", "707000", "", "F1", "0", "75")])
    assert base.rows("SELECT external_id, full_name FROM identities JOIN contacts USING (contact_id)") == [
        ("411ROUX", "Compte 411ROUX")
    ]


def test_payments_balances_and_other_accounts_are_refused_with_their_reason(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        *SALE,
        line("AN", "0", "411000", "C1", "", "300,00", "0,00"),
        line("BQ", "2", "411000", "C1", "VIR", "0,00", "120,50"),
        line("BQ", "2", "512000", "", "VIR", "120,50", "0,00"),
        line("HA", "3", "401000", "F9", "B7", "0,00", "240,00"),
    ]
    report = base.load("orders", HEADERS, rows)
    assert amounts(base) == [("F1", Decimal("120.5"))]
    assert report.preview.rejects == {"reject.ledger_account": 3, "reject.ledger_payment": 2}
    assert report.preview.rows_read == len(rows) == report.preview.rows_loaded + report.preview.rejected


def test_an_extract_of_customers_alone_still_tells_sales_from_payments(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        SALE[0],
        line("AN", "0", "411000", "C1", "S", "300,00", "0,00"),
        line("BQ", "2", "411000", "C1", "VIR", "0,00", "120,50"),
    ]
    base.load("orders", HEADERS, rows)
    assert amounts(base) == [("F1", Decimal("120.5"))]


def test_amounts_decided_otherwise_by_hand_are_left_alone(base) -> None:  # type: ignore[no-untyped-def]
    headers = {**HEADERS, "Debit": None, "Credit": "orders.amount_total"}
    report = base.load("orders", headers, SALE)
    assert report.preview.rejected == 0
