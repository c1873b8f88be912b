"""Joins people of one file with one another: those who share an address or a number and may be one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from segmentation.intake.compatible import Named, may_be_one, same_family
from segmentation.results import Statement
from segmentation.store.session import Session


@dataclass(slots=True)
class Cluster:
    """Units of a file that are one person, and the contact of the base they are, when there is one."""

    root: int
    contact_id: int | None
    names: set[Named] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    units: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Clusters:
    """The clusters that hold more than one look at a unit so far, by unit."""

    of: dict[int, Cluster] = field(default_factory=dict)

    def get(self, unit: int, contact_id: int | None, names: Named, own_id: str | None) -> Cluster:
        if unit not in self.of:
            ids = {own_id} if own_id else set()
            self.of[unit] = Cluster(unit, contact_id, {names}, ids, [unit])
        return self.of[unit]

    def join(self, one: Cluster, other: Cluster) -> None:
        """Put ``other`` into ``one``; the earliest unit of the file stays the root."""
        one.root = min(one.root, other.root)
        one.contact_id = one.contact_id if one.contact_id is not None else other.contact_id
        one.names |= other.names
        one.ids |= other.ids
        one.units += other.units
        for unit in other.units:
            self.of[unit] = one


def _fits(one: Cluster, other: Cluster) -> bool:
    if one.contact_id is not None and other.contact_id is not None and one.contact_id != other.contact_id:
        return False
    apart = bool(one.ids and other.ids)
    return all(
        may_be_one(a, b) and (not apart or same_family(a.last, b.last))
        for a in one.names
        for b in other.names
    )


def join_in_file(session: Session, keys: Sequence[str], clusters: Clusters) -> None:
    """Join units that share an address or a number and may be one person, in the order of the file."""
    sides = " UNION ".join(f"SELECT unit_id, {key} AS k FROM units WHERE {key} IS NOT NULL" for key in keys)
    if len(keys) == 1:
        sides += f" AND {keys[0]} IN (SELECT k FROM several_keys WHERE part = '{keys[0]}')"
    rows = session.run(
        Statement(
            f"WITH held AS ({sides}), several AS (SELECT k FROM held LEFT JOIN found USING (unit_id)"
            " GROUP BY k"
            " HAVING count(*) > 1 AND count(*) > count(found.contact_id))"
            " SELECT h.k, u.unit_id, f.contact_id, u.first, u.last, u.whole,"
            " CASE WHEN u.ext NOT LIKE '~%' THEN u.ext END FROM held h SEMI JOIN several s ON s.k = h.k"
            " JOIN units u USING (unit_id) LEFT JOIN found f USING (unit_id) ORDER BY h.k, u.unit_id"
        )
    ).rows
    for _, group in groupby(rows, key=lambda row: row[0]):
        _join_group(group, clusters)


def _join_group(group: Iterable[tuple[object, ...]], clusters: Clusters) -> None:
    met: list[Cluster] = []
    for _, unit, contact_id, first, last, whole, own_id in group:
        names = Named(_text(first), _text(last), _text(whole))
        known = None if contact_id is None else int(str(contact_id))
        one = clusters.get(int(str(unit)), known, names, _text(own_id))
        if any(one is other for other in met):
            continue
        home = next((other for other in met if _fits(other, one)), None)
        if home is None:
            met.append(one)
        else:
            clusters.join(home, one)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
