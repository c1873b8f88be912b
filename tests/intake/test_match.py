"""Who is whom: by id, by address, by number, never on a name alone; the twins in SQL and Python agree."""

from __future__ import annotations

from itertools import product

import pytest

from segmentation.intake.compatible import COMPATIBLE, SAME_FAMILY, Named, may_be_one, same_family
from segmentation.results import Statement

HEADERS = {
    "Id": "contacts.contact_id",
    "Prénom": "contacts.first_name",
    "Nom": "contacts.last_name",
    "Mail": "contacts.email",
    "Tel": "contacts.phone",
    "Mobile": "contacts.mobile",
}
IN_ONE_FILE = {
    "same id": (["1", "Ana", "Roy", "", "", ""], ["1", "Anna", "Roy", "", "", ""], 1),
    "same mail, same first name": (
        ["", "Ana", "Roy", "a@x.fr", "", ""],
        ["", "Ana", "", "A@x.fr", "", ""],
        1,
    ),
    "same mail, first name missing": (
        ["", "Ana", "Roy", "a@x.fr", "", ""],
        ["", "", "", "a@x.fr", "", ""],
        1,
    ),
    "same mail, near first name": (
        ["", "Marie", "Roy", "a@x.fr", "", ""],
        ["", "Maria", "", "a@x.fr", "", ""],
        1,
    ),
    "same mail, initial": (["", "Marie", "Roy", "a@x.fr", "", ""], ["", "M.", "Roy", "a@x.fr", "", ""], 1),
    "same mail, swapped": (["", "Ana", "Roy", "a@x.fr", "", ""], ["", "Roy", "Ana", "a@x.fr", "", ""], 1),
    "same mail, spouses": (["", "Ana", "Roy", "a@x.fr", "", ""], ["", "Paul", "Roy", "a@x.fr", "", ""], 2),
    "same mail, other name, no first name": (
        ["", "", "Roy", "a@x.fr", "", ""],
        ["", "", "Petit", "a@x.fr", "", ""],
        2,
    ),
    "same mail, two ids, one name": (
        ["1", "Ana", "Roy", "a@x.fr", "", ""],
        ["2", "Ana", "Roy", "a@x.fr", "", ""],
        1,
    ),
    "same mail, two ids, two names": (
        ["1", "Ana", "Roy", "a@x.fr", "", ""],
        ["2", "Ana", "Petit", "a@x.fr", "", ""],
        2,
    ),
    "wrong mail": (["", "Ana", "Roy", "a@", "", ""], ["", "Ana", "Petit", "a@", "", ""], 2),
    "same phone": (
        ["", "Ana", "Roy", "", "0612345678", ""],
        ["", "Ana", "Roy", "", "+33 6 12 34 56 78", ""],
        1,
    ),
    "phone and mobile": (
        ["", "Ana", "Roy", "", "0612345678", ""],
        ["", "Ana", "", "", "", "06 12 34 56 78"],
        1,
    ),
    "same phone, others": (
        ["", "Ana", "Roy", "", "0612345678", ""],
        ["", "Zoé", "Roy", "", "0612345678", ""],
        2,
    ),
    "same name only": (["", "Ana", "Roy", "", "", ""], ["", "Ana", "Roy", "", "", ""], 2),
    "nothing shared": (["", "Ana", "Roy", "a@x.fr", "", ""], ["", "Ana", "Roy", "b@x.fr", "", ""], 2),
}


@pytest.mark.parametrize("case", IN_ONE_FILE)
def test_two_rows_of_one_file(base, case: str) -> None:  # type: ignore[no-untyped-def]
    one, other, people = IN_ONE_FILE[case]
    report = base.load("contacts", HEADERS, [one, other])
    assert report.preview.contacts_new == people
    assert (report.preview.new, report.preview.merged) == (people, 2 - people)


@pytest.mark.parametrize("case", IN_ONE_FILE)
def test_the_same_two_rows_one_file_after_the_other(base, case: str) -> None:  # type: ignore[no-untyped-def]
    one, other, people = IN_ONE_FILE[case]
    if case == "same name only":
        people = 1  # the same description, first of its file both times: the same file brought in again
    base.load("contacts", HEADERS, [one])
    report = base.load("contacts", HEADERS, [other])
    assert report.preview.contacts_new == people - 1


def test_a_row_without_a_name_does_not_bring_spouses_together(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ["", "", "", "a@x.fr", "", ""],
        ["", "Ana", "", "a@x.fr", "", ""],
        ["", "Paul", "", "a@x.fr", "", ""],
    ]
    base.load("contacts", HEADERS, rows)
    assert base.rows("SELECT first_name FROM contacts ORDER BY contact_id") == [("Ana",), ("Paul",)]
    again = base.load("contacts", HEADERS, rows)
    assert (again.preview.contacts_new, again.preview.unchanged) == (0, 2)


