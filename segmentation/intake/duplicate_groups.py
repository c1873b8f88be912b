"""Groups of contacts that are probably one person: pairs joined, decisions of the past respected.

Two contacts somebody told apart are no pair any more, and stay told apart once merged with others. A group is
certain when certain rules alone hold it together, all its people have compatible names, and nobody was told
apart in it: an address shared by a couple through a contact without a first name is left to the eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from segmentation.intake.compatible import COMPATIBLE, SAME_FAMILY
from segmentation.intake.duplicates import CERTAIN, RULES, compare_contacts, find_pairs
from segmentation.results import Statement
from segmentation.store.fold import BECAME
from segmentation.store.session import Session

LARGEST = 8
"""A group of more people than this is never certain."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who are probably one: their ids, ascending; the rules that say so; whether it is sure."""

    ids: tuple[int, ...]
    rules: tuple[str, ...]
    certain: bool


def duplicate_groups(session: Session, among: str | None = None) -> tuple[Group, ...]:
    """The groups of a base, the certain ones first, then in the order of the base.

    ``among`` is a temporary table of ``contact_id``: only groups with one of them at least.
    """
    compare_contacts(session, among)
    return groups_of(session)


def groups_of(session: Session) -> tuple[Group, ...]:
    """The groups of the contacts of ``compared``."""
    find_pairs(session)
    _leave_out_told_apart(session)
    rows = session.sql("SELECT contact_id, other_id, rules FROM pairs ORDER BY ALL").rows
    pairs = {(int(a), int(b)): tuple(rules) for a, b, rules in rows}
    sure = join_pairs(pair for pair, rules in pairs.items() if CERTAIN & set(rules))
    doubted = _doubted(session, sure)
    certain = {ids for place, ids in enumerate(sure) if place not in doubted and len(ids) <= LARGEST}
    said: dict[int, set[str]] = {}
    for (one, other), rules in pairs.items():
        said.setdefault(one, set()).update(rules)
        said.setdefault(other, set()).update(rules)
    found = [
        Group(ids, _in_order(set().union(*(said[one] for one in ids))), ids in certain)
        for ids in join_pairs(pairs)
    ]
    return tuple(sorted(found, key=lambda group: (not group.certain, group.ids)))


def _in_order(rules: set[str]) -> tuple[str, ...]:
    return tuple(rule.key for rule in RULES if rule.key in rules)


def join_pairs(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Connected groups of at least two, each in ascending order."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in pairs:
        low, high = sorted((top(int(one)), top(int(other))))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for one in sorted(root):
        groups.setdefault(top(one), []).append(one)
    return [tuple(ids) for ids in groups.values()]


def _leave_out_told_apart(session: Session) -> None:
    """Take out of ``pairs`` those somebody said are two people, whoever they have been merged with since."""
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE apart AS WITH became AS ({BECAME}) SELECT DISTINCT"
        " least(x, y) AS contact_id, greatest(x, y) AS other_id FROM (SELECT"
        " coalesce(b.into_id, d.contact_id) AS x, coalesce(o.into_id, d.other_id) AS y FROM told_apart d"
        " LEFT JOIN became b ON b.contact_id = d.contact_id LEFT JOIN became o ON o.contact_id = d.other_id)"
        " WHERE x <> y"
    )
    session.sql(
        "DELETE FROM pairs WHERE (contact_id, other_id) IN (SELECT (contact_id, other_id) FROM apart)"
    )


def _doubted(session: Session, groups: Sequence[Sequence[int]]) -> set[int]:
    """The places of the groups that hold two people of incompatible names, or told apart."""
    if not groups:
        return set()
    members = [(place, one) for place, ids in enumerate(groups) for one in ids]
    table = {
        name: pa.array([member[at] for member in members], pa.int64())
        for at, name in enumerate(("place", "contact_id"))
    }
    session.register("arrow_groups", pa.table(table))
    rows = session.run(
        Statement(
            "WITH members AS (SELECT g.place, c.* FROM arrow_groups g JOIN compared c USING (contact_id))"
            " SELECT DISTINCT a.place FROM members a JOIN members b ON b.place = a.place"
            " AND a.contact_id < b.contact_id WHERE NOT coalesce((" + COMPATIBLE + ") AND"
            f" ({SAME_FAMILY}), FALSE) OR (a.contact_id, b.contact_id) IN"
            " (SELECT (contact_id, other_id) FROM apart)"
        )
    ).rows
    session.unregister("arrow_groups")
    return {int(row[0]) for row in rows}
