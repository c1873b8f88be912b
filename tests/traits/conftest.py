"""A base per file of tests, filled by hand: rows as dictionaries, folded twins and counted orders added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import pytest

from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.schema import table_definitions

Fill = Callable[..., None]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_base(tmp_path_factory.mktemp("base") / "test.duckdb") as database:
        yield database


@pytest.fixture(scope="module")
def fill(base: Database) -> Fill:
    """``fill("orders", {…}, {…})``: rows inserted as they would be folded."""

    def put(table: str, *rows: Mapping[str, object]) -> None:
        definition = table_definitions()[table]
        for rank, row in enumerate(rows):
            full = dict(_defaults(table, rank, row))
            for name, value in list(full.items()):
                if f'"{name}__key"' in definition or f" {name}__key " in definition:
                    full[f"{name}__key"] = _folded(value)
            names = ", ".join(f'"{name}"' for name in full)
            marks = ", ".join("?" for _ in full)
            base.run(Statement(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(full.values())))

    return put


def _folded(value: object) -> object:
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, Sequence):
        return [fold_text(str(one)) for one in value]
    return value


def _defaults(table: str, rank: int, row: Mapping[str, object]) -> Mapping[str, object]:
    moments = {
        name: datetime.fromisoformat(str(value))
        for name, value in row.items()
        if name in ("order_date", "event_date") and value is not None
    }
    if table == "contacts":
        return {"live": True, **row}
    if table == "orders":
        amount = float(str(row.get("amount", 0)))
        status = {"summed": True, "counted": amount > 0, "order_key": f"o{rank}"}
        return {**status, **row, **moments}
    if table == "order_lines":
        return {"summed": True, "counted": True, "line_key": f"l{rank}", **row, **moments}
    return {**row, **moments}
