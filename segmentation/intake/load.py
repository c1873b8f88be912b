"""Brings a table into the base in two steps: prepare writes nothing, commit is one short transaction.

Everything slow (reading, cleaning, matching) happens in a session's own temporary tables, outside the lock
of the base. If the base changed in between, commit matches again inside its transaction. A stop before that
leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter

from segmentation.errors import CancelledError
from segmentation.intake.agreements import make_agreements
from segmentation.intake.clean.cleaning import clean_columns
from segmentation.intake.clean.code_and_town import cut_towns
from segmentation.intake.clean.columns import Cleaned, Column
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.currencies import Abroad, mark_currencies
from segmentation.intake.clean.fill_names import fill_names, spare_given
from segmentation.intake.clean.join_back import join_back
from segmentation.intake.clean.town_names import name_towns
from segmentation.intake.masks import mask_staged
from segmentation.intake.match import keep_full_names, match_units
from segmentation.intake.people import make_units
from segmentation.intake.plan import ImportRequest, columns_of
from segmentation.intake.preview import preview_of
from segmentation.intake.refusals import check_columns, make_rejected
from segmentation.intake.refusing import Refusing, refusing_columns
from segmentation.intake.report import ImportReport, Preview
from segmentation.intake.row_types import sign_refunds
from segmentation.intake.rows import make_rows
from segmentation.intake.spellings import spare_spellings
from segmentation.intake.tongue import tongue_of
from segmentation.intake.write import write_import
from segmentation.results import Cancelled, Progress, Statement, never, silent
from segmentation.store.database import Database
from segmentation.store.passing import forget
from segmentation.store.return_keys import part_new_returns
from segmentation.store.session import Session
from segmentation.store.settings import read_settings
from segmentation.store.user_columns import read_user_columns


@dataclass(slots=True)
class Prepared:
    """An import ready to be written; give it to ``commit`` or ``close`` it."""

    database: Database
    request: ImportRequest
    session: Session
    columns: tuple[Column, ...]
    cleaned: tuple[Cleaned, ...]
    version: int
    preview: Preview
    _exits: ExitStack
    closed: bool = False

    def close(self) -> None:
        """Drop the temporary tables; nothing of the file stays."""
        self._exits.close()
        self.closed = True

    def __enter__(self) -> Prepared:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(slots=True)
class _Clock:
    """Says progress, measures stages, and stops when asked to."""

    progress: Progress
    cancelled: Cancelled
    seconds: dict[str, float] = field(default_factory=dict)

    def check(self) -> None:
        """Raises CancelledError once the user has asked to stop."""
        if self.cancelled():
            raise CancelledError

    @contextmanager
    def stage(self, name: str, share: float) -> Iterator[None]:
        """A stage: told as ``progress.import.<name>`` at ``share`` done, timed under its name."""
        self.check()
        self.progress(f"progress.import.{name}", share)
        begun = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun


def prepare(
    database: Database, request: ImportRequest, *, progress: Progress = silent, cancelled: Cancelled = never
) -> Prepared:
    """Stage, clean, match and count, writing nothing to the base.

    Raises InputError ``error.import.*`` (the file lacks what its kind lives on) and CancelledError.
    """
    clock = _Clock(progress, cancelled)
    with ExitStack() as exits:
        session = exits.enter_context(database.session())
        columns = columns_of(request, read_user_columns(session, request.kind))
        check_columns(request, [column.name for column in columns])
        cleaned, abroad = _clean(session, request, columns, clock)
        refusing = _cut(session, request, columns, cleaned, clock)
        version, preview = _match(session, request, columns, cleaned, clock)
        preview = replace(preview, currencies=abroad.rows, currency=abroad.taken, refusing=refusing)
        return Prepared(database, request, session, columns, cleaned, version, preview, exits.pop_all())


def _clean(
    session: Session, request: ImportRequest, columns: tuple[Column, ...], clock: _Clock
) -> tuple[tuple[Cleaned, ...], Abroad]:
    table = request.table
    with clock.stage("stage", 0.0):
        names = ("_row", *table.columns)
        session.stage_csv(
            "staged", table.path, names,
            delimiter=table.path_delimiter, quote=table.path_quote, skip=1, numbers=("_row",),
        )  # fmt: skip
        mask_staged(session, request, table.columns)

    def step(share: float) -> None:
        clock.check()
        clock.progress("progress.import.clean", 0.1 + 0.4 * share)

    with clock.stage("clean", 0.1):
        zone = read_settings(session).timezone
        tongue = tongue_of(table.headers, request.country)
        context = Context("", "text", timezone=zone, today=date.today(), home=request.country, tongue=tongue)
        cleaned = tuple(clean_columns(session, columns, context, request.rules_off, step))
        country = next((column for column in columns if column.name == "contacts.country"), None)
        session.sql(f"CREATE OR REPLACE TEMP TABLE clean AS {join_back(cleaned, country)}")
        abroad, marked = mark_currencies(session, cleaned)
        for one in cleaned:
            session.sql(f"DROP TABLE {one.table}")
        cleaned = sign_refunds(session, request, cleaned)
        cleaned, towns = cut_towns(session, cleaned, request.rules_off)
        cleaned = name_towns(session, (*cleaned, *towns), request.rules_off)
        deduced = fill_names(session, [column.name for column in columns], request.rules_off, tongue=tongue)
    return (*cleaned, *marked, *deduced), abroad


def _cut(
    session: Session,
    request: ImportRequest,
    columns: tuple[Column, ...],
    cleaned: tuple[Cleaned, ...],
    clock: _Clock,
) -> tuple[Refusing, ...]:
    """The rows of each entity, and the columns that refuse most people."""
    with clock.stage("split", 0.5):
        names = list(dict.fromkeys(one.column.name for one in cleaned))
        make_rejected(session, request, names)
        if request.kind != "events":
            session.sql("DROP TABLE staged")
        make_units(session, names, kind=request.kind)
        clock.check()
        make_rows(session, request, names)
        clock.check()
        make_agreements(session, request, columns)
        refusing = refusing_columns(session, request.table, columns)
        forget(session, "staged" if request.kind == "contacts" else "staged clean_people clean")
    return refusing


def _match(
    session: Session,
    request: ImportRequest,
    columns: tuple[Column, ...],
    cleaned: tuple[Cleaned, ...],
    clock: _Clock,
) -> tuple[int, Preview]:
    """Match and count against one version of the base."""
    with clock.stage("match", 0.7), session.transaction(write=False):
        version = session.version()
        spellings = _join(session, request, cleaned, clock)
    with clock.stage("preview", 0.9), session.transaction(write=False):
        preview = preview_of(session, request, columns, cleaned)
    clock.progress("progress.import.preview", 1.0)
    return version, replace(preview, spellings=spellings, stages=dict(clock.seconds))


def _join(session: Session, request: ImportRequest, cleaned: tuple[Cleaned, ...], clock: _Clock) -> int:
    """Join the ``out_*`` tables to the base as it is now; how many spellings were spared."""
    match_units(session, request.source, clock.check)
    keep_full_names(session)
    spare_given(session, cleaned)
    if request.kind == "orders":
        part_new_returns(session)
    return spare_spellings(session)


def commit(
    prepared: Prepared,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    finish: Callable[[Session, int], None] | None = None,
) -> ImportReport:
    """Write a prepared import in one transaction, then close it; all of it is kept, or nothing.

    ``finish`` is called with the session and the import's number at the end of that transaction, once the
    temporary tables ``touched_*`` say what was folded: what is derived from the base is of the same version.
    Raises CancelledError when asked to stop before the writing has begun.
    """
    clock = _Clock(progress, cancelled, dict(prepared.preview.stages))
    session, request = prepared.session, prepared.request
    try:
        clock.check()
        with session.transaction(write=True):
            preview = prepared.preview
            if session.version() != prepared.version:
                with clock.stage("match", 0.1):
                    spellings = _join(session, request, prepared.cleaned, clock)
                    anew = preview_of(session, request, prepared.columns, prepared.cleaned)
                    preview = replace(
                        anew,
                        spellings=spellings,
                        currencies=preview.currencies,
                        currency=preview.currency,
                        refusing=preview.refusing,
                    )
            with clock.stage("write", 0.2):
                written = write_import(session, request, prepared.columns, preview)
            with clock.stage("fold", 0.5):
                written.fold(session)
            if finish is not None:
                with clock.stage("refresh", 0.7):
                    finish(session, written.import_id)
            version = session.bump()
            begun = perf_counter()
        clock.seconds["commit"] = perf_counter() - begun
        clock.progress("progress.import.done", 1.0)
        contacts = int(str(session.scalar(Statement("SELECT count(*) FROM contacts WHERE live"))))
        preview = replace(preview, stages=dict(clock.seconds))
        return ImportReport(
            written.import_id, version, preview, written.touched(session), contacts, dict(clock.seconds)
        )
    finally:
        prepared.close()