def test_people_joined_by_a_mail_and_then_by_a_phone_are_one(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ["", "Ana", "Roy", "a@x.fr", "", ""],
        ["", "Ana", "Roy", "", "0612345678", ""],
        ["", "Ana", "Roy", "a@x.fr", "0612345678", ""],
    ]
    report = base.load("contacts", HEADERS, rows)
    assert (report.preview.new, report.preview.merged) == (1, 2)


def test_an_address_of_the_past_still_finds_its_contact(base) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", HEADERS, [["1", "Ana", "Roy", "old@x.fr", "", ""]])
    base.load("contacts", HEADERS, [["1", "Ana", "Roy", "new@x.fr", "", ""]])
    report = base.load("contacts", HEADERS, [["", "Ana", "", "old@x.fr", "", ""]], source="other")
    assert report.preview.contacts_new == 0


def test_an_address_everyone_carries_is_nobodys(base) -> None:  # type: ignore[no-untyped-def]
    rows = [["", f"Prénom{n}", "", "shop@x.fr", "", ""] for n in range(30)]
    rows += [["", "", f"Nom{n}", "shop@x.fr", f"06123456{n:02d}", ""] for n in range(5)]
    report = base.load("contacts", HEADERS, rows)
    assert report.preview.shared_addresses == 1
    assert report.preview.contacts_new == 35


def test_a_full_first_name_is_not_lost_to_an_initial(base) -> None:  # type: ignore[no-untyped-def]
    base.load(
        "contacts", HEADERS, [["", "Marie", "Roy", "a@x.fr", "", ""], ["", "M.", "Roy", "a@x.fr", "", ""]]
    )
    report = base.load("contacts", HEADERS, [["", "M", "Roy", "a@x.fr", "", ""]])
    assert base.rows("SELECT first_name FROM contacts") == [("Marie",)]
    assert report.preview.unchanged == 1


def test_customers_known_by_name_only_are_one_per_name(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Client": "orders.customer_name", "Date": "orders.order_date", "Total": "orders.amount_total"}
    rows = [["Ana Roy", "01/02/2024", "5"], ["ANA ROY", "02/02/2024", "6"], ["Luc Petit", "03/02/2024", "7"]]
    report = base.load("orders", headers, rows)
    assert report.preview.contacts_new == 2
    assert base.rows("SELECT contact_id, count(*) FROM orders GROUP BY 1 ORDER BY 1") == [(1, 2), (2, 1)]
    assert base.load("orders", headers, rows).preview.contacts_new == 0


def test_near_duplicates_are_counted_and_left_apart(base) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", HEADERS, [["1", "Ana", "Roy", "a@x.fr", "", ""]])
    report = base.load(
        "contacts", HEADERS, [["2", "ANA", "Roy", "b@x.fr", "", ""], ["3", "Zoé", "Roy", "", "", ""]]
    )
    assert (report.preview.near_duplicates, report.preview.contacts_new) == (1, 2)


FIRSTS = [None, "marie", "maria", "m", "paul", "jean pierre", "jean", "roy"]
LASTS = [None, "roy", "petit", "marie", "le gall", "legall"]


def test_sql_and_python_agree_on_whose_names_are_compatible(base) -> None:  # type: ignore[no-untyped-def]
    names = [
        Named(first, last, " ".join(filter(None, (first, last))) or None)
        for first, last in product(FIRSTS, LASTS)
    ]
    values = ", ".join("(?, ?, ?, ?)" for _ in names)
    params = [part for number, n in enumerate(names) for part in (number, n.first, n.last, n.whole)]
    rows = base.database.run(
        Statement(
            f"WITH named(id, first, last, whole) AS (VALUES {values})"
            f" SELECT a.id, b.id, coalesce({COMPATIBLE}, FALSE), coalesce({SAME_FAMILY}, FALSE)"
            " FROM named a, named b",
            tuple(params),
        )
    ).rows
    for one, other, compatible, family in rows:
        a, b = names[int(str(one))], names[int(str(other))]
        assert may_be_one(a, b) == compatible, (a, b)
        assert (same_family(a.last, b.last) or (a.last is not None and a.last == b.first)) == family, (a, b)


def test_a_row_read_again_finds_whom_it_made_even_renamed_since(base) -> None:  # type: ignore[no-untyped-def]
    sales = {"Client": "orders.contact_id", "Mail": "orders.email", "Total": "orders.amount_total"}
    sales["Date"] = "orders.order_date"
    base.load("orders", sales, [["7", "a@x.fr", "12,50", "12/03/2024"]])
    people = [["", "Ana", "", "a@x.fr", "", ""], ["7", "Zoé", "", "", "", ""]]
    assert base.load("contacts", HEADERS, people).preview.contacts_new == 0
    again = base.load("contacts", HEADERS, people).preview
    assert (again.contacts_new, again.updated) == (0, 0)
