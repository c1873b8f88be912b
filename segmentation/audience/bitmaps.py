"""Sets of contacts as packed bits, one bit per contact id, and the cache that keeps those of the last
questions.

A bitmap is a numpy array of uint64 words; its algebra takes microseconds at a million contacts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
Key = tuple[object, ...]
_BYTES = 256 * 1024 * 1024


def pack(mask: Mask) -> Bits:
    """A mask (index = contact id) as a bitmap; bits past its end are 0."""
    packed = np.packbits(mask, bitorder="little")
    padded = np.zeros(-(-packed.size // 8) * 8, np.uint8)
    padded[: packed.size] = packed
    return padded.view(np.uint64)


def unpack(bits: Bits, size: int) -> Mask:
    """The mask of ``size`` entries of a bitmap."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def of_ids(ids: npt.NDArray[np.integer], size: int) -> Bits:
    """The bitmap of ``size`` ids in which those of ``ids`` are set; ids outside are left out."""
    mask = np.zeros(size, np.bool_)
    mask[ids[(ids >= 0) & (ids < size)]] = True
    return pack(mask)


def count(bits: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum())


@dataclass(eq=False, slots=True)
class Cache:
    """What was read for a (base, question, version, as-of) key, the least recently used forgotten first.

    Holds numpy arrays, or tuples that hold some; shared by every thread of the process.
    """

    most_bytes: int = _BYTES
    _kept: OrderedDict[Key, tuple[object, int]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _bytes: int = 0

    def get(self, key: Key) -> object | None:
        """What is kept under ``key``, None when nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: object) -> None:
        """Keep ``value``; older ones go when there is too much. Arrays become read-only."""
        size = _frozen_size(value)
        with self._lock:
            self._bytes += size - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (value, size)
            while self._bytes > self.most_bytes and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)


def _frozen_size(value: object) -> int:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
        return value.nbytes
    if isinstance(value, tuple):
        return sum(_frozen_size(part) for part in value)
    return 64


SHARED = Cache()
"""The cache of the process."""
