"""From the members of a segment to the list: who stays at each step, how many leave and why.

Members, then consent for the channel, then not opposed, then an address that works; other steps may come
before and after these. People whose consent is unknown are left out, unless who answers for the data says why
they may be written to; opposition always wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from segmentation.errors import ListError
from segmentation.results import Statement
from segmentation.store.session import Session
from segmentation.traits.consent import ALLOWED, CHANNELS, consents_statement

NO_CHANNEL = "none"
"""A working file that nobody is written to from: every member, whatever their consent."""

MEMBERS, CONSENT, OPPOSED, ADDRESS, LIST = "members", "consent", "opposed", "address", "list"
CONTROL = "control"
"""The step that keeps a control group out: who leaves there is remembered."""


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
class Narrowing:
    """One more step: its key, which is its reason too, and who stays.

    ``stays(session, ids)`` is a mask of the ids, ascending, that the step before has left; they are the
    session's audience.
    """

    key: str
    stays: Callable[[Session, npt.NDArray[np.int64]], npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps, first the members and last the list, and the ids of the list in ascending order.

    ``confirmed`` of them are there for the reason given; ``control`` are the ids kept out to compare with.
    """

    channel: str
    steps: tuple[Step, ...]
    ids: npt.NDArray[np.int64]
    confirmed: int = 0
    control: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def members(self) -> int:
        """How many the segment holds."""
        return self.steps[0].count

    @property
    def exclusions(self) -> Mapping[str, int]:
        """How many were left out, by reason."""
        return {step.reason: step.removed for step in self.steps if step.removed}


def waterfall(
    session: Session,
    channel: str,
    *,
    confirm_reason: str | None = None,
    before: Sequence[Narrowing] = (),
    after: Sequence[Narrowing] = (),
) -> Waterfall:
    """The steps of the session's audience (``audience(contact_id)``) for one channel; it becomes the list.

    ``NO_CHANNEL`` asks for no consent. ``confirm_reason``: why people whose consent is unknown are written to
    all the same; blank is none. ``before`` and ``after`` are the steps around those of consent.
    Raises ListError ``error.list.channel`` for a channel that does not exist.
    """
    if channel != NO_CHANNEL and channel not in CHANNELS:
        raise ListError("error.list.channel", channel=channel)
    found = session.arrays(Statement("SELECT contact_id FROM audience ORDER BY contact_id"))
    ids = np.asarray(found["contact_id"], dtype=np.int64)
    steps, control, confirmed = [Step(MEMBERS, len(ids), 0)], ids[:0], ids[:0]

    def keep(key: str, reason: str, stays: npt.NDArray[np.bool_]) -> None:
        nonlocal ids
        removed = int(len(ids) - stays.sum())
        ids = ids[stays]
        steps.append(Step(key, len(ids), removed, reason if removed else ""))

    for step in before:
        keep(step.key, step.key, step.stays(session, ids))
        _hear(session, ids)
    if channel != NO_CHANNEL:
        confirmed = _agreed(session, channel, bool((confirm_reason or "").strip()), keep)
        _hear(session, ids)
    for step in after:
        stays = step.stays(session, ids)
        if step.key == CONTROL:
            control = ids[~stays]
        keep(step.key, step.key, stays)
        _hear(session, ids)
    steps.append(Step(LIST, len(ids), 0))
    return Waterfall(channel, tuple(steps), ids, int(np.isin(ids, confirmed).sum()), control)


def _agreed(
    session: Session, channel: str, has_reason: bool, keep: Callable[[str, str, npt.NDArray[np.bool_]], None]
) -> npt.NDArray[np.int64]:
    """The three steps of consent; the ids of those who are in for the reason given only."""
    inner = consents_statement()
    sql = (
        f"SELECT s.contact_id, s.{channel}_state AS state, s.{channel}_valid AS works FROM ({inner.sql}) AS s"
        " JOIN audience AS a ON a.contact_id = s.contact_id ORDER BY s.contact_id"
    )
    found = session.arrays(Statement(sql, inner.params))
    ids = np.asarray(found["contact_id"], dtype=np.int64)
    state, works = np.asarray(found["state"]).astype(str), np.asarray(found["works"], dtype=np.bool_)
    confirmed = (state == "unknown") & has_reason & ("unknown" not in ALLOWED[channel])
    agreed, refused = np.isin(state, ALLOWED[channel]) | confirmed, state == "no"
    kept = np.ones(len(ids), dtype=np.bool_)
    for key, stays, reason in (
        (CONSENT, agreed | refused, "unknown"),
        (OPPOSED, ~refused, "opposed"),
        (ADDRESS, works, "invalid"),
    ):
        keep(key, reason, stays[kept])
        kept &= stays
    added: npt.NDArray[np.int64] = ids[kept & confirmed]
    return added


def _hear(session: Session, ids: npt.NDArray[np.int64]) -> None:
    """Make these ids the session's audience."""
    session.register("given_list", pa.table({"contact_id": pa.array(ids, pa.int32())}))
    session.run(Statement("CREATE OR REPLACE TEMP TABLE audience AS SELECT contact_id FROM given_list"))
    session.unregister("given_list")
