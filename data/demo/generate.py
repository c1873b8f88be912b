"""Writes the five files of the demo shop, the same bytes each time: `python -m data.demo.generate [FOLDER]`.

clients.csv is what a shop exports (cp1252, semicolons, as dirty as life); commandes.csv, lignes.csv and
evenements.csv come from its till and its mailing tool (UTF-8, semicolons); verite.csv is never imported:
it says who each row truly is and what its cells should read.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from data.demo.dice import Dice
from data.demo.dirt import HEADERS, Row, every_row, mistype
from data.demo.events import Event, every_event
from data.demo.orders import Order, every_order
from data.demo.people import everyone

FOLDER = Path(__file__).parent
TRUTH = ("Nom", "Prénom", "E-mail", "Téléphone", "Date de naissance", "CP", "Ville", "Pays")


def euros(cents: int) -> str:
    """1234 → '12,34'."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def write(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig"
) -> None:
    with path.open("w", encoding=encoding, newline="") as out:
        table = csv.writer(out, delimiter=";", lineterminator="\r\n")
        table.writerow(headers)
        table.writerows(rows)


def cards(orders: Iterable[Order]) -> dict[int, str]:
    """The loyalty card by person: bronze from three orders, silver from eight, gold from fifteen."""
    counts = Counter(o.person.number for o in orders if o.person and o.status == "Payée" and o.total > 0)
    levels = ((15, "Or"), (8, "Argent"), (3, "Bronze"))
    return {n: next((card for least, card in levels if count >= least), "") for n, count in counts.items()}


def main(folder: Path = FOLDER) -> dict[str, int]:
    """Writes the files; returns the rows of each."""
    people = everyone()
    mistype(people)
    orders = every_order(people)
    events = every_event(people, orders)
    rows = every_row(people, cards(orders))
    codes: dict[int, list[str]] = {}
    for number, row in enumerate(rows, start=1):
        codes.setdefault(row.person.number, []).append(f"C{number:04d}")
    main_code = {person: found[0] for person, found in codes.items()}
    _contacts(folder, rows)
    _orders(folder, orders, codes)
    _events(folder, events, main_code)
    return {
        "clients": len(rows),
        "commandes": len(orders),
        "evenements": len(events),
        "lignes": sum(len(order.lines) for order in orders),
    }


def _contacts(folder: Path, rows: list[Row]) -> None:
    cells = (
        [f"C{n:04d}", *(row.cells[header] for header in HEADERS[1:])] for n, row in enumerate(rows, start=1)
    )
    write(folder / "clients.csv", HEADERS, cells, "cp1252")
    truth = (
        [
            f"C{n:04d}",
            str(row.person.number),
            row.double.lstrip("-"),
            row.person.kind.name,
            row.person.favourite.name,
            row.person.gender,
            *(row.clean[header] for header in TRUTH),
        ]
        for n, row in enumerate(rows, start=1)
    )
    write(
        folder / "verite.csv",
        ("N° client", "true_contact_id", "double", "type", "favourite", "gender", *TRUTH),
        truth,
    )


def _orders(folder: Path, orders: list[Order], codes: dict[int, list[str]]) -> None:
    """A person with a double sometimes buys under the other number."""
    heads, lines = [], []
    for number, order in enumerate(orders, start=1):
        code = f"F{number:05d}"
        dice = Dice("till", number)
        known = codes[order.person.number] if order.person else [""]
        client = known[-1] if dice.chance(0.3) else known[0]
        heads.append(
            (code, client, _stamp(order.when), euros(order.total), order.status, order.channel, order.payment)
        )
        lines += [
            (
                code,
                str(place),
                line.sku,
                line.product,
                line.category,
                str(line.quantity),
                euros(line.price),
                euros(line.quantity * line.price),
            )
            for place, line in enumerate(order.lines, start=1)
        ]
    write(
        folder / "commandes.csv",
        (
            "N° commande",
            "N° client",
            "Date de commande",
            "Montant TTC",
            "Statut",
            "Canal",
            "Mode de paiement",
        ),
        heads,
    )
    write(
        folder / "lignes.csv",
        (
            "N° commande",
            "N° ligne",
            "Réf. article",
            "Produit",
            "Catégorie",
            "Quantité",
            "Prix unitaire",
            "Montant",
        ),
        lines,
    )


def _events(folder: Path, events: list[Event], main_code: dict[int, str]) -> None:
    rows = ((main_code[e.person.number], e.what, _stamp(e.when), e.campaign, e.link, e.value) for e in events)
    write(folder / "evenements.csv", ("N° client", "Événement", "Date", "Campagne", "Lien", "Valeur"), rows)


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
