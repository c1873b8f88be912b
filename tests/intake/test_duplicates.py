"""The nine rules, each on a pair it finds and a pair it leaves; groups, decisions, what is certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from segmentation.intake.duplicate_groups import Group, duplicate_groups, join_pairs
from segmentation.intake.duplicates import RULES
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.session import Session

ANA = {"first_name": "Ana", "last_name": "Roux"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    base = open_base(tmp_path_factory.mktemp("base") / "b.duckdb")
    yield base
    base.close()


@pytest.fixture
def session(base: Database) -> Iterator[Session]:
    with base.session() as session, session.transaction(write=True):
        for table in ("contacts", "merges", "told_apart"):
            session.sql(f"DELETE FROM {table}")
        yield session


def put(session: Session, *people: dict[str, object]) -> None:
    """Contacts 1, 2, … as the fold would leave them."""
    for number, person in enumerate(people, 1):
        folded = {f"{n}__key": v for n, v in person.items() if n.endswith("_name") or n == "address1"}
        names = ", ".join(["contact_id", "live", *person, *folded])
        marks = ", ".join(["?", "TRUE", *("?" for _ in person), *("fold_text(?)" for _ in folded)])
        session.sql(
            f"INSERT INTO contacts ({names}) VALUES ({marks})", number, *person.values(), *folded.values()
        )


FOUND: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "email": ({**ANA, "email": "a@x.org"}, {"first_name": "A.", "last_name": "Roux", "email": "a@x.org"}),
    "phone": ({**ANA, "mobile": "+33639980001"}, {**ANA, "phone": "+33639980001"}),
    "birth": (
        {**ANA, "birth_date": "1980-05-06"},
        {"first_name": "Anna", "last_name": "Rouxx", "birth_date": "1980-05-06"},
    ),
    "swapped": (
        {**ANA, "birth_date": "1980-05-06"},
        {"first_name": "Roux", "last_name": "Ana", "birth_date": "1980-05-06"},
    ),
    "postal": (
        {**ANA, "postal_code": "69003"},
        {"first_name": "Ana", "last_name": "Rous", "postal_code": "69003"},
    ),
    "names_birth": ({**ANA, "birth_date": "1980-05-06"}, {**ANA, "birth_date": "1980-06-06"}),
    "birth_postal": (
        {**ANA, "birth_date": "1980-05-06", "postal_code": "69003"},
        {"first_name": "Ana", "last_name": "Vidal", "birth_date": "1980-05-06", "postal_code": "69003"},
    ),
    "address": ({**ANA, "address1": "3 rue des Lilas"}, {"last_name": "Roux", "address1": "3 Rue des Lilas"}),
    "names_email": ({**ANA, "email": "ana.roux@example.com"}, {**ANA, "email": "anaroux@example.com"}),
}
LEFT: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "email": ({**ANA, "email": "a@x.org"}, {"first_name": "Bob", "last_name": "Roux", "email": "a@x.org"}),
    "phone": ({**ANA, "mobile": "+33639980001"}, {"first_name": "Bob", "mobile": "+33639980001"}),
    "birth": (
        {**ANA, "birth_date": "1980-05-06"},
        {"first_name": "Ana", "last_name": "Lopez", "birth_date": "1980-05-06"},
    ),
    "swapped": (
        {**ANA, "birth_date": "1980-05-06"},
        {"first_name": "Roux", "last_name": "Eva", "birth_date": "1980-05-06"},
    ),
    "postal": (
        {**ANA, "postal_code": "69003", "email": "ana@x.org"},
        {"first_name": "Ana", "last_name": "Rous", "postal_code": "69003", "email": "zoe@y.net"},
    ),
    "names_birth": ({**ANA, "birth_date": "1980-05-06"}, {**ANA, "birth_date": "1991-06-06"}),
    "birth_postal": (
        {**ANA, "birth_date": "1980-05-06", "postal_code": "69003"},
        {"first_name": "Leo", "last_name": "Vidal", "birth_date": "1980-05-06", "postal_code": "69003"},
    ),
    "address": (
        {**ANA, "address1": "3 rue des Lilas", "postal_code": "69003"},
        {**ANA, "address1": "3 rue des Lilas", "postal_code": "33000"},
    ),
    "names_email": (
        {**ANA, "email": "ana.roux@example.com", "birth_date": "1980-05-06"},
        {**ANA, "email": "anaroux@example.com", "birth_date": "1991-11-26"},
    ),
}


@pytest.mark.parametrize("rule", [rule.key for rule in RULES])
def test_each_rule_finds_and_leaves(session: Session, rule: str) -> None:
    put(session, *FOUND[rule])
    (group,) = duplicate_groups(session)
    assert group.ids == (1, 2) and rule in group.rules
    session.sql("DELETE FROM contacts")
    put(session, *LEFT[rule])
    assert duplicate_groups(session) == ()


def test_a_mailbox_of_a_couple_is_left_to_the_eye(session: Session) -> None:
    put(
        session,
        {"first_name": "Ana", "last_name": "Roux", "email": "c@x.org"},
        {"last_name": "Roux", "email": "c@x.org"},
        {"first_name": "Paul", "last_name": "Roux", "email": "c@x.org"},
    )
    assert duplicate_groups(session) == (Group((1, 2, 3), ("email",), certain=False),)


def test_certain_first_and_only_by_certain_rules(session: Session) -> None:
    near = {"first_name": "Eve", "last_name": "Noir", "postal_code": "33000"}
    put(
        session,
        near,
        {**near, "last_name": "Noire"},
        {**ANA, "email": "a@x.org"},
        {**ANA, "email": "a@x.org"},
    )
    assert [(group.ids, group.certain) for group in duplicate_groups(session)] == [
        ((3, 4), True),
        ((1, 2), False),
    ]


def test_told_apart_is_remembered_after_a_merge(session: Session) -> None:
    one = {**ANA, "email": "a@x.org"}
    put(session, one, one, one)
    session.sql("INSERT INTO told_apart VALUES (1, 2, ?, '')", datetime(2026, 1, 1))
    (group,) = duplicate_groups(session)
    assert group.ids == (1, 2, 3) and not group.certain
    session.sql("INSERT INTO merges VALUES (3, 1, 9)")
    session.sql("UPDATE contacts SET live = FALSE WHERE contact_id = 3")
    assert duplicate_groups(session) == ()


def test_among_looks_only_at_whom_is_asked(session: Session) -> None:
    one, two = {**ANA, "email": "a@x.org"}, {"first_name": "Bob", "email": "b@x.org"}
    put(session, one, one, two, two)
    session.sql("CREATE TEMP TABLE brought AS SELECT 3::INTEGER AS contact_id")
    assert [group.ids for group in duplicate_groups(session, "brought")] == [(3, 4)]


def test_a_default_birth_date_does_not_bring_everyone_together(session: Session) -> None:
    put(session, {"first_name": "Zed", "last_name": "Roux", "birth_date": "1900-01-01"})
    session.sql(
        "INSERT INTO contacts BY NAME SELECT 2 + range AS contact_id, TRUE AS live, 'roux' AS"
        " first_name__key, 'zed' AS last_name__key, DATE '1900-01-01' AS birth_date"
        " FROM range(420) WHERE range > 0"
    )
    (group,) = duplicate_groups(session)
    assert 1 in group.ids
    session.sql("UPDATE contacts SET last_name__key = 'ved' WHERE contact_id > 1")
    assert all(1 not in group.ids for group in duplicate_groups(session))


def test_pairs_are_joined_through_one_another() -> None:
    assert join_pairs([(5, 7), (1, 2), (7, 9), (2, 3)]) == [(1, 2, 3), (5, 7, 9)]


def test_one_home_and_one_first_name_are_one_person_whatever_the_birth_dates(session: Session) -> None:
    home = {**ANA, "address1": "3 rue des Lilas", "postal_code": "69003"}
    put(
        session,
        {**home, "birth_date": "1980-05-06"},
        {**home, "birth_date": "1991-11-26", "address1": "3 rue des Lylas"},
        {**home, "birth_date": "2001-02-03", "first_name": "Anna", "address1": "3 rue des Lilas"},
    )
    (group,) = duplicate_groups(session)
    assert group.ids == (1, 2) and not group.certain, "a sister of nearly the same name stays apart"
