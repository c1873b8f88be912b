"""Packed sets say what masks say, at every length; the cache forgets the oldest first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segmentation.audience.bitmaps import Cache, count, of_ids, pack, unpack


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_packing_and_back(bits: list[bool]) -> None:
    mask = np.array(bits, np.bool_)
    packed = pack(mask)
    assert packed.dtype == np.uint64
    assert unpack(packed, len(mask)).tolist() == bits
    assert count(packed) == sum(bits)
    assert np.array_equal(of_ids(np.flatnonzero(mask), len(mask)), packed)


def test_ids_outside_are_left_out() -> None:
    assert unpack(of_ids(np.array([-1, 0, 2, 3]), 3), 3).tolist() == [True, False, True]


def test_the_cache_forgets_the_least_recently_used() -> None:
    cache = Cache(most_bytes=2500)
    for name in "ab":
        cache.put((name,), np.zeros(1000, np.uint8))
    cache.get(("a",))
    cache.put(("c",), (np.zeros(900, np.uint8), np.zeros(100, np.uint8)))
    assert cache.get(("b",)) is None
    assert cache.get(("a",)) is not None and cache.get(("c",)) is not None
    cache.put(("a",), np.zeros(1, np.uint8))
    cache.put(("d",), np.zeros(1000, np.uint8))
    assert len(cache) == 3


def test_what_is_kept_cannot_be_changed() -> None:
    cache, kept = Cache(), np.zeros(3, np.uint8)
    cache.put(("a",), kept)
    assert not kept.flags.writeable
