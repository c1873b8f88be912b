"""The tier of each contact at the end of each month, from what was known on that day.

The file's own last dates count from their day on. Someone who had not yet come is in no tier.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from segmentation.criteria.windows import shifted
from segmentation.results import Statement
from segmentation.store.session import Session
from segmentation.traits import Rhythm
from segmentation.traits.tier import FRESH, SILENT_SENT, STRONG, TIERS, WEAK

MONTHS = 12
ABSENT = -1
_NEVER = np.int32(-(10**6))
"""A day so old that nothing has happened yet."""

Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Months:
    """``ends``: the last day of each of the months before the as-of day, then that day itself.

    ``tiers[i, m]``: the place in TIERS of contact i on day m, ABSENT before they came.
    """

    ends: tuple[date, ...]
    tiers: npt.NDArray[np.int8]

    def counts(self, m: int) -> list[int]:
        """How many contacts in each tier on day m."""
        column = self.tiers[:, m]
        return [int((column == place).sum()) for place in range(len(TIERS))]

    def moves(self, before: int, after: int) -> npt.NDArray[np.int64]:
        """From each tier to each tier between two days; row and column -1 are those who were not there."""
        size = len(TIERS) + 1
        one, other = (
            self.tiers[:, before].astype(np.int64) % size,
            self.tiers[:, after].astype(np.int64) % size,
        )
        return np.bincount(one * size + other, minlength=size * size).reshape(size, size)


def month_ends(as_of: date, months: int = MONTHS) -> tuple[date, ...]:
    """The ends of the ``months`` calendar months before that of the as-of day, and the as-of day."""
    firsts = [shifted(as_of.replace(day=1), -n, "month") for n in range(months, 0, -1)]
    return (*(day.replace(day=monthrange(day.year, day.month)[1]) for day in firsts), as_of)


def tiers_by_month(session: Session, as_of: date, rhythm: Rhythm, months: int = MONTHS) -> Months:
    """The audience of the session at the end of each month. One scan of events, one of orders."""
    ends = month_ends(as_of, months)
    people = _people(session)
    found = _Signals(people, ends)
    end = datetime.combine(as_of + timedelta(days=1), time.min)
    for name, at in (("email_click", "clicked"), ("email_open", "opened")):
        last = found.from_rows(_events(session, name, end), "day")
        setattr(found, at, _known(last, people[f"any_{at}"], people[f"own_{at}"], found.ends))
    bought = found.from_rows(_orders(session, end), "day")
    found.bought = _known(bought, people["any_order"], people["own_bought"], found.ends)
    found.sent = found.summed(_sent(session, end))
    return Months(ends, found.tiers(people, rhythm))


class _Signals:
    """Per contact and per day of ``ends``: last click, opening, purchase (days since 1970), e-mails sent."""

    def __init__(self, people: dict[str, Any], ends: tuple[date, ...]) -> None:
        self.ids = people["contact_id"]
        self.ends = np.array([_ordinal(day) for day in ends], np.int32)
        shape = (len(self.ids), len(ends))
        self.clicked = np.full(shape, _NEVER, np.int32)
        self.opened, self.bought = self.clicked, self.clicked
        self.sent = np.zeros(shape, np.int32)

    def _places(self, found: dict[str, Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where rows (contact_id, day) go: the contact's place, the first end not before their day."""
        return np.searchsorted(self.ids, found["contact_id"]), np.searchsorted(self.ends, found["day"])

    def from_rows(self, found: dict[str, Any], name: str) -> Days:
        """The last day known at each end."""
        last = np.full((len(self.ids), len(self.ends)), _NEVER, np.int32)
        np.maximum.at(last, self._places(found), found[name].astype(np.int32))
        return np.maximum.accumulate(last, axis=1)

    def summed(self, found: dict[str, Any]) -> Days:
        """How many by each end."""
        total = np.zeros((len(self.ids), len(self.ends)), np.int32)
        np.add.at(total, self._places(found), found["n"].astype(np.int32))
        return np.cumsum(total, axis=1, dtype=np.int32)

    def tiers(self, people: dict[str, Any], rhythm: Rhythm) -> npt.NDArray[np.int8]:
        """The first tier that fits, as ``traits.tier`` says."""
        strong, opened = self.ends - np.maximum(self.clicked, self.bought), self.ends - self.opened
        joined = people["joined"][:, None]
        fresh = (joined <= self.ends) & (self.ends - joined <= rhythm.days(FRESH))
        sent = np.where(people["any_sent"][:, None], self.sent, people["own_sent"][:, None])
        signs = (strong < -_NEVER // 2) | (opened < -_NEVER // 2)
        near, far, last = (rhythm.days(limit) for limit in STRONG)
        close, wide, old = (rhythm.days(limit) for limit in WEAK)
        said = np.broadcast_to(people["said"][:, None], strong.shape)
        cases = [
            strong <= near,
            (strong <= far) | (opened <= close),
            (strong <= last) | (opened <= wide),
            opened <= old,
            signs,
            ~said & fresh,
            ~said & (sent >= SILENT_SENT),
        ]
        found = np.select(cases, list(range(len(cases))), len(TIERS) - 1).astype(np.int8)
        there = signs | (joined <= self.ends)
        return np.where(there, found, np.int8(ABSENT))


def _known(last: Days, of_events: Any, own: Any, ends: Days) -> Days:
    """Days from events for whom events speak, else the file's own day once it has come."""
    written = np.where(own[:, None] <= ends, own[:, None], _NEVER).astype(np.int32)
    return np.where(of_events[:, None], last, written)


def _ordinal(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day(sql: str) -> str:
    return f"date_diff('day', DATE '1970-01-01', CAST({sql} AS DATE))"


def _people(session: Session) -> dict[str, Any]:
    """Who is there, in order of id, with what their file says; absent days are ``_NEVER``.

    Someone whose arrival is not dated has always been there.
    """
    never = int(_NEVER)
    own = {
        "own_clicked": "last_click_date",
        "own_opened": "last_open_date",
        "own_bought": "last_purchase_date",
        "joined": "created_at",
    }
    days = ", ".join(f"coalesce({_day('c.' + field)}, {never}) AS {name}" for name, field in own.items())
    sql = f"""
        SELECT c.contact_id, {days}, coalesce(c.emails_sent, 0) AS own_sent,
            coalesce(e.sent, FALSE) AS any_sent, coalesce(e.opened, FALSE) AS any_opened,
            coalesce(e.clicked, FALSE) AS any_clicked,
            c.contact_id IN (SELECT contact_id FROM orders WHERE contact_id IS NOT NULL) AS any_order,
            (NOT coalesce(e.opened, FALSE) AND coalesce(c.emails_opened, 0) > 0)
            OR (NOT coalesce(e.clicked, FALSE) AND coalesce(c.emails_clicked, 0) > 0)
            OR (NOT coalesce(e.sent, FALSE) AND coalesce(c.open_rate, 0) > 0) AS said
        FROM contacts AS c JOIN audience AS a ON a.contact_id = c.contact_id
        LEFT JOIN (SELECT contact_id, bool_or(event_type = 'email_sent') AS sent,
                bool_or(event_type = 'email_open') AS opened, bool_or(event_type = 'email_click') AS clicked
            FROM events WHERE contact_id IS NOT NULL GROUP BY contact_id) AS e
        ON e.contact_id = c.contact_id ORDER BY c.contact_id"""
    return {name: np.asarray(values) for name, values in session.arrays(Statement(sql)).items()}


def _events(session: Session, kind: str, end: datetime) -> dict[str, Any]:
    sql = f"""SELECT contact_id, {_day("max(event_date)")} AS day FROM events
        WHERE event_type = ? AND event_date < ? AND contact_id IN (SELECT contact_id FROM audience)
        GROUP BY contact_id, date_trunc('month', event_date)"""
    return session.arrays(Statement(sql, (kind, end)))


def _orders(session: Session, end: datetime) -> dict[str, Any]:
    sql = f"""SELECT contact_id, {_day("max(order_date)")} AS day FROM orders
        WHERE counted AND order_date < ? AND contact_id IN (SELECT contact_id FROM audience)
        GROUP BY contact_id, date_trunc('month', order_date)"""
    return session.arrays(Statement(sql, (end,)))


def _sent(session: Session, end: datetime) -> dict[str, Any]:
    sql = f"""SELECT contact_id, {_day("max(event_date)")} AS day, count(*) AS n FROM events
        WHERE event_type = 'email_sent' AND event_date < ?
            AND contact_id IN (SELECT contact_id FROM audience)
        GROUP BY contact_id, date_trunc('month', event_date)"""
    return session.arrays(Statement(sql, (end,)))
