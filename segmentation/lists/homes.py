"""One message per home or per company: who live or work together, and who of them receives it.

A home is the same last name at the same address and postal code, whatever the capitals, accents and
punctuation. A company is the same SIREN (the first nine digits of a SIRET), or the same name; names joined by
a SIREN are one company. Whoever has spent most receives the message, then whoever came first in the base.
Contacts without an address, a last name or a company are each on their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from segmentation.criteria.catalogue import Catalogue
from segmentation.lists.options import COMPANY
from segmentation.reports.relations import values_of
from segmentation.results import Statement
from segmentation.store.session import Session

Mask = npt.NDArray[np.bool_]

_BARE = "nullif(trim(regexp_replace({0}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')), '')"
_HOME = (
    f"{_BARE.format('c.last_name__key')} || '|' || {_BARE.format('c.address1__key')} || '|' ||"
    f" {_BARE.format('coalesce(c.postal_code__key, c.city__key)')} AS home, NULL AS name"
)
_FIRM = (
    "nullif(regexp_extract(regexp_replace(coalesce(c.siren, c.siret), '[^0-9]', '', 'g'), '^[0-9]{9}'), '')"
    f" AS siren, {_BARE.format('c.company_name__key')} AS name"
)


def one_each(session: Session, catalogue: Catalogue, one_per: str) -> Mask:
    """Who of the session's audience, by ascending id, receives the message: one per home or per company."""
    columns = _FIRM if one_per == COMPANY else _HOME
    sql = f"SELECT {columns} FROM audience AS a JOIN contacts AS c USING (contact_id) ORDER BY a.contact_id"
    keys = [
        tuple((place, key) for place, key in enumerate(row) if key is not None)
        for row in session.run(Statement(sql)).rows
    ]
    spent = session.run(values_of("audience", catalogue, [catalogue.fields["total_spent"]])).rows
    return best_of(joined(keys), [Decimal(str(row[1] or 0)) for row in spent])


def joined(keys: Iterable[Sequence[object]]) -> list[int]:
    """The number of the group of each item: items sharing a key, even through others, are one group."""
    parent: list[int] = []
    owner: dict[object, int] = {}

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for item, own in enumerate(keys):
        parent.append(item)
        for key in own:
            first, second = root(owner.setdefault(key, item)), root(item)
            parent[max(first, second)] = min(first, second)
    return [root(item) for item in range(len(parent))]


def best_of(groups: Sequence[int], spent: Sequence[Decimal]) -> Mask:
    """Per group, the item that spent most; the first of those that spent as much."""
    best: dict[int, int] = {}
    for place, group in enumerate(groups):
        if group not in best or spent[place] > spent[best[group]]:
            best[group] = place
    kept = np.zeros(len(groups), dtype=np.bool_)
    kept[list(best.values())] = True
    return kept
