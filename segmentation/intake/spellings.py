"""When a file names someone known with one letter of difference, the better spelling stays, not the last.

Better is what the lists of names know when they do not know the other; for an address, a domain that is no
known slip of the keyboard. Two spellings both known, or both unknown, are left to the last file. A title
that the file says in another language ("Mr", « M. ») is the one that the base has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pyarrow as pa

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.titles import is_translated
from segmentation.intake.tally import columns_in
from segmentation.reference.email_domains import suggestion
from segmentation.reference.first_names import first_names, last_names
from segmentation.results import Statement
from segmentation.store.passing import settle
from segmentation.store.session import Session, quoted

Better = Callable[[str, str], bool]
"""Whether the first spelling is better than the second, for sure."""
SHORTEST: Final = 4
"""Letters of a name from which one letter of difference is a slip, not another name."""
_TITLE: Final = "civility"
_SPARED: Final = "spared_spellings"


def _known_first(text: str, other: str) -> bool:
    return fold_text(text) in first_names() and fold_text(other) not in first_names()


def _known_last(text: str, other: str) -> bool:
    return fold_text(text) in last_names() and fold_text(other) not in last_names()


def _no_slip(text: str, other: str) -> bool:
    local, _, domain = text.partition("@")
    other_local, _, other_domain = other.partition("@")
    return local == other_local and suggestion(other_domain) == domain


PARTS: Final[dict[str, Better]] = {"first_name": _known_first, "last_name": _known_last, "email": _no_slip}


def spare_spellings(session: Session) -> int:
    """Take out of ``out_contacts`` the values that are a slip of what the base says; how many.

    Titles in another language go too, and are not counted.

    What an earlier call took out comes back first: who is matched may have changed since.
    """
    present = set(columns_in(session, "out_contacts"))
    parts = {part: better for part, better in PARTS.items() if part in present}
    names = [part for part in (*PARTS, _TITLE) if part in present]
    _restore(session, names)
    if not session.scalar(Statement("SELECT bool_or(person > 0) FROM matched")):
        return 0
    slips = [(row, part) for part, better in parts.items() for row in _slips(session, part, better)]
    count = len(slips)
    if _TITLE in present:
        slips += [(row, _TITLE) for row in _translated(session)]
    rows = pa.array([row for row, _ in slips], pa.int64())
    session.register(
        "arrow_slips", pa.table({"n": rows, "part": pa.array([p for _, p in slips], pa.string())})
    )
    kept = ", ".join(
        f"CASE WHEN p.part = '{part}' THEN o.{quoted(part)} END AS {quoted(part)}" for part in names
    )
    if slips:
        settle(session, "out_contacts")
        session.sql(
            f"CREATE OR REPLACE TEMP TABLE {_SPARED} AS SELECT o.row_number, {kept} FROM arrow_slips p"
            " JOIN out_contacts o ON o.row_number = p.n"
        )
        for part in names:
            session.sql(
                f"UPDATE out_contacts SET {quoted(part)} = NULL WHERE row_number IN (SELECT row_number FROM"
                f" {_SPARED} WHERE {quoted(part)} IS NOT NULL)"
            )
    session.unregister("arrow_slips")
    return count


def _restore(session: Session, names: Sequence[str]) -> None:
    if not columns_in(session, _SPARED):
        return
    for part in names:
        name = quoted(part)
        session.sql(
            f"UPDATE out_contacts SET {name} = s.{name} FROM {_SPARED} s WHERE s.row_number ="
            f" out_contacts.row_number AND s.{name} IS NOT NULL"
        )
    session.sql(f"DROP TABLE {_SPARED}")


def _slips(session: Session, part: str, better: Better) -> list[int]:
    """The rows whose value is a slip of the one of the contact they are matched with."""
    name, folded = quoted(part), f"fold_text(o.{quoted(part)})"
    key = quoted(f"{part}__key")
    pairs = session.run(
        Statement(
            f"SELECT o.row_number, c.{name}, o.{name} FROM out_contacts o JOIN matched m USING (unit_id)"
            f" JOIN contacts c ON c.contact_id = m.person WHERE m.person > 0 AND c.live"
            f" AND o.{name} IS NOT NULL AND c.{key} <> {folded} AND length(o.{name}) >= {SHORTEST}"
            f" AND abs(length(c.{key}) - length(o.{name})) <= 2"
            f" AND damerau_levenshtein(c.{key}, {folded}) {'<= 2' if part == 'email' else '= 1'}"
        )
    ).rows
    return [int(str(row)) for row, known, said in pairs if better(str(known), str(said))]


def _translated(session: Session) -> list[int]:
    """The rows whose title is that of the contact they are matched with, in another language."""
    rows = session.run(
        Statement(
            "SELECT o.row_number FROM out_contacts o JOIN matched m USING (unit_id) JOIN contacts c ON"
            " c.contact_id = m.person WHERE m.person > 0 AND c.live AND"
            f" {is_translated('c.civility__key', 'lower(o.civility)')}"
        )
    ).rows
    return [int(str(row[0])) for row in rows]
