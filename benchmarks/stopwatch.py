"""What a piece of work costs: seconds on the wall, seconds of processor, and the most memory it held.

Processor seconds count every thread and child process: other programs running meanwhile hardly change them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall and seconds of processor."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu)


def now() -> Cost:
    """What this process and its finished children have cost so far."""
    times = os.times()
    cpu = time.process_time() + times.children_user + times.children_system
    return Cost(time.perf_counter(), cpu)


@dataclass(slots=True)
class Stages:
    """The cost of each named stage; also a ``progress`` callback that follows an import's own stages."""

    costs: dict[str, Cost] = field(default_factory=dict)
    _open: tuple[str, Cost] | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """One stage, added to what the name cost before."""
        self.close()
        self._open = (name, now())
        yield
        self.close()

    def __call__(self, key: str, _share: float) -> None:
        name = key.rpartition(".")[2]
        if self._open is None or self._open[0] != name:
            self.close()
            self._open = (name, now())

    def close(self) -> None:
        """End the stage under way."""
        if self._open is not None:
            name, begun = self._open
            self.costs[name] = self.costs.get(name, Cost()) + (now() - begun)
            self._open = None


def peak_memory() -> float:
    """The most memory this process has held, in MB; the largest child's when it held more."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        own = int(line.split()[1]) * 1024
    else:
        unit = 1 if sys.platform == "darwin" else 1024
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return own / 1e6


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``work`` in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def milliseconds(
    pieces: list[Callable[[], object]], *, before: Callable[[], object], turns: int
) -> list[float]:
    """The median wall time of each piece of work in ms, the pieces taken in turn so that noise is shared.

    ``before`` is run ahead of each and not counted.
    """
    taken: list[list[float]] = [[] for _ in pieces]
    gc.collect()
    for _ in range(turns):
        for piece, times in zip(pieces, taken, strict=True):
            before()
            begun = time.perf_counter()
            piece()
            times.append((time.perf_counter() - begun) * 1000)
    return [median(times) for times in taken]
