"""Who was written to lately: messages sent that the events tell, and lists that left the base.

Any channel counts, since one person reads them all; a list that is a working file does not. The days run as
everywhere: day ``as_of − n`` and ``as_of`` itself are both in. A list is dated by the day it was seen from,
so that lists of a base whose data have stopped count too. The same list taken again the same day, in another
format say, does not put out its own people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from segmentation.lists.waterfall import NO_CHANNEL
from segmentation.results import Statement
from segmentation.store.journal import EXPORT_PEOPLE, json_text
from segmentation.store.session import Session

SENT: tuple[str, ...] = ("email_sent", "sms_sent", "call")
"""Types of event that are a message sent to the contact, or a call."""


def written_to(
    session: Session, as_of: date, days: int, *, definition: Mapping[str, object], channel: str
) -> npt.NDArray[np.int64]:
    """The ids of everyone written to in the last ``days`` days; ``definition`` and ``channel`` are the list's
    own."""
    start = as_of - timedelta(days=days)
    marks = ", ".join("?" for _ in SENT)
    found = session.arrays(
        Statement(
            f"SELECT DISTINCT contact_id FROM events WHERE event_type IN ({marks}) AND event_date >= ?"
            " AND event_date < ? AND contact_id IS NOT NULL"
            f" UNION SELECT m.contact_id FROM {EXPORT_PEOPLE} AS m JOIN exports AS e USING (export_id)"
            " WHERE NOT m.control AND e.channel <> ? AND e.as_of >= ? AND e.as_of <= ?"
            " AND NOT (e.as_of = ? AND e.channel = ? AND CAST(e.definition AS VARCHAR) = ?)",
            (
                *SENT,
                datetime.combine(start, time.min),
                datetime.combine(as_of + timedelta(days=1), time.min),
                NO_CHANNEL,
                start,
                as_of,
                as_of,
                channel,
                json_text(dict(definition)),
            ),
        )
    )
    return np.asarray(found["contact_id"], dtype=np.int64)
