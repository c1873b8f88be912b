"""What the rows say of consent: the file's columns, the answer given for a silent file, and departures in
events.

Makes ``out_consents``(row_number, unit_id, channel, state, consent_date, consent_source, proof) and
``out_memberships``(row_number, unit_id, name, origin: the rule that gave the group, if one did). *Unknown*
is not written: it is what no row means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.clean.columns import Column
from segmentation.intake.clean.consent import (
    CHANNELS,
    DEPARTED_STATUS,
    OPT_IN,
    channels_named,
    is_refusal,
    reach_of,
)
from segmentation.intake.clean.context import literals
from segmentation.intake.clean.which_mail import with_post_said
from segmentation.intake.joining import joined
from segmentation.intake.plan import ImportRequest
from segmentation.results import Statement, Value
from segmentation.store.session import Session, quoted

_ROWS = "clean_people c"
_CONSENT = "unit_id, channel, state, consent_date, consent_source, proof"
DEPARTURES = ("unsubscribe", "email_bounce", "spam_complaint")
"""Event types after which no e-mail may be sent (a bounce said to be soft is not a departure)."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A SELECT of what one column, or an answer, says: of which channels, and the SQL of its source."""

    sql: str
    channels: tuple[str, ...]
    source: str

    @property
    def of_cells(self) -> bool:
        """Whether its source is written in the file: it may be any word, that of another select too."""
        return not self.source.startswith(("'", "NULL"))


def _may_repeat(said: Sequence[_Said]) -> bool:
    """Whether two selects, or one twice, may say the same of a row: of one channel, from one source."""
    for channel in CHANNELS:
        speak = [one for one in said for spoken in one.channels if spoken == channel]
        if len({one.source for one in speak}) < len(speak):
            return True
        if len(speak) > 1 and any(one.of_cells for one in speak):
            return True
    return False


def make_agreements(session: Session, request: ImportRequest, columns: Sequence[Column]) -> None:
    """Make ``out_consents`` and ``out_memberships`` from ``clean_people``."""
    names = [column.name for column in columns]
    left = next((column.header for column in columns if column.name == "contacts.optout"), None)
    told = with_post_said(columns, request.table.headers)
    said = [one for column in told for one in _of_column(column, names, left)]
    said += [_of_dates(column, names) for column in columns if _dates_speak(request, column, names)]
    params: list[Value] = []
    if answer := _of_answer(request, columns):
        said.append(answer[0])
        params += answer[1]
    if request.kind == "events":
        said.append(_of_events(columns, names))
    rows = f"({' UNION ALL '.join(one.sql for one in said) or _nothing()}) WHERE state <> 'unknown'"
    once = f"SELECT max(row_number) AS row_number, {_CONSENT} FROM {rows} GROUP BY ALL"
    if not _may_repeat(said) and _rows_are_people(session):
        once = f"SELECT row_number, {_CONSENT} FROM {rows}"
    session.sql(f"CREATE OR REPLACE TEMP TABLE out_consents AS {once}", *params)
    groups = "contacts.tags"
    listed = f"unnest(c.{quoted(groups)})" if groups in names else "NULL::VARCHAR"
    where = "" if groups in names else " WHERE FALSE"
    given = f"SELECT row_number, unit_id, {listed} AS name, NULL::VARCHAR AS origin FROM {_ROWS}{where}"
    ruled = joined(request.joins, request, columns)
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_memberships AS SELECT max(row_number) AS row_number, unit_id,"
        f" name, max(origin) AS origin FROM ({' UNION ALL '.join([given, *(sql for sql, _ in ruled)])})"
        " GROUP BY unit_id, name",
        *(value for _, values in ruled for value in values),
    )


def _rows_are_people(session: Session) -> bool:
    """Whether no two rows are of one person: nothing a row says is said twice."""
    return bool(
        session.scalar(Statement("SELECT (SELECT count(*) FROM units) = (SELECT count(*) FROM row_units)"))
    )


