"""Fills the first and last names a file lacks from its whole names, as one more line of the account.

Only in a file that has neither first nor last name, and never over what another file gave.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import pyarrow as pa

from segmentation.intake.clean.account import EXAMPLES
from segmentation.intake.clean.columns import Cleaned, Column, Repair
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.whole_names import Parts, cut_names
from segmentation.results import Statement
from segmentation.store.passing import settle
from segmentation.store.session import Session, quoted

RULE: Final = "name_parts"
PARTS: Final = ("civility", "first_name", "last_name")
_SOURCES: Final = ("contacts.full_name", "orders.customer_name")
WHOLE: Final = frozenset(_SOURCES)
"""The fields whose values are cut."""


def fill_names(
    session: Session, names: Collection[str], off: frozenset[str], *, tongue: str = "fr"
) -> list[Cleaned]:
    """Add to ``clean`` the parts of its whole names as the columns a file did not give, one line of the
    account for all; none when the file has a first or a last name, or the rule ``name_parts`` is off.
    ``tongue`` is the language of the file."""
    whole = next((name for name in _SOURCES if name in names), None)
    if whole is None or RULE in off or {"contacts.first_name", "contacts.last_name"} & set(names):
        return []
    wanted = [part for part in PARTS if f"contacts.{part}" not in names]
    texts = session.run(
        Statement(f"SELECT DISTINCT {quoted(whole)} FROM clean WHERE {quoted(whole)} IS NOT NULL")
    ).rows
    parts = cut_names((str(row[0]) for row in texts), tongue)
    if not parts:
        return []
    _register(session, parts)
    sets = []
    for part in wanted:
        session.sql(f"ALTER TABLE clean ADD COLUMN {quoted(f'contacts.{part}')} VARCHAR")
        sets.append(f"{quoted(f'contacts.{part}')} = p.{part}")
    session.sql(f"UPDATE clean SET {', '.join(sets)} FROM name_parts p WHERE p.whole = clean.{quoted(whole)}")
    return _accounted(session, whole, wanted)


def _register(session: Session, parts: dict[str, Parts]) -> None:
    table = pa.table(
        {
            "whole": pa.array(list(parts), pa.string()),
            "civility": pa.array([one.civility or None for one in parts.values()], pa.string()),
            "first_name": pa.array([one.first or None for one in parts.values()], pa.string()),
            "last_name": pa.array([one.last or None for one in parts.values()], pa.string()),
        }
    )
    session.register("arrow_names", table)
    session.sql("CREATE OR REPLACE TEMP TABLE name_parts AS SELECT * FROM arrow_names")
    session.unregister("arrow_names")


def _accounted(session: Session, whole: str, wanted: Sequence[str]) -> list[Cleaned]:
    shown = ", ".join(wanted)
    rows = session.run(
        Statement(
            f"SELECT row_number, p.whole, concat_ws(' · ', {shown}) FROM clean JOIN name_parts p ON"
            f" p.whole = clean.{quoted(whole)} ORDER BY row_number LIMIT {EXAMPLES}"
        )
    ).rows
    counted = f"SELECT count(*) FROM clean JOIN name_parts p ON p.whole = clean.{quoted(whole)}"
    count = int(str(session.scalar(Statement(counted))))
    session.sql("DROP TABLE name_parts")
    examples = tuple((int(str(row)), str(before), str(after)) for row, before, after in rows)
    repair = Repair(RULE, whole, count, *examples[0][1:], examples=examples)
    made: list[Cleaned] = []
    for part in wanted:
        column = Column("", "", f"contacts.{part}", "name" if part != "civility" else "category", "VARCHAR")
        repairs = (repair,) if not made else ()
        made.append(Cleaned(column, "", False, False, repairs, None, Context(column.name, column.type)))
    return made


def spare_given(session: Session, cleaned: Sequence[Cleaned]) -> None:
    """Take out of ``out_contacts`` the parts ``fill_names`` made for people named otherwise before."""
    parts = [one.column.key for one in cleaned if not one.table and one.column.key in PARTS]
    if not parts:
        return
    differs = " OR ".join(
        f"(c.{part} IS NOT NULL AND fold_text(c.{part}) IS DISTINCT FROM fold_text(o.{part}))"
        for part in ("first_name", "last_name")
    )
    known = (
        "SELECT o.row_number FROM out_contacts o JOIN matched m USING (unit_id) JOIN contacts c ON"
        f" c.contact_id = m.person WHERE c.live AND ({differs})"
    )
    settle(session, "out_contacts")
    nothing = ", ".join(f"{part} = NULL" for part in parts)
    session.sql(f"UPDATE out_contacts SET {nothing} WHERE row_number IN ({known})")
