"""The history of imports, their refused rows, and what undo forgets beside rows: identities, own columns."""

from __future__ import annotations

import pytest

from segmentation.errors import StoreError
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.imports import (
    Import,
    next_import_id,
    read_import,
    read_imports,
    read_rejects,
    record_import,
    take_contact_ids,
    undo,
)
from segmentation.store.session import Session
from segmentation.store.touched import note_touched, refold_touched
from segmentation.store.user_columns import add_user_column, read_user_columns, rename_user_column


def bring(session: Session, *, city: str | None = "Lyon", contact: int | None = None) -> tuple[int, int]:
    """An import of one contact known as C1 by its source; (import, contact)."""
    number = next_import_id(session)
    contact = contact or take_contact_ids(session, 1)
    record_import(session, Import(number, "contacts", source="shop", rows_read=1, rows_loaded=1, new_rows=1))
    session.sql(
        "INSERT INTO import_contacts BY NAME SELECT ? AS import_id, 1 AS row_number, ? AS contact_id,"
        " 'C1' AS external_id, ? AS city",
        *(number, contact, city),
    )
    if not session.scalar(Statement("SELECT count(*) FROM identities")):
        session.sql("INSERT INTO identities VALUES ('shop', 'C1', ?, ?)", contact, number)
    note_touched(session, number, prefix="touched")
    refold_touched(session, prefix="touched")
    session.bump()
    return number, contact


def test_an_import_is_read_back_as_it_was_written(base: Database) -> None:
    written = Import(
        7,
        "orders",
        source="shop",
        file_name="<img src=x>.csv",
        encoding="cp1252",
        delimiter=";",
        header_row=3,
        rows_read=3,
        rows_loaded=2,
        rows_rejected=1,
        new_rows=2,
        mapping={"Nom": "contacts.last_name", "Divers": None, "Vide": "-"},
        repairs=[{"rule": "email.typo", "count": 2}],
        notes={"unread": []},
    )
    with base.session() as session, session.transaction(write=True):
        record_import(session, written)
        session.sql(
            "INSERT INTO rejects VALUES (7, 12, 'reject.footer', ['TOTAL', NULL]), (7, 4, 'reject.width', [])"
        )
    read = read_import(base, 7)
    assert (read.file_name, read.mapping, read.repairs, read.header_row) == (
        written.file_name,
        written.mapping,
        written.repairs,
        3,
    )
    assert read.created_at is not None
    assert [row.row_number for row in read_rejects(base, 7)] == [4, 12]
    assert read_rejects(base, 7)[1].raw == ("TOTAL", None)
    with pytest.raises(StoreError, match=r"error\.import\.unknown"):
        read_import(base, 8)


def test_ids_are_never_given_twice(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        number, contact = bring(session)
    with base.session() as session, session.transaction(write=True):
        assert undo(session, number) == 1
        assert next_import_id(session) == number + 1
        assert take_contact_ids(session, 3) == contact + 1
        assert take_contact_ids(session, 1) == contact + 4
    assert base.run(Statement("SELECT contact_id, live, city FROM contacts")).rows == [(contact, False, None)]


def test_an_identity_another_import_gave_too_survives_an_undo(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        first, contact = bring(session)
        second, _ = bring(session, city=None, contact=contact)
        undo(session, first)
        rows = session.sql("SELECT source, external_id, contact_id, import_id FROM identities").rows
        assert rows == [("shop", "C1", contact, second)]
        assert session.sql("SELECT live, city FROM contacts").rows == [(True, None)]
        undo(session, second)
        assert session.sql("SELECT * FROM identities").rows == []


def test_an_undo_is_done_once_and_said(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        number, _ = bring(session)
        undo(session, number, author="Ana")
        with pytest.raises(StoreError, match=r"error\.import\.undone"):
            undo(session, number)
    (row,) = read_imports(base)
    assert row.undone_at is not None
    actions = base.run(Statement("SELECT action, author FROM journal")).rows
    assert actions == [("import", ""), ("undo", "Ana")]


def test_own_columns_leave_with_the_only_import_that_filled_them(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        first, contact = bring(session)
        column = add_user_column(
            session, "contacts", header='"; drop table contacts; --', type="text", import_id=first
        )
        session.sql(f"UPDATE import_contacts SET {column.code} = 'Œuf' WHERE import_id = ?", first)
        note_touched(session, first, prefix="touched")
        refold_touched(session, prefix="touched")
        rename_user_column(session, column.code, "  Mon   champ ")
    assert base.run(Statement("SELECT c001, c001__key FROM contacts")).rows == [("Œuf", "oeuf")]
    assert read_user_columns(base)[0].label == "Mon champ"
    with base.session() as session, session.transaction(write=True):
        second, _ = bring(session, contact=contact)
        session.sql("UPDATE import_contacts SET c001 = 'autre' WHERE import_id = ?", second)
        undo(session, first)
    assert read_user_columns(base)[0].import_id == second
    assert base.run(Statement("SELECT c001 FROM contacts")).rows == [("autre",)]
    with base.session() as session, session.transaction(write=True):
        undo(session, second)
        assert read_user_columns(session) == ()
        assert add_user_column(session, "contacts", header="x", type="number", import_id=9).code == "c002"
