"""Amounts in another currency are kept and never summed with the base's own."""

from __future__ import annotations

from decimal import Decimal

from tests.intake.conftest import Base

ORDERS = {"N": "orders.order_id", "E-mail": "orders.email", "Date": "orders.order_date"}
ORDERS |= {"Total": "orders.amount_total"}
WRITTEN = {
    "$1,200.50": ("USD", "1200.50"), "12.50 US$": ("USD", "12.50"), "CA$ 12.00": ("CAD", "12"),
    "£9": ("GBP", "9"), "CHF 1'200.00": ("CHF", "1200"), "80 SEK": ("SEK", "80"), "12.00 €": ("EUR", "12"),
    "12.00": (None, "12"), "3 500 F CFA": ("XOF", "3500"), "500 ¥": ("JPY", "500"), "45.00 zł": ("PLN", "45"),
    "12.50 HT": (None, "12.50"), "-12.50 €": ("EUR", "-12.50"), "90.00 Fr.": ("CHF", "90"),
}  # fmt: skip


def test_what_amounts_say(base: Base) -> None:
    rows = [[written, "ana@example.com", "2026-03-04", written] for written in WRITTEN]
    report = base.load("orders", ORDERS, rows)
    found = {
        n: (code, amount) for n, code, amount in base.rows("SELECT order_id, currency, amount FROM orders")
    }
    assert found == {n: (code, Decimal(value)) for n, (code, value) in WRITTEN.items()}
    assert report.preview.currencies == {
        "CAD": 1, "CHF": 2, "GBP": 1, "JPY": 1, "PLN": 1, "SEK": 1, "USD": 2, "XOF": 1,
    }  # fmt: skip
    assert report.preview.currency is None
    home = sum(Decimal(value) for code, value in WRITTEN.values() if code in (None, "EUR"))
    assert base.rows("SELECT sum(amount) FROM orders WHERE summed") == [(home,)]


def test_lines_say_it_of_their_order(base: Base) -> None:
    headers = {"N": "order_lines.order_id", "Date": "orders.order_date", "E-mail": "contacts.email"}
    headers |= {"Produit": "order_lines.product_name", "Prix": "order_lines.unit_price"}
    rows = [
        ["A", "2026-03-04", "a@example.com", "thé", "$4"],
        ["B", "2026-03-04", "a@example.com", "thé", "4 €"],
    ]
    base.load("order_lines", headers, rows)
    assert base.rows("SELECT order_id, currency, summed FROM orders ORDER BY 1") == [
        ("A", "USD", False),
        ("B", "EUR", True),
    ]


def test_a_header_says_it_for_its_column_unless_an_amount_says_otherwise(base: Base) -> None:
    base.load("orders", ORDERS, [["F0", "ana@example.com", "2026-03-04", "5,00"]])
    headers = {**{k: v for k, v in ORDERS.items() if k != "Total"}, "Total (USD)": "orders.amount_total"}
    rows = [[f"F{n}", "ana@example.com", "2026-03-04", text] for n, text in ((1, "10.00"), (2, "12 €"))]
    report = base.load("orders", headers, rows)
    assert report.preview.currencies == {"USD": 1}
    assert base.rows("SELECT order_id, currency, summed FROM orders ORDER BY 1") == [
        ("F0", None, True),
        ("F1", "USD", False),
        ("F2", "EUR", True),
    ]


def test_totals_kept_by_hand_take_the_only_sign_that_is_written(base: Base) -> None:
    headers = {"E-mail": "contacts.email", "Spent": "contacts.total_spent"}
    rows = [[f"p{n}@example.com", "£390.00" if n % 2 else "120"] for n in range(10)]
    report = base.load("contacts", headers, rows)
    assert (report.preview.currency, report.preview.currencies) == ("GBP", {})
    assert base.rows("SELECT sum(total_spent) FROM contacts") == [(Decimal(5 * 390 + 5 * 120),)]


def test_a_sign_written_once_is_not_that_of_all_totals(base: Base) -> None:
    headers = {"E-mail": "contacts.email", "Spent": "contacts.total_spent"}
    rows = [[f"p{n}@example.com", "$390.00" if n == 1 else "120"] for n in range(10)]
    report = base.load("contacts", headers, rows)
    assert (report.preview.currency, report.preview.currencies) == (None, {"USD": 1})
