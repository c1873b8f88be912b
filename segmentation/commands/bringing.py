"""Commands that bring files in or take them back: import, read, undo, demo."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from segmentation.commands.answer import Answer, read_json, sentence
from segmentation.criteria.fields import canonical_fields
from segmentation.errors import CarnetError, InputError, StoreError
from segmentation.i18n import Words
from segmentation.intake.load import Prepared
from segmentation.intake.masks import SIGN, TYPES
from segmentation.intake.plan import LEFT_OUT, ConsentAnswer
from segmentation.intake.read import ReadOptions, Table, read_file
from segmentation.intake.report import said_of_money, said_of_returns
from segmentation.store.imports import Import
from segmentation.workspace import Workspace, inbox, make_demo_ready
from segmentation.workspace.again import Again


@dataclass(frozen=True, slots=True)
class _Done:
    """An import made, or only tried (``import_id`` None); ``remarks``: some refuse in words."""

    prepared: Prepared
    contacts: int
    import_id: int | None
    past: Again | None = None
    consent_left: str | None = None
    remarks: bool = False


def import_file(asked: Namespace, w: Words) -> Answer:
    """Bring a file in, or those of the inbox, or only say what would happen (``--dry-run``)."""
    if asked.inbox:
        return import_inbox(asked, w)
    if asked.file is None:
        raise InputError("error.import.which")
    if asked.dry_run and not asked.base.is_file():
        with TemporaryDirectory() as folder, _opened(Path(folder) / "try.duckdb", asked) as base:
            return _import(base, asked, w)
    with _opened(asked.base, asked) as base:
        return _import(base, asked, w)


def _opened(path: Path, asked: Namespace) -> Workspace:
    return Workspace.open(path, as_of=asked.as_of)


def _import(base: Workspace, asked: Namespace, w: Words) -> Answer:
    return _told(_brought(base, asked, asked.file), w)


def _brought(base: Workspace, asked: Namespace, file: Path) -> _Done:
    """One file in; one whose headers are those of a past import takes up its choices, never a yes."""
    table = base.read(file, file.name, ReadOptions(sheet=asked.sheet, from_disk=True, language=asked.lang))
    known = _mapping(asked.mapping, table) if asked.mapping else None
    past = base.again(table) if known is None and asked.kind is None else None
    if past is not None and past.corrects:
        recognition = base.recognise(table, kind=past.kind, known=past.known)
    else:
        recognition = base.recognise(table, kind=asked.kind, known=known)
    decided = past.decided(recognition, source=asked.source) if past is not None else {}
    left = past.consent_left(recognition, source=asked.source) if past is not None else None
    if asked.source:
        decided["source"] = asked.source
    if asked.consent:
        left = None
        decided["consent"] = ConsentAnswer(asked.consent, date.today(), file.name)
    if past is not None and past.corrects:
        decided["corrects"] = past.import_id
    remarks = "recognise.remarks_refuse" in recognition.notes
    with base.prepare(base.request(table, recognition, **decided)) as prepared:
        if asked.dry_run:
            return _Done(prepared, base.contacts + prepared.preview.contacts_new, None, past, left, remarks)
        report = base.commit(prepared)
        return _Done(prepared, report.contacts, report.import_id, past, left, remarks)


def import_inbox(asked: Namespace, w: Words) -> Answer:
    """Bring in every file of the inbox; those that came in move to ``done``, the others stay, told why.

    A file that came in and cannot be moved is told too, and stops nothing.
    """
    with _opened(asked.base, asked) as base:
        waiting = inbox.waiting(base.database.path)
        files: list[object] = []
        refused: list[dict[str, str]] = []
        lines = [] if waiting else [w("cli.inbox.empty", folder=inbox.folder(asked.base).name)]
        for one in waiting:
            try:
                told = _told(_brought(base, asked, one.path), w)
            except CarnetError as error:
                refused.append({"name": one.name, "reason": sentence(error, w)})
                lines.append(w("cli.inbox.refused", name=one.name, reason=sentence(error, w)))
                continue
            moved = not asked.dry_run and _moved(one.path)
            files.append({"name": one.name, **told.facts, "moved": moved})
            lines += told.lines
            if not moved and not asked.dry_run:
                lines.append(w("cli.inbox.not_moved", name=one.name))
        facts = {"files": files, "refused": refused, "contacts": base.contacts}
        return Answer(facts, lines, well=not refused)


def _moved(path: Path) -> bool:
    try:
        inbox.put_away(path)
    except OSError:
        return False
    return True


def _told(done: _Done, w: Words) -> Answer:
    request, preview = done.prepared.request, done.prepared.preview
    table = request.table
    mapping = {header: _short(request.mapping.get(index)) for index, header in enumerate(table.headers)}
    facts = {
        "kind": request.kind,
        "source": request.source,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "rows_read": preview.rows_read,
        "rows_loaded": preview.rows_loaded,
        "rows_rejected": preview.rejected,
        "new": preview.new,
        "updated": preview.updated,
        "unchanged": preview.unchanged,
        "merged": preview.merged,
        "mapping": mapping,
        "contacts": done.contacts,
        "import_id": done.import_id,
        "consent": request.consent.state if request.consent else None,
        "like_import": done.past.import_id if done.past else None,
        "consent_not_taken": done.consent_left,
        "returns": asdict(preview.undone),
        "remarks_refuse": done.remarks,
    }
    counted = {
        name: w.number(facts[name]) for name in ("new", "updated", "unchanged", "merged", "rows_rejected")
    }
    lines = [
        w("cli.import.tried" if done.import_id is None else "cli.import.done", name=table.name),
        *_taken_up(done, w),
        w("cli.import.read", kind=w(f"kind.{request.kind}"), n=preview.rows_read),
        w("cli.import.counts", **counted),
        *(f"  {header} → {field or w('cli.import.own')}" for header, field in mapping.items()),
        *_closed(request.consent, w),
        *([w("cli.import.remarks_refuse")] if done.remarks else []),
        *said_of_returns(preview, w),
        *said_of_money(preview, w),
        w("cli.contacts", n=done.contacts),
    ]
    return Answer(facts, lines)


def _closed(answer: ConsentAnswer | None, w: Words) -> list[str]:
    """The sentence of a file whose own name says that its people left."""
    if answer is None or not answer.over:
        return []
    channels = w.listing([w(f"channel.{channel}") for channel in answer.channels])
    return [w("cli.import.closed", channels=channels)]


def _taken_up(done: _Done, w: Words) -> list[str]:
    """Whose choices are taken up, and the answer about consent that is not."""
    past = done.past
    if past is None:
        return []
    key = "cli.import.corrects" if past.corrects else "cli.import.again"
    lines = [w(key, name=past.file_name, date=w.date(past.created_at) if past.created_at else "")]
    if state := done.consent_left:
        lines.append(w("cli.import.consent_left", state=state, answer=w(f"page.import.consent.{state}")))
    return lines


def _short(target: str | None) -> str | None:
    """A field as its own key, without its entity."""
    return target.partition(".")[2] if target and "." in target else target


def _mapping(path: Path, table: Table) -> dict[str, str | None]:
    """The mapping of a JSON file, its headers and fields verified."""
    content = read_json(path)
    if not isinstance(content, Mapping):
        raise InputError("error.json.invalid", name=path.name)
    fields = {field.key for entity in canonical_fields().values() for field in entity}
    decided: dict[str, str | None] = {}
    for header, field in content.items():
        if header not in table.headers:
            raise InputError("error.mapping.header", name=header)
        known = isinstance(field, str) and (_key(field) in fields or field in (LEFT_OUT, SIGN, *TYPES))
        if field is not None and not known:
            raise InputError("error.mapping.field", name=str(field))
        decided[str(header)] = field
    return decided


def _key(field: str) -> str:
    return field.rpartition(".")[2]


def read(asked: Namespace, w: Words) -> Answer:
    """Write a file's table as the reader understood it, before any mapping or cleaning."""
    with TemporaryDirectory() as folder:
        options = ReadOptions(sheet=asked.sheet, language=asked.lang)
        table = read_file(asked.file, name=asked.file.name, workdir=Path(folder), options=options)
        with asked.out.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(table.headers)
            writer.writerows(cells for _, cells in table.rows())
    facts = {
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "rows_read": table.rows_read,
        "rows_refused": table.rows_refused,
    }
    lines = [w("cli.read.done", n=table.rows_read, name=asked.out.name)]
    lines += [w("page.import.refused", n=table.rows_refused)] if table.rows_refused else []
    return Answer(facts, lines)


