"""What moves the import under way on: a file read, an answer taken, its effects worked out, saved, left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from pages.parts import cached, jobs, state
from pages.parts.intake import left_open
from pages.parts.intake.to_ask import (
    asks_consent,
    asks_event,
    column_field,
    country_held,
    dates_agree,
    dates_to_ask,
    doubts,
)
from pages.parts.intake.under_way import Draft, Dropped, current
from segmentation.errors import CarnetError
from segmentation.intake.clean.columns import SEVERAL
from segmentation.intake.read import ReadOptions, Table
from segmentation.intake.recognise.model import Recognition
from segmentation.jobs import Job
from segmentation.results import Cancelled, Progress
from segmentation.workspace import departed
from segmentation.workspace.again import Again
from segmentation.workspace.inbox import put_away

AT_ONCE = 1.2
"""Seconds a small file is waited for: its bar never flickers, and the page is drawn once, not three times."""

TOLD_FIRST = frozenset(("recognise.kind_unsure", "recognise.remarks_refuse"))
"""Notes that are read before anything is saved, even where nothing is asked."""


def start(files: Iterable[Dropped]) -> None:
    """Begin with the first file; the others wait their turn."""
    first, *others = files
    close()
    left_open.sweep()
    draft = Draft(dropped=first, waiting=others)
    state.put("draft", draft)
    left_open.hold(draft)
    understand(draft)


def close() -> None:
    """Leave the import under way: nothing of it was written, nothing of its files stays."""
    draft = current()
    stale(draft)
    left_open.release(draft)
    state.drop("draft")


def following() -> None:
    """Go on with the next file that waits, else with a new drop zone."""
    draft = current()
    waiting, draft.waiting = draft.waiting, []
    close()
    if waiting:
        start(waiting)


def understand(draft: Draft, *, kind: str | None = None, options: ReadOptions | None = None) -> None:
    """Read the file unless it was, or otherwise with ``options``; recognise it, as ``kind`` when given."""
    base, dropped = cached.workspace(), draft.dropped
    table = None if options else draft.table
    assert dropped is not None
    language = state.say().language
    asked = replace(options or draft.options, from_disk=dropped.inbox, language=language)

    def work(progress: Progress, cancelled: Cancelled) -> Understood:
        read = table or base.read(
            dropped.path, name=dropped.name, options=asked, progress=progress, cancelled=cancelled
        )
        past = base.again(read) if kind is None else None
        fixed = past if past is not None and past.corrects else None
        found = base.recognise(read, kind=fixed.kind if fixed else kind, known=fixed.known if fixed else None)
        return read, found, asked, past

    stale(draft)
    _begin(draft, "read", work)


Understood = tuple[Table, Recognition, ReadOptions, Again | None]


def _understood(
    draft: Draft, table: Table, recognition: Recognition, options: ReadOptions, past: Again | None
) -> None:
    """Take what was read; a file without a doubt, or like one of before, goes straight to its preview."""
    if draft.table is not None and draft.table.path != table.path:
        draft.table.path.unlink(missing_ok=True)
    draft.table, draft.recognition, draft.options, draft.past = table, recognition, options, past
    draft.fields, draft.own_types, draft.date_orders, draft.decimals = {}, {}, {}, {}
    draft.source = draft.source or recognition.source or ""
    if table.others:
        draft.filled = (str(table.sheet), *table.others)
    draft.consent = draft.consent or departed(recognition)
    draft.step = "understood"
    if past is not None:
        _take_up(draft, past, recognition)
    if TOLD_FIRST & set(recognition.notes):
        return
    if past is not None and past.own:
        if past.consent_for(recognition) or not asks_consent(draft):
            prepare(draft)
    elif not (doubts(draft) or dates_to_ask(draft) or asks_consent(draft) or asks_event(draft)):
        prepare(draft)


def _take_up(draft: Draft, past: Again, recognition: Recognition) -> None:
    """The answers given for the import this file is like."""
    answers = past.decided(recognition)
    draft.source = past.source or draft.source
    draft.consent = past.consent_for(recognition) or draft.consent
    draft.own_types, draft.date_orders = answers["own_types"], answers["date_orders"]
    draft.decimals, draft.event_type = answers["decimals"], answers["event_type"]
    draft.country = answers["country"]
    draft.off = set(past.rules_off)


def decide(draft: Draft, index: int, choice: str | None) -> None:
    """A column holds ``choice``; another column that held the same field becomes the person's own field.

    Not those of a consent: what another column refuses counts too.
    """
    assert draft.recognition is not None
    if "." in (choice or "") and str(choice).removeprefix("contacts.") not in SEVERAL:
        for guess in draft.recognition.columns:
            if guess.index != index and column_field(draft, guess) == choice:
                draft.fields[guess.index] = None
    draft.fields[index] = choice
    stale(draft)


def prepare(draft: Draft) -> None:
    """Work out, in the background, what the import would do; nothing is written."""
    base = cached.workspace()
    assert draft.table is not None
    assert draft.recognition is not None
    stale(draft)
    request = base.request(
        draft.table,
        draft.recognition,
        source=draft.source or None,
        mapping={guess.index: column_field(draft, guess) for guess in draft.recognition.columns},
        own_types=draft.own_types,
        date_orders=draft.date_orders,
        decimals=draft.decimals,
        consent=draft.consent,
        event_type=draft.event_type if asks_event(draft) else None,
        country=country_held(draft),
        dates_agree=dates_agree(draft),
        rules_off=frozenset(draft.off),
        corrects=draft.past.import_id if draft.past is not None and draft.past.corrects else None,
    )
    draft.step = "preview"
    _begin(
        draft,
        "prepare",
        lambda progress, cancelled: base.prepare(request, progress=progress, cancelled=cancelled),
    )


def save(draft: Draft) -> None:
    """Write the prepared import, in the background."""
    base, prepared = cached.workspace(), draft.prepared
    assert prepared is not None
    _begin(
        draft,
        "commit",
        lambda progress, cancelled: base.commit(prepared, progress=progress, cancelled=cancelled),
    )


def follow(draft: Draft) -> None:
    """Take what the background work has brought since the last run."""
    job = draft.job
    if job is None or job.running:
        return
    draft.job = None
    if job.error is not None:
        _failed(draft, job)
    elif job.name == "read":
        _understood(draft, *job.result)
        follow(draft)
    elif job.name == "prepare":
        draft.prepared = job.result
    else:
        draft.prepared, draft.report, draft.step = None, job.result, "done"
        if not draft.other_sheets:
            left_open.remove(draft, table=False)
        left_open.sweep()
        _put_away(draft)


def _put_away(draft: Draft) -> None:
    """Move a file of the inbox that came in, once for all its sheets."""
    dropped = draft.dropped
    if dropped is not None and dropped.inbox and not dropped.away:
        try:
            draft.dropped = replace(dropped, path=put_away(dropped.path), away=True)
        except OSError:  # another window was quicker, or the folder may not be written to
            draft.not_moved = True


def stale(draft: Draft) -> None:
    """An answer changed: what was worked out before no longer holds."""
    draft.drop_work()


def _begin(draft: Draft, name: str, work: Callable[[Progress, Cancelled], object]) -> None:
    draft.problem = None
    try:
        draft.job = jobs.begin(name, work)
        draft.job.wait(AT_ONCE)
    except CarnetError as problem:
        draft.problem = problem


def _failed(draft: Draft, job: Job) -> None:
    if isinstance(job.error, CarnetError):
        draft.problem = job.error
    else:
        logging.getLogger(__name__).error("the job %s failed", job.name, exc_info=job.error)
        draft.problem = CarnetError("error.unexpected")
    if job.name == "prepare":
        draft.step = "understood"
    if job.name == "commit":
        draft.prepared = None
    if job.name == "read":
        draft.step = "file" if draft.table is None else "understood"
