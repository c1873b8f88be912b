"""One long work per base: the second is refused, a stop is heard, an error is kept for who follows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from segmentation import jobs
from segmentation.errors import CancelledError, StoreError
from segmentation.results import Cancelled, Progress


def test_a_second_work_on_the_same_base_is_refused(tmp_path: Path) -> None:
    go = threading.Event()
    first = jobs.start(tmp_path / "a", "import", lambda *_: go.wait(10))
    with pytest.raises(StoreError) as refusal:
        jobs.start(tmp_path / "a", "import", lambda *_: None)
    assert refusal.value.code == "error.job.busy"
    other = jobs.start(tmp_path / "b", "import", lambda *_: "fine")
    assert other.wait(10)
    assert other.result == "fine"
    go.set()
    assert first.wait(10)
    assert jobs.start(tmp_path / "a", "import", lambda *_: None).wait(10)


def test_progress_is_told_and_a_stop_is_heard(tmp_path: Path) -> None:
    said = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> None:
        progress("progress.import.clean", 0.5)
        said.set()
        while not cancelled():
            threading.Event().wait(0.01)
        raise CancelledError

    job = jobs.start(tmp_path / "a", "import", work)
    assert said.wait(10)
    assert (job.running, job.step, job.share) == (True, "progress.import.clean", 0.5)
    job.cancel()
    assert job.wait(10)
    assert (job.status, job.cancelling) == ("cancelled", False)
    assert isinstance(job.error, CancelledError)


def test_an_error_is_kept_and_the_next_work_may_start(tmp_path: Path) -> None:
    job = jobs.start(tmp_path / "a", "import", lambda *_: 1 // 0)
    assert job.wait(10)
    assert job.status == "failed"
    assert isinstance(job.error, ZeroDivisionError)
    assert jobs.current(tmp_path / "a") is job
    assert jobs.start(tmp_path / "a", "undo", lambda *_: None).wait(10)


def test_the_end_of_the_process_stops_what_runs(tmp_path: Path) -> None:
    def work(_: Progress, cancelled: Cancelled) -> None:
        while not cancelled():
            threading.Event().wait(0.01)
        raise CancelledError

    job = jobs.start(tmp_path / "a", "import", work)
    jobs.stop_all(10)
    assert job.status == "cancelled"
