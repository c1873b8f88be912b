"""How full the wished fields are, counted again by hand."""

from __future__ import annotations

from pathlib import Path

from segmentation.reports.completeness import WISHED
from segmentation.workspace import Workspace

ROWS = (
    "civilité;prénom;e-mail;mobile;code postal;date de naissance\n"
    "Mme;Ana;ana@example.com;06 39 98 00 01;69003;01/02/1980\n;Bob;bob@example.com;;69100;\n"
    ";Cléo;;;;\n;;dan@example.com;;;\n"
)


def test_shares_of_everyone_and_of_some(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        assert not base.report("completeness").figures
        path = base.database.workdir / "f.csv"
        path.write_text(ROWS, encoding="utf-8")
        table = base.read(path)
        with base.prepare(base.request(table, base.recognise(table, kind="contacts"))) as prepared:
            base.commit(prepared)
        everyone = base.report("completeness").figures
        named = segment_of(base)
    assert set(everyone) == set(WISHED)
    assert everyone == {
        "email": 0.75, "mobile": 0.25, "first_name": 0.75, "postal_code": 0.5, "birth_date": 0.25,
        "gender": 0.25,
    }  # fmt: skip
    assert named["first_name"] == 1


def segment_of(base: Workspace) -> dict[str, object]:
    saved = base.segments.save("Nommés", {"field": "first_name", "op": "not_empty"})
    return dict(base.report("completeness", base.segments.definition(saved.key)).figures)
