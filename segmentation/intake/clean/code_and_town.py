"""A postal code and its town in one cell (« 75011 Paris », « Paris (75011) ») become two values.

Decided on the whole column; cells written otherwise keep what they say, a code alone or a town alone too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from segmentation.intake.clean import places
from segmentation.intake.clean.account import EXAMPLES
from segmentation.intake.clean.columns import Cleaned, Column, Repair
from segmentation.intake.clean.context import Context, literal
from segmentation.intake.header_names import normal_header
from segmentation.reference.towns import spelled
from segmentation.results import Statement
from segmentation.store.session import Session, quoted

RULE: Final = "code_and_town"
CODE: Final = "contacts.postal_code"
CITY: Final = "contacts.city"
MOST: Final = 0.8
"""The share of the cells of a column that must hold both for it to be cut."""
_CODE_FIRST: Final = r"^(?:[A-Z]{1,2}-)?([0-9]{5})(?:-[0-9]{4})?[ ,–-]+([^0-9@]{2,}(?: [0-9]{1,2})?)$"
_TOWN_FIRST: Final = r"^([^0-9@(]{2,}?)(?:,? [A-Z]{2})? *[ ,(–-] *([0-9]{5})(?:-[0-9]{4})?\)?$"
_FOUR_FIRST: Final = (
    r"^(?:[A-Z]{1,2}-)?([0-9]{4})[ ,–-]+"
    r"((?:[^0-9@ ,]{3,}|la|le|de|du|st|as|au|gy)(?:[ ,][^0-9@]+)?(?: [0-9]{1,2})?)$"
)
"""Belgium, Switzerland, Luxembourg…; the two letters of a Dutch code (« 1012 AB Amsterdam ») are no town."""
_BRITISH: Final = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
_BRITISH_LAST: Final = rf"^([^0-9@]{{2,}}?)[ ,–-]+({_BRITISH})$"
_FORMS: Final = (_CODE_FIRST, _TOWN_FIRST, _FOUR_FIRST, _BRITISH_LAST)
_PLACE_WORDS: Final = frozenset(
    "cp ville villes zip zipcode city town postal postcode localite commune plz ort npa gemeente plaats"
    " woonplaats".split()
)


def is_code_and_town(text: str) -> bool:
    """Whether one cell holds a code of four or five figures, or a British one, and a town."""
    said = " ".join(text.split())
    return any(re.match(pattern, said, re.I) for pattern in _FORMS)


def code_beside(text: str) -> str | None:
    """The code of a cell that holds both, else None."""
    found = re.search(rf"\d{{4,5}}|{_BRITISH}$", text.strip().upper())
    return found[0] if found and is_code_and_town(text) else None


def holds_both(header: str, values: Sequence[str]) -> bool:
    """Whether a column holds codes with their towns: its header says a place, or France knows its codes."""
    both = [value for value in values if is_code_and_town(value)]
    if len(both) < max(2, MOST * len(values)):
        return False
    if _PLACE_WORDS & set(normal_header(header).split()):
        return True
    codes = [found[0] for value in both if (found := re.findall(r"[0-9]{5}", value))]
    return sum(map(places.is_known, codes)) * 2 > len(codes)


def cut_towns(
    session: Session, cleaned: Sequence[Cleaned], off: Collection[str]
) -> tuple[tuple[Cleaned, ...], tuple[Cleaned, ...]]:
    """Cut in ``clean`` a column of codes or towns that holds both; ``cleaned`` with that line of the account
    under the column, and the columns this adds. A code or a town the file gives beside stays as given."""
    names = {one.column.name for one in cleaned}
    whole = next((one for one in cleaned if _is_both(session, one)), None)
    if whole is None or RULE in off:
        return tuple(cleaned), ()
    missing = [name for name in (CODE, CITY) if name not in names]
    for name in missing:
        session.sql(f"ALTER TABLE clean ADD COLUMN {quoted(name)} VARCHAR")
    _make_cut(session, whole.column.source)
    repair, own = _accounted(session), whole.column.name
    sets = ", ".join(
        f"{quoted(name)} = " + (f"p.{part}" if name == own else f"coalesce(clean.{quoted(name)}, p.{part})")
        for name, part in ((CODE, "code"), (CITY, "town"))
    )
    session.sql(f"UPDATE clean SET {sets} FROM towns_cut p WHERE p.row_number = clean.row_number")
    session.sql("DROP TABLE towns_cut")
    kept = tuple(replace(one, repairs=(repair,)) if one is whole else one for one in cleaned)
    return kept, tuple(_added(name) for name in missing)


def _is_both(session: Session, one: Cleaned) -> bool:
    if one.column.name not in (CODE, CITY):
        return False
    said = _said(one.column.source)
    both = " OR ".join(f"regexp_matches({said}, {literal(one)}, 'i')" for one in _FORMS)
    rows = f"(SELECT DISTINCT {one.column.source} FROM staged WHERE {one.column.source} <> '' LIMIT 5000)"
    share = session.scalar(Statement(f"SELECT avg(({both})::INTEGER) FROM {rows}"))
    return share is not None and float(share) >= MOST


def _said(source: str) -> str:
    return f"trim(regexp_replace({source}, '[\\s\\x{{a0}}]+', ' ', 'g'))"


def _make_cut(session: Session, source: str) -> None:
    """``towns_cut``(row_number, raw, code, town) of the rows whose cell holds a code, a town or both."""

    def part(pattern: str, place: int) -> str:
        return f"nullif(regexp_extract(x, {literal(pattern)}, {place}, 'i'), '')"

    alone = "CASE WHEN NOT regexp_matches(x, '[0-9]') THEN x END"
    towns = ((_CODE_FIRST, 2), (_TOWN_FIRST, 1), (_FOUR_FIRST, 2), (_BRITISH_LAST, 1))
    codes = ((_CODE_FIRST, 1), (_TOWN_FIRST, 2), (_FOUR_FIRST, 1))
    town = f"coalesce({', '.join(part(*one) for one in towns)}, {alone})"
    code = (
        f"coalesce({', '.join(part(*one) for one in codes)}, upper({part(_BRITISH_LAST, 2)}),"
        f" regexp_extract(x, '^([0-9]{{4,5}}|{_BRITISH})$', 0, 'i'))"
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE towns_cut AS SELECT * FROM (SELECT CAST(_row AS BIGINT) AS row_number,"
        f" x AS raw, nullif({code}, '') AS code, {places.without_cedex(town, Context(CITY, 'city'))} AS town"
        f" FROM (SELECT _row, {_said(source)} AS x FROM staged WHERE {source} <> ''))"
        " WHERE code IS NOT NULL OR town IS NOT NULL"
    )
    short = "FROM towns_cut WHERE length(code) = 4"
    pairs = session.sql(f"SELECT DISTINCT code, town {short} AND town IS NOT NULL LIMIT 500").rows
    french = sum(spelled(str(town), f"0{code}", None) is not None for code, town in pairs)
    if french * 2 > len(pairs):  # a spreadsheet took their zero
        session.sql("UPDATE towns_cut SET code = '0' || code WHERE length(code) = 4")


def _accounted(session: Session) -> Repair:
    rows = session.sql(
        "SELECT row_number, raw, concat_ws(' · ', code, town), count(*) OVER () FROM towns_cut WHERE code IS"
        f" NOT NULL AND town IS NOT NULL ORDER BY row_number LIMIT {EXAMPLES}"
    ).rows
    examples = tuple((int(row), str(before), str(after)) for row, before, after, _ in rows)
    return Repair(RULE, CITY, int(rows[0][3]), *examples[0][1:], examples=examples)


def _added(name: str) -> Cleaned:
    kind = "postal_code" if name == CODE else "city"
    column = Column("", "", name, kind, "VARCHAR")
    return Cleaned(column, "", False, False, (), None, Context(name, kind))
