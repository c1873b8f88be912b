"""What a preview says of orders that do not count and of returns is what the base says once they are in."""

from __future__ import annotations

from decimal import Decimal

from segmentation.i18n import words
from segmentation.intake.report import said_of_returns
from segmentation.intake.undone import Undone
from tests.intake.conftest import Base

ORDERS: dict[str, str | None] = {
    "N": "orders.order_id",
    "E-mail": "orders.email",
    "Date": "orders.order_date",
}
ORDERS |= {"Total": "orders.amount_total", "Statut": "orders.order_status"}
ROWS = [
    ["1", "ana@example.com", "2026-03-01", "50,00", "Payée"],
    ["2", "ana@example.com", "2026-03-02", "120,00", "Payée"],
    ["3", "ana@example.com", "2026-03-05", "-120,00", "Remboursée"],
    ["1", "ana@example.com", "2026-03-09", "-10,00", "Refunded"],
    ["4", "luc@example.com", "2026-03-06", "80,00", "Remboursée"],
    ["5", "luc@example.com", "2026-03-07", "-80,00", "Remboursée"],
    ["6", "zoe@example.com", "2026-03-08", "30,00", "Annulée"],
    ["7", "zoe@example.com", "2026-03-08", "-30,00", "Échec"],
]


def _totals(base: Base) -> list[tuple[object, ...]]:
    """By contact: orders that count, net, and returns."""
    return base.rows(
        "SELECT contact_id, count(*) FILTER (counted), coalesce(sum(amount) FILTER (summed), 0),"
        " count(*) FILTER (summed AND amount < 0) FROM orders GROUP BY ALL ORDER BY 1"
    )


def test_a_preview_counts_what_will_not_count(base: Base) -> None:
    preview = base.load("orders", ORDERS, ROWS).preview
    assert preview.undone == Undone(orders=2, returns=2, reversing=1)
    assert _totals(base) == [(1, 2, Decimal(40), 2), (2, 0, Decimal(0), 0), (3, 0, Decimal(0), 0)]
    again = base.load("orders", ORDERS, ROWS).preview
    assert (preview.new, again.unchanged, again.merged, again.undone) == (8, 8, 0, preview.undone)
    for lang, start in (("fr", "2 commandes annulées"), ("en", "2 orders cancelled")):
        (line,) = said_of_returns(preview, words(lang))
        assert line.startswith(start)
    assert base.load(
        "orders", ORDERS, [["8", "bob@example.com", "2026-03-01", "5", "Payée"]]
    ).preview.undone == (Undone())


def test_the_two_halves_of_a_file_come_in_either_order(base: Base) -> None:
    """Orders first or returns first: the same totals, the same count of returns that are not deducted."""
    whole = base.load("orders", ORDERS, ROWS)
    wanted = _totals(base)
    base.undo(whole.import_id)
    orders = [row for row in ROWS if not row[3].startswith("-")]
    returns = [row for row in ROWS if row[3].startswith("-")]
    one = base.load("orders", ORDERS, orders)
    two = base.load("orders", ORDERS, returns)
    assert two.preview.undone == Undone(orders=0, returns=2, reversing=1)
    found = [row[1:] for row in _totals(base)]
    assert found == [row[1:] for row in wanted]
    base.undo(one.import_id)
    assert base.rows("SELECT sum(amount) FILTER (summed) FROM orders") == [(Decimal(-210),)]
    base.undo(two.import_id)
    base.load("orders", ORDERS, returns)
    base.load("orders", ORDERS, orders)
    assert sorted(map(str, (row[1:] for row in _totals(base)))) == sorted(map(str, found))


def test_lines_tell_the_returns_of_their_orders(base: Base) -> None:
    headers: dict[str, str | None] = {"N": "order_lines.order_id", "Date": "orders.order_date"}
    headers |= {"E-mail": "contacts.email", "Produit": "order_lines.product_name"}
    headers |= {"Prix": "order_lines.line_amount", "Statut": "orders.order_status"}
    rows = [
        ["A", "2026-03-01", "ana@example.com", "thé", "10", "Payée"],
        ["B", "2026-03-02", "ana@example.com", "thé", "-4", "Remboursée"],
        ["B", "2026-03-02", "ana@example.com", "vin", "-6", "Remboursée"],
        ["C", "2026-03-02", "luc@example.com", "vin", "6", "Annulée"],
        ["D", "2026-03-03", "luc@example.com", "vin", "-6", "Annulée"],
    ]
    report = base.load("order_lines", headers, rows)
    assert report.preview.undone == Undone(orders=1, returns=1, reversing=1)
    assert base.rows("SELECT sum(line_amount) FILTER (summed) FROM order_lines") == [(Decimal(0),)]
    assert _totals(base) == [(1, 1, Decimal(0), 1), (2, 0, Decimal(0), 0)]


