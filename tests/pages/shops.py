"""Small shops with orders, made of a rule instead of chance: what loyalty and lists screens are tried on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from segmentation.workspace import Workspace

TODAY = date(2026, 6, 30)


def fill(path: Path, buyers: int, *, prospects: int = 3) -> None:
    """A base of so many buyers, seen as of ``TODAY``.

    Buyer n last ordered ``(n % 10) × 45 + 5`` days ago and placed ``n % 7 + 1`` orders of
    10 × (n % 5 + 1) euros, a week apart. Two in three said yes to e-mails, one in six said no, one in six
    said nothing; the first has a hostile first name.
    """
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
        _bring(base, "clients.csv", people)
        if buyers:
            _bring(base, "commandes.csv", orders)


def _bring(base: Workspace, name: str, lines: list[str]) -> None:
    file = base.database.workdir / "file"
    file.write_text("\n".join(lines), encoding="utf-8")
    table = base.read(file, name=name)
    with base.prepare(base.request(table, base.recognise(table))) as prepared:
        base.commit(prepared)
