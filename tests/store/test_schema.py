"""The SQL folding of text equals its Python twin, and every canonical field has its column."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.criteria.fields import canonical_fields
from segmentation.criteria.fold import SPACED, fold_text
from segmentation.results import Statement
from segmentation.store import schema
from segmentation.store.database import Database

latin = st.characters(min_codepoint=1, max_codepoint=0x24F)
words = st.text(st.one_of(latin, st.sampled_from(SPACED + "  œŒæÆßẞςΣeÉé\u0301\u0327Ωйґ")), max_size=12)


def test_sql_and_python_fold_text_alike(base: Database) -> None:
    with base.session() as session:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(words, min_size=20, max_size=40))
        def check(texts: list[str]) -> None:
            found = session.run(Statement("SELECT x, fold_text(x) FROM (SELECT unnest(?) x)", (texts,))).rows
            assert found == [(text, fold_text(text)) for text in texts]

        check()


def test_known_foldings(base: Database) -> None:
    cases = {
        "L’Haÿ-les-Roses": "l hay les roses",
        "  Saint–Étienne ": "saint etienne",
        "ŒUVRE\u00a0Æ": "oeuvre ae",
        "STRASSE straße": "strasse strasse",
        "e\u0301te\u0301": "ete",
        "a--b": "a b",
        "-": "",
    }
    for text, folded in cases.items():
        assert base.scalar(Statement("SELECT fold_text(?)", (text,))) == folded == fold_text(text)
    assert base.scalar(Statement("SELECT fold_text(NULL)")) is None


def test_every_canonical_field_is_stored_or_kept_elsewhere(base: Database) -> None:
    rows = base.run(Statement("SELECT table_name, column_name, data_type FROM duckdb_columns()")).rows
    types = {(table, column): kind for table, column, kind in rows}
    for entity, fields in canonical_fields().items():
        for field in fields:
            if field.key in schema.ELSEWHERE[entity]:
                continue
            kind = types[entity, field.key]
            assert types[f"import_{entity}", field.key] == kind
            assert ((entity, f"{field.key}__key") in types) == kind.startswith("VARCHAR")


def test_money_is_never_a_float(base: Database) -> None:
    for entity, fields in canonical_fields().items():
        for field in fields:
            if field.type == "money":
                assert schema.stored_fields(entity)[field.key] == "DECIMAL(18,4)"
