"""The user's own columns: real columns with a frozen code (c001…), an editable label and a type."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.results import Statement
from segmentation.store.reading import Reader
from segmentation.store.schema import STORAGE, key_column
from segmentation.store.session import Session, quoted


@dataclass(frozen=True, slots=True)
class UserColumn:
    """One column a file brought that the dictionary does not know.

    ``type`` is text, number, date, boolean or list; ``header`` is how the file named it.
    """

    code: str
    entity: str
    header: str
    label: str
    type: str
    import_id: int


def read_user_columns(reader: Reader, entity: str | None = None) -> tuple[UserColumn, ...]:
    """The user columns of an entity, or of all, in the order they came."""
    sql = (
        "SELECT code, entity, header, label, type, import_id FROM user_columns"
        " WHERE ?::VARCHAR IS NULL OR entity = ? ORDER BY code"
    )
    rows = reader.run(Statement(sql, (entity, entity))).rows
    return tuple(UserColumn(*row) for row in rows)


def add_user_column(session: Session, entity: str, *, header: str, type: str, import_id: int) -> UserColumn:
    """Make a column in both tables of ``entity``, inside a writing transaction; codes are never reused."""
    number = int(session.scalar(Statement("SELECT value FROM meta WHERE key = 'next_user_column'")))
    session.sql("UPDATE meta SET value = ? WHERE key = 'next_user_column'", str(number + 1))
    column = UserColumn(f"c{number:03d}", entity, header, header, type, import_id)
    definition = f"{quoted(column.code)} {STORAGE[type]}"
    session.sql(f"ALTER TABLE {quoted('import_' + entity)} ADD COLUMN {definition}")
    session.sql(f"ALTER TABLE {quoted(entity)} ADD COLUMN {definition}")
    if key := key_column(column.code, STORAGE[type]):
        session.sql(f"ALTER TABLE {quoted(entity)} ADD COLUMN {key}")
    session.sql(
        "INSERT INTO user_columns VALUES (?, ?, ?, ?, ?, ?)",
        column.code,
        entity,
        header,
        header,
        type,
        import_id,
    )
    return column


def rename_user_column(session: Session, code: str, label: str) -> None:
    """Give a column another label, inside a writing transaction; its code stays."""
    session.sql("UPDATE user_columns SET label = ? WHERE code = ?", " ".join(label.split()), code)
    session.bump()


def drop_emptied_columns(session: Session, import_id: int) -> None:
    """After an undo: drop the columns that import brought, unless a later import has filled them too."""
    for column in read_user_columns(session):
        if column.import_id != import_id:
            continue
        code, rows = quoted(column.code), quoted("import_" + column.entity)
        heir = session.scalar(Statement(f"SELECT min(import_id) FROM {rows} WHERE {code} IS NOT NULL"))
        if heir is not None:
            session.sql("UPDATE user_columns SET import_id = ? WHERE code = ?", heir, column.code)
            continue
        session.sql("DELETE FROM user_columns WHERE code = ?", column.code)
        session.sql(f"ALTER TABLE {rows} DROP COLUMN {code}")
        if key_column(column.code, STORAGE[column.type]):
            session.sql(f"ALTER TABLE {quoted(column.entity)} DROP COLUMN {quoted(column.code + '__key')}")
        session.sql(f"ALTER TABLE {quoted(column.entity)} DROP COLUMN {code}")
