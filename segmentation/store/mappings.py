"""What users confirmed about headers: whole mappings by fingerprint of a file, single headers as synonyms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.reading import Reader
from segmentation.store.session import Session


def recall_mapping(reader: Reader, fingerprint: str) -> tuple[str, Mapping[str, str | None]] | None:
    """The kind and the mapping {header: field, None or "-"} last confirmed for files of that fingerprint."""
    sql = "SELECT kind, mapping FROM mappings WHERE fingerprint = ? ORDER BY created_at DESC LIMIT 1"
    rows = reader.run(Statement(sql, (fingerprint,))).rows
    return (str(rows[0][0]), json.loads(str(rows[0][1]))) if rows else None


def recall_choices(reader: Reader, fingerprint: str) -> Mapping[str, object] | None:
    """The other answers last given for files of that fingerprint (``workspace.again``), None for none."""
    sql = (
        "SELECT choices FROM mappings WHERE fingerprint = ? AND choices IS NOT NULL"
        " ORDER BY created_at DESC LIMIT 1"
    )
    rows = reader.run(Statement(sql, (fingerprint,))).rows
    found = json.loads(str(rows[0][0])) if rows else None
    return found if isinstance(found, dict) else None


def remember_mapping(
    session: Session,
    fingerprint: str,
    *,
    kind: str,
    mapping: Mapping[str, str | None],
    choices: Mapping[str, object] | None = None,
) -> None:
    """Keep a confirmed mapping and its choices, inside a writing transaction, in place of the previous."""
    session.sql("DELETE FROM mappings WHERE fingerprint = ?", fingerprint)
    texts = [json.dumps(dict(kept or {}), ensure_ascii=False, default=str) for kept in (mapping, choices)]
    session.sql(
        "INSERT INTO mappings BY NAME SELECT ? AS fingerprint, ? AS kind, ? AS mapping, ? AS created_at,"
        " ? AS choices",
        *(fingerprint, kind, texts[0], datetime.now(), texts[1] if choices else None),
    )


def read_synonyms(reader: Reader) -> Mapping[tuple[str, str], str]:
    """The headers users confirmed one by one: {(folded header, entity): field}."""
    rows = reader.run(Statement("SELECT header__key, entity, field FROM header_synonyms")).rows
    return {(str(header), str(entity)): str(field) for header, entity, field in rows}


def remember_synonym(session: Session, header: str, *, entity: str, field: str) -> None:
    """Keep one confirmed header, inside a writing transaction."""
    key = fold_text(header)
    session.sql("DELETE FROM header_synonyms WHERE header__key = ? AND entity = ?", key, entity)
    session.sql("INSERT INTO header_synonyms VALUES (?, ?, ?)", key, entity, field)
