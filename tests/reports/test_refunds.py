"""Orders refunded, cancelled and given back: every page says the figures plain Python finds in the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import brought

FILE = """N° commande;Date;Client;Email;Montant TTC;Statut;Montant remboursé
1;03/02/2026;Ana Roy;ana@example.com;50,00;Payée;
2;10/02/2026;Ana Roy;ana@example.com;120,00;Payée;
3;14/02/2026;Ana Roy;ana@example.com;-120,00;Remboursée;
4;05/03/2026;Luc Petit;luc@example.com;80,00;Remboursée;
5;08/03/2026;Luc Petit;luc@example.com;-80,00;Remboursée;
6;12/03/2026;Luc Petit;luc@example.com;45,00;Livrée;5,00
7;02/04/2026;Zoé Blin;zoe@example.com;30,00;Annulée;
8;09/04/2026;Zoé Blin;zoe@example.com;70,00;Payée;
8;11/04/2026;Zoé Blin;zoe@example.com;-15,00;Refunded;
9;12/04/2026;Zoé Blin;zoe@example.com;25,00;Payée;25,00
"""
SOLD = {"ana": [50, 120], "luc": [40], "zoe": [70]}
BACK = {"ana": [120], "luc": [], "zoe": [15]}


def test_every_page_says_the_same(tmp_path: Path) -> None:
    gross, back = sum(map(sum, SOLD.values())), sum(map(sum, BACK.values()))
    orders = sum(map(len, SOLD.values()))
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 5, 1)) as base:
        assert brought(base, FILE, "ventes.csv").preview.undone.reversing == 1
        sql = (
            "SELECT split_part(c.email, '@', 1), f.orders_count, f.total_spent, f.returns_amount,"
            " r.frequency, r.monetary FROM contact_features f JOIN contacts c USING (contact_id)"
            " JOIN rfm_scores r USING (contact_id)"
        )
        assert set(base.database.run(Statement(sql)).rows) == {
            (who, len(sold), net, Decimal(sum(BACK[who])), len(sold), net)
            for who, sold in SOLD.items()
            for net in [Decimal(sum(sold) - sum(BACK[who]))]
        }
        home, weight = base.overview().figures, base.report("weight").figures
        assert (home["orders"], home["revenue"]) == (orders, gross - back)
        assert (weight["gross"], weight["net"]) == (gross, gross - back)
        months = base.report("value_months").sheets["months"].rows
        assert sum(Decimal(str(row[3])) for row in months) == gross - back
        cards = {n: base.report("contact", contact=n).sheets["orders"].rows for n in (1, 2, 3)}
        assert [sum(bool(row[5]) for row in rows) for rows in cards.values()] == [3, 1, 2]