BACK = ORDERS | {"Rendu": "orders.amount_refunded"}
GIVEN_BACK = [
    ["1", "ana@example.com", "2026-03-01", "50,00", "Payée", "-20,00"],
    ["2", "ana@example.com", "2026-03-02", "30,00", "Payée", "30,00"],
    ["3", "luc@example.com", "2026-03-02", "40,00", "Remboursée", "35,00"],
    ["4", "luc@example.com", "2026-03-03", "15,00", "", "0"],
]
RETURNS = [
    ["1", "ana@example.com", "2026-03-05", "-20,00", "", ""],
    ["9", "luc@example.com", "2026-03-05", "-35,00", "Remboursée", ""],
    ["8", "luc@example.com", "2026-03-06", "-5,00", "", ""],
]


def test_what_was_given_back_is_deducted_once(base: Base) -> None:
    """On the order's own row, as a return of its own, or both, in either order; and undone again."""
    told = base.load("orders", BACK, GIVEN_BACK)
    assert told.preview.undone == Undone(orders=2, parts=1)
    alone = _totals(base)
    assert alone == [(1, 1, Decimal(30), 0), (2, 1, Decimal(15), 0)]
    after = base.load("orders", BACK, RETURNS)
    assert after.preview.undone == Undone(returns=1, reversing=2)
    both = _totals(base)
    assert both == [(1, 1, Decimal(30), 0), (2, 1, Decimal(10), 1)]
    base.undo(told.import_id)
    assert base.rows("SELECT sum(amount) FILTER (summed) FROM orders") == [(Decimal(-60),)]
    again = base.load("orders", BACK, GIVEN_BACK)
    assert again.preview.undone == Undone(orders=2, parts=1)
    assert [row[1:] for row in _totals(base)] == [row[1:] for row in both]
    base.undo(after.import_id)
    assert [row[1:] for row in _totals(base)] == [row[1:] for row in alone]
    base.undo(again.import_id)
    whole = base.load("orders", BACK, GIVEN_BACK + RETURNS)
    assert whole.preview.undone == Undone(2, 1, 2, 1)
    assert [row[1:] for row in _totals(base)] == [row[1:] for row in both]


def test_a_later_file_says_what_was_given_back_since(base: Base) -> None:
    plain = [row[:5] for row in GIVEN_BACK]
    base.load("orders", ORDERS, plain)
    before = _totals(base)
    later = base.load("orders", BACK, GIVEN_BACK)
    assert _totals(base) == [(1, 1, Decimal(30), 0), (2, 1, Decimal(15), 0)]
    base.undo(later.import_id)
    assert _totals(base) == before


def test_an_order_told_by_its_lines_is_less_by_what_was_given_back(base: Base) -> None:
    headers: dict[str, str | None] = {"N": "order_lines.order_id", "Date": "orders.order_date"}
    headers |= {"E-mail": "contacts.email", "Produit": "order_lines.product_name"}
    headers |= {"Prix": "order_lines.line_amount", "Rendu": "orders.amount_refunded"}
    rows = [
        ["A", "2026-03-01", "ana@example.com", "thé", "10", "4"],
        ["A", "2026-03-01", "ana@example.com", "vin", "6", ""],
        ["B", "2026-03-02", "ana@example.com", "vin", "6", "6"],
    ]
    assert base.load("order_lines", headers, rows).preview.undone == Undone(orders=1, parts=1)
    assert _totals(base) == [(1, 1, Decimal(12), 0)]


def test_a_return_under_the_number_of_an_order_told_by_its_lines_leaves_the_order(base: Base) -> None:
    """The lines first or the return first; and undone again."""
    headers: dict[str, str | None] = {"N": "order_lines.order_id", "Date": "orders.order_date"}
    headers |= {"E-mail": "contacts.email", "Produit": "order_lines.product_name"}
    headers |= {"Prix": "order_lines.line_amount"}
    lines = [
        ["A", "2026-03-01", "ana@example.com", "thé", "30"],
        ["A", "2026-03-01", "ana@example.com", "vin", "20"],
    ]
    back = [["A", "ana@example.com", "2026-03-05", "-20,00", "Remboursée"]]
    base.load("order_lines", headers, lines)
    second = base.load("orders", ORDERS, back)
    assert second.preview.undone == Undone(returns=1)
    assert _totals(base) == [(1, 1, Decimal(30), 1)]
    base.undo(second.import_id)
    assert _totals(base) == [(1, 1, Decimal(50), 0)]
    base.undo(1)
    base.load("orders", ORDERS, back)
    late = base.load("order_lines", headers, lines)
    assert [row[1:] for row in _totals(base)] == [(1, Decimal(30), 1)]
    base.undo(late.import_id)
    assert [row[1:] for row in _totals(base)] == [(0, Decimal(-20), 1)]