def undo(asked: Namespace, w: Words) -> Answer:
    """Forget one import, the last one when none is named."""
    with Workspace.open(asked.base, as_of=asked.as_of, create=False) as base:
        number = asked.import_id
        if number is None:
            standing = [row.import_id for row in base.imports() if row.undone_at is None]
            if not standing:
                raise StoreError("error.import.none")
            number = standing[0]
        stake = base.refusals_at_stake().get(number)
        keep = bool(stake) and _keeps(base.imported(number), asked.refusals)
        touched = base.undo(number, keep_refusals=keep)
        facts: dict[str, object] = {"import_id": number, "touched": touched, "contacts": base.contacts}
        lines = [w("cli.undo.done", number=number)]
        if stake is not None:
            facts["refusals"] = {"people": stake.people, "refusals": stake.refusals, "kept": keep}
            lines = [] if keep else lines
            lines.append(w(f"cli.undo.refusals_{'kept' if keep else 'gone'}", n=stake.people, number=number))
        return Answer(facts, [*lines, w("cli.contacts", n=base.contacts)])


def _keeps(row: Import, asked: str | None) -> bool:
    """Whether refusals outlive an import: as asked, else when it told who left."""
    return asked == "keep" if asked else row.consent == "no" or row.kind == "events"


def demo(asked: Namespace, w: Words) -> Answer:
    """Fill an empty base with the demonstration shop (``--if-needed``: make it the shop unless it is)."""
    if asked.if_needed:
        make_demo_ready(asked.base)
        with Workspace.open(asked.base, create=False) as base:
            return _shop(base, w)
    with Workspace.open(asked.base, as_of=asked.as_of) as base:
        base.demo()
        return _shop(base, w)


def _shop(base: Workspace, w: Words) -> Answer:
    facts = {"contacts": base.contacts, "imports": len(base.imports()), "as_of": base.own_as_of}
    return Answer(facts, [w("cli.demo.done", n=base.contacts, date=w.date(base.own_as_of))])
