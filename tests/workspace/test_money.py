"""The money of a base: what its first amounts say, and what is said otherwise later stays out of its sums."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring, brought


def counted(base: Workspace) -> object:
    return base.database.scalar(Statement("SELECT count(*) FROM orders WHERE counted"))


def test_orders_without_a_number_are_known_again_once_the_base_counts_in_their_money(
    empty: Workspace,
) -> None:
    text = "E-mail;Date commande;Montant TTC\n" + "".join(
        f"p{n}@example.com;0{n}/03/2026;${n}.50\n" for n in range(1, 9)
    )
    for _ in range(2):
        bring(empty, text)
    assert (empty.settings.currency, empty.imports()[0].unchanged_rows, counted(empty)) == ("USD", 8, 8)
    bring(empty, text.replace("$", "").replace(".50", ".70 €"))
    assert (empty.settings.currency, counted(empty)) == ("USD", 8)


def test_what_is_told_of_a_currency_column_is_what_is_done(empty: Workspace) -> None:
    headers, rows = "Order ID;Email;Order date;Total;Currency\n", "1;a@example.com;2026-01-02;10;{}\n"
    first = brought(empty, headers + rows.format("GBP"))
    assert (first.preview.currency, first.preview.currencies, empty.settings.currency) == ("GBP", {}, "GBP")
    second = brought(empty, headers + rows.replace("1;", "2;", 1).format("USD"))
    assert (second.preview.currency, second.preview.currencies) == (None, {"USD": 1})
    assert (empty.settings.currency, counted(empty)) == ("GBP", 1)


def test_totals_of_contacts_stay_as_written(empty: Workspace) -> None:
    bring(empty, "E-mail;CA total\nana@example.com;10,00 €\nzoe@example.com;4,00 €\n")
    bring(empty, "E-mail;CA total\nana@example.com;10,00 €\nbob@example.com;$20.00\nzoe@example.com;5 €\n")
    rows = empty.database.run(Statement("SELECT email, total_spent FROM contacts ORDER BY 1")).rows
    assert rows == [("ana@example.com", 10), ("bob@example.com", None), ("zoe@example.com", 5)]
    raw = empty.database.run(Statement("SELECT unread FROM import_contacts WHERE unread IS NOT NULL")).rows
    assert raw == [({"total_spent": "$20.00"},)]
    assert empty.settings.currency == "EUR"


def test_totals_of_a_first_file_give_the_base_its_money(empty: Workspace) -> None:
    bring(empty, "E-mail;CA total\n" + "".join(f"p{n}@example.com;£{n}.00\n" for n in range(9)))
    assert empty.settings.currency == "GBP"
    assert empty.database.scalar(Statement("SELECT sum(total_spent) FROM contacts")) == 36


def test_orders_in_another_currency_leave_what_the_file_says_was_spent(empty: Workspace) -> None:
    bring(empty, "Prénom;E-mail;CA total;Nombre de commandes\nAna;ana@example.com;120,50 €;3\n")
    bring(empty, "Order No,Order date,E-mail,Total\nA1,2026-05-01,ana@example.com,$80.00\n", "orders.csv")
    told = "SELECT total_spent, orders_count FROM contact_features"
    assert empty.database.scalar(Statement("SELECT count(*) FROM orders WHERE currency = 'USD'")) == 1
    assert empty.database.run(Statement(told)).rows == [(Decimal("120.50"), 3)]
    assert empty.database.scalar(Statement("SELECT monetary FROM rfm_scores")) == Decimal("120.50")


def test_a_base_that_older_rules_have_summed_is_summed_again_when_opened(tmp_path: Path) -> None:
    path, who = tmp_path / "b.duckdb", "a@example.com"
    with Workspace.open(path) as base:
        headers = "N° commande;E-mail;Date;Montant TTC\n"
        bring(base, headers + f"1;{who};2026-01-02;50\n1;{who};2026-01-03;-20\n")
        with base.database.session() as session, session.transaction(write=True):
            session.sql("DELETE FROM meta WHERE key = 'sums_rules'")
            session.sql("UPDATE import_orders SET order_key = order_key || '9.0' WHERE order_key LIKE '%/-%'")
            session.sql("DELETE FROM orders WHERE amount < 0")
            session.sql("UPDATE contact_features SET total_spent = 50")
    for _ in range(2):
        with Workspace.open(path) as base:
            sums = base.database.run(Statement("SELECT sum(amount) FROM orders")).rows
            spent = base.database.run(Statement("SELECT total_spent FROM contact_features")).rows
            assert (sums, spent, base.check()) == ([(30,)], [(30,)], {})
