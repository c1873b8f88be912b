"""Whether the base can be relied on: one score of four parts, each said with what it is made of.

Score = mean of the parts that can be measured: *complete* (mean share of contacts with a value, over
``FIELDS``), *valid* (values that can be right, of all that were given in those fields, and of all that the
owner's own rules judge), *fresh* (contacts with a sign of life in the last ``MONTHS`` months, of those with
any date; not measured when nobody was ever heard of: the day a record was made proves no silence),
*unique* (1 − contacts too many / contacts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_whole
from segmentation.reports.duplicates import GROUPS, duplicates
from segmentation.reports.own_rules import SETTING as OWN_RULES
from segmentation.reports.own_rules import own_rules
from segmentation.reports.quality_history import SOURCES, TREND, sources, trend
from segmentation.reports.to_do import THINGS
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.store.settings import read_settings
from segmentation.traits.email_check import EMAIL_CHECK

MONTHS: Final = 24
OBSOLETE: Final = 36
"""Months without a sign of life after which a contact is inactive, and obsolete."""
HEARD: Final = (
    "last_own_contact",
    "last_purchase_date",
    "last_contact_date",
    "last_open_date",
    "last_click_date",
)
"""Fields whose date says that the person was heard of."""
MADE: Final = "created_at"
"""The day a record was made: of that day alone it is a sign of life, and no silence is counted from it."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A field worth having: SQL over ``contacts c`` of its value, of a value that cannot be right, and the
    cells kept raw that were meant for it; the codes whose emptiness makes it missing."""

    code: str
    value: str
    wrong: str = "FALSE"
    raw: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


_CHECK = EMAIL_CHECK.fields[0].expression.replace("r.", "c.")

FIELDS: tuple[Wished, ...] = (
    Wished(
        "first_name",
        "coalesce(c.first_name, c.full_name, c.company_name)",
        empty=("first_name", "full_name", "company_name"),
    ),
    Wished(
        "last_name",
        "coalesce(c.last_name, c.full_name, c.company_name)",
        empty=("last_name", "full_name", "company_name"),
    ),
    Wished("email", "c.email", f"{_CHECK} IN ('slip', 'impossible')", ("email",), ("email",)),
    Wished("mobile", "coalesce(c.mobile, c.phone)", raw=("mobile", "phone"), empty=("mobile", "phone")),
    Wished("postal_code", "c.postal_code", raw=("postal_code",), empty=("postal_code",)),
    Wished(
        "birth_date",
        "c.birth_date",
        "c.birth_date NOT BETWEEN DATE '1900-01-02' AND current_date",
        ("birth_date",),
        ("birth_date", "birth_year", "age"),
    ),
)
"""The fields of the score, in the order in which they are shown."""

Json = Mapping[str, object]


def _all_empty(*codes: str) -> Json:
    return {"all": [{"field": code, "op": "empty"} for code in codes]}


def _dated(codes: tuple[str, ...]) -> Json:
    return {"any": [{"field": code, "op": "not_empty"} for code in codes]}


def _silent(months: int) -> Json:
    """Heard of once at least, neither since nor made for so many months."""
    span = {"n": months, "unit": "month"}
    return {
        "all": [
            _dated(HEARD),
            {"not": {"any": [{"field": code, "op": "last", "value": span} for code in (*HEARD, MADE)]}},
        ]
    }


WEAK: Mapping[str, Json] = MappingProxyType(
    {
        "slip": {"field": "email_check", "op": "is", "value": "slip"},
        "impossible": {"field": "email_check", "op": "is", "value": "impossible"},
        "no_way": _all_empty("email", "mobile", "phone", "address1"),
        "agreement": THINGS["to_confirm"],
        "obsolete": _silent(OBSOLETE),
        "inactive": {"all": [_silent(MONTHS), {"not": _silent(OBSOLETE)}]},
    }
    | {f"missing_{one.code}": _all_empty(*one.empty) for one in FIELDS}
)
"""Each weakness and whom it is about; a row added here is counted, shown and opened."""
SILENT: Final = ("obsolete", "inactive")
"""Weaknesses of people once heard of."""

FIELD_COLUMNS = (
    Column("field", "report.quality.field"),
    Column("filled", "report.quality.filled", "integer"),
    Column("share", "report.quality.share", "percent"),
    Column("wrong", "report.quality.wrong", "integer"),
    Column("raw", "report.quality.raw", "integer"),
    Column("right", "report.quality.right", "percent"),
)
WEAK_COLUMNS = (Column("key", "report.quality.key"), Column("contacts", "report.quality.contacts", "integer"))
UNREAD_COLUMNS = (
    Column("contact", "report.quality.contact", "integer"),
    Column("name", "report.quality.name"),
    Column("field", "report.quality.field"),
    Column("cell", "report.quality.cell"),
)
MOST: Final = 200
"""Cells that could not be read, listed at most."""
LARGE: Final = 50_000
"""Contacts beyond which duplicates are looked for only when asked."""


def quality(session: Session, catalogue: Catalogue, *, twins: bool = False) -> Report:
    """The audience of the session (``audience(contact_id)``).

    Above ``LARGE`` contacts duplicates are looked for only when ``twins`` says so: it may take minutes.
    figures: ``contacts``; ``score``, ``complete``, ``valid``, ``fresh``, ``unique`` in [0, 1], None when
    nothing can be measured; ``heard`` (contacts once heard of: the others are not held silent); ``groups``,
    ``certain``, ``extra`` of ``reports.duplicates``, None when not looked for. sheets: ``fields`` (code,
    contacts with a value, their share, wrong values, cells that could not be read, share of right ones),
    ``weak`` (key of ``WEAK``, contacts; the largest first, none of nobody), ``unread`` (contact, name, field,
    cell), ``sources`` and ``trend`` (``quality_history``), ``groups`` (``duplicates``), ``own``
    (``own_rules``).
    chart ``weak``: bars, with their criteria.
    """
    total = int(str(session.scalar(Statement("SELECT count(*) FROM audience"))))
    found = duplicates(session, catalogue) if twins or total <= LARGE else None
    fields = _fields(session)
    heard = _count(session, catalogue, _dated(HEARD)) if total else 0
    counts = {key: _count(session, catalogue, said) for key, said in WEAK.items()} if total else {}
    own = own_rules(session, catalogue, read_settings(session).get(OWN_RULES))
    judged = fields + [("own", read, 0.0, wrong, 0, None) for _, wrong, read in own.rows]
    extra = int(str(found.figures["extra"])) if found else None
    parts = _parts(total, fields, judged, heard, counts, extra)
    known = [part for part in parts.values() if part is not None]
    weak = sorted(((key, n) for key, n in counts.items() if n), key=lambda row: -row[1])
    figures: dict[str, Value] = {
        "contacts": total,
        "score": sum(known) / len(known) if known else None,
        **parts,
        "heard": heard,
        **{name: found.figures[name] if found else None for name in ("groups", "certain", "extra")},
    }
    sheets = {
        "fields": Sheet("fields", FIELD_COLUMNS, fields),
        "weak": Sheet("weak", WEAK_COLUMNS, weak),
        "unread": Sheet("unread", UNREAD_COLUMNS, _unread(session)),
        "sources": Sheet("sources", SOURCES, sources(session, [one.value for one in FIELDS])),
        "trend": Sheet("trend", TREND, trend(session)),
        "groups": found.sheets["groups"] if found else Sheet("report.duplicates", GROUPS, []),
        "own": own,
    }
    return Report("quality", figures, sheets, {"weak": _picture(weak)})


def _parts(
    total: int,
    fields: list[tuple[Value, ...]],
    judged: list[tuple[Value, ...]],
    heard: int,
    counts: Mapping[str, int],
    extra: int | None,
) -> dict[str, float | None]:
    if not total:
        return dict.fromkeys(("complete", "valid", "fresh", "unique"))
    given = sum(int(str(row[1])) for row in fields)
    filled, wrong, raw = (sum(int(str(row[at])) for row in judged) for at in (1, 3, 4))
    silent = sum(counts.get(key, 0) for key in SILENT)
    return {
        "complete": given / (total * len(fields)),
        "valid": (filled - wrong) / (filled + raw) if filled + raw else None,
        "fresh": 1 - silent / heard if heard else None,
        "unique": None if extra is None else 1 - extra / total,
    }


def _fields(session: Session) -> list[tuple[Value, ...]]:
    parts = []
    for one in FIELDS:
        keys = ", ".join(f"'{name}'" for name in one.raw)
        kept = f"count(*) FILTER ({one.value} IS NULL AND u.fields && [{keys}])" if keys else "0"
        parts += [f"count({one.value})", f"count(*) FILTER ({one.value} IS NOT NULL AND {one.wrong})", kept]
    sql = (
        f"SELECT count(*), {', '.join(parts)} FROM contacts c SEMI JOIN audience USING (contact_id) {_UNREAD}"
    )
    total, *rest = (int(str(value)) for value in session.run(Statement(sql)).rows[0])
    rows: list[tuple[Value, ...]] = []
    for at, one in enumerate(FIELDS):
        filled, wrong, raw = rest[3 * at : 3 * at + 3]
        right = (filled - wrong) / (filled + raw) if filled + raw else None
        rows.append((one.code, filled, filled / total if total else 0.0, wrong, raw, right))
    return rows


_UNREAD = (
    "LEFT JOIN (SELECT coalesce(m.into_id, r.contact_id) AS contact_id,"
    " list_distinct(flatten(list(map_keys(r.unread)))) AS fields FROM import_contacts r"
    " LEFT JOIN merges m ON m.contact_id = r.contact_id WHERE cardinality(r.unread) > 0 GROUP BY ALL)"
    " u ON u.contact_id = c.contact_id"
)


def _unread(session: Session) -> list[tuple[Value, ...]]:
    """Cells kept raw in a wished field that has no value since."""
    rows: list[tuple[Value, ...]] = []
    for one in FIELDS:
        for name in one.raw:
            sql = f"""
                SELECT c.contact_id, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''),
                    c.full_name, c.company_name, c.email, ''), ?, arg_max(r.unread[?], r.import_id)
                FROM contacts c SEMI JOIN audience USING (contact_id)
                JOIN import_contacts r ON r.contact_id = c.contact_id AND map_contains(r.unread, ?)
                WHERE {one.value} IS NULL GROUP BY ALL ORDER BY 1 LIMIT {MOST}"""
            rows += session.run(Statement(sql, (one.code, name, name))).rows
    return rows[:MOST]


def _count(session: Session, catalogue: Catalogue, said: Json) -> int:
    """How many of the audience a criterion holds."""
    asked = compile_whole(criterion_from_json(said), catalogue)
    sql = f"SELECT count(*) FROM audience SEMI JOIN ({asked.sql}) USING (contact_id)"
    return int(str(session.scalar(Statement(sql, asked.params))))


def _picture(weak: list[tuple[str, int]]) -> ChartSpec:
    keys = [key for key, _ in weak]
    data: dict[str, Value] = {
        "labels": keys,
        "keys": keys,
        "words": "page.quality.weak.",
        "values": [count for _, count in weak],
        "unit": "integer",
    }
    return ChartSpec("bars", data, {key: dict(WEAK[key]) for key in keys})