def _given(names: Sequence[str], name: str, kind: str) -> str:
    return f"c.{quoted(name)}" if name in names else f"NULL::{kind}"


def _of_column(column: Column, names: Sequence[str], optout: str | None) -> list[_Said]:
    """What one consent column says, channel by channel; ``optout`` is the header of the opposition column.

    A refusal holds for every channel its header names, an agreement for the field's own. A status that tells
    a departure is a refusal.
    """
    entity, _, key = column.field.partition(".")
    if entity != "contacts":
        return []
    day, source = (
        _given(names, "contacts.consent_date", "DATE"),
        _given(names, "contacts.consent_source", "VARCHAR"),
    )
    left = _given(names, "contacts.optout_date", "DATE")
    state = f"c.{quoted(column.name)}"
    if key in OPT_IN:
        dated = f"CASE WHEN {state} = 'no' THEN {left} ELSE {day} END"
        said = [_select((OPT_IN[key],), state, dated, source, f"{state} IS NOT NULL")]
        reach = reach_of(column.header) if is_refusal(column.header) else channels_named(column.header)
        if others := [channel for channel in reach if channel != OPT_IN[key]]:
            said.append(_select(others, state, left, source, f"{state} = 'no'"))
        return said
    if key == "optout":
        return [_select(reach_of(column.header), state, left, "'optout'", f"{state} = 'no'")]
    if key == "email_bounced":
        return [_select(("email",), state, left, "'bounce'", f"{state} = 'no'")]
    if key == "optout_date":
        return [_select(reach_of(optout or column.header), "'no'", state, "'optout'", f"{state} IS NOT NULL")]
    if key == "status":
        return [_of_status(state, left)]
    return []


def _of_status(state: str, left: str) -> _Said:
    """The refusals that words of the status tell; each different word is looked at once."""
    told = ", ".join(
        f"CASE WHEN fold_text(word) IN ({literals(words)}) THEN [{literals(channels)}] ELSE [] END"
        for channels, words in DEPARTED_STATUS
    )
    sql = (
        f"SELECT c.row_number, c.unit_id, d.channel, 'no' AS state, {left} AS consent_date,"
        f" 'status' AS consent_source, NULL::VARCHAR AS proof FROM {_ROWS} JOIN (WITH said AS MATERIALIZED"
        f" (SELECT DISTINCT {state} AS word FROM clean c) SELECT DISTINCT word, unnest(flatten([{told}])) AS"
        f" channel FROM said) d ON d.word = {state}"
    )
    return _Said(sql, CHANNELS, "'status'")


def _dates_speak(request: ImportRequest, column: Column, names: Sequence[str]) -> bool:
    """Whether the dates of a column are consents: no column says yes or no to e-mail, and none is in
    doubt."""
    dated = column.field == "contacts.consent_date" and request.dates_agree
    return dated and "contacts.optin_email" not in names


def _of_dates(column: Column, names: Sequence[str]) -> _Said:
    """A dated consent, to the channel its header names; to e-mail when it names none and no other is
    asked about."""
    others = [channel for key, channel in OPT_IN.items() if f"contacts.{key}" in names]
    named = [channel for channel in channels_named(column.header) if channel not in others]
    channels = named or ([] if others else ["email"])
    dated = f"c.{quoted(column.name)}"
    source = _given(names, "contacts.consent_source", "VARCHAR")
    return _select(channels, "'yes'", dated, source, f"{dated} IS NOT NULL")


def _select(channels: Sequence[str], state: str, day: str, source: str, where: str) -> _Said:
    listed = ", ".join(f"'{channel}'" for channel in channels)
    channel = listed if len(channels) == 1 else f"unnest([{listed}]::VARCHAR[])"
    sql = (
        f"SELECT c.row_number, c.unit_id, {channel} AS channel, {state} AS state,"
        f" {day} AS consent_date,"
        f" {source} AS consent_source, NULL::VARCHAR AS proof FROM {_ROWS} WHERE {where}"
    )
    return _Said(sql, tuple(channels), source)


