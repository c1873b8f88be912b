"""What is asked of one import: which table, of which kind, and what each column becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from segmentation.criteria.fields import canonical_fields
from segmentation.intake.clean.columns import CONSENT_FIELDS, SEVERAL, Column
from segmentation.intake.clean.consent import is_inverted
from segmentation.intake.joining import JoinRule
from segmentation.intake.masks import TYPES, masked_header
from segmentation.intake.read.table import Table
from segmentation.store.schema import ELSEWHERE, STORAGE, stored_fields
from segmentation.store.user_columns import UserColumn

KINDS: Final = ("contacts", "orders", "order_lines", "events")
LEFT_OUT: Final = "-"
"""The mapping of a column that is not kept at all."""
COUNTER: Final = "comptoir"
"""The source of a person met at the counter: what they said is theirs alone, no later file takes it up."""

_CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "contacts": ("contacts",),
    "orders": ("orders", "contacts"),
    "order_lines": ("order_lines", "orders", "contacts"),
    "events": ("events", "contacts"),
}
"""The entities whose fields a file of each kind may carry."""


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the person in charge said of everyone in a file that does not say it.

    ``state`` is yes, customer, professional, unknown or no; it holds for the ``channels`` no column speaks
    of. ``over`` says that they are the people of a list of departures: it holds for channels a column
    speaks of too, and no column can make it a yes.
    """

    state: str
    date: date | None = None
    source: str | None = None
    proof: str | None = None
    channels: tuple[str, ...] = ("email", "sms", "phone", "post")
    over: bool = False


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One table to bring in.

    ``mapping`` says for each column index its "entity.key", None for the user's own field, ``LEFT_OUT``, or a
    mask (``masks``).
    ``own_types`` gives the type of own fields (text, number, date, boolean, list), ``date_orders`` (dmy,
    mdy, ymd) and ``decimals`` ("," or ".") what recognition or the user thinks of a column. ``rules_off``
    names counted cleaning rules that must not run. ``event_type`` is the type of all events of a file
    without one. ``inverted`` names the consent columns in which a yes is a no ("Ne pas appeler").
    ``dates_agree``: the date of a consent is one where no column says yes or no.
    ``joins`` are the base's rules that put people in groups. ``corrects`` is the import whose refused rows
    these are, put right. ``country`` is the ISO code of a file whose columns do not say it ("" = France).
    """

    table: Table
    kind: str
    source: str
    mapping: Mapping[int, str | None]
    own_types: Mapping[int, str] = field(default_factory=dict)
    date_orders: Mapping[int, str] = field(default_factory=dict)
    decimals: Mapping[int, str] = field(default_factory=dict)
    consent: ConsentAnswer | None = None
    author: str = ""
    file_hash: str = ""
    rules_off: frozenset[str] = frozenset()
    event_type: str | None = None
    inverted: frozenset[int] = frozenset()
    dates_agree: bool = True
    joins: tuple[JoinRule, ...] = ()
    corrects: int | None = None
    country: str = ""

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.table.name

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook."""
        return self.table.sheet


def columns_of(request: ImportRequest, kept: Iterable[UserColumn] = ()) -> tuple[Column, ...]:
    """The columns to clean, in the order of the file; ``kept`` are the base's own columns of this kind.

    A field of an entity that this kind of file cannot carry is kept as the user's own field; an own column
    whose header the base already knows keeps the type it has there.
    """
    table = request.table
    types = {column.header: column.type for column in kept}
    columns: list[Column] = []
    for index, (source, header) in enumerate(zip(table.columns, table.headers, strict=True)):
        target = request.mapping.get(index)
        if target == LEFT_OUT:
            continue
        if target is not None and target in TYPES:
            kind = TYPES[target]
            columns.append(Column(source, masked_header(header), f"own.{index}", kind, STORAGE[kind]))
            continue
        entity, _, key = (target or "").partition(".")
        known = _types(entity).get(key) if entity in _CARRIED[request.kind] else None
        if known is None:
            own = types.get(header) or request.own_types.get(index, "text")
            name, kind, storage = f"own.{index}", own, STORAGE[own]
        else:
            name, kind, storage = f"{entity}.{key}", known, _storage(entity, key, known)
            if entity == "contacts" and key in SEVERAL and any(column.name == name for column in columns):
                name = f"{name}#{index}"
        order, mark = request.date_orders.get(index), request.decimals.get(index)
        inverted = index in request.inverted or is_inverted(key, header)
        columns.append(Column(source, header, name, kind, storage, order, mark, inverted))
    return tuple(columns)


def _types(entity: str) -> dict[str, str]:
    return {f.key: f.type for f in canonical_fields().get(entity, ())}


def _storage(entity: str, key: str, kind: str) -> str:
    if entity == "contacts" and key in CONSENT_FIELDS:
        return "VARCHAR"
    if key in ELSEWHERE[entity]:
        return STORAGE[kind]
    return stored_fields(entity)[key]
