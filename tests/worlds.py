"""Small made-up bases for tests: as lists of dicts for the oracle, and the same rows in a real store.

They are dense in what goes wrong: missing and blank values, quotes, accents, ``%`` and ``_``, ties, boundary
days, returns, undated orders, orders of nobody, erased contacts.
"""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

import atexit
import random
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa

from segmentation.criteria.catalogue import Catalogue, Field, Relation
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.fold import fold_text
from segmentation.criteria.stored import contact_fields, event_sources
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from tests.oracle import Row, World

CITIES = ["Lyon", "LYON", "lyön", "Paris", "L’Haÿ-les-Roses", "l'hay les roses", "Saint-Étienne", "100 %", "a_b",
          'x"y', "O'Neil", "Œuf", "", None, None, "  ", "🙂"]  # fmt: skip
NAMES = ["Thé", "the", "Café ", "THÉ VERT", "50%", "it's", "Ça", None, ""]
LISTS = [
    ["Thé", "café"],
    ["the"],
    [],
    None,
    ["Café", "THÉ", "the"],
    ["50%", "a_b"],
    ["yoga"],
    ["Thé", "yoga", "café"],
]
POSTAL = ["69003", "69001", "75001", "1000", "01000", None, ""]
COUNTRIES = ["FR", "BE", None, "", "France"]
SPELLINGS = {"FR": ("fr", "france"), "BE": ("be", "belgique")}
AMOUNTS = [
    Decimal(x) for x in ("0", "0.1", "0.3", "19.99", "20", "50", "99.9999", "100", "200", "200", "1234.5")
]
TYPES = {
    "first_name": "name", "city": "city", "postal_code": "postal_code", "country": "country", "notes": "text",
    "birth_date": "date", "created_at": "date", "updated_at": "date",
    "children_count": "integer", "loyalty_points": "number", "total_spent": "money", "average_basket": "money",
    "open_rate": "percent", "interests": "list",
    "last_seen": "datetime", "score": "number", "happy": "boolean", "mood": "category",
}  # fmt: skip
EXTRAS = ("last_seen", "score", "happy", "mood")
EVENT_TYPES = {
    "orders": {"order_date": "datetime", "amount": "money", "discount": "money", "channel": "category",
               "payment_method": "category", "items_count": "integer"},
    "order_lines": {"category": "category", "brand": "category", "quantity": "number", "line_amount": "money"},
    "events": {"event_type": "category", "event_date": "datetime", "campaign": "text", "url": "url",
               "value": "number", "channel": "category"},
}  # fmt: skip
EVENT_CODES = ("email_open", "email_click", "site_visit", "purchase")
PLACES = {
    "69003": [("FR", "69003"), ("FR", "69001")],
    "BE-1000": [("BE", "1000")],
    "01000": [("FR", "01000")],
}


def near(of: str, km: float) -> list[tuple[str, str]]:
    """Stands for the geography: three known places, two of them one pair wide."""
    return PLACES.get(of, [])[: None if km >= 5 else 1]


def spellings(code: str) -> tuple[str, ...]:
    """Stands for the names of countries."""
    return SPELLINGS.get(code, (code.lower(),))


