"""From the members of a segment to the list: who stays at each step, how many leave and why.

Members, then consent for the channel, then not opposed, then an address that works. People whose consent is
unknown are left out, unless who answers for the data says why they may be written to; opposition always wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.errors import ListError
from segmentation.results import Statement
from segmentation.store.session import Session
from segmentation.traits.consent import ALLOWED, CHANNELS, consents_statement

NO_CHANNEL = "none"
"""A working file that nobody is written to from: every member, whatever their consent."""

MEMBERS, CONSENT, OPPOSED, ADDRESS, LIST = "members", "consent", "opposed", "address", "list"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how many are left after it, how many it took out, and the code of the reason ("" for none).

    Its words are ``list.step.<key>`` and ``list.reason.<reason>``.
    """

    key: str
    count: int
    removed: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps, first the members and last the list, and the ids of the list in ascending order."""

    channel: str
    steps: tuple[Step, ...]
    ids: npt.NDArray[np.int64]
    confirmed: int = 0

    @property
    def members(self) -> int:
        """How many the segment holds."""
        return self.steps[0].count

    @property
    def exclusions(self) -> Mapping[str, int]:
        """How many were left out, by reason."""
        return {step.reason: step.removed for step in self.steps if step.removed}


def waterfall(session: Session, channel: str, *, confirm_reason: str | None = None) -> Waterfall:
    """The steps of the session's audience (``audience(contact_id)``) for one channel.

    ``NO_CHANNEL`` keeps everyone. ``confirm_reason``: why people whose consent is unknown are written to all
    the same; blank is none.
    Raises ListError ``error.list.channel`` for a channel that does not exist.
    """
    if channel == NO_CHANNEL:
        return _everyone(session)
    if channel not in CHANNELS:
        raise ListError("error.list.channel", channel=channel)
    inner = consents_statement()
    sql = (
        f"SELECT s.contact_id, s.{channel}_state AS state, s.{channel}_valid AS works FROM ({inner.sql}) AS s"
        " JOIN audience AS a ON a.contact_id = s.contact_id ORDER BY s.contact_id"
    )
    found = session.arrays(Statement(sql, inner.params))
    ids = np.asarray(found["contact_id"], dtype=np.int64)
    state, works = np.asarray(found["state"]).astype(str), np.asarray(found["works"], dtype=np.bool_)
    confirmed = (
        (state == "unknown") & bool((confirm_reason or "").strip()) & ("unknown" not in ALLOWED[channel])
    )
    agreed = np.isin(state, ALLOWED[channel]) | confirmed
    refused = state == "no"
    steps, kept = [Step(MEMBERS, len(ids), 0)], np.ones(len(ids), dtype=np.bool_)
    for key, stays, reason in (
        (CONSENT, agreed | refused, "unknown"),
        (OPPOSED, ~refused, "opposed"),
        (ADDRESS, works, "invalid"),
    ):
        left = kept & stays
        removed = int(kept.sum() - left.sum())
        steps.append(Step(key, int(left.sum()), removed, reason if removed else ""))
        kept = left
    steps.append(Step(LIST, int(kept.sum()), 0))
    return Waterfall(channel, tuple(steps), ids[kept], int((kept & confirmed).sum()))


def _everyone(session: Session) -> Waterfall:
    found = session.arrays(Statement("SELECT contact_id FROM audience ORDER BY contact_id"))
    ids = np.asarray(found["contact_id"], dtype=np.int64)
    return Waterfall(NO_CHANNEL, (Step(MEMBERS, len(ids), 0), Step(LIST, len(ids), 0)), ids)


def narrow(session: Session, found: Waterfall) -> None:
    """Make the session's audience the list itself."""
    session.run(Statement("CREATE OR REPLACE TEMP TABLE audience AS SELECT unnest(?)::INTEGER AS contact_id",
                          (found.ids.tolist(),)))  # fmt: skip
