"""Hollow columns: a base whose empty columns take no room says and keeps what any base does."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.results import Statement
from segmentation.store import hollow
from segmentation.workspace import Workspace
from tests.bringing import bring

CONTACTS = "Id;Nom;Prénom;E-mail;Ville;Casier\nC1;Dupont;Ana;ana@example.org;Lyon;a\nC2;Martin;Bob;;Paris;b\n"
LATER = "Id;Nom;Mobile;Société\nC1;Dupont;0639980001;Roux SARL\nC3;Petit;;\n"
ORDERS = "N° commande;Id client;Date de commande;Montant TTC\nF1;C1;02/01/2024;100,50\nF2;C3;15/03/2024;20\n"
LINES = (
    "N° commande;N° ligne;Date de commande;Catégorie;Montant\nF1;1;02/01/2024;Thé;9\nF3;1;03/01/2024;Vin;5\n"
)


def holding(base: Workspace, table: str) -> frozenset[str]:
    with base.database.session() as session:
        return frozenset(hollow.columns_of(session, table)) - hollow.hollow_columns(session, table)


def said(base: Workspace, *names: str) -> list[tuple[object, ...]]:
    sql = f"SELECT {', '.join(names)} FROM contacts WHERE live ORDER BY contact_id"
    return base.database.run(Statement(sql)).rows


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(hollow, "LARGE", 0)
    return Workspace.open(tmp_path / "b.duckdb", author="Ana")


def test_whatever_comes_later_is_written_and_undone(base: Workspace) -> None:
    """Files, edits, a merge, emptied fields and undo fill hollow columns or leave them so."""
    with base:
        bring(base, CONTACTS)
        path = base.database.path
        assert "fax" not in holding(base, "contacts")
        assert {"email", "city", "city__key", "c001"} <= holding(base, "import_contacts") | holding(
            base, "contacts"
        )
        later = bring(base, LATER)
        names = ("last_name", "city", "mobile", "company_name__key", "fax", "sms_number")
        first = [
            ("Dupont", "Lyon", "+33639980001", "roux sarl", None, "+33639980001"),
            ("Martin", "Paris", None, None, None, None),
            ("Petit", None, None, None, None, None),
        ]
        assert said(base, *names) == first
        base.edit_contact(2, {"fax": "0199000001", "city": None})
        base.add_contact({"last_name": "Noir", "website": "noir.example"})
        base.correct_emails({2: "bob@example.org"})
        rest = said(base, "city", "fax", "website", "email", "email_valid")
        assert (
            rest[1] == (None, "+33199000001", None, "bob@example.org", True) and rest[3][2] == "noir.example"
        )
        merged = base.merge([[1, 2]]).import_id
        bring(base, ORDERS)
        bring(base, LINES)
        assert base.check() == {}
        base.undo(merged)
        base.undo(later)
    with Workspace.open(path) as again:
        assert said(again, "last_name", "mobile", "company_name")[:2] == [
            ("Dupont", None, None),
            ("Martin", None, None),
        ]
        assert again.check() == {}


EVENTS = "Date;Id client;Type\n05/02/2024;C2;email_sent\n06/02/2024;C2;email_click\n"
MANY = CONTACTS + "".join(f"C{n};Roux;;;;\n" for n in range(3, 43))
TOTALS = "Id;Nb commandes;CA total\nC1;3;75\nC2;1;10\n"


def features(base: Workspace) -> list[tuple[object, ...]]:
    sql = (
        "SELECT f.orders_count, f.total_spent::DOUBLE, f.average_basket::DOUBLE, f.emails_clicked,"
        " f.last_own_contact::VARCHAR FROM contact_features f JOIN contacts USING (contact_id)"
        " WHERE live ORDER BY contact_id LIMIT 3"
    )
    return base.database.run(Statement(sql)).rows


def test_facts_that_come_later_are_given_to_each(base: Workspace) -> None:
    """Without a fact, the totals of facts are fixed values; orders, events or the file's own totals make
    them real, and undo makes them fixed values or the same figures again."""
    nothing = [(0, 0.0, None, 0, None)]
    with base:
        bring(base, MANY)
        assert {"orders_count", "last_own_contact"}.isdisjoint(holding(base, "contact_features"))
        assert features(base) == nothing * 3
        base.add_contact({"last_name": "Noir"})
        base.edit_contact(1, {"city": "Lille"})
        assert "orders_count" not in holding(base, "contact_features") and base.check() == {}
        orders = bring(base, ORDERS.replace("C3", "C2"))
        assert "orders_count" in holding(base, "contact_features")
        bought = [(1, 100.5, 100.5, 0, "2024-01-02"), (1, 20.0, 20.0, 0, "2024-03-15")]
        assert features(base) == [*bought, *nothing]
        events = bring(base, EVENTS)
        assert features(base)[1] == (1, 20.0, 20.0, 1, "2024-03-15")
        base.undo(orders)
        assert features(base) == [nothing[0], (0, 0.0, None, 1, "2024-02-06"), *nothing]
        base.undo(events)
        assert features(base) == nothing * 3
        bring(base, TOTALS)
        assert features(base)[:2] == [(3, 75.0, 25.0, 0, None), (1, 10.0, 10.0, 0, None)]
        assert base.check() == {}


CODES = "Id;Nom;Code postal;Statut;Casier\n" + "".join(
    f"C{n};Roux;{59000 + n};client;a{n % 5}\n" for n in range(1, 61)
)


def mirrored(base: Workspace) -> set[str]:
    with base.database.session() as session:
        return set(hollow.mirrors(session, "contacts"))


def twins(base: Workspace, name: str) -> list[tuple[object, ...]]:
    return said(base, f"{name}__key IS NOT DISTINCT FROM fold_text({name})", name)


def test_a_twin_equal_to_its_text_is_read_from_it_until_it_differs(base: Workspace) -> None:
    """Edits that keep a twin equal to its text write no twin; one that does not gives all rows their own."""
    with base:
        bring(base, CODES)
        own = {"postal_code__key", "status__key", "c001__key"}
        assert mirrored(base) == own and own.isdisjoint(holding(base, "import_contacts"))
        base.edit_contact(1, {"postal_code": "75001", "city": "Paris", "status": None})
        assert mirrored(base) == own
        assert said(base, "postal_code__key", "status__key", "c001__key")[:2] == [
            ("75001", None, "a1"),
            ("59002", "client", "a2"),
        ]
        edit = base.edit_contact(2, {"postal_code": "SW1A 1AA"}).import_id
        assert mirrored(base) == own - {"postal_code__key"}
        codes = twins(base, "postal_code")
        assert codes[:3] == [(True, "75001"), (True, "SW1A 1AA"), (True, "59003")]
        assert all(same for same, _ in codes) and said(base, "postal_code__key")[1] == ("sw1a 1aa",)
        base.undo(edit)
        assert twins(base, "postal_code")[1] == (True, "59002") and base.check() == {}
        later = bring(base, "Id;Statut;Société\nC3;VIP;Roux SARL\nC61;client;\n")
        assert said(base, "status__key")[1:4] == [("client",), ("vip",), ("client",)]
        base.undo(later)
        base.undo(1)
        assert base.check() == {} and "c001" not in holding(base, "contacts")
        bring(base, CODES.replace("Roux", "Noir"))
        assert said(base, "last_name__key", "postal_code__key")[-1] == ("noir", "59060")


def test_a_base_that_has_just_grown_large_is_sound(base: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept as fixed values by a new rebuild is in another order of columns, and says the same."""
    monkeypatch.setattr(hollow, "LARGE", 45)
    with base:
        bring(base, MANY)
        bring(base, "Id;Nom\nC51;Noir\nC52;Roux\nC53;Petit\n")
        assert base.check() == {}
