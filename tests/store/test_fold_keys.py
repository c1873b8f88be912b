"""Folding each different text once says what folding every row says."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.criteria.fold import fold_text
from segmentation.store.bases import open_base
from segmentation.store.fold_keys import twins

TOWNS = ["Saint-Étienne", "Œuilly", " L'Haÿ  les Roses ", "LYON", None, ""]


@pytest.mark.parametrize("rows", [0, 1_000_000])
def test_a_text_folded_once_is_folded_as_on_every_row(tmp_path: Path, rows: int) -> None:
    with open_base(tmp_path / "base.duckdb") as base, base.session() as session:
        session.sql("CREATE TEMP TABLE said (n INTEGER, city VARCHAR, tags VARCHAR[], email VARCHAR)")
        given = [
            (n, TOWNS[n % 6], None if n % 7 == 0 else ["Été", TOWNS[n % 3]], f"É{n}@x.fr") for n in range(60)
        ]
        for row in given:
            session.sql("INSERT INTO said VALUES (?, ?, ?, ?)", *row)
        columns = {"city": "VARCHAR", "tags": "VARCHAR[]", "email": "VARCHAR"}
        made = twins(session, "said", columns, rows=rows)
        assert made.joins.count("JOIN") == (2 if rows else 0)
        found = session.sql(f"SELECT f.n{made.columns} FROM said f{made.joins} ORDER BY n").rows

    def folded(text: str | None) -> str | None:
        return None if text is None else fold_text(text)

    assert found == [
        (n, folded(city), None if tags is None else [folded(tag) for tag in tags], folded(email))
        for n, city, tags, email in given
    ]


def test_what_is_folded_of_a_text_may_be_a_part_of_it(tmp_path: Path) -> None:
    with open_base(tmp_path / "base.duckdb") as base, base.session() as session:
        session.sql("CREATE TEMP TABLE said AS SELECT 'J.-Pierre' AS first_name FROM range(30)")
        made = twins(
            session, "said", {"first_name": "VARCHAR"}, rows=1_000_000, text="replace({x}, '.', ' ')"
        )
        rows = session.sql(
            f"SELECT DISTINCT first_name__key FROM (SELECT f.*{made.columns} FROM said f{made.joins})"
        )
    assert rows.rows == [("j pierre",)]
