"""Amounts written in another currency than the base's: known by sign or code, never summed with its own.
The sign stands beside the amount, else in the header of its column (« Total (USD) »).

An order keeps its amount beside the currency it is in. A contact has no currency: such a total is kept as it
was written, among the cells out of calculations. In a base that holds no money yet, the one currency of a
whole file becomes the base's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from segmentation.intake.clean.columns import Cleaned, Column
from segmentation.intake.clean.context import Context, literal
from segmentation.intake.clean.currency_words import code_in, said_in
from segmentation.intake.clean.join_back import harmless
from segmentation.results import Statement
from segmentation.store.session import Session, quoted
from segmentation.store.settings import read_settings

CURRENCY: Final = "orders.currency"
_TOTALS: Final = ("total_spent", "average_basket", "last_order_amount")
_MOST: Final = 0.9
"""The share of the amounts of a file that must say one currency for it to become the base's."""
_SOME: Final = 0.4
"""The same for totals kept by hand, where the sign is often left out: no other one is ever written."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """Amounts in other currencies than the base's: rows by code, and the code the base takes, if it does."""

    rows: Mapping[str, int] = field(default_factory=dict)
    taken: str | None = None


def mark_currencies(session: Session, cleaned: Sequence[Cleaned]) -> tuple[Abroad, tuple[Cleaned, ...]]:
    """Say in ``clean`` the currency that amounts of ``staged`` were written in; the columns this adds."""
    names = {one.column.name for one in cleaned}
    home = read_settings(session).currency
    written = [one.column for one in cleaned if one.column.type == "money" and _has_sign(session, one, home)]
    totals = [one for one in written if one.name.startswith("contacts.")]
    sold = [one for one in written if one not in totals and CURRENCY not in names]
    made: tuple[Cleaned, ...] = ()
    amounts = [
        f"SELECT {_code_of(one, one.source)} AS code FROM staged WHERE regexp_matches({one.source}, '[0-9]')"
        for one in (*totals, *sold)
    ]
    if CURRENCY in names:
        amounts.append(f"SELECT {quoted(CURRENCY)} AS code FROM clean")
    by_hand = not sold and CURRENCY not in names
    taken = _taken(session, amounts, home, least=_SOME if by_hand else _MOST) if amounts else None
    rows: dict[str, int] = {}
    if sold:
        made = (_add_currency(session, sold),)
    if totals and taken is None:
        rows |= _set_apart(session, totals, home)
    if made or CURRENCY in names:
        rows |= _counted(session, home)
    return Abroad({} if taken else rows, taken), made


def _code_of(column: Column, x: str) -> str:
    """SQL of the currency of an amount of a column: the one it says, else the one the header says."""
    return f"coalesce({code_in(x)}, nullif({literal(said_in(column.header))}, ''))"


def _has_sign(session: Session, one: Cleaned, home: str) -> bool:
    """Whether an amount of a column carries anything but figures, marks and the sign of the euro at home."""
    if not one.table or one.column.name.startswith("own."):
        return False
    if said_in(one.column.header) not in ("", home):
        return True
    own = "€" if home == "EUR" else ""
    odd = f"regexp_matches(raw, '[^-+0-9.,''’\\s\\x{{a0}}\\x{{202f}}\\x{{2009}}()%−{own}]')"
    return bool(session.scalar(Statement(f"SELECT coalesce(bool_or({odd}), FALSE) FROM {one.table}")))


def _taken(session: Session, amounts: Sequence[str], home: str, *, least: float) -> str | None:
    """The currency an empty till takes: another one than its own, the only one that ``amounts`` (each the
    SQL of a column of codes) say, said by the ``least`` share of them."""
    if session.scalar(Statement("SELECT count(*) FROM settings WHERE key = 'currency'")):
        return None
    held = " OR ".join(f"{quoted(name)} IS NOT NULL" for name in _TOTALS)
    if session.scalar(
        Statement(f"SELECT EXISTS (FROM orders) OR EXISTS (FROM contacts WHERE live AND ({held}))")
    ):
        return None
    every = " UNION ALL ".join(amounts)
    said = session.sql(f"SELECT code, count(*) FROM ({every}) GROUP BY ALL").rows
    codes = {str(code): int(n) for code, n in said if code is not None}
    if len(codes) != 1 or home in codes:
        return None
    ((code, most),) = codes.items()
    return code if most >= least * sum(int(n) for _, n in said) else None


def _add_currency(session: Session, sold: Sequence[Column]) -> Cleaned:
    """The column of currencies that the amounts of orders or of their lines are written in."""
    said = (
        f"CASE WHEN regexp_matches(s.{one.source}, '[0-9]') THEN {_code_of(one, f's.{one.source}')} END"
        for one in sold
    )
    codes = f"coalesce({', '.join(said)}, NULL)"
    session.sql(f"ALTER TABLE clean ADD COLUMN {quoted(CURRENCY)} VARCHAR")
    session.sql(
        f"UPDATE clean SET {quoted(CURRENCY)} = {codes} FROM staged s WHERE CAST(s._row AS BIGINT) ="
        " clean.row_number"
    )
    column = Column("", "", CURRENCY, "currency", "VARCHAR")
    return Cleaned(column, "", False, False, (), None, Context(CURRENCY, "currency"))


def _counted(session: Session, home: str) -> dict[str, int]:
    """Rows of orders by the currency they are in, when it is not the base's."""
    name = quoted(CURRENCY)
    sql = f"SELECT {name}, count(*) FROM clean WHERE {name} <> ? GROUP BY ALL ORDER BY ALL"
    return {str(code): int(n) for code, n in session.sql(sql, home).rows}


def _set_apart(session: Session, totals: Sequence[Column], home: str) -> dict[str, int]:
    """Take the totals of contacts in another currency out of the figures, as written; rows by code."""
    found: dict[str, int] = {}
    for one in totals:
        abroad = (
            f"(SELECT CAST(_row AS BIGINT) AS n, {one.source} AS raw, {_code_of(one, one.source)} AS code"
            f" FROM staged WHERE regexp_matches({one.source}, '[0-9]'))"
        )
        there = f"clean.row_number = s.n AND s.code <> {literal(home)}"
        for code, count in session.sql(
            f"SELECT s.code, count(*) FROM {abroad} s, clean WHERE {there} GROUP BY ALL ORDER BY ALL"
        ).rows:
            found[str(code)] = max(found.get(str(code), 0), int(count))
        kept = f"map_from_entries([{{'k': '{harmless(one.key)}', 'v': s.raw}}])"
        session.sql(
            f"UPDATE clean SET {quoted(one.name)} = NULL, unread = CASE WHEN unread IS NULL THEN {kept} ELSE"
            f" map_concat(unread, {kept}) END FROM {abroad} s WHERE {there}"
        )
    return found
