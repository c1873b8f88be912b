"""On the demo shop: the command line, the bitmaps, the single SQL statement and the oracle count the same
people, for criteria that cover every operator and every measure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from segmentation.__main__ import main
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.compile import compile_values, compile_whole
from segmentation.criteria.measures import MEASURES
from segmentation.criteria.operators import OPERATORS
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.workspace import Workspace
from tests.oracle import Row, World, members

CRITERIA = [json.loads(line) for line in (Path(__file__).parent / "golden" / "forty_criteria.jsonl").open()]
KEYS = {"orders": "order_key", "order_lines": "line_key, order_key, order_date", "events": "event_key"}


def world_of(database: Database, catalogue: Catalogue) -> World:
    """A base as lists of dicts, each contact field read on its own."""
    everyone = database.run(Statement("SELECT contact_id, live FROM contacts ORDER BY 1")).rows
    contacts: dict[Any, Row] = {i: {"contact_id": i, "live": live} for i, live in everyone}
    for code in catalogue.fields.keys() - {"contact_id"}:  # in the oracle, the number Carnet gives
        for contact, value, _ in database.run(compile_values(code, catalogue)).rows:
            contacts[contact][code] = value
    tables: dict[str, list[Row]] = {}
    types: dict[str, dict[str, str]] = {}
    for code, table in (("order", "orders"), ("order_line", "order_lines"), ("email_open", "events")):
        fields = catalogue.events[code].fields
        types[table] = {name: field.type for name, field in fields.items()}
        marks = ", counted, summed" if table != "events" else ""
        listed = ", ".join(f'r."{name}"' for name in fields)
        found = database.run(
            Statement(f"SELECT contact_id, {KEYS[table]}{marks}, {listed} FROM {table} AS r")
        )
        tables[table] = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    groups = database.run(Statement("SELECT contact_id, name FROM memberships")).rows
    near = catalogue.near
    assert near is not None
    return World(
        catalogue.as_of, {code: field.type for code, field in catalogue.fields.items()}, types,
        list(contacts.values()), tables["orders"], tables["order_lines"], tables["events"],
        [(int(str(i)), str(name)) for i, name in groups], near=near,
        spellings=catalogue.spellings,
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    with Workspace.open(path) as shop:
        shop.demo()
    return path


def test_the_four_counts_agree(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(demo) as shop:
        base = world_of(shop.database, shop.catalogue)
        counts = []
        for definition in CRITERIA:
            segment = segment_from_json(definition)
            people = members(definition, base)
            whole = shop.database.run(compile_whole(segment, shop.catalogue)).rows
            assert [row[0] for row in whole] == people, definition
            assert shop.evaluator.ids(segment).tolist() == people, definition
            counts.append(len(people))
    assert sum(0 < count < 3000 for count in counts) >= 40, counts
    capsys.readouterr()
    for definition, expected in zip(CRITERIA, counts, strict=True):
        file = tmp_path / "criterion.json"
        file.write_text(json.dumps(definition), encoding="utf-8")
        assert main(["--base", str(demo), "--json", "count", str(file)]) == 0
        assert json.loads(capsys.readouterr().out)["count"] == expected, definition


def test_every_operator_and_measure_is_there() -> None:
    said = json.dumps(CRITERIA)
    for row in OPERATORS:
        assert f'"op": "{row.key}"' in said, row.key
    for measure in MEASURES:
        assert f'"measure": "{measure.key}"' in said or measure.key == "count", measure.key
