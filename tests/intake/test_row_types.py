"""A refund told by the type of its row is deducted as one below zero is, once; what is no sale is refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.intake.load import prepare
from segmentation.intake.plan import LEFT_OUT
from segmentation.intake.read import read_file
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.row_words import NEITHER, REFUND, SALE, UNSURE, kinds_of_rows, names_rows
from segmentation.intake.report import ImportReport
from segmentation.intake.row_types import RULE
from segmentation.intake.undone import Undone
from tests.intake.conftest import Base

HEADERS: dict[str, str | None] = {
    "N": "orders.order_id",
    "E-mail": "orders.email",
    "Date": "orders.order_date",
    "HT": "orders.amount_net",
    "TTC": "orders.amount_total",
    "Statut": "orders.order_status",
    "Type de pièce": None,
}
ROWS = [
    ["FA-1", "ana@example.com", "2026-03-01", "10,00", "12,00", "Payée", "Facture"],
    ["FA-2", "bob@example.com", "2026-03-01", "25,00", "30,00", "Payée", "Facture"],
    ["FA-3", "zoe@example.com", "2026-03-02", "7,00", "8,50", "Payée", "Facture"],
    ["AV-1", "bob@example.com", "2026-03-03", "25,00", "30,00", "Payée", "Avoir"],
]


def _typed(rows: Sequence[Sequence[str]], **words: str) -> list[list[str]]:
    return [[*row[:-1], words.get(row[-1], row[-1])] for row in rows]


def _below(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same file of a tool that writes its signs."""
    return [
        [*row[:3], f"-{row[3]}", f"-{row[4]}", *row[5:]] if row[-1] == "Avoir" else list(row) for row in rows
    ]


def _sum(base: Base) -> object:
    return base.rows("SELECT sum(amount) FILTER (summed) FROM orders")[0][0]


def _says(base: Base) -> list[tuple[object, ...]]:
    return base.rows(
        "SELECT order_key, contact_id, order_date, amount_total, amount_net, amount, summed, counted"
        " FROM orders ORDER BY ALL"
    )


def _refunds(report: ImportReport) -> list[tuple[str, int]]:
    return [(one.field, one.count) for one in report.preview.repairs if one.rule == RULE]


def test_a_refund_above_zero_is_what_one_below_is_and_twice_is_once(base: Base) -> None:
    first = base.load("orders", HEADERS, ROWS)
    (repair,) = (one for one in first.preview.repairs if one.rule == RULE)
    assert (repair.field, repair.count) == ("orders.amount_total", 1)
    assert (repair.before, repair.after) == ("Avoir · 30,00", "-30,00")
    assert first.preview.undone == Undone(returns=1)
    above = _says(base)
    assert _sum(base) == Decimal("20.5")
    again = base.load("orders", HEADERS, ROWS)
    assert (again.preview.new, again.preview.unchanged) == (0, 4)
    assert _says(base) == above
    base.undo(again.import_id)
    base.undo(first.import_id)
    assert not _says(base)
    signed = base.load("orders", HEADERS, _below(ROWS))
    assert not _refunds(signed)
    assert [row[2:] for row in _says(base)] == [row[2:] for row in above]


def test_only_a_type_of_row_makes_a_return(base: Base) -> None:
    """« Avoir » may also be how an order was paid, or what became of it."""
    headers: dict[str, str | None] = {**HEADERS, "Statut": None}
    headers = {{"Type de pièce": "Mode de paiement"}.get(name, name): to for name, to in headers.items()}
    assert not _refunds(base.load("orders", headers, ROWS))
    assert _sum(base) == Decimal("80.5")


def test_an_order_marked_refunded_and_its_refund_are_deducted_once(base: Base) -> None:
    told = [[*row[:5], "Remboursée", row[6]] if row[0] in ("FA-2", "FA-3") else row for row in ROWS]
    assert base.load("orders", HEADERS, told).preview.undone == Undone(orders=2, reversing=1)
    assert _sum(base) == Decimal(12)


def test_a_refund_under_the_number_of_its_order_leaves_the_order(base: Base) -> None:
    rows = [["FA-2", *row[1:]] if row[0] == "AV-1" else row for row in ROWS]
    for _ in range(2):
        base.load("orders", HEADERS, rows)
        assert base.rows("SELECT count(*), sum(amount) FILTER (summed) FROM orders") == [(4, Decimal("20.5"))]


def test_a_file_of_credit_notes_alone(base: Base) -> None:
    base.load("orders", HEADERS, ROWS[3:])
    assert _sum(base) == Decimal(-30)
    assert base.rows("SELECT count(*) FILTER (counted) FROM orders") == [(0,)]


