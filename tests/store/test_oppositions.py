"""An opposition is a keyed hash, wins over every import, and outlives the contact."""

from __future__ import annotations

from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.imports import Import, record_import, undo
from segmentation.store.oppositions import add_oppositions, hash_identifier, is_opposed
from segmentation.store.session import Session
from segmentation.store.touched import note_touched, refold_touched


def bring(session: Session, number: int, *, email: str | None, mobile: str | None = None) -> None:
    """Contact 1, who said yes to e-mail and SMS."""
    record_import(session, Import(number, "contacts"))
    session.sql(
        "INSERT INTO import_contacts BY NAME SELECT ? AS import_id, 1 AS row_number, 1 AS contact_id,"
        " ? AS email, ? AS mobile",
        *(number, email, mobile),
    )
    session.sql(
        "INSERT INTO import_consents BY NAME SELECT ? AS import_id, 1 AS row_number, 1 AS contact_id,"
        " unnest(['email', 'sms']) AS channel, 'yes' AS state",
        number,
    )
    note_touched(session, number, prefix="touched")
    refold_touched(session, prefix="touched")


def states(base: Database) -> dict[str, str]:
    return dict(base.run(Statement("SELECT channel, state FROM consents ORDER BY channel")).rows)


def test_an_opposition_wins_over_what_is_there_and_what_comes(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        bring(session, 1, email="a@b.example")
    assert states(base) == {"email": "yes", "sms": "yes"}
    with base.session() as session, session.transaction(write=True):
        assert (
            add_oppositions(session, [" A@B.example"], channels=["email"], reason="asked", author="Ana") == 1
        )
    assert states(base) == {"email": "no", "sms": "yes"}
    with base.session() as session, session.transaction(write=True):
        bring(session, 2, email="a@b.example")
    assert states(base) == {"email": "no", "sms": "yes"}
    with base.session() as session, session.transaction(write=True):
        undo(session, 1)
        undo(session, 2)
    assert states(base) == {}
    with base.session() as session, session.transaction(write=True):
        bring(session, 3, email="a@b.example")
    assert states(base) == {"email": "no", "sms": "yes"}
    assert base.scalar(Statement("SELECT count(*) FROM journal WHERE action = 'opposition'")) == 1


def test_the_number_names_the_person_too_and_the_undo_of_its_import_lifts_it(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        bring(session, 1, email=None, mobile="+33639980001")
        record_import(session, Import(2, "contacts"))
        add_oppositions(session, ["+33639980001"], reason="stop", import_id=2)
    assert states(base) == {"email": "no", "phone": "no", "post": "no", "sms": "no"}
    with base.session() as session, session.transaction(write=True):
        undo(session, 2)
    assert states(base) == {"email": "yes", "sms": "yes"}


def test_the_hash_is_keyed_and_hides_the_address(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        add_oppositions(session, ["a@b.example"], reason="asked")
        assert base.scalar(Statement("SELECT 1")) == 1
    assert is_opposed(base, "A@b.example", "post")
    assert not is_opposed(base, "other@b.example", "post")
    hashed = hash_identifier(base, "a@b.example")
    assert len(hashed) == 64
    assert base.scalar(Statement("SELECT hashed('a@b.example')")) == hashed
    with base.session() as session, session.transaction(write=True):
        session.sql("UPDATE meta SET value = 'other' WHERE key = 'secret'")
    assert hash_identifier(base, "a@b.example") != hashed
