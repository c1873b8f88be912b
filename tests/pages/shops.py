"""Small shops with orders, made of a rule instead of chance: what loyalty and lists screens are tried on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from segmentation.workspace import Workspace
from tests import made_once
from tests.bringing import bring

TODAY = date(2026, 6, 30)


def fill(path: Path, buyers: int, *, prospects: int = 3) -> None:
    """A base of so many buyers, seen as of ``TODAY``.

    Buyer n last ordered ``(n % 10) × 45 + 5`` days ago and placed ``n % 7 + 1`` orders of
    10 × (n % 5 + 1) euros, a week apart. Two in three said yes to e-mails, one in six said no, one in six
    said nothing; the first has a hostile first name.
    """
    made_once.at(path, _fill, buyers, prospects)


def _fill(path: Path, buyers: int, prospects: int) -> None:
    people = ["Prénom;Nom;E-mail;Mobile;Accepte e-mails"]
    orders = ["Référence;Date;Montant;E-mail"]
    for n in range(buyers + prospects):
        said = ("oui", "oui", "non", "oui", "oui", "")[n % 6]
        name = "=HYPERLINK(1)" if n == 0 else "Luc"
        people.append(f"{name};DURAND{n};client{n}@example.com;06 39 98 {n // 100:02} {n % 100:02};{said}")
    for n in range(buyers):
        last = TODAY - timedelta(days=n % 10 * 45 + 5)
        for place in range(n % 7 + 1):
            day = last - timedelta(weeks=place)
            orders.append(f"C{n}-{place};{day:%d/%m/%Y};{(n % 5 + 1) * 10},00;client{n}@example.com")
    with Workspace.open(path) as base:
        base.set_as_of(TODAY)
        bring(base, "\n".join(people))
        if buyers:
            bring(base, "\n".join(orders), "commandes.csv")
