"""A person erased: nothing that names them is left in any table, and no later file makes them contactable."""

from __future__ import annotations

import pytest

from segmentation.errors import InputError
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring, brought

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


CUSTOMER = ConsentAnswer("customer", source="caisse")
FAMILY = (
    "Réf;Prénom;Nom;E-mail;Mobile;Désabonné\n1;Paul;Roy;family@ex.example;0639980009;oui\n"
    "2;Anne;Roy;family@ex.example;0639980009;non\n"
)


def bring_as(
    base: Workspace, text: str, answer: ConsentAnswer | None = CUSTOMER, source: str = "shop"
) -> int:
    return brought(base, text, source=source, consent=answer).preview.held_back


def states(base: Workspace, first: str) -> set[str]:
    sql = "SELECT DISTINCT state FROM contacts JOIN consents USING (contact_id) WHERE live AND first_name = ?"
    return {str(row[0]) for row in base.database.run(Statement(sql, (first,))).rows}


@pytest.mark.parametrize(
    ("text", "source", "held"),
    [
        ("Réf;Prénom;Nom;E-mail\n1;Paul;Roy;family@ex.example\n2;Anne;Roy;family@ex.example\n", "shop", 1),
        ("Client;E-mail\nROY Paul;Family@ex.example\n", "other", 1),
        ("Prénom;Nom;Mobile\nPaul;ROY;06 39 98 00 09\nAnne;Roy;0639980009\n", "other", 1),
        ("Prénom;E-mail\nPaul;family@ex.example\n", "other", 1),
        ("Réf;Prénom;Nom;E-mail\n1;Paul;;new@ex.example\n", "shop", 1),
    ],
)
def test_who_shares_an_address_stays_refused_and_the_other_is_untouched(
    empty: Workspace, text: str, source: str, held: int
) -> None:
    bring_as(empty, FAMILY, None)
    before = states(empty, "Anne")
    assert empty.erased_by(1) == "likeness"
    done = empty.erase(1)
    assert (done.kept_by, done.channels) == ("likeness", ("email", "sms", "phone", "post"))
    assert states(empty, "Anne") == before
    assert bring_as(empty, text, source=source) == held
    sql = "SELECT DISTINCT state FROM consents WHERE contact_id <> 2"
    assert empty.database.run(Statement(sql)).rows == [("no",)]
    assert "no" not in states(empty, "Anne")
    assert empty.check() == {}


def test_who_has_only_a_postal_address_stays_refused(empty: Workspace) -> None:
    post = "Réf;Prénom;Nom;Adresse;Code postal;Ville\n"
    bring_as(empty, post + "1;Ana;Roy;3 rue X;69001;Lyon\n", ConsentAnswer("no", channels=("post",)))
    assert empty.erase(1).kept_by == "likeness"
    rows = "8;Ana;ROY;3, Rue X;69001;Lyon\n9;Eve;Roy;3 rue X;69001;Lyon\n"
    bring_as(empty, post + rows, ConsentAnswer("customer", channels=("post",)), "other")
    assert (states(empty, "Ana"), states(empty, "Eve")) == ({"no"}, {"customer"})


def test_when_nothing_can_be_kept_it_says_so(empty: Workspace) -> None:
    bring_as(empty, "Prénom;Nom;Ville\nAna;Roy;Lyon\nEve;Roy;Lyon\n")
    assert empty.erased_by(1) == "nothing"
    done = empty.erase(1)
    assert (done.kept_by, done.channels) == ("nothing", ())
    assert empty.database.run(Statement("SELECT count(*) FROM oppositions")).rows == [(0,)]


def test_refused_rows_go_however_they_write_the_address_or_number(shop: Workspace) -> None:
    gone = (
        ["x", " Anais@ZYX.example "],
        ["3,Anaïs,anais@zyx.example,06"],
        ["<anais@zyx.example>."],
        ["06 39 98 00 01"],
        ["+33 (0)6.39.98.00.01"],
        ["0033 6 39 98 00 01", ""],
        ["3,Anaïs,06 39 98 00 01,Lyon"],
    )
    stay = (["dianais@zyx.example", "06 39 98 00 02"], ["1", "", "75011", "00"], [])
    with shop.database.session() as session, session.transaction(write=True):
        for number, cells in enumerate((*gone, *stay), 20):
            session.sql("INSERT INTO rejects VALUES (1, ?, 'reject.width', ?::VARCHAR[])", number, cells)
    shop.erase(1)
    left = shop.database.run(Statement("SELECT raw FROM rejects WHERE row_number >= 20 ORDER BY ALL")).rows
    assert sorted(row[0] for row in left) == sorted(stay)


def test_a_number_of_eight_figures_is_known_by_its_national_form(empty: Workspace) -> None:
    bring_as(empty, "Prénom;Nom;Mobile\nAna;Roy;+3221234567\n")
    with empty.database.session() as session, session.transaction(write=True):
        session.sql("INSERT INTO rejects VALUES (1, 9, 'reject.width', ['02 123 45 67'])")
        session.sql("INSERT INTO rejects VALUES (1, 10, 'reject.width', ['02 123 45 68'])")
    empty.erase(1)
    assert empty.database.run(Statement("SELECT row_number FROM rejects")).rows == [(10,)]


def test_the_log_beside_the_file_forgets_too(empty: Workspace) -> None:
    bring(empty, PEOPLE)
    log = empty.database.path.with_name(f"{empty.database.path.name}.wal")
    empty.tag([1], "fidèles")
    assert log.stat().st_size > 0
    empty.erase(1)
    assert not log.exists() or log.stat().st_size == 0
