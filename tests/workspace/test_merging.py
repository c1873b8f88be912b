"""Merges: which value stays and why, refusals that survive whatever is merged, undone exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import InputError
from segmentation.intake.kept_values import Given, settled
from segmentation.results import Statement
from segmentation.store.imports import Import, record_import
from segmentation.store.oppositions import add_oppositions
from segmentation.store.session import Session
from segmentation.store.settings import read_settings
from segmentation.store.touched import note_touched, refold_touched
from segmentation.workspace import Workspace
from segmentation.workspace.derived import refresh
from tests.bringing import bring
from tests.workspace.test_edits import picture, row

PEOPLE = (
    "N° client;Prénom;Nom;E-mail;Mobile;Ville;Centres d'intérêt\n"
    "1;A.;Roux;ana@example.com;0639980001;;Thé\n"
    "2;Ana;Roux;ana.roux@example.org;;Lyon;Café\n"
    "3;Bob;Noir;bob@example.com;;Paris;\n"
)
ORDERS = "N° commande;N° client;Date;Montant TTC\nF1;1;2026-01-02;10\nF2;2;2026-02-03;20\nF3;3;2026-03-04;5\n"


@pytest.fixture
def shop(empty: Workspace) -> Workspace:
    bring(empty, PEOPLE)
    bring(empty, ORDERS, "commandes.csv")
    return empty


def test_a_merge_keeps_the_values_it_says_and_is_undone_exactly(shop: Workspace) -> None:
    before = picture(shop)
    written = shop.merge([[2, 1]])
    assert (written.contacts, written.contact_id, shop.contacts) == (1, 1, 2)
    names = ("first_name", "email", "email_secondary", "mobile", "sms_number", "city", "interests")
    assert row(shop, 1, *names) == (
        "Ana", "ana.roux@example.org", "ana@example.com", "+33639980001", "+33639980001", "Lyon",
        ["Thé", "Café"],
    )  # fmt: skip
    orders = shop.database.run(Statement("SELECT order_id FROM orders WHERE contact_id = 1 ORDER BY 1")).rows
    assert [one for (one,) in orders] == ["F1", "F2"]
    assert shop.check() == {}
    assert shop.imports()[0].kind == "merge" and shop.imports()[0].author == "Ana"
    shop.undo(written.import_id)
    assert picture(shop) == before
    assert shop.check() == {}


def test_the_choice_of_the_person_wins(shop: Workspace) -> None:
    shop.merge([[1, 2]], {"email": 1, "first_name": 1})
    assert row(shop, 1, "email", "email_valid", "email_secondary", "first_name")[:3] == (
        "ana@example.com", True, "ana.roux@example.org",
    )  # fmt: skip


def test_the_first_of_two_chained_merges_is_undone_with_its_orders(shop: Workspace) -> None:
    first = shop.merge([[2, 3]])
    second = shop.merge([[1, 2]])
    assert shop.contacts == 1
    shop.undo(second.import_id)
    sql = "SELECT contact_id, count(*) FROM orders GROUP BY 1 ORDER BY 1"
    assert shop.database.run(Statement(sql)).rows == [(1, 1), (2, 2)]
    assert shop.check() == {}
    shop.undo(first.import_id)
    assert shop.database.run(Statement(sql)).rows == [(1, 1), (2, 1), (3, 1)]
    assert shop.check() == {}


def test_a_field_emptied_by_hand_does_not_empty_the_other(shop: Workspace) -> None:
    shop.edit_contact(1, {"mobile": None})
    shop.edit_contact(1, {"city": "Nice"})
    shop.edit_contact(1, {"city": None})
    shop.merge([[1, 2]])
    assert row(shop, 1, "city", "mobile") == ("Lyon", None)


def test_totals_follow_who_was_merged_when_another_file_changes_their_order(shop: Workspace) -> None:
    """Enough others that only the touched contacts are worked out again."""
    bring(shop, "Nom;E-mail\n" + "".join(f"Nom{n};p{n}@example.com\n" for n in range(50)), "autres.csv")
    bring(shop, "N° commande;N° client;Date;Montant TTC\nF4;2;2026-03-05;-5\n", "avoir.csv")
    shop.merge([[1, 2]])
    cancelled = "N° commande;Date;Montant TTC;Statut\nF2;2026-02-03;20;Annulée\n"
    bring(shop, cancelled, "annulees.csv", kind="orders")
    assert shop.check() == {}
    bring(shop, "N° commande;N° client;Date;Montant TTC\nF4;3;2026-03-01;5\n", "avoir-de.csv")
    assert shop.check() == {}


def test_a_file_read_again_finds_the_merged_contact(shop: Workspace) -> None:
    shop.merge([[1, 2]])
    bring(shop, PEOPLE)
    assert shop.contacts == 2 and shop.check() == {}


@pytest.mark.parametrize(
    ("groups", "code"), [([[1]], "error.merge.alone"), ([[1, 99]], "error.contact.unknown")]
)
def test_what_cannot_be_merged_says_why(shop: Workspace, groups: list[list[int]], code: str) -> None:
    version = shop.version
    with pytest.raises(InputError) as caught:
        shop.merge(groups)
    assert caught.value.code == code and shop.version == version


def test_many_addresses_are_corrected_at_once_and_undone(shop: Workspace) -> None:
    before = picture(shop)
    written = shop.correct_emails({1: "Ana@Example.net", 2: "no address", 3: "bob@example.com", 99: "x@y.fr"})
    assert written.contacts == 1 and row(shop, 1, "email", "email_valid") == ("ana@example.net", True)
    shop.undo(written.import_id)
    assert picture(shop) == before
    with pytest.raises(InputError):
        shop.correct_emails({3: "bob@example.com"})


@pytest.mark.parametrize(
    ("field", "values", "kept", "reason"),
    [
        ("city", ["Lyon"], "Lyon", "only"),
        ("city", ["Lyon", "Lyon"], "Lyon", "same"),
        ("city", ["Lyon", "Paris"], "Paris", "latest"),
        ("first_name", ["Ana", "A."], "Ana", "full"),
        ("first_name", ["Bob", "A."], "A.", "latest"),
        ("created_at", ["2020-01-01", "2024-01-01"], "2020-01-01", "first"),
        ("interests", [["Thé"], ["thé", "Café"]], ["thé", "Café"], "both"),
        ("email", ["good@x.org", "bad@x"], "good@x.org", "valid"),
        ("last_purchase_date", ["2024-01-01", "2020-01-01"], "2024-01-01", "recent"),
        ("orders_count", [2, 2], 4, "sum"),
        ("orders_count", [2], 2, "only"),
    ],
)
def test_which_value_stays_and_why(field: str, values: list[object], kept: object, reason: str) -> None:
    found = settled(field, [Given(n, value, n) for n, value in enumerate(values, 1)], sure={1: True})
    assert (found.value, found.reason) == (kept, reason)


TOTALS = "Prénom;Nom;Ville;E-mail;Nb commandes;CA total;Panier moyen;Date dernier achat\n"


def kept(base: Workspace, *ids: int) -> dict[str, tuple[object, object]]:
    """Each field a merge would keep, with why."""
    rows = base.report("merge_preview", ids=ids).sheets["values"].rows
    return {str(row[0]): (row[-1], row[-2]) for row in rows}


def test_totals_of_one_file_are_added_up_and_those_of_two_are_not(empty: Workspace) -> None:
    bring(
        empty, f"{TOTALS}Ana;Roux;Lyon;a@example.org;2;30,00;15,00;05/03/2026\n"
        "Ana;Roux;Lyon;b@example.org;1;60,00;60,00;01/02/2026\n",
    )  # fmt: skip
    bring(empty, f"{TOTALS}Anna;Roux;Lyon;c@example.org;4;80,00;20,00;01/01/2026\n")
    told = kept(empty, 1, 2)
    assert (told["orders_count"], told["total_spent"]) == ((3, "sum"), (90, "sum"))
    assert (told["average_basket"], told["last_purchase_date"]) == ((30, "sum"), (date(2026, 3, 5), "recent"))
    assert kept(empty, 1, 3)["total_spent"] == (80, "latest")
    bring(
        empty, f"{TOTALS}Lou;Petit;Lyon;d@example.org;2;30,00;15,00;05/03/2026\n"
        "Lou;Petit;Nice;e@example.org;2;30,00;15,00;05/03/2026\n",
    )  # fmt: skip
    twice = kept(empty, 4, 5)
    assert (twice["orders_count"], twice["total_spent"]) == ((2, "same"), (30, "same")), "one person, twice"
    empty.merge([[1, 2]])
    assert row(empty, 1, "orders_count", "total_spent", "average_basket") == (3, 90, 30)
    features = empty.database.run(Statement("SELECT orders_count, total_spent FROM contact_features")).rows
    assert (3, 90) in features
    assert empty.check() == {}


def test_who_has_orders_says_that_totals_no_longer_count(shop: Workspace) -> None:
    bring(shop, f"{TOTALS}Ana;Roux;Lyon;a@example.org;2;30,00;15,00;05/03/2026\n")
    assert kept(shop, 1, 4)["total_spent"] == (None, "orders")


def test_name_and_number_come_with_the_address_that_stays(empty: Workspace) -> None:
    bring(empty, "Prénom;Nom;E-mail;Mobile\nAna;Roux;ana@example.org;0639980001\n")
    bring(empty, "Prénom;Nom;E-mail;Mobile\nAnaïs;Rous;ana@;0639980002\n")
    told = kept(empty, 1, 2)
    assert told["email"] == ("ana@example.org", "valid")
    assert (told["last_name"], told["mobile"]) == (("Roux", "together"), ("+33639980001", "together"))


CHANNELS = ("email", "sms", "phone", "post")
said = st.lists(
    st.tuples(
        st.integers(1, 4), st.sampled_from(CHANNELS), st.sampled_from(["yes", "customer", "unknown", "no"])
    ),
    max_size=8,
)
opposed = st.lists(st.integers(1, 4), max_size=2, unique=True)
merges = st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=3, unique=True), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(Path(tmp_path_factory.mktemp("merge")) / "b.duckdb") as base:
        yield base


def _bring(session: Session, consents: list[tuple[int, str, str]], opposed: list[int]) -> None:
    """Four contacts, what they said, whose address is opposed."""
    tables = [
        "imports", "import_contacts", "import_consents", "contacts", "consents", "merges", "oppositions",
        "contact_features", "rfm_scores",
    ]  # fmt: skip
    for table in tables:
        session.sql(f"DELETE FROM {table}")
    session.sql("UPDATE meta SET value = '2' WHERE key = 'next_import_id'")
    record_import(session, Import(1, "contacts", source="shop"))
    for number in range(1, 5):
        session.sql(
            "INSERT INTO import_contacts (import_id, row_number, contact_id, email, email_valid)"
            " VALUES (1, ?, ?, ?, TRUE)",
            *(number, number, f"p{number}@example.com"),
        )
    for at, (contact, channel, state) in enumerate(consents):
        session.sql(
            "INSERT INTO import_consents (import_id, row_number, contact_id, channel, state)"
            " VALUES (1, ?, ?, ?, ?)",
            *(at, contact, channel, state),
        )
    note_touched(session, 1, prefix="touched")
    refold_touched(session, prefix="touched")
    add_oppositions(session, [f"p{one}@example.com" for one in opposed], reason="stop")
    as_of = read_settings(session).as_of
    refresh(session, None, as_of or date(2026, 1, 1))
    session.bump()


def _refused(base: Workspace) -> set[tuple[int, str]]:
    sql = "SELECT contact_id, channel FROM consents WHERE state = 'no'"
    return {(int(contact), str(channel)) for contact, channel in base.database.run(Statement(sql)).rows}


@settings(max_examples=12, deadline=None)
@given(consents=said, opposed=opposed, groups=merges)
def test_an_opt_out_always_survives_a_merge(
    shared: Workspace, consents: list[tuple[int, str, str]], opposed: list[int], groups: list[list[int]]
) -> None:
    with shared.database.session() as session, session.transaction(write=True):
        _bring(session, consents, opposed)
    before, done = picture(shared), []
    became = {number: number for number in range(1, 5)}
    refused = _refused(shared)
    for group in groups:
        people = sorted({became[one] for one in group})
        if len(people) < 2:
            continue
        done.append(shared.merge([people]).import_id)
        became = {one: people[0] if now in people else now for one, now in became.items()}
        assert _refused(shared) == {(became[one], channel) for one, channel in refused}
    for import_id in done:  # the first merge first: any order must do
        shared.undo(import_id)
    assert picture(shared) == before
