"""Edits by hand: cleaned as a file's cells are, told apart by their author, undone exactly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from segmentation.errors import InputError
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring

FILE = (
    "Prénom;Nom;E-mail;Mobile;Ville;Pays;Casier;Groupe\n"
    "Ana;Roux;ana@example.com;0639980001;Lyon;France;a;vip\n"
    "Bob;Noir;bob@example.com;0470123456;Liège;Belgique;b;\n"
    "Eva;;eva@example.com;;Paris;;;\n"
)


def row(base: Workspace, contact: int, *names: str) -> tuple[Any, ...]:
    sql = f"SELECT {', '.join(names)} FROM contacts WHERE contact_id = ?"
    return base.database.run(Statement(sql, (contact,))).rows[0]


def picture(base: Workspace) -> dict[str, object]:
    """Everything folded and derived, without the record of who came last."""
    tables = {
        "contacts": "* EXCLUDE (last_import)",
        "consents": "* EXCLUDE (import_id)",
        "memberships": "*",
        "contact_features": "*",
        "rfm_scores": "*",
    }
    return {
        table: base.database.run(Statement(f"SELECT {what} FROM {table} ORDER BY ALL")).rows
        for table, what in tables.items()
    }


@pytest.fixture
def shop(empty: Workspace) -> Workspace:
    bring(empty, FILE)
    return empty


def test_a_new_contact_is_cleaned_as_in_a_file(shop: Workspace) -> None:
    consent = ConsentAnswer("yes", None, "en boutique", "fiche papier", ("email",))
    made = shop.add_contact(
        {"first_name": " zoé ", "last_name": "MARTIN", "email": "Zoe@Example.com ", "city": "",
         "mobile": "06.39.98.00.77", "birth_date": "02/03/1980", "postal_code": "69003"},
        consent=consent,
        groups=("Thé", " vip "),
    )  # fmt: skip
    assert made.contact_id == 4
    names = "first_name email email_valid mobile sms_number birth_date::VARCHAR postal_code city live".split()
    assert row(shop, 4, *names) == (
        *("Zoé", "zoe@example.com", True, "+33639980077", "+33639980077", "1980-03-02", "69003", None, True),
    )
    assert shop.contacts == 4
    report = shop.report("contact", contact=4)
    groups = [name for (name,) in report.sheets["groups"].rows]
    assert groups == ["Thé", "vip"]
    said = {line[0]: line[1:5] for line in report.sheets["consents"].rows}
    assert said["email"] == ("yes", None, "en boutique", "fiche papier")
    assert said["sms"][0] == "unknown"
    origin = {line[0]: line[2:7] for line in report.sheets["values"].rows}["email"]
    assert origin == (2, 1, "edit", "", "Ana")
    assert shop.check() == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Belgium", "Belgique"), ("BE", "Belgique"), ("Germany", "Germany"), ("Narnia", "Narnia")],
)
def test_a_country_is_kept_under_the_name_the_base_has_it(shop: Workspace, typed: str, kept: str) -> None:
    added = shop.add_contact({"first_name": "Zoé", "country": typed}).contact_id
    shop.edit_contact(3, {"country": typed})
    assert row(shop, added, "country") == row(shop, 3, "country") == (kept,)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({}, "error.contact.nobody", None),
        ({"city": "Lyon"}, "error.contact.nobody", None),
        ({"first_name": "   "}, "error.contact.nobody", None),
        ({"first_name": "Zoé", "birth_date": "hier"}, "error.contact.value", "birth_date"),
        ({"first_name": "Zoé", "nonsense": "1"}, "error.contact.value", "nonsense"),
        ({"first_name": "Zoé", "contact_id": "1"}, "error.contact.value", "contact_id"),
        ({"first_name": "ANA", "email": "ANA@example.com"}, "error.contact.known", None),
        ({"email": "ana@example.com"}, "error.contact.known", None),
        ({"first_name": "Ana", "mobile": "06 39 98 00 01"}, "error.contact.known", None),
    ],
)
def test_what_cannot_be_added_says_why_and_writes_nothing(
    shop: Workspace, values: Mapping[str, str], code: str, field: str | None
) -> None:
    before, version = picture(shop), shop.version
    with pytest.raises(InputError) as caught:
        shop.add_contact(values)
    assert caught.value.code == code
    assert caught.value.values.get("field") == field
    if code == "error.contact.known":
        assert caught.value.values["contact"] == 1
        assert caught.value.values["name"] == "Ana Roux"
    assert (picture(shop), shop.version) == (before, version)


def test_two_people_may_share_an_address(shop: Workspace) -> None:
    assert shop.add_contact({"first_name": "Luc", "email": "ana@example.com"}).contact_id == 4


def test_a_title_typed_by_hand_is_in_the_language_of_the_base(empty: Workspace) -> None:
    empty.add_contact({"civility": "Mr", "last_name": "Roux"})
    assert row(empty, 1, "civility") == ("M.",)
    bring(empty, "Title,Surname,Email\nMr,Hill,hill@example.com\nMrs,Lee,lee@example.com\n")
    assert row(empty, 2, "civility") == ("Mr",)
    empty.edit_contact(3, {"civility": "mr."})
    assert row(empty, 3, "civility") == ("Mr",)


def test_other_values_replace_and_blanks_empty(shop: Workspace) -> None:
    before = picture(shop)
    shop.edit_contact(1, {"city": "Villeurbanne", "mobile": " ", "c001": "b"})
    names = ("city", "city__key", "mobile", "mobile__key", "sms_number", "c001", "last_name")
    assert row(shop, 1, *names) == ("Villeurbanne", "villeurbanne", None, None, None, "b", "Roux")
    shop.edit_contact(1, {"email": None})
    assert row(shop, 1, "email", "email_valid") == (None, None)
    assert shop.check() == {}
    for edit in (3, 2):
        shop.undo(edit)
    assert picture(shop) == before
    assert shop.check() == {}


def test_a_later_file_speaks_again_after_a_blank(shop: Workspace) -> None:
    shop.edit_contact(1, {"mobile": None})
    bring(shop, "E-mail;Prénom;Mobile\nana@example.com;Ana;0639980099\n")
    assert row(shop, 1, "mobile", "sms_number") == ("+33639980099", "+33639980099")
    assert shop.check() == {}


def test_the_file_that_had_given_it_does_not_bring_it_back(shop: Workspace) -> None:
    shop.edit_contact(1, {"city": None})
    shop.edit_contact(1, {"first_name": "Anna"})
    assert row(shop, 1, "city", "first_name") == (None, "Anna")


def test_a_number_is_read_in_the_country_of_its_contact(shop: Workspace) -> None:
    shop.edit_contact(2, {"mobile": "0470 12 34 99"})
    assert row(shop, 2, "mobile", "country") == ("+32470123499", row(shop, 2, "country")[0])


@pytest.mark.parametrize(
    ("contact", "values", "code"),
    [
        (99, {"city": "Lyon"}, "error.contact.unknown"),
        (1, {}, "error.contact.unchanged"),
        (1, {"birth_date": "31/02/1980"}, "error.contact.value"),
        (1, {"nonsense": None}, "error.contact.unchanged"),
    ],
)
def test_what_cannot_be_edited_writes_nothing(
    shop: Workspace, contact: int, values: Mapping[str, str | None], code: str
) -> None:
    before, version = picture(shop), shop.version
    with pytest.raises(InputError, match=code.replace(".", r"\.")):
        shop.edit_contact(contact, values)
    assert (picture(shop), shop.version) == (before, version)


def test_many_are_put_in_a_group_at_once_and_taken_out_by_undo(shop: Workspace) -> None:
    before = picture(shop)
    made = shop.tag([1, 2, 3, 77], "  VIP  ")
    assert made.contacts == 2, "Ana is a vip already, nobody is number 77"
    rows = shop.database.run(Statement("SELECT contact_id, name__key FROM memberships ORDER BY 1")).rows
    assert rows == [(1, "vip"), (2, "vip"), (3, "vip")]
    with pytest.raises(InputError, match=r"error\.contact\.tagged"):
        shop.tag([1, 2], "vip")
    with pytest.raises(InputError, match=r"error\.contact\.group"):
        shop.tag([1], "  ")
    assert shop.check() == {}
    shop.undo(made.import_id)
    assert picture(shop) == before


def test_a_base_made_before_edits_gets_their_table(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with Workspace.open(path) as base:
        base.database.run(Statement("DROP TABLE import_cleared"))
    with Workspace.open(path) as base:
        bring(base, FILE)
        base.edit_contact(1, {"city": None})
        assert row(base, 1, "city") == (None,)


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE contacts; --", '"', "<img src=x onerror=alert(1)>", "=1+1", "%s"]
)
def test_hostile_values_are_only_values(shop: Workspace, text: str) -> None:
    shop.edit_contact(1, {"notes": text})
    assert row(shop, 1, "notes") == (text,)
    shop.tag([1], text)
    assert shop.check() == {}
