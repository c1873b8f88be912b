"""A file's way into an open base: read, recognised by what was confirmed before, prepared, kept, undone."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from segmentation.criteria.fold import fold_text
from segmentation.errors import InputError
from segmentation.intake import load
from segmentation.intake.home_country import country_of
from segmentation.intake.joining import SETTING as JOIN_RULES
from segmentation.intake.joining import rules_from_json
from segmentation.intake.load import Prepared
from segmentation.intake.masks import TYPES
from segmentation.intake.plan import COUNTER, LEFT_OUT, ConsentAnswer, ImportRequest
from segmentation.intake.read import ReadOptions, Table, read_file
from segmentation.intake.recognise import ColumnGuess, Recognition, fingerprint, layout, recognise
from segmentation.intake.report import ImportReport
from segmentation.results import Cancelled, Progress, Statement, never, silent
from segmentation.store import imports
from segmentation.store.database import Database
from segmentation.store.fold import contact_rows
from segmentation.store.fold_orders import refold_every_order
from segmentation.store.kept_refusals import note_refusals, write_refusals
from segmentation.store.mappings import read_synonyms, recall_mapping, remember_mapping, remember_synonym
from segmentation.store.session import Session
from segmentation.store.settings import read_settings, write_setting
from segmentation.workspace.again import choices_of
from segmentation.workspace.derived import forget_cuts_of, refresh, settle_cuts

DEFAULT_SOURCE = "base"
"""The source of files that come from no system recognised and that nobody named."""


def read_table(
    database: Database,
    path: Path,
    *,
    name: str | None = None,
    options: ReadOptions | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Table:
    """The table in a file; its rows lie in the workdir of the base. Raises InputError."""
    table = read_file(
        path,
        name=name or path.name,
        workdir=database.workdir,
        options=options,
        progress=progress,
        cancelled=cancelled,
    )
    if not table.rows_read:
        table.path.unlink(missing_ok=True)
        raise InputError("error.read.no_rows")
    return table


def recognise_table(
    database: Database,
    table: Table,
    *,
    kind: str | None = None,
    known: Mapping[str, str | None] | None = None,
) -> Recognition:
    """What a table is about, given what was confirmed for the same headers before.

    ``known`` (header → field, None = own field, "-" = left out) and ``kind`` are decided now and win.
    """
    names = layout(table)
    remembered = recall_mapping(database, fingerprint(names))
    decided: dict[str, str | None] = {}
    if remembered is not None and kind in (None, remembered[0]):
        kind, kept = remembered
        decided = {
            header: kept[name] for header, name in zip(table.headers, names, strict=True) if name in kept
        }
    else:
        decided = _synonyms(database, table, kind or _guessed(table, None).kind)
    said = {**decided, **(known or {})}
    return recognise(table, known=said, kind=kind) if said else _guessed(table, kind)


def _synonyms(database: Database, table: Table, kind: str) -> dict[str, str | None]:
    confirmed = read_synonyms(database)
    found = ((header, confirmed.get((fold_text(header), kind))) for header in table.headers)
    return {header: field for header, field in found if field is not None}


def make_request(
    database: Database,
    table: Table,
    recognition: Recognition,
    *,
    source: str | None = None,
    mapping: Mapping[int, str | None] | None = None,
    own_types: Mapping[int, str] | None = None,
    date_orders: Mapping[int, str] | None = None,
    decimals: Mapping[int, str] | None = None,
    consent: ConsentAnswer | None = None,
    rules_off: frozenset[str] = frozenset(),
    event_type: str | None = None,
    dates_agree: bool | None = None,
    corrects: int | None = None,
    country: str | None = None,
    author: str = "",
) -> ImportRequest:
    """What recognition proposes, with what the person decided over it (by column index).

    The source is the one named, else the system recognised, else the default of the base. Without an answer
    about consent, the people of a list of departures have left. ``dates_agree``: whether the date of a
    consent is one, by default when no column is in doubt. ``corrects``: the import whose refused rows these
    are. ``country``: the one of its numbers when no column says it, by default the one they prove.
    """

    def said(of: str) -> dict[int, str]:
        values = {guess.index: getattr(guess, of) for guess in recognition.columns}
        return {index: value for index, value in values.items() if value}

    proposed = {guess.index: _taken(guess) for guess in recognition.columns}
    settings = read_settings(database)
    default = settings.default_source or DEFAULT_SOURCE
    taken = {**proposed, **(mapping or {})}
    return ImportRequest(
        table=table,
        kind=recognition.kind,
        source=source or recognition.source or default,
        mapping=taken,
        own_types={**said("own_type"), **(own_types or {})},
        date_orders={**said("date_format"), **(date_orders or {})},
        decimals={**said("decimal"), **(decimals or {})},
        consent=consent or departed(recognition),
        author=author,
        file_hash=_hash_of(table.path),
        rules_off=rules_off,
        event_type=event_type,
        inverted=frozenset(guess.index for guess in recognition.columns if guess.inverted),
        dates_agree=not recognition.in_doubt if dates_agree is None else dates_agree,
        joins=rules_from_json(settings.get(JOIN_RULES)),
        corrects=corrects,
        country=country_of(table, taken) if country is None else country,
    )


def departed(recognition: Recognition) -> ConsentAnswer | None:
    """The answer that a file of people who left gives by its own name; None for an ordinary file."""
    if not recognition.closed:
        return None
    return ConsentAnswer("no", source="optout", channels=recognition.closed, over=True)


def _taken(guess: ColumnGuess) -> str | None:
    return guess.qualified


def _hash_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def commit(
    prepared: Prepared, *, as_of: date, progress: Progress = silent, cancelled: Cancelled = never
) -> ImportReport:
    """Write a prepared import and what hangs on it in one transaction: totals, scores, what was confirmed.

    ``as_of`` is the date the first RFM limits are derived at.
    """
    request = prepared.request
    learnt = _learnt(request)

    def finish(session: Session, import_id: int) -> None:
        if request.source != COUNTER:
            _remember(session, request, learnt, import_id)
        _settle_currency(session, request.kind, prepared.preview.currency)
        _widen_touched(session)
        settle_cuts(session, as_of, import_id=import_id)
        refresh(session, "touched_contacts", read_settings(session).as_of or date.today())

    report = load.commit(prepared, progress=progress, cancelled=cancelled, finish=finish)
    with suppress(OSError):
        request.table.path.unlink()
    return report


def undo(database: Database, import_id: int, *, keep_refusals: bool = False, author: str = "") -> int:
    """Forget one import exactly, and what was derived from it; how many contacts it had touched.

    ``keep_refusals``: what it alone said of who must not be contacted is said on (``kept_refusals``).
    """
    with database.session() as session, session.transaction(write=True):
        keep = keep_refusals and note_refusals(session, import_id)
        touched = imports.undo(session, import_id, author=author)
        if keep:
            write_refusals(session, imports.read_import(session, import_id), author=author)
            session.sql(
                "INSERT INTO undone_contacts FROM kept_contacts ANTI JOIN undone_contacts USING (contact_id)"
            )
        as_of = read_settings(session).as_of or date.today()
        forget_cuts_of(session, import_id)
        settle_cuts(session, as_of)
        refresh(session, "undone_contacts", as_of)
    return touched


def _learnt(request: ImportRequest) -> list[tuple[str, str]]:
    """The headers that were given a field recognition alone would not have given: (header, entity.key)."""
    if not request.table.path.exists():
        return []
    guesses = {guess.index: guess.qualified for guess in _guessed(request.table, request.kind).columns}
    return [
        (request.table.headers[index], field)
        for index, field in request.mapping.items()
        if field is not None and field not in (LEFT_OUT, *TYPES) and field != guesses.get(index)
    ]


_recent: OrderedDict[tuple[Path, str | None], Recognition] = OrderedDict()
_RECENT = 8


def _guessed(table: Table, kind: str | None) -> Recognition:
    """What recognition alone says of a table; the last few answers are kept, a table never changes."""
    found = _recent.get((table.path, kind))
    if found is None:
        found = recognise(table, kind=kind)
        for key in ((table.path, kind), (table.path, found.kind)):
            _recent[key] = found
        while len(_recent) > _RECENT:
            _recent.popitem(last=False)
    return found


def _remember(
    session: Session, request: ImportRequest, learnt: list[tuple[str, str]], import_id: int
) -> None:
    names = layout(request.table)
    mapping = {name: request.mapping.get(index) for index, name in enumerate(names)}
    unnamed = {DEFAULT_SOURCE, read_settings(session).default_source}
    remember_mapping(
        session,
        fingerprint(names),
        kind=request.kind,
        mapping=mapping,
        choices=choices_of(request, import_id, named=request.source not in unnamed),
    )
    for header, field in learnt:
        remember_synonym(session, header, entity=request.kind, field=field)


def _widen_touched(session: Session) -> None:
    """Whoever another import had given a touched order to, or is now who they were, is touched too."""
    made = {row[0] for row in session.sql("SELECT table_name FROM duckdb_tables() WHERE temporary").rows}
    for name, key, entity in (
        ("touched_orders", "order_key", "orders"),
        ("touched_events", "event_key", "events"),
    ):
        several = session.scalar(Statement(f"SELECT count(DISTINCT import_id) > 1 FROM import_{entity}"))
        if name in made and several:
            rows = contact_rows(session, entity)
            session.sql(
                f"INSERT INTO touched_contacts SELECT DISTINCT contact_id FROM {rows} r SEMI JOIN {name}"
                f" USING ({key}) WHERE contact_id IS NOT NULL"
                " AND contact_id NOT IN (SELECT contact_id FROM touched_contacts)"
            )


def _settle_currency(session: Session, kind: str, taken: str | None) -> None:
    """The first amounts of a base choose its money: the other one that the file says throughout (``taken``),
    else the euro once all its orders say it."""
    if session.scalar(Statement("SELECT count(*) FROM settings WHERE key = 'currency'")):
        return
    if taken is None and kind in ("orders", "order_lines"):
        said = session.sql("SELECT DISTINCT currency FROM orders WHERE currency IS NOT NULL").rows
        taken = "EUR" if said == [("EUR",)] else None
    if taken is None:
        return
    write_setting(session, "currency", taken)
    if taken != "EUR":
        refold_every_order(session)
