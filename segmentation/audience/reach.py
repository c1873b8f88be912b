"""Who of an audience can be reached, channel by channel, and who would have to be asked first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.audience.bitmaps import Bits, count, of_ids
from segmentation.audience.reading import Reading
from segmentation.results import Statement
from segmentation.traits.consent import CHANNELS, consents_statement


@dataclass(frozen=True, slots=True)
class ReachCount:
    """One channel; the four parts add up to the audience.

    ``reachable``: an address that works and a state that allows the channel. ``to_confirm``: an address that
    works and an unknown state. ``no``: refused, or an agreement that does not cover this channel.
    ``invalid``: no address that works.
    """

    reachable: int
    to_confirm: int
    no: int
    invalid: int


@dataclass(frozen=True, slots=True)
class ChannelBits:
    """The live contacts of a channel, by what can be done with them."""

    reachable: Bits
    to_confirm: Bits
    valid: Bits
    refused: Bits


def channel_bits(channel: str, reading: Reading) -> ChannelBits:
    """The bitmaps of a channel, read once per version."""
    _, size = reading.people()

    def read() -> tuple[Bits, ...]:
        inner = consents_statement()
        columns = f"{channel}_reachable AS a, {channel}_confirm AS b, {channel}_valid AS c"
        columns = f"{columns}, {channel}_state = 'no' AS d"
        found = reading.session.arrays(
            Statement(f"SELECT contact_id, {columns} FROM ({inner.sql}) AS s", inner.params)
        )
        ids = found["contact_id"]
        return tuple(of_ids(ids[found[name].astype(np.bool_)], size) for name in "abcd")

    return ChannelBits(*reading.kept(f"#channel {channel}", read))


def reach_counts(bits: Bits, reading: Reading) -> dict[str, ReachCount]:
    """The four parts of an audience for each channel, in the order of the channels."""
    found = {}
    for channel in CHANNELS:
        of = channel_bits(channel, reading)
        reachable, to_confirm = count(bits & of.reachable), count(bits & of.to_confirm)
        invalid = count(bits & ~of.valid & ~of.refused)
        found[channel] = ReachCount(
            reachable, to_confirm, count(bits) - reachable - to_confirm - invalid, invalid
        )
    return found
