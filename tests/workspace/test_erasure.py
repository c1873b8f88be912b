"""A person erased: nothing that names them is left in any table, and no later file makes them contactable."""

from __future__ import annotations

import pytest

from segmentation.errors import InputError
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.workspace.test_edits import bring

PEOPLE = (
    "Id;Prénom;Nom;E-mail;Mobile;Ville;Accepte e-mails;Accepte SMS;Groupe;Note perso\n"
    "C1;Anaïs;Zyx;anais@zyx.example;0639980001;Lyon;oui;oui;vip;chut\n"
    "C2;Bob;Noir;bob@example.com;0639980002;Lyon;oui;;;\n"
    "C3;Anaïs;Zyx;zyx2@zyx.example;0639980003;Paris;oui;;thé;\n"
)
ORDERS = (
    "Référence;Date;Montant;Id client;E-mail\nO1;01/03/2026;20,00;C1;anais@zyx.example\n"
    "O2;02/03/2026;30,00;C2;bob@example.com\n"
)
TRACES = ("zyx", "anais", "anaïs", "639980001", "639980003", "chut")


@pytest.fixture
def shop(empty: Workspace) -> Workspace:
    bring(empty, PEOPLE)
    bring(empty, ORDERS)
    empty.tag([1], "fidèles")
    empty.merge([(1, 3)])
    return empty


def found(base: Workspace, text: str) -> list[str]:
    """The tables of the base where a text is left, whatever the column."""
    tables = [
        str(row[0]) for row in base.database.run(Statement("SELECT table_name FROM duckdb_tables()")).rows
    ]
    left = []
    for table in tables:
        cells = f"SELECT lower(t::VARCHAR) AS told FROM {table} AS t"
        if base.database.run(
            Statement(f"SELECT 1 FROM ({cells}) WHERE contains(told, ?) LIMIT 1", (text,))
        ).rows:
            left.append(table)
    return left


def state(base: Workspace, email: str) -> list[tuple[object, ...]]:
    sql = (
        "SELECT c.contact_id, s.channel, s.state FROM contacts c JOIN consents s USING (contact_id)"
        " WHERE c.email = ? ORDER BY 2"
    )
    return base.database.run(Statement(sql, (email,))).rows


def test_nothing_that_names_them_is_left_and_what_is_kept_has_no_name(shop: Workspace) -> None:
    assert {"import_contacts", "contacts"} <= set(found(shop, "zyx"))
    done = shop.erase(1)
    assert (done.orders, done.channels) == (1, ("email", "sms", "phone", "post"))
    assert {trace: found(shop, trace) for trace in TRACES} == {trace: [] for trace in TRACES}
    orders = shop.database.run(Statement("SELECT order_id, amount, contact_id FROM orders ORDER BY 1")).rows
    assert [(row[0], row[2]) for row in orders] == [("O1", None), ("O2", 2)]
    assert shop.contacts == 1
    assert shop.check() == {}
    with pytest.raises(InputError):
        shop.report("contact", contact=1)
    with pytest.raises(InputError):
        shop.erase(1)


def test_the_same_file_again_brings_them_back_under_another_number_and_closed(shop: Workspace) -> None:
    shop.erase(1)
    bring(shop, PEOPLE)
    (first, *_) = state(shop, "anais@zyx.example")
    assert first[0] == 4, "a number is never given twice"
    told = state(shop, "anais@zyx.example") + state(shop, "zyx2@zyx.example")
    assert {row[2] for row in told} == {"no"}
    assert state(shop, "bob@example.com")[0][2] == "yes"
    assert shop.check() == {}


def test_without_closing_only_their_refusals_are_remembered(shop: Workspace) -> None:
    shop.say_consent(1, ConsentAnswer("no", channels=("sms",)))
    assert shop.erase(1, forever=False).channels == ("sms",)
    bring(shop, PEOPLE)
    assert {row[1:] for row in state(shop, "anais@zyx.example")} >= {("email", "yes"), ("sms", "no")}


def test_an_address_that_somebody_else_has_too_is_left_to_them(shop: Workspace) -> None:
    shop.edit_contact(2, {"email": "anais@zyx.example"})
    shop.erase(1)
    assert state(shop, "anais@zyx.example") == [(2, "email", "yes")]
    assert shop.check() == {}


def test_undoing_the_import_they_came_from_changes_nothing_for_them(shop: Workspace) -> None:
    shop.erase(1)
    shop.undo(1)
    bring(shop, PEOPLE)
    assert {row[2] for row in state(shop, "anais@zyx.example")} == {"no"}