def test_a_file_that_writes_its_signs_keeps_them(base: Base) -> None:
    """Above zero among refunds below it: the refund of a refund. The other way round: a slip."""
    more = [["AV-2", *ROWS[3][1:3], "1,00", "1,20", *ROWS[3][5:]], ["AV-3", *ROWS[3][1:]]]
    signed = [*_below([*ROWS, more[1]]), more[0]]
    assert not _refunds(base.load("orders", HEADERS, signed))
    assert _sum(base) == Decimal("-8.3")
    base.undo(1)
    sloppy = [*_below(ROWS), *more]
    assert _refunds(base.load("orders", HEADERS, sloppy)) == [("orders.amount_total", 2)]
    assert _sum(base) == Decimal("-10.7")


def test_it_is_switched_off_or_left_to_the_field_of_the_column(base: Base) -> None:
    rows = [*ROWS, ["X", "", "2026-03-09", "", "18,00", "", "Payout"]]
    paid = {**HEADERS, "Type de pièce": "orders.payment_method"}
    left_out = {**HEADERS, "Type de pièce": LEFT_OUT}
    for headers, off, told in ((HEADERS, {RULE}, 0), (paid, set(), 0), (left_out, set(), 1)):
        request = base.request("orders", headers, rows, rules_off=frozenset(off))
        with prepare(base.database, request) as prepared:
            preview = prepared.preview
        refunds = sum(one.rule == RULE for one in preview.repairs)
        assert (refunds, preview.rejected, preview.undone.returns) == (told, told, told)
    assert not _says(base)


def test_what_is_neither_is_refused_and_the_account_adds_up(base: Base) -> None:
    words = ["Payout", "Stripe fee", "Transfer", "Quote", "Unknown word", "Payment"]
    rows = _typed(ROWS, Facture="Invoice", Avoir="Refund")
    rows += [[f"P{n}", "", "2026-03-09", "", "-7,00", "", word] for n, word in enumerate(words)]
    preview = base.load("orders", HEADERS, rows).preview
    assert preview.rejects == {"reject.no_sale": 5}
    assert (preview.rows_read, preview.rows_loaded, preview.rejected) == (10, 5, 5)
    assert _sum(base) == Decimal("13.5")
    raws = base.rows("SELECT raw[7] FROM rejects ORDER BY row_number")
    assert [row[0] for row in raws] == ["Payout", "Stripe fee", "Transfer", "Quote", "Payment"]


WAYS = ("CB", "Espèces", "Chèque", "Avoir")


@pytest.mark.parametrize("words", [WAYS, tuple(f"Paiement {way.lower()}" for way in WAYS)])
def test_a_credit_note_that_pays_is_a_way_of_paying(base: Base, words: tuple[str, ...]) -> None:
    headers = {
        ("Type de transaction" if name == "Type de pièce" else name): to for name, to in HEADERS.items()
    }
    rows = [[*row[:-1], word] for row, word in zip(ROWS, words, strict=True)]
    report = base.load("orders", headers, rows)
    assert (report.preview.rejected, _refunds(report)) == (0, [])
    assert _sum(base) == Decimal("80.5")


def test_a_sale_of_what_is_elsewhere_no_sale_counts(base: Base) -> None:
    """A transfer by taxi, a commission earned; those below zero are what the house pays or moves."""
    words = ["Réservation", "Transfert", "Commission", "Transfert"]
    rows = [[*row[:-1], word] for row, word in zip(_below(ROWS), words, strict=True)]
    assert base.load("orders", HEADERS, rows).preview.rejects == {"reject.no_sale": 1}
    assert _sum(base) == Decimal("50.5")


def test_a_row_told_to_be_a_sale_by_another_column_is_one(base: Base) -> None:
    headers = {**HEADERS, "Statut": None}
    headers = {("Nature" if name == "Statut" else name): to for name, to in headers.items()}
    rows = [[*row[:5], "Payout" if row[0] == "FA-3" else "Vente", row[6]] for row in ROWS]
    report = base.load("orders", headers, rows)
    assert (report.preview.rejected, _sum(base)) == (0, Decimal("20.5"))


LINES: dict[str, str | None] = {
    "N": "order_lines.order_id",
    "E-mail": "contacts.email",
    "Date": "orders.order_date",
    "Produit": "order_lines.product_name",
    "Qté": "order_lines.quantity",
    "Prix": "order_lines.unit_price",
    "Montant": "order_lines.line_amount",
    "Type": None,
}
SOLD = [
    ["1", "ana@example.com", "2026-03-01", "thé", "2", "6", "12", "Vente"],
    ["1", "ana@example.com", "2026-03-01", "vin", "1", "20", "20", "Vente"],
    ["2", "ana@example.com", "2026-03-02", "thé", "2", "6", "12", "Retour"],
    ["3", "ana@example.com", "2026-03-02", "port", "1", "5", "5", "Frais"],
]


@pytest.mark.parametrize("left_out", [(), ("Montant",)])
def test_lines_that_come_back(base: Base, left_out: tuple[str, ...]) -> None:
    """With or without an amount; the costs of an order are lines of it."""
    keep = [place for place, name in enumerate(LINES) if name not in left_out]
    headers = {name: field for name, field in LINES.items() if name not in left_out}
    report = base.load("order_lines", headers, [[row[place] for place in keep] for row in SOLD])
    assert report.preview.rejected == 0
    assert base.rows("SELECT amount FROM orders ORDER BY order_key") == [(32,), (-12,), (5,)]
    assert report.preview.undone.returns == 1


