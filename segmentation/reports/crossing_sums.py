"""What people of a crossing weigh: how many, how many can be reached, their revenue, their mean order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from segmentation.audience.bitmaps import Mask, unpack
from segmentation.audience.reach import channel_bits
from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.relations import rows_of
from segmentation.results import Statement
from segmentation.store.session import Session
from segmentation.traits import FEATURES


@dataclass(frozen=True, slots=True)
class Sums:
    """A set of people: how many, how many can be reached by e-mail, their revenue, their mean order."""

    contacts: int
    reachable: int
    revenue: Decimal
    basket: Decimal | None


@dataclass(frozen=True, slots=True)
class Weights:
    """Per contact id: reachable by e-mail; net and gross amounts in ten-thousandths; orders behind gross."""

    reachable: Mask
    net: npt.NDArray[np.int64]
    gross: npt.NDArray[np.int64]
    orders: npt.NDArray[np.int64]

    def sums(self, mask: Mask) -> Sums:
        """The people of a mask."""
        orders = int(self.orders[mask].sum())
        mean = Decimal(int(self.gross[mask].sum())) / orders / 10_000 if orders else None
        return Sums(
            int(mask.sum()),
            int((mask & self.reachable).sum()),
            Decimal(int(self.net[mask].sum())) / 10_000,
            mean.quantize(Decimal("0.0001")) if mean is not None else None,
        )


def weights_of(session: Session, catalogue: Catalogue, reading: Reading, size: int) -> Weights:
    """The weights of every contact of the base, kept with the reading; ``size`` is that of its masks."""
    reachable = unpack(channel_bits("email", reading).reachable, size)

    def read() -> tuple[npt.NDArray[np.int64], ...]:
        features = rows_of(catalogue, FEATURES)
        sql = f"""
            SELECT contact_id, CAST(coalesce(total_spent, 0) * 10000 AS BIGINT) AS net,
                CAST(CASE WHEN orders_count > 0 THEN coalesce(gross_amount, 0) ELSE 0 END * 10000 AS BIGINT)
                    AS gross,
                CASE WHEN orders_count > 0 AND gross_amount IS NOT NULL THEN orders_count ELSE 0 END AS orders
            FROM ({features.sql}) AS t"""
        found = session.arrays(Statement(sql, features.params))
        filled = []
        for name in ("net", "gross", "orders"):
            values = np.zeros(size, np.int64)
            values[found["contact_id"]] = found[name]
            filled.append(values)
        return tuple(filled)

    return Weights(reachable, *reading.kept("#crossing weights", read))