@lru_cache(maxsize=8)
def world(seed: int = 1, *, people: int = 50, as_of: date = date(2026, 3, 31)) -> World:
    """A made-up base; the same for the same arguments."""
    rng = random.Random(seed)
    edges = [
        2,
        2,
        9,
        9,
        0,
        0,
        1,
        7,
        28,
        29,
        30,
        31,
        32,
        58,
        59,
        60,
        61,
        89,
        90,
        91,
        180,
        364,
        365,
        366,
        -1,
        -7,
        -8,
        -30,
        -31,
    ]

    def day(*, past: bool = False) -> date:
        ago = rng.choice(edges) if rng.random() < 0.7 else rng.randrange(-60, 900)
        return as_of - timedelta(days=abs(ago) if past else ago)

    def moment() -> datetime | None:
        if rng.random() < 0.05:
            return None
        clock = rng.choice(
            [timedelta(), timedelta(hours=23, minutes=59, seconds=59), timedelta(hours=rng.randrange(24))]
        )
        return datetime.combine(day(), datetime.min.time()) + clock

    def maybe(value: Any, missing: float = 0.25) -> Any:
        return None if rng.random() < missing else value

    contacts, orders, lines, events = [], [], [], []
    for contact in range(1, people + 1):
        born = rng.choice([date(1980, 2, 29), as_of.replace(year=1990), date(1985, 4, 1), date(2000, 12, 25)])
        row: Row = {
            "contact_id": contact, "live": rng.random() < 0.92,
            "first_name": maybe(rng.choice(NAMES)), "city": rng.choice(CITIES), "notes": maybe(rng.choice(CITIES)),
            "postal_code": rng.choice(POSTAL), "country": rng.choice(COUNTRIES),
            "birth_date": maybe(born + timedelta(days=rng.choice([0, 0, 1, -1, 7, 8]))), "created_at": maybe(day()),
            "updated_at": maybe(day()), "children_count": maybe(rng.randrange(4)),
            "loyalty_points": maybe(rng.choice([0.0, 0.5, 10.0, 10.0, 250.0])),
            "total_spent": maybe(rng.choice(AMOUNTS)), "average_basket": maybe(rng.choice(AMOUNTS)),
            "open_rate": maybe(rng.choice([0.0, 0.1, 0.25, 1.0])), "interests": rng.choice(LISTS),
        }  # fmt: skip
        extra: Row = dict.fromkeys(EXTRAS)
        if rng.random() < 0.7:
            extra = {"last_seen": moment(), "score": maybe(rng.choice([-1.5, 0.0, 3.0, 3.0])),
                     "happy": maybe(rng.random() < 0.5), "mood": rng.choice(CITIES)}  # fmt: skip
        contacts.append({**row, **extra, "has_extra": any(v is not None for v in extra.values())})
    owners = [None, *range(1, people + 1)]
    for number in range(people * 3):
        amount = rng.choice(AMOUNTS) * rng.choice([1, 1, 1, 1, -1])
        paid = rng.random() < 0.9
        order: Row = {
            "order_key": f"s:{number}", "contact_id": rng.choice(owners[: people // 2]), "order_date": moment(),
            "amount": amount, "discount": maybe(rng.choice(AMOUNTS)), "channel": maybe(rng.choice(["Web", "boutique"])),
            "payment_method": maybe(rng.choice(NAMES)), "items_count": maybe(rng.randrange(5)),
            "counted": paid and amount > 0, "summed": paid,
        }  # fmt: skip
        orders.append(order)
        for rank in range(rng.choice([0, 1, 1, 2, 3])):
            lines.append({
                "line_key": f"l{number}-{rank}", "order_key": order["order_key"], "contact_id": order["contact_id"],
                "order_date": order["order_date"], "category": maybe(rng.choice(NAMES), 0.1),
                "brand": maybe(rng.choice(["A", "B", "b"])), "quantity": maybe(float(rng.choice([1, 2, -1]))),
                "line_amount": maybe(rng.choice(AMOUNTS)), "counted": order["counted"], "summed": order["summed"],
            })  # fmt: skip
    for number in range(people * 4):
        events.append({
            "event_key": f"e{number}", "contact_id": rng.choice(owners), "event_type": rng.choice(EVENT_CODES),
            "event_date": moment(), "campaign": maybe(rng.choice(NAMES)), "url": maybe(rng.choice(CITIES)),
            "value": maybe(rng.choice([0.0, 1.5, 3.0])), "channel": maybe(rng.choice(["Web", "email"])),
        })  # fmt: skip
    groups = [
        (rng.randrange(1, people + 1), rng.choice(["VIP", "vip", "Amis d’ici"])) for _ in range(people // 2)
    ]
    segments: dict[str, Any] = {
        "lyon": {"field": "city", "op": "is", "value": "lyon"},
        "best": {"version": 1, "include": {"not": {"segment": "lyon"}}, "exclude": {"group": "vip"},
                 "limit": {"top": 9, "by": "total_spent"}, "added": [1, 2, 3], "removed": [3, 4]},
    }  # fmt: skip
    return World(
        as_of, TYPES, EVENT_TYPES, contacts, orders, lines, events, groups, segments, near, spellings
    )  # fmt: skip


def catalogue(base: World, *, version: int = 0) -> Catalogue:
    """What can be asked of a made-up base; the extra fields come from a derived relation, as a trait's
    would."""
    fields = {code: field for code, field in contact_fields().items() if code in TYPES}
    for code in EXTRAS:
        key = 'r."mood__key"' if code == "mood" else None
        fields[code] = Field(code, TYPES[code], "status", "extras", f'r."{code}"', key=key)
    sources = {}
    for code, source in event_sources().items():
        kept = {key: field for key, field in source.fields.items() if key in EVENT_TYPES[source.relation]}
        sources[code] = replace(source, fields=kept)
    segments = {key: segment_from_json(definition) for key, definition in base.segments.items()}
    derived = Relation(
        "extras",
        lambda as_of: Statement("SELECT * FROM extras_table WHERE '?' <> ? OR ? IS NULL", ("", as_of)),
    )
    return Catalogue(
        fields, sources, base.as_of, relations={"extras": derived}, segments=segments, version=version, near=near,
        spellings=spellings,
    )  # fmt: skip


def load(base: World, database: Database) -> None:
    """Write the rows of a made-up base into an empty store."""
    with database.session() as session:
        session.run(Statement(
            "CREATE TABLE extras_table(contact_id INTEGER, last_seen TIMESTAMP, score DOUBLE, happy BOOLEAN,"
            " mood VARCHAR, mood__key VARCHAR)"
        ))  # fmt: skip
        plain = [code for code in TYPES if code not in EXTRAS]
        _insert(session, "contacts", base.contacts, ["contact_id", "live", *plain], TYPES)
        _insert(
            session,
            "extras_table",
            [c for c in base.contacts if c["has_extra"]],
            ["contact_id", *EXTRAS],
            TYPES,
        )
        for table, keys in {
            "orders": ["order_key"],
            "order_lines": ["line_key", "order_key", "order_date"],
            "events": ["event_key"],
        }.items():
            marks = ["counted", "summed"] if table != "events" else []
            columns = [*keys, "contact_id", *EVENT_TYPES[table], *marks]
            _insert(session, table, getattr(base, table), columns, EVENT_TYPES[table])
        groups = [{"contact_id": i, "name": name, "name__key": fold_text(name)} for i, name in base.groups]
        _insert(session, "memberships", groups, ["contact_id", "name", "name__key"], {})


def _insert(session: Any, table: str, rows: list[Row], columns: list[str], types: dict[str, str]) -> None:
    data: dict[str, list[Any]] = {column: [row[column] for row in rows] for column in columns}
    for column in columns:
        if types.get(column) == "list":
            folded = [None if v is None else [fold_text(item) for item in v] for v in data[column]]
            data[f"{column}__key"] = folded
        elif column in types and types[column] not in (
            "date",
            "datetime",
            "integer",
            "number",
            "money",
            "percent",
            "boolean",
        ):
            data[f"{column}__key"] = [None if v is None else fold_text(v) for v in data[column]]
    schema = {
        c: pa.array(v, pa.list_(pa.string())) if types.get(c.removesuffix("__key")) == "list" else pa.array(v)
        for c, v in data.items()
    }
    session.register("incoming", pa.table(schema))
    names = ", ".join(f'"{name}"' for name in data)
    session.run(Statement(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM incoming'))
    session.unregister("incoming")


@lru_cache(maxsize=4)
def opened(seed: int = 1) -> tuple[World, Database, Catalogue]:
    """A made-up base in a store of its own, open until the tests end."""
    base = world(seed)
    database = open_base(Path(mkdtemp(prefix="carnet-")) / "base.duckdb")
    atexit.register(shutil.rmtree, database.path.parent, ignore_errors=True)
    atexit.register(database.close)
    load(base, database)
    return base, database, catalogue(base)