def test_payouts_are_no_lines(base: Base) -> None:
    paid = ["9", "", "2026-03-04", "", "", "", "-300", "Payout"]
    report = base.load("order_lines", LINES, [*SOLD, paid])
    assert report.preview.rejects == {"reject.no_sale": 1}
    assert base.rows("SELECT sum(amount) FROM orders") == [(25,)]


def test_contacts_have_no_rows_to_tell(base: Base) -> None:
    headers: dict[str, str | None] = {"E-mail": "contacts.email", "Total": "contacts.total_spent"}
    base.load("contacts", {**headers, "Type": None}, [["ana@example.com", "30", "Avoir"]])
    assert base.rows("SELECT total_spent FROM contacts") == [(Decimal(30),)]


TOLD = (
    ("Vente", "Remboursement"),
    ("Payment", "Partial refund"),
    ("Invoice", "Credit note"),
    ("charge", "payment_refund"),
    ("FA", "AV"),
    ("out_invoice", "out_refund"),
    ("shop_order", "shop_order_refund"),
    ("Facture", "Avoir client"),
    ("Ticket", "Retour"),
    ("Vente boutique", "Retour boutique"),
    ("Vente comptoir", "Retour marchandise"),
    ("FC", "AV"),
    ("Facture", "Avoir d'acompte"),
    ("Vente", "Remb."),
)


def test_words_are_weighed_beside_the_others_of_their_column() -> None:
    def kinds(*values: str) -> list[str | None]:
        found = kinds_of_rows(values)
        return [found.get(value) for value in values]

    assert kinds("Vente", "Retour", "Échange") == [SALE, REFUND, None]
    for sale, refund in TOLD:
        assert kinds(sale, refund) == [SALE, REFUND]
    assert kinds("Retour client") == kinds("Return") == kinds("Facture d'avoir") == [REFUND]
    assert kinds("Aller simple", "Retour") == kinds("Single", "Return") == [None, None]
    assert kinds("Sale", "Refund failure") == kinds("Vente", "Paiement par avoir") == [SALE, None]
    assert kinds("Sale", "Refunded") == kinds("Vente", "Remboursée") == [SALE, None]
    assert kinds("Vente", "Virement", "Frais") == [SALE, UNSURE, UNSURE]
    assert kinds("charge", "Stripe fee", "Frais bancaires", "Frais") == [SALE, NEITHER, NEITHER, UNSURE]
    assert kinds("Vente", "Avoir", "Chèque") == [SALE, REFUND, None]
    assert kinds("CB", "Avoir", "Remboursement") == [None, None, REFUND]
    assert kinds("Facture", "Avoir", "Paiement CB") == [SALE, REFUND, NEITHER]
    assert kinds("Facture", "Paiement comptant", "Ticket", "Encaissement") == [SALE] * 4
    assert kinds("Cash Sale", "Cash Refund", "Invoice", "Credit Memo") == [SALE, REFUND, SALE, REFUND]
    for way in ("CB", "espèces", "par chèque"):
        assert kinds("Vente", f"Remboursement {way}".replace("par ", "")) == [SALE, REFUND]
    assert kinds("Vente", "Frais de port") == [SALE, None]
    assert kinds("Paiement", "Remboursement") == [SALE, REFUND]
    assert kinds("Facture", "Règlement") == [SALE, NEITHER]
    assert kinds("Facture standard", "Facture pro forma", "Devis") == [SALE, NEITHER, NEITHER]
    assert kinds("capture", "authorization", "void") == [SALE, NEITHER, None]
    assert kinds("Fee", "Membership") == kinds("Devis", "Virement") == [None, None]
    assert kinds("Payment Refund", "General Withdrawal", "Express Checkout Payment") == [
        REFUND,
        NEITHER,
        SALE,
    ]


def test_the_headers_of_a_type_of_row() -> None:
    told = "Type|Type de transaction|TransactionType|Event Type|Nature|Type d'opération|TYPE_DOC|Kind"
    other = "Statut|Type de paiement|Mode de paiement|Type de client|Type de produit|Commande|Category|Status"
    assert all(map(names_rows, told.split("|")))
    assert not any(map(names_rows, other.split("|")))


def test_such_a_column_is_given_no_field(tmp_path: Path) -> None:
    """« Transaction » would be the number of an order."""
    path = tmp_path / "ventes.csv"
    rows = [
        f"2026-03-{n + 1:02},c{n % 7}@example.com,{n}.50,{'Avoir' if n % 4 else 'Facture'}" for n in range(20)
    ]
    path.write_text("\n".join(["Date,Email,Total,Transaction", *rows]), encoding="utf-8")
    found = recognise(read_file(path, name=path.name, workdir=tmp_path))
    assert (found.kind, found.columns[3].qualified) == ("orders", None)
