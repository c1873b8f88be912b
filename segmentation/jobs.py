"""Long work on a base: one at a time, in a thread of the process, followed and stopped from anywhere.

A screen that reloads, or a session that ends, never kills the work: it belongs to the base.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from segmentation.errors import CancelledError, StoreError
from segmentation.results import Cancelled, Progress

Work = Callable[[Progress, Cancelled], object]
"""What a job does: told how to say its progress, and whom to ask whether to stop."""


@dataclass(eq=False, slots=True)
class Job:
    """One long work. ``status`` is running, done, failed or cancelled; ``step`` a word key; ``share`` 0 to 1.

    ``result`` is what the work gave back, ``error`` what it raised. Read from any thread.
    """

    name: str
    started: datetime
    status: str = "running"
    step: str = ""
    share: float = 0.0
    result: Any = None
    error: BaseException | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether the work is under way."""
        return self.status == "running"

    @property
    def cancelling(self) -> bool:
        """Whether it was asked to stop and has not stopped yet."""
        return self.running and self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next safe point, and nothing is written."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; whether it came within ``seconds``."""
        return self._ended.wait(seconds)

    def _told(self, step: str, share: float) -> None:
        self.step, self.share = step, min(max(share, 0.0), 1.0)

    def _run(self, work: Work) -> None:
        try:
            self.result = work(self._told, self._stop.is_set)
            self.status, self.share = "done", 1.0
        except CancelledError as error:
            self.error, self.status = error, "cancelled"
        except BaseException as error:  # kept for who follows the job: a thread has nobody to raise to
            self.error, self.status = error, "failed"
        finally:
            self._ended.set()


_jobs: dict[Path, Job] = {}
_lock = threading.Lock()


def start(base: Path, name: str, work: Work) -> Job:
    """Start ``work`` on the base at that path.

    Raises StoreError ``error.job.busy`` (with the ``name`` of the work under way) when one is running.
    """
    path = Path(base).resolve()
    with _lock:
        known = _jobs.get(path)
        if known is not None and known.running:
            raise StoreError("error.job.busy", name=known.name)
        job = Job(name, datetime.now())
        _jobs[path] = job
    threading.Thread(target=job._run, args=(work,), name=f"carnet-{name}", daemon=True).start()
    return job


@atexit.register
def stop_all(seconds: float = 20.0) -> None:
    """Ask every work to stop and wait for it: a process that ends under a database's thread would abort."""
    under_way = [job for job in _jobs.values() if job.running]
    for job in under_way:
        job.cancel()
    for job in under_way:
        job.wait(seconds)


def current(base: Path) -> Job | None:
    """The last work started on that base in this process, under way or ended."""
    return _jobs.get(Path(base).resolve())
