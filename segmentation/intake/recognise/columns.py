"""A table seen column by column, and the guess made about each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from segmentation.intake.clean.consent import is_inverted
from segmentation.intake.header_names import normal_header
from segmentation.intake.masks import SIGN, mask_of
from segmentation.intake.read.table import Table
from segmentation.intake.read.vcards import card_fields, card_layout
from segmentation.intake.recognise.beside import beside_the_others
from segmentation.intake.recognise.consent_headers import answers
from segmentation.intake.recognise.content import Content, content_of
from segmentation.intake.recognise.dates import date_order
from segmentation.intake.recognise.departures import closed_by
from segmentation.intake.recognise.dictionary import fields
from segmentation.intake.recognise.frames import one_address
from segmentation.intake.recognise.kinds import FAMILY, kind_of
from segmentation.intake.recognise.mapping import Field, assign, candidates, first_address
from segmentation.intake.recognise.model import ASKED, LEFT_OUT, ColumnGuess, Recognition
from segmentation.intake.recognise.numbers import decimal_mark
from segmentation.intake.recognise.own_type import own_type
from segmentation.intake.recognise.remarks import refuses_in_words
from segmentation.intake.recognise.sample import sample_rows
from segmentation.intake.recognise.sensitive import sensitive_kind, tells_sensitive
from segmentation.intake.recognise.systems import MEANINGS, source_of
from segmentation.intake.recognise.trust import KIND_SURE, without_a_question

CONSENT: Final = frozenset(
    ("optin_email", "optin_sms", "optin_phone", "optin_mail", "optout", "consent_date")
)
"""Fields that answer whether people may be written to."""


def recognise(
    table: Table, *, known: Mapping[str, str | None] | None = None, kind: str | None = None
) -> Recognition:
    """What a table is about. ``known``: header → field remembered or decided (``key`` or ``entity.key``;
    None = the user's own field; ``"-"`` = left out); ``kind``: decided by the user."""
    rows = sample_rows(table)
    contents = [content_of([row[index] for row in rows]) for index in range(len(table.headers))]
    guessed, certainty = kind_of(table.headers, contents)
    chosen, certainty = (kind, 1.0) if kind else (guessed, certainty)
    source = source_of(table.headers)
    certainty = max(certainty, KIND_SURE) if source else certainty
    usual = card_fields(table.headers) if table.format == "vcard" else _usual(source, table.headers, chosen)
    decided = _decided(table.headers, {**usual, **(known or {})}, chosen)
    ranked = one_address(
        table.headers,
        contents,
        [candidates(h, contents[i], chosen, first=i == 0) for i, h in enumerate(table.headers)],
    )
    open_ = [() if index in decided else options for index, options in enumerate(ranked)]
    taken = frozenset(field for field in decided.values() if field is not None)
    found = first_address(assign(open_, taken=taken), table.headers, taken)
    found = beside_the_others(found, table.headers, contents, chosen, taken=taken)
    columns = tuple(
        _guess(index, header, contents[index], ranked[index], found.get(index), decided)
        for index, header in enumerate(table.headers)
    )
    open_to_question = without_a_question(columns, contents, chosen, certainty, tool=bool(source))
    columns = tuple(
        column if column.index in decided else asked
        for column, asked in zip(columns, open_to_question, strict=True)
    )
    in_doubt = _in_doubt(columns, contents, decided)
    columns = tuple(_may_agree(column) if column.index in in_doubt else column for column in columns)
    consent = any(column.field in CONSENT and column.certainty >= ASKED for column in columns)
    notes = {"recognise.date_order_unsure" for column in columns if column.date_doubtful}
    if any(column.sensitive and column.field == LEFT_OUT for column in columns):
        notes.add("recognise.sensitive")
    if any(_is_remark(column) and refuses_in_words(contents[column.index]) for column in columns):
        notes.add("recognise.remarks_refuse")
    if in_doubt:
        notes.add("recognise.consent_date_alone")
    if certainty < KIND_SURE:
        notes.add("recognise.kind_unsure")
    return Recognition(
        kind=chosen,
        kind_certainty=certainty,
        source=source,
        columns=columns,
        consent_known=consent and not in_doubt,
        in_doubt=in_doubt,
        closed=closed_by(table.name, table.sheet) if chosen == "contacts" else (),
        fingerprint=fingerprint(layout(table)),
        notes=tuple(sorted(notes)),
    )


def _is_remark(column: ColumnGuess) -> bool:
    """Whether a column holds free words: remarks kept or left out, words of one's own."""
    kept = column.field is None and column.own_type in ("text", "list")
    return kept or column.field in ("notes", LEFT_OUT)


def _in_doubt(
    columns: Sequence[ColumnGuess], contents: Sequence[Content], decided: Mapping[int, Field | None]
) -> tuple[int, ...]:
    """The columns of yes and no that nobody named, in a file that dates consents and says none."""
    fields_held = {column.field for column in columns}
    if "consent_date" not in fields_held or "optin_email" in fields_held:
        return ()
    return tuple(
        column.index
        for column in columns
        if column.field is None
        and column.index not in decided
        and set(contents[column.index].values) not in ({"0"}, {"1"}, set())  # the same figure everywhere
        and answers(contents[column.index])
    )


def _may_agree(column: ColumnGuess) -> ColumnGuess:
    first = ("contacts", "optin_email", 0.5)
    others = tuple(known for known in column.candidates if known[:2] != first[:2])
    return replace(column, candidates=(first, *others)[:3])


def layout(table: Table) -> tuple[str, ...]:
    """The headers by which a table's layout is known again, the same in every language."""
    return card_layout(table.headers) if table.format == "vcard" else table.headers


def fingerprint(headers: Sequence[str]) -> str:
    """A short name for a set of headers in order: the same file layout gives the same one."""
    return hashlib.sha256("\x1f".join(map(normal_header, headers)).encode()).hexdigest()[:32]


def _decided(headers: Sequence[str], known: Mapping[str, str | None], kind: str) -> dict[int, Field | None]:
    """Columns whose field is given: the entity is the file's own, then its parents'."""
    decided: dict[int, Field | None] = {}
    for index, header in enumerate(headers):
        if header in known:
            decided[index] = _qualified(known[header], kind)
    return decided


def _usual(source: str | None, headers: Sequence[str], kind: str) -> dict[str, str | None]:
    """What headers mean in the tool that wrote the file, for the entities a file of this kind carries."""
    meanings = MEANINGS.get(source or "", {})
    found = {header: meanings[name] for header in headers if (name := normal_header(header)) in meanings}
    return {h: field for h, field in found.items() if not field or field.partition(".")[0] in FAMILY[kind]}


def _qualified(key: str | None, kind: str) -> Field | None:
    if key is None:
        return None
    if key == LEFT_OUT or key.startswith(SIGN):
        return ("", key)
    if "." in key:
        entity, _, name = key.partition(".")
        return entity, name
    if key in ("contact_id", "email"):
        return "contacts", key
    for entity in FAMILY[kind]:
        if key == "order_id" and entity == "order_lines":
            continue
        if any(field.key == key for field in fields()[entity]):
            return entity, key
    return "contacts", key


def _guess(
    index: int,
    header: str,
    content: Content,
    ranked: Sequence[tuple[Field, float]],
    found: tuple[Field, float] | None,
    decided: Mapping[int, Field | None],
) -> ColumnGuess:
    field: Field | None = None
    certainty = found[1] if found else 0.0
    if index in decided:
        field, certainty = decided[index], 1.0
    elif found and found[1] >= ASKED:
        field = found[0]
    sensitive = sensitive_kind(header, content)
    if found and found[0][1] == "notes" and not sensitive and tells_sensitive(content):
        sensitive = "comments"
    if field is not None and field[1].startswith(SIGN):
        field = ("", mask_of(field[1], sensitive))
    if sensitive and index not in decided:
        field, certainty = ("", LEFT_OUT), ASKED
    kept = own_type(content)
    order, doubtful = date_order(content.values) if content.share("date") > 0.5 else (None, False)
    return ColumnGuess(
        index=index,
        header=header,
        samples=content.samples,
        fill=round(content.filled, 4),
        field=field[1] if field else None,
        entity=(field[0] or None) if field else None,
        certainty=round(min(1.0, max(0.0, certainty)), 3),
        candidates=tuple((entity, key, round(min(1.0, score), 3)) for (entity, key), score in ranked[:3]),
        own_type=kept,
        date_format=order,
        date_doubtful=doubtful,
        decimal=decimal_mark(content.values) if content.share("number") > 0.5 else None,
        inverted=field is not None and is_inverted(field[1], header),
        sensitive=sensitive,
    )
