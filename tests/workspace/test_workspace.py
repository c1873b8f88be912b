"""An open base: its date, its catalogue by version, its limits of RFM, and totals as fresh as its rows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.errors import CriterionError, InputError, StoreError
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.settings import Settings, read_settings
from segmentation.workspace import Workspace
from segmentation.workspace.ingest import DEFAULT_SOURCE

CONTACTS = "Id;Nom;E-mail;Ville\nC1;Dupont;ana@example.org;Lyon\nC2;Martin;;Paris\n"
ORDERS = (
    "N° commande;Id client;Date de commande;Montant TTC\n"
    "F1;C1;02/01/2024;100,50\nF2;C1;15/03/2024;20\nF3;C3;20/03/2024;7,25\n"
)


def bring(workspace: Workspace, folder: Path, text: str, name: str = "f.csv", **decided: object) -> int:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    table = workspace.read(path)
    request = workspace.request(table, workspace.recognise(table), **decided)
    with workspace.prepare(request) as prepared:
        return workspace.commit(prepared).import_id


def count(workspace: Workspace, criterion: dict[str, object]) -> int:
    return workspace.evaluator.count(criterion_from_json(criterion))


def one(workspace: Workspace, sql: str) -> object:
    return workspace.database.scalar(Statement(sql))


def test_the_date_is_that_of_the_opening_else_of_the_base_else_today(tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    with Workspace.open(path) as workspace:
        assert workspace.as_of == date.today()
        workspace.set_as_of(date(2024, 4, 1))
        assert workspace.as_of == workspace.catalogue.as_of == date(2024, 4, 1)
    with Workspace.open(path, as_of=date(2020, 1, 1)) as workspace:
        assert (workspace.as_of, workspace.own_as_of) == (date(2020, 1, 1), date(2024, 4, 1))
        assert workspace.settings.as_of == date(2024, 4, 1), "an override never changes the setting"


def test_contacts_then_their_orders(empty: Workspace, tmp_path: Path) -> None:
    bring(empty, tmp_path, CONTACTS)
    assert (empty.contacts, empty.has_orders) == (2, False)
    bring(empty, tmp_path, ORDERS)
    assert (empty.contacts, empty.has_orders) == (3, True)
    assert one(empty, "SELECT total_spent::VARCHAR FROM contact_features WHERE contact_id = 1") == "120.5000"
    assert count(empty, {"field": "total_spent", "op": ">", "value": 100}) == 1
    assert count(empty, {"field": "city", "op": "is", "value": "LYON"}) == 1
    assert empty.suggested_as_of == date(2024, 3, 20)
    empty.set_as_of(date(2024, 3, 20))
    assert empty.suggested_as_of is None
    assert {row.source for row in empty.imports()} == {DEFAULT_SOURCE}


def test_undo_brings_the_base_back_with_its_totals(empty: Workspace, tmp_path: Path) -> None:
    bring(empty, tmp_path, CONTACTS)
    tables = ("contacts", "orders", "contact_features", "contact_category", "rfm_scores", "consents")
    before = {table: set(map(str, rows_of(empty, table))) for table in tables}
    number = bring(empty, tmp_path, ORDERS)
    assert empty.settings.rfm_cuts is None, "nobody bought within two years of today"
    assert empty.undo(number) == 2
    after = {table: set(map(str, rows_of(empty, table))) for table in tables}
    gone = after["contacts"] - before["contacts"]
    assert all(" False," in row or "False" in row for row in gone), "the third contact is no longer alive"
    for table in tables[1:]:
        assert after[table] == before[table], table
    assert empty.check() == {}


def rows_of(workspace: Workspace, table: str) -> list[tuple[object, ...]]:
    return workspace.database.run(Statement(f"SELECT * FROM {table}")).rows


def test_limits_are_derived_at_the_first_orders_and_kept(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "b.duckdb", as_of=date(2024, 3, 31)) as workspace:
        number = bring(workspace, tmp_path, ORDERS)
        cuts = workspace.settings.rfm_cuts
        assert cuts is not None
        assert (cuts["derived"], cuts["import_id"], cuts["from_orders"]) == ("2024-03-31", number, True)
        bring(workspace, tmp_path, ORDERS.replace("F", "G"), "g.csv")
        assert workspace.settings.rfm_cuts == cuts, "later orders do not move the limits"
        workspace.undo(number)
        left = workspace.settings.rfm_cuts
        assert left is None or left["import_id"] is None, "the limits go with the orders that gave them"


def test_limits_made_from_totals_give_way_to_orders(tmp_path: Path) -> None:
    totals = "Id;Nom;Nombre de commandes;Total dépensé;Date dernière commande\nC1;Dupont;3;120;01/03/2024\n"
    with Workspace.open(tmp_path / "b.duckdb", as_of=date(2024, 3, 31)) as workspace:
        bring(workspace, tmp_path, totals)
        cuts = workspace.settings.rfm_cuts
        assert cuts is not None
        assert cuts["from_orders"] is False
        bring(workspace, tmp_path, ORDERS)
        cuts = workspace.settings.rfm_cuts
        assert cuts is not None
        assert cuts["from_orders"] is True


def test_the_scores_kept_are_those_of_the_base_s_date_and_others_are_computed(demo_file: Path) -> None:
    with Workspace.open(demo_file) as workspace:
        catalogue = workspace.catalogue
        assert catalogue.relations["rfm_scores"].statement is None
        assert catalogue.relations["contact_features"].statement is None
        now = workspace.rfm_groups()
    with Workspace.open(demo_file, as_of=date(2026, 6, 1)) as workspace:
        version = workspace.version
        assert workspace.catalogue.relations["rfm_scores"].statement is not None
        assert workspace.catalogue.relations["contact_features"].statement is not None
        earlier = workspace.rfm_groups()
        assert earlier[0] == now[0], "the limits are the base's"
        assert earlier[1] != now[1]
        assert sum(group.customers for group in earlier[1]) == sum(group.customers for group in now[1])
        assert workspace.version == version, "asking changes nothing"


def test_the_catalogue_is_kept_until_the_version_changes(demo: Workspace) -> None:
    first = demo.catalogue
    assert demo.catalogue is first
    demo.set("name", "autre")
    assert demo.catalogue is first, "a name is not asked by criteria"
    saved = demo.segments.save("Gros paniers", {"field": "total_spent", "op": ">=", "value": 200})
    assert demo.catalogue is not first
    assert count(demo, {"segment": saved.key}) == count(
        demo, {"field": "total_spent", "op": ">=", "value": 200}
    )


def test_an_audience_is_a_table_of_its_members(demo: Workspace) -> None:
    asked = criterion_from_json({"field": "total_spent", "op": ">=", "value": 200})
    with demo.audience(asked) as session:
        assert session.scalar(Statement("SELECT count(*) FROM audience")) == demo.evaluator.count(asked)
    with demo.audience() as session:
        assert session.scalar(Statement("SELECT count(*) FROM audience")) == demo.contacts


def test_a_contact_is_found_by_number_address_or_id(demo: Workspace) -> None:
    address = one(demo, "SELECT email FROM contacts WHERE contact_id = 12")
    external = one(demo, "SELECT external_id FROM identities WHERE contact_id = 12 LIMIT 1")
    assert [demo.find_contact(str(text)) for text in (12, str(address).upper(), external)] == [12, 12, 12]
    for text in ("0", "nobody@example.org", "99999999999999999999", ""):
        with pytest.raises(InputError):
            demo.find_contact(text)


def test_what_was_confirmed_is_remembered(empty: Workspace, tmp_path: Path) -> None:
    text = "Truc;Machin\nC1;Dupont\nC2;Martin\n"
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    table = empty.read(path)
    known = {"Truc": "contact_id", "Machin": "contacts.last_name"}
    with empty.prepare(
        empty.request(table, empty.recognise(table, kind="contacts", known=known))
    ) as prepared:
        empty.commit(prepared)
    again = empty.recognise(empty.read(path))
    assert [column.qualified for column in again.columns] == ["contacts.contact_id", "contacts.last_name"]
    assert (again.kind, [column.certainty for column in again.columns]) == ("contacts", [1.0, 1.0])
    path.write_text("Machin;Téléphone\nDurand;0639980000\n", encoding="utf-8")
    other = empty.recognise(empty.read(path), kind="contacts")
    assert other.columns[0].qualified == "contacts.last_name", "a header confirmed once is a synonym"


def test_a_segment_is_checked_before_it_is_kept(demo: Workspace) -> None:
    with pytest.raises(CriterionError):
        demo.segments.save("x", {"field": "nope", "op": "is", "value": 1})
    first = demo.segments.save("A", {"all": []})
    second = demo.segments.save("B", {"segment": first.key})
    with pytest.raises(CriterionError):
        demo.segments.save("A", {"segment": second.key}, key=first.key)
    with pytest.raises(CriterionError) as refusal:
        demo.segments.delete(first.key)
    assert refusal.value.code == "error.segment.used"
    demo.segments.delete(second.key)
    demo.segments.delete(first.key)
    demo.segments.undelete(first.key)
    assert [row.key for row in demo.segments.list()] == [first.key]


def test_the_first_orders_of_one_currency_choose_the_money(empty: Workspace, tmp_path: Path) -> None:
    text = "Order ID;Customer ID;Order date;Total;Currency\n1;C1;2024-01-02;10;GBP\n2;C2;2024-01-03;5;GBP\n"
    bring(empty, tmp_path, text)
    assert empty.settings.currency == "GBP"
    assert one(empty, "SELECT count(*) FROM orders WHERE counted") == 2
    bring(
        empty, tmp_path, text.replace("GBP", "EUR").replace("1;C1", "7;C1").replace("2;C2", "8;C2"), "e.csv"
    )
    assert empty.settings.currency == "GBP"
    assert one(empty, "SELECT count(*) FROM orders WHERE counted") == 2, (
        "another money is never summed with it"
    )
    assert one(empty, "SELECT sum(total_spent)::INTEGER FROM contact_features") == 15
    empty.set("currency", "EUR")
    assert one(empty, "SELECT count(*) FROM orders WHERE counted") == 2
    assert one(empty, "SELECT min(currency) FROM orders WHERE counted") == "EUR"
    assert empty.check() == {}


def test_limits_move_only_when_someone_accepts(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "b.duckdb", as_of=date(2024, 3, 31)) as workspace:
        assert workspace.recalibrate() is None
        bring(workspace, tmp_path, ORDERS)
        before = workspace.settings.rfm_cuts
        many = "".join(f"H{i};D{i};{1 + i % 28:02d}/03/2024;{i},10\n" for i in range(60))
        bring(workspace, tmp_path, ORDERS.partition("\n")[0] + "\n" + many, "h.csv")
        proposed = workspace.proposed_cuts()
        assert proposed is not None
        assert proposed.amounts
        assert workspace.settings.rfm_cuts == before
        version = workspace.version
        assert workspace.recalibrate() == proposed
        assert workspace.rfm_groups()[0]["amounts"] == [float(limit) for limit in proposed.amounts]
        assert workspace.version == version + 1
        assert workspace.check() == {}


def test_a_stopped_commit_leaves_the_base_as_it_was(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(CONTACTS, encoding="utf-8")
    table = empty.read(path)
    prepared = empty.prepare(empty.request(table, empty.recognise(table)))
    version, seen = empty.version, []

    def cancelled() -> bool:
        return "progress.import.fold" in seen

    with pytest.raises(Exception, match=r"error\.cancelled"):
        empty.commit(prepared, progress=lambda step, _: seen.append(step), cancelled=cancelled)
    assert (empty.version, empty.contacts, empty.imports()) == (version, 0, ())


def test_the_demo_needs_an_empty_base_and_is_sound(demo: Workspace) -> None:
    assert demo.contacts > 2900
    assert demo.settings.as_of == demo.as_of < date(2026, 12, 1)
    assert demo.check() == {}
    with pytest.raises(StoreError) as refusal:
        demo.demo()
    assert refusal.value.code == "error.demo.not_empty"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    with Workspace.open(folder / "b.duckdb", as_of=date(2024, 3, 31)) as workspace:
        bring(workspace, folder, CONTACTS)
        bring(workspace, folder, ORDERS)
        assert workspace.check() == {}
    return folder / "b.duckdb"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE contacts SET city = 'x' WHERE contact_id = 1", "check.differs.contacts"),
        ("DELETE FROM orders WHERE order_key = (SELECT min(order_key) FROM orders)", "check.differs.orders"),
        (
            "UPDATE contact_features SET total_spent = 1 WHERE contact_id = 1",
            "check.differs.contact_features",
        ),
        ("UPDATE imports SET rows_read = rows_read + 1 WHERE import_id = 1", "check.import_rows"),
        ("INSERT INTO contacts BY NAME SELECT 1 AS contact_id", "check.contact_twice"),
    ],
)
def test_check_finds_what_does_not_hold(small: Path, tmp_path: Path, damage: str, code: str) -> None:
    copy = tmp_path / "b.duckdb"
    shutil.copyfile(small, copy)
    with Workspace.open(copy) as workspace:
        workspace.database.run(Statement(damage))
        version = workspace.version
        assert code in workspace.check()
        assert code in workspace.check(), "checking repairs nothing"
        assert workspace.version == version


def test_settings_are_read_once_after_each_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def counted(database: Database) -> Settings:
        read.append(database)
        return read_settings(database)

    monkeypatch.setattr("segmentation.workspace.opened.read_settings", counted)
    with Workspace.open(tmp_path / "one.duckdb") as base, Workspace.open(tmp_path / "one.duckdb") as other:
        base.set("name", "Avant")
        read.clear()
        assert [base.settings.name, base.settings.name, base.as_of] == ["Avant", "Avant", date.today()]
        assert len(read) == 1
        other.set("name", "Après")  # the name asks for no new version
        assert base.settings.name == "Après"
        base.backup(tmp_path / "kept.duckdb")
        base.set("name", "Plus tard")
        assert base.settings.name == "Plus tard"
        base.restore(tmp_path / "kept.duckdb")
        assert base.settings.name == "Après"


def test_nobody_is_a_prospect_before_the_base_holds_a_sale(empty: Workspace, tmp_path: Path) -> None:
    people = "".join(f"C{n};Personne{n};p{n}@example.org;Lyon\n" for n in range(12))
    bring(empty, tmp_path, "Id;Nom;E-mail;Ville\n" + people)
    prospects = "SELECT count(*) FROM rfm_scores WHERE rfm_segment = 'prospects'"
    assert one(empty, prospects) == 0
    # without a date no limit is derived: nothing else scores everyone anew
    spent = bring(empty, tmp_path, "Id;Nom;CA total\nC1;Personne1;10\n", "spent.csv")
    assert one(empty, prospects) == 11
    empty.undo(spent)
    assert one(empty, prospects) == 0
