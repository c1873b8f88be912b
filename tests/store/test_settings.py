"""Settings, what was confirmed about headers, the journal and the exports are read back as written."""

from __future__ import annotations

from datetime import date

from segmentation.store.database import Database
from segmentation.store.journal import (
    Export,
    read_export_members,
    read_exports,
    read_journal,
    write_entry,
    write_export,
)
from segmentation.store.mappings import read_synonyms, recall_mapping, remember_mapping, remember_synonym
from segmentation.store.settings import Settings, read_settings, write_setting


def test_defaults_then_what_was_set(base: Database) -> None:
    assert read_settings(base) == Settings()
    before = base.version
    with base.session() as session, session.transaction(write=True):
        write_setting(session, "as_of", date(2011, 12, 9))
        write_setting(session, "list_columns_email", ["email", "city"])
        write_setting(session, "name", "Chez « Léa »")
        write_setting(session, "tour", {"seen": True})
    found = read_settings(base)
    assert (found.as_of, found.get("list_columns_email"), found.name) == (
        date(2011, 12, 9),
        ["email", "city"],
        "Chez « Léa »",
    )
    assert (found.get("tour"), found.get("currency"), found.get("none", 3)) == ({"seen": True}, "EUR", 3)
    assert base.version == before + 1
    with base.session() as session, session.transaction(write=True):
        write_setting(session, "as_of", None)
    assert read_settings(base).as_of is None


def test_only_what_a_criterion_reads_makes_a_version(base: Database) -> None:
    before = base.version
    with base.session() as session, session.transaction(write=True):
        write_setting(session, "name", "x")
        write_setting(session, "list_columns_email", ["email"])
    assert base.version == before
    with base.session() as session, session.transaction(write=True):
        write_setting(session, "currency", "GBP")
    assert base.version == before + 1


def test_a_mapping_is_remembered_by_fingerprint_and_replaced(base: Database) -> None:
    assert recall_mapping(base, "f") is None
    with base.session() as session, session.transaction(write=True):
        remember_mapping(session, "f", kind="contacts", mapping={"Nom": "contacts.last_name"})
        remember_mapping(session, "f", kind="orders", mapping={"Nom": None, "x": "-"})
        remember_synonym(session, "N° Client ", entity="orders", field="contacts.contact_id")
        remember_synonym(session, "n° client", entity="orders", field="orders.order_id")
    assert recall_mapping(base, "f") == ("orders", {"Nom": None, "x": "-"})
    assert read_synonyms(base) == {("n° client", "orders"): "orders.order_id"}


def test_exports_are_journalled(base: Database) -> None:
    export = Export(
        author="Ana",
        segment_key="vip",
        segment_version=2,
        definition={"all": []},
        channel="email",
        format="xlsx",
        rows=12,
        columns=("email", "c001"),
        exclusions={"no": 3},
        reason="ils l’ont demandé",
        file_name="vip.xlsx",
        as_of=date(2026, 1, 2),
        version=5,
        name="Les « VIP »",
        options={"quiet_days": 30},
    )
    with base.session() as session, session.transaction(write=True):
        assert write_export(session, export, [3, 1], control=[2]) == 1
        assert write_export(session, export) == 2
        write_entry(session, "setting", "Léo", {"key": "as_of"})
    newest, first = read_exports(base)
    assert (newest.export_id, first.export_id, first.columns, first.as_of) == (
        2,
        1,
        ["email", "c001"],
        date(2026, 1, 2),
    )
    assert (first.name, first.options, first.control, newest.control) == (
        "Les « VIP »",
        {"quiet_days": 30},
        1,
        0,
    )
    assert (read_export_members(base, 1), read_export_members(base, 2)) == ((1, 2, 3), ())
    assert [(entry.action, entry.author) for entry in read_journal(base, limit=2)] == [
        ("setting", "Léo"),
        ("export", "Ana"),
    ]