def silent_channels(request: ImportRequest, columns: Sequence[Column]) -> tuple[str, ...]:
    """The channels no column of the file speaks of, among those of the answer given.

    A column that only refuses says nothing of the others.
    """
    spoken = {
        OPT_IN[key]
        for column in columns
        if (key := column.field.removeprefix("contacts.")) in OPT_IN and not is_refusal(column.header)
    }
    wanted = request.consent.channels if request.consent else CHANNELS
    if request.consent and request.consent.over:
        return wanted
    return tuple(channel for channel in wanted if channel not in spoken)


def _of_answer(request: ImportRequest, columns: Sequence[Column]) -> tuple[_Said, list[Value]] | None:
    """The answer given for everyone, on the channels no column speaks of; a permission never reaches those a
    refusal column says something of that is not understood.
    """
    answer, channels = request.consent, silent_channels(request, columns)
    if answer is None or answer.state == "unknown" or not channels:
        return None
    listed = ", ".join(f"'{channel}'" for channel in channels)
    sql = (
        f"SELECT min(w.row_number) AS row_number, w.unit_id, unnest([{listed}]) AS channel, ?::VARCHAR AS"
        " state,"
        " ?::DATE AS consent_date, ?::VARCHAR AS consent_source, ?::VARCHAR AS proof FROM row_units w"
        " GROUP BY w.unit_id"
    )
    if answer.state != "no" and (doubts := _doubts(columns)):
        sql = f"SELECT * FROM ({sql}) ANTI JOIN ({doubts}) USING (unit_id, channel)"
    source = (
        _given((), "", "VARCHAR") if answer.source is None else f"'{answer.source}'"
    )  # compared, never run
    return _Said(sql, channels, source), [answer.state, answer.date, answer.source, answer.proof]


def _doubts(columns: Sequence[Column]) -> str:
    """The people and channels of the cells of refusal columns that nobody understood: perhaps a refusal, of
    all that their headers may mean."""
    selects = []
    for column in columns:
        key = column.field.removeprefix("contacts.")
        if key == "email_bounced":
            reach = ["email"]
        elif key == "optout":
            reach = [*reach_of(column.header)]
        elif key in OPT_IN and column.inverted:
            reach = [*reach_of(column.header), OPT_IN[key]]
        else:
            continue
        selects.append(
            f"SELECT c.unit_id, unnest([{literals(reach)}]) AS channel FROM {_ROWS}"
            f" WHERE c.{quoted(column.name)} = 'unknown'"
        )
    return " UNION ".join(selects)


def _of_events(columns: Sequence[Column], names: Sequence[str]) -> _Said:
    listed = ", ".join(f"'{code}'" for code in DEPARTURES)
    raw = next((column.source for column in columns if column.name == "events.event_type"), None)
    soft = f" AND NOT coalesce(s.{raw} ILIKE '%soft%', FALSE)" if raw else ""
    joined = " JOIN staged s ON CAST(s._row AS BIGINT) = e.row_number" if raw else ""
    sql = (
        "SELECT e.row_number, e.unit_id, 'email' AS channel, 'no' AS state, e.event_date::DATE AS"
        " consent_date,"
        f" e.event_type AS consent_source, NULL::VARCHAR AS proof FROM out_events e{joined}"
        f" WHERE e.unit_id IS NOT NULL AND e.event_type IN ({listed}){soft}"
    )
    return _Said(sql, ("email",), "e.event_type")


def _nothing() -> str:
    return (
        "SELECT NULL::BIGINT AS row_number, NULL::BIGINT AS unit_id, NULL::VARCHAR AS channel,"
        " NULL::VARCHAR AS state,"
        " NULL::DATE AS consent_date, NULL::VARCHAR AS consent_source, NULL::VARCHAR AS proof WHERE FALSE"
    )
